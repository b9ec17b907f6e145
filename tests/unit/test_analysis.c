#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "analysis.h"
#include "text.h"
#include "unit.h"

enum kind { START, INSIDE, END };

/* "#" is some number, "@" any. */
static void show_numbers(char *text)
{
	for (; *text; text++) {
		*text = *text == NUMBER_SOME ? '#' : *text;
		*text = *text == NUMBER_ANY ? '@' : *text;
	}
}

/* The literals of all alternatives as "text text* ...", a star behind the open ones. */
static void assert_set(const char *pattern, enum kind kind, const char *expected)
{
	struct analysis analysis;
	char text[1024] = "";

	ck_assert(analysis_init(&analysis, pattern, strlen(pattern)));
	for (size_t k = 0; k < analysis.count; k++) {
		const struct branch *branch = &analysis.branches[k];
		const struct literals *set = kind == START ? &branch->start
		                             : kind == END ? &branch->end
		                                           : &branch->inside;
		for (size_t i = 0; i < set->count; i++) {
			size_t used = strlen(text);
			snprintf(text + used, sizeof text - used, "%s%.*s%s", i + k ? " " : "",
			    (int)set->items[i].size, set->text.data + set->items[i].offset,
			    set->items[i].open ? "*" : "");
		}
	}
	show_numbers(text);
	ck_assert_msg(
	    strcmp(text, expected) == 0, "%s: got \"%s\", not \"%s\"", pattern, text, expected);
	analysis_fini(&analysis);
}

static void assert_literals(const char *pattern, const char *expected)
{
	assert_set(pattern, START, expected);
}

static void assert_inside(const char *pattern, const char *expected)
{
	assert_set(pattern, INSIDE, expected);
}

static void assert_end(const char *pattern, const char *expected)
{
	assert_set(pattern, END, expected);
}

START_TEST(lists_all_that_a_finite_pattern_matches)
{
	assert_literals("Werbung", "werbung");
	assert_literals("anzeigen?", "anzeigen anzeige");
	assert_literals("(?:a|b)c", "ac bc");
	assert_literals("a[xy]", "ax ay");
	assert_literals("a[./-]", "a. a/ a-");
	assert_literals("a[-.]", "a- a.");
	assert_literals("[a-c]", "*");
	assert_literals("[.\\-]", ". -");
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
	assert_literals("(?:a.*|b)c", "a* bc");
	assert_literals("[]a]b", "]b ab");
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
	assert_inside(".*a\\d+.*", "a@");
	assert_inside("(?!.*no).*yes", "yes");
	assert_inside(".*a{0,3}b", "b");
}
END_TEST

START_TEST(finds_what_a_match_ends_with)
{
	assert_end("\\d+ comments?", "@ comments @ comment");
	assert_end("(?:.* )?(?:\\d+ ago|vor .+ tagen)", "@ ago  tagen");
	assert_end("(?:\\d+ views|\\d+)", "@ views @");
	assert_end("x.*|\\d y", " # y");
	assert_end("\\d(?:ab)+", "ab ab");
	assert_end("\\d(?:ab)*", "");
	assert_end("werbung", "werbung");
}
END_TEST

START_TEST(takes_numbers_for_literals)
{
	assert_literals("\\d", "#");
	assert_literals("\\d+", "@");
	assert_literals("[0-9]+", "@");
	assert_literals("\\d* x", "@ x  x");
	assert_literals("\\d{1,} x", "@ x");
	assert_literals("\\d{1,3} x", "# x");
	assert_literals("\\d{2,} x", "# x");
	assert_literals("\\d? x", "# x  x");
	assert_literals("(?:\\d\\d)+ x", "# x");
	assert_literals("[0-4]+ x", "# x");
	assert_literals("[05]x", "0x 5x");
	assert_literals("[05]+ x", "# x");
	assert_literals("7+ x", "# x");
	assert_literals("\\d+[.:]\\d\\d", "@.## @:##");
	assert_literals("[\\d.]x", ".x #x");
	assert_literals("[0-9,]x", ",x #x");
	assert_literals("\\d++x", "@*");
	assert_literals("\\d+?x", "@x");
	/* A range whose end looks like the beginning of another. */
	assert_literals("[+-0-9]", "*");
	assert_literals("[^\\d]x", "*");
	assert_literals("[\\d\\s]x", "*");
	assert_end(".*\\d+ x", "@ x");
	assert_inside(".*\\d{1,2} maj.*", "# maj");
}
END_TEST

