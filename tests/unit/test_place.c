#include "place.h"
#include "unit.h"

static void push(struct queue *queue, short words, short prose)
{
	struct held *held = queue_push(queue);

	ck_assert_ptr_nonnull(held);
	held->features = (struct features){0};
	memset(held->words, 0, sizeof held->words);
	held->size = 1;
	held->features.value[FEATURE_WORDS] = words;
	held->features.value[FEATURE_PROSE] = prose;
}

/* Fill in the features of the first count paragraphs, in their order. */
static void place_all(struct place *place, const struct queue *queue, size_t count)
{
	for (size_t i = 0; i < count; i++)
		place_features(place, queue, i);
}

START_TEST(counts_what_lies_before_and_after)
{
	struct queue queue = {0};
	static struct place place;

	push(&queue, 2, 0);
	push(&queue, 30, 1);
	push(&queue, 5, 0);
	push(&queue, 40, 1);
	place_all(&place, &queue, 3);

	const short *first = queue_at(&queue, 0)->features.value;
	ck_assert_int_eq(first[FEATURE_POSITION], 0);
	ck_assert_int_eq(first[FEATURE_TO_PROSE], 1);
	ck_assert_int_eq(first[FEATURE_PROSE_AHEAD], 70);
	ck_assert_int_eq(first[FEATURE_LONGEST_AHEAD], 40);
	ck_assert_int_eq(first[FEATURE_SINCE_PROSE], 0);
	const short *third = queue_at(&queue, 2)->features.value;
	ck_assert_int_eq(third[FEATURE_PROSE_SO_FAR], 30);
	ck_assert_int_eq(third[FEATURE_PROSE_BEHIND], 30);
	ck_assert_int_eq(third[FEATURE_SINCE_PROSE], 1);
	ck_assert_int_eq(third[FEATURE_SHORT_BEHIND], 1);
	ck_assert_int_eq(third[FEATURE_PREVIOUS_WORDS], 30);
	ck_assert_int_eq(third[FEATURE_BEFORE_PREVIOUS_WORDS], 2);
	ck_assert_int_eq(third[FEATURE_NEXT_WORDS], 40);
	queue_fini(&queue);
}
END_TEST

START_TEST(counts_runs_of_prose)
{
	struct queue queue = {0};
	static struct place place;
	static const short prose[] = {0, 1, 1, 1, 0, 1, 0, 1};
	size_t count = sizeof prose / sizeof *prose;

	for (size_t i = 0; i < count; i++)
		push(&queue, 12, prose[i]);
	queue_at(&queue, 2)->features.value[FEATURE_ALIKE] = 1;
	place_all(&place, &queue, count);

	const short *first = queue_at(&queue, 0)->features.value;
	ck_assert_int_eq(first[FEATURE_RUN_AHEAD], 3);
	ck_assert_int_eq(first[FEATURE_RUNS_AHEAD], 3);
	ck_assert_int_eq(first[FEATURE_ALIKE_AHEAD], 1);
	const short *fifth = queue_at(&queue, 4)->features.value;
	ck_assert_int_eq(fifth[FEATURE_RUN_BEHIND], 3);
	ck_assert_int_eq(fifth[FEATURE_RUNS_BEHIND], 1);
	ck_assert_int_eq(fifth[FEATURE_RUN_AHEAD], 1);
	ck_assert_int_eq(fifth[FEATURE_ALIKE_BEHIND], 1);
	queue_fini(&queue);
}
END_TEST

START_TEST(passes_over_advertising)
{
	struct queue queue = {0};
	static struct place place;

	push(&queue, 30, 1);
	push(&queue, 1, 0);
	queue_at(&queue, 1)->interrupts = true;
	push(&queue, 40, 1);
	place_all(&place, &queue, 3);

	ck_assert_int_eq(queue_at(&queue, 0)->features.value[FEATURE_NEXT_WORDS], 40);
	const short *last = queue_at(&queue, 2)->features.value;
	ck_assert_int_eq(last[FEATURE_PREVIOUS_WORDS], 30);
	ck_assert_int_eq(last[FEATURE_POSITION], 1);
	ck_assert_int_eq(last[FEATURE_RUN_BEHIND], 1);
	queue_fini(&queue);
}
END_TEST

