/*
 * The score rules as a bitmap index (P. O'Neil, "Model 204 Architecture and
 * Performance", 1987): a paragraph's evidence is a sum over a thousand rules,
 * and all of them are tried at once.
 *
 * Every rule is a bit.  For each feature, the values at which no condition
 * changes share a row: the rules that do not mind them.  The intersection of
 * a paragraph's rows is the rules it meets; their scores are kept in planes,
 * one for each binary digit, so that counting bits adds them up.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "queue.h"
#include "rule.h"

/* A feature that conditions ask for. */
struct column {
	uint16_t feature;
	int32_t low;        /* values below it share its row */
	uint16_t span;      /* so do values above low + span that one's */
	uint32_t first_row; /* row of low */
	uint32_t steps;     /* where its part of the steps begins */
};

/* A score rule with a pattern: they are few, and have no bit. */
struct phrase_score {
	uint32_t rule; /* its number */
	int score;
	size_t condition_count;
	struct condition conditions[CONDITIONS_MAX];
};

/* Sizes of rows and planes are whole blocks of this many words of 64 bits. */
enum { EVIDENCE_BLOCK = 8 };

struct evidence {
	const struct column *columns;
	size_t column_count;
	const uint16_t *steps; /* by value: the row, counted from the column's first */
	size_t step_count;
	const uint64_t *rows;
	size_t row_count, row_words;
	const uint64_t *planes; /* the last one is that of the sign */
	size_t plane_count;
	const struct phrase_score *phrases;
	size_t phrase_count;
};

/*
 * The index of these score rules; NULL when memory is short.  It does not
 * need them afterwards.
 */
struct evidence *evidence_new(const struct rule *const *rules, size_t count);
void evidence_free(struct evidence *evidence);

/* The sum of the scores of all rules whose conditions and pattern the paragraph meets. */
int evidence_of(const struct evidence *evidence, const struct held *held);

#endif
