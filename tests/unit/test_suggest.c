#include <stdio.h>

#include "unit.h"

#define PROSE(subject) \
	subject " met on Tuesday to talk about the bridge, which has been closed to all " \
	        "traffic since the flood of last spring, and about what it would cost.\n"

/* An article and its model in small: sentences are inside, short lines outside. */
static const char model[] = "set page-rules 0\nset establish 10\nset prose-words 8\n"
                            "score +300 article words>=10: .*\n"
                            "score -200 article words<=9: .*\n";

struct trial {
	struct declutter_rules *rules;
	struct declutter_suggest *suggest;
	char *text;
	size_t size;
};

static void begin(struct trial *trial, const char *site)
{
	trial->rules = settled(model);
	trial->suggest = declutter_suggest_new(trial->rules, site);
	ck_assert_ptr_nonnull(trial->suggest);
}

static bool add(struct trial *trial, const char *page)
{
	struct declutter_error error;
	bool is_new = false;

	ck_assert(declutter_suggest_page(trial->suggest, page, strlen(page), &is_new, &error));
	return is_new;
}

/* The rule file that the pages give; or NULL, with what is wrong. */
static char *finish(struct trial *trial, struct declutter_error *error)
{
	FILE *out = open_memstream(&trial->text, &trial->size);
	bool done = declutter_suggest_write(trial->suggest, out, error);

	fclose(out);
	declutter_suggest_free(trial->suggest);
	declutter_rules_free(trial->rules);
	if (done)
		return trial->text;
	free(trial->text);
	return NULL;
}

static void ignore(void *context, const struct declutter_error *failure)
{
	(void)context;
	(void)failure;
}

START_TEST(finds_what_recurs_with_numbers_and_dates_aside)
{
	struct declutter_error error;
	struct trial trial;

	begin(&trial, NULL);
	ck_assert(add(&trial, "The Courier\n3 March 2026\n" PROSE("The council") "12 readers\n"));
	ck_assert(add(&trial, "The Courier\n14 May 2026\n" PROSE("The board") "7 readers\n"));
	char *rules = finish(&trial, &error);
	ck_assert_ptr_nonnull(strstr(rules, "drop other in=edge: The Courier\n  + The Courier\n"));
	ck_assert_ptr_nonnull(strstr(rules, "drop other in=edge: \\d+ \\p{L}+ \\d+\n"));
	ck_assert_ptr_nonnull(strstr(rules, "drop other in=edge: \\d+ readers\n"));
	ck_assert_ptr_null(strstr(rules, "bridge"));
	struct declutter_rules *good = settled(rules);
	declutter_rules_free(good);
	free(rules);
}
END_TEST

START_TEST(shows_sentences_of_articles_that_must_stay)
{
	struct declutter_error error;
	struct trial trial;

	begin(&trial, NULL);
	add(&trial, "Flood\n" PROSE("The council"));
	add(&trial, "Flood\n" PROSE("The board"));
	char *rules = finish(&trial, &error);
	ck_assert_ptr_nonnull(strstr(rules, "in=edge: Flood\n  + Flood\n  - The "));
	free(rules);
}
END_TEST

START_TEST(never_suggests_a_counter_example_that_the_rule_matches)
{
	/* The sentence begins with the line, which ends where it would be cut. */
	static const char line[] = "Something that is said in this town of each and every "
	                           "bridge that has ever been built here for the people";
	struct declutter_error error;
	struct trial trial;
	char page[1024];

	begin(&trial, NULL);
	for (int i = 0; i < 2; i++) {
		snprintf(page, sizeof page,
		    "%s\n%s, as number %c of the council has said, and "
		    "nobody else has.\n",
		    line, line, 'a' + i);
		add(&trial, page);
	}
	char *rules = finish(&trial, &error);
	struct declutter_rules *good = settled(rules);
	ck_assert_uint_eq(declutter_rules_check(good, true, ignore, NULL), 0);
	declutter_rules_free(good);
	free(rules);
}
END_TEST

