#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "buffer.h"
#include "text.h"
#include "unit.h"

START_TEST(decodes_what_it_encodes)
{
	for (uint32_t c = 0; c < 0x110000; c++) {
		char bytes[4];
		uint32_t back;
		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		size_t size = text_encode(c, bytes);
		if (text_decode(bytes, size, &back) != size || back != c)
			ck_abort_msg("U+%04X", c);
	}
}
END_TEST

START_TEST(takes_each_invalid_byte_for_one_replacement)
{
	/* a lone continuation, overlong forms, a surrogate, beyond U+10FFFF, a cut sequence */
	static const char *const invalid[] = {"\x80", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
	    "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xe2\x82"};

	for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++) {
		uint32_t c;
		ck_assert_uint_eq(text_decode(invalid[i], strlen(invalid[i]), &c), 1);
		ck_assert_uint_eq(c, TEXT_REPLACEMENT);
	}
}
END_TEST

START_TEST(knows_letters_spaces_and_what_nobody_sees)
{
	ck_assert_uint_eq(text_class(0xa0), TEXT_SPACE);
	ck_assert_uint_eq(text_class(0x200b), TEXT_INVISIBLE);
	ck_assert_uint_eq(text_class(0xad), TEXT_INVISIBLE);
	ck_assert(text_class(0xdc) & TEXT_UPPER);
	ck_assert(text_class(0xfc) & TEXT_LOWER);
	ck_assert(text_class(0x4e2d) & TEXT_WIDE);
	ck_assert(text_class(0x4e2d) & TEXT_UNSPACED);
	ck_assert(!(text_class(0xac00) & TEXT_UNSPACED));
	ck_assert_uint_eq(text_class('7'), TEXT_DIGIT);
}
END_TEST

START_TEST(knows_the_ends_of_sentences_in_many_scripts)
{
	static const uint32_t ends[] = {
	    '.', '!', '?', 0x2026, 0x3002, 0xff01, 0xff1f, 0x061f, 0x06d4, 0x0964, 0x1362, 0x0589};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		ck_assert((text_marks(ends[i]) & MARK_SENTENCE));
	ck_assert(!(text_marks(':') & MARK_SENTENCE));
}
END_TEST

/* A caseless pattern that is just the character. */
static pcre2_code *compile_character(uint32_t c)
{
	char pattern[16];
	int error;
	PCRE2_SIZE offset;

	snprintf(pattern, sizeof pattern, "\\x{%x}", c);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &error, &offset, NULL);
	ck_assert_ptr_nonnull(code);
	return code;
}

/* Everything that PCRE2 takes for c in the text must have the fold of c. */
static size_t assert_same_folds(uint32_t c, const struct buffer *text)
{
	pcre2_code *code = compile_character(c);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	size_t at = 0, count = 0;

	while (pcre2_match(code, (PCRE2_SPTR)text->data, text->size, at, PCRE2_NO_UTF_CHECK, data,
	           NULL) >= 0) {
		const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
		uint32_t other;
		text_decode(text->data + ends[0], ends[1] - ends[0], &other);
		ck_assert_msg(text_fold(other) == text_fold(c), "U+%04X and U+%04X", c, other);
		at = ends[1];
		count++;
	}
	pcre2_match_data_free(data);
	pcre2_code_free(code);
	return count;
}

static bool has_case(uint32_t c)
{
	if (c >= 0xd800 && c <= 0xdfff)
		return false;
	return text_fold(c) != c || (text_class(c) & (TEXT_UPPER | TEXT_LOWER)) || c == 0x345;
}

START_TEST(folds_all_of_unicode_as_pcre2_does)
{
	struct buffer cased = {0};
	char encoded[4];
	size_t same = 0;

	for (uint32_t c = 1; c < 0x110000; c++)
		if (has_case(c))
			ck_assert(buffer_append(&cased, encoded, text_encode(c, encoded)));
	for (uint32_t c = 1; c < 0x110000; c++)
		if (has_case(c))
			same += assert_same_folds(c, &cased);
	/* At least a capital and a small letter for each of a thousand. */
	ck_assert_uint_gt(same, 4000);
	buffer_fini(&cased);
}
END_TEST

START_TEST(folds_nothing_alike_that_pcre2_keeps_apart)
{
	for (uint32_t c = 1; c < 0x110000; c++) {
		struct buffer text = {0};
		char encoded[4];
		if ((c >= 0xd800 && c <= 0xdfff) || text_fold(c) == c)
			continue;
		ck_assert_uint_eq(text_fold(text_fold(c)), text_fold(c));
		ck_assert(buffer_append(&text, encoded, text_encode(c, encoded)));
		ck_assert_msg(assert_same_folds(text_fold(c), &text) == 1, "U+%04X", c);
		buffer_fini(&text);
	}
}
END_TEST

TCase *case_text(void)
{
	TCase *tcase = tcase_create("text");
	tcase_add_test(tcase, decodes_what_it_encodes);
	tcase_add_test(tcase, takes_each_invalid_byte_for_one_replacement);
	tcase_add_test(tcase, knows_letters_spaces_and_what_nobody_sees);
	tcase_add_test(tcase, knows_the_ends_of_sentences_in_many_scripts);
	tcase_add_test(tcase, folds_all_of_unicode_as_pcre2_does);
	tcase_add_test(tcase, folds_nothing_alike_that_pcre2_keeps_apart);
	return tcase;
}
