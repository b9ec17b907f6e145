/* What a pattern literally requires: how every match begins and ends, what it contains. */
#ifndef ANALYSIS_H
#define ANALYSIS_H

#include "byteset.h"
#include "literal.h"

/* If a match has more digits than this, no more are told of. */
enum { DIGITS_MAX = 63 };

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
	/* Something forbids part of what literals allow: to equal a closed one is not enough. */
	bool constrained;
	/* The closed literals at their starts match, and nothing else does; none has a number. */
	bool exact;
};

/* Analyse a pattern; false when memory is short.  Errs only towards knowing less. */
bool analysis_init(struct analysis *analysis, const char *pattern, size_t size);
void analysis_fini(struct analysis *analysis);

/* What whole matches begin and end with. */
struct edges analysis_edges(const struct analysis *analysis);
/* Whether a text that is not empty, folded or not, begins and ends with such characters. */
bool edges_allow(const struct edges *edges, const char *text, size_t size);

#endif