START_TEST(sees_what_is_there_twice)
{
	struct queue queue = {0};
	static struct place place;
	static const uint16_t words[] = {11, 12, 13};

	for (size_t i = 0; i < 4; i++) {
		push(&queue, 6, 0);
		queue_at(&queue, i)->hash = i;
	}
	/* The first two have three words, the third none. */
	for (size_t i = 0; i < 4; i++) {
		struct held *held = queue_at(&queue, i);
		held->word_count = i == 2 ? 0 : 3;
		memcpy(held->words, words, sizeof words);
	}
	queue_at(&queue, 1)->hash = queue_at(&queue, 0)->hash;
	queue_at(&queue, 1)->words[2] = 14;
	place_all(&place, &queue, 4);

	const short *first = queue_at(&queue, 0)->features.value;
	ck_assert_int_eq(first[FEATURE_ECHO_BEHIND], 0);
	ck_assert_int_eq(first[FEATURE_AGAIN], 1);
	const short *second = queue_at(&queue, 1)->features.value;
	ck_assert_int_eq(second[FEATURE_ECHO_BEHIND], 66);
	ck_assert_int_eq(second[FEATURE_AGAIN], 0);
	queue_fini(&queue);
}
END_TEST

START_TEST(does_not_count_clutter_as_prose)
{
	struct queue queue = {0};
	static struct place place;

	push(&queue, 30, 1);
	queue_at(&queue, 0)->features.value[FEATURE_CLUTTER] = 1;
	push(&queue, 5, 0);
	place_all(&place, &queue, 2);

	const short *value = queue_at(&queue, 1)->features.value;
	ck_assert_int_eq(value[FEATURE_PROSE_SO_FAR], 0);
	ck_assert_int_eq(value[FEATURE_CLUTTER_BEHIND], 1);
	ck_assert_int_eq(value[FEATURE_CLUTTER_SO_FAR], 1);
	queue_fini(&queue);
}
END_TEST

/* ---- against a plain count ---- */

enum { PAGE = 60, TRIALS = 100 };

static void push_random(struct queue *queue, unsigned *state)
{
	push(queue, 0, 0);
	struct held *held = queue_at(queue, queue->count - 1);
	short *value = held->features.value;

	value[FEATURE_BLANK_BEFORE] = (short)random_number(state, 3);
	if (random_number(state, 12) == 0) {
		held->size = 0;
		return;
	}
	value[FEATURE_PROSE] = random_number(state, 3) > 0;
	value[FEATURE_WORDS] = (short)random_number(state, 16);
	value[FEATURE_ENDS] = (short)random_number(state, 5);
	value[FEATURE_DATE] = random_number(state, 4) == 0;
	value[FEATURE_ALIKE] = (short)(random_number(state, 4) == 0 ? 3 : 0);
	value[FEATURE_CLUTTER] = random_number(state, 4) == 0;
	held->match_count = random_number(state, 4) == 0;
	held->hash = random_number(state, 8);
	held->interrupts = random_number(state, 8) == 0;
	held->kinds = random_number(state, 4) == 0 ? random_number(state, 8) : 0;
	held->word_count = (unsigned char)random_number(state, 6);
	for (size_t i = 0; i < held->word_count; i++)
		held->words[i] = (uint16_t)(random_number(state, 20) * 997 + 1);
}

/* The distance-th neighbour before (-1) or after (1), from 1 on, or NULL. */
static const struct held *neighbour(
    const struct queue *queue, size_t number, int way, unsigned distance)
{
	for (size_t i = number; way < 0 ? i > 0 : i + 1 < queue->count;) {
		i = way < 0 ? i - 1 : i + 1;
		const struct held *held = queue_at(queue, i);
		if (held->size > 0 && !held->interrupts && --distance == 0)
			return held;
	}
	return NULL;
}

static bool has_word(const struct held *held, uint16_t word)
{
	for (size_t i = 0; i < held->word_count; i++)
		if (held->words[i] == word)
			return true;
	return false;
}

static bool is_sure_prose(const struct held *held)
{
	return held->features.value[FEATURE_PROSE] && !held->features.value[FEATURE_CLUTTER];
}

