#include "shape.h"
#include "unit.h"

/* A text's features, with ten words for prose. */
static struct features features_of(const char *text)
{
	struct subject subject = {0};
	struct features features;

	ck_assert(subject_make(&subject, text, strlen(text), NULL));
	shape_prose(&subject, 10, &features);
	shape_features(&subject, &features);
	subject_fini(&subject);
	return features;
}

static short feature(const char *text, enum feature feature)
{
	return features_of(text).value[feature];
}

START_TEST(counts_words_in_scripts_with_and_without_spaces)
{
	ck_assert_int_eq(feature("Don't count two-part words thrice.", FEATURE_WORDS), 6);
	ck_assert_int_eq(feature("今日は天気がいいです。", FEATURE_WORDS), 5);
	ck_assert_int_eq(feature("iOS は今日", FEATURE_WORDS), 2);
	ck_assert_int_eq(feature("", FEATURE_WORDS), 0);
}
END_TEST

START_TEST(sees_how_a_paragraph_ends)
{
	static const struct {
		const char *text;
		enum ending ending;
	} ends[] = {
	    {"That is all.", ENDS_SENTENCE},
	    {"Really?", ENDS_SENTENCE},
	    {"„Das ist alles.“", ENDS_SENTENCE},
	    {"(It is all.) »", ENDS_SENTENCE},
	    {"以上です。", ENDS_SENTENCE},
	    {"هل هذا كل شيء؟", ENDS_SENTENCE},
	    {"यह सब है।", ENDS_SENTENCE},
	    {".", ENDS_SENTENCE},
	    {"Namely:", ENDS_COLON},
	    {"如下：", ENDS_COLON},
	    {"first,", ENDS_COMMA},
	    {"第一、", ENDS_COMMA},
	    {"and so on...", ENDS_ELLIPSIS},
	    {"...", ENDS_ELLIPSIS},
	    {"and so on…", ENDS_ELLIPSIS},
	    {"(and so on …)", ENDS_ELLIPSIS},
	    {"and so on..", ENDS_SENTENCE},
	    {"Headline without", ENDS_PLAIN},
	    {"in brackets)", ENDS_PLAIN},
	    {"»)", ENDS_PLAIN},
	    {"", ENDS_PLAIN},
	};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		ck_assert_msg(feature(ends[i].text, FEATURE_ENDS) == (short)ends[i].ending, "%s",
		    ends[i].text);
}
END_TEST

START_TEST(finds_the_last_character_before_what_closes)
{
	size_t end;

	ck_assert_uint_eq(shape_last_character("ä”)", 6, &end), 0xe4);
	ck_assert_uint_eq(end, 2);
	ck_assert_uint_eq(shape_last_character("a \" )", 5, &end), 'a');
	ck_assert_uint_eq(end, 1);
	ck_assert_uint_eq(shape_last_character("", 0, &end), 0);
	ck_assert_uint_eq(end, 0);
	shape_last_character("))", 2, &end);
	ck_assert_uint_eq(end, 0);
}
END_TEST

START_TEST(calls_long_sentences_prose)
{
	ck_assert_int_eq(
	    feature("It was a long day, and nobody wanted to go home.", FEATURE_PROSE), 1);
	ck_assert_int_eq(
	    feature("One two three four five six seven eight nine ten.", FEATURE_PROSE), 1);
	ck_assert_int_eq(
	    feature("One two three four five six seven eight nine ten …", FEATURE_PROSE), 1);
	ck_assert_int_eq(
	    feature("One two three four five six seven eight nine.", FEATURE_PROSE), 0);
	ck_assert_int_eq(
	    feature("One two three four five six seven eight nine ten", FEATURE_PROSE), 0);
	ck_assert_int_eq(
	    feature("One two three four five six seven eight nine ten:", FEATURE_PROSE), 0);
}
END_TEST

