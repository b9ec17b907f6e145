#include "folded.h"
#include "unit.h"

static void fold(const char *text, char *key, char *pattern)
{
	struct buffer keys = {0}, patterns = {0};

	ck_assert(folded_make((struct span){text, strlen(text)}, &keys, &patterns));
	sprintf(key, "%.*s", (int)keys.size, keys.data);
	sprintf(pattern, "%.*s", (int)patterns.size, patterns.data);
	buffer_fini(&keys);
	buffer_fini(&patterns);
}

static void assert_pattern(const char *text, const char *expected)
{
	char key[256], pattern[256];

	fold(text, key, pattern);
	ck_assert_str_eq(pattern, expected);
}

static void assert_alike(const char *a, const char *b, bool alike)
{
	char key_a[256], key_b[256], pattern[256];

	fold(a, key_a, pattern);
	fold(b, key_b, pattern);
	ck_assert_msg((strcmp(key_a, key_b) == 0) == alike, "%s / %s", a, b);
}

START_TEST(writes_patterns_that_match_any_number)
{
	assert_pattern("12 comments (3 new)", "\\d+ comments \\(\\d+ new\\)");
	assert_pattern("What? {NAME} a|b", "What\\? \\{NAME\\} a\\|b");
}
END_TEST

START_TEST(writes_patterns_that_match_any_day)
{
	assert_pattern("3. M\u00e4rz 2026, 11.05 Uhr", "\\d+\\. \\p{L}+ \\d+, \\d+\\.\\d+ Uhr");
	assert_pattern("Published March 3, 2026", "Published \\p{L}+ \\d+, \\d+");
	/* No month has a shorter name than May. */
	assert_pattern("3 May 2026", "\\d+ \\p{L}+ \\d+");
	assert_pattern("3 pm 2026", "\\d+ pm \\d+");
	/* A year has four digits. */
	assert_pattern("3 readers 12", "\\d+ readers \\d+");
	assert_pattern("Page 3 12", "Page \\d+ \\d+");
}
END_TEST

START_TEST(tells_lines_of_one_mould)
{
	assert_alike("Seen 12 times", "SEEN 7 TIMES", true);
	assert_alike("Monday, 3 March 2026", "Friday, 30 October 2027", true);
	assert_alike("On 3 March 2026 at 10", "On 4 May 2025 at 9", true);
	assert_alike("3 pages in all", "3 books in all", false);
	assert_alike("By Jane Miller", "By Tom Ridge", false);
}
END_TEST

TCase *case_folded(void)
{
	TCase *tcase = tcase_create("folded");

	tcase_add_test(tcase, writes_patterns_that_match_any_number);
	tcase_add_test(tcase, writes_patterns_that_match_any_day);
	tcase_add_test(tcase, tells_lines_of_one_mould);
	return tcase;
}
