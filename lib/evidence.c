#include "evidence.h"

#include <stdlib.h>
#include <string.h>

#include "vector.h"

/* ---- building ---- */

/* What is being built; the const pointers of the result are these. */
struct builder {
	const struct rule *const *rules; /* without a pattern: one a bit */
	size_t count;
	struct column *columns;
	uint32_t *steps;
	uint64_t *rows;
	int32_t *scores;
	struct phrase_score *phrases;
	struct evidence *result;
};

static bool is_met(const struct condition *condition, int value)
{
	switch (condition->comparison) {
	case COMPARE_EQUAL:
		return value == condition->value;
	case COMPARE_UNEQUAL:
		return value != condition->value;
	case COMPARE_LEAST:
		return value >= condition->value;
	case COMPARE_MOST:
		return value <= condition->value;
	}
	return false;
}

/* The values at which conditions on a feature begin to differ from the value before. */
struct cuts {
	bool at[UINT16_MAX + 1]; /* by value - INT16_MIN */
	int first, last;
	bool any;
};

static void cut(struct cuts *cuts, int value)
{
	if (value > INT16_MAX)
		return;
	cuts->at[value - INT16_MIN] = true;
	cuts->first = cuts->any && cuts->first < value ? cuts->first : value;
	cuts->last = cuts->any && cuts->last > value ? cuts->last : value;
	cuts->any = true;
}

static void find_cuts(const struct builder *b, enum feature feature, struct cuts *cuts)
{
	memset(cuts, 0, sizeof *cuts);
	for (size_t i = 0; i < b->count; i++) {
		for (size_t k = 0; k < b->rules[i]->condition_count; k++) {
			const struct condition *condition = &b->rules[i]->conditions[k];
			if (condition->feature != feature)
				continue;
			if (condition->comparison != COMPARE_MOST)
				cut(cuts, condition->value);
			if (condition->comparison != COMPARE_LEAST)
				cut(cuts, condition->value + 1);
		}
	}
}

/* The rules that do not mind the value of the feature. */
static void fill_row(const struct builder *b, enum feature feature, int value, uint64_t *row)
{
	for (size_t i = 0; i < b->count; i++) {
		bool met = true;
		for (size_t k = 0; k < b->rules[i]->condition_count; k++) {
			const struct condition *condition = &b->rules[i]->conditions[k];
			met &= condition->feature != feature || is_met(condition, value);
		}
		row[i / 64] |= (uint64_t)met << i % 64;
	}
}

/* Make room for the items after count others; false when memory is short. */
static bool extend(void *items, size_t count, size_t more, size_t item_size)
{
	void *old;

	memcpy(&old, items, sizeof old);
	void *new = realloc(old, (count + more) * item_size);
	if (!new)
		return false;
	memset((char *)new + count *item_size, 0, more * item_size);
	memcpy(items, &new, sizeof new);
	/* cppcheck-suppress memleak ; it is *items now */
	return true;
}

static bool add_column(struct builder *b, enum feature feature, const struct cuts *cuts)
{
	struct evidence *e = b->result;
	/* One value before the first cut stands for all that are smaller. */
	int low = cuts->first - 1;
	size_t span = (size_t)(cuts->last - low), rows = 1;

	for (int value = cuts->first; value <= cuts->last; value++)
		rows += cuts->at[value - INT16_MIN];
	if (!extend(&b->steps, e->step_count, span + 1, sizeof *b->steps) ||
	    !extend(&b->rows, e->row_count * e->row_words, rows * e->row_words, sizeof *b->rows))
		return false;
	size_t row = e->row_count;
	for (int value = low; value <= cuts->last; value++) {
		bool new = value == low || cuts->at[value - INT16_MIN];
		row += new &&value > low;
		if (new)
			fill_row(b, feature, value, b->rows + row * e->row_words);
		b->steps[e->step_count + (size_t)(value - low)] = (uint32_t)(row * e->row_words);
	}
	b->columns[e->column_count++] = (struct column){
	    .feature = (uint32_t)feature,
	    .steps = (int32_t)e->step_count - low,
	};
	e->low[feature] = (short)low;
	e->high[feature] = (short)cuts->last;
	e->step_count += span + 1;
	e->row_count += rows;
	return true;
}

static bool add_columns(struct builder *b)
{
	struct cuts *cuts = malloc(sizeof *cuts);
	bool done = cuts != NULL;

	for (int feature = 0; done && feature < FEATURE_COUNT; feature++) {
		find_cuts(b, (enum feature)feature, cuts);
		if (cuts->any)
			done = add_column(b, (enum feature)feature, cuts);
	}
	free(cuts);
	return done;
}

static bool add_scores(struct builder *b)
{
	b->scores = calloc(b->result->row_words * 64, sizeof *b->scores);
	for (size_t i = 0; b->scores && i < b->count; i++)
		b->scores[i] = b->rules[i]->score;
	return b->scores != NULL;
}

static void add_phrase(struct builder *b, const struct rule *rule)
{
	struct phrase_score *phrase = &b->phrases[b->result->phrase_count++];

	*phrase = (struct phrase_score){.rule = rule->facts.index,
	    .score = rule->score,
	    .condition_count = rule->condition_count};
	memcpy(phrase->conditions, rule->conditions, sizeof phrase->conditions);
}

