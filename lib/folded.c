#include "folded.h"

#include <string.h>

#include "text.h"

/* No name of a day or a month is shorter. */
enum { NAME_LETTERS = 3 };

/* What stands between two spaces. */
struct token {
	const char *text;
	size_t size;
};

/* The token that begins at a place, or an empty one at the end. */
static struct token token_at(struct span text, size_t at)
{
	if (at >= text.size)
		return (struct token){"", 0};
	const char *space = memchr(text.data + at, ' ', text.size - at);
	size_t end = space ? (size_t)(space - text.data) : text.size;

	return (struct token){text.data + at, end - at};
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t count_digits(struct token token)
{
	size_t count = 0;

	for (size_t i = 0; i < token.size; i++)
		count += is_digit(token.text[i]);
	return count;
}

/* How many bytes of the token are a word; the rest is a comma or a full stop. 0 if it is none. */
static size_t word_size(struct token token)
{
	size_t letters = 0, size = token.size;

	if (size > 0 && strchr(",.", token.text[size - 1]))
		size--;
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += text_take(token.text + at, &c);
		if (!(text_class(c) & TEXT_LETTER))
			return 0;
		letters++;
	}
	return letters >= NAME_LETTERS ? size : 0;
}

/* As a day of the month or a year: little but digits. */
static bool is_number(struct token token)
{
	size_t digits = count_digits(token);

	return digits > 0 && digits <= 4 && token.size <= digits + 2 && is_digit(token.text[0]);
}

static bool is_year(struct token token)
{
	return count_digits(token) == 4 && is_number(token);
}

/* "3 March 2026", "March 3, 2026", "Monday, 3 March": the names differ like the numbers. */
static bool is_name_of_date(struct token before, struct token token, struct span text, size_t next)
{
	struct token second = token_at(text, next);
	struct token third = token_at(text, next + second.size + 1);

	if (word_size(token) == 0)
		return false;
	return (is_number(before) && is_year(second)) || (is_number(second) && is_year(third)) ||
	       (token.text[token.size - 1] == ',' && is_number(second) && word_size(third) > 0);
}

bool folded_escape(struct buffer *pattern, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (strchr("\\^$.[]|()?*+{}#", text[i]) && text[i] &&
		    !buffer_append_byte(pattern, '\\'))
			return false;
		if (!buffer_append_byte(pattern, text[i]))
			return false;
	}
	return true;
}

static bool append_text(struct buffer *buffer, const char *text)
{
	return buffer_append(buffer, text, strlen(text));
}

/* Small letters and one sign for each number. */
static bool append_token(struct token token, struct buffer *key, struct buffer *pattern)
{
	for (size_t at = 0, length; at < token.size; at += length) {
		char bytes[4];
		uint32_t c;
		length = text_take(token.text + at, &c);
		if (is_digit(token.text[at])) {
			while (at + length < token.size && is_digit(token.text[at + length]))
				length++;
			if (!append_text(key, "0") || !append_text(pattern, "\\d+"))
				return false;
			continue;
		}
		if (!buffer_append(key, bytes, text_encode(text_fold(c), bytes)) ||
		    !folded_escape(pattern, token.text + at, length))
			return false;
	}
	return true;
}

static bool append_name(struct token token, struct buffer *key, struct buffer *pattern)
{
	size_t size = word_size(token);

	return append_text(key, "\x01") && append_text(pattern, "\\p{L}+") &&
	       append_token((struct token){token.text + size, token.size - size}, key, pattern);
}

bool folded_make(struct span text, struct buffer *key, struct buffer *pattern)
{
	struct token before = {"", 0};

	for (size_t at = 0; at < text.size;) {
		struct token token = token_at(text, at);
		size_t next = at + token.size + 1;
		bool name = is_name_of_date(before, token, text, next);
		if (at > 0 && (!append_text(key, " ") || !append_text(pattern, " ")))
			return false;
		if (!(name ? append_name : append_token)(token, key, pattern))
			return false;
		before = token;
		at = next;
	}
	return true;
}
