#include "evidence.h"

#include <stdlib.h>
#include <string.h>

/* A condition as a range of 16-bit numbers: low to low + span, or all outside of it. */
struct range {
	uint16_t low, span;
	unsigned char feature;
	bool outside;
};

#define NO_PATTERN UINT32_MAX

struct score {
	uint32_t first; /* of its ranges */
	unsigned char count;
	unsigned char shared; /* leading ranges that the score before it has, too */
	int score;
	uint32_t pattern; /* number of the rule that must match, or NO_PATTERN */
};

struct evidence {
	struct score *scores;
	struct range *ranges;
	size_t score_count, range_count;
};

static struct range range_of(const struct condition *condition)
{
	struct range range = {.feature = (unsigned char)condition->feature};
	uint16_t value = (uint16_t)condition->value, least = (uint16_t)INT16_MIN;

	switch (condition->comparison) {
	case COMPARE_EQUAL:
	case COMPARE_UNEQUAL:
		range.low = value;
		range.outside = condition->comparison == COMPARE_UNEQUAL;
		break;
	case COMPARE_LEAST:
		range.low = value;
		range.span = (uint16_t)(INT16_MAX - condition->value);
		break;
	case COMPARE_MOST:
		range.low = least;
		range.span = (uint16_t)(condition->value - INT16_MIN);
		break;
	}
	return range;
}

static bool is_met(const struct range *range, const struct features *features)
{
	uint16_t distance = (uint16_t)(features->value[range->feature] - range->low);

	return (distance <= range->span) != range->outside;
}

static bool equals(const struct range *a, const struct range *b)
{
	return a->low == b->low && a->span == b->span && a->feature == b->feature &&
	       a->outside == b->outside;
}

static void add_score(struct evidence *evidence, const struct rule *rule)
{
	struct score *score = &evidence->scores[evidence->score_count];
	struct range *ranges = &evidence->ranges[evidence->range_count];

	*score = (struct score){
	    .first = (uint32_t)evidence->range_count,
	    .count = (unsigned char)rule->condition_count,
	    .score = rule->score,
	    .pattern = rule->pattern ? rule->facts.index : NO_PATTERN,
	};
	for (size_t i = 0; i < rule->condition_count; i++)
		ranges[i] = range_of(&rule->conditions[i]);
	if (evidence->score_count > 0) {
		const struct score *before = score - 1;
		const struct range *its = &evidence->ranges[before->first];
		while (score->shared < score->count && score->shared < before->count &&
		       equals(&ranges[score->shared], &its[score->shared]))
			score->shared++;
	}
	evidence->score_count++;
	evidence->range_count += rule->condition_count;
}

struct evidence *evidence_new(struct rule *const *rules, const unsigned *numbers, size_t count)
{
	struct evidence *evidence = calloc(1, sizeof *evidence);
	size_t ranges = 0;

	for (size_t i = 0; i < count; i++)
		ranges += rules[numbers[i]]->condition_count;
	if (!evidence)
		return NULL;
	evidence->scores = calloc(count + 1, sizeof *evidence->scores);
	evidence->ranges = calloc(ranges + 1, sizeof *evidence->ranges);
	if (!evidence->scores || !evidence->ranges) {
		evidence_free(evidence);
		return NULL;
	}
	for (size_t i = 0; i < count; i++)
		add_score(evidence, rules[numbers[i]]);
	return evidence;
}

void evidence_free(struct evidence *evidence)
{
	if (!evidence)
		return;
	free(evidence->scores);
	free(evidence->ranges);
	free(evidence);
}

/*
 * The leaves of a tree share the way to them: when a range is not met, the
 * scores that follow and share it are passed over, and of those that share
 * less the ranges before it need no second look.
 */
int evidence_of(const struct evidence *evidence, const struct held *held)
{
	unsigned met = 0; /* leading ranges met by the last score looked at */
	bool failed = false;
	int sum = 0;

	for (size_t i = 0; i < evidence->score_count; i++) {
		const struct score *score = &evidence->scores[i];
		const struct range *ranges = &evidence->ranges[score->first];
		if (failed && score->shared > met)
			continue;
		met = score->shared;
		while (met < score->count && is_met(&ranges[met], &held->features))
			met++;
		failed = met < score->count;
		if (!failed && (score->pattern == NO_PATTERN || held_matches(held, score->pattern)))
			sum += score->score;
	}
	return sum;
}
