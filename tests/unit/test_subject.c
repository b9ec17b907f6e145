#include "shape.h"
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

START_TEST(removes_what_nobody_sees)
{
	assert_subject("l\u2019article, l\u02bcarticle", "l'article, l'article");
	assert_subject("\u0130stanbul k\u0131y\u0131s\u0131", "Istanbul kiyisi");
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
	assert_subject("*bold*", "*bold*");
}
END_TEST

START_TEST(joins_wrapped_lines)
{
	assert_subject("one two\n  three\n", "one two three");
	assert_subject("> one\n> two\n", "one two");
	assert_subject("中文文本\n继续\n", "中文文本继续");
}
END_TEST

START_TEST(replaces_bytes_that_are_no_utf8)
{
	assert_subject("a\xff\xfe"
	               "b",
	    "a\ufffd\ufffdb");
}
END_TEST

static short feature(const char *text, enum feature feature)
{
	struct subject subject = {0};
	struct features features;

	ck_assert(subject_make(&subject, text, strlen(text), NULL) && subject_fold(&subject));
	subject_find_likeness(&subject);
	shape_prose(&subject, 10, &features);
	shape_features(&subject, &features);
	subject_fini(&subject);
	return features.value[feature];
}

START_TEST(counts_words_in_scripts_with_and_without_spaces)
{
	ck_assert_int_eq(feature("Don't count two-part words thrice.", FEATURE_WORDS), 6);
	ck_assert_int_eq(feature("今日は天気がいいです。", FEATURE_WORDS), 5);
	ck_assert_int_eq(feature("", FEATURE_WORDS), 0);
}
END_TEST

START_TEST(sees_how_a_paragraph_ends)
{
	ck_assert_int_eq(feature("That is all.", FEATURE_ENDS), ENDS_SENTENCE);
	ck_assert_int_eq(feature("„Das ist alles.“", FEATURE_ENDS), ENDS_SENTENCE);
	ck_assert_int_eq(feature("以上です。", FEATURE_ENDS), ENDS_SENTENCE);
	ck_assert_int_eq(feature("هل هذا كل شيء؟", FEATURE_ENDS), ENDS_SENTENCE);
	ck_assert_int_eq(feature("यह सब है।", FEATURE_ENDS), ENDS_SENTENCE);
	ck_assert_int_eq(feature("Namely:", FEATURE_ENDS), ENDS_COLON);
	ck_assert_int_eq(feature("first,", FEATURE_ENDS), ENDS_COMMA);
	ck_assert_int_eq(feature("and so on...", FEATURE_ENDS), ENDS_ELLIPSIS);
	ck_assert_int_eq(feature("Headline without", FEATURE_ENDS), ENDS_PLAIN);
}
END_TEST

START_TEST(calls_long_sentences_prose)
{
	ck_assert_int_eq(
	    feature("It was a long day, and nobody wanted to go home.", FEATURE_PROSE), 1);
	ck_assert_int_eq(feature("It was a long day.", FEATURE_PROSE), 0);
	ck_assert_int_eq(
	    feature("One two three four five six seven eight nine ten", FEATURE_PROSE), 0);
}
END_TEST

START_TEST(sees_dates_and_clock_times_in_short_lines)
{
	ck_assert_int_eq(feature("12:30", FEATURE_DATE), 1);
	ck_assert_int_eq(feature("Published 31.1.2024", FEATURE_DATE), 1);
	ck_assert_int_eq(feature("5 May 2024", FEATURE_DATE), 1);
	ck_assert_int_eq(feature("Chapter 12", FEATURE_DATE), 0);
}
END_TEST

START_TEST(sees_the_shape_of_letters)
{
	ck_assert_int_eq(feature("BREAKING NEWS", FEATURE_ALL_CAPITALS), 1);
	ck_assert_int_eq(feature("and more", FEATURE_LOWER_START), 1);
	ck_assert_int_eq(feature("“So what?”", FEATURE_QUOTE_START), 1);
	ck_assert_int_eq(feature("– Yes.", FEATURE_DASH_START), 1);
	ck_assert_int_eq(feature("Home | News | Sport", FEATURE_BARS), 2);
	ck_assert_int_eq(feature("One Two three four", FEATURE_CAPITALISED), 50);
}
END_TEST

START_TEST(has_one_shape_for_all_numbers)
{
	struct subject a = {0}, b = {0};

	ck_assert(
	    subject_make(&a, "2 days ago", 10, NULL) && subject_make(&b, "15 days ago", 11, NULL));
	ck_assert(subject_fold(&a) && subject_fold(&b));
	subject_find_likeness(&a);
	subject_find_likeness(&b);
	ck_assert_uint_eq(a.shape, b.shape);
	ck_assert_uint_ne(a.hash, b.hash);
	ck_assert(subject_make(&b, "15 hours ago", 12, NULL) && subject_fold(&b));
	subject_find_likeness(&b);
	ck_assert_uint_ne(a.shape, b.shape);
	subject_fini(&a);
	subject_fini(&b);
}
END_TEST

TCase *case_subject(void)
{
	TCase *tcase = tcase_create("subject");
	tcase_add_test(tcase, folds_white_space);
	tcase_add_test(tcase, removes_what_nobody_sees);
	tcase_add_test(tcase, removes_list_markers_and_quote_marks);
	tcase_add_test(tcase, joins_wrapped_lines);
	tcase_add_test(tcase, replaces_bytes_that_are_no_utf8);
	tcase_add_test(tcase, counts_words_in_scripts_with_and_without_spaces);
	tcase_add_test(tcase, sees_how_a_paragraph_ends);
	tcase_add_test(tcase, calls_long_sentences_prose);
	tcase_add_test(tcase, sees_dates_and_clock_times_in_short_lines);
	tcase_add_test(tcase, sees_the_shape_of_letters);
	tcase_add_test(tcase, has_one_shape_for_all_numbers);
	return tcase;
}