/* "shortest longest" in characters, and how many digits there must be, if any. */
static void assert_size(const char *pattern, const char *expected)
{
	struct analysis analysis;
	char text[100], longest[32] = "any", digits[32] = "";

	ck_assert(analysis_init(&analysis, pattern, strlen(pattern)));
	const struct branch *branch = &analysis.branches[0];
	if (branch->longest < SIZE_MAX)
		snprintf(longest, sizeof longest, "%zu", branch->longest);
	if (branch->digits > 0)
		snprintf(digits, sizeof digits, ", %u", branch->digits);
	snprintf(text, sizeof text, "%zu %s%s", branch->shortest, longest, digits);
	ck_assert_msg(strcmp(text, expected) == 0, "%s: %s, not %s", pattern, text, expected);
	analysis_fini(&analysis);
}

START_TEST(knows_how_long_a_match_can_be)
{
	assert_size("größe", "5 5");
	assert_size("ab?c", "2 3");
	assert_size("a{2,5}[xy].", "4 7");
	assert_size("a{2,}", "2 any");
	assert_size("(?:abc|de)+", "2 any");
	assert_size("(?:abc|de){0,3}", "0 9");
	assert_size("(?=.*x)a\\b.", "2 3");
	assert_size("\\d{1,2} (?:km|miles)", "4 8, 1");
	assert_size("\\p{Lu}\\pLx", "3 3");
	assert_size("(?:\\d|x)y", "2 2");
	assert_size("(?:7|[0-9]\\d)y", "2 3, 1");
	assert_size("[0-9a]?\\d?", "0 2");
	assert_size("[^0]", "1 1");
	assert_size("[05]", "1 1, 1");
	assert_size("90", "2 2, 2");
	assert_size("[09]\\.?", "1 2, 1");
	assert_size("[0-]", "1 1");
	assert_size("[-0]", "1 1");
	assert_size("[0", "0 any");
	assert_size("\\d{1,2}/\\d{1,2}/\\d{4}", "8 10, 6");
	assert_size("(?:\\d\\d?:\\d\\d|12|4pm 5 6) x?7", "4 10, 3");
	assert_size("(?:\\d{2}:)?(?:\\d{2}:)*(?:1\\d:){3}", "9 any, 6");
	assert_size("(?=\\d\\d)x(?<!\\d)", "1 1");
	assert_size("\\d{100}", "100 100, 63");
}
END_TEST

static bool can_begin_with(const char *pattern, const char *text)
{
	struct analysis analysis;
	bool found = false;

	ck_assert(analysis_init(&analysis, pattern, strlen(pattern)));
	for (size_t i = 0; i < analysis.count; i++)
		found |= byte_set_has(&analysis.branches[i].first, (unsigned char)*text);
	analysis_fini(&analysis);
	return found;
}

START_TEST(knows_what_a_match_can_begin_with)
{
	ck_assert(can_begin_with("(?:am )?\\d+", "a"));
	ck_assert(can_begin_with("(?:am )?\\d+", "1"));
	ck_assert(can_begin_with("(?:am )?\\d+", "\u0661"));
	ck_assert(!can_begin_with("(?:am )?\\d+", "m"));
	ck_assert(can_begin_with("[xy]?(?:ab|\\d)*ö", "ö"));
	ck_assert(!can_begin_with("[xy]?(?:ab|\\d)*z", "b"));
	ck_assert(can_begin_with("(?!no).*", "n"));
	ck_assert(can_begin_with("\\bx", "x"));
	ck_assert(can_begin_with("[^x]", "y"));
	ck_assert(!can_begin_with("[A-Z]{2}", "1"));
	ck_assert(!can_begin_with("[a-z.]x", " "));
	ck_assert(!can_begin_with("\\p{Lu}\\d", "1"));
	ck_assert(!can_begin_with("(?-i:\\pL)\\d", "-"));
	ck_assert(!can_begin_with("\\w+ \\d", "("));
}
END_TEST

static bool can_end_with(const char *pattern, char last)
{
	struct analysis analysis;
	char text[] = {'?', last};

	ck_assert(analysis_init(&analysis, pattern, strlen(pattern)));
	struct edges edges = analysis_edges(&analysis);
	analysis_fini(&analysis);
	memset(edges.first, 0xff, sizeof edges.first);
	return edges_allow(&edges, text, sizeof text);
}