START_TEST(takes_headings_of_what_differs_for_blocks)
{
	struct declutter_error error;
	struct trial trial;

	begin(&trial, NULL);
	add(&trial, PROSE("The council") "Read this\nA dog is found\nNo rain yet\n");
	add(&trial, PROSE("The board") "Read this\nThe fair begins\nWho has won\n");
	char *rules = finish(&trial, &error);
	ck_assert_ptr_nonnull(strstr(rules, "block related: Read this\n"));
	free(rules);
}
END_TEST

START_TEST(shows_lines_at_the_edges_that_no_rule_matches)
{
	struct declutter_error error;
	struct trial trial;

	begin(&trial, NULL);
	add(&trial, "Menu\nBy Ada Holm\n" PROSE("The council") "Seen at the mill\nMenu\n");
	add(&trial, "Menu\n" PROSE("The board") "Menu\n");
	char *rules = finish(&trial, &error);
	ck_assert_ptr_nonnull(strstr(rules, "no rule:\n#   By Ada Holm\n#   Seen at the mill\n"));
	free(rules);
}
END_TEST

START_TEST(names_the_site_and_a_line_that_tells_it)
{
	struct declutter_error error;
	struct trial trial;

	begin(&trial, "courier.example");
	add(&trial, "The Courier\n" PROSE("The council"));
	add(&trial, "The Courier\n" PROSE("The board"));
	char *rules = finish(&trial, &error);
	ck_assert_ptr_nonnull(strstr(rules, "site courier.example\ndetect: The Courier\n"));
	free(rules);
}
END_TEST

START_TEST(passes_over_a_page_that_was_given_before)
{
	struct declutter_error error;
	struct trial trial;

	begin(&trial, NULL);
	ck_assert(add(&trial, "Home\n" PROSE("The council")));
	ck_assert(!add(&trial, "Home\n" PROSE("The council")));
	ck_assert_ptr_null(finish(&trial, &error));
	ck_assert_ptr_nonnull(strstr(error.message, "two pages"));
	/* The same where the first line of all is all that tells. */
	begin(&trial, NULL);
	ck_assert(add(&trial, PROSE("The council")));
	ck_assert(!add(&trial, PROSE("The council")));
	ck_assert_ptr_null(finish(&trial, &error));
}
END_TEST

/* Whether pages, each of which has the line before an article, give a rule for it. */
static bool is_suggested(const char *line, const char *rule)
{
	struct declutter_error error;
	struct trial trial;
	char page[2048];

	begin(&trial, NULL);
	snprintf(page, sizeof page, "%s\n" PROSE("The council"), line);
	add(&trial, page);
	snprintf(page, sizeof page, "%s\n" PROSE("The board"), line);
	add(&trial, page);
	char *rules = finish(&trial, &error);
	bool found = strstr(rules, rule);
	ck_assert(found || !strstr(rules, "drop other"));
	free(rules);
	return found;
}

START_TEST(suggests_nothing_for_what_is_no_label)
{
	char text[700];

	ck_assert(is_suggested("ab", "edge: ab\n"));
	ck_assert(!is_suggested("x", "edge: x\n"));
	ck_assert(!is_suggested("***", "edge: "));
	ck_assert(!is_suggested("12 / 30", "edge: "));
	memset(text, 'm', sizeof text);
	text[601] = '\0';
	ck_assert(!is_suggested(text, "edge: m"));
	text[600] = '\0';
	ck_assert(is_suggested(text, "edge: m"));
}
END_TEST

START_TEST(takes_what_is_in_most_articles_for_clutter)
{
	static const char *const names[] = {"The council", "The board", "A crowd", "The guild"};

	for (int times = 2; times <= 3; times++) {
		struct declutter_error error;
		struct trial trial;
		char page[1024];
		begin(&trial, NULL);
		for (int i = 0; i < 4; i++) {
			/* The last word is one more for sentences that are the page's own. */
			snprintf(page, sizeof page, "Home\n%s" PROSE("%s") "Bottom\n",
			    i < times ? PROSE("As said before, all") : "", names[i]);
			ck_assert(add(&trial, page));
		}
		char *rules = finish(&trial, &error);
		ck_assert((strstr(rules, "drop other: As said") != NULL) == (times == 3));
		if (times == 3) {
			/* What comes out today is the first. */
			ck_assert(
			    strstr(rules, "on 3 of 4 pages, taken for a part of the article") <
			    strstr(rules, "edge: Bottom"));
			ck_assert(strstr(rules, "edge: Home") < strstr(rules, "edge: Bottom"));
			ck_assert_ptr_nonnull(strstr(rules, "# 3 rules suggested from 4 pages"));
		}
		free(rules);
	}
}
END_TEST

