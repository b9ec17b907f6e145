#include "scan.h"

#include <string.h>

/* SCAN_PLAIN is for testing the form that other processors get. */
#if defined(__SSE2__) && !defined(SCAN_PLAIN)
#include <emmintrin.h>
#endif

#include "markup.h"
#include "subject.h"
#include "text.h"
#include "vector.h"

enum { BLOCK = SCAN_BLOCK };

/* One bit for each byte of a block; of letters only if all is asked for. */
struct block {
	uint64_t letters, upper, digits, spaces;
	uint64_t controls; /* and brackets, if letters are not asked for */
	uint64_t wide;     /* bytes of characters that are not ASCII */
};

#if defined(__SSE2__) && !defined(SCAN_PLAIN)

/* Bytes from first on, as many as the range has; SSE2 compares signed bytes only. */
INLINED __m128i in_range(__m128i bytes, char first, int count)
{
	__m128i shifted = _mm_sub_epi8(bytes, _mm_set1_epi8((char)(first + 128)));

	return _mm_cmplt_epi8(shifted, _mm_set1_epi8((char)(count - 128)));
}

INLINED uint64_t mask(__m128i bytes, int shift)
{
	return (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << shift;
}

/* A quarter of a block, from the shift-th byte on. */
INLINED void classify_part(struct block *block, const char *bytes, int shift, bool all)
{
	__m128i b = _mm_loadu_si128((const __m128i *)(const void *)(bytes + shift));
	__m128i small = _mm_or_si128(b, _mm_set1_epi8(0x20));

	block->letters |= all ? mask(in_range(small, 'a', 26), shift) : 0;
	block->upper |= all ? mask(in_range(b, 'A', 26), shift) : 0;
	block->digits |= mask(in_range(b, '0', 10), shift);
	block->spaces |= mask(_mm_cmpeq_epi8(b, _mm_set1_epi8(' ')), shift);
	__m128i controls =
	    _mm_or_si128(in_range(b, 0, ' '), _mm_cmpeq_epi8(b, _mm_set1_epi8(0x7f)));
	__m128i brackets = _mm_cmpeq_epi8(b, _mm_set1_epi8('['));
	block->controls |= mask(all ? controls : _mm_or_si128(controls, brackets), shift);
	block->wide |= mask(b, shift);
}

INLINED struct block classify(const char *bytes, bool all)
{
	struct block block = {0};

	/* Not as a loop: shifts by a constant are faster. */
	classify_part(&block, bytes, 0, all);
	classify_part(&block, bytes, 16, all);
	classify_part(&block, bytes, 32, all);
	classify_part(&block, bytes, 48, all);
	return block;
}

VECTORISED uint64_t scan_words(const char *bytes)
{
	uint64_t words = 0;

	for (int i = 0; i < BLOCK; i += 16) {
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		__m128i letters = in_range(_mm_or_si128(b, _mm_set1_epi8(0x20)), 'a', 26);
		__m128i apostrophes = _mm_cmpeq_epi8(b, _mm_set1_epi8('\''));
		/* The highest bit of a byte is what the mask is made of. */
		words |= mask(_mm_or_si128(b, _mm_or_si128(letters, apostrophes)), i);
	}
	return words;
}

VECTORISED uint64_t scan_digits(const char *bytes)
{
	uint64_t digits = 0;

	for (int i = 0; i < BLOCK; i += 16) {
		__m128i b = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
		digits |= mask(in_range(b, '0', 10), i);
	}
	return digits;
}

#else

VECTORISED uint64_t scan_words(const char *bytes)
{
	uint64_t words = 0;

	for (int i = 0; i < BLOCK; i++) {
		unsigned b = (unsigned char)bytes[i];
		words |= (uint64_t)((b | 0x20) - 'a' < 26 || b == '\'' || b >= 0x80) << i;
	}
	return words;
}

VECTORISED uint64_t scan_digits(const char *bytes)
{
	uint64_t digits = 0;

	for (int i = 0; i < BLOCK; i++)
		digits |= (uint64_t)((unsigned char)bytes[i] - (unsigned)'0' < 10) << i;
	return digits;
}

INLINED struct block classify(const char *bytes, bool all)
{
	struct block block = {0};

	for (int i = 0; i < BLOCK; i++) {
		unsigned b = (unsigned char)bytes[i], small = b | 0x20;
		block.letters |= (uint64_t)(all && small - 'a' < 26) << i;
		block.upper |= (uint64_t)(all && b - 'A' < 26) << i;
		block.digits |= (uint64_t)(b - '0' < 10) << i;
		block.spaces |= (uint64_t)(b == ' ') << i;
		block.controls |= (uint64_t)(b < ' ' || b == 0x7f || (!all && b == '[')) << i;
		block.wide |= (uint64_t)(b >= 0x80) << i;
	}
	return block;
}

#endif

/* Alphabets with letters that look alike, as bits. */
enum { LATIN = 1, GREEK = 2, CYRILLIC = 4, STYLED = 8 };

struct scanner {
	struct scan *scan;
	const char *text;
	size_t size;
	size_t at;   /* where the block begins */
	size_t wide; /* characters of two columns */
	size_t next; /* bytes of the next block that belong to the last character of this one */
	bool next_in_word; /* and whether they belong to a word */
	bool all;
	bool in_word, after_space;
	unsigned alphabets;
};

/* How the bytes that are neither ASCII letters nor digits nor spaces change the block. */
struct rest {
	struct block block;
	uint64_t in_words; /* letters, digits, and apostrophes inside of words */
};

/* Whether the text goes on after the sentence's end with a space, or not at all. */
static bool ends_sentence(const struct scanner *s, size_t at, size_t length)
{
	if (at == 0 || s->text[at - 1] == ' ')
		return false;
	for (at += length; at < s->size; at += length) {
		uint32_t c;
		length = text_decode(s->text + at, s->size - at, &c);
		if (c == ' ' || (text_class(c) & TEXT_UNSPACED))
			return true;
		if (!(text_marks(c) & MARK_CLOSING))
			return false;
	}
	return true;
}

INLINED void count_marks(struct scanner *s, unsigned marks, size_t at, size_t length)
{
	struct scan *scan = s->scan;

	scan->commas += (marks & MARK_COMMA) != 0;
	scan->bars += (marks & MARK_BAR) != 0;
	scan->quotes += (marks & MARK_QUOTE) != 0;
	if (marks & MARK_SENTENCE)
		scan->sentences += ends_sentence(s, at, length);
}

INLINED bool is_after_word(const struct scanner *s, uint64_t in_words, unsigned bit)
{
	return bit == 0 ? s->in_word : in_words >> (bit - 1) & 1;
}

INLINED void take_ascii(struct scanner *s, unsigned c, unsigned bit, struct rest *rest)
{
	size_t at = s->at + bit;

	if (c == '\'' && is_after_word(s, rest->in_words, bit))
		rest->in_words |= (uint64_t)1 << bit;
	s->scan->bracket |= c == '[';
	s->scan->address |=
	    c == '@' || (c == '/' && at >= 2 && memcmp(s->text + at - 2, ":/", 2) == 0);
	if (text_marks(c))
		count_marks(s, text_marks(c), at, 1);
}

INLINED unsigned alphabet_of(uint32_t c)
{
	if (c < 0x250)
		return LATIN;
	if (c >= 0x370 && c < 0x400)
		return GREEK;
	if (c >= 0x400 && c < 0x530)
		return CYRILLIC;
	return c >= 0x1d400 && c < 0x1d6a4 ? STYLED : 0;
}

/* The bits of a character's bytes in the block; those beyond it are left for the next. */
INLINED uint64_t span(struct scanner *s, unsigned bit, size_t length, bool in_word)
{
	if (bit + length > BLOCK) {
		s->next = bit + length - BLOCK;
		s->next_in_word = in_word;
	}
	return (((uint64_t)1 << length) - 1) << bit;
}

/*
 * Beyond ASCII no decimal digit is before U+0660, between U+1C59 and U+A620,
 * or between U+ABF9 and U+FF10 (Unicode 15, category Nd).
 */
static bool may_be_digit(uint32_t c)
{
	return c >= 0x660 && !(c > 0x1c59 && c < 0xa620) && !(c > 0xabf9 && c < 0xff10);
}

/* Returns the bytes that the character takes, or 0 if it is none for a subject. */
static size_t take_wide(struct scanner *s, unsigned bit, struct rest *rest)
{
	struct scan *scan = s->scan;
	size_t at = s->at + bit;
	uint32_t c;
	size_t length = text_decode(s->text + at, s->size - at, &c);
	unsigned class = text_class(c), marks = text_marks(c);

	if (length == 1 || class == TEXT_SPACE || class == TEXT_INVISIBLE || text_plain(c) != c)
		return 0;
	bool letter = class & TEXT_LETTER, digit = class == TEXT_DIGIT;
	bool in_word = (letter || digit) && !(class & TEXT_UNSPACED);
	uint64_t bits = span(s, bit, length, in_word);
	scan->possible_digits += may_be_digit(c);
	scan->wide_digits |= may_be_digit(c);
	scan->characters -= (uint32_t)length - 1;
	s->wide += (class & TEXT_WIDE) != 0;
	unsigned alphabet = alphabet_of(c);
	if (letter || alphabet == STYLED)
		s->alphabets |= alphabet;
	if (!s->all)
		return length;
	scan->letters += letter;
	scan->digits += digit;
	scan->unspaced += (class & TEXT_UNSPACED) != 0;
	scan->upper += letter && (class & TEXT_UPPER);
	if (class & TEXT_UPPER)
		rest->block.upper |= (uint64_t)1 << bit;
	if (in_word)
		rest->in_words |= bits;
	scan->copyright |= c == 0xa9;
	if (marks)
		count_marks(s, marks, at, length);
	return length;
}

/*
 * The alphabet of two bytes that are one of its letters (or × and ÷, which look
 * like none), one column wide: À to ȿ but for Ā to Ŀ, where the Turkish i is,
 * and Ѐ to ѿ.  0 of all others.
 */
INLINED unsigned alphabet_of_pair(const char *text)
{
	unsigned first = (unsigned char)text[0];

	if ((text[1] & 0xc0) != 0x80)
		return 0;
	if (first == 0xc3 || (first >= 0xc5 && first <= 0xc8))
		return LATIN;
	return first == 0xd0 || first == 0xd1 ? CYRILLIC : 0;
}

/* All characters that are not ASCII, for a light scan. */
INLINED bool take_wide_lightly(struct scanner *s, uint64_t wide)
{
	struct rest rest = {.in_words = 0}; /* not asked for */

	wide &= ~(((uint64_t)1 << s->next) - 1); /* of the last character of the last block */
	s->next = 0;
	s->scan->ascii = false;
	while (wide) {
		unsigned bit = (unsigned)__builtin_ctzll(wide);
		size_t at = s->at + bit, length = 2;
		unsigned alphabet =
		    bit + 1 < BLOCK && at + 1 < s->size ? alphabet_of_pair(s->text + at) : 0;
		s->alphabets |= alphabet;
		if (alphabet)
			s->scan->characters--;
		else
			length = take_wide(s, bit, &rest);
		if (length == 0)
			return false;
		wide &= ~((((uint64_t)1 << length) - 1) << bit);
	}
	return true;
}

/* All bytes that are not plain ASCII words and spaces, one after the other. */
INLINED bool take_rest(struct scanner *s, uint64_t others, struct rest *rest)
{
	while (others) {
		unsigned bit = (unsigned)__builtin_ctzll(others);
		unsigned c = (unsigned char)s->text[s->at + bit];
		size_t length = 1;
		if (c < 0x80) {
			take_ascii(s, c, bit, rest);
		} else {
			s->scan->ascii = false;
			length = take_wide(s, bit, rest);
		}
		if (length == 0)
			return false;
		others &= ~((((uint64_t)1 << length) - 1) << bit);
	}
	return true;
}

INLINED uint32_t count(uint64_t bits)
{
	return (uint32_t)__builtin_popcountll(bits);
}

INLINED void count_words(struct scanner *s, const struct rest *rest)
{
	uint64_t starts = rest->in_words & ~(rest->in_words << 1 | s->in_word);
	uint64_t capital = starts & rest->block.upper;

	s->in_word = rest->in_words >> (BLOCK - 1) & 1;
	s->scan->words += count(starts);
	s->scan->capitalised += count(capital);
	if (starts)
		s->scan->last_capital = capital >> (BLOCK - 1 - __builtin_clzll(starts)) & 1;
}

/* The block, of whose bytes so many are the text's. */
INLINED struct block load_block(const char *text, size_t size, bool all)
{
	struct block block = classify(text, all);

	if (size < BLOCK) {
		uint64_t own = ((uint64_t)1 << size) - 1;
		block.letters &= own;
		block.upper &= own;
		block.digits &= own;
		block.spaces &= own;
		block.controls &= own;
		block.wide &= own;
	}
	return block;
}

INLINED void count_block(struct scanner *s, const struct block *block)
{
	struct scan *scan = s->scan;

	scan->letters += count(block->letters);
	scan->digits += count(block->digits);
	scan->upper += count(block->upper);
	s->alphabets |= block->letters ? LATIN : 0;
}

/* Whether the block has single spaces only, and nothing that no subject has; counts them. */
INLINED bool take_spaces(struct scanner *s, const struct block *block)
{
	struct scan *scan = s->scan;

	if (block->spaces & (block->spaces << 1 | s->after_space) || block->controls)
		return false;
	s->after_space = block->spaces >> (BLOCK - 1);
	if (block->spaces && scan->spaces == 0)
		scan->first_word = (uint32_t)(s->at + (size_t)__builtin_ctzll(block->spaces));
	scan->spaces += count(block->spaces);
	scan->possible_digits += count(block->digits);
	return true;
}

INLINED bool take_block(struct scanner *s, const char *text, size_t size)
{
	struct block block = load_block(text, size, true);
	uint64_t before = ((uint64_t)1 << s->next) - 1; /* of the last character */

	if (!take_spaces(s, &block))
		return false;
	count_block(s, &block);
	uint64_t others = ~(block.letters | block.digits | block.spaces);
	others &= size < BLOCK ? ((uint64_t)1 << size) - 1 : UINT64_MAX;
	struct rest rest = {
	    .block = block,
	    .in_words = block.letters | block.digits | (s->next_in_word ? before : 0),
	};
	s->next = 0;
	s->next_in_word = false;
	if (!take_rest(s, others & ~before, &rest))
		return false;
	count_words(s, &rest);
	return true;
}

/* Brackets are told with the controls; false if there are others. */
static bool take_brackets(struct scanner *s, struct block *block)
{
	for (uint64_t left = block->controls; left; left &= left - 1)
		if (s->text[s->at + (size_t)__builtin_ctzll(left)] != '[')
			return false;
	block->controls = 0;
	s->scan->bracket = true;
	return true;
}

/* The same of a light scan. */
INLINED bool take_block_lightly(struct scanner *s, const char *text, size_t size)
{
	struct block block = load_block(text, size, false);

	if (block.controls && !take_brackets(s, &block))
		return false;
	return take_spaces(s, &block) && (block.wide == 0 || take_wide_lightly(s, block.wide));
}

static bool has_letters(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (text_is_ascii_letter(text[i]))
			return true;
	return false;
}

/* What is told of a text whose blocks were all taken. */
INLINED void finish(struct scanner *s)
{
	struct scan *scan = s->scan;
	size_t indent;

	scan->columns = scan->characters + (uint32_t)s->wide;
	scan->mixed = s->alphabets & STYLED || (s->alphabets & (s->alphabets - 1));
	/* Most begin with a letter, and no marker does, nor a picture. */
	scan->tidy = s->size == 0 || (s->text[s->size - 1] != ' ' &&
	                                 (text_is_ascii_letter(*s->text) ||
	                                     (subject_marker(s->text, s->size, &indent) == 0 &&
	                                         markup_pictures(s->text, s->size) == 0)));
}

INLINED void scan_fully(struct scanner *s)
{
	for (; s->at < s->size; s->at += BLOCK)
		if (!take_block(s, s->text + s->at, s->size - s->at))
			return;
	finish(s);
}

INLINED void scan_lightly(struct scanner *s)
{
	for (; s->at < s->size; s->at += BLOCK)
		if (!take_block_lightly(s, s->text + s->at, s->size - s->at))
			return;
	/* If they were not counted they are still what others may look like. */
	if (s->alphabets & ~(unsigned)LATIN && has_letters(s->text, s->size))
		s->alphabets |= LATIN;
	finish(s);
}

VECTORISED void scan_text(struct scan *scan, const char *text, size_t size, bool all)
{
	struct scanner s = {
	    .scan = scan, .text = text, .size = size, .all = all, .after_space = true};

	*scan = (struct scan){
	    .ascii = true, .characters = (uint32_t)size, .first_word = (uint32_t)size};
	if (all)
		scan_fully(&s);
	else
		scan_lightly(&s);
}
