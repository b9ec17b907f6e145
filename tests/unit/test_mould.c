#include "mould.h"

#include "scan.h"
#include "text.h"
#include "unit.h"

static void assert_mould(const char *text, const char *expected)
{
	size_t size = strlen(text);
	bool in_ascii = true;
	struct buffer in = {0}, out = {0};

	ck_assert(
	    buffer_reserve(&in, size + SCAN_BLOCK) && buffer_reserve(&out, size + 2 * SCAN_BLOCK));
	memset(in.data, '1', size + SCAN_BLOCK);
	memcpy(in.data, text, size);
	for (size_t i = 0; i < size; i++)
		in_ascii &= (unsigned char)text[i] < 0x80;
	/* Of ASCII, whichever way. */
	for (int way = in_ascii ? 0 : 1; way < 2; way++) {
		char *end = mould_make(out.data, (struct span){in.data, size}, way == 0);
		ck_assert_uint_eq((size_t)(end - out.data), strlen(expected));
		ck_assert_mem_eq(out.data, expected, strlen(expected));
	}
	buffer_fini(&in);
	buffer_fini(&out);
}

START_TEST(makes_each_number_a_zero)
{
	assert_mould("", "");
	assert_mould("no number", "no number");
	assert_mould("7", "0");
	assert_mould("2024", "0");
	assert_mould("12:30, 1 of 20", "0:0, 0 of 0");
	assert_mould("1.000,50 and 3d", "0.0,0 and 0d");
	assert_mould("at 2024-01-31 12:30:59 or on 1 may 2024, 09:00 (9 am) in room 100b",
	    "at 0-0-0 0:0:0 or on 0 may 0, 0:0 (0 am) in room 0b");
}
END_TEST

START_TEST(makes_numbers_of_any_length_a_zero)
{
	char text[300], expected[300];

	/* Across the blocks that are looked at together. */
	for (size_t before = 0; before < 70; before++)
		for (size_t digits = 1; digits < 140; digits += 23) {
			memset(text, 'x', sizeof text);
			memset(text + before, '4', digits);
			text[before + digits + 2] = '\0';
			memset(expected, 'x', sizeof expected);
			expected[before] = '0';
			expected[before + 3] = '\0';
			assert_mould(text, expected);
			text[before + digits] = expected[before + 1] = '\0';
			assert_mould(text, expected);
		}
}
END_TEST

START_TEST(knows_digits_of_other_scripts)
{
	assert_mould("\u0661\u0662:\u0663", "0:0");
	assert_mould("1\u0662 x \uff11", "0 x 0");
	assert_mould("it\u2019s \u00bd of \u2460", "it\u2019s \u00bd of \u2460");
}
END_TEST

static void assert_literal(const char *literal, const char *expected, enum numbers wanted)
{
	struct buffer out = {0};
	enum numbers numbers;

	ck_assert(mould_literal(&out, (struct span){literal, strlen(literal)}, &numbers));
	ck_assert_uint_eq(out.size, strlen(expected));
	ck_assert(out.size == 0 || memcmp(out.data, expected, out.size) == 0);
	ck_assert_int_eq(numbers, wanted);
	buffer_fini(&out);
}

/* "\1" and "\2" are NUMBER_SOME and NUMBER_ANY. */
START_TEST(tells_which_numbers_a_literal_has)
{
	assert_literal("", "", NUMBERS_NONE);
	assert_literal("no number", "no number", NUMBERS_NONE);
	assert_literal("\2 views", "0 views", NUMBERS_ANY);
	assert_literal("\2/\2", "0/0", NUMBERS_ANY);
	assert_literal("\1 views", "0 views", NUMBERS_SOME);
	assert_literal("\2 of 10", "0 of 0", NUMBERS_SOME);
	assert_literal("10 of \2", "0 of 0", NUMBERS_SOME);
	assert_literal("\2\2 views", "0 views", NUMBERS_SOME);
	assert_literal("\2\1 views", "0 views", NUMBERS_SOME);
	assert_literal("1\2 views", "0 views", NUMBERS_SOME);
	assert_literal("\u0661\2", "0", NUMBERS_SOME);
	assert_literal("7", "0", NUMBERS_SOME);
}
END_TEST

TCase *case_mould(void)
{
	TCase *tcase = tcase_create("mould");
	tcase_add_test(tcase, makes_each_number_a_zero);
	tcase_add_test(tcase, makes_numbers_of_any_length_a_zero);
	tcase_add_test(tcase, knows_digits_of_other_scripts);
	tcase_add_test(tcase, tells_which_numbers_a_literal_has);
	return tcase;
}