/* The features that count the neighbours on one side; runs are as long as prose goes on. */
static void expect_side(const struct queue *queue, size_t number, int way, short *value)
{
	bool back = way < 0;
	short run = 0, prose = 0, near = 0, clutter = 0, is_short = 0, dates = 0, alike = 0;
	short runs = 0, longest_run = 0, longest = 0;
	unsigned most = back ? PLACE_BEHIND : PLACE_AHEAD;

	for (unsigned i = 1; i <= most; i++) {
		const struct held *held = neighbour(queue, number, way, i);
		if (!held)
			break;
		const short *its = held->features.value;
		bool cluttered = back ? its[FEATURE_CLUTTER] : held->match_count > 0;
		if (its[FEATURE_PROSE] && !(back && cluttered)) {
			prose = (short)(prose + its[FEATURE_WORDS]);
			near = (short)(near + (i <= PLACE_NEAR ? its[FEATURE_WORDS] : 0));
		}
		if (!cluttered) {
			run = (short)(its[FEATURE_PROSE] ? run + 1 : 0);
			runs = (short)(runs + (run == 1));
			longest_run = run > longest_run ? run : longest_run;
		}
		clutter = (short)(clutter + cluttered);
		is_short = (short)(is_short + (!its[FEATURE_PROSE] && its[FEATURE_WORDS] < 8));
		dates = (short)(dates + its[FEATURE_DATE]);
		alike = (short)(alike + (its[FEATURE_ALIKE] > 0));
		longest = its[FEATURE_WORDS] > longest ? its[FEATURE_WORDS] : longest;
	}
	value[back ? FEATURE_PROSE_BEHIND : FEATURE_PROSE_AHEAD] = prose;
	value[back ? FEATURE_NEAR_BEHIND : FEATURE_NEAR_AHEAD] = near;
	value[back ? FEATURE_CLUTTER_BEHIND : FEATURE_CLUTTER_AHEAD] = clutter;
	value[back ? FEATURE_SHORT_BEHIND : FEATURE_SHORT_AHEAD] = is_short;
	value[back ? FEATURE_DATES_BEHIND : FEATURE_DATES_AHEAD] = dates;
	value[back ? FEATURE_ALIKE_BEHIND : FEATURE_ALIKE_AHEAD] = alike;
	value[back ? FEATURE_RUN_BEHIND : FEATURE_RUN_AHEAD] = longest_run;
	value[back ? FEATURE_RUNS_BEHIND : FEATURE_RUNS_AHEAD] = runs;
	if (!back)
		value[FEATURE_LONGEST_AHEAD] = longest;
}

static void expect_nearest(const struct queue *queue, size_t number, short *value)
{
	static const struct held nobody;
	const struct held *sides[4] = {neighbour(queue, number, -1, 1),
	    neighbour(queue, number, -1, 2), neighbour(queue, number, 1, 1),
	    neighbour(queue, number, 1, 2)};

	for (size_t i = 0; i < 4; i++)
		sides[i] = sides[i] ? sides[i] : &nobody;
	value[FEATURE_PREVIOUS_WORDS] = sides[0]->features.value[FEATURE_WORDS];
	value[FEATURE_PREVIOUS_ENDS] = sides[0]->features.value[FEATURE_ENDS];
	value[FEATURE_BEFORE_PREVIOUS_WORDS] = sides[1]->features.value[FEATURE_WORDS];
	value[FEATURE_NEXT_WORDS] = sides[2]->features.value[FEATURE_WORDS];
	value[FEATURE_NEXT_ENDS] = sides[2]->features.value[FEATURE_ENDS];
	value[FEATURE_SECOND_WORDS] = sides[3]->features.value[FEATURE_WORDS];
	value[FEATURE_SECOND_ENDS] = sides[3]->features.value[FEATURE_ENDS];
}

