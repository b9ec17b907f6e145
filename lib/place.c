#include "place.h"

#include <string.h>

void place_kinds(const struct declutter_rules *rules, struct held *held)
{
	for (size_t i = 0; i < held->match_count; i++) {
		switch (rules_at(rules, held->matches[i])->group) {
		case GROUP_ADS:
			held->advert = true;
			break;
		case GROUP_COMMENTS:
			held->kinds |= KIND_COMMENTS;
			break;
		case GROUP_RELATED:
			held->kinds |= KIND_RELATED;
			break;
		case GROUP_LEGAL:
		case GROUP_NAV:
		case GROUP_LOGIN:
		case GROUP_CONSENT:
		case GROUP_NEWSLETTER:
			held->kinds |= KIND_EDGE;
			break;
		default:
			break;
		}
	}
}

/*
 * Whether neighbours take no notice of the paragraph: an advertisement's
 * label interrupts articles, and says nothing of where they end.
 */
static bool is_passed_over(const struct held *held)
{
	return held->size == 0 || held->advert;
}

static const enum feature since_kinds[KIND_COUNT] = {
    FEATURE_SINCE_COMMENTS, FEATURE_SINCE_RELATED, FEATURE_SINCE_EDGE};
static const enum feature to_kinds[KIND_COUNT] = {
    FEATURE_TO_COMMENTS, FEATURE_TO_RELATED, FEATURE_TO_EDGE};

static bool has_bit(const uint64_t *bits, uint16_t number)
{
	return bits[number / 64] >> number % 64 & 1;
}

static void set_bit(uint64_t *bits, uint16_t number)
{
	bits[number / 64] |= (uint64_t)1 << number % 64;
}

/* Hundredths of the paragraph's long words that the bits know. */
static short share_known(const struct held *held, const uint64_t *bits, uint16_t mask)
{
	int known = 0;

	for (size_t i = 0; i < held->word_count; i++)
		known += has_bit(bits, held->words[i] & mask);
	return (short)(held->word_count ? known * 100 / held->word_count : 0);
}

/* What it has in common with the prose so far, and with the prose to come. */
static void look_for_likeness(const struct place *place, const struct queue *queue, size_t number)
{
	enum { AHEAD_MASK = 4095 };
	struct held *held = queue_at(queue, number);
	uint64_t ahead[(AHEAD_MASK + 1) / 64] = {0};

	for (size_t i = number + 1; i < queue->count && i <= number + PLACE_AHEAD; i++) {
		const struct held *other = queue_at(queue, i);
		if (other->features.value[FEATURE_PROSE] && other->kinds == 0)
			for (size_t k = 0; k < other->word_count; k++)
				set_bit(ahead, other->words[k] & AHEAD_MASK);
	}
	held->features.value[FEATURE_FAMILIAR] = share_known(held, place->familiar, 0xffff);
	held->features.value[FEATURE_FAMILIAR_AHEAD] = share_known(held, ahead, AHEAD_MASK);
}

/* Hundredths of the paragraph's long words that are among these. */
static short share_among(const struct held *held, const uint16_t *words, size_t count)
{
	int known = 0;

	for (size_t i = 0; i < held->word_count; i++)
		for (size_t k = 0; k < count; k++)
			if (words[k] == held->words[i]) {
				known++;
				break;
			}
	return (short)(held->word_count >= 2 ? known * 100 / held->word_count : 0);
}

static short larger(short a, short b)
{
	return a > b ? a : b;
}

/* "Harbour closed Harbour closed": a link's text and its picture's. */
static bool is_doubled(const struct held *held)
{
	size_t half = held->word_count / 2;

	return held->word_count >= 4 && held->word_count < WORDS_KEPT &&
	       memcmp(held->words, held->words + held->word_count - half,
	           half * sizeof *held->words) == 0;
}

