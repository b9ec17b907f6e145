#include "visible.h"

#include "lib/text.h"

bool visible_commands(uint32_t c)
{
	bool is_control = c < ' ' || (c >= 0x7f && c < 0xa0);
	/* Embeddings, overrides and isolates of the bidirectional algorithm (UAX #9). */
	bool sets_direction = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);

	return is_control || sets_direction;
}

size_t visible_character(const char *text, size_t size, uint32_t *c)
{
	size_t length = text_decode(text, size, c);

	if (visible_commands(*c) && *c != '\t' && *c != '\n')
		*c = TEXT_REPLACEMENT;
	return length;
}

void visible_put(FILE *out, uint32_t c)
{
	char bytes[4];
	size_t size = text_encode(c, bytes);

	fwrite(bytes, 1, size, out);
}

void visible_text(FILE *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += visible_character(text + at, size - at, &c);
		visible_put(out, c);
	}
}
