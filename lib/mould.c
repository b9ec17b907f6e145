#include "mould.h"

#include <string.h>

#include "literal.h"
#include "scan.h"
#include "text.h"
#include "word.h"

/* Eight bytes at a time: some more are read and written. */
static char *copy(char *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size; at += sizeof(uint64_t))
		word_store(out + at, word_load(text + at));
	return out + size;
}

static char *append_piece(char *out, struct span text, size_t start, size_t end, bool number)
{
	if (!number)
		return copy(out, text.data + start, end - start);
	*out = '0';
	return out + 1;
}

static char *make_in_ascii(char *out, struct span text)
{
	size_t start = 0;
	bool number = false;

	for (size_t at = 0; at < text.size; at += SCAN_BLOCK) {
		uint64_t digits = scan_digits(text.data + at);
		uint64_t changes = digits ^ (digits << 1 | number);
		if (text.size - at < SCAN_BLOCK)
			changes &= ((uint64_t)1 << (text.size - at)) - 1;
		for (; changes; changes &= changes - 1) {
			size_t end = at + (size_t)__builtin_ctzll(changes);
			out = append_piece(out, text, start, end, number);
			start = end;
			number = !number;
		}
	}
	return append_piece(out, text, start, text.size, number);
}

static bool is_digit(uint32_t c)
{
	return (text_class(c) & (TEXT_DIGIT | TEXT_LETTER)) == TEXT_DIGIT;
}

char *mould_make(char *out, struct span folded, bool in_ascii)
{
	bool number = false;

	if (in_ascii)
		return make_in_ascii(out, folded);
	for (size_t at = 0; at < folded.size;) {
		uint32_t c;
		at += text_take(folded.data + at, &c);
		bool digit = is_digit(c);
		if (!digit)
			out += text_encode(c, out);
		else if (!number)
			*out++ = '0';
		number = digit;
	}
	return out;
}

static bool is_number(uint32_t c)
{
	return c == NUMBER_SOME || c == NUMBER_ANY || is_digit(c);
}

/* Take note of the number that begins at a byte; returns where it ends. */
static size_t take_number(struct span literal, size_t at, enum numbers *numbers)
{
	size_t end = at;

	for (size_t size; end < literal.size; end += size) {
		uint32_t c;
		size = text_take(literal.data + end, &c);
		if (!is_number(c))
			break;
	}
	if (end - at > 1 || literal.data[at] != NUMBER_ANY)
		*numbers = NUMBERS_SOME;
	else if (*numbers == NUMBERS_NONE)
		*numbers = NUMBERS_ANY;
	return end;
}

bool mould_literal(struct buffer *out, struct span literal, enum numbers *numbers)
{
	size_t start = 0;

	*numbers = NUMBERS_NONE;
	for (size_t at = 0, size; at < literal.size; at += size) {
		uint32_t c;
		size = text_take(literal.data + at, &c);
		if (!is_number(c))
			continue;
		if (!buffer_append(out, literal.data + start, at - start) ||
		    !buffer_append_byte(out, '0'))
			return false;
		start = take_number(literal, at, numbers);
		size = start - at;
	}
	return buffer_append(out, literal.data + start, literal.size - start);
}