START_TEST(sees_dates_and_clock_times_in_short_lines)
{
	static const char *const dates[] = {"12:30", "at 9:05 sharp", "Published 31.1.2024",
	    "31.1.24", "2024-01-31", "1/2/24", "5 May 2024", "2024", "In 2024, at last",
	    "a b c d e f g h i j k l m 2024"};
	static const char *const others[] = {"Chapter 12", "12345", "200", "1.2", "10-12", ":30",
	    "12: 30", "1. 2. 3.", "Room 7/4", "no number", "2024a b c d e f g h i j k l m n o"};

	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
		ck_assert_msg(feature(dates[i], FEATURE_DATE) == 1, "%s", dates[i]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_msg(feature(others[i], FEATURE_DATE) == 0, "%s", others[i]);
}
END_TEST

START_TEST(sees_what_a_paragraph_begins_with)
{
	ck_assert_int_eq(feature("and more", FEATURE_LOWER_START), 1);
	ck_assert_int_eq(feature("éclair", FEATURE_LOWER_START), 1);
	ck_assert_int_eq(feature("And more", FEATURE_LOWER_START), 0);
	ck_assert_int_eq(feature("7 more", FEATURE_LOWER_START), 0);
	ck_assert_int_eq(feature("'tis more", FEATURE_LOWER_START), 0);
	ck_assert_int_eq(feature("", FEATURE_LOWER_START), 0);
	ck_assert_int_eq(feature("“So what?”", FEATURE_QUOTE_START), 1);
	ck_assert_int_eq(feature("\"So what?\"", FEATURE_QUOTE_START), 1);
	ck_assert_int_eq(feature("So “what?”", FEATURE_QUOTE_START), 0);
	ck_assert_int_eq(feature("-Yes.", FEATURE_DASH_START), 1);
	ck_assert_int_eq(feature("–Yes.", FEATURE_DASH_START), 1);
	ck_assert_int_eq(feature("— Yes.", FEATURE_DASH_START), 1);
	ck_assert_int_eq(feature("Yes – no.", FEATURE_DASH_START), 0);
}
END_TEST

START_TEST(sees_the_shape_of_letters)
{
	ck_assert_int_eq(feature("BREAKING NEWS", FEATURE_ALL_CAPITALS), 1);
	ck_assert_int_eq(feature("ABC", FEATURE_ALL_CAPITALS), 1);
	ck_assert_int_eq(feature("AB", FEATURE_ALL_CAPITALS), 0);
	ck_assert_int_eq(feature("ABc", FEATURE_ALL_CAPITALS), 0);
	ck_assert_int_eq(feature("123", FEATURE_ALL_CAPITALS), 0);
	ck_assert_int_eq(feature("One Two three four", FEATURE_CAPITALISED), 50);
	ck_assert_int_eq(feature("。", FEATURE_CAPITALISED), 0);
	ck_assert_int_eq(feature("By Ada Holm", FEATURE_LAST_CAPITAL), 1);
	ck_assert_int_eq(feature("By Ada holm", FEATURE_LAST_CAPITAL), 0);
	/* In tenths of a letter; those of scripts without spaces are in no words. */
	ck_assert_int_eq(feature("one three", FEATURE_WORD_LENGTH), 40);
	ck_assert_int_eq(feature("iOS 今日は天気", FEATURE_WORD_LENGTH), 30);
	ck_assert_int_eq(feature("今日", FEATURE_WORD_LENGTH), 0);
}
END_TEST

START_TEST(counts_digits_and_marks)
{
	ck_assert_int_eq(feature("ab 12", FEATURE_DIGITS), 50);
	ck_assert_int_eq(feature("٣ ab", FEATURE_DIGITS), 33);
	ck_assert_int_eq(feature("", FEATURE_DIGITS), 0);
	ck_assert_int_eq(feature("Home | News | Sport", FEATURE_BARS), 2);
	ck_assert_int_eq(feature("橋の点検 at 8", FEATURE_UNSPACED), 4);
	ck_assert_int_eq(feature("Мост и река", FEATURE_UNSPACED), 0);
	ck_assert_int_eq(feature("one, two, three", FEATURE_COMMAS), 2);
	ck_assert_int_eq(feature("He said “no”.", FEATURE_QUOTES), 2);
	ck_assert_int_eq(feature("One. Two! Three", FEATURE_SENTENCES), 2);
	ck_assert_int_eq(feature("äöü", FEATURE_CHARS), 3);
	ck_assert_int_eq(feature("© 2024 Us", FEATURE_COPYRIGHT), 1);
	ck_assert_int_eq(feature("(c) 2024 Us", FEATURE_COPYRIGHT), 0);
	ck_assert_int_eq(feature("us@example.org", FEATURE_ADDRESS), 1);
	ck_assert_int_eq(feature("https://example.org", FEATURE_ADDRESS), 1);
	ck_assert_int_eq(feature("and/or: /both", FEATURE_ADDRESS), 0);
	ck_assert_int_eq(feature("A thing (or two)", FEATURE_PARENTHESIS), 1);
	ck_assert_int_eq(feature("A thing (or two).", FEATURE_PARENTHESIS), 0);
	ck_assert_int_eq(feature("", FEATURE_PARENTHESIS), 0);
}
END_TEST

START_TEST(tells_questions_from_exclamations)
{
	static const char *const questions[] = {"Why?", "“Why?”", "为什么？", "لماذا؟"};
	static const char *const exclamations[] = {"So!", "好！"};

	for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
		ck_assert_int_eq(feature(questions[i], FEATURE_QUESTION), 1);
		ck_assert_int_eq(feature(questions[i], FEATURE_EXCLAMATION), 0);
	}
	for (size_t i = 0; i < sizeof exclamations / sizeof *exclamations; i++) {
		ck_assert_int_eq(feature(exclamations[i], FEATURE_QUESTION), 0);
		ck_assert_int_eq(feature(exclamations[i], FEATURE_EXCLAMATION), 1);
	}
	ck_assert_int_eq(feature("So.", FEATURE_QUESTION) + feature("So.", FEATURE_EXCLAMATION), 0);
}
END_TEST

