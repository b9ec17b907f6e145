/*
 * Writes the Unicode tables of lib/text.c: for each code point its classes,
 * its marks and its folded form, from the C library's C.UTF-8 locale, so that the
 * program itself depends on no locale.  Runs at build time.
 */
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wctype.h>

#include "../lib/text.h"

enum { BLOCK = 256, BLOCKS = 0x110000 / BLOCK };

static bool in_ranges(uint32_t c, const uint32_t (*ranges)[2], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return false;
}

/* East Asian Wide and Fullwidth, by block (Unicode 15, EastAsianWidth.txt). */
static bool is_wide(uint32_t c)
{
	static const uint32_t ranges[][2] = {{0x1100, 0x115f}, {0x2e80, 0x303e}, {0x3041, 0xa4cf},
	    {0xa960, 0xa97c}, {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe30, 0xfe6f},
	    {0xff00, 0xff60}, {0xffe0, 0xffe6}, {0x1f300, 0x1f64f}, {0x1f900, 0x1f9ff},
	    {0x20000, 0x3fffd}};
	return in_ranges(c, ranges, sizeof ranges / sizeof *ranges);
}

/* Scripts written without spaces between words: Han, kana, Thai, Lao, Khmer, Burmese. */
static bool is_unspaced(uint32_t c)
{
	static const uint32_t ranges[][2] = {{0x0e00, 0x0eff}, {0x1000, 0x109f}, {0x1780, 0x17ff},
	    {0x3005, 0x3007}, {0x3040, 0x30ff}, {0x3400, 0x9fff}, {0xf900, 0xfaff},
	    {0xff66, 0xff9f}, {0x20000, 0x3fffd}};
	return in_ranges(c, ranges, sizeof ranges / sizeof *ranges);
}

/* Soft hyphen, zero-width and direction marks, BOM: nothing a reader sees. */
static bool is_invisible(uint32_t c)
{
	static const uint32_t ranges[][2] = {{0xad, 0xad}, {0x34f, 0x34f}, {0x61c, 0x61c},
	    {0x180e, 0x180e}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x206f},
	    {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}};
	return in_ranges(c, ranges, sizeof ranges / sizeof *ranges);
}

/* Decimal digits beyond ASCII: ten from each of these on (Unicode 17, category Nd). */
static bool is_digit(uint32_t c)
{
	static const uint32_t zeros[] = {0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66,
	    0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810,
	    0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900,
	    0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40, 0x11066, 0x110f0,
	    0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da,
	    0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11de0, 0x11f50,
	    0x16130, 0x16a60, 0x16ac0, 0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2,
	    0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e5f1, 0x1e950, 0x1fbf0};

	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		if (c >= zeros[i] && c <= zeros[i] + 9)
			return true;
	return false;
}

static bool is_space(uint32_t c)
{
	return c <= ' ' || c == 0x7f || (c >= 0x80 && c <= 0xa0) || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
	       c == 0x205f || c == 0x3000;
}

static unsigned classes(uint32_t c)
{
	wint_t w = (wint_t)c;
	unsigned bits = 0;

	if (is_invisible(c))
		return TEXT_INVISIBLE;
	if (is_space(c))
		return TEXT_SPACE;
	if (c == '\'' || c == 0x2019)
		return TEXT_APOSTROPHE;
	if (iswalpha(w) && !iswdigit(w))
		bits |= TEXT_LETTER;
	if (iswupper(w) || (towlower(w) != w))
		bits |= TEXT_UPPER;
	else if (iswlower(w))
		bits |= TEXT_LOWER;
	if (iswdigit(w) || is_digit(c))
		bits = TEXT_DIGIT;
	if (is_wide(c))
		bits |= TEXT_WIDE;
	if (is_unspaced(c))
		bits |= TEXT_UNSPACED;
	return bits;
}

static bool is_one_of(uint32_t c, const uint32_t *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (set[i] == c)
			return true;
	return false;
}

static const uint32_t sentence_ends[] = {'.', '!', '?', 0x2026, 0x203c, 0x203d, 0x2047, 0x2048,
    0x2049, 0x0589, 0x061f, 0x06d4, 0x0964, 0x0965, 0x104a, 0x104b, 0x1362, 0x1367, 0x17d4, 0x17d5,
    0x3002, 0xff01, 0xff0e, 0xff1f, 0xff61};
static const uint32_t closing[] = {'"', '\'', ')', ']', '*', 0x00bb, 0x00ab, 0x2018, 0x2019, 0x201c,
    0x201d, 0x201e, 0x203a, 0x2039, 0x300d, 0x300f, 0x3011, 0xff09, 0x300b};
