#include "index.h"
#include "rules.h"
#include "text.h"
#include "unit.h"

/* The lines of the rules that the index proposes for the subject, as "1 3 ...". */
static void assert_candidates(const char *text, const char *line, const char *expected)
{
	struct declutter_rules *rules = settled(text);
	struct subject subject = {0};
	struct candidates candidates = {0};
	char found[256] = "";

	ck_assert(subject_make(&subject, line, strlen(line), NULL) && subject_fold(&subject));
	ck_assert(index_candidates(rules->own_index, &subject, &candidates));
	for (size_t i = 0; i < candidates.count; i++)
		snprintf(found + strlen(found), sizeof found - strlen(found), "%s%u%s",
		    *found ? " " : "", rules_at(rules, candidates.items[i].rule)->facts.line,
		    candidates.items[i].certain ? "!" : "");
	ck_assert_str_eq(found, expected);
	ck_assert(subject_fold_edges(&subject));
	ck_assert(!*expected || !index_rules_out(rules->own_index, &subject));
	candidates_fini(&candidates);
	subject_fini(&subject);
	declutter_rules_free(rules);
}

static const char rules[] = "drop ads: werbung|anzeige\n"
                            "drop credit: foto: .*\n"
                            "drop ads: .*dpa\n"
                            "drop consent any len=90: cookies\n"
                            "drop ads case: AP\n";

START_TEST(finds_phrases_by_the_whole_subject)
{
	assert_candidates(rules, "WERBUNG", "1!");
	assert_candidates(rules, "Werbungen", "");
}
END_TEST

START_TEST(finds_open_patterns_by_their_beginning)
{
	assert_candidates(rules, "Foto: privat", "2");
	assert_candidates(rules, "Fotos", "");
}
END_TEST

START_TEST(proposes_each_rule_once_and_in_their_order)
{
	static const char several[] = "drop ads: werbung|anzeige\n"
	                              "drop nav: .*ung\n"
	                              "drop nav: wer.*|werb.*|.*bung\n";

	assert_candidates(several, "Werbung", "1! 2 3");
}
END_TEST

START_TEST(keeps_all_beginnings_where_some_begin_alike)
{
	static const char alike[] =
	    "drop ads: (?:advertising on monday|advertising on sunday|promotion|zeppelins) .*\n";

	assert_candidates(alike, "advertising on sunday is dear", "1");
	assert_candidates(alike, "promotion here", "1");
	assert_candidates(alike, "zeppelins here", "1");
	assert_candidates(alike, "balloons here", "");
	/* A rule's phrase that is longer than its subjects may be is no reason to leave the others
	 * out. */
	assert_candidates("drop ads len=6: (?:advertising|promo)s?\n", "promos", "1!");
	assert_candidates("drop ads len=6: (?:advertising|promo)s?\n", "advertising", "");
}
END_TEST

static void assert_parts(const char *text, size_t count)
{
	struct declutter_rules *set = settled(text);

	ck_assert_uint_eq(set->own_index->parts.count, count);
	declutter_rules_free(set);
}

START_TEST(keeps_no_literal_where_a_shorter_one_leads_to_the_rule)
{
	assert_parts("drop date: (?:publi|publié|publié le|paru).*\n", 2);
	assert_parts("drop date: (?:publié le|publi|paru).*\n", 2);
	assert_parts("drop ads: .*(?:image|bigimage|picture)\n", 2);
	assert_parts("drop ads any len=90: (?:cookie|the cookies|banner)\n", 2);
	/* As far as they are indexed both are the same, but one is too long for the rule. */
	assert_candidates(
	    "drop ads len=11: (?:advertisements|advertiseme).*\n", "advertiseme", "1");
	assert_candidates("drop date: (?:publi|publié|paru).*\n", "Publié hier", "1");
}
END_TEST

START_TEST(finds_patterns_by_their_end)
{
	assert_candidates(rules, "Berlin, DPA", "3");
	assert_candidates(rules, "dpa, Berlin", "");
	assert_candidates("drop share: .+ views|.*\\d\n", "Seven views", "1");
}
END_TEST

