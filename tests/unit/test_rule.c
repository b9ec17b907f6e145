#include "rule.h"
#include "unit.h"

START_TEST(knows_its_words)
{
	ck_assert_int_eq(verb_find("drop", 4), VERB_DROP);
	ck_assert_int_eq(verb_find("dro", 3), VERB_COUNT);
	ck_assert_int_eq(group_find("ads", 3), GROUP_ADS);
	ck_assert_str_eq(group_name(GROUP_TICKER), "ticker");
	ck_assert_uint_eq(group_longest(GROUP_LEGAL), 600);
	for (int i = 0; i < FEATURE_COUNT; i++) {
		const char *name = feature_name((enum feature)i);
		ck_assert_int_eq((int)feature_find(name, strlen(name)), i);
	}
}
END_TEST

TCase *case_rule(void)
{
	TCase *tcase = tcase_create("rule");
	tcase_add_test(tcase, knows_its_words);
	return tcase;
}