static const uint32_t quotes[] = {
    '"', 0x00ab, 0x00bb, 0x2018, 0x201a, 0x201c, 0x201d, 0x201e, 0x2039, 0x203a, 0x300c, 0x300e};
static const uint32_t commas[] = {',', ';', 0x3001, 0xff0c, 0x060c, 0x061b};
static const uint32_t bars[] = {'|', '>', 0xbb, 0x203a, 0xb7, 0x2022, 0x2192, 0x25ba};
static const uint32_t bullets[] = {'*', '-', '+', 0x00b7, 0x2022, 0x2023, 0x2043, 0x2219, 0x25a0,
    0x25a1, 0x25a2, 0x25aa, 0x25ab, 0x25b6, 0x25b8, 0x25ba, 0x25c6, 0x25cb, 0x25cf, 0x25d8, 0x25e6,
    0x2605, 0x2606, 0x2610, 0x2611, 0x2612, 0x2713, 0x2714, 0x274f, 0x2750, 0x2751, 0x2752, 0x27a4};

#define IS_IN(c, set) is_one_of((c), (set), sizeof(set) / sizeof *(set))

static unsigned marks(uint32_t c)
{
	return (IS_IN(c, sentence_ends) ? MARK_SENTENCE : 0) |
	       (IS_IN(c, closing) ? MARK_CLOSING : 0) | (IS_IN(c, quotes) ? MARK_QUOTE : 0) |
	       (IS_IN(c, commas) ? MARK_COMMA : 0) | (IS_IN(c, bars) ? MARK_BAR : 0) |
	       (IS_IN(c, bullets) ? MARK_BULLET : 0);
}

/*
 * One form for all that PCRE2 takes for the same letter when caseless, and
 * for no more: by way of the capital (final sigma, long s), then small
 * (Kelvin sign).  The dotted capital and the dotless small i stand alone.
 */
static int32_t fold(uint32_t c)
{
	if ((c >= 0xd800 && c <= 0xdfff) || c == 0x130 || c == 0x131)
		return 0;
	return (int32_t)towlower(towupper((wint_t)c)) - (int32_t)c;
}

static unsigned char class_blocks[BLOCKS][BLOCK], mark_blocks[BLOCKS][BLOCK];
static int32_t fold_blocks[BLOCKS][BLOCK];

/* Write the distinct blocks of a table and the index that picks them. */
static void write_table(const char *name, const char *type, const void *blocks, size_t item,
    long (*value)(const void *block, int i))
{
	static int order[BLOCKS], used[BLOCKS];
	const char *base = blocks;
	int distinct = 0;

	for (int b = 0; b < BLOCKS; b++) {
		int d = 0;
		while (d < distinct && memcmp(base + (size_t)used[d] * BLOCK * item,
		                           base + (size_t)b * BLOCK * item, BLOCK * item) != 0)
			d++;
		if (d == distinct)
			used[distinct++] = b;
		order[b] = d;
	}
	printf("const unsigned char text_%s_index[%d] = {", name, BLOCKS);
	for (int b = 0; b < BLOCKS; b++)
		printf("%s%d,", b % 32 ? "" : "\n", order[b]);
	printf("\n};\nconst %s text_%s_block[][%d] = {\n", type, name, BLOCK);
	for (int d = 0; d < distinct; d++) {
		printf("{");
		for (int i = 0; i < BLOCK; i++)
			printf("%s%ld,", i % 32 ? "" : "\n",
			    value(base + (size_t)used[d] * BLOCK * item, i));
		printf("},\n");
	}
	printf("};\n");
}

static long byte_value(const void *block, int i)
{
	return ((const unsigned char *)block)[i];
}

static long fold_value(const void *block, int i)
{
	return ((const int32_t *)block)[i];
}

int main(void)
{
	if (!setlocale(LC_CTYPE, "C.UTF-8")) {
		fprintf(stderr, "unicode: the C library has no C.UTF-8 locale\n");
		return 2;
	}
	for (uint32_t c = 0; c < 0x110000; c++) {
		class_blocks[c / BLOCK][c % BLOCK] = (unsigned char)classes(c);
		mark_blocks[c / BLOCK][c % BLOCK] = (unsigned char)marks(c);
		fold_blocks[c / BLOCK][c % BLOCK] = fold(c);
	}
	printf("/* Written by tools/unicode.c. */\n#include \"text.h\"\n");
	write_table("class", "unsigned char", class_blocks, 1, byte_value);
	write_table("mark", "unsigned char", mark_blocks, 1, byte_value);
	write_table("fold", "int32_t", fold_blocks, sizeof(int32_t), fold_value);
	return 0;
}
