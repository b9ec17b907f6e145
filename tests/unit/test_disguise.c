#include "disguise.h"
#include "subject.h"
#include "text.h"
#include "unit.h"

/* What patterns see of a line. */
static void assert_seen(const char *line, const char *expected)
{
	struct subject subject = {0};

	ck_assert(subject_make(&subject, line, strlen(line), NULL) && subject_fold(&subject));
	ck_assert_uint_eq(subject.text.size, strlen(expected));
	ck_assert_mem_eq(subject.text.data, expected, subject.text.size);
	ck_assert_uint_eq(subject.scan.characters, text_length(expected, strlen(expected)));
	subject_fini(&subject);
}

START_TEST(joins_spaced_letters)
{
	assert_seen("W E R B U N G", "WERBUNG");
	assert_seen("  A N Z E I G E\r\n", "ANZEIGE");
	assert_seen("S P O N S O R E D   P O S T", "SPONSORED POST");
	assert_seen("Р Е К Л А М А", "РЕКЛАМА");
	assert_seen("広 告", "広告");
}
END_TEST

START_TEST(leaves_words_with_spaces_between)
{
	assert_seen("I am", "I am");
	assert_seen("A B", "A B");
	assert_seen("1 2 3 4", "1 2 3 4");
	assert_seen("Plan B", "Plan B");
	assert_seen("北京 广告", "北京 广告");
}
END_TEST

START_TEST(replaces_look_alike_letters)
{
	assert_seen("W\u0415RBUNG", "WERBUNG");                  /* a Cyrillic E */
	assert_seen("\u0410dvert\u0456sement", "Advertisement"); /* Cyrillic A and i */
	assert_seen("A\u039dZEIGE", "ANZEIGE");                  /* a Greek N */
	assert_seen("P\u0415КЛАМА", "РЕКЛАМА");    /* a Latin P before Cyrillic letters */
	assert_seen("\U0001d400\U0001d41d", "Ad"); /* mathematical bold */
	assert_seen("S p \u043e n s o r e d", "Sponsored");
}
END_TEST

START_TEST(leaves_words_of_one_alphabet)
{
	assert_seen("Фото: NASA", "Фото: NASA");
	assert_seen("Apple в России", "Apple в России");
	assert_seen("α β", "α β");
	assert_seen("Straße nach Zürich", "Straße nach Zürich");
}
END_TEST

START_TEST(leaves_long_paragraphs)
{
	char line[400] = "";

	for (int i = 0; i < 40; i++)
		strcat(line, "W\u0415R ");
	line[strlen(line) - 1] = '\0';
	assert_seen(line, line);
}
END_TEST

START_TEST(sees_letters_of_mathematics_as_plain_ones)
{
	assert_seen("\U0001d400\U0001d403\U0001d412", "ADS"); /* bold */
	assert_seen("\U0001d41a\U0001d41d\U0001d42c", "ads");
	assert_seen("\U0001d5d4\U0001d5f1\U0001d607", "Adz"); /* sans-serif bold, and sans-serif */
}
END_TEST

TCase *case_disguise(void)
{
	TCase *tcase = tcase_create("disguise");
	tcase_add_test(tcase, joins_spaced_letters);
	tcase_add_test(tcase, leaves_words_with_spaces_between);
	tcase_add_test(tcase, replaces_look_alike_letters);
	tcase_add_test(tcase, leaves_words_of_one_alphabet);
	tcase_add_test(tcase, leaves_long_paragraphs);
	tcase_add_test(tcase, sees_letters_of_mathematics_as_plain_ones);
	return tcase;
}