START_TEST(knows_what_a_match_can_end_with)
{
	ck_assert(can_end_with("share", 'e'));
	ck_assert(can_end_with("share", 'E'));
	ck_assert(!can_end_with("share", 's'));
	ck_assert(can_end_with("share[:.]?", ':'));
	ck_assert(can_end_with("share[:.]?", 'e'));
	ck_assert(!can_end_with("share[:.]?", '!'));
	ck_assert(can_end_with("a(?:b|c+|)", 'a'));
	ck_assert(can_end_with("a(?:b|c+|)", 'c'));
	ck_assert(!can_end_with("a(?:b|c+)", 'a'));
	ck_assert(can_end_with("x|yz", 'x'));
	ck_assert(!can_end_with("x|yz", 'y'));
	ck_assert(can_end_with("a\\d{0,2}", 'a'));
	ck_assert(can_end_with("a\\d{0,2}", '7'));
	ck_assert(!can_end_with("a\\d{2}", 'a'));
	ck_assert(!can_end_with("ab(?=.*c)", 'c'));
	ck_assert(can_end_with("ab(?=.*c).*", 'c'));
	ck_assert(can_end_with("ab\\b", 'x'));  /* nothing is known of what has no width */
	ck_assert(can_end_with("\u212a", 'k')); /* the Kelvin sign */
	/* Beyond ASCII nothing is told. */
	ck_assert(can_end_with("share", '\xa9'));
}
END_TEST

/* Every character that PCRE2 takes for one of the class, folded, can begin a match. */
static void assert_first(const char *class)
{
	int error;
	PCRE2_SIZE offset;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR) class, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_ANCHORED, &error, &offset, NULL);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);

	ck_assert_msg(code && data, "%s", class);
	for (uint32_t c = 1; c < 0x3000; c++) {
		char text[5] = "", folded[5] = "";
		size_t size = text_encode(c, text);
		text_encode(text_fold(c), folded);
		if (pcre2_match(code, (PCRE2_SPTR)text, size, 0, 0, data, NULL) >= 0)
			ck_assert_msg(can_begin_with(class, folded) &&
			                  can_end_with(class, folded[strlen(folded) - 1]),
			    "%s: U+%04X", class, (unsigned)c);
	}
	pcre2_match_data_free(data);
	pcre2_code_free(code);
}

START_TEST(errs_only_towards_more_of_what_a_match_can_begin_with)
{
	static const char *const classes[] = {"[A-Z]", "[./-]", "[-./]", "[^-x]", "[a\\d-]",
	    "[+-0-9]", "[0-9-]", "[1-3x]", "[a-f0-3]", "[x-]", "[-x]", "[à-ü]", "[+-é]", "[\u017f]",
	    "[\u212a-\u212c]", "[\\d.]", "[\\p{Lu}.]", "[\\pL-]", "[\\w-]", "[\\s,]", "[^a-z]",
	    "\\d", "\\D", "\\w", "\\W", "\\s", "\\p{L}", "\\pL", "\\p{Latin}", "\\P{L}", "\\p{^L}",
	    "\\p{Nd}", "[\\]-a]", "[]-a]", "[\\-a]", "."};

	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		assert_first(classes[i]);
}
END_TEST

START_TEST(is_not_exact_where_a_literal_is_not_all_that_is_asked)
{
	struct analysis analysis;

	assert_literals("x(?!y)z", "xz");
	ck_assert(analysis_init(&analysis, "x(?!y)z", 7));
	ck_assert(!analysis.exact);
	analysis_fini(&analysis);
	/* Nor is what a number stands for. */
	ck_assert(analysis_init(&analysis, "a|\\d+ b", 7));
	ck_assert(!analysis.exact);
	analysis_fini(&analysis);
	ck_assert(analysis_init(&analysis, "24 b", 4));
	ck_assert(analysis.exact);
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
	assert_literals("\\x41b", "*");
	assert_literals("\\p", "*");
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
	ck_assert_uint_le(analysis.branches[0].start.count, LITERALS_MAX);
	ck_assert(!analysis.exact);
	analysis_fini(&analysis);
}
END_TEST

TCase *case_analysis(void)
{
	TCase *tcase = tcase_create("analysis");
	tcase_add_test(tcase, lists_all_that_a_finite_pattern_matches);
	tcase_add_test(tcase, keeps_the_beginning_where_the_rest_is_open);
	tcase_add_test(tcase, finds_what_a_match_contains);
	tcase_add_test(tcase, finds_what_a_match_ends_with);
	tcase_add_test(tcase, takes_numbers_for_literals);
	tcase_add_test(tcase, knows_how_long_a_match_can_be);
	tcase_add_test(tcase, knows_what_a_match_can_begin_with);
	tcase_add_test(tcase, knows_what_a_match_can_end_with);
	tcase_add_test(tcase, errs_only_towards_more_of_what_a_match_can_begin_with);
	tcase_add_test(tcase, is_not_exact_where_a_literal_is_not_all_that_is_asked);
	tcase_add_test(tcase, knows_nothing_of_what_it_cannot_read);
	tcase_add_test(tcase, folds_letters_as_the_index_does);
	tcase_add_test(tcase, gives_up_listing_beyond_the_limit);
	return tcase;
}
