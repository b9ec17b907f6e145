#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "scan.h"
#include "text.h"
#include "unit.h"

/* ---- the same, one character after the other ---- */

struct tally {
	struct scan scan;
	size_t bytes; /* before the character */
	unsigned latin, greek, cyrillic, styled;
	bool in_word, after_end;
	uint32_t previous;
};

static void count_word(struct tally *t, uint32_t c)
{
	unsigned class = text_class(c);
	bool apostrophe = class == TEXT_APOSTROPHE;
	bool letter = !apostrophe && (class & TEXT_LETTER), digit = class == TEXT_DIGIT;

	t->scan.letters += letter;
	t->scan.digits += digit;
	t->scan.upper += letter && (class & TEXT_UPPER);
	t->scan.unspaced += (class & TEXT_UNSPACED) != 0;
	if ((letter || digit) && !(class & TEXT_UNSPACED)) {
		if (!t->in_word) {
			t->scan.words++;
			t->scan.last_capital = class & TEXT_UPPER;
			t->scan.capitalised += (class & TEXT_UPPER) != 0;
		}
		t->in_word = true;
	} else if (!apostrophe) {
		t->in_word = false;
	}
}

/* Alphabets whose letters look alike. */
static void count_alphabets(struct tally *t, uint32_t c)
{
	bool letter = text_class(c) != TEXT_APOSTROPHE && (text_class(c) & TEXT_LETTER);

	t->latin |= letter && c < 0x250;
	t->greek |= letter && c >= 0x370 && c < 0x400;
	t->cyrillic |= letter && c >= 0x400 && c < 0x530;
	t->styled |= c >= 0x1d400 && c < 0x1d6a4;
	t->scan.mixed = t->styled || t->latin + t->greek + t->cyrillic > 1;
}

static void count_character(struct tally *t, uint32_t c)
{
	unsigned class = text_class(c), marks = text_marks(c);

	if (t->after_end && (c == ' ' || (class & TEXT_UNSPACED))) {
		t->scan.sentences++;
		t->after_end = false;
	}
	if ((marks & MARK_SENTENCE) && t->previous != ' ')
		t->after_end = true;
	else if (!(marks & MARK_CLOSING))
		t->after_end = false;
	t->scan.commas += (marks & MARK_COMMA) != 0;
	t->scan.bars += (marks & MARK_BAR) != 0;
	t->scan.quotes += (marks & MARK_QUOTE) != 0;
	t->scan.spaces += c == ' ';
	t->scan.ascii &= c < 0x80;
	t->scan.possible_digits += class == TEXT_DIGIT;
	t->scan.copyright |= c == 0xa9;
	if (c == ' ' && t->scan.spaces == 1)
		t->scan.first_word = (uint32_t)t->bytes;
	t->scan.columns += class & TEXT_WIDE ? 2 : 1;
	t->scan.characters++;
	count_word(t, c);
	count_alphabets(t, c);
	t->previous = c;
}

static struct scan scan_slowly(const char *text, size_t size)
{
	struct tally t = {.scan = {.ascii = true, .first_word = (uint32_t)size}, .previous = ' '};

	while (t.bytes < size) {
		uint32_t c;
		size_t length = text_decode(text + t.bytes, size - t.bytes, &c);
		count_character(&t, c);
		t.bytes += length;
	}
	t.scan.bracket = strchr(text, '[') != NULL;
	t.scan.address = strchr(text, '@') || strstr(text, "://");
	t.scan.sentences += t.after_end;
	return t.scan;
}

static void assert_scan(const char *text)
{
	struct scan scan, slow = scan_slowly(text, strlen(text));

	scan_text(&scan, text, strlen(text), true);
	ck_assert_msg(scan.tidy, "%s", text);
#define SAME(member) \
	ck_assert_msg(scan.member == slow.member, #member ": %u, not %u: %s", \
	    (unsigned)scan.member, (unsigned)slow.member, text)
	SAME(characters);
	SAME(columns);
	SAME(spaces);
	SAME(words);
	SAME(capitalised);
	SAME(letters);
	SAME(upper);
	SAME(digits);
	SAME(unspaced);
	SAME(sentences);
	SAME(commas);
	SAME(bars);
	SAME(quotes);
	SAME(last_capital);
	SAME(ascii);
	SAME(copyright);
	SAME(bracket);
	SAME(address);
	SAME(first_word);
	SAME(mixed);
#undef SAME
	/* Other characters may pass for digits, but no digit for another. */
	ck_assert(scan.possible_digits >= slow.possible_digits);
	ck_assert(!slow.ascii || scan.possible_digits == slow.possible_digits);
}

START_TEST(counts_as_one_would_character_by_character)
{
	static const char *const parts[] = {"a", "Bc", "Straße", "ÉTÉ", "x1", "42", ".", "...",
	    "!\"", "?)", "'", "''", ",", ";", "|", "»", "„", "“", "…", "。", "中文", "か", "Ж",
	    "жук", "😀", "-", "@", "©", " ", " ", " ", " ", "dogs' ", "l'eau", "e.g. ", "😀a", "한국",
	    "٣", "०", "α", "Ωμ", "𝐀", "://", "/", ":", "[", "{", "`", "\u00f7"};
	uint64_t state = 1;

	for (int round = 0; round < 20000; round++) {
		char text[512];
		strcpy(text, round % 2 ? "x" : "ж");
		for (size_t left = 1 + state % 40; left > 0; left--) {
			state = state * 6364136223846793005u + 1442695040888963407u;
			const char *part = parts[(state >> 33) % (sizeof parts / sizeof *parts)];
			/* A tidy text has single spaces, and none at its end. */
			bool space = text[strlen(text) - 1] == ' ';
			if (!(space && *part == ' '))
				strcat(text, part);
		}
		strcat(text, round % 2 ? "x" : "ж");
		assert_scan(text);
	}
}
END_TEST

