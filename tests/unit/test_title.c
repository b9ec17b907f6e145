#include "title.h"
#include "unit.h"

/* A paragraph before an article, by what counts for headlines; empty has no text. */
struct line {
	short words, chars, seen, again, date, familiar, ends, sentences, address, section;
	bool prose, dropped, repeated, empty, same;
	uint16_t long_words[3];
	bool matched; /* by the rule below that is of this group */
	enum group group;
};

static const char rules_text[] = "drop byline: byline\ndrop date: date\ndrop ads: advert\n";

/* Which of the lines is found to be the headline; count if none is. */
static size_t find(const struct line *lines, size_t count)
{
	static const struct rule drop = {.verb = VERB_DROP}, once = {.verb = VERB_ONCE};
	struct declutter_rules *rules = settled(rules_text);
	unsigned numbers[] = {0, 1, 2};
	struct queue queue = {0};

	for (size_t i = 0; i < count; i++) {
		struct held *held = queue_push(&queue);
		short *value = held->features.value;
		held->size = !lines[i].empty;
		held->hash = lines[i].same ? 1 : i + 2;
		held->features = (struct features){0};
		value[FEATURE_WORDS] = lines[i].words;
		value[FEATURE_CHARS] =
		    lines[i].chars ? lines[i].chars : (short)(6 * lines[i].words);
		value[FEATURE_SEEN] = lines[i].seen;
		value[FEATURE_AGAIN] = lines[i].again;
		value[FEATURE_ENDS] = lines[i].ends;
		value[FEATURE_SENTENCES] = lines[i].sentences;
		value[FEATURE_ADDRESS] = lines[i].address;
		value[FEATURE_SECTION] = lines[i].section;
		value[FEATURE_DATE] = lines[i].date;
		value[FEATURE_FAMILIAR_AHEAD] = lines[i].familiar;
		value[FEATURE_PROSE] = lines[i].prose;
		held->phrase = lines[i].dropped ? PHRASE_DROP : PHRASE_NONE;
		held->rule = !lines[i].dropped ? NULL : lines[i].repeated ? &once : &drop;
		memcpy(held->words, lines[i].long_words, sizeof lines[i].long_words);
		while (held->word_count < 3 && lines[i].long_words[held->word_count])
			held->word_count++;
		for (unsigned rule = 0; lines[i].matched && rule < 3; rule++)
			if (rules_at(rules, rule)->group == lines[i].group) {
				held->matches = &numbers[rule];
				held->match_count = 1;
			}
	}
	size_t found = title_find(rules, &queue, count);
	for (size_t i = 0; i < count; i++)
		queue_at(&queue, i)->matches = NULL;
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

/* A headline that nothing but the one thing spoils: it is familiar, and right above. */
#define GOOD .words = 8, .familiar = 100

static void assert_found(struct line line, bool expected)
{
	ck_assert_uint_eq(find(&line, 1), expected ? 0 : 1);
}

START_TEST(asks_for_the_shape_of_a_headline)
{
	assert_found((struct line){GOOD}, true);
	assert_found((struct line){GOOD, .empty = true}, false);
	assert_found((struct line){GOOD, .chars = 200}, true);
	assert_found((struct line){GOOD, .chars = 201}, false);
	assert_found((struct line){GOOD, .chars = 6}, true);
	assert_found((struct line){GOOD, .chars = 5}, false);
	assert_found((struct line){.words = 30, .familiar = 100, .chars = 100}, true);
	assert_found((struct line){.words = 31, .familiar = 100, .chars = 100}, false);
	assert_found((struct line){GOOD, .ends = ENDS_SENTENCE}, true);
	assert_found((struct line){GOOD, .ends = ENDS_COMMA}, false);
	assert_found((struct line){GOOD, .ends = ENDS_COLON}, false);
	assert_found((struct line){GOOD, .sentences = 2}, true);
	assert_found((struct line){GOOD, .sentences = 3}, false);
	assert_found((struct line){GOOD, .address = 1}, false);
	assert_found((struct line){GOOD, .date = 1}, false);
}
END_TEST

START_TEST(takes_one_word_only_if_it_is_long)
{
	/* Repeated and familiar, which is enough without many words. */
	assert_found((struct line){.words = 1, .seen = 1, .familiar = 100, .chars = 12}, true);
	assert_found((struct line){.words = 1, .seen = 1, .familiar = 100, .chars = 11}, false);
	assert_found((struct line){.words = 2, .seen = 1, .familiar = 100, .chars = 11}, true);
}
END_TEST

START_TEST(takes_what_is_dropped_as_clutters_neighbour_or_as_repeated)
{
	assert_found((struct line){GOOD, .dropped = true}, false);
	assert_found((struct line){GOOD, .dropped = true, .section = 1}, true);
	assert_found((struct line){GOOD, .dropped = true, .repeated = true}, true);
}
END_TEST

START_TEST(weighs_what_speaks_for_a_headline)
{
	/* 25 for five words or more, 40 for all that is familiar, -1 for each paragraph. */
	assert_found((struct line){.words = 5, .familiar = 40}, true);
	assert_found((struct line){.words = 5, .familiar = 39}, false);
	assert_found((struct line){.words = 4, .familiar = 100}, false);
	assert_found((struct line){.words = 4, .familiar = 100, .seen = 1}, true);
	assert_found((struct line){.words = 5, .familiar = 0, .seen = 1}, true);
	assert_found((struct line){.words = 5, .familiar = 0, .again = 1}, true);
	assert_found((struct line){.words = 4, .familiar = 27, .seen = 1}, false);
	assert_found((struct line){.words = 4, .familiar = 28, .seen = 1}, true);
}
END_TEST

START_TEST(prefers_what_is_near_up_to_a_distance)
{
	struct line lines[30] = {{.words = 8, .familiar = 100}};

	for (size_t i = 1; i < 30; i++)
		lines[i].words = 1;
	/* 65 less 25 is enough, however many more paragraphs there are. */
	ck_assert_uint_eq(find(lines, 30), 0);
	lines[0].familiar = 98;
	ck_assert_uint_eq(find(lines, 30), 30);
	ck_assert_uint_eq(find(lines, 24), 0);
	ck_assert_uint_eq(find(lines, 25), 25);
	lines[0].familiar = 100;
	lines[9] = lines[0];
	ck_assert_uint_eq(find(lines, 30), 9);
}
END_TEST

START_TEST(looks_five_paragraphs_ahead_for_names_and_dates)
{
	struct line lines[7] = {{.words = 8, .familiar = 2}};

	for (size_t i = 1; i < 7; i++)
		lines[i] = (struct line){.words = 1, .long_words = {(uint16_t)i}};
	lines[5].matched = true;
	lines[5].group = GROUP_BYLINE;
	ck_assert_uint_eq(find(lines, 6), 6);
	lines[0].familiar = 3;
	ck_assert_uint_eq(find(lines, 6), 0);
	lines[5].group = GROUP_DATE;
	ck_assert_uint_eq(find(lines, 6), 0);
	lines[5].group = GROUP_ADS;
	ck_assert_uint_eq(find(lines, 6), 6);
	lines[5].matched = false;
	lines[6].matched = true;
	lines[6].group = GROUP_BYLINE;
	lines[0].familiar = 70;
	lines[0].words = 4;
	ck_assert_uint_eq(find(lines, 7), 7);
	/* Without anything behind the last five nothing is found, and nothing is read. */
	ck_assert_uint_eq(find(lines, 3), 3);
}
END_TEST

START_TEST(finds_headlines_that_are_a_part_of_another_line)
{
	/* Like the title of a window: with the name of the site beside it. */
	struct line lines[] = {
	    {.words = 1, .long_words = {7, 8, 9}}, {.words = 8, .long_words = {7, 8}}};

	lines[1].familiar = 0;
	ck_assert_uint_eq(find(lines, 2), 1);
	lines[0].prose = true;
	ck_assert_uint_eq(find(lines, 2), 2);
	lines[0].prose = false;
	lines[0].same = lines[1].same = true;
	ck_assert_uint_eq(find(lines, 2), 2);
	lines[0].same = false;
	lines[1].long_words[1] = 6;
	ck_assert_uint_eq(find(lines, 2), 2);
	/* One word alone may be in any line. */
	lines[1].long_words[1] = 0;
	ck_assert_uint_eq(find(lines, 2), 2);
}
END_TEST

TCase *case_title(void)
{
	TCase *tcase = tcase_create("title");

	tcase_add_test(tcase, takes_the_line_that_the_page_repeats);
	tcase_add_test(tcase, takes_the_line_above_names_and_dates);
	tcase_add_test(tcase, takes_the_nearest_of_equal_ones);
	tcase_add_test(tcase, takes_no_label_and_no_menu);
	tcase_add_test(tcase, asks_for_the_shape_of_a_headline);
	tcase_add_test(tcase, takes_one_word_only_if_it_is_long);
	tcase_add_test(tcase, takes_what_is_dropped_as_clutters_neighbour_or_as_repeated);
	tcase_add_test(tcase, weighs_what_speaks_for_a_headline);
	tcase_add_test(tcase, prefers_what_is_near_up_to_a_distance);
	tcase_add_test(tcase, looks_five_paragraphs_ahead_for_names_and_dates);
	tcase_add_test(tcase, finds_headlines_that_are_a_part_of_another_line);
	return tcase;
}
