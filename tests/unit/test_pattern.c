#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"
#include "unit.h"
#include <pcre2.h>

static bool can_be_fast(void)
{
	uint32_t jit = 0;

	pcre2_config(PCRE2_CONFIG_JIT, &jit);
	return jit;
}

static void assert_match(
    const char *text, bool search, bool caseful, const char *subject, enum match expected)
{
	struct pattern *pattern = pattern_new(text, strlen(text), search, caseful);
	struct matcher *matcher = matcher_new();

	/* Often enough to be matched by machine code in the end. */
	for (int i = 0; i < 1000; i++) {
		ck_assert_int_eq(
		    pattern_match(pattern, matcher, subject, strlen(subject)), expected);
		/* Machine code must be earned: making it takes longer than a match. */
		ck_assert(i > 1 || !pattern->compiled->fast);
	}
	ck_assert(pattern->compiled->fast || !can_be_fast());
	matcher_free(matcher);
	pattern_free(pattern);
}

START_TEST(must_match_the_whole_subject)
{
	assert_match("werbung", false, false, "WERBUNG", MATCH_YES);
	assert_match("werbung", false, false, "Bewerbungsprozess", MATCH_NO);
	assert_match("a|ab", false, false, "ab", MATCH_YES);
	assert_match("(a)(b)(?:c)", false, false, "abc", MATCH_YES);
	assert_match("(a)(b)(?:c)", false, false, "abcd", MATCH_NO);
}
END_TEST

START_TEST(earns_no_machine_code_by_what_is_rare)
{
	struct pattern *common = pattern_new("a", 1, false, false);
	struct pattern *rare = pattern_new("b", 1, false, false);
	struct matcher *matcher = matcher_new();

	for (int i = 0; i < 900000; i++) {
		pattern_match(common, matcher, "x", 1);
		if (i % 4200 == 0)
			pattern_match(rare, matcher, "x", 1);
	}
	ck_assert(common->compiled->fast || !can_be_fast());
	ck_assert(!rare->compiled->fast);
	matcher_free(matcher);
	pattern_free(common);
	pattern_free(rare);
}
END_TEST

START_TEST(searches_when_told)
{
	assert_match("cookie", true, false, "We use cookies.", MATCH_YES);
}
END_TEST

START_TEST(heeds_case_when_told)
{
	assert_match("AP", false, true, "AP", MATCH_YES);
	assert_match("AP", false, true, "ap", MATCH_NO);
}
END_TEST

START_TEST(matches_letters_of_all_alphabets_caselessly)
{
	assert_match("реклама", false, false, "РЕКЛАМА", MATCH_YES);
	assert_match("διαφήμιση", false, false, "ΔΙΑΦΉΜΙΣΗ", MATCH_YES);
}
END_TEST

START_TEST(gives_up_a_pattern_that_takes_too_many_steps)
{
	assert_match("(?:a+)+[bx]", false, false, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac",
	    MATCH_LIMIT);
}
END_TEST

static bool may_match(const char *text, bool search, const char *subject)
{
	struct pattern *pattern = pattern_new(text, strlen(text), search, false);
	bool may = pattern_may_match(pattern, subject, strlen(subject));

	pattern_free(pattern);
	return may;
}

START_TEST(rules_subjects_out_by_their_edges)
{
	ck_assert(may_match("(?:share|tweet) .*\\d", false, "Share with 3"));
	ck_assert(!may_match("(?:share|tweet) .*\\d", false, "Shares"));
	ck_assert(!may_match("(?:share|tweet) .*\\d", false, "Print 3"));
	/* The Kelvin sign is a k for PCRE2. */
	ck_assert(may_match("k\\d?k", false, "\u212a\u212a"));
	ck_assert(may_match("share", true, "Don't share it"));
	ck_assert(may_match("a*", false, ""));
	/* It may match nothing at all, and of some syntax nothing is known. */
	ck_assert(may_match("(?:ab)?", false, "x"));
	ck_assert(may_match("(a)\\1", false, "x"));
}
END_TEST

START_TEST(says_what_is_wrong_with_a_pattern_and_where)
{
	struct pattern *pattern = pattern_new("ab(c", 4, false, false);
	size_t offset;
	char message[128];

	ck_assert(!pattern_compiles(pattern, &offset, message, sizeof message));
	ck_assert_uint_eq(offset, 4);
	ck_assert_ptr_nonnull(strstr(message, "parenthesis"));
	pattern_free(pattern);
}
END_TEST

START_TEST(knows_which_patterns_match_all_their_literals)
{
	struct pattern *phrase = pattern_new("teilen?", 7, false, false);
	struct pattern *caseful = pattern_new("AP", 2, false, true);
	struct pattern *open = pattern_new("ab(?: .*)?", 10, false, false);
	struct pattern *atomic = pattern_new("(?>a|ab)c", 9, false, false);

	ck_assert(pattern_takes_literals(phrase));
	ck_assert(!pattern_takes_literals(caseful));
	ck_assert(pattern_takes_literals(open));
	ck_assert(!pattern_takes_literals(atomic));
	pattern_free(phrase);
	pattern_free(caseful);
	pattern_free(open);
	pattern_free(atomic);
}
END_TEST

static void assert_reach(const char *text, const char *subject, size_t expected)
{
	struct pattern *pattern = pattern_new(text, strlen(text), false, false);

	ck_assert_uint_eq(pattern_reach(pattern, subject, strlen(subject)), expected);
	pattern_free(pattern);
}

START_TEST(tells_how_far_a_subject_could_match)
{
	assert_reach("share on (?:facebook|x)", "Share on Instagram", 9);
	assert_reach("share on x", "Share", 5);
	assert_reach("foo.+", "bar", 0);
	assert_reach("\u00fcber uns", "\u00dcber dich", 6);
	assert_reach("\\d+ \\p{L}+", "12 comments!", 11);
}
END_TEST

TCase *case_pattern(void)
{
	TCase *tcase = tcase_create("pattern");
	tcase_add_test(tcase, must_match_the_whole_subject);
	tcase_add_test(tcase, earns_no_machine_code_by_what_is_rare);
	tcase_add_test(tcase, searches_when_told);
	tcase_add_test(tcase, heeds_case_when_told);
	tcase_add_test(tcase, matches_letters_of_all_alphabets_caselessly);
	tcase_add_test(tcase, gives_up_a_pattern_that_takes_too_many_steps);
	tcase_add_test(tcase, rules_subjects_out_by_their_edges);
	tcase_add_test(tcase, says_what_is_wrong_with_a_pattern_and_where);
	tcase_add_test(tcase, knows_which_patterns_match_all_their_literals);
	tcase_add_test(tcase, tells_how_far_a_subject_could_match);
	return tcase;
}
