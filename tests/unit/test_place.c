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
	queue_at(&queue, 1)->advert = true;
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

TCase *case_place(void)
{
	TCase *tcase = tcase_create("place");
	tcase_add_test(tcase, counts_what_lies_before_and_after);
	tcase_add_test(tcase, counts_runs_of_prose);
	tcase_add_test(tcase, passes_over_advertising);
	tcase_add_test(tcase, sees_what_is_there_twice);
	tcase_add_test(tcase, does_not_count_clutter_as_prose);
	return tcase;
}
