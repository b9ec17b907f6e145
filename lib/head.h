/* The head of a rule: what stands before its pattern. */
#ifndef HEAD_H
#define HEAD_H

#include "parser.h"

/* Parse what stands before limit, behind the verb; search and caseful are the pattern's. */
bool parse_head(
    struct parser *p, const char *limit, struct rule *rule, bool *search, bool *caseful);

#endif
