#include "subject.h"

#include <string.h>

#include "disguise.h"
#include "text.h"

static size_t skip_indent(const char *line, size_t size)
{
	size_t at = 0;

	while (at < size) {
		uint32_t c;
		size_t length = text_decode(line + at, size - at, &c);
		if (!(text_class(c) & (TEXT_SPACE | TEXT_INVISIBLE)) && c != '>')
			break;
		at += length;
	}
	return at;
}

static size_t skip_spaces(const char *line, size_t size)
{
	size_t at = 0;

	while (at < size) {
		uint32_t c;
		size_t length = text_decode(line + at, size - at, &c);
		if (!(text_class(c) & TEXT_SPACE))
			break;
		at += length;
	}
	return at;
}

size_t subject_marker(const char *line, size_t size, size_t *indent)
{
	size_t at = skip_indent(line, size);

	*indent = at;
	while (at < size) {
		uint32_t c;
		size_t length = text_decode(line + at, size - at, &c);
		if (!text_is_bullet(c))
			break;
		size_t spaces = skip_spaces(line + at + length, size - at - length);
		/* "-5" and "*bold*" are no list items; a lone bullet is. */
		if (spaces == 0 && at + length < size)
			break;
		at += length + spaces;
	}
	return at;
}

/* Apostrophes are written in several ways: rules are written with the plain one. */
static uint32_t plain_apostrophe(uint32_t c)
{
	return c == 0x2019 || c == 0x2bc ? '\'' : c;
}

static bool append_character(struct subject *subject, uint32_t c)
{
	char encoded[8];
	size_t size = text_encode(c, encoded);

	subject->characters++;
	return buffer_append(&subject->text, encoded, size) &&
	       buffer_append(&subject->folded, encoded, text_encode(text_fold(c), encoded));
}

static uint64_t hash_bytes(const char *bytes, size_t size)
{
	/* FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/ */
	uint64_t hash = 14695981039346656037u;
	for (size_t i = 0; i < size; i++)
		hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
	return hash;
}

/* The hash of the bytes with every number the same. */
static uint64_t hash_shape(const char *bytes, size_t size)
{
	uint64_t hash = 14695981039346656037u;
	bool number = false;

	for (size_t i = 0; i < size; i++) {
		bool digit = bytes[i] >= '0' && bytes[i] <= '9';
		if (digit && number)
			continue;
		hash = (hash ^ (unsigned char)(digit ? '0' : bytes[i])) * 1099511628211u;
		number = digit;
	}
	return hash;
}

/*
 * One line after what is there already.  Scripts without spaces are joined
 * without one: a line end inside a word is the renderer's.
 */
static bool append_line(struct subject *subject, const char *line, size_t size, uint32_t *last)
{
	bool space = subject->text.size > 0;

	for (size_t at = 0; at < size && subject->text.size < SUBJECT_MAX;) {
		uint32_t c;
		size_t length = text_decode(line + at, size - at, &c);
		unsigned class = text_class(c);
		at += length;
		if (class == TEXT_INVISIBLE)
			continue;
		if (class == TEXT_SPACE) {
			space = subject->text.size > 0;
			*last = ' ';
			continue;
		}
		bool unspaced = text_class(*last) & class & TEXT_UNSPACED;
		if (space && !unspaced && !append_character(subject, ' '))
			return false;
		space = false;
		*last = c;
		if (!append_character(subject, plain_apostrophe(c)))
			return false;
	}
	return true;
}

static bool take_plain(struct subject *subject)
{
	const struct buffer *plain = &subject->plain;

	if (plain->size == 0)
		return true;
	subject->text.size = subject->folded.size = subject->characters = 0;
	for (size_t at = 0; at < plain->size;) {
		uint32_t c;
		at += text_decode(plain->data + at, plain->size - at, &c);
		if (!append_character(subject, c))
			return false;
	}
	return true;
}

static bool see_through(struct subject *subject, const char *lines, size_t size)
{
	return disguise_join_letters(&subject->text, lines, size, &subject->plain) &&
	       take_plain(subject) &&
	       disguise_replace_look_alikes(&subject->text, &subject->plain) && take_plain(subject);
}

static void keep_word(struct subject *subject, uint32_t hash)
{
	if (subject->word_count < WORDS_KEPT)
		subject->words[subject->word_count++] = (uint16_t)(hash ^ hash >> 16);
}