/* Captions and teasers are often there twice, as the picture's text and below it. */
static void look_for_echoes(const struct place *place, const struct queue *queue, size_t number)
{
	struct held *held = queue_at(queue, number);
	short *value = held->features.value;
	int distance = 0;

	value[FEATURE_DOUBLED] = is_doubled(held);
	for (size_t i = 0; i < PLACE_NEAR; i++)
		value[FEATURE_ECHO_BEHIND] = larger(value[FEATURE_ECHO_BEHIND],
		    share_among(held, place->near_words[i], place->near_word_counts[i]));
	for (size_t i = number + 1; i < queue->count && distance < PLACE_AHEAD; i++) {
		const struct held *other = queue_at(queue, i);
		if (is_passed_over(other))
			continue;
		if (++distance <= PLACE_NEAR)
			value[FEATURE_ECHO_AHEAD] = larger(value[FEATURE_ECHO_AHEAD],
			    share_among(held, other->words, other->word_count));
		value[FEATURE_AGAIN] = (short)(value[FEATURE_AGAIN] + (other->hash == held->hash));
	}
}

static void look_for_kinds(const struct place *place, const struct queue *queue, size_t number)
{
	short *value = queue_at(queue, number)->features.value;

	for (int kind = 0; kind < KIND_COUNT; kind++) {
		unsigned long last = place->last_kinds[kind];
		int distance = 1;
		value[since_kinds[kind]] = feature_clamp(last ? place->position - last + 1 : 0);
		for (size_t i = number + 1; i < queue->count && distance <= PLACE_AHEAD; i++)
			if (queue_at(queue, i)->kinds >> kind & 1)
				break;
			else
				distance += !queue_at(queue, i)->advert;
		value[to_kinds[kind]] = (short)distance;
	}
}

/*
 * Runs of prose, paragraph after paragraph, with what is surely clutter left
 * out: an article has few and long ones, teasers have many of one paragraph.
 */
struct runs {
	int longest, count, current;
};

static void count_run(struct runs *runs, bool prose)
{
	runs->current = prose ? runs->current + 1 : 0;
	runs->count += runs->current == 1;
	runs->longest = runs->current > runs->longest ? runs->current : runs->longest;
}

static void look_behind(const struct place *place, short *value)
{
	int prose = 0, near = 0, clutter = 0, is_short = 0, dates = 0, alike = 0;
	struct runs runs = {0};
	unsigned long reach = place->position < PLACE_BEHIND ? place->position : PLACE_BEHIND;

	for (unsigned long i = 1; i <= reach; i++) {
		const short *other = place->behind[(place->position - i) % PLACE_BEHIND].value;
		prose += other[FEATURE_PROSE] && !other[FEATURE_CLUTTER] ? other[FEATURE_WORDS] : 0;
		near = i <= PLACE_NEAR ? prose : near;
		clutter += other[FEATURE_CLUTTER];
		is_short += !other[FEATURE_PROSE] && other[FEATURE_WORDS] < 8;
		dates += other[FEATURE_DATE];
		alike += other[FEATURE_ALIKE] > 0;
		if (!other[FEATURE_CLUTTER])
			count_run(&runs, other[FEATURE_PROSE]);
	}
	value[FEATURE_RUN_BEHIND] = (short)runs.longest;
	value[FEATURE_RUNS_BEHIND] = (short)runs.count;
	value[FEATURE_ALIKE_BEHIND] = (short)alike;
	value[FEATURE_NEAR_BEHIND] = feature_clamp((size_t)near);
	value[FEATURE_DATES_BEHIND] = (short)dates;
	value[FEATURE_PROSE_BEHIND] = feature_clamp((size_t)prose);
	value[FEATURE_CLUTTER_BEHIND] = (short)clutter;
	value[FEATURE_SHORT_BEHIND] = (short)is_short;
	if (reach > 0) {
		const short *previous = place->behind[(place->position - 1) % PLACE_BEHIND].value;
		value[FEATURE_PREVIOUS_WORDS] = previous[FEATURE_WORDS];
		value[FEATURE_PREVIOUS_ENDS] = previous[FEATURE_ENDS];
	}
	if (reach > 1)
		value[FEATURE_BEFORE_PREVIOUS_WORDS] =
		    place->behind[(place->position - 2) % PLACE_BEHIND].value[FEATURE_WORDS];
}