/* What is counted from the start of the document on. */
static void expect_so_far(const struct queue *queue, size_t number, short *value)
{
	const struct held *held;

	for (unsigned i = 1; (held = neighbour(queue, number, -1, i)); i++) {
		const short *its = held->features.value;
		value[FEATURE_POSITION]++;
		value[FEATURE_CLUTTER_SO_FAR] =
		    (short)(value[FEATURE_CLUTTER_SO_FAR] + (its[FEATURE_CLUTTER] != 0));
		if (is_sure_prose(held)) {
			value[FEATURE_PROSE_SO_FAR] =
			    (short)(value[FEATURE_PROSE_SO_FAR] + its[FEATURE_WORDS]);
			if (!value[FEATURE_SINCE_PROSE])
				value[FEATURE_SINCE_PROSE] = (short)i;
		}
		for (int kind = 0; kind < KIND_COUNT; kind++)
			if (held->kinds >> kind & 1 && !value[FEATURE_SINCE_COMMENTS + kind])
				value[FEATURE_SINCE_COMMENTS + kind] = (short)i;
	}
}

/* What is counted up to the farthest neighbour ahead. */
static void expect_to_come(const struct queue *queue, size_t number, short *value)
{
	const struct held *own = queue_at(queue, number);
	short distance = 1;

	value[FEATURE_TO_PROSE] = PLACE_AHEAD + 1;
	for (; distance <= PLACE_AHEAD; distance++) {
		const struct held *held = neighbour(queue, number, 1, (unsigned)distance);
		if (!held)
			break;
		if (held->features.value[FEATURE_PROSE] && value[FEATURE_TO_PROSE] > PLACE_AHEAD)
			value[FEATURE_TO_PROSE] = distance;
		value[FEATURE_AGAIN] = (short)(value[FEATURE_AGAIN] + (held->hash == own->hash));
		for (int kind = 0; kind < KIND_COUNT; kind++)
			if (held->kinds >> kind & 1 && !value[FEATURE_TO_COMMENTS + kind])
				value[FEATURE_TO_COMMENTS + kind] = distance;
	}
	for (int kind = 0; kind < KIND_COUNT; kind++)
		if (!value[FEATURE_TO_COMMENTS + kind])
			value[FEATURE_TO_COMMENTS + kind] = distance;
}

static short hundredths(size_t part, size_t whole)
{
	return (short)(whole ? part * 100 / whole : 0);
}

/* What the paragraph's words have in common with others'. */
static void expect_likeness(const struct queue *queue, size_t number, short *value)
{
	const struct held *own = queue_at(queue, number), *other;
	size_t known = 0, to_come = 0;

	for (size_t i = 0; i < own->word_count; i++) {
		bool behind = false, ahead = false;
		for (unsigned d = 1; (other = neighbour(queue, number, -1, d)); d++)
			behind |= is_sure_prose(other) && has_word(other, own->words[i]);
		for (size_t d = number + 1; d <= number + PLACE_AHEAD && d < queue->count; d++) {
			other = queue_at(queue, d);
			ahead |= other->features.value[FEATURE_PROSE] && other->kinds == 0 &&
			         has_word(other, own->words[i]);
		}
		known += behind;
		to_come += ahead;
	}
	value[FEATURE_FAMILIAR] = hundredths(known, own->word_count);
	value[FEATURE_FAMILIAR_AHEAD] = hundredths(to_come, own->word_count);
	for (unsigned d = 1; d <= PLACE_NEAR && (other = neighbour(queue, number, -1, d)); d++) {
		size_t same = 0;
		for (size_t i = 0; i < own->word_count; i++)
			same += has_word(other, own->words[i]);
		short echo = hundredths(own->word_count > 1 ? same : 0, own->word_count);
		if (echo > value[FEATURE_ECHO_BEHIND])
			value[FEATURE_ECHO_BEHIND] = echo;
	}
}

/* All features of a paragraph, counted anew from the whole queue. */
static void expect(const struct queue *queue, size_t number, const short *before, short *value)
{
	memcpy(value, before, sizeof(struct features));
	expect_likeness(queue, number, value);
	if (queue_at(queue, number)->size == 0) {
		value[FEATURE_ECHO_BEHIND] = 0;
		return;
	}
	if (number + 1 < queue->count)
		value[FEATURE_BLANK_AFTER] =
		    queue_at(queue, number + 1)->features.value[FEATURE_BLANK_BEFORE];
	expect_side(queue, number, -1, value);
	expect_side(queue, number, 1, value);
	expect_nearest(queue, number, value);
	expect_so_far(queue, number, value);
	expect_to_come(queue, number, value);
	value[FEATURE_BETWEEN] = value[FEATURE_NEAR_BEHIND] < value[FEATURE_NEAR_AHEAD]
	                             ? value[FEATURE_NEAR_BEHIND]
	                             : value[FEATURE_NEAR_AHEAD];
}