START_TEST(suggests_nothing_for_what_rules_drop)
{
	/* Only one page, the first or the last, has the line where the rule does not reach. */
	static const char far_away[] = PROSE("The guild") PROSE("A crowd") "Menu\n";
	for (int beyond = 0; beyond < 3; beyond++) {
		struct declutter_error error;
		struct trial trial;
		char rules_text[512];
		snprintf(rules_text, sizeof rules_text, "%sdrop ads in=head: menu\n", model);
		trial.rules = settled(rules_text);
		trial.suggest = declutter_suggest_new(trial.rules, NULL);
		if (beyond == 1)
			add(&trial, far_away);
		add(&trial, "Menu\n" PROSE("The council"));
		add(&trial, "Menu\n" PROSE("The board"));
		if (beyond == 2)
			add(&trial, far_away);
		char *rules = finish(&trial, &error);
		ck_assert((strstr(rules, ": Menu\n") != NULL) == (beyond > 0));
		free(rules);
	}
}
END_TEST

/* The rules from two pages that have these texts below their articles. */
static char *below_articles(const char *one, const char *other)
{
	struct declutter_error error;
	struct trial trial;
	char page[1024];

	begin(&trial, NULL);
	snprintf(page, sizeof page, PROSE("The council") "%s", one);
	add(&trial, page);
	snprintf(page, sizeof page, PROSE("The board") "%s", other);
	add(&trial, page);
	return finish(&trial, &error);
}

static void assert_block(const char *one, const char *other, bool expected)
{
	char *rules = below_articles(one, other);

	ck_assert_msg((strstr(rules, "block related") != NULL) == expected, "%s%s", one, other);
	free(rules);
}

START_TEST(asks_for_teasers_below_a_heading)
{
	assert_block("More\nA dog\nA cat\n", "More\nNo rain\nNo sun\n", true);
	assert_block("More\nA dog\n", "More\nNo rain\n", false);
	assert_block("More\nA dog\nA cat\n", "More\nNo rain\n", false);
	/* Half of them, or more, recur: that is a menu. */
	assert_block("More\nA dog\nA cat\n", "More\nA dog\nA cat\n", false);
	assert_block("More\nA dog\nA cat\n", "More\nNo rain\nA cat\n", false);
	assert_block("More\nA dog\n" PROSE("A man"), "More\nNo rain\n" PROSE("A crowd"), false);
	/* Sixty bytes and one more. */
	assert_block("More neighbourhood, everywhere, whatsoever, notwithstanding.\nA dog\nA cat\n",
	    "More neighbourhood, everywhere, whatsoever, notwithstanding.\nNo rain\nNo sun\n",
	    true);
	assert_block(
	    "More neighbourhood, everywhere, whatsoever, notwithstandings.\nA dog\nA cat\n",
	    "More neighbourhood, everywhere, whatsoever, notwithstandings.\nNo rain\nNo sun\n",
	    false);
}
END_TEST

static char *marked_rules(const char *first, const char *second)
{
	struct declutter_error error;
	struct trial trial;
	char page[1024];

	begin(&trial, "courier.example");
	snprintf(page, sizeof page, "%s" PROSE("The council"), first);
	add(&trial, page);
	snprintf(page, sizeof page, "%s" PROSE("The board"), second);
	add(&trial, page);
	return finish(&trial, &error);
}

static void assert_mark(const char *first, const char *second, const char *mark)
{
	char *rules = marked_rules(first, second);

	ck_assert_msg(mark ? strstr(rules, mark) != NULL : !strstr(rules, "detect:"), "%s", rules);
	free(rules);
}

