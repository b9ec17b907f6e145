#include "rules.h"
#include "unit.h"

static void append(void *context, const struct declutter_error *failure)
{
	char *text = context;

	sprintf(
	    text + strlen(text), "%u:%u %.60s\n", failure->line, failure->column, failure->message);
}

static void assert_failures(const char *rules_text, size_t count, const char *part)
{
	struct declutter_rules *rules = settled(rules_text);
	char text[4096] = "";

	ck_assert_msg(declutter_rules_check(rules, true, append, text) == count, "%s", text);
	ck_assert_msg(strstr(text, part) != NULL, "%s", text);
	declutter_rules_free(rules);
}

START_TEST(is_silent_about_good_rules)
{
	assert_failures("drop ads: werbung|anzeige\ndrop credit: foto: .+\n  + Foto: dpa\n"
	                "  - Ein Foto\n  ? Photo: dpa\n",
	    0, "");
}
END_TEST

START_TEST(reports_all_examples_that_fail)
{
	assert_failures("drop credit: foto: .+\n  + Bild: dpa\n  - Foto: nein\n  ? Foto: ja\n", 3,
	    "2:3 \"Bild: dpa\" should match");
}
END_TEST

START_TEST(reports_an_example_longer_than_the_rule_allows)
{
	assert_failures("drop ads len=5: foo.*\n  + foo bar baz\n", 1, "longer than the rule's 5");
}
END_TEST

START_TEST(says_how_long_a_rule_of_one_character_would_have_to_be)
{
	assert_failures("drop ads len=1: ab?\n  + ab\n", 1, "longer than the rule's 1 ");
}
END_TEST

START_TEST(finds_that_a_rule_without_a_limit_shadows_one_with)
{
	assert_failures("drop other: werbung|y\ndrop other: werbung\n", 1, "matches all that");
	assert_failures(
	    "drop other: werbung|y\ndrop other len=30: werbung\n", 1, "matches all that");
	assert_failures("drop other len=8: werbung|y\ndrop other: werbung\n", 0, "");
	assert_failures("drop other len=1: x\ndrop other len=2: x|yy\n", 1, "1:1");
	assert_failures("drop other len=2: x\ndrop other len=1: x|y\n", 0, "");
}
END_TEST

START_TEST(finds_the_shadow_among_rules_that_match_a_part_of_the_phrases)
{
	assert_failures("drop other: foo|x\ndrop other: foo|bar\ndrop other: y|bar|foo\n", 1,
	    "3 matches all that");
	assert_failures("drop other: foo|x\ndrop other: foo|bar\ndrop other: y|bar\n", 0, "");
}
END_TEST

START_TEST(wants_an_example_for_what_is_no_plain_phrase)
{
	assert_failures("drop credit: foto: .+\n", 1, "1:14 no example");
}
END_TEST

START_TEST(finds_dangerous_patterns)
{
	assert_failures("drop ads: x*\n  + x\n", 1, "matches an empty line");
	assert_failures("drop ads: (?:a+)+b\n  + ab\n", 1, "a repetition inside");
	/* A bracket that closes first in a class is a character of it. */
	assert_failures("drop ads: (?:[]+]a)+b\n  + ]ab\n", 0, "");
	assert_failures("drop ads: (?:[^]+]a)+b\n  + xab\n", 0, "");
	assert_failures("drop ads: (?:[ab]+a)+b\n  + aab\n", 1, "a repetition inside");
	assert_failures("drop ads: (?:[^b]+a)+b\n  + aab\n", 1, "a repetition inside");
	assert_failures("drop ads: (?:a++)+b\n  + ab\n", 0, "");
	assert_failures("drop ads: (?:a+)++b\n  + ab\n", 0, "");
	assert_failures("drop ads: ((?:a+))*b\n  + ab\n", 1, "a repetition inside");
	assert_failures("drop ads: \\((?:a\\+)+b\n  + (a+b\n", 0, "");
	assert_failures("drop ads: w\u0435rbung\n", 1, "mixes alphabets");
	assert_failures("drop ads: A\u0430|Z\u0430\n", 1, "mixes alphabets");
	assert_failures("drop ads: Z\u0430\n", 1, "mixes alphabets");
	assert_failures("drop ads: z\u0430\n", 1, "mixes alphabets");
	assert_failures("drop ads: a\u0430\n", 1, "mixes alphabets");
	/* Greek and Cyrillic, and the ends of their blocks and Latin's. */
	assert_failures("drop ads: \u03b1\u0431\n", 1, "mixes alphabets");
	assert_failures("drop ads: \u00c0\u0400\n", 1, "mixes alphabets");
	assert_failures("drop ads: \u024f\u04ff\n", 1, "mixes alphabets");
	assert_failures("drop ads: a\u00d7\u0431\n", 0, "");
	assert_failures("drop ads: a \u0431|a\\d\u0431\n", 1, "no example");
}
END_TEST

START_TEST(looks_for_them_beside_the_built_in_rules)
{
	static const char own[] = "drop ads: mill stone\ndrop ads: mill stone|mill wheel\n";
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	char text[4096] = "";

	ck_assert(declutter_rules_add_builtin(rules, &error));
	ck_assert(declutter_rules_add_text(rules, "own", own, sizeof own - 1, &error));
	ck_assert(declutter_rules_settle(rules, NULL, &error));
	ck_assert_uint_eq(declutter_rules_check(rules, false, append, text), 1);
	ck_assert_ptr_nonnull(strstr(text, "1:11 own:2 matches all"));
	declutter_rules_free(rules);
}
END_TEST

START_TEST(finds_rules_that_another_makes_superfluous)
{
	assert_failures(
	    "drop ads: werbung\ndrop ads: werbung|anzeige\n", 1, "1:11 test.rules:2 matches all");
	assert_failures("drop ads in=head: werbung\ndrop nav in=tail: werbung\n", 0, "");
	assert_failures("drop ads near=1: werbung\ndrop ads near=2: werbung|x\n", 0, "");
	assert_failures("drop ads: werbung\nkeep: werbung|x\n", 0, "");
	assert_failures("drop ads: werbung|x\nlang de\ndrop ads: werbung\n", 1, "3:11 ");
	assert_failures("lang de\ndrop ads: werbung\ndrop ads: werbung|x\n", 1, "2:11 ");
	assert_failures("drop ads: werbung\nlang de\ndrop ads: werbung|x\n", 0, "");
	assert_failures("lang de\ndrop ads: ad\nlang en\ndrop ads: ad|x\n", 0, "");
	assert_failures("drop ads level=1: werbung\ndrop ads: werbung|x\n", 0, "");
	assert_failures("drop ads: werbung\ndrop ads level=1: werbung|x\n", 1, "1:");
}
END_TEST

TCase *case_check(void)
{
	TCase *tcase = tcase_create("check");
	tcase_add_test(tcase, is_silent_about_good_rules);
	tcase_add_test(tcase, reports_all_examples_that_fail);
	tcase_add_test(tcase, reports_an_example_longer_than_the_rule_allows);
	tcase_add_test(tcase, says_how_long_a_rule_of_one_character_would_have_to_be);
	tcase_add_test(tcase, finds_that_a_rule_without_a_limit_shadows_one_with);
	tcase_add_test(tcase, finds_the_shadow_among_rules_that_match_a_part_of_the_phrases);
	tcase_add_test(tcase, wants_an_example_for_what_is_no_plain_phrase);
	tcase_add_test(tcase, finds_dangerous_patterns);
	tcase_add_test(tcase, finds_rules_that_another_makes_superfluous);
	tcase_add_test(tcase, looks_for_them_beside_the_built_in_rules);
	return tcase;
}
