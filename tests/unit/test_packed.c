#include <pthread.h>

#include "builtin.h"
#include "packed.h"
#include "unit.h"

/* Places: 0 "", 1 "rules/xx.rules", 16 "xx", 19 "end", 23 "menu|nav", 32 "menu", 37 "example.org"
 */
static const char texts[] = "\0rules/xx.rules\0xx\0end\0menu|nav\0menu\0example.org";

static const struct packed_example examples[] = {{32, 8, '+'}, {19, 9, '-'}};

static const struct packed_rule table[] = {
    {.file = 1,
        .language = 16,
        .pattern = 19,
        .pattern_size = 3,
        .until = PACKED_NONE,
        .verb = VERB_UNTIL,
        .group = GROUP_NAV},
    {.file = 1,
        .language = 16,
        .source = 23,
        .site = 37,
        .line = 7,
        .column = 12,
        .pattern = 23,
        .pattern_size = 8,
        .until = 0,
        .longest = 40,
        .near = 2,
        .zones = ZONE_ALL,
        .example_count = 2,
        .level = 1,
        .verb = VERB_BLOCK,
        .group = GROUP_NAV,
        .search = true,
        .edges = {{0, 1}, {2, 3}},
        .grouped = true},
    {.pattern = PACKED_NONE,
        .until = PACKED_NONE,
        .score = -25,
        .verb = VERB_SCORE,
        .condition_count = 1,
        .conditions = {{FEATURE_WORDS, COMPARE_LEAST, 12}}},
};

static const struct packed_rules packed = {
    .rules = table, .count = 3, .texts = texts, .examples = examples};

START_TEST(makes_rules_of_what_is_packed)
{
	struct unpacked *unpacked = unpacked_new(&packed);
	const struct rule *rule = unpacked_rule(unpacked, 1);

	ck_assert_str_eq(rule->facts.file, "rules/xx.rules");
	ck_assert_str_eq(rule->facts.verb, "block");
	ck_assert_str_eq(rule->facts.group, "nav");
	ck_assert_str_eq(rule->facts.language, "xx");
	ck_assert_str_eq(rule->facts.id, "");
	ck_assert_str_eq(rule->facts.pattern, "menu|nav");
	ck_assert_uint_eq(rule->pattern->edges.first[1], 1);
	ck_assert_uint_eq(rule->pattern->edges.last[1], 3);
	ck_assert_uint_eq(rule->facts.line, 7);
	ck_assert_uint_eq(rule->facts.index, 1);
	ck_assert_str_eq(rule->site, "example.org");
	ck_assert_uint_eq(rule->column, 12);
	ck_assert_uint_eq(rule->longest, 40);
	ck_assert_uint_eq(rule->near, 2);
	ck_assert_int_eq(rule->level, 1);
	ck_assert(rule->grouped && !rule->capped);
	ck_assert_uint_eq(rule->pattern->size, 8);
	ck_assert(rule->pattern->search && !rule->pattern->caseful);
	ck_assert_ptr_eq(rule->until, unpacked_rule(unpacked, 0));
	ck_assert_str_eq(rule->until->pattern->text, "end");
	ck_assert_uint_eq(rule->example_count, 2);
	ck_assert_int_eq(unpacked_example(unpacked, 1, 1).sign, '-');
	ck_assert_uint_eq(unpacked_example(unpacked, 1, 1).line, 9);
	ck_assert_str_eq(unpacked_example(unpacked, 1, 1).text, "end");
	unpacked_free(unpacked);
}
END_TEST

START_TEST(makes_a_rule_without_a_pattern)
{
	struct unpacked *unpacked = unpacked_new(&packed);
	const struct rule *rule = unpacked_rule(unpacked, 2);

	ck_assert_ptr_null(rule->pattern);
	ck_assert_ptr_null(rule->until);
	ck_assert_int_eq(rule->score, -25);
	ck_assert_uint_eq(rule->condition_count, 1);
	ck_assert_int_eq(rule->conditions[0].value, 12);
	ck_assert_ptr_eq(unpacked_rule(unpacked, 2), rule);
	unpacked_free(unpacked);
}
END_TEST

static void *read_all(void *context)
{
	size_t letters = 0;

	for (uint32_t i = 0; i < builtin_rules.count; i++)
		letters += strlen(unpacked_rule(context, i)->facts.verb);
	return (void *)letters;
}

START_TEST(hands_rules_to_many_threads)
{
	struct unpacked *unpacked = unpacked_new(&builtin_rules);
	pthread_t threads[4];
	void *first, *letters;

	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL, read_all, unpacked), 0);
	pthread_join(threads[0], &first);
	for (int i = 1; i < 4; i++) {
		pthread_join(threads[i], &letters);
		ck_assert_ptr_eq(letters, first);
	}
	unpacked_free(unpacked);
}
END_TEST

TCase *case_packed(void)
{
	TCase *tcase = tcase_create("packed");

	tcase_add_test(tcase, makes_rules_of_what_is_packed);
	tcase_add_test(tcase, makes_a_rule_without_a_pattern);
	tcase_add_test(tcase, hands_rules_to_many_threads);
	return tcase;
}
