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
	uint16_t *steps;
	uint64_t *rows, *planes;
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
	uint16_t step = 0;
	for (int value = low; value <= cuts->last; value++) {
		bool new = value == low || cuts->at[value - INT16_MIN];
		step = (uint16_t)(step + (new &&value > low));
		if (new)
			fill_row(b, feature, value, b->rows + (e->row_count + step) * e->row_words);
		b->steps[e->step_count + (size_t)(value - low)] = step;
	}
	b->columns[e->column_count++] = (struct column){
	    .feature = (uint16_t)feature,
	    .low = low,
	    .span = (uint16_t)span,
	    .first_row = (uint32_t)e->row_count,
	    .steps = (uint32_t)e->step_count,
	};
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

/* The scores in two's complement, digit by digit. */
static bool add_planes(struct builder *b)
{
	struct evidence *e = b->result;
	int least = 0, most = 0;

	for (size_t i = 0; i < b->count; i++) {
		least = b->rules[i]->score < least ? b->rules[i]->score : least;
		most = b->rules[i]->score > most ? b->rules[i]->score : most;
	}
	e->plane_count = 1;
	while (most >> (e->plane_count - 1) > 0 || least < -(1 << (e->plane_count - 1)))
		e->plane_count++;
	b->planes = calloc(e->plane_count * e->row_words, sizeof *b->planes);
	for (size_t i = 0; b->planes && i < b->count; i++)
		for (size_t plane = 0; plane < e->plane_count; plane++)
			b->planes[plane * e->row_words + i / 64] |=
			    (uint64_t)((uint32_t)b->rules[i]->score >> plane & 1) << i % 64;
	return b->planes != NULL;
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
	done = done && add_columns(b) && add_planes(b);
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
	b.result->planes = b.planes;
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
	free((void *)e->planes);
	free((void *)e->phrases);
	free(e);
}

/* ---- weighing ---- */

/* Half a block: what fits a register. */
typedef uint64_t half
    __attribute__((vector_size(EVIDENCE_BLOCK * sizeof(uint64_t) / 2), aligned(8), may_alias));

/* How many rules that are met have the digit. */
INLINED int64_t count_digits(const uint64_t *met, const uint64_t *digits)
{
	int64_t count = 0;

	for (int i = 0; i < EVIDENCE_BLOCK; i++)
		count += __builtin_popcountll(met[i] & digits[i]);
	return count;
}

/* The sum of the scores of the rules that are in all of the rows. */
VECTORISED static int sum_scores(
    const struct evidence *e, const uint64_t *const *rows, size_t count)
{
	int64_t sum = 0;

	for (size_t word = 0; word < e->row_words; word += EVIDENCE_BLOCK) {
		half first = ~(half){0}, second = first;
		for (size_t i = 0; i < count; i++) {
			const half *row = (const half *)(rows[i] + word);
			first &= row[0];
			second &= row[1];
		}
		uint64_t met[EVIDENCE_BLOCK];
		memcpy(met, &first, sizeof first);
		memcpy(met + EVIDENCE_BLOCK / 2, &second, sizeof second);
		for (size_t i = 0; i < e->plane_count; i++) {
			const uint64_t *plane = e->planes + i * e->row_words + word;
			int64_t digits = count_digits(met, plane) << i;
			sum += i + 1 < e->plane_count ? digits : -digits;
		}
	}
	return (int)sum;
}

static bool meets(const struct phrase_score *phrase, const struct held *held)
{
	for (size_t i = 0; i < phrase->condition_count; i++) {
		const struct condition *condition = &phrase->conditions[i];
		if (!is_met(condition, held->features.value[condition->feature]))
			return false;
	}
	return held_matches(held, phrase->rule);
}

int evidence_of(const struct evidence *e, const struct held *held)
{
	const uint64_t *rows[FEATURE_COUNT];

	for (size_t i = 0; i < e->column_count; i++) {
		const struct column *column = &e->columns[i];
		int above = held->features.value[column->feature] - column->low;
		above = above < 0 ? 0 : above > column->span ? column->span : above;
		size_t row = column->first_row + e->steps[column->steps + (size_t)above];
		rows[i] = e->rows + row * e->row_words;
	}
	int sum = sum_scores(e, rows, e->column_count);
	for (size_t i = 0; i < e->phrase_count; i++)
		if (meets(&e->phrases[i], held))
			sum += e->phrases[i].score;
	return sum;
}
