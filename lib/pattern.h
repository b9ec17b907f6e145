/* One PCRE2 pattern: analysed at once, compiled when first needed, matched within limits. */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "literal.h"

enum match { MATCH_NO, MATCH_YES, MATCH_LIMIT };

struct pattern;

/* What a thread needs to match; one a document. */
struct matcher;
struct matcher *matcher_new(void);
void matcher_free(struct matcher *matcher);

/*
 * A pattern that must match the whole subject, or with search occur in it;
 * caseless unless caseful.  NULL when memory is short.  Not compiled yet.
 */
struct pattern *pattern_new(const char *text, size_t size, bool search, bool caseful);
void pattern_free(struct pattern *pattern);

const char *pattern_text(const struct pattern *pattern);
const struct analysis *pattern_analysis(const struct pattern *pattern);
/* Whether a subject that equals one of its literals when folded matches without asking PCRE2. */
bool pattern_is_literal(const struct pattern *pattern);
bool pattern_searches(const struct pattern *pattern);

/*
 * Compile now, to see whether it is a pattern at all.  If not, false, with
 * PCRE2's sentence in message and *offset in bytes.
 */
bool pattern_compiles(struct pattern *pattern, size_t *offset, char *message, size_t message_size);

/* Safe from any number of threads.  The subject must be valid UTF-8. */
enum match pattern_match(
    struct pattern *pattern, struct matcher *matcher, const char *subject, size_t size);

#endif
