/* The score rules as a table: a paragraph's evidence is a sum over a thousand of them. */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "queue.h"
#include "rule.h"

struct evidence;

/*
 * The table of the rules of those numbers, in their order; NULL when memory
 * is short.  The rules must outlive it.
 */
struct evidence *evidence_new(struct rule *const *rules, const unsigned *numbers, size_t count);
void evidence_free(struct evidence *evidence);

/* The sum of the scores of all rules whose conditions and pattern the paragraph meets. */
int evidence_of(const struct evidence *evidence, const struct held *held);

#endif