START_TEST(takes_an_early_line_of_some_length_for_the_sites_mark)
{
	assert_mark("The Mail\n", "The Mail\n", "detect: The Mail\n");
	assert_mark("A Paper\n", "A Paper\n", NULL);
	assert_mark("Thursday\n", "Thursday\n", NULL);
	assert_mark("The Town Mail\n", "Home\n", NULL);
	assert_mark(
	    "The Town Mail\nAll of it\n", "The Town Mail\nAll of it\n", "detect: The Town Mail\n");
}
END_TEST

START_TEST(shows_few_and_short_lines_of_the_edges)
{
	struct declutter_error error;
	struct trial trial;
	char page[1024], line[80];

	begin(&trial, NULL);
	for (int i = 0; i < 12; i++) {
		snprintf(line, sizeof line, "%.*s %c%c", i < 2 ? 57 + i : 5,
		    "By everybody-and-nobody-in-particular, notwithstanding anybody", 'a' + i,
		    'a' + i);
		snprintf(page, sizeof page, "Some %c%c\n" PROSE("Number %c%c") "%s\n", 'a' + i,
		    'a' + i, 'a' + i, 'a' + i, line);
		ck_assert(add(&trial, page));
	}
	char *rules = finish(&trial, &error);
	unsigned shown = 0;
	for (const char *at = rules; (at = strstr(at, "\n#   ")); at++)
		shown++;
	ck_assert_uint_eq(shown, 20);
	ck_assert_ptr_nonnull(strstr(rules, "standing an aa\n"));
	ck_assert_ptr_null(strstr(rules, "standing any bb\n"));
	free(rules);
}
END_TEST

START_TEST(passes_over_a_page_that_is_mostly_known)
{
	static const char *const all[] = {
	    PROSE("One"), PROSE("Two"), PROSE("Three"), PROSE("Four"), PROSE("Five"), PROSE("Six")};
	struct declutter_error error;
	struct trial trial;
	char page[2048] = "";

	begin(&trial, NULL);
	for (int i = 0; i < 5; i++)
		strcat(page, all[i]);
	ck_assert(add(&trial, page));
	/* Four of five are eighty percent, which another page may share. */
	*page = '\0';
	for (int i = 1; i < 6; i++)
		strcat(page, all[i]);
	ck_assert(add(&trial, page));
	strcat(page, all[0]);
	ck_assert(!add(&trial, page));
	/* Labels are on all pages. */
	const char *labels = "Home\nNews\nSports\nWeather\nCulture\nPeople\nShop\nAbout us\n";
	snprintf(page, sizeof page, "%s%s", labels, PROSE("The council"));
	ck_assert(add(&trial, page));
	snprintf(page, sizeof page, "%s%s", labels, PROSE("The board"));
	ck_assert(add(&trial, page));
	free(finish(&trial, &error));
}
END_TEST

TCase *case_suggest(void)
{
	TCase *tcase = tcase_create("suggest");

	tcase_add_test(tcase, finds_what_recurs_with_numbers_and_dates_aside);
	tcase_add_test(tcase, shows_sentences_of_articles_that_must_stay);
	tcase_add_test(tcase, never_suggests_a_counter_example_that_the_rule_matches);
	tcase_add_test(tcase, takes_headings_of_what_differs_for_blocks);
	tcase_add_test(tcase, shows_lines_at_the_edges_that_no_rule_matches);
	tcase_add_test(tcase, names_the_site_and_a_line_that_tells_it);
	tcase_add_test(tcase, passes_over_a_page_that_was_given_before);
	tcase_add_test(tcase, suggests_nothing_for_what_is_no_label);
	tcase_add_test(tcase, takes_what_is_in_most_articles_for_clutter);
	tcase_add_test(tcase, suggests_nothing_for_what_rules_drop);
	tcase_add_test(tcase, asks_for_teasers_below_a_heading);
	tcase_add_test(tcase, takes_an_early_line_of_some_length_for_the_sites_mark);
	tcase_add_test(tcase, shows_few_and_short_lines_of_the_edges);
	tcase_add_test(tcase, passes_over_a_page_that_is_mostly_known);
	return tcase;
}
