/* UTF-8 and what kinds of characters there are, independent of any locale. */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TEXT_REPLACEMENT 0xfffdu

enum {
	TEXT_LETTER = 1,
	TEXT_UPPER = 2,
	TEXT_LOWER = 4,
	TEXT_DIGIT = 8,
	TEXT_WIDE = 16,     /* two columns on a terminal */
	TEXT_UNSPACED = 32, /* of a script without spaces between words */
	TEXT_SPACE = 64,    /* white space and controls */
	TEXT_INVISIBLE = 128,
	TEXT_APOSTROPHE = TEXT_LETTER | TEXT_DIGIT, /* inside words, but no letter */
};

/* What punctuation is for. */
enum {
	MARK_SENTENCE = 1, /* ends one: . ! ? and their kin in other scripts */
	MARK_CLOSING = 2,  /* a quote or bracket that may follow a sentence end */
	MARK_QUOTE = 4,    /* opens quoted speech */
	MARK_COMMA = 8,
	MARK_BAR = 16,    /* between the links of a menu */
	MARK_BULLET = 32, /* a list marker that renderers write */
};

/* Written by tools/unicode.c at build time; use the functions below. */
extern const unsigned char text_class_index[];
extern const unsigned char text_class_block[][256];
extern const unsigned char text_mark_index[];
extern const unsigned char text_mark_block[][256];
extern const unsigned char text_fold_index[];
extern const int32_t text_fold_block[][256];

static inline unsigned text_class(uint32_t c)
{
	return text_class_block[text_class_index[c >> 8]][c & 0xff];
}

static inline unsigned text_marks(uint32_t c)
{
	return text_mark_block[text_mark_index[c >> 8]][c & 0xff];
}

/* At least as generous as PCRE2's caseless matching: what it takes for equal folds alike. */
static inline uint32_t text_fold(uint32_t c)
{
	return (uint32_t)((int32_t)c + text_fold_block[text_fold_index[c >> 8]][c & 0xff]);
}

/*
 * What rules and subjects have in place of c: of the apostrophes the plain
 * one, and the letters i of Turkish without regard to their dots, as PCRE2
 * takes neither for the other case of the common i.  Greek capitals have no
 * accents, so its vowels go without.
 */
static inline uint32_t text_plain(uint32_t c)
{
	switch (c) {
	case 0x2019:
	case 0x2bc:
		return '\'';
	case 0x130:
		return 'I';
	case 0x131:
		return 'i';
	case 0x386:
		return 0x391;
	case 0x388:
		return 0x395;
	case 0x389:
		return 0x397;
	case 0x38a:
		return 0x399;
	case 0x38c:
		return 0x39f;
	case 0x38e:
		return 0x3a5;
	case 0x38f:
		return 0x3a9;
	case 0x390:
		return 0x3ca;
	case 0x3ac:
		return 0x3b1;
	case 0x3ad:
		return 0x3b5;
	case 0x3ae:
		return 0x3b7;
	case 0x3af:
		return 0x3b9;
	case 0x3b0:
		return 0x3cb;
	case 0x3cc:
		return 0x3bf;
	case 0x3cd:
		return 0x3c5;
	case 0x3ce:
		return 0x3c9;
	default:
		return c;
	}
}

/* text_decode for what is not ASCII. */
size_t text_decode_long(const char *s, size_t size, uint32_t *c);
/* text_encode for three bytes and four. */
size_t text_encode_long(uint32_t c, char *out);

/*
 * The first character of s, which has size > 0 bytes, into *c; returns how
 * many bytes it takes.  A byte that starts no valid sequence is one
 * TEXT_REPLACEMENT, as are surrogates and overlong forms.
 */
static inline size_t text_decode(const char *s, size_t size, uint32_t *c)
{
	unsigned char first = (unsigned char)*s;

	if (first < 0x80) {
		*c = first;
		return 1;
	}
	/* Of two bytes, as most are: any continuation makes a character of these. */
	if (first >= 0xc2 && first < 0xe0 && size > 1 && (s[1] & 0xc0) == 0x80) {
		*c = (first & 0x1fu) << 6 | ((unsigned char)s[1] & 0x3fu);
		return 2;
	}
	return text_decode_long(s, size, c);
}

/* The same of text that is known to be UTF-8. */
static inline size_t text_take(const char *s, uint32_t *c)
{
	const unsigned char *u = (const unsigned char *)s;

	if (u[0] < 0x80) {
		*c = u[0];
		return 1;
	}
	if (u[0] < 0xe0) {
		*c = (u[0] & 0x1fu) << 6 | (u[1] & 0x3fu);
		return 2;
	}
	if (u[0] < 0xf0) {
		*c = (u[0] & 0x0fu) << 12 | (u[1] & 0x3fu) << 6 | (u[2] & 0x3fu);
		return 3;
	}
	*c = (u[0] & 0x07u) << 18 | (u[1] & 0x3fu) << 12 | (u[2] & 0x3fu) << 6 | (u[3] & 0x3fu);
	return 4;
}

/* Writes up to 4 bytes and returns how many; c must be a valid code point. */
static inline size_t text_encode(uint32_t c, char *out)
{
	if (c >= 0x800)
		return text_encode_long(c, out);
	if (c < 0x80) {
		*out = (char)c;
		return 1;
	}
	out[0] = (char)(0xc0 | c >> 6);
	out[1] = (char)(0x80 | (c & 0x3f));
	return 2;
}

static inline bool text_is_ascii_letter(char byte)
{
	return ((unsigned char)byte | 0x20u) - 'a' < 26;
}

/* Whether a text starts as no sentence does, but what follows one or its part: ", he said". */
bool text_goes_on(const char *s, size_t size);

/* How many bytes at the start of s are white space. */
size_t text_spaces(const char *s, size_t size);

/* How many characters are in s. */
size_t text_length(const char *s, size_t size);

#endif