START_TEST(sees_lines_of_code)
{
	static const char *const code[] = {
	    "if (x) {", "    list: [", "}", "});", "return x;", "</body>", "  <p class=\"a\">"};
	static const char *const others[] = {"", "Next >", "See the notes [2]", "(a list)", "<3"};

	for (size_t i = 0; i < sizeof code / sizeof *code; i++)
		ck_assert_msg(feature(code[i], FEATURE_CODE) == 1, "%s", code[i]);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		ck_assert_msg(feature(others[i], FEATURE_CODE) == 0, "%s", others[i]);
}
END_TEST

START_TEST(counts_the_gaps_between_cells)
{
	ck_assert_int_eq(feature("Ann Lee\t14\t7.1%", FEATURE_CELLS), 2);
	ck_assert_int_eq(feature("  Ann Lee      14   7.1%  ", FEATURE_CELLS), 2);
	ck_assert_int_eq(feature("\tOne tab.  Two spaces.", FEATURE_CELLS), 0);
	ck_assert_int_eq(feature("one line\n    and the next", FEATURE_CELLS), 0);
	ck_assert_int_eq(feature("Plain words", FEATURE_CELLS), 0);
}
END_TEST

TCase *case_shape(void)
{
	TCase *tcase = tcase_create("shape");

	tcase_add_test(tcase, counts_words_in_scripts_with_and_without_spaces);
	tcase_add_test(tcase, sees_how_a_paragraph_ends);
	tcase_add_test(tcase, finds_the_last_character_before_what_closes);
	tcase_add_test(tcase, calls_long_sentences_prose);
	tcase_add_test(tcase, sees_dates_and_clock_times_in_short_lines);
	tcase_add_test(tcase, sees_what_a_paragraph_begins_with);
	tcase_add_test(tcase, sees_the_shape_of_letters);
	tcase_add_test(tcase, counts_digits_and_marks);
	tcase_add_test(tcase, tells_questions_from_exclamations);
	tcase_add_test(tcase, sees_lines_of_code);
	tcase_add_test(tcase, counts_the_gaps_between_cells);
	return tcase;
}
