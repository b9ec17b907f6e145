#include "rules.h"
#include "unit.h"

static struct rule *only_rule(struct declutter_rules **rules, const char *text)
{
	*rules = settled(text);
	return (*rules)->own[(*rules)->own_count - 1];
}

START_TEST(reads_a_rule_with_all_modifiers)
{
	struct declutter_rules *rules;
	const struct rule *rule = only_rule(&rules,
	    "lang de\n"
	    "drop share any case len=70 near=2 in=head,tail site=example.org level=1 id=x1: "
	    "a: b\n"
	    "  + a: b\n"
	    "  - c\n");

	ck_assert_int_eq(rule->verb, VERB_DROP);
	ck_assert_int_eq(rule->group, GROUP_SHARE);
	ck_assert_uint_eq(rule->longest, 70);
	ck_assert_uint_eq(rule->near, 2);
	ck_assert_uint_eq(rule->zones, ZONE_HEAD | ZONE_TAIL);
	ck_assert_int_eq(rule->level, 1);
	ck_assert_str_eq(rule->site, "example.org");
	ck_assert_str_eq(rule->facts.language, "de");
	ck_assert_str_eq(rule->facts.id, "x1");
	ck_assert_str_eq(rule->facts.pattern, "a: b");
	ck_assert_uint_eq(rule->facts.line, 2);
	ck_assert_uint_eq(rule->example_count, 2);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(takes_a_sites_host_from_its_address)
{
	struct declutter_rules *rules;

	ck_assert_str_eq(only_rule(&rules, "site https://News.Example.org/a\ndrop: x\n")->site,
	    "news.example.org");
	declutter_rules_free(rules);
}
END_TEST

START_TEST(puts_defines_into_patterns)
{
	struct declutter_rules *rules;
	const struct rule *rule =
	    only_rule(&rules, "define NET: (?:x|y)\ndrop: {NET}-\\p{Lu}{2}\n");

	ck_assert_str_eq(rule->pattern->text, "(?:x|y)-\\p{Lu}{2}");
	ck_assert_int_eq(rule->group, GROUP_OTHER);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(knows_defines_by_their_whole_name)
{
	assert_phrases_keep("define AB: one\ndefine CD: two\ndefine CDE: three\ndrop ads: {CD}\n",
	    "one\ntwo\nthree\n", "one\nthree\n");
}
END_TEST

START_TEST(cleans_patterns_as_it_cleans_subjects)
{
	struct declutter_rules *rules;
	const struct rule *rule = only_rule(&rules, "drop ads: wer\u00adbung\u00a0hier\n");

	ck_assert_str_eq(rule->pattern->text, "werbung hier");
	declutter_rules_free(rules);
}
END_TEST

START_TEST(reads_scores_and_their_conditions)
{
	struct declutter_rules *rules;
	const struct rule *rule =
	    only_rule(&rules, "score -15 article words>=20 ends!=sentence prevwords<=3: .*\n");

	ck_assert_int_eq(rule->score, -15);
	ck_assert_ptr_null(rule->pattern);
	ck_assert_uint_eq(rule->condition_count, 3);
	ck_assert_int_eq(rule->conditions[1].comparison, COMPARE_UNEQUAL);
	ck_assert_int_eq(rule->conditions[1].value, ENDS_SENTENCE);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(knows_all_ways_a_line_ends)
{
	static const char *const names[] = {"plain", "sentence", "colon", "comma", "ellipsis"};

	for (int i = 0; i < (int)(sizeof names / sizeof *names); i++) {
		struct declutter_rules *rules;
		char text[64];
		snprintf(text, sizeof text, "score +1 article ends=%s: .*\n", names[i]);
		ck_assert_int_eq(only_rule(&rules, text)->conditions[0].value, i);
		declutter_rules_free(rules);
	}
}
END_TEST

START_TEST(takes_crlf_and_a_bom)
{
	struct declutter_rules *rules;
	const struct rule *rule = only_rule(&rules, "\xef\xbb\xbf# first\r\ndrop ads: werbung\r\n");

	ck_assert_str_eq(rule->facts.pattern, "werbung");
	declutter_rules_free(rules);
}
END_TEST

/* Wrong text, where it is wrong, and a word of what is said. */
static const struct {
	const char *text;
	unsigned line, column;
	const char *message;
} wrong[] = {
    {"dorp ads: x\n", 1, 1, "write \"drop\"?"},
    {"\ndrop adds: x\n", 2, 6, "write \"ads\"?"},
    {"frobnicate ads: x\n", 1, 1, "write one of drop, keep"},
    {"drop ads\n", 1, 9, "the pattern is missing"},
    {"drop ads:\n", 1, 10, "the pattern is missing"},
    {"drop ads lenn=3: x\n", 1, 10, "write \"len=\"?"},
    {"drop ads len=none: x\n", 1, 14, "not a whole number"},
    {"drop ads len=0: x\n", 1, 14, "out of range"},
    {"drop ads in=foot: x\n", 1, 13, "write head, body, tail, edge or comments"},
    {"drop ads level=4: x\n", 1, 16, "1 to 3"},
    {"site /news\n", 1, 6, "a site is a host"},
    {"drop ads site=@: x\n", 1, 15, "a site is a host"},
    {"drop ads: a(b\n", 1, 14, "does not compile"},
    {"drop ads: ü(b\n", 1, 14, "does not compile"},
    {"drop ads lines=1: x\n", 1, 1, "are for block"},
    {"drop ads: ? b\n", 1, 11, "does not compile"},
    {"drop ads: a|+b\n", 1, 13, "does not compile"},
    {"drop ads: a(?C1)\n", 1, 12, "callouts are not allowed"},
    {"define X: (*F)\ndrop ads: {X}\n", 2, 11, "VERBS) are not allowed"},
    {"drop ads: {NET}\n", 1, 11, "is not defined"},
    {"drop ads: a\\Cb.*\n", 1, 14, "does not compile"},
    {"drop ads: (*UCP)x\n", 1, 11, "not allowed"},
    {"drop any: x.*\n", 1, 1, "len="},
    {"run nav: x\n", 1, 1, "min="},
    {"drop ads min=3: x\n", 1, 1, "run"},
    {"drop ads lines=3: x\n", 1, 1, "block"},
    {"block ads until=END: x\n", 1, 17, "define"},
    {"score x article: .*\n", 1, 7, "not a whole number"},
    {"score 5 article wordz>=3: .*\n", 1, 17, "write \"words\"?"},
    {"score 5 article words: .*\n", 1, 22, "comparison is missing"},
    {"off ads: x\n", 1, 1, "off GROUP"},
    {"off\n", 1, 1, "off GROUP"},
    {"detect: x\n", 1, 1, "site NAME"},
    {"define net: x\n", 1, 8, "capitals"},
    {"define NET: x\ndefine NET: y\n", 2, 8, "defined already"},
    {"set entre 3\n", 1, 5, "write \"enter\"?"},
    {"set enter 3\nset enter 4\n", 2, 5, "set already"},
    {"  + x\n", 1, 1, "needs a rule"},
    {"drop ads: x\n  + \n", 2, 5, "empty"},
    {"drop ads: \xff\n", 1, 11, "not UTF-8"},
};

static void note_line(void *context, const struct declutter_error *failure)
{
	sprintf((char *)context + strlen(context), "%u ", failure->line);
}

START_TEST(goes_on_after_wrong_lines_if_someone_listens)
{
	static const char text[] = "dorp ads: x\n  + x\n  -\ndrop ads: (\n  + y\ndrop ads: z\n"
	                           "  + z\n  +\nset entre 3\nkeep: \xff\n  + a\nkeep: b\n";
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	char lines[64] = "";

	declutter_rules_report(rules, note_line, lines);
	ck_assert(declutter_rules_add_text(rules, "a.rules", text, sizeof text - 1, &error));
	ck_assert_str_eq(lines, "1 4 8 9 10 ");
	ck_assert_uint_eq(rules_count(rules), 2);
	ck_assert_uint_eq(rules_at(rules, 0)->example_count, 1);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(says_what_is_wrong_where_and_what_to_write)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	const char *text = wrong[_i].text;

	ck_assert_msg(!declutter_rules_add_text(rules, "a.rules", text, strlen(text), &error),
	    "taken: %s", text);
	ck_assert_str_eq(error.file, "a.rules");
	ck_assert_msg(error.line == wrong[_i].line && error.column == wrong[_i].column,
	    "%s at %u:%u, not %u:%u: %s", text, error.line, error.column, wrong[_i].line,
	    wrong[_i].column, error.message);
	ck_assert_msg(
	    strstr(error.message, wrong[_i].message) != NULL, "%s: \"%s\"", text, error.message);
	declutter_rules_free(rules);
}
END_TEST

TCase *case_parse(void)
{
	TCase *tcase = tcase_create("parse");
	tcase_add_test(tcase, reads_a_rule_with_all_modifiers);
	tcase_add_test(tcase, takes_a_sites_host_from_its_address);
	tcase_add_test(tcase, puts_defines_into_patterns);
	tcase_add_test(tcase, knows_defines_by_their_whole_name);
	tcase_add_test(tcase, cleans_patterns_as_it_cleans_subjects);
	tcase_add_test(tcase, reads_scores_and_their_conditions);
	tcase_add_test(tcase, knows_all_ways_a_line_ends);
	tcase_add_test(tcase, takes_crlf_and_a_bom);
	tcase_add_loop_test(tcase, says_what_is_wrong_where_and_what_to_write, 0,
	    (int)(sizeof wrong / sizeof *wrong));
	tcase_add_test(tcase, goes_on_after_wrong_lines_if_someone_listens);
	return tcase;
}
