#include "place.h"

#include <string.h>

#include "vector.h"

void place_kinds(const struct declutter_rules *rules, struct held *held)
{
	for (size_t i = 0; i < held->match_count; i++) {
		const struct rule *rule = rules_at(rules, held->matches[i]);
		/* Whether comments have begun is not known yet: elsewhere it would be a byline. */
		if (rule->zones == ZONE_COMMENTS || rule->verb == VERB_KEEP)
			continue;
		switch (rule->group) {
		case GROUP_ADS:
		case GROUP_PLAYER:
		case GROUP_RECIPE:
			held->interrupts = true;
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
 * Whether neighbours take no notice of the paragraph: the label of an
 * advertisement or a picture interrupts articles, and so does "Print this
 * recipe"; they say nothing of where articles end.
 */
static bool is_passed_over(const struct held *held)
{
	return held->size == 0 || held->interrupts;
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

static short share(int part, const struct held *held)
{
	return (short)(held->word_count ? part * 100 / held->word_count : 0);
}

enum { TO_COME = sizeof((struct place *)0)->to_come };

/* Count the words of a paragraph that is ahead, or is not any more. */
static void count_to_come(struct place *place, const struct held *held, int by)
{
	if (!held->features.value[FEATURE_PROSE] || held->kinds != 0)
		return;
	for (size_t i = 0; i < held->word_count; i++) {
		unsigned char *count = &place->to_come[held->words[i] % TO_COME];
		*count = (unsigned char)(*count + by);
	}
}

/* What it has in common with the prose so far, and with the prose to come. */
static void look_for_likeness(struct place *place, const struct queue *queue, size_t number)
{
	struct held *held = queue_at(queue, number);
	int known = 0, to_come = 0;

	if (place->awaited > 0) {
		count_to_come(place, held, -1);
		place->awaited--;
	}
	for (; place->awaited < PLACE_AHEAD && number + place->awaited + 1 < queue->count;
	     place->awaited++)
		count_to_come(place, queue_at(queue, number + place->awaited + 1), 1);
	for (size_t i = 0; i < held->word_count; i++) {
		known += has_bit(place->familiar, held->words[i]);
		to_come += place->to_come[held->words[i] % TO_COME] > 0;
	}
	held->features.value[FEATURE_FAMILIAR] = share(known, held);
	held->features.value[FEATURE_FAMILIAR_AHEAD] = share(to_come, held);
}

/* Eight words, compared at once. */
typedef uint16_t eight __attribute__((vector_size(16), aligned(2), may_alias));

/* Whether the word is among the WORDS_KEPT ones. */
static bool is_among(uint16_t word, const uint16_t *words)
{
	const eight *eights = (const eight *)words;
	const eight wanted = {word, word, word, word, word, word, word, word};
	eight found = {0};

	for (size_t i = 0; i < WORDS_KEPT / 8; i++)
		found |= (eight)(eights[i] == wanted);
	uint64_t halves[2];
	memcpy(halves, &found, sizeof halves);
	return halves[0] | halves[1];
}

/* Hundredths of the paragraph's long words that are among those of another. */
static short share_among(const struct held *held, const uint16_t *words)
{
	int known = 0;

	if (held->word_count < 2)
		return 0;
	for (size_t i = 0; i < held->word_count; i++)
		known += is_among(held->words[i], words);
	return share(known, held);
}

/* Bits of the paragraphs that are near. */
enum { NEAREST = (1 << PLACE_NEAR) - 1 };

static short larger(short a, short b)
{
	return a > b ? a : b;
}

/* Captions are often there twice, as the picture's text and below it. */
static void look_for_echoes(const struct place *place, struct held *held)
{
	short *value = held->features.value;

	for (size_t i = 0; i < PLACE_NEAR; i++)
		value[FEATURE_ECHO_BEHIND] =
		    larger(value[FEATURE_ECHO_BEHIND], share_among(held, place->near_words[i]));
	for (unsigned i = 0; i < place->ahead.count; i++)
		value[FEATURE_AGAIN] =
		    (short)(value[FEATURE_AGAIN] + (place->ahead.hashes[i] == held->hash));
}

/* ---- neighbours ---- */

static uint32_t bit(bool set, unsigned number)
{
	return (uint32_t)set << number;
}

/* The nearest one goes, all others are nearer by one. */
static void drop_nearest(struct neighbours *n)
{
	n->count--;
	n->prose >>= 1;
	n->clutter >>= 1;
	n->is_short >>= 1;
	n->dates >>= 1;
	n->alike >>= 1;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		n->kinds[kind] >>= 1;
	memmove(n->words, n->words + 1, (PLACE_AHEAD - 1) * sizeof *n->words);
	memmove(n->ends, n->ends + 1, (PLACE_AHEAD - 1) * sizeof *n->ends);
	memmove(n->hashes, n->hashes + 1, (PLACE_AHEAD - 1) * sizeof *n->hashes);
}

/* All are farther by one, and the farthest one goes when there are so many. */
static void make_room_nearest(struct neighbours *n, unsigned most)
{
	uint32_t kept = ((uint32_t)1 << most) - 1;

	n->count += n->count < most;
	n->prose = n->prose << 1 & kept;
	n->clutter = n->clutter << 1 & kept;
	n->is_short = n->is_short << 1 & kept;
	n->dates = n->dates << 1 & kept;
	n->alike = n->alike << 1 & kept;
	memmove(n->words + 1, n->words, (PLACE_AHEAD - 1) * sizeof *n->words);
	memmove(n->ends + 1, n->ends, (PLACE_AHEAD - 1) * sizeof *n->ends);
}

static void set_neighbour(
    struct neighbours *n, unsigned number, const struct held *held, bool clutter)
{
	const short *value = held->features.value;

	n->prose |= bit(value[FEATURE_PROSE], number);
	n->clutter |= bit(clutter, number);
	n->is_short |= bit(!value[FEATURE_PROSE] && value[FEATURE_WORDS] < 8, number);
	n->dates |= bit(value[FEATURE_DATE], number);
	n->alike |= bit(value[FEATURE_ALIKE] > 0, number);
	for (int kind = 0; kind < KIND_COUNT; kind++)
		n->kinds[kind] |= bit(held->kinds >> kind & 1, number);
	n->words[number] = value[FEATURE_WORDS];
	n->ends[number] = value[FEATURE_ENDS];
	n->hashes[number] = held->hash;
}

/* Make sure that the neighbours ahead are noted, and the paragraph itself is not. */
static void move_on(struct place *place, const struct queue *queue, size_t number)
{
	struct neighbours *ahead = &place->ahead;

	if (place->noted > 0) {
		place->noted--;
		if (!is_passed_over(queue_at(queue, number)))
			drop_nearest(ahead);
	}
	while (ahead->count < PLACE_AHEAD && number + place->noted + 1 < queue->count) {
		const struct held *held = queue_at(queue, number + ++place->noted);
		/* Not settled yet: a match is all that is known of clutter. */
		if (!is_passed_over(held))
			set_neighbour(ahead, ahead->count++, held, held->match_count > 0);
	}
}

INLINED short count_bits(uint32_t bits)
{
	return (short)__builtin_popcount(bits);
}

/* The bits of prose with those of clutter taken out, so that the rest moves together. */
static uint32_t squeeze(uint32_t prose, uint32_t clutter)
{
	while (clutter) {
		uint32_t below = (clutter & -clutter) - 1;
		prose = (prose & below) | (prose >> 1 & ~below);
		clutter = (clutter & (clutter - 1)) >> 1;
	}
	return prose;
}

static short longest_run(uint32_t bits)
{
	short longest = 0;

	for (; bits; bits &= bits << 1)
		longest++;
	return longest;
}

/* Words of the prose among the nearest ones; a bit says which those are. */
static short sum_words(const struct neighbours *n, uint32_t prose)
{
	size_t words = 0;

	for (; prose; prose &= prose - 1)
		words += (size_t)n->words[__builtin_ctz(prose)];
	return feature_clamp(words);
}

/* VECTORISED, as then the processor can count bits. */
VECTORISED static void look_behind(const struct place *place, short *value)
{
	const struct neighbours *n = &place->behind;
	/*
	 * Runs of prose, paragraph after paragraph, with what is surely clutter left
	 * out: an article has few and long ones, teasers have many of one paragraph.
	 */
	uint32_t prose = n->prose & ~n->clutter, runs = squeeze(n->prose, n->clutter);

	value[FEATURE_PROSE_BEHIND] = sum_words(n, prose);
	value[FEATURE_NEAR_BEHIND] = sum_words(n, prose & NEAREST);
	value[FEATURE_CLUTTER_BEHIND] = count_bits(n->clutter);
	value[FEATURE_SHORT_BEHIND] = count_bits(n->is_short);
	value[FEATURE_DATES_BEHIND] = count_bits(n->dates);
	value[FEATURE_ALIKE_BEHIND] = count_bits(n->alike);
	value[FEATURE_RUN_BEHIND] = longest_run(runs);
	value[FEATURE_RUNS_BEHIND] = count_bits(runs & ~(runs << 1));
	value[FEATURE_PREVIOUS_WORDS] = n->words[0];
	value[FEATURE_PREVIOUS_ENDS] = n->ends[0];
	value[FEATURE_BEFORE_PREVIOUS_WORDS] = n->words[1];
}

VECTORISED static void look_ahead(const struct place *place, short *value)
{
	const struct neighbours *n = &place->ahead;
	uint32_t runs = squeeze(n->prose, n->clutter);
	short longest = 0;

	for (unsigned i = 0; i < n->count; i++)
		longest = larger(longest, n->words[i]);
	value[FEATURE_PROSE_AHEAD] = sum_words(n, n->prose);
	value[FEATURE_NEAR_AHEAD] = sum_words(n, n->prose & NEAREST);
	value[FEATURE_CLUTTER_AHEAD] = count_bits(n->clutter);
	value[FEATURE_SHORT_AHEAD] = count_bits(n->is_short);
	value[FEATURE_DATES_AHEAD] = count_bits(n->dates);
	value[FEATURE_ALIKE_AHEAD] = count_bits(n->alike);
	value[FEATURE_RUN_AHEAD] = longest_run(runs);
	value[FEATURE_RUNS_AHEAD] = count_bits(runs & ~(runs << 1));
	value[FEATURE_LONGEST_AHEAD] = longest;
	value[FEATURE_TO_PROSE] = (short)(n->prose ? __builtin_ctz(n->prose) + 1 : PLACE_AHEAD + 1);
	value[FEATURE_NEXT_WORDS] = n->count > 0 ? n->words[0] : (short)0;
	value[FEATURE_NEXT_ENDS] = n->count > 0 ? n->ends[0] : (short)0;
	value[FEATURE_SECOND_WORDS] = n->count > 1 ? n->words[1] : (short)0;
	value[FEATURE_SECOND_ENDS] = n->count > 1 ? n->ends[1] : (short)0;
}

static void look_for_kinds(const struct place *place, short *value)
{
	for (int kind = 0; kind < KIND_COUNT; kind++) {
		unsigned long last = place->last_kinds[kind];
		uint32_t ahead = place->ahead.kinds[kind];
		value[since_kinds[kind]] = feature_clamp(last ? place->position - last + 1 : 0);
		value[to_kinds[kind]] =
		    (short)(ahead ? __builtin_ctz(ahead) : (int)place->ahead.count) + 1;
	}
}

static void remember(struct place *place, const struct held *held)
{
	const short *value = held->features.value;

	make_room_nearest(&place->behind, PLACE_BEHIND);
	set_neighbour(&place->behind, 0, held, value[FEATURE_CLUTTER]);
	memcpy(place->near_words[place->position % PLACE_NEAR], held->words, sizeof held->words);
	place->position++;
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (held->kinds >> kind & 1)
			place->last_kinds[kind] = place->position;
	place->clutter += value[FEATURE_CLUTTER] != 0;
	if (value[FEATURE_PROSE] && !value[FEATURE_CLUTTER]) {
		place->prose_words += (size_t)value[FEATURE_WORDS];
		place->last_prose = place->position;
		for (size_t i = 0; i < held->word_count; i++)
			set_bit(place->familiar, held->words[i]);
	}
}

void place_features(struct place *place, const struct queue *queue, size_t number)
{
	struct held *held = queue_at(queue, number);
	short *value = held->features.value;

	move_on(place, queue, number);
	look_for_likeness(place, queue, number);
	if (held->size == 0)
		return;
	if (number + 1 < queue->count)
		value[FEATURE_BLANK_AFTER] =
		    queue_at(queue, number + 1)->features.value[FEATURE_BLANK_BEFORE];
	value[FEATURE_POSITION] = feature_clamp(place->position);
	value[FEATURE_PROSE_SO_FAR] = feature_clamp(place->prose_words);
	value[FEATURE_CLUTTER_SO_FAR] = feature_clamp(place->clutter);
	value[FEATURE_SINCE_PROSE] =
	    feature_clamp(place->last_prose ? place->position - place->last_prose + 1 : 0);
	look_behind(place, value);
	look_ahead(place, value);
	look_for_kinds(place, value);
	look_for_echoes(place, held);
	value[FEATURE_BETWEEN] = value[FEATURE_NEAR_BEHIND] < value[FEATURE_NEAR_AHEAD]
	                             ? value[FEATURE_NEAR_BEHIND]
	                             : value[FEATURE_NEAR_AHEAD];
	if (!held->interrupts)
		remember(place, held);
}