/* Hash the long words of the folded subject; of unspaced scripts, pairs of characters. */
static void keep_words(struct subject *subject)
{
	const char *text = subject->folded.data;
	size_t size = subject->folded.size, letters = 0;
	uint32_t hash = 0, previous = 0, c = ' ';

	subject->word_count = 0;
	for (size_t at = 0; at <= size && subject->word_count < WORDS_KEPT;) {
		at += at < size ? text_decode(text + at, size - at, &c) : 1;
		unsigned class = at <= size ? text_class(c) : TEXT_SPACE;
		if (class & TEXT_UNSPACED) {
			if (previous)
				keep_word(subject, previous * 2654435761u + c);
			previous = c;
		} else {
			previous = 0;
		}
		if ((class & TEXT_LETTER) && !(class & TEXT_UNSPACED)) {
			hash = (hash + c + 1) * 2654435761u;
			letters++;
			continue;
		}
		if (letters >= WORD_LETTERS)
			keep_word(subject, hash);
		hash = 0;
		letters = 0;
	}
}

bool subject_make(struct subject *subject, const char *lines, size_t size)
{
	uint32_t last = ' ';

	subject->text.size = subject->folded.size = subject->characters = 0;
	for (size_t at = 0; at < size && subject->text.size < SUBJECT_MAX;) {
		const char *end = memchr(lines + at, '\n', size - at);
		size_t length = end ? (size_t)(end - lines) - at : size - at;
		size_t indent, skip = subject_marker(lines + at, length, &indent);
		/* A bullet at the start of a line that continues a paragraph is its text. */
		if (at > 0)
			skip = indent;
		if (!append_line(subject, lines + at + skip, length - skip, &last))
			return false;
		at += length + 1;
	}
	if (!see_through(subject, lines, size))
		return false;
	subject->hash = hash_bytes(subject->folded.data, subject->folded.size);
	subject->shape = hash_shape(subject->folded.data, subject->folded.size);
	keep_words(subject);
	return true;
}

void subject_fini(struct subject *subject)
{
	buffer_fini(&subject->text);
	buffer_fini(&subject->plain);
	buffer_fini(&subject->folded);
}

bool subject_clean_pattern(struct buffer *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t c;
		size_t length = text_decode(text + at, size - at, &c);
		unsigned class = text_class(c);
		if (class == TEXT_SPACE && !buffer_append_byte(out, ' '))
			return false;
		/* Bytes that are no UTF-8 stay, for PCRE2 to complain of. */
		bool plain = plain_apostrophe(c) == c;
		if (class != TEXT_SPACE && class != TEXT_INVISIBLE &&
		    !(plain ? buffer_append(out, text + at, length)
		            : buffer_append_byte(out, '\'')))
			return false;
		at += length;
	}
	return true;
}

/* Running counts over the characters of a subject. */
struct tally {
	size_t words, capitalised, letters, upper, digits, solid, unspaced;
	size_t sentences, commas, bars;
	bool in_word, after_end;
	bool copyright, at_sign;
	unsigned digit_run, digit_groups;
	bool clock, year, dated;
	size_t quotes;
	bool last_capital; /* of the last word */
	uint32_t previous, before;
};

static void count_word_start(struct tally *t, unsigned class)
{
	t->words++;
	t->capitalised += (class & TEXT_UPPER) != 0;
	t->last_capital = (class & TEXT_UPPER) != 0;
}

/* Dates and clock times: 12:30, 2024-01-31, 31.1.2024, 2024. */
static void count_digit(struct tally *t, uint32_t c, bool digit)
{
	if (digit) {
		if (t->digit_run == 0 && t->digit_groups > 0 && t->previous == ':')
			t->clock = true;
		t->digit_run++;
		return;
	}
	if (t->digit_run > 0) {
		t->digit_groups++;
		t->year |= t->digit_run == 4;
		t->dated |= t->digit_groups >= 3;
	}
	if (c != '.' && c != '/' && c != '-' && c != ':')
		t->digit_groups = 0;
	t->digit_run = 0;
}

static bool is_bar(uint32_t c)
{
	return c == '|' || c == 0xbb || c == 0x203a || c == 0xb7 || c == 0x2022 || c == '>' ||
	       c == 0x2192 || c == 0x25ba;
}

static bool is_comma(uint32_t c)
{
	return c == ',' || c == ';' || c == 0x3001 || c == 0xff0c || c == 0x60c || c == 0x61b;
}

static void count_character(struct tally *t, uint32_t c)
{
	unsigned class = text_class(c);
	bool apostrophe = class == TEXT_APOSTROPHE;
	bool letter = !apostrophe && (class & TEXT_LETTER);
	bool digit = class == TEXT_DIGIT;

	t->solid += class != TEXT_SPACE;
	t->digits += digit;
	t->letters += letter;
	t->upper += letter && (class & TEXT_UPPER);
	count_digit(t, c, digit);
	if (t->after_end && (class == TEXT_SPACE || (class & TEXT_UNSPACED)))
		t->sentences++, t->after_end = false;
	if (class & TEXT_UNSPACED) {
		t->unspaced++;
		t->in_word = false;
	} else if (letter || digit) {
		if (!t->in_word)
			count_word_start(t, class);
		t->in_word = true;
	} else if (!apostrophe) {
		t->in_word = false;
	}
	if (text_is_sentence_end(c) && t->previous != ' ')
		t->after_end = true;
	else if (!text_is_closing(c))
		t->after_end = false;
	t->quotes += text_is_quote(c);
	t->commas += is_comma(c);
	t->bars += is_bar(c);
	t->copyright |= c == 0xa9;
	t->at_sign |= c == '@' || (c == '/' && t->previous == '/' && t->before == ':');
	t->before = t->previous;
	t->previous = c;
}

