#include "title.h"

#include <string.h>

enum {
	WORDS_MIN = 2,
	WORDS_GOOD = 5,
	WORDS_MAX = 30,
	CHARS_MIN = 6, /* where words are not spaced */
	CHARS_MAX = 200,
	BYLINE_AHEAD =
	    5, /* paragraphs after a headline in which a byline or a date is looked for */
};

/* What speaks for a headline, and how much of it there must be. */
enum {
	REPEATED = 30, /* pages have it in the title of the window, a path of links, a heading */
	PART = 25,     /* the same, with the site's name or more beside it */
	BYLINE = 20,   /* names and dates are below headlines */
	FAMILIAR = 40, /* most of its long words are in the article */
	A_LOT_OF_WORDS = 25,
	DISTANCE = 1, /* is taken off for each paragraph between it and the article */
	DISTANCE_MAX = 25,
	ENOUGH = 40,
};

static bool has_group(
    const struct declutter_rules *rules, const struct held *held, enum group group)
{
	for (size_t i = 0; i < held->match_count; i++)
		if (rules_at(rules, held->matches[i])->group == group)
			return true;
	return false;
}

/* Dropped by a rule for its own words: a label, not a headline.  Repetition is none. */
static bool is_label(const struct held *held)
{
	return held->phrase == PHRASE_DROP && !held->features.value[FEATURE_SECTION] &&
	       held->rule->verb != VERB_ONCE;
}

static bool may_be_title(const struct held *held)
{
	const short *value = held->features.value;

	return held->size > 0 && !is_label(held) && value[FEATURE_CHARS] >= CHARS_MIN &&
	       value[FEATURE_CHARS] <= CHARS_MAX && value[FEATURE_WORDS] <= WORDS_MAX &&
	       (value[FEATURE_WORDS] >= WORDS_MIN || value[FEATURE_CHARS] >= 2 * CHARS_MIN) &&
	       value[FEATURE_ENDS] != ENDS_COMMA && value[FEATURE_ENDS] != ENDS_COLON &&
	       value[FEATURE_SENTENCES] <= 2 && !value[FEATURE_ADDRESS] && !value[FEATURE_DATE];
}

static bool has_word(const struct held *held, uint16_t word)
{
	for (size_t i = 0; i < held->word_count; i++)
		if (held->words[i] == word)
			return true;
	return false;
}

/* Whether another paragraph that is no prose has all of its long words. */
static bool is_part(const struct queue *queue, size_t count, size_t number)
{
	const struct held *held = queue_at(queue, number);

	for (size_t i = 0; i < count && held->word_count >= 2; i++) {
		const struct held *other = queue_at(queue, i);
		size_t shared = 0;
		if (i == number || other->hash == held->hash ||
		    other->features.value[FEATURE_PROSE])
			continue;
		while (shared < held->word_count && has_word(other, held->words[shared]))
			shared++;
		if (shared == held->word_count)
			return true;
	}
	return false;
}

static bool is_before_byline(
    const struct declutter_rules *rules, const struct queue *queue, size_t count, size_t number)
{
	for (size_t i = number + 1; i <= number + BYLINE_AHEAD && i < count; i++) {
		const struct held *held = queue_at(queue, i);
		if (held->features.value[FEATURE_DATE] || has_group(rules, held, GROUP_BYLINE) ||
		    has_group(rules, held, GROUP_DATE))
			return true;
	}
	return false;
}

static int weigh(
    const struct declutter_rules *rules, const struct queue *queue, size_t count, size_t number)
{
	const struct held *held = queue_at(queue, number);
	const short *value = held->features.value;
	int distance = (int)(count - number);
	int sum = distance < DISTANCE_MAX ? -distance * DISTANCE : -DISTANCE_MAX * DISTANCE;

	if (value[FEATURE_SEEN] || value[FEATURE_AGAIN])
		sum += REPEATED;
	else if (is_part(queue, count, number))
		sum += PART;
	if (is_before_byline(rules, queue, count, number))
		sum += BYLINE;
	sum += value[FEATURE_FAMILIAR_AHEAD] * FAMILIAR / 100;
	if (value[FEATURE_WORDS] >= WORDS_GOOD)
		sum += A_LOT_OF_WORDS;
	return sum;
}

size_t title_find(const struct declutter_rules *rules, const struct queue *queue, size_t count)
{
	size_t best = count;
	int most = ENOUGH - 1;

	for (size_t i = 0; i < count; i++) {
		if (!may_be_title(queue_at(queue, i)))
			continue;
		int sum = weigh(rules, queue, count, i);
		/* Of equal ones the last: it stands above the article. */
		if (sum >= most) {
			most = sum;
			best = i;
		}
	}
	return most >= ENOUGH ? best : count;
}
