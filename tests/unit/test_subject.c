#include "subject.h"
#include "unit.h"

static void assert_subject(const char *lines, const char *expected)
{
	struct subject subject = {0};

	ck_assert(subject_make(&subject, lines, strlen(lines), NULL) && subject_fold(&subject));
	ck_assert_msg(subject.text.size == strlen(expected) &&
	                  memcmp(subject.text.data ? subject.text.data : "", expected,
	                      subject.text.size) == 0,
	    "got \"%.*s\", not \"%s\"", (int)subject.text.size, subject.text.data, expected);
	subject_fini(&subject);
}

START_TEST(folds_white_space)
{
	assert_subject("  an \t b\u00a0c\u2009d \r\n", "an b c d");
	assert_subject(" \u00a0\t\n", "");
}
END_TEST

START_TEST(joins_lines_whatever_stands_where)
{
	static const char *const pieces[][2] = {{" ", " "}, {"  ", " "}, {"\t", " "}, {"\x01", " "},
	    {"\x7f", " "}, {"\u00a0", " "}, {"\u00ad", ""}, {"\u2019", "'"}, {"~", "~"},
	    {"\u00fc", "\u00fc"}, {" \u00fc ", " \u00fc "}};

	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
		for (int before = 1; before < 20; before++) {
			static const char xs[] = "xxxxxxxxxxxxxxxxxxxx";
			char lines[100], expected[100];
			snprintf(lines, sizeof lines, "%.*s%s%.*s\n  It rains.\n", before, xs,
			    pieces[i][0], 20 - before, xs);
			snprintf(expected, sizeof expected, "%.*s%s%.*s It rains.", before, xs,
			    pieces[i][1], 20 - before, xs);
			assert_subject(lines, expected);
		}
}
END_TEST

START_TEST(removes_what_nobody_sees)
{
	assert_subject("l\u2019article, l\u02bcarticle", "l'article, l'article");
	assert_subject("\u0130stanbul k\u0131y\u0131s\u0131", "Istanbul kiyisi");
	/* Greek vowels without their accents, which capitals do not have; two dots are no accent.
	 */
	assert_subject("\u0394\u03b9\u03b1\u03c6\u03ae\u03bc\u03b9\u03c3\u03b7",
	    "\u0394\u03b9\u03b1\u03c6\u03b7\u03bc\u03b9\u03c3\u03b7");
	assert_subject("\u038c\u03c1\u03bf\u03b9 \u03a0\u03c1\u03b1\u0390",
	    "\u039f\u03c1\u03bf\u03b9 \u03a0\u03c1\u03b1\u03ca");
	assert_subject("\ufeffWer\u00adbung", "Werbung");
	assert_subject("W\u200be\u200br\u200bbung", "Werbung");
}
END_TEST

START_TEST(removes_list_markers_and_quote_marks)
{
	assert_subject("  • Politik\n", "Politik");
	assert_subject("  □ ☆ Sport\n", "Sport");
	assert_subject("> - quoted item\n", "quoted item");
	assert_subject("- Anzeige -", "Anzeige -");
	assert_subject("-5 degrees", "-5 degrees");
	assert_subject("*bold", "*bold");
}
END_TEST

START_TEST(removes_the_names_of_pictures_before_a_text)
{
	assert_subject("[logo-small] Werbung\n", "Werbung");
	assert_subject("  • [6ab3][icon_2x]Ann says:\n", "Ann says:");
	assert_subject("[b\u00fcrger-2]  Werbung", "Werbung");
	assert_subject("[logo-small]\n", "[logo-small]");
	assert_subject("[icon_2x] [6ab3]", "[icon_2x] [6ab3]");
	assert_subject("[1] See the last page.", "[1] See the last page.");
	assert_subject("[Update] It rains.", "[Update] It rains.");
	assert_subject("[2026-03-01] It rains.", "[2026-03-01] It rains.");
	assert_subject("[no name-1] It rains.", "[no name-1] It rains.");
	assert_subject("[logo-small", "[logo-small");
	assert_subject("It rains.\n[logo-small] Werbung\n", "It rains. [logo-small] Werbung");
	char longest[80] = "[";
	memset(longest + 1, '-', 59);
	longest[1] = 'a';
	strcat(longest, "] x");
	assert_subject(longest, "x");
	longest[0] = 'a';
	memmove(longest + 1, longest, strlen(longest) + 1);
	longest[0] = '[';
	assert_subject(longest, longest);
}
END_TEST

START_TEST(joins_wrapped_lines)
{
	assert_subject("one two\n  three\n", "one two three");
	assert_subject("> one\n> two\n", "one two");
	assert_subject("a\nbc\n", "a bc");
	assert_subject("the town\n, he said\n.\n", "the town, he said.");
	assert_subject("\n\nbc\n", "bc");
	assert_subject("中文文本\n继续\n", "中文文本继续");
}
END_TEST

