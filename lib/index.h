/*
 * Which rules can match a subject at all: the index errs only towards trying.
 *
 * A rule is found by what its matches equal, begin with, end with or
 * contain; the rules of which nothing of that is known are always tried.
 */
#ifndef INDEX_H
#define INDEX_H

#include "rule.h"
#include "subject.h"

enum place_of_literal { WHOLE, PREFIX, SUFFIX, INSIDE };

/* A literal that leads to a rule. */
struct posting {
	uint32_t key;  /* most of the hash that it is found by */
	uint32_t text; /* where it begins among the index's texts */
	uint32_t rule;
	uint16_t longest;  /* characters a subject may have, at most UINT16_MAX */
	uint16_t shortest; /* and that it must have */
	uint16_t size;
	uint8_t place : 2;
	uint8_t digits : 6; /* a subject must have, at least */
	uint8_t detail;     /* WHOLE: to equal it is to match; INSIDE: where its key begins */
};

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

/* Bits known for each slot: most keys that are looked up are not there. */
enum { KNOWN_PER_SLOT = 16 };

struct index {
	const struct posting *postings; /* those of a slot beside each other */
	size_t posting_count;
	const uint32_t *starts; /* by slot: its first posting; one more for the end */
	size_t slot_count;      /* a power of two */
	const char *texts;
	size_t text_size;
	const struct unconditional *always;
	size_t always_count;
	const struct filter *filters; /* FILTER_COUNT of them, or NULL if nothing must be inside */
	const uint64_t *known;        /* two bits for each hash that a posting has */
	const uint64_t *edges;        /* and for what all keys of an edge share */
	uint32_t longest;        /* characters of the longest subject that any rule can match */
	uint32_t whole_longest;  /* bytes of the longest literal that is a whole subject */
	struct edge_sizes plain; /* for subjects without a digit */
	struct edge_sizes digit; /* for those with one */
};

/* How many words there are of what is known. */
static inline size_t index_known_words(const struct index *index)
{
	return index->slot_count * KNOWN_PER_SLOT / 64;
}

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

/* Rules by number, each once, in no order; grows as needed and is reused. */
struct candidates {
	struct candidate *items;
	size_t count, capacity;
};

/* Whether no rule can match a subject, as far as its folded edges tell; most are told so. */
bool index_rules_out(const struct index *index, const struct subject *subject);

/* Add the rules that may match the folded subject; false when memory is short. */
bool index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out);
void candidates_fini(struct candidates *candidates);

#endif
