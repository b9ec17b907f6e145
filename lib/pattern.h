/* One PCRE2 pattern: compiled when first needed, matched within limits. */
#ifndef PATTERN_H
#define PATTERN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis.h"

/* Of a limit the caller may warn and go on; MATCH_FAILED is that memory is short. */
enum match { MATCH_NO, MATCH_YES, MATCH_LIMIT, MATCH_FAILED };

/* What was compiled of a pattern; all zero is nothing yet. */
struct compiled {
	_Atomic(struct pcre2_real_code_8 *) code;
	_Atomic(struct pcre2_real_code_8 *)
	    fast; /* the same as machine code, once it has earned it */
	atomic_uint tries;
};

/* It must match the whole subject, or with search occur in it; caseless unless caseful. */
struct pattern {
	const char *text;
	size_t size;
	bool search, caseful;
	bool exact;                      /* its literals are all that it matches */
	struct edges edges;              /* of its matches */
	const struct analysis *analysis; /* NULL if it was indexed at build time */
	struct compiled *compiled;       /* whoever matches changes it, in any thread */
};

/* What a thread needs to match; one a document. */
struct matcher;
struct matcher *matcher_new(void);
void matcher_free(struct matcher *matcher);

/* A pattern with a copy of the text, analysed; NULL when memory is short. */
struct pattern *pattern_new(const char *text, size_t size, bool search, bool caseful);
void pattern_free(struct pattern *pattern);

/*
 * Whether a subject that equals one of its closed literals when folded
 * matches without asking PCRE2; of an analysed pattern.
 */
bool pattern_takes_literals(const struct pattern *pattern);

enum compiles { COMPILES_NOT, COMPILES, COMPILES_FAILED };

/*
 * Compile now, to see whether it is a pattern at all.  If not, PCRE2's
 * sentence is in message and *offset in bytes; it failed if memory is short.
 */
enum compiles pattern_compiles(
    const struct pattern *pattern, size_t *offset, char *message, size_t message_size);

/*
 * How many bytes of the subject, from its start, some match could begin with:
 * where a pattern that does not match it fails.  Slow; for messages.  All of
 * them for patterns that search; PATTERN_REACH_FAILED when memory is short.
 */
#define PATTERN_REACH_FAILED SIZE_MAX
size_t pattern_reach(const struct pattern *pattern, const char *subject, size_t size);

/*
 * Whether a subject's first and last characters let the pattern match it: told
 * without compiling it, and wrong only towards yes.
 */
bool pattern_may_match(const struct pattern *pattern, const char *subject, size_t size);

/* Safe from any number of threads.  The subject must be valid UTF-8. */
enum match pattern_match(
    const struct pattern *pattern, struct matcher *matcher, const char *subject, size_t size);
void compiled_fini(struct compiled *compiled);

#endif
