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
	return tcase;
}
