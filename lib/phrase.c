#include "phrase.h"

#include <stdlib.h>
#include <string.h>

enum {
	LONG_WORDS = 20,        /* words of a paragraph that is no headline */
	ESTABLISHED_WORDS = 40, /* words of prose from which on the head is over */
	TAIL_GAP = 8,           /* paragraphs without prose after which the tail begins */
	RESUME_AHEAD = 2,       /* paragraphs looked at to see whether a tail was none */
	THREAD_COMMENTS = 2,    /* comments after which all prose is taken for more of them */
	THREAD_AHEAD = 8,       /* paragraphs looked at to see whether a comment is the first */
};

bool phrases_init(struct phrases *phrases, const struct declutter_rules *rules)
{
	*phrases = (struct phrases){.rules = rules, .since_dropped = 1000};
	phrases->run_lengths = calloc(rules->run_count + 1, sizeof *phrases->run_lengths);
	return phrases->run_lengths != NULL;
}

void phrases_fini(struct phrases *phrases)
{
	free(phrases->run_lengths);
}

static unsigned zone(const struct phrases *phrases)
{
	if (phrases->prose_words < ESTABLISHED_WORDS)
		return ZONE_HEAD;
	return phrases->since_prose >= TAIL_GAP ? ZONE_TAIL : ZONE_BODY;
}

static const struct rule *nth_match(
    const struct phrases *phrases, const struct held *held, size_t number)
{
	return rules_at(phrases->rules, held->matches[number]);
}

static bool applies(const struct phrases *phrases, const struct rule *rule)
{
	unsigned zones = zone(phrases) | (phrases->in_comments ? ZONE_COMMENTS : 0);

	return (rule->zones & zones) != 0;
}

/* Whether a paragraph still to be settled will surely be dropped by a rule of its own. */
static bool drops_at_sight(const struct phrases *phrases, const struct held *held)
{
	for (size_t i = 0; i < held->match_count; i++) {
		if (rules_simple(phrases->rules, held->matches[i]))
			return true;
		const struct rule *rule = nth_match(phrases, held, i);
		if (rule->verb == VERB_DROP && rule->near == 0 && applies(phrases, rule))
			return true;
	}
	return false;
}

/* "near=": something dropped so many paragraphs before or after. */
static bool is_near(
    const struct phrases *phrases, const struct queue *queue, size_t number, unsigned distance)
{
	if (phrases->since_dropped < distance)
		return true;
	for (size_t i = number + 1; i <= number + distance && i < queue->count; i++)
		if (drops_at_sight(phrases, queue_at(queue, i)))
			return true;
	return false;
}

/* How many paragraphs in a row the rule's run has so far. */
static unsigned run_length(const struct phrases *phrases, const struct rule *rule)
{
	const struct declutter_rules *rules = phrases->rules;
	size_t i = 0;

	while (i < rules->run_count && rules->runs[i] != rule->facts.index)
		i++;
	return phrases->run_lengths[i];
}

/* Whether the paragraph belongs to enough in a row, those before and those to come. */
static bool is_run(const struct phrases *phrases, const struct queue *queue, size_t number,
    const struct rule *rule)
{
	unsigned length = run_length(phrases, rule) + 1;

	for (size_t i = number + 1; length < rule->least && i < queue->count; i++, length++) {
		const struct held *next = queue_at(queue, i);
		if (!held_matches(next, rule->facts.index) && !drops_at_sight(phrases, next))
			break;
	}
	return length >= rule->least;
}

/* Whether the rule is for what stands with a comment: a name and a date, "reply". */
static bool is_of_comment(const struct rule *rule)
{
	return rule->zones == ZONE_COMMENTS && rule->verb == VERB_TAIL;
}

/* Whether comments go on here: where prose has resumed the article, beside clutter only. */
static bool is_among_comments(
    const struct phrases *phrases, const struct queue *queue, size_t number)
{
	bool in_tail = phrases->section && phrases->section->verb == VERB_TAIL;

	return in_tail || is_near(phrases, queue, number, 1);
}

static bool drops(const struct phrases *phrases, const struct queue *queue, size_t number,
    const struct rule *rule)
{
	const struct held *held = queue_at(queue, number);

	if (rule->near > 0 && !is_near(phrases, queue, number, rule->near))
		return false;
	if (is_of_comment(rule) && !is_among_comments(phrases, queue, number))
		return false;
	switch (rule->verb) {
	case VERB_DROP:
	case VERB_BLOCK:
	case VERB_HEAD:
	case VERB_TAIL:
		return true;
	case VERB_ONCE:
		return held->features.value[FEATURE_SEEN] > 0;
	case VERB_RUN:
		return is_run(phrases, queue, number, rule);
	default:
		return false;
	}
}

