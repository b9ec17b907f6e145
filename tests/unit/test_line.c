#include "line.h"
#include "unit.h"

/* The line as it is measured both ways must be read up to a block beyond its end. */
static struct line measured(const char *text, const struct line *before)
{
	static char bytes[1024];
	struct line line;

	memset(bytes, 'x', sizeof bytes);
	memcpy(bytes, text, strlen(text));
	ck_assert(line_measure(&line, bytes, strlen(text), before, true));
	return line;
}

START_TEST(measures_columns_and_words)
{
	struct line line = measured("  \u2022 Stra\u00dfe und \u4e2d\u6587\n", NULL);

	ck_assert_uint_eq(line.indent, 2);
	ck_assert_uint_eq(line.text, 4);
	ck_assert_uint_eq(line.columns, 19);
	ck_assert_uint_eq(line.wide, 2);
	ck_assert_uint_eq(line.words, 4);
	ck_assert(line.marked && !line.lower && !line.ended);
	line = measured("we met on 12 May.\r\n", NULL);
	ck_assert_uint_eq(line.size, 19);
	ck_assert_uint_eq(line.columns, 17);
	ck_assert_uint_eq(line.first_word, 2);
	ck_assert(line.lower && line.ended && !line.numbered && line.scan.tidy);
	ck_assert(measured("12. May\n", NULL).numbered);
	ck_assert(measured("--------------------\n", NULL).ruler);
	ck_assert(!measured("-------------------\n", NULL).ruler);
}
END_TEST

START_TEST(tells_blank_lines)
{
	static const char blanks[1024] = " \u00a0\t\r\n";
	struct line line;

	ck_assert(!line_measure(&line, blanks, 6, NULL, true));
	ck_assert(!line_measure(&line, blanks + 5, 1, NULL, true));
}
END_TEST

START_TEST(tells_how_a_line_goes_on)
{
	ck_assert(measured("the council of \n", NULL).spaced);
	ck_assert(!measured("the council of\n", NULL).spaced);
	ck_assert(measured(", he said\n", NULL).midst);
	ck_assert(measured(".\n", NULL).midst);
	ck_assert(!measured(".. \n", NULL).midst);
	ck_assert(!measured(",\u00a0\n", NULL).midst);
}
END_TEST

START_TEST(follows_the_addresses_of_links)
{
	struct line first = measured("see [the list](https://www.example.org/\n", NULL);

	ck_assert(first.linked && first.open && !first.closes);
	struct line second = measured("of-\n", &first);
	ck_assert(!second.linked && second.closes && second.open);
	struct line third = measured("pages) and [more](a.html)\n", &second);
	ck_assert(third.linked && third.closes && !third.open);
	ck_assert(!measured("two words\n", &first).closes);
	ck_assert(!measured("word\n", NULL).closes);
	ck_assert(!measured("word\n", &third).closes);
}
END_TEST

TCase *case_line(void)
{
	TCase *tcase = tcase_create("line");
	tcase_add_test(tcase, measures_columns_and_words);
	tcase_add_test(tcase, tells_blank_lines);
	tcase_add_test(tcase, tells_how_a_line_goes_on);
	tcase_add_test(tcase, follows_the_addresses_of_links);
	return tcase;
}