static bool build(struct builder *b, const struct rule *const *rules, size_t count)
{
	const struct rule **plain = calloc(count + 1, sizeof *plain);
	struct evidence *e = b->result;

	b->columns = calloc(FEATURE_COUNT, sizeof *b->columns);
	b->phrases = calloc(count + 1, sizeof *b->phrases);
	bool done = plain && b->columns && b->phrases;
	for (size_t i = 0; done && i < count; i++) {
		if (rules[i]->pattern)
			add_phrase(b, rules[i]);
		else
			plain[b->count++] = rules[i];
	}
	b->rules = plain;
	e->row_words =
	    (b->count + 64 * EVIDENCE_BLOCK - 1) / (64 * EVIDENCE_BLOCK) * EVIDENCE_BLOCK;
	done = done && add_columns(b) && add_scores(b);
	free(plain);
	return done;
}

struct evidence *evidence_new(const struct rule *const *rules, size_t count)
{
	struct builder b = {.result = calloc(1, sizeof *b.result)};

	if (!b.result)
		return NULL;
	bool done = build(&b, rules, count);
	b.result->columns = b.columns;
	b.result->steps = b.steps;
	b.result->rows = b.rows;
	b.result->scores = b.scores;
	b.result->phrases = b.phrases;
	if (done)
		return b.result;
	evidence_free(b.result);
	return NULL;
}

void evidence_free(struct evidence *e)
{
	if (!e)
		return;
	free((void *)e->columns);
	free((void *)e->steps);
	free((void *)e->rows);
	free((void *)e->scores);
	free((void *)e->phrases);
	free(e);
}

/* ---- weighing ---- */

/* A third of a block: what fits a register. */
typedef uint64_t quarters __attribute__((vector_size(32), aligned(8), may_alias));
/* Eight rules, by a bit or a score each. */
typedef uint32_t eight __attribute__((vector_size(32), aligned(4), may_alias));

/* The paragraph's values, but none beyond where rows change. */
INLINED void limit_values(short *limited, const struct evidence *e, const short *values)
{
	for (int i = 0; i < FEATURE_SLOTS; i++) {
		short value = values[i] < e->low[i] ? e->low[i] : values[i];
		limited[i] = value > e->high[i] ? e->high[i] : value;
	}
}

/* Of eight of 32 rules, those from the bit on, add the scores of those whose bits are set. */
INLINED void add_eight(eight *sum, uint32_t met, int bit, const int32_t *scores)
{
	const eight bits = (eight){1, 2, 4, 8, 16, 32, 64, 128} << bit;
	eight all = {met, met, met, met, met, met, met, met};

	*sum += (eight)((all & bits) == bits) & *(const eight *)(scores + bit);
}

/* Add the scores of those of 32 rules whose bits are set. */
INLINED void add_met(eight *sum, uint32_t met, const int32_t *scores)
{
	add_eight(sum, met, 0, scores);
	add_eight(sum, met, 8, scores);
	add_eight(sum, met, 16, scores);
	add_eight(sum, met, 24, scores);
}

/* The sum of the scores of the rules that are in the rows of all values. */
VECTORISED static int sum_scores(const struct evidence *e, const short *values)
{
	eight sum = {0};
	short limited[FEATURE_SLOTS];

	limit_values(limited, e, values);
	for (size_t word = 0; word < e->row_words; word += EVIDENCE_BLOCK) {
		quarters first = ~(quarters){0}, second = first, third = first;
		for (size_t i = 0; i < e->column_count; i++) {
			const struct column *column = &e->columns[i];
			uint32_t step = e->steps[column->steps + limited[column->feature]];
			const quarters *row = (const quarters *)(e->rows + step + word);
			first &= row[0];
			second &= row[1];
			third &= row[2];
		}
		quarters parts[] = {first, second, third};
		uint64_t met[EVIDENCE_BLOCK];
		memcpy(met, parts, sizeof met);
		const int32_t *scores = e->scores + word * 64;
		for (int i = 0; i < EVIDENCE_BLOCK; i++, scores += 64) {
			add_met(&sum, (uint32_t)met[i], scores);
			add_met(&sum, (uint32_t)(met[i] >> 32), scores + 32);
		}
	}
	/* Unsigned, for sums of users' scores may wrap around. */
	uint32_t sums[8], total = 0;
	memcpy(sums, &sum, sizeof sums);
	for (int i = 0; i < 8; i++)
		total += sums[i];
	return (int)total;
}

/* The rule's score, or NULL if it is no score rule. */
static const struct phrase_score *find_phrase(const struct evidence *e, uint32_t rule)
{
	size_t first = 0, end = e->phrase_count;

	while (first < end) {
		size_t middle = (first + end) / 2;
		if (e->phrases[middle].rule < rule)
			first = middle + 1;
		else
			end = middle;
	}
	return first < e->phrase_count && e->phrases[first].rule == rule ? &e->phrases[first]
	                                                                 : NULL;
}

static bool meets(const struct phrase_score *phrase, const struct held *held)
{
	for (size_t i = 0; i < phrase->condition_count; i++) {
		const struct condition *condition = &phrase->conditions[i];
		if (!is_met(condition, held->features.value[condition->feature]))
			return false;
	}
	return true;
}

int evidence_of(const struct evidence *e, const struct held *held)
{
	int sum = sum_scores(e, held->features.value);

	for (size_t i = 0; i < held->match_count; i++) {
		const struct phrase_score *phrase = find_phrase(e, held->matches[i]);
		if (phrase && meets(phrase, held))
			sum += phrase->score;
	}
	return sum;
}
