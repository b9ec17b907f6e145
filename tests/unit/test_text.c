#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

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

/* The other cases of c, one at a time, by way of a caseless class that holds just c. */
static bool pcre2_takes_for_the_same(uint32_t c, uint32_t other)
{
	char pattern[16], subject[4];
	int error;
	PCRE2_SIZE offset;

	snprintf(pattern, sizeof pattern, "\\x{%x}", c);
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS | PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error,
	    &offset, NULL);
	ck_assert_ptr_nonnull(code);
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	size_t size = text_encode(other, subject);
	bool same =
	    pcre2_match(code, (PCRE2_SPTR)subject, size, 0, PCRE2_NO_UTF_CHECK, data, NULL) >= 0;
	pcre2_match_data_free(data);
	pcre2_code_free(code);
	return same;
}

/* All characters of a caseless set, found by matching a subject of all that have a case. */
START_TEST(folds_alike_what_pcre2_takes_for_the_same_letter)
{
	/* Every character that folds to another, and those known to have unusual partners. */
	static const uint32_t unusual[] = {0x17f, 0x1e9e, 0xdf, 0x3c2, 0x3c3, 0x3a3, 0x212a, 0x212b,
	    0x1c5, 0x1c4, 0x1c6, 0x345, 0x399, 0x1fbe, 0xb5, 0x3bc, 0x2126, 0x3c9, 0x3d0, 0x3d1,
	    0x3d5, 0x3d6, 0x3f0, 0x3f1, 0x3f5, 0x1e9b, 0x1e61, 0x10d0, 0x1c90, 0x13a0, 0xab70,
	    0x1c80, 0x432, 0xa64b, 0x1c88, 'k', 's', 'i', 'K', 'S', 'I'};
	size_t count = sizeof unusual / sizeof *unusual;

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			if (pcre2_takes_for_the_same(unusual[i], unusual[j]))
				ck_assert_msg(text_fold(unusual[i]) == text_fold(unusual[j]),
				    "U+%04X and U+%04X", unusual[i], unusual[j]);
}
END_TEST

START_TEST(folds_every_letter_of_unicode_as_pcre2_does)
{
	/* A capital that PCRE2 takes for its fold must keep it, for all code points. */
	for (uint32_t c = 0x80; c < 0x1e944; c++) {
		uint32_t folded = text_fold(c);
		if (folded == c || (c >= 0xd800 && c <= 0xdfff))
			continue;
		if (text_fold(folded) != folded)
			ck_abort_msg("U+%04X", c);
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
	tcase_add_test(tcase, folds_alike_what_pcre2_takes_for_the_same_letter);
	tcase_add_test(tcase, folds_every_letter_of_unicode_as_pcre2_does);
	return tcase;
}
