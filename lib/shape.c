#include "shape.h"

#include <string.h>

#include "text.h"

/* Words of a line that may be a date's or a clock time's. */
enum { DATE_WORDS = 14 };

/* Numbers so far, for dates and clock times: 12:30, 2024-01-31, 31.1.2024, 2024. */
struct numbers {
	unsigned run, groups; /* digits of this number; numbers in a row */
	bool clock, year, dated;
	uint32_t previous;
};

static void take_character(struct numbers *n, uint32_t c)
{
	if (text_class(c) == TEXT_DIGIT) {
		n->clock |= n->run == 0 && n->groups > 0 && n->previous == ':';
		n->run++;
	} else {
		if (n->run > 0) {
			n->groups++;
			n->year |= n->run == 4;
			n->dated |= n->groups >= 3;
		}
		if (c != '.' && c != '/' && c != '-' && c != ':')
			n->groups = 0;
		n->run = 0;
	}
	n->previous = c;
}

static bool has_date(struct span text)
{
	struct numbers n = {.previous = ' '};

	for (size_t at = 0; at < text.size;) {
		uint32_t c;
		at += text_decode(text.data + at, text.size - at, &c);
		take_character(&n, c);
	}
	take_character(&n, ' ');
	return n.clock || n.dated || n.year;
}

uint32_t shape_last_character(const char *text, size_t size, size_t *end)
{
	uint32_t c = 0;

	*end = size;
	/* As many lines end. */
	if (size > 0 && text_is_ascii_letter(text[size - 1]))
		return (unsigned char)text[size - 1];
	while (size > 0) {
		size_t start = size - 1;
		while (start > 0 && (text[start] & 0xc0) == 0x80)
			start--;
		text_decode(text + start, size - start, &c);
		if (!(text_marks(c) & MARK_CLOSING) && c != ' ')
			break;
		size = start;
	}
	*end = size;
	return c;
}

static enum ending find_ending(const char *text, uint32_t last, size_t end)
{
	if (last == 0x2026 || (end >= 3 && memcmp(text + end - 3, "...", 3) == 0))
		return ENDS_ELLIPSIS;
	if (end > 0 && (text_marks(last) & MARK_SENTENCE))
		return ENDS_SENTENCE;
	if (last == ':' || last == 0xff1a)
		return ENDS_COLON;
	return text_marks(last) & MARK_COMMA ? ENDS_COMMA : ENDS_PLAIN;
}

static short percent(size_t part, size_t whole)
{
	return whole ? feature_clamp(part * 100 / whole) : (short)0;
}

/* Some characters of unspaced scripts are no letters, so the difference could be negative. */
static size_t letters_in_words(const struct scan *scan)
{
	return scan->letters > scan->unspaced ? scan->letters - scan->unspaced : 0;
}

static void set_start(struct span text, short *value)
{
	uint32_t c = 0;

	if (text.size > 0)
		text_decode(text.data, text.size, &c);
	value[FEATURE_LOWER_START] =
	    (text_class(c) & TEXT_LOWER) && c != 0 && text_class(c) != TEXT_APOSTROPHE;
	value[FEATURE_QUOTE_START] = (text_marks(c) & MARK_QUOTE) != 0;
	value[FEATURE_DASH_START] = c == '-' || c == 0x2013 || c == 0x2014;
}

static bool is_one_of(char byte, const char *bytes)
{
	return byte != '\0' && strchr(bytes, byte);
}

/* How lines of code and markup begin or end: "if (x) {", "});", "<p>"; some lists end so, too. */
static bool is_like_code(struct span text)
{
	if (text.size == 0)
		return false;
	char first = text.data[0], last = text.data[text.size - 1];
	return is_one_of(last, "{[;}") || is_one_of(first, "])}") || (first == '<' && last == '>');
}

void shape_prose(const struct subject *subject, unsigned prose_words, struct features *out)
{
	struct span text = subject->text;
	short *value = out->value;
	size_t end;
	uint32_t last = shape_last_character(text.data, text.size, &end);
	/* A word of Chinese or Japanese is about two characters. */
	size_t words = subject->scan.words + subject->scan.unspaced / 2;
	enum ending ending = find_ending(text.data, last, end);

	memset(out, 0, sizeof *out);
	value[FEATURE_WORDS] = feature_clamp(words);
	value[FEATURE_ENDS] = (short)ending;
	value[FEATURE_QUESTION] = last == '?' || last == 0xff1f || last == 0x61f;
	value[FEATURE_EXCLAMATION] = last == '!' || last == 0xff01;
	value[FEATURE_PROSE] =
	    words >= prose_words && (ending == ENDS_SENTENCE || ending == ENDS_ELLIPSIS);
}

void shape_features(const struct subject *subject, struct features *out)
{
	const struct scan *scan = &subject->scan;
	struct span text = subject->text;
	short *value = out->value;

	set_start(text, value);
	value[FEATURE_PARENTHESIS] = text.size > 0 && text.data[text.size - 1] == ')';
	value[FEATURE_CHARS] = feature_clamp(scan->characters);
	value[FEATURE_WORD_LENGTH] =
	    feature_clamp(scan->words ? letters_in_words(scan) * 10 / scan->words : 0);
	value[FEATURE_QUOTES] = feature_clamp(scan->quotes);
	value[FEATURE_LAST_CAPITAL] = scan->last_capital;
	value[FEATURE_SENTENCES] = feature_clamp(scan->sentences);
	value[FEATURE_COMMAS] = feature_clamp(scan->commas);
	value[FEATURE_CAPITALISED] = percent(scan->capitalised, scan->words);
	value[FEATURE_DIGITS] = percent(scan->digits, scan->characters - scan->spaces);
	value[FEATURE_ALL_CAPITALS] = scan->letters >= 3 && scan->upper == scan->letters;
	value[FEATURE_BARS] = feature_clamp(scan->bars);
	value[FEATURE_UNSPACED] = feature_clamp(scan->unspaced);
	value[FEATURE_CELLS] = feature_clamp(subject->cells);
	value[FEATURE_CODE] = is_like_code(text);
	value[FEATURE_COPYRIGHT] = scan->copyright;
	value[FEATURE_ADDRESS] = scan->address;
	value[FEATURE_DATE] =
	    value[FEATURE_WORDS] <= DATE_WORDS && scan->digits > 0 && has_date(text);
}