static bool opens_section(const struct rule *rule)
{
	return rule->verb == VERB_BLOCK || rule->verb == VERB_TAIL;
}

/* How much a rule that drops tells: the most where comments stand, then a section's opening. */
static int strength(const struct rule *rule)
{
	return is_of_comment(rule) ? 2 : opens_section(rule) ? 1 : 0;
}

/* The rule that decides: keep, then what opens a section, then any that drops. */
static const struct rule *deciding_rule(
    const struct phrases *phrases, const struct queue *queue, size_t number, bool *simple)
{
	const struct held *held = queue_at(queue, number);
	const struct rule *best = NULL;

	*simple = false;
	for (size_t i = 0; i < held->match_count; i++) {
		const struct rule *rule = nth_match(phrases, held, i);
		if (rules_simple(phrases->rules, held->matches[i])) {
			*simple |= !best;
			best = best ? best : rule;
			continue;
		}
		if (!applies(phrases, rule))
			continue;
		bool keeps = rule->verb == VERB_KEEP;
		bool better = !best || strength(rule) > strength(best);
		if (!keeps && (!better || !drops(phrases, queue, number, rule)))
			continue;
		best = rule;
		*simple = false;
		if (keeps)
			break;
	}
	return best;
}

/*
 * Sentences that go on like the article end a tail: enough words of prose,
 * here and in the next paragraphs together.
 */
static bool resumes_article(const struct phrases *phrases, const struct queue *queue, size_t number)
{
	int words = 0;

	for (size_t i = number; i <= number + RESUME_AHEAD && i < queue->count; i++) {
		const short *value = queue_at(queue, i)->features.value;
		if (value[FEATURE_PROSE] && !drops_at_sight(phrases, queue_at(queue, i)))
			words += value[FEATURE_WORDS];
	}
	return words >= phrases->rules->settings[SETTING_RESUME_WORDS].value;
}

/* Whether the prose is of comments: behind two of them, or between two. */
static bool is_comment(const struct phrases *phrases, const struct queue *queue, size_t number)
{
	if (phrases->comments >= THREAD_COMMENTS)
		return true;
	if (!is_of_comment(phrases->section))
		return false;
	for (size_t i = number + 1; i <= number + THREAD_AHEAD && i < queue->count; i++) {
		const struct held *held = queue_at(queue, i);
		for (size_t j = 0; j < held->match_count; j++)
			if (is_of_comment(nth_match(phrases, held, j)))
				return true;
	}
	return false;
}

/*
 * Whether the paragraph heads prose that follows at once: set off by more
 * blank lines than what came before it in the section.
 */
static bool is_heading(const struct phrases *phrases, const struct queue *queue, size_t number)
{
	if (queue_at(queue, number)->features.value[FEATURE_BLANK_BEFORE] <= phrases->last_blank)
		return false;
	return number + 1 < queue->count &&
	       queue_at(queue, number + 1)->features.value[FEATURE_PROSE];
}

/* Whether a rule's score for the paragraph would be enough to enter the article again. */
static bool is_scored_for(const struct phrases *phrases, const struct held *held)
{
	for (size_t i = 0; i < held->match_count; i++) {
		const struct rule *rule = nth_match(phrases, held, i);
		if (rule->verb == VERB_SCORE && rule->condition_count == 0 &&
		    rule->score >= phrases->rules->settings[SETTING_REENTER].value)
			return true;
	}
	return false;
}

/* Whether the open section is over before this paragraph. */
static bool section_ends(const struct phrases *phrases, const struct queue *queue, size_t number)
{
	const struct held *held = queue_at(queue, number);
	const struct rule *section = phrases->section;
	const short *value = held->features.value;
	bool prose = value[FEATURE_PROSE];
	const struct setting_value *settings = phrases->rules->settings;

	if (section->verb == VERB_TAIL)
		return (is_scored_for(phrases, held) ||
		           (prose && resumes_article(phrases, queue, number))) &&
		       !is_comment(phrases, queue, number);
	if (section->until)
		return held_matches(held, section->until->facts.index);
	if (section->lines > 0)
		return phrases->section_lines >= section->lines;
	/* No headline is that long; and a list in the article may look like headlines. */
	return prose || is_scored_for(phrases, held) || value[FEATURE_WORDS] >= LONG_WORDS ||
	       is_heading(phrases, queue, number) ||
	       phrases->section_lines >= (unsigned)settings[SETTING_BLOCK_LINES].value;
}