static void look_ahead(const struct queue *queue, size_t number, short *value)
{
	int prose = 0, near = 0, clutter = 0, is_short = 0, dates = 0, longest = 0,
	    to_prose = PLACE_AHEAD + 1, distance = 0, alike = 0;
	struct runs runs = {0};

	for (size_t i = number + 1; i < queue->count && distance < PLACE_AHEAD; i++) {
		const struct held *held = queue_at(queue, i);
		const short *other = held->features.value;
		if (is_passed_over(held))
			continue;
		distance++;
		/* Not settled yet: a match is all that is known of clutter. */
		if (other[FEATURE_PROSE] && to_prose > distance)
			to_prose = distance;
		prose += other[FEATURE_PROSE] ? other[FEATURE_WORDS] : 0;
		near = distance <= PLACE_NEAR ? prose : near;
		clutter += held->match_count > 0;
		alike += other[FEATURE_ALIKE] > 0;
		if (held->match_count == 0)
			count_run(&runs, other[FEATURE_PROSE]);
		is_short += !other[FEATURE_PROSE] && other[FEATURE_WORDS] < 8;
		dates += other[FEATURE_DATE];
		longest = other[FEATURE_WORDS] > longest ? other[FEATURE_WORDS] : longest;
		if (distance == 1) {
			value[FEATURE_NEXT_WORDS] = other[FEATURE_WORDS];
			value[FEATURE_NEXT_ENDS] = other[FEATURE_ENDS];
		} else if (distance == 2) {
			value[FEATURE_SECOND_WORDS] = other[FEATURE_WORDS];
			value[FEATURE_SECOND_ENDS] = other[FEATURE_ENDS];
		}
	}
	value[FEATURE_RUN_AHEAD] = (short)runs.longest;
	value[FEATURE_RUNS_AHEAD] = (short)runs.count;
	value[FEATURE_ALIKE_AHEAD] = (short)alike;
	value[FEATURE_NEAR_AHEAD] = feature_clamp((size_t)near);
	value[FEATURE_DATES_AHEAD] = (short)dates;
	value[FEATURE_LONGEST_AHEAD] = (short)longest;
	value[FEATURE_TO_PROSE] = (short)to_prose;
	value[FEATURE_PROSE_AHEAD] = feature_clamp((size_t)prose);
	value[FEATURE_CLUTTER_AHEAD] = (short)clutter;
	value[FEATURE_SHORT_AHEAD] = (short)is_short;
}

void place_features(struct place *place, const struct queue *queue, size_t number)
{
	struct held *held = queue_at(queue, number);
	short *value = held->features.value;

	if (held->size == 0)
		return;
	if (number + 1 < queue->count)
		value[FEATURE_BLANK_AFTER] =
		    queue_at(queue, number + 1)->features.value[FEATURE_BLANK_BEFORE];
	value[FEATURE_POSITION] = feature_clamp(place->position);
	value[FEATURE_PROSE_SO_FAR] = feature_clamp(place->prose_words);
	value[FEATURE_TAILS_SO_FAR] = feature_clamp(place->tails);
	value[FEATURE_CLUTTER_SO_FAR] = feature_clamp(place->clutter);
	value[FEATURE_SINCE_TAIL] =
	    feature_clamp(place->last_tail ? place->position - place->last_tail + 1 : 0);
	value[FEATURE_SINCE_PROSE] =
	    feature_clamp(place->last_prose ? place->position - place->last_prose + 1 : 0);
	look_behind(place, value);
	look_ahead(queue, number, value);
	look_for_kinds(place, queue, number);
	look_for_likeness(place, queue, number);
	look_for_echoes(place, queue, number);
	value[FEATURE_BETWEEN] = value[FEATURE_NEAR_BEHIND] < value[FEATURE_NEAR_AHEAD]
	                             ? value[FEATURE_NEAR_BEHIND]
	                             : value[FEATURE_NEAR_AHEAD];
	if (held->advert)
		return;
	place->behind[place->position % PLACE_BEHIND] = held->features;
	memcpy(place->near_words[place->position % PLACE_NEAR], held->words, sizeof held->words);
	place->near_word_counts[place->position % PLACE_NEAR] = held->word_count;
	place->position++;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (held->kinds >> kind & 1)
			place->last_kinds[kind] = place->position;
	place->clutter += value[FEATURE_CLUTTER] != 0;
	if (value[FEATURE_TAIL]) {
		place->tails++;
		place->last_tail = place->position;
	}
	if (value[FEATURE_PROSE] && !value[FEATURE_CLUTTER]) {
		place->prose_words += (size_t)value[FEATURE_WORDS];
		place->last_prose = place->position;
		for (size_t i = 0; i < held->word_count; i++)
			set_bit(place->familiar, held->words[i]);
	}
}