/* How the text ends before closing quotes and brackets; *mark is the last character of that. */
static enum ending find_ending(const char *text, size_t size, uint32_t *mark)
{
	uint32_t c = 0;

	while (size > 0) {
		size_t start = size - 1;
		while (start > 0 && (text[start] & 0xc0) == 0x80)
			start--;
		text_decode(text + start, size - start, &c);
		if (!text_is_closing(c) && c != ' ')
			break;
		size = start;
	}
	*mark = c;
	if (c == 0x2026 || (size >= 3 && memcmp(text + size - 3, "...", 3) == 0))
		return ENDS_ELLIPSIS;
	if (size > 0 && text_is_sentence_end(c))
		return ENDS_SENTENCE;
	if (c == ':' || c == 0xff1a)
		return ENDS_COLON;
	return is_comma(c) ? ENDS_COMMA : ENDS_PLAIN;
}

static short percent(size_t part, size_t whole)
{
	return whole ? feature_clamp(part * 100 / whole) : (short)0;
}

/* Some characters of unspaced scripts are no letters, so the difference could be negative. */
static size_t letters_in_words(const struct tally *t)
{
	return t->letters > t->unspaced ? t->letters - t->unspaced : 0;
}

static void set_start(const char *text, size_t size, struct features *out)
{
	uint32_t c = 0;

	if (size > 0)
		text_decode(text, size, &c);
	out->value[FEATURE_LOWER_START] =
	    (text_class(c) & TEXT_LOWER) && c != 0 && text_class(c) != TEXT_APOSTROPHE;
	out->value[FEATURE_QUOTE_START] = text_is_quote(c);
	out->value[FEATURE_DASH_START] = c == '-' || c == 0x2013 || c == 0x2014;
}

void subject_features(const struct subject *subject, unsigned prose_words, struct features *out)
{
	const char *text = subject->text.data;
	size_t size = subject->text.size;
	struct tally t = {.previous = ' '};
	short *value = out->value;

	memset(out, 0, sizeof *out);
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += text_decode(text + at, size - at, &c);
		count_character(&t, c);
	}
	count_character(&t, ' ');
	/* A word of Chinese or Japanese is about two characters. */
	size_t words = t.words + t.unspaced / 2;
	value[FEATURE_WORDS] = feature_clamp(words);
	value[FEATURE_CHARS] = feature_clamp(subject->characters);
	value[FEATURE_WORD_LENGTH] =
	    feature_clamp(t.words ? letters_in_words(&t) * 10 / t.words : 0);
	uint32_t mark;
	value[FEATURE_ENDS] = (short)find_ending(text, size, &mark);
	value[FEATURE_QUESTION] = mark == '?' || mark == 0xff1f || mark == 0x61f;
	value[FEATURE_EXCLAMATION] = mark == '!' || mark == 0xff01;
	value[FEATURE_QUOTES] = feature_clamp(t.quotes);
	value[FEATURE_PARENTHESIS] = size > 0 && text[size - 1] == ')';
	value[FEATURE_LAST_CAPITAL] = t.last_capital;
	value[FEATURE_LONG_WORDS] = (short)subject->word_count;
	value[FEATURE_SENTENCES] = feature_clamp(t.sentences);
	value[FEATURE_COMMAS] = feature_clamp(t.commas);
	value[FEATURE_CAPITALISED] = percent(t.capitalised, t.words);
	value[FEATURE_DIGITS] = percent(t.digits, t.solid);
	value[FEATURE_ALL_CAPITALS] = t.letters >= 3 && t.upper == t.letters;
	value[FEATURE_BARS] = feature_clamp(t.bars);
	value[FEATURE_COPYRIGHT] = t.copyright;
	value[FEATURE_ADDRESS] = t.at_sign;
	value[FEATURE_DATE] = words <= 14 && (t.clock || t.dated || t.year);
	value[FEATURE_PROSE] = words >= prose_words && (value[FEATURE_ENDS] == ENDS_SENTENCE ||
	                                                   value[FEATURE_ENDS] == ENDS_ELLIPSIS);
	set_start(text, size, out);
}
