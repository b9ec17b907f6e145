/*
 * The score rules as a bitmap index (P. O'Neil, "Model 204 Architecture and
 * Performance", 1987): a paragraph's evidence is a sum over a thousand rules,
 * and all of them are tried at once.
 *
 * Every rule is a bit.  For each feature, the values at which no condition
 * changes share a row: the rules that do not mind them.  The intersection of
 * a paragraph's rows is the rules it meets.
 */
#ifndef EVIDENCE_H
#define EVIDENCE_H

#include "queue.h"
#include "rule.h"

/* A feature that conditions ask for. */
struct column {
	uint32_t feature;
	int32_t steps; /* with a value added to it: that value's step */
};

/* A score rule with a pattern: they are few, and have no bit. */
struct phrase_score {
	uint32_t rule; /* its number */
	int score;
	size_t condition_count;
	struct condition conditions[CONDITIONS_MAX];
};

/* The size of a row is in whole blocks of so many words of 64 bits. */
enum { EVIDENCE_BLOCK = 12 };

struct evidence {
	/* By feature: smaller values than low share its row, and larger ones than high that one's.
	 */
	short low[FEATURE_SLOTS], high[FEATURE_SLOTS];
	const struct column *columns;
	size_t column_count;
	const uint32_t *steps; /* by value: where its row begins, in words */
	size_t step_count;
	const uint64_t *rows;
	size_t row_count, row_words;
	const int32_t *scores;              /* by bit */
	const struct phrase_score *phrases; /* by the number of the rule */
	size_t phrase_count;
};

/*
 * The index of these score rules, in their order; NULL when memory is short.  It does not
 * need them afterwards.
 */
struct evidence *evidence_new(const struct rule *const *rules, size_t count);
void evidence_free(struct evidence *evidence);

/* The sum of the scores of all rules whose conditions and pattern the paragraph meets. */
int evidence_of(const struct evidence *evidence, const struct held *held);

#endif