START_TEST(replaces_bytes_that_are_no_utf8)
{
	assert_subject("a\xff\xfe"
	               "b",
	    "a\ufffd\ufffdb");
	/* What is behind the lines does not count, even if it would complete them. */
	struct subject subject = {0};
	ck_assert(subject_make(&subject, " ab\u00e4", 4, NULL));
	ck_assert_uint_eq(subject.text.size, 5);
	ck_assert_mem_eq(subject.text.data, "ab\ufffd", 5);
	subject_fini(&subject);
	size_t indent;
	ck_assert_uint_eq(subject_marker(" \u00a0", 2, &indent), 1);
	ck_assert_uint_eq(indent, 1);
	ck_assert_uint_eq(subject_marker(" \u00a0- \u00a0x", 8, &indent), 7);
	ck_assert_uint_eq(indent, 3);
	ck_assert_uint_eq(subject_marker("- \u00a0", 3, &indent), 2);
}
END_TEST

/* Folded by its edges it begins and ends as it does when folded whole. */
static void assert_edges(const char *text)
{
	struct subject whole = {0}, edges = {0};

	ck_assert(subject_make(&whole, text, strlen(text), NULL) && subject_fold(&whole));
	ck_assert(subject_make(&edges, text, strlen(text), NULL) && subject_fold_edges(&edges));
	size_t size = whole.folded.size < SUBJECT_EDGE ? whole.folded.size : SUBJECT_EDGE;
	ck_assert_uint_ge(edges.folded.size, size);
	ck_assert_mem_eq(edges.folded.data, whole.folded.data, size);
	ck_assert_mem_eq(edges.folded.data + edges.folded.size - size,
	    whole.folded.data + whole.folded.size - size, size);
	if (whole.folded.size < 2 * SUBJECT_EDGE) {
		ck_assert_uint_eq(edges.folded.size, whole.folded.size);
		ck_assert_mem_eq(edges.folded.data, whole.folded.data, whole.folded.size);
	}
	subject_fini(&whole);
	subject_fini(&edges);
}

START_TEST(folds_the_edges_of_any)
{
	static const char *const units[] = {"A", "1", "\u0416", "\u212a", "\U00010400", "A\u00df"};
	const size_t count = sizeof units / sizeof *units;

	for (size_t first = 0; first < count; first++)
		for (size_t last = 0; last < count; last++)
			for (size_t size = 0; size < 40; size++) {
				char text[256] = "";
				for (size_t i = 0; i < size; i++)
					strcat(text, units[i < size / 2 ? first : last]);
				assert_edges(text);
			}
}
END_TEST

static uint64_t shape_of(const char *text)
{
	struct subject subject = {0};

	ck_assert(subject_make(&subject, text, strlen(text), NULL) && subject_fold(&subject));
	subject_find_words(&subject);
	uint64_t shape = subject.shape;
	subject_fini(&subject);
	return shape;
}

START_TEST(has_one_shape_for_all_numbers)
{
	ck_assert_uint_eq(shape_of("2 days ago"), shape_of("15 days ago"));
	ck_assert_uint_ne(shape_of("2 days ago"), shape_of("2 hours ago"));
	ck_assert_uint_eq(shape_of("page 1"), shape_of("page 10"));
	ck_assert_uint_ne(shape_of("page 1"), shape_of("page 1 2"));
	ck_assert_uint_ne(shape_of("page 1"), shape_of("page"));
}
END_TEST

START_TEST(sees_numbers_wherever_they_are_in_a_long_line)
{
	for (size_t before = 0; before < 3 * SCAN_BLOCK; before++) {
		char one[4 * SCAN_BLOCK] = "", three[4 * SCAN_BLOCK] = "";
		memset(one, 'x', before);
		memset(three, 'x', before);
		strcat(one, "1 of 10");
		strcat(three, "123 of 4");
		ck_assert_uint_eq(shape_of(one), shape_of(three));
		strcat(three, ".");
		ck_assert_uint_ne(shape_of(one), shape_of(three));
	}
}
END_TEST

TCase *case_subject(void)
{
	TCase *tcase = tcase_create("subject");
	tcase_add_test(tcase, folds_white_space);
	tcase_add_test(tcase, joins_lines_whatever_stands_where);
	tcase_add_test(tcase, removes_what_nobody_sees);
	tcase_add_test(tcase, removes_list_markers_and_quote_marks);
	tcase_add_test(tcase, removes_the_names_of_pictures_before_a_text);
	tcase_add_test(tcase, joins_wrapped_lines);
	tcase_add_test(tcase, replaces_bytes_that_are_no_utf8);
	tcase_add_test(tcase, folds_the_edges_of_any);
	tcase_add_test(tcase, has_one_shape_for_all_numbers);
	tcase_add_test(tcase, sees_numbers_wherever_they_are_in_a_long_line);
	return tcase;
}