START_TEST(tries_a_pattern_with_a_digit_where_there_may_be_one)
{
	assert_candidates("drop date: .*\\d.*\n", "in 2024 or so", "1");
	assert_candidates("drop date: .*\\d.*\n", "in \u0be7 or so", "1");
	assert_candidates("drop date: .*\\d.*\n", "in no year", "");
	assert_candidates("drop date: \\d{1,3}\n", "12345", "");
	assert_candidates("drop date: .*\\d.?\\d.*\n", "in 2 or so", "");
	assert_candidates("drop date: .*\\d.?\\d.*\n", "in 2 or 3", "1");
	assert_candidates("drop date: at .*\\d.?\\d.?\\d\n", "at 2 or 3", "");
	assert_candidates("drop date: at .*\\d.?\\d.?\\d\n", "at 2 or 30", "1");
}
END_TEST

START_TEST(finds_numbers_by_where_they_are)
{
	assert_candidates("drop date: at \\d+:\\d{2}.*\n", "at 2 or 30", "");
	assert_candidates("drop date: at \\d+:\\d{2}.*\n", "at 10:30 or so", "1");
	assert_candidates("drop date: \\d{1,2}/\\d{4}\n", "10/2024", "1");
	assert_candidates("drop date: \\d{1,2}/\\d{4}\n", "10/20/2024", "");
	assert_candidates("drop date: \\d{1,2}/\\d{4}\n", "x 10/2024", "");
	assert_candidates("drop date: .* \\d{1,2} maj\n", "den 12 maj", "1");
	assert_candidates("drop date: .* \\d{1,2} maj\n", "den 1:a maj", "");
	assert_candidates("drop date: .* \\d{1,2} maj .*\n", "den 12 maj 2024", "1");
	assert_candidates("drop date: .* \\d{1,2} maj .*\n", "12 eller 13 i maj", "");
}
END_TEST

START_TEST(is_certain_of_numbers_that_may_be_any)
{
	assert_candidates("drop share: \\d+ (?:min|hours)\n", "12 min", "1!");
	assert_candidates("drop share: [0-9]+ min\n", "12 min", "1!");
	assert_candidates("drop share: [0-9]* ?min\n", "min", "1!");
	assert_candidates("drop share: \\d{2} min\n", "12 min", "1");
	assert_candidates("drop share: \\d+\\d min\n", "1 min", "");
	assert_candidates("drop share: \\d+\\d min\n", "12 min", "1");
	assert_candidates("drop share: [0-8]+ min\n", "9 min", "1");
	assert_candidates("drop share: \\d+(?! m)...\n", "9 min", "1");
	assert_candidates("drop share case: \\d+ MIN\n", "9 min", "1");
	/* PCRE2 is to say whose digits these are. */
	assert_candidates("drop share: [0-9]+ min\n", "\u0667 min", "1");
	assert_candidates("drop share: [0-9]+ min\n", "7\u0667 min", "1");
	assert_candidates("drop share: \\d+ min\n", "\uff17 min", "1");
}
END_TEST

START_TEST(is_certain_of_numbers_that_are_the_same)
{
	assert_candidates("drop legal: top 10|top 10 of 2024\n", "Top 10", "1!");
	assert_candidates("drop legal: top 10|top 10 of 2024\n", "Top 10 of 2024", "1!");
	assert_candidates("drop legal: top 10|top 10 of 2024\n", "Top 20", "");
	assert_candidates("drop legal: top 10|top 10 of 2024\n", "Top 10 of 2023", "");
	assert_candidates("drop legal: top \u0667\n", "Top \u0667", "1!");
	assert_candidates("drop legal: top \u0667\n", "Top 7", "");
	assert_candidates("drop legal: (?:top|best) 10 of \\d+\n", "Top 10 of 2024", "1");
}
END_TEST

/* For PCRE2 they are all digits. */
START_TEST(knows_the_digits_of_all_scripts)
{
	struct declutter_rules *set = settled("drop share: a\\d\n");
	struct matcher *matcher = matcher_new();
	struct subject subject = {0};
	struct candidates candidates = {0};

	for (uint32_t c = '0'; c < 0x110000; c++) {
		char line[8] = "a";
		if (c == 0xd800)
			c = 0xe000;
		size_t size = 1 + text_encode(c, line + 1);
		if (rule_match(set->own[0], matcher, &(struct subject){.text = {line, size}}) !=
		    MATCH_YES)
			continue;
		candidates.count = 0;
		ck_assert(subject_make(&subject, line, size, NULL) && subject_fold(&subject));
		ck_assert(index_candidates(set->own_index, &subject, &candidates));
		ck_assert_msg(candidates.count == 1, "U+%04X", (unsigned)c);
	}
	candidates_fini(&candidates);
	subject_fini(&subject);
	matcher_free(matcher);
	declutter_rules_free(set);
}
END_TEST

