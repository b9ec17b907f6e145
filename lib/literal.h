/* What a pattern literally requires: how every match begins and ends, what it contains. */
#ifndef LITERAL_H
#define LITERAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buffer.h"

/* More beginnings than this are not worth listing. */
enum { LITERALS_MAX = 512 };

struct literal {
	size_t offset; /* into the set's text */
	size_t size;
	bool open; /* a match may go on after it */
};

/* If a match has more digits than this, no more are told of. */
enum { DIGITS_MAX = 63 };

/*
 * What stands for a number in a literal, characters that no subject has.  Of a
 * mould (mould.h) both are a zero.
 */
enum {
	NUMBER_SOME = 1, /* of certain digits, or so many */
	NUMBER_ANY = 2,  /* of any digits, as many as there are: \d+ */
};

/* A set of literals, folded by text_fold. */
struct literals {
	struct buffer text;
	struct literal *items;
	size_t count, capacity;
};

/* A literal's bytes; of a set that has none they are nowhere. */
static inline const char *literal_text(const struct literals *set, const struct literal *literal)
{
	return literal->size > 0 ? set->text.data + literal->offset : "";
}

/* A set of bytes. */
struct byte_set {
	uint64_t bits[4];
};

static inline void byte_set_add(struct byte_set *set, unsigned char byte)
{
	set->bits[byte / 64] |= (uint64_t)1 << byte % 64;
}

static inline bool byte_set_has(const struct byte_set *set, unsigned char byte)
{
	return set->bits[byte / 64] >> byte % 64 & 1;
}

static inline void byte_set_merge(struct byte_set *set, const struct byte_set *more)
{
	for (size_t i = 0; i < 4; i++)
		set->bits[i] |= more->bits[i];
}

/* What is known of the matches of one alternative of a pattern. */
struct branch {
	/*
	 * Every match equals one of the closed literals or starts with one of the
	 * open ones.  An empty open literal says that nothing is known.
	 */
	struct literals start;
	/* Every match contains one of these, all closed; none says that nothing is known. */
	struct literals inside;
	/* Every match ends with one of these, in the same way. */
	struct literals end;
	size_t shortest, longest; /* characters of a match; SIZE_MAX is any number */
	unsigned digits; /* decimal ones of any script in every match, at least; see DIGITS_MAX */
	struct byte_set first; /* every match that is not empty begins with one of these */
	struct byte_set last;  /* and its last character begins with one of these */
};

/* The ASCII characters that matches may begin and end with, in lower case; any other may. */
struct edges {
	uint64_t first[2], last[2];
};

struct analysis {
	struct branch *branches; /* every match is of one of these */
	size_t count, capacity;
	/* Something forbids part of what the literals allow: to equal a closed one is not enough.
	 */
	bool constrained;
	/* The closed literals at their starts match, and nothing else does; none has a number. */
	bool exact;
};

/* Make the moulds of literals, in their order; false when memory is short. */
bool literals_mould(struct literals *moulds, const struct literals *literals);
void literals_fini(struct literals *literals);

/* Analyse a pattern; false when memory is short.  Errs only towards knowing less. */
bool analysis_init(struct analysis *analysis, const char *pattern, size_t size);
void analysis_fini(struct analysis *analysis);

/* What whole matches begin and end with. */
struct edges analysis_edges(const struct analysis *analysis);
/* Whether a text that is not empty, folded or not, begins and ends with such characters. */
bool edges_allow(const struct edges *edges, const char *text, size_t size);

#endif
