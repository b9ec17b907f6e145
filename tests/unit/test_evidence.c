#include "evidence.h"
#include "rules.h"
#include "unit.h"

static int evidence(const char *text, short words, short ends)
{
	struct declutter_rules *rules = settled(text);
	struct held held = {0};

	held.features.value[FEATURE_WORDS] = words;
	held.features.value[FEATURE_ENDS] = ends;
	int found = evidence_of(rules->evidence, &held);
	declutter_rules_free(rules);
	return found;
}

START_TEST(compares_as_conditions_say)
{
	ck_assert_int_eq(evidence("score +1 article words>=12: .*\n", 12, 0), 1);
	ck_assert_int_eq(evidence("score +1 article words>=12: .*\n", 11, 0), 0);
	ck_assert_int_eq(evidence("score +1 article words<=12: .*\n", 12, 0), 1);
	ck_assert_int_eq(evidence("score +1 article words<=12: .*\n", 13, 0), 0);
	ck_assert_int_eq(evidence("score +1 article ends=colon: .*\n", 1, ENDS_COLON), 1);
	ck_assert_int_eq(evidence("score +1 article ends=colon: .*\n", 1, ENDS_PLAIN), 0);
	ck_assert_int_eq(evidence("score +1 article ends!=colon: .*\n", 1, ENDS_COLON), 0);
	ck_assert_int_eq(evidence("score +1 article ends!=colon: .*\n", 1, ENDS_COMMA), 1);
	ck_assert_int_eq(evidence("score +1 article words>=2 words<=4: .*\n", 3, 0), 1);
	ck_assert_int_eq(evidence("score +1 article words>=2 words<=4: .*\n", 5, 0), 0);
}
END_TEST

static const char tree[] = "score +1 article words<=5 ends=colon: .*\n"
                           "score +2 article words<=5 ends!=colon words<=2: .*\n"
                           "score +4 article words<=5 ends!=colon words>=3: .*\n"
                           "score +8 article words>=6: .*\n"
                           "score +16 article words>=6 ends=colon: .*\n"
                           "score +32: .*\n";

START_TEST(adds_every_rule_that_is_met_whatever_it_shares)
{
	ck_assert_int_eq(evidence(tree, 1, ENDS_COLON), 1 + 32);
	ck_assert_int_eq(evidence(tree, 1, ENDS_PLAIN), 2 + 32);
	ck_assert_int_eq(evidence(tree, 3, ENDS_PLAIN), 4 + 32);
	ck_assert_int_eq(evidence(tree, 7, ENDS_PLAIN), 8 + 32);
	ck_assert_int_eq(evidence(tree, 7, ENDS_COLON), 8 + 16 + 32);
}
END_TEST

/* Enough for several blocks of rules, with a score of its own for each, half of them negative. */
START_TEST(adds_the_scores_of_thousands_of_rules)
{
	enum { RULES = 2000 };
	static char text[RULES * 40];
	char *at = text;
	int expected = 0;

	for (int i = 0; i < RULES; i++) {
		int score = i % 2 ? i * 100 : -i * 7, words = i % 50;
		at += sprintf(at, "score %d article words>=%d: .*\n", score, words);
		expected += words <= 20 ? score : 0;
	}
	ck_assert_int_eq(evidence(text, 20, 0), expected);
}
END_TEST

START_TEST(asks_for_the_pattern)
{
	struct declutter_rules *rules = settled("score +1: yes.*\n");
	struct held held = {0};
	unsigned match = 0;

	ck_assert_int_eq(evidence_of(rules->evidence, &held), 0);
	held.matches = &match;
	held.match_count = 1;
	ck_assert_int_eq(evidence_of(rules->evidence, &held), 1);
	declutter_rules_free(rules);
}
END_TEST

TCase *case_evidence(void)
{
	TCase *tcase = tcase_create("evidence");
	tcase_add_test(tcase, compares_as_conditions_say);
	tcase_add_test(tcase, adds_every_rule_that_is_met_whatever_it_shares);
	tcase_add_test(tcase, adds_the_scores_of_thousands_of_rules);
	tcase_add_test(tcase, asks_for_the_pattern);
	return tcase;
}