START_TEST(finds_searching_rules_by_what_must_be_inside)
{
	assert_candidates(rules, "We use COOKIES.", "4");
	assert_candidates("drop share: .{2,30} (?:wrote|schrieb):\n", "Ann wrote:", "1");
	assert_candidates("drop share: .{2,30} (?:wrote|schrieb):\n", "Ann has written:", "");
	assert_candidates("drop ads any len=90: (?:ad|promo)\n", "xy", "1");
	/* It is shorter than any match. */
	assert_candidates("drop ads any len=90: (?:ad|promo)\n", "x", "");
}
END_TEST

START_TEST(leaves_searching_rules_out_of_lines_that_are_too_long)
{
	char line[200];

	memset(line, 'x', 150);
	line[150] = '\0';
	assert_candidates(rules, line, "");
}
END_TEST

START_TEST(is_not_certain_of_rules_that_heed_case)
{
	assert_candidates(rules, "ap", "5");
}
END_TEST

static bool rules_out(const char *text, const char *line)
{
	struct declutter_rules *set = settled(text);
	struct subject subject = {0};

	ck_assert(subject_make(&subject, line, strlen(line), NULL) && subject_fold_edges(&subject));
	bool out = index_rules_out(set->own_index, &subject);
	subject_fini(&subject);
	declutter_rules_free(set);
	return out;
}

START_TEST(tells_by_its_edges_of_a_line_that_nothing_matches)
{
	static const char *const lines[] = {"", "x", "The sun shines.", "\u0416\u0416\u0416\u0416"};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		ck_assert(rules_out("drop ads: werbung\n", lines[i]));
		ck_assert(rules_out("drop ads: foto: .*\n", lines[i]));
		ck_assert(rules_out("drop ads: .*dpa\n", lines[i]));
	}
	/* Only the rest of the line can tell. */
	ck_assert(!rules_out("drop ads: werbung\n", "Werbung"));
	ck_assert(!rules_out("drop ads: werbung\n", "werb ... bung"));
	ck_assert(!rules_out("drop ads: abcdef.*\n", "abcd"));
	ck_assert(!rules_out("drop consent any len=90: cookies\n", "The sun shines."));
	ck_assert(!rules_out("drop ads: \\d+ [a-z]+\n", "1 x"));
}
END_TEST

START_TEST(asks_lines_without_a_digit_for_no_edge_of_what_needs_one)
{
	static const char rule[] = "drop date: [0-9]+:[0-9]+h\n";

	ck_assert(rules_out(rule, "The fish"));
	ck_assert(!rules_out(rule, "12:30h"));
	/* Both are told apart by edges of their own sizes. */
	ck_assert(rules_out("drop date: [0-9]+:[0-9]+h\ndrop ads: .*bath\n", "The fish"));
	ck_assert(!rules_out("drop date: [0-9]+:[0-9]+h\ndrop ads: .*bath\n", "A bath"));
	ck_assert(!rules_out("drop date: [0-9]+:[0-9]+h\ndrop ads: .*bath\n", "A 2nd bath"));
}
END_TEST

TCase *case_index(void)
{
	TCase *tcase = tcase_create("index");
	tcase_add_test(tcase, finds_phrases_by_the_whole_subject);
	tcase_add_test(tcase, finds_open_patterns_by_their_beginning);
	tcase_add_test(tcase, proposes_each_rule_once_and_in_their_order);
	tcase_add_test(tcase, keeps_all_beginnings_where_some_begin_alike);
	tcase_add_test(tcase, keeps_no_literal_where_a_shorter_one_leads_to_the_rule);
	tcase_add_test(tcase, finds_patterns_by_their_end);
	tcase_add_test(tcase, tries_a_pattern_with_a_digit_where_there_may_be_one);
	tcase_add_test(tcase, finds_numbers_by_where_they_are);
	tcase_add_test(tcase, is_certain_of_numbers_that_may_be_any);
	tcase_add_test(tcase, is_certain_of_numbers_that_are_the_same);
	tcase_add_test(tcase, knows_the_digits_of_all_scripts);
	tcase_add_test(tcase, finds_searching_rules_by_what_must_be_inside);
	tcase_add_test(tcase, leaves_searching_rules_out_of_lines_that_are_too_long);
	tcase_add_test(tcase, is_not_certain_of_rules_that_heed_case);
	tcase_add_test(tcase, tells_by_its_edges_of_a_line_that_nothing_matches);
	tcase_add_test(tcase, asks_lines_without_a_digit_for_no_edge_of_what_needs_one);
	return tcase;
}
