#include "title.h"
#include "unit.h"

/* A paragraph before an article: how many words, and whether it comes twice. */
struct line {
	short words, seen, date, familiar;
	bool prose, dropped;
};

/* Which of the lines is found to be the headline; count if none is. */
static size_t find(const struct line *lines, size_t count)
{
	static const struct rule drop = {.verb = VERB_DROP};
	struct declutter_rules *rules = settled("drop ads: advertisement");
	struct queue queue = {0};

	for (size_t i = 0; i < count; i++) {
		struct held *held = queue_push(&queue);
		short *value = held->features.value;
		held->size = 1;
		held->hash = i + 1;
		held->features = (struct features){0};
		value[FEATURE_WORDS] = lines[i].words;
		value[FEATURE_CHARS] = (short)(6 * lines[i].words);
		value[FEATURE_SEEN] = lines[i].seen;
		value[FEATURE_DATE] = lines[i].date;
		value[FEATURE_FAMILIAR_AHEAD] = lines[i].familiar;
		value[FEATURE_PROSE] = lines[i].prose;
		held->phrase = lines[i].dropped ? PHRASE_DROP : PHRASE_NONE;
		held->rule = lines[i].dropped ? &drop : NULL;
	}
	size_t found = title_find(rules, &queue, count);
	queue_fini(&queue);
	declutter_rules_free(rules);
	return found;
}

START_TEST(takes_the_line_that_the_page_repeats)
{
	const struct line lines[] = {{.words = 6}, {.words = 8, .seen = 1}, {.words = 7}};

	ck_assert_uint_eq(find(lines, 3), 1);
}
END_TEST

START_TEST(takes_the_line_above_names_and_dates)
{
	const struct line lines[] = {
	    {.words = 6}, {.words = 8, .familiar = 60}, {.words = 3, .date = 1}};

	ck_assert_uint_eq(find(lines, 3), 1);
}
END_TEST

START_TEST(takes_the_nearest_of_equal_ones)
{
	const struct line lines[] = {
	    {.words = 8, .seen = 1}, {.words = 8, .seen = 1}, {.words = 2}};

	ck_assert_uint_eq(find(lines, 3), 1);
}
END_TEST

START_TEST(takes_no_label_and_no_menu)
{
	const struct line label[] = {{.words = 8, .seen = 1, .dropped = true}, {.words = 1}};
	const struct line menu[] = {{.words = 2}, {.words = 1}, {.words = 2}};

	ck_assert_uint_eq(find(label, 2), 2);
	ck_assert_uint_eq(find(menu, 3), 3);
	ck_assert_uint_eq(find(NULL, 0), 0);
}
END_TEST

TCase *case_title(void)
{
	TCase *tcase = tcase_create("title");

	tcase_add_test(tcase, takes_the_line_that_the_page_repeats);
	tcase_add_test(tcase, takes_the_line_above_names_and_dates);
	tcase_add_test(tcase, takes_the_nearest_of_equal_ones);
	tcase_add_test(tcase, takes_no_label_and_no_menu);
	return tcase;
}