static void assert_counted(unsigned trial)
{
	unsigned state = trial + 1;
	/* So many are held before the first is settled, as documents do. */
	size_t held = 1 + random_number(&state, PAGE);
	struct queue queue = {0};
	struct place place = {0};

	for (size_t i = 0; i < PAGE; i++) {
		short expected[FEATURE_SLOTS];
		while (queue.count < PAGE && queue.count < i + held)
			push_random(&queue, &state);
		struct features before = queue_at(&queue, i)->features;
		place_features(&place, &queue, i);
		expect(&queue, i, before.value, expected);
		for (int feature = 0; feature < FEATURE_COUNT; feature++)
			ck_assert_msg(
			    queue_at(&queue, i)->features.value[feature] == expected[feature],
			    "trial %u, paragraph %zu: %s=%d, not %d", trial, i,
			    feature_name((enum feature)feature),
			    queue_at(&queue, i)->features.value[feature], expected[feature]);
	}
	queue_fini(&queue);
}

START_TEST(gives_what_a_plain_count_gives)
{
	for (unsigned trial = 0; trial < TRIALS; trial++)
		assert_counted(trial);
}
END_TEST

START_TEST(counts_no_farther_than_values_go)
{
	struct queue queue = {0};
	static struct place place;

	for (size_t i = 0; i < 3; i++)
		push(&queue, 20000, 1);
	place_all(&place, &queue, 3);
	ck_assert_int_eq(queue_at(&queue, 0)->features.value[FEATURE_PROSE_AHEAD], 30000);
	ck_assert_int_eq(queue_at(&queue, 1)->features.value[FEATURE_PROSE_SO_FAR], 20000);
	ck_assert_int_eq(queue_at(&queue, 2)->features.value[FEATURE_PROSE_SO_FAR], 30000);
	queue_fini(&queue);
}
END_TEST

START_TEST(tells_kinds_of_clutter_by_the_groups_of_matches)
{
	struct declutter_rules *rules =
	    settled("drop ads: a\ndrop comments: b\ndrop related: c\ndrop legal: d\ndrop nav: e\n"
	            "drop login: f\ndrop consent: g\ndrop newsletter: h\ndrop share: i\n"
	            "drop player: j\nkeep nav: k\ntail comments in=comments: l\n"
	            "drop recipe: m\n");
	static const unsigned kinds[] = {0, KIND_COMMENTS, KIND_RELATED, KIND_EDGE, KIND_EDGE,
	    KIND_EDGE, KIND_EDGE, KIND_EDGE, 0, 0, 0, 0, 0};

	for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct held held = {.matches = &i, .match_count = 1};
		place_kinds(rules, &held);
		ck_assert_uint_eq(held.kinds, kinds[i]);
		/* Labels of advertisements, players and recipes stand in the midst of articles. */
		ck_assert_int_eq(held.interrupts, i == 0 || i == 9 || i == 12);
	}
	unsigned both[] = {1, 2};
	struct held held = {.matches = both, .match_count = 2};
	place_kinds(rules, &held);
	ck_assert_uint_eq(held.kinds, KIND_COMMENTS | KIND_RELATED);
	declutter_rules_free(rules);
}
END_TEST

TCase *case_place(void)
{
	TCase *tcase = tcase_create("place");
	tcase_add_test(tcase, counts_what_lies_before_and_after);
	tcase_add_test(tcase, counts_runs_of_prose);
	tcase_add_test(tcase, passes_over_advertising);
	tcase_add_test(tcase, sees_what_is_there_twice);
	tcase_add_test(tcase, does_not_count_clutter_as_prose);
	tcase_add_test(tcase, gives_what_a_plain_count_gives);
	tcase_add_test(tcase, counts_no_farther_than_values_go);
	tcase_add_test(tcase, tells_kinds_of_clutter_by_the_groups_of_matches);
	return tcase;
}
