/*
 * Which rules can match a subject at all: the index errs only towards trying.
 *
 * A rule is found by what its matches equal, begin with, end with or
 * contain; the rules of which nothing of that is known are always tried.
 */
#ifndef INDEX_H
#define INDEX_H

#include "postings.h"
#include "rule.h"
#include "subject.h"
#include "wholes.h"

struct unconditional {
	uint32_t rule;
	uint32_t longest;      /* characters a subject may have */
	uint32_t shortest;     /* and that it must have */
	uint32_t digits;       /* the same of decimal digits */
	struct byte_set first; /* of a subject that matches */
};

/*
 * What must be inside is looked for everywhere, by three or four bytes of it.
 * A filter has a bit for each hash of such bytes.
 */
enum {
	INSIDE_LEAST = 3,
	INSIDE_MOST = 4,
	FILTER_BITS = 16,
	FILTER_WORDS = (1 << FILTER_BITS) / 64
};

/* The filters are for different subjects. */
enum filter_kind {
	FILTER_FOUR,  /* literals of four bytes or more */
	FILTER_DIGIT, /* the same, and those of rules that need a digit */
	FILTER_THREE, /* the rest: for subjects with a digit or not in ASCII */
	FILTER_COUNT
};

struct filter {
	uint32_t longest; /* characters of the longest subject that it is for; 0 if it is empty */
	struct byte_set first; /* what such a subject can begin with */
	uint64_t bits[FILTER_WORDS];
};

/* By first and by last byte: bit n says that keys of n bytes are in use. */
struct edge_sizes {
	uint8_t prefix[256], suffix[256];
};

struct index {
	struct wholes wholes;  /* by the subject's shape */
	struct postings parts; /* by a few bytes of the literal */
	const char *texts;     /* of the parts */
	size_t text_size;
	const struct unconditional *always;
	size_t always_count;
	const struct filter *filters; /* FILTER_COUNT of them, or NULL if nothing must be inside */
	struct key_set edges;         /* what all literals of an edge share */
	uint32_t longest;        /* characters of the longest subject that any rule can match */
	uint32_t whole_longest;  /* bytes of the longest mould of a whole subject */
	struct edge_sizes plain; /* for subjects without a digit */
	struct edge_sizes digit; /* for those with one */
};

/*
 * Index these rules, each by its facts.index; those without a pattern are
 * passed over.  NULL when memory is short.  The rules are not needed afterwards.
 */
struct index *index_new(const struct rule *const *rules, size_t count);
void index_free(struct index *index);

struct candidate {
	uint32_t rule;
	bool certain; /* it matches, and may: no need to ask PCRE2, or for the length */
};

/* Literals that a subject may have: where they are in memory is asked for all at once. */
struct clue {
	uint64_t key;
	enum place_of_literal place;
	uint32_t at; /* where the key's bytes begin, of what is inside */
};

/* Rules by number, each once, in their order; grows as needed and is reused. */
struct candidates {
	struct candidate *items;
	size_t count, capacity;
	struct clue *clues; /* while rules are looked for */
	size_t clue_count, clue_capacity;
};

/* Whether no rule can match a subject, as far as the edges of its mould tell; most are told so. */
bool index_rules_out(const struct index *index, const struct subject *subject);

/* Add the rules that may match the folded subject; false when memory is short. */
bool index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out);
void candidates_fini(struct candidates *candidates);

#endif
