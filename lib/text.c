#include "text.h"

#include <string.h>

static bool is_one_of(uint32_t c, const uint32_t *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (set[i] == c)
			return true;
	return false;
}

#define IS_ONE_OF(c, ...) \
	is_one_of((c), (const uint32_t[]){__VA_ARGS__}, \
	    sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

size_t text_decode(const char *s, size_t size, uint32_t *c)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *u = (const unsigned char *)s;
	size_t length = u[0] < 0x80 ? 1 : u[0] < 0xc2 ? 0 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;

	*c = u[0];
	if (length == 1)
		return 1;
	*c = TEXT_REPLACEMENT;
	if (length == 0 || length > size || u[0] > 0xf4)
		return 1;
	uint32_t value = u[0] & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 1;
		value = value << 6 | (u[i] & 0x3fu);
	}
	if (value < least[length] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 1;
	*c = value;
	return length;
}

size_t text_encode(uint32_t c, char *out)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (size_t i = length - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	static const unsigned char lead[] = {0, 0, 0xc0, 0xe0, 0xf0};
	out[0] = (char)(lead[length] | c);
	return length;
}

size_t text_length(const char *s, size_t size)
{
	size_t length = 0;
	for (size_t i = 0; i < size; i++)
		length += (s[i] & 0xc0) != 0x80;
	return length;
}

bool text_is_sentence_end(uint32_t c)
{
	if (c < 0x80)
		return c == '.' || c == '!' || c == '?';
	return IS_ONE_OF(c, 0x2026, 0x203c, 0x203d, 0x2047, 0x2048, 0x2049, 0x0589, 0x061f, 0x06d4,
	    0x0964, 0x0965, 0x104a, 0x104b, 0x1362, 0x1367, 0x17d4, 0x17d5, 0x3002, 0xff01, 0xff0e,
	    0xff1f, 0xff61);
}

bool text_is_closing(uint32_t c)
{
	if (c < 0x80)
		return c == '"' || c == '\'' || c == ')' || c == ']' || c == '*';
	return IS_ONE_OF(c, 0x00bb, 0x00ab, 0x2018, 0x2019, 0x201c, 0x201d, 0x201e, 0x203a, 0x2039,
	    0x300d, 0x300f, 0x3011, 0xff09, 0x300b);
}

bool text_is_quote(uint32_t c)
{
	return IS_ONE_OF(c, '"', 0x00ab, 0x00bb, 0x2018, 0x201a, 0x201c, 0x201d, 0x201e, 0x2039,
	    0x203a, 0x300c, 0x300e);
}

bool text_is_bullet(uint32_t c)
{
	if (c < 0x80)
		return c == '*' || c == '-' || c == '+';
	return IS_ONE_OF(c, 0x00b7, 0x2022, 0x2023, 0x2043, 0x2219, 0x25a0, 0x25a1, 0x25aa, 0x25ab,
	    0x25b6, 0x25b8, 0x25ba, 0x25c6, 0x25cb, 0x25cf, 0x25d8, 0x25e6, 0x2605, 0x2606, 0x2713,
	    0x2714, 0x27a4);
}
