#include "disguise.h"

#include "text.h"

enum alphabet { LATIN, CYRILLIC, GREEK, ALPHABETS, NONE = ALPHABETS };

/*
 * Letters that look alike, Latin, Cyrillic, Greek; 0 where there is none.
 * From the confusable characters of Unicode, https://www.unicode.org/reports/tr39/
 */
static const uint16_t look_alikes[][ALPHABETS] = {
    {'A', 0x410, 0x391},
    {'B', 0x412, 0x392},
    {'C', 0x421, 0},
    {'E', 0x415, 0x395},
    {'H', 0x41d, 0x397},
    {'I', 0x406, 0x399},
    {'J', 0x408, 0},
    {'K', 0x41a, 0x39a},
    {'M', 0x41c, 0x39c},
    {'N', 0, 0x39d},
    {'O', 0x41e, 0x39f},
    {'P', 0x420, 0x3a1},
    {'S', 0x405, 0},
    {'T', 0x422, 0x3a4},
    {'X', 0x425, 0x3a7},
    {'Y', 0x423, 0x3a5},
    {'Z', 0, 0x396},
    {'a', 0x430, 0x3b1},
    {'c', 0x441, 0},
    {'d', 0x501, 0},
    {'e', 0x435, 0},
    {'h', 0x4bb, 0},
    {'i', 0x456, 0x3b9},
    {'j', 0x458, 0},
    {'k', 0x43a, 0x3ba},
    {'l', 0x4cf, 0},
    {'o', 0x43e, 0x3bf},
    {'p', 0x440, 0x3c1},
    {'q', 0x51b, 0},
    {'s', 0x455, 0},
    {'u', 0, 0x3c5},
    {'v', 0, 0x3bd},
    {'w', 0x51d, 0},
    {'x', 0x445, 0x3c7},
    {'y', 0x443, 0x3b3},
};

/* Mathematical letters, bold, italic, sans-serif, ..., each style A to Z and a to z. */
enum { STYLED_FIRST = 0x1d400, STYLED_END = 0x1d6a4, STYLE = 52 };

static uint32_t unstyled(uint32_t c)
{
	if (c < STYLED_FIRST || c >= STYLED_END)
		return c;
	uint32_t letter = (c - STYLED_FIRST) % STYLE;
	return letter < 26 ? 'A' + letter : 'a' + letter - 26;
}

static enum alphabet alphabet_of(uint32_t c)
{
	if (!(text_class(c) & TEXT_LETTER) || text_class(c) == TEXT_APOSTROPHE)
		return NONE;
	if (c < 0x250)
		return LATIN;
	if (c >= 0x370 && c < 0x400)
		return GREEK;
	return c >= 0x400 && c < 0x530 ? CYRILLIC : NONE;
}

/* The letter of the wanted alphabet that looks like c; c itself if there is none. */
static uint32_t look_alike(uint32_t c, enum alphabet wanted)
{
	enum alphabet alphabet = alphabet_of(c);

	if (alphabet == NONE)
		return c;
	for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++)
		if (look_alikes[i][alphabet] == c)
			return look_alikes[i][wanted] ? look_alikes[i][wanted] : c;
	return c;
}

/* Whether no other alphabet has a letter that looks like c. */
static bool is_certain(uint32_t c, enum alphabet alphabet)
{
	for (enum alphabet other = LATIN; other < ALPHABETS; other++)
		if (other != alphabet && look_alike(c, other) != c)
			return false;
	return true;
}

/* How many letters of each alphabet a word has, and how many that only it has. */
struct count {
	unsigned letters[ALPHABETS], certain[ALPHABETS];
};

static bool is_mixed(const struct count *count)
{
	int alphabets = 0;

	for (int i = 0; i < ALPHABETS; i++)
		alphabets += count->letters[i] > 0;
	return alphabets > 1;
}

/* The alphabet that a mixed word is written in: the one with the most certain letters. */
static enum alphabet true_alphabet(const struct count *count)
{
	enum alphabet best = LATIN;

	for (enum alphabet i = CYRILLIC; i < ALPHABETS; i++)
		if (count->certain[i] > count->certain[best] ||
		    (count->certain[i] == count->certain[best] &&
		        count->letters[i] > count->letters[best]))
			best = i;
	return best;
}

static void count_letter(struct count *count, uint32_t c)
{
	enum alphabet alphabet = alphabet_of(c);

	if (alphabet == NONE)
		return;
	count->letters[alphabet]++;
	count->certain[alphabet] += is_certain(c, alphabet);
}

static bool append(struct buffer *plain, uint32_t c)
{
	char encoded[8];

	return buffer_append(plain, encoded, text_encode(c, encoded));
}

/* The word that begins there in its true alphabet; its size, or 0 when memory is short. */
static size_t append_word(
    struct buffer *plain, const char *text, size_t size, enum alphabet fallback, bool *changed)
{
	struct count count = {0};
	size_t end = 0;
	uint32_t c;

	while (end < size) {
		size_t length = text_decode(text + end, size - end, &c);
		if (end > 0 && !(text_class(c) & TEXT_LETTER))
			break;
		count_letter(&count, unstyled(c));
		end += length;
	}
	enum alphabet alphabet = true_alphabet(&count);
	if (count.certain[alphabet] == 0)
		alphabet = fallback;
	for (size_t at = 0; at < end;) {
		at += text_decode(text + at, end - at, &c);
		uint32_t shown = unstyled(c);
		shown = is_mixed(&count) ? look_alike(shown, alphabet) : shown;
		*changed |= shown != c;
		if (!append(plain, shown))
			return 0;
	}
	return end;
}

bool disguise_replace_look_alikes(struct span text, struct buffer *plain)
{
	struct count count = {0};
	bool changed = false;
	uint32_t c;

	plain->size = 0;
	if (text.size > DISGUISE_MAX)
		return true;
	for (size_t at = 0; at < text.size;) {
		at += text_decode(text.data + at, text.size - at, &c);
		count_letter(&count, unstyled(c));
	}
	enum alphabet alphabet = true_alphabet(&count);
	for (size_t at = 0, size; at < text.size; at += size) {
		size = append_word(plain, text.data + at, text.size - at, alphabet, &changed);
		if (size == 0)
			return false;
	}
	plain->size = changed ? plain->size : 0;
	return true;
}

/*
 * Whether the text is single letters with spaces between.  Three make a
 * word, of scripts without spaces two.
 */
static bool is_spaced(struct span text)
{
	unsigned letters = 0;
	bool space = true, unspaced = true;

	for (size_t at = 0; at < text.size;) {
		uint32_t c;
		at += text_decode(text.data + at, text.size - at, &c);
		if (c != ' ' && (!space || !(text_class(c) & TEXT_LETTER)))
			return false;
		space = c == ' ';
		letters += !space;
		unspaced &= space || (text_class(c) & TEXT_UNSPACED) != 0;
	}
	return letters >= (unspaced ? 2 : 3);
}

bool disguise_join_letters(struct span text, const char *line, size_t size, struct buffer *plain)
{
	unsigned gap = 0;

	plain->size = 0;
	if (text.size > DISGUISE_MAX || !is_spaced(text))
		return true;
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += text_decode(line + at, size - at, &c);
		if (text_class(c) == TEXT_SPACE)
			gap++;
		if (text_class(c) & (TEXT_SPACE | TEXT_INVISIBLE))
			continue;
		if (gap > 1 && plain->size > 0 && !append(plain, ' '))
			return false;
		gap = 0;
		if (!append(plain, c))
			return false;
	}
	return true;
}
