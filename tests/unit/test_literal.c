#include "literal.h"
#include "unit.h"

/* The literals as "text text* ...", a star behind the open ones. */
static void assert_literals(const char *pattern, const char *expected)
{
	struct literals literals;
	char text[1024] = "";

	ck_assert(literals_init(&literals, pattern, strlen(pattern)));
	for (size_t i = 0; i < literals.count; i++) {
		size_t used = strlen(text);
		snprintf(text + used, sizeof text - used, "%s%.*s%s", i ? " " : "",
		    (int)literals.items[i].size, literals.text.data + literals.items[i].offset,
		    literals.items[i].open ? "*" : "");
	}
	literals_fini(&literals);
	ck_assert_msg(
	    strcmp(text, expected) == 0, "%s: got \"%s\", not \"%s\"", pattern, text, expected);
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
	assert_literals("x(?!y)z", "x*");
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
	struct literals literals;
	const char *pattern = "[abcd][abcd][abcd][abcd][abcd]";

	ck_assert(literals_init(&literals, pattern, strlen(pattern)));
	ck_assert_uint_le(literals.count, LITERALS_MAX);
	ck_assert(!literals.exact);
	literals_fini(&literals);
}
END_TEST

TCase *case_literal(void)
{
	TCase *tcase = tcase_create("literal");
	tcase_add_test(tcase, lists_all_that_a_finite_pattern_matches);
	tcase_add_test(tcase, keeps_the_beginning_where_the_rest_is_open);
	tcase_add_test(tcase, knows_nothing_of_what_it_cannot_read);
	tcase_add_test(tcase, folds_letters_as_the_index_does);
	tcase_add_test(tcase, gives_up_listing_beyond_the_limit);
	return tcase;
}