static bool is_tidy(const char *line)
{
	struct scan scan, light;
	char text[256];

	strcpy(text, line);
	scan_text(&scan, text, strlen(text), true);
	scan_text(&light, text, strlen(text), false);
	ck_assert(scan.tidy == light.tidy);
	return scan.tidy;
}

START_TEST(tells_whether_a_line_is_as_subjects_are)
{
	ck_assert(is_tidy(""));
	ck_assert(is_tidy("Nur ein „Satz“ – 中文."));
	ck_assert(!is_tidy(" indented"));
	ck_assert(!is_tidy("trailing "));
	ck_assert(!is_tidy("two  spaces"));
	ck_assert(!is_tidy("a\ttab"));
	ck_assert(!is_tidy("no-break\u00a0space"));
	ck_assert(!is_tidy("zero\u200bwidth"));
	ck_assert(!is_tidy("soft\u00adhyphen"));
	ck_assert(!is_tidy("it\u2019s"));
	ck_assert(!is_tidy("k\u0131z"));
	ck_assert(!is_tidy("bad \xff byte"));
	ck_assert(!is_tidy("- item"));
	ck_assert(!is_tidy("> quoted"));
	ck_assert(!is_tidy("0123456789012345678901234567890123456789012345678901234567890123 "));
	ck_assert(!is_tidy("012345678901234567890123456789012345678901234567890123456789012  x"));
}
END_TEST

START_TEST(passes_over_what_follows_the_text)
{
	static const char text[2 * SCAN_BLOCK] = "ab c\u00e9\t 12\u00a0\u200bA";
	struct scan scan;

	for (int all = 0; all < 2; all++) {
		scan_text(&scan, text, 4, all);
		ck_assert(scan.tidy && scan.ascii && scan.possible_digits == 0);
		ck_assert_uint_eq(scan.spaces, 1);
		scan_text(&scan, text, 6, all);
		ck_assert(scan.tidy && !scan.ascii && scan.possible_digits == 0);
		ck_assert_uint_eq(scan.characters, 5);
	}
}
END_TEST

START_TEST(counts_as_much_when_it_does_not_count_all)
{
	static const char *const texts[] = {"", "one", "one two", "Stra\u00dfe 7",
	    "\u0416\u0443\u043a", "\u0416\u0443\u043a A", "\u4e2d\u6587 x", "[1]x",
	    "\u0105\u0119 \u017a", "\U0001d400"};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		for (size_t before = 0; before < SCAN_BLOCK; before++) {
			struct scan scan, light;
			char text[3 * SCAN_BLOCK] = "";
			memset(text, 'x', before);
			strcat(text, texts[i]);
			scan_text(&scan, text, strlen(text), true);
			scan_text(&light, text, strlen(text), false);
			ck_assert_uint_eq(light.characters, scan.characters);
			ck_assert_uint_eq(light.columns, scan.columns);
			ck_assert_uint_eq(light.first_word, scan.first_word);
			ck_assert_uint_eq(light.spaces, scan.spaces);
			ck_assert(light.ascii == scan.ascii);
			ck_assert_uint_eq(light.possible_digits, scan.possible_digits);
			ck_assert(light.bracket == scan.bracket);
			ck_assert(light.mixed == scan.mixed && light.tidy == scan.tidy);
		}
}
END_TEST

START_TEST(takes_no_digit_of_any_script_for_another_character)
{
	int error;
	PCRE2_SIZE offset;
	pcre2_code *digit =
	    pcre2_compile((PCRE2_SPTR) "\\d", 2, PCRE2_UTF | PCRE2_UCP, &error, &offset, NULL);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);

	ck_assert(digit && data);
	for (uint32_t c = 0x80; c < 0x110000; c++) {
		char text[2 * SCAN_BLOCK] = "x";
		struct scan scan;
		if (c >= 0xd800 && c < 0xe000)
			continue;
		size_t size = 1 + text_encode(c, text + 1);
		bool is_digit = pcre2_match(digit, (PCRE2_SPTR)text, size, 0, 0, data, NULL) >= 0;
		scan_text(&scan, text, size, false);
		ck_assert_msg(
		    !scan.tidy || scan.possible_digits == 1 || !is_digit, "U+%04X", (unsigned)c);
	}
	pcre2_match_data_free(data);
	pcre2_code_free(digit);
}
END_TEST

START_TEST(sees_which_bytes_may_be_of_words)
{
	char text[SCAN_BLOCK + 1] = "a'Z 9-ä";

	ck_assert_uint_eq(scan_words(text), 0xc7);
}
END_TEST

START_TEST(sees_which_bytes_are_digits)
{
	char text[SCAN_BLOCK + 1] = "0/9:a 5\xb5";

	text[SCAN_BLOCK - 1] = '1';
	ck_assert_uint_eq(scan_digits(text), (uint64_t)1 << (SCAN_BLOCK - 1) | 0x45);
}
END_TEST

TCase *case_scan(void)
{
	TCase *tcase = tcase_create("scan");
	tcase_add_test(tcase, counts_as_one_would_character_by_character);
	tcase_add_test(tcase, tells_whether_a_line_is_as_subjects_are);
	tcase_add_test(tcase, passes_over_what_follows_the_text);
	tcase_add_test(tcase, counts_as_much_when_it_does_not_count_all);
	tcase_add_test(tcase, takes_no_digit_of_any_script_for_another_character);
	tcase_add_test(tcase, sees_which_bytes_may_be_of_words);
	tcase_add_test(tcase, sees_which_bytes_are_digits);
	return tcase;
}
