#include "text.h"

#include <string.h>

size_t text_decode_long(const char *s, size_t size, uint32_t *c)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *u = (const unsigned char *)s;
	size_t length = u[0] < 0xc2 ? 0 : u[0] < 0xe0 ? 2 : u[0] < 0xf0 ? 3 : 4;

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

size_t text_encode_long(uint32_t c, char *out)
{
	size_t length = c < 0x10000 ? 3 : 4;

	for (size_t i = length - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (c & 0x3f));
		c >>= 6;
	}
	out[0] = (char)((length == 3 ? 0xe0 : 0xf0) | c);
	return length;
}

size_t text_spaces(const char *s, size_t size)
{
	size_t at = 0;

	while (at < size) {
		uint32_t c;
		size_t length = text_decode(s + at, size - at, &c);
		if (!(text_class(c) & TEXT_SPACE))
			break;
		at += length;
	}
	return at;
}

bool text_goes_on(const char *s, size_t size)
{
	if (size == 0 || !(text_marks((unsigned char)s[0]) & (MARK_SENTENCE | MARK_COMMA)))
		return false;
	return size == 1 || (size > 2 && s[1] == ' ' && (unsigned char)s[2] > ' ');
}

size_t text_length(const char *s, size_t size)
{
	size_t length = 0;
	for (size_t i = 0; i < size; i++)
		length += (s[i] & 0xc0) != 0x80;
	return length;
}