static bool needs_more(const struct phrases *phrases, const struct queue *queue, size_t number)
{
	const struct held *held = queue_at(queue, number);
	unsigned ahead = 0;

	for (size_t i = 0; i < held->match_count; i++) {
		if (rules_simple(phrases->rules, held->matches[i]))
			continue;
		const struct rule *rule = nth_match(phrases, held, i);
		if (rule->near > ahead)
			ahead = rule->near;
		if (is_of_comment(rule) && ahead < 1)
			ahead = 1;
		if (rule->verb == VERB_RUN && rule->least - 1 > ahead)
			ahead = rule->least - 1;
	}
	if (phrases->section && ahead < RESUME_AHEAD)
		ahead = RESUME_AHEAD;
	if (phrases->section && is_of_comment(phrases->section) && ahead < THREAD_AHEAD)
		ahead = THREAD_AHEAD;
	return number + ahead >= queue->count;
}

/* The section's rule if one is open and goes on over this paragraph. */
static const struct rule *section_rule(
    struct phrases *phrases, const struct queue *queue, size_t number)
{
	if (!phrases->section || queue_at(queue, number)->size == 0)
		return NULL;
	if (section_ends(phrases, queue, number))
		phrases->section = NULL;
	phrases->section_lines++;
	return phrases->section;
}

/* Take note of where comments begin, and of each comment that says something. */
static void count_comments(struct phrases *phrases, const struct rule *rule)
{
	phrases->in_comments |= rule->group == GROUP_COMMENTS;
	if (is_of_comment(rule) && phrases->prose_since_comment) {
		phrases->comments++;
		phrases->prose_since_comment = false;
	}
}

/* What the paragraph's own rule does to the sections. */
static void open_section(struct phrases *phrases, const struct rule *rule)
{
	bool in_tail = phrases->section && phrases->section->verb == VERB_TAIL;

	if (rule->verb == VERB_KEEP)
		phrases->section = NULL;
	phrases->tails += rule->verb == VERB_TAIL;
	/*
	 * Inside a tail a block changes nothing: the tail is the stronger.  Before
	 * the article no tail can begin: "Comments" there is a button.
	 */
	bool tail = rule->verb == VERB_TAIL && zone(phrases) != ZONE_HEAD;
	if (tail)
		count_comments(phrases, rule);
	if (tail || (rule->verb == VERB_BLOCK && !in_tail)) {
		phrases->section = rule;
		phrases->section_lines = 0;
	}
}

static void update_runs(struct phrases *phrases, const struct held *held)
{
	const struct declutter_rules *rules = phrases->rules;

	for (size_t i = 0; i < rules->run_count; i++) {
		unsigned rule = rules->runs[i];
		if (held_matches(held, rule) || held->phrase == PHRASE_DROP)
			phrases->run_lengths[i]++;
		else
			phrases->run_lengths[i] = 0;
	}
}

static void update(struct phrases *phrases, const struct held *held, bool by_nearness)
{
	update_runs(phrases, held);
	phrases->last_blank = held->features.value[FEATURE_BLANK_BEFORE];
	/* What is dropped for being near does not make others near. */
	bool dropped = held->phrase == PHRASE_DROP && !by_nearness;
	phrases->since_dropped = dropped ? 0 : phrases->since_dropped + 1;
	phrases->prose_since_comment |= held->features.value[FEATURE_PROSE] > 0;
	if (held->features.value[FEATURE_PROSE] && held->phrase != PHRASE_DROP) {
		phrases->prose_words += (unsigned)held->features.value[FEATURE_WORDS];
		phrases->since_prose = 0;
	} else {
		phrases->since_prose++;
	}
}

static bool keeps(const struct phrases *phrases, const struct rule *rule, bool simple)
{
	if (simple && !phrases->rules->any_kept)
		return false;
	return rule->verb == VERB_KEEP || rules_kept(phrases->rules, rule->facts.index);
}

bool phrases_settle(struct phrases *phrases, const struct queue *queue, size_t number, bool ended)
{
	struct held *held = queue_at(queue, number);

	if (!ended && needs_more(phrases, queue, number))
		return false;
	/* Nothing needs to be asked of a simple rule, which may be far away in memory. */
	bool simple;
	const struct rule *own = deciding_rule(phrases, queue, number, &simple);
	const struct rule *rule = own ? own : section_rule(phrases, queue, number);
	if (own && !simple)
		open_section(phrases, own);
	held->rule = rule;
	if (rule)
		held->phrase = keeps(phrases, rule, simple) ? PHRASE_KEEP : PHRASE_DROP;
	held->features.value[FEATURE_CLUTTER] = held->phrase == PHRASE_DROP;
	held->features.value[FEATURE_TAIL] = own && !simple && own->verb == VERB_TAIL;
	held->features.value[FEATURE_SECTION] = rule && !own;
	update(phrases, held, rule && !simple && rule->near > 0);
	return true;
}
