/* Which rules can match a subject at all: the index errs only towards trying. */
#ifndef INDEX_H
#define INDEX_H

#include "rule.h"
#include "subject.h"

struct index;

/* Index the active rules; NULL when memory is short.  The rules must outlive it. */
struct index *index_new(struct rule *const *rules, size_t count);
void index_free(struct index *index);

/* Rules by number, each once, in no order; grows as needed and is reused. */
struct candidates {
	unsigned *rules;
	bool *certain; /* a pure literal that equals the subject: no need to ask PCRE2 */
	size_t count, capacity, certain_capacity;
};

/* Collect the rules that may match the subject; false when memory is short. */
bool index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out);
void candidates_fini(struct candidates *candidates);

#endif
