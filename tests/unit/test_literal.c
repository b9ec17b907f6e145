#include "literal.h"
#include "unit.h"

/* The literals as "text text* ...", a star behind the open ones. */
static void assert_set(const char *pattern, const struct literals *set, const char *expected)
{
	char text[1024] = "";

	for (size_t i = 0; i < set->count; i++) {
		size_t used = strlen(text);
		snprintf(text + used, sizeof text - used, "%s%.*s%s", i ? " " : "",
		    (int)set->items[i].size, set->text.data + set->items[i].offset,
		    set->items[i].open ? "*" : "");
	}
	ck_assert_msg(
	    strcmp(text, expected) == 0, "%s: got \"%s\", not \"%s\"", pattern, text, expected);
}

static void assert_literals(const char *pattern, const char *expected)
{
	struct analysis analysis;

	ck_assert(analysis_init(&analysis, pattern, strlen(pattern)));
	assert_set(pattern, &analysis.start, expected);
	analysis_fini(&analysis);
}

static void assert_inside(const char *pattern, const char *expected)
{
	struct analysis analysis;

	ck_assert(analysis_init(&analysis, pattern, strlen(pattern)));
	assert_set(pattern, &analysis.inside, expected);
	analysis_fini(&analysis);
}

START_TEST(lists_all_that_a_finite_pattern_matches)
{
	assert_literals("Werbung", "werbung");
	assert_literals("anzeigen?", "anzeigen anzeige");
	assert_literals("(?:a|b)c", "ac bc");
	assert_literals("a[xy]", "ax ay");
	assert_literals("a\\.b", "a.b");
	assert_literals("a||b", "a  b");
}
END_TEST

START_TEST(keeps_the_beginning_where_the_rest_is_open)
{
	assert_literals("foto: .*", "foto: *");
	assert_literals("ab+", "ab*");
	assert_literals("ab*c", "a*");
	assert_literals("(?:von|by) \\p{Lu}.*", "von * by *");
	assert_literals("a{2,3}", "a*");
	assert_literals("(?=.*y)(?:x|z).*", "x* z*");
	assert_literals("x(?<=x)(?-i:Y).*", "xy*");
}
END_TEST

START_TEST(finds_what_a_match_contains)
{
	assert_inside(".{2,30} (?:says|wrote)(?: .{1,40})?:", " says   says  wrote   wrote");
	assert_inside("(?:.{0,60} )?all rights reserved.{0,200}", "all rights reserved");
	assert_inside("foo.*barbar.*baz", "barbar");
	assert_inside(".*foo|bar.*", "foo bar");
	assert_inside(".*(?:foo)?", "");
	assert_inside("(?:.*foo.*|.*bar)+x", "foo bar");
	assert_inside(".*a\\d+.*", "a");
	assert_inside("(?!.*no).*yes", "yes");
	assert_inside(".*a{0,3}b", "b");
}
END_TEST

START_TEST(is_not_exact_where_a_look_ahead_forbids_something)
{
	struct analysis analysis;

	assert_literals("x(?!y)z", "xz");
	ck_assert(analysis_init(&analysis, "x(?!y)z", 7));
	ck_assert(!analysis.exact);
	analysis_fini(&analysis);
	ck_assert(analysis_init(&analysis, "(?-i:AP)", 8));
	ck_assert(!analysis.exact);
	analysis_fini(&analysis);
}
END_TEST

START_TEST(knows_nothing_of_what_it_cannot_read)
{
	assert_literals(".*", "*");
	assert_literals("(?i)abc", "*");
	assert_literals("(?<name>a)", "*");
	assert_literals("\\Qa.b\\E", "*");
	assert_literals("[^a]b", "*");
	assert_literals("[[:alpha:]]b", "*");
	assert_literals("(unclosed", "*");
	assert_literals("a)b", "*");
}
END_TEST

START_TEST(folds_letters_as_the_index_does)
{
	assert_literals("ÄRGER", "ärger");
	assert_literals("ΤΕΛΟΣ", "τελοσ");
}
END_TEST

START_TEST(gives_up_listing_beyond_the_limit)
{
	/* 4^5 = 1,024 phrases: cut to the beginnings known before the limit. */
	struct analysis analysis;
	const char *pattern = "[abcd][abcd][abcd][abcd][abcd]";

	ck_assert(analysis_init(&analysis, pattern, strlen(pattern)));
	ck_assert_uint_le(analysis.start.count, LITERALS_MAX);
	ck_assert(!analysis.exact);
	analysis_fini(&analysis);
}
END_TEST

TCase *case_literal(void)
{
	TCase *tcase = tcase_create("literal");
	tcase_add_test(tcase, lists_all_that_a_finite_pattern_matches);
	tcase_add_test(tcase, keeps_the_beginning_where_the_rest_is_open);
	tcase_add_test(tcase, finds_what_a_match_contains);
	tcase_add_test(tcase, is_not_exact_where_a_look_ahead_forbids_something);
	tcase_add_test(tcase, knows_nothing_of_what_it_cannot_read);
	tcase_add_test(tcase, folds_letters_as_the_index_does);
	tcase_add_test(tcase, gives_up_listing_beyond_the_limit);
	return tcase;
}
