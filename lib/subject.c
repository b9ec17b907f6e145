#include "subject.h"

#include <string.h>

#include "disguise.h"
#include "hash.h"
#include "markup.h"
#include "mould.h"
#include "text.h"
#include "word.h"

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

size_t subject_marker(const char *line, size_t size, size_t *indent)
{
	*indent = 0;
	/* As most lines begin. */
	if (size > 0 && text_is_ascii_letter(*line))
		return 0;
	size_t at = skip_indent(line, size);
	*indent = at;
	while (at < size) {
		uint32_t c;
		size_t length = text_decode(line + at, size - at, &c);
		if (!(text_marks(c) & MARK_BULLET))
			break;
		size_t spaces = text_spaces(line + at + length, size - at - length);
		/* "-5" and "*bold*" are no list items; a lone bullet is. */
		if (spaces == 0 && at + length < size)
			break;
		at += length + spaces;
	}
	return at;
}

/* Write c where out points; returns the place after it. */
static char *put(char *out, uint32_t c)
{
	return out + text_encode(c, out);
}

#define EACH_BYTE 0x0101010101010101u
#define HIGH_BITS (EACH_BYTE * 0x80)

/* The highest bits of the bytes that are a space (Hacker's Delight, 2nd ed., 6-1). */
static uint64_t find_spaces(uint64_t word)
{
	uint64_t others = word ^ EACH_BYTE * ' ';

	return ~(((others & ~HIGH_BITS) + ~HIGH_BITS) | others) & HIGH_BITS;
}

/* The same of those that are not of printed ASCII. */
static uint64_t find_odd(uint64_t word)
{
	uint64_t controls = ~((word | HIGH_BITS) - EACH_BYTE * ' '),
	         delete = (word & ~HIGH_BITS) + EACH_BYTE;

	return (word | controls | delete) & HIGH_BITS;
}

/* How many bytes from the text's start on are words of ASCII with single spaces between them. */
static size_t count_tidy(const char *text, size_t size)
{
	uint64_t before = 0x80; /* no space begins it */
	size_t at = 0, count;

	for (count = sizeof before; count == sizeof before && size - at >= sizeof before;
	     at += count) {
		uint64_t word = word_load(text + at), spaces = find_spaces(word);
		uint64_t odd = find_odd(word) | (spaces & (spaces << 8 | before));
		count = odd ? (size_t)__builtin_ctzll(odd) / 8 : sizeof before;
		before = spaces >> 56;
	}
	return at > 0 && text[at - 1] == ' ' ? at - 1 : at;
}

/* Text browsers set the columns of a table that many spaces apart or more; browsers, a tab. */
enum { CELL_GAP = 3 };

/*
 * One line after what is there already.  Scripts without spaces are joined
 * without one: a line end inside a word is the renderer's.
 */
static void append_line(struct subject *subject, const char *line, size_t size, uint32_t *last)
{
	struct buffer *made = &subject->made;
	char *start = made->data, *out = start + made->size;
	bool space = made->size > 0 && !text_goes_on(line, size);
	unsigned gap = 0;

	for (size_t at = 0; at < size && out < start + SUBJECT_MAX;) {
		size_t left = size - at, room = (size_t)(start + SUBJECT_MAX - out);
		size_t run = space ? 0 : count_tidy(line + at, left < room ? left : room);
		if (run > 0) {
			memcpy(out, line + at, run);
			out += run;
			at += run;
			gap = 0;
			*last = (unsigned char)out[-1];
			continue;
		}
		uint32_t c;
		size_t length = text_decode(line + at, size - at, &c);
		unsigned class = text_class(c);
		at += length;
		if (class == TEXT_INVISIBLE)
			continue;
		if (class == TEXT_SPACE) {
			space = out > start;
			gap += c == '\t' ? CELL_GAP : 1;
			*last = ' ';
			continue;
		}
		subject->cells += gap >= CELL_GAP && out > start + made->size;
		gap = 0;
		if (space && !(text_class(*last) & class & TEXT_UNSPACED))
			*out++ = ' ';
		space = false;
		*last = c;
		out = put(out, text_plain(c));
	}
	made->size = (size_t)(out - start);
}

/* The lines as one text, in a buffer of the subject's own. */
static bool tidy_up(struct subject *subject, const char *lines, size_t size)
{
	struct buffer *made = &subject->made;
	size_t most = size < SUBJECT_MAX ? size : SUBJECT_MAX;
	uint32_t last = ' ';

	/* What is no UTF-8 grows from one byte to three; each line may add a space. */
	if (!buffer_reserve(made, 4 * most + 16 + SCAN_BLOCK))
		return false;
	made->size = 0;
	subject->cells = 0;
	for (size_t at = 0; at < size && made->size < SUBJECT_MAX;) {
		const char *end = memchr(lines + at, '\n', size - at);
		size_t length = end ? (size_t)(end - lines) - at : size - at;
		size_t indent, skip = subject_marker(lines + at, length, &indent);
		/* A bullet at the start of a line that continues a paragraph is its text. */
		if (at > 0)
			skip = indent;
		else
			skip += markup_pictures(lines + skip, length - skip);
		append_line(subject, lines + at + skip, length - skip, &last);
		at += length + 1;
	}
	subject->text = (struct span){made->data, made->size};
	scan_text(&subject->scan, made->data, made->size, true);
	return true;
}

/* If the plain text is not empty it is the text from now on. */
static bool take_plain(struct subject *subject)
{
	struct buffer before = subject->made;

	if (subject->plain.size == 0)
		return true;
	if (!buffer_reserve(&subject->plain, subject->plain.size + SCAN_BLOCK))
		return false;
	subject->made = subject->plain;
	subject->plain = before;
	subject->text = (struct span){subject->made.data, subject->made.size};
	scan_text(&subject->scan, subject->text.data, subject->text.size, true);
	return true;
}

static bool see_through(struct subject *subject, const char *lines, size_t size)
{
	const struct scan *scan = &subject->scan;

	/* As many spaces as single characters can have between them. */
	if (scan->characters == 2 * scan->spaces + 1 && scan->spaces > 0 &&
	    !(disguise_join_letters(subject->text, lines, size, &subject->plain) &&
	        take_plain(subject)))
		return false;
	bool adorned = subject->text.size > 0 && markup_may_adorn(*subject->text.data);
	if ((scan->bracket || adorned) &&
	    !(markup_strip(subject->text, &subject->plain) && take_plain(subject)))
		return false;
	if (scan->mixed &&
	    !(disguise_replace_look_alikes(subject->text, &subject->plain) && take_plain(subject)))
		return false;
	return true;
}

/* Folded, a text may be a third as long: the Kelvin sign is. */
enum { EDGE_BYTES = 3 * SUBJECT_EDGE };

/*
 * Eight bytes with small letters for capitals, all at once (H. S. Warren,
 * "Hacker's Delight", 2nd ed., 6-1); only those below the first that is not
 * ASCII are right.
 */
static uint64_t fold_ascii(uint64_t word)
{
	/* The highest bit of a byte tells whether the rest of it is at least so much. */
	uint64_t from_a = word + EACH_BYTE * (0x80 - 'A'),
	         beyond_z = word + EACH_BYTE * (0x7f - 'Z');

	return word | ((from_a ^ beyond_z) & HIGH_BITS) >> 2;
}

/* Whether one of eight ASCII bytes is a digit; found in the same way. */
static bool has_digit(uint64_t word)
{
	uint64_t from_0 = word + EACH_BYTE * (0x80 - '0'),
	         beyond_9 = word + EACH_BYTE * (0x7f - '9');

	return (from_0 ^ beyond_9) & HIGH_BITS;
}

/* How many ASCII bytes eight bytes begin with. */
static size_t count_ascii(uint64_t word)
{
	uint64_t others = word & EACH_BYTE * 0x80;

	return others ? (size_t)__builtin_ctzll(others) / 8 : sizeof word;
}

/* Append the folded text to out, which has room for it; returns the end. */
static char *fold(char *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		if (size - at >= sizeof(uint64_t)) {
			uint64_t word = word_load(text + at);
			size_t ascii = count_ascii(word);
			word = fold_ascii(word);
			word_store(out, word);
			out += ascii;
			at += ascii;
			if (ascii == sizeof word)
				continue;
		}
		uint32_t c;
		at += text_take(text + at, &c);
		out = put(out, text_fold(c));
	}
	return out;
}

/* A few characters need three bytes for two; whole blocks are read and written. */
static bool reserve_folded(struct subject *subject, size_t size)
{
	return buffer_reserve(&subject->folds, size + size / 2 + 2 * SCAN_BLOCK);
}

/* The index reads a word at the last bytes: the byte after them is to be the same each time. */
static void set_folded(struct subject *subject, char *end)
{
	*end = '\0';
	subject->folded = (struct span){subject->folds.data, (size_t)(end - subject->folds.data)};
}

static bool set_mould(struct subject *subject)
{
	struct buffer *moulds = &subject->moulds;

	subject->mould = subject->folded;
	subject->shape = subject->hash;
	if (subject->scan.possible_digits == 0)
		return true;
	if (!buffer_reserve(moulds, subject->folded.size + 2 * SCAN_BLOCK))
		return false;
	char *end = mould_make(moulds->data, subject->folded, !subject->scan.wide_digits);
	*end = '\0';
	subject->mould = (struct span){moulds->data, (size_t)(end - moulds->data)};
	subject->shape = hash_bytes(subject->mould.data, subject->mould.size);
	return true;
}

/* ---- words ---- */

static void keep_word(struct subject *subject, uint64_t hash)
{
	uint16_t word = (uint16_t)hash;

	/* Zero is for no word. */
	if (subject->word_count < WORDS_KEPT)
		subject->words[subject->word_count++] = word ? word : 1;
}

/*
 * Bytes of a block of the folded text that may be of words: letters,
 * apostrophes and all that is not ASCII; none beyond its end.
 */
static uint64_t words_at(const struct subject *subject, size_t at)
{
	size_t size = subject->folded.size;

	if (at >= size)
		return 0;
	uint64_t words = scan_words(subject->folded.data + at);
	return size - at < SCAN_BLOCK ? words & (((uint64_t)1 << (size - at)) - 1) : words;
}

/* The words in some bytes that are not all ASCII; of unspaced scripts, pairs of characters. */
static void keep_run(struct subject *subject, const char *text, size_t size)
{
	size_t letters = 0, start = 0;
	uint32_t previous = 0;

	for (size_t at = 0; at <= size;) {
		uint32_t c = ' ';
		size_t length = at < size ? text_take(text + at, &c) : 1;
		unsigned class = text_class(c);
		if (class & TEXT_UNSPACED) {
			if (previous)
				keep_word(subject, hash_mix(previous, c));
			previous = c;
		} else {
			previous = 0;
		}
		if ((class & TEXT_LETTER) && !(class & TEXT_UNSPACED)) {
			start = letters++ ? start : at;
		} else {
			if (letters >= WORD_LETTERS)
				keep_word(subject, hash_bytes(text + start, at - start));
			letters = 0;
		}
		at += length;
	}
}

static bool is_ascii(const char *text, size_t size)
{
	unsigned char all = 0;

	for (size_t i = 0; i < size; i++)
		all |= (unsigned char)text[i];
	return all < 0x80;
}

/* Where the run of words ends that goes on at a byte. */
static size_t end_of_run(const struct subject *subject, size_t at)
{
	for (;;) {
		uint64_t others = ~words_at(subject, at);
		if (others)
			return at + (size_t)__builtin_ctzll(others);
		at += SCAN_BLOCK;
	}
}

void subject_find_words(struct subject *subject)
{
	const char *text = subject->folded.data;
	uint64_t before = 0, words = words_at(subject, 0);

	subject->word_count = 0;
	memset(subject->words, 0, sizeof subject->words);
	for (size_t at = 0; at < subject->folded.size && subject->word_count < WORDS_KEPT;
	     at += SCAN_BLOCK) {
		uint64_t after = words_at(subject, at + SCAN_BLOCK);
		/* Where runs of five bytes or more begin. */
		uint64_t starts = words & ~(words << 1 | before >> (SCAN_BLOCK - 1));
		for (unsigned i = 1; i < WORD_LETTERS; i++)
			starts &= words >> i | after << (SCAN_BLOCK - i);
		for (; starts; starts &= starts - 1) {
			unsigned bit = (unsigned)__builtin_ctzll(starts);
			size_t start = at + bit, end = at + SCAN_BLOCK;
			uint64_t others = ~words >> bit;
			if (others)
				end = start + (size_t)__builtin_ctzll(others);
			else
				end = end_of_run(subject, end);
			if (subject->scan.ascii || is_ascii(text + start, end - start))
				keep_word(subject, hash_bytes(text + start, end - start));
			else
				keep_run(subject, text + start, end - start);
		}
		before = words;
		words = after;
	}
}

bool subject_make(struct subject *subject, const char *lines, size_t size, const struct scan *scan)
{
	if (scan) {
		size_t end = size;
		if (end > 0 && lines[end - 1] == '\n')
			end--;
		if (end > 0 && lines[end - 1] == '\r')
			end--;
		subject->text = (struct span){lines, end};
		subject->scan = *scan;
		subject->cells = 0;
	} else if (!tidy_up(subject, lines, size)) {
		return false;
	}
	return see_through(subject, lines, size);
}

/* The same of a text in ASCII that has a word at least: the last one is folded twice. */
static char *fold_words(char *out, const char *text, size_t size)
{
	uint64_t word = fold_ascii(word_load(text + size - sizeof word));

	word_store(out + size - sizeof word, word);
	for (size_t at = 0; at + sizeof word < size; at += sizeof word) {
		word = fold_ascii(word_load(text + at));
		word_store(out + at, word);
	}
	return out + size;
}

bool subject_fold(struct subject *subject)
{
	struct span text = subject->text;
	bool words = subject->scan.ascii && text.size >= sizeof(uint64_t);

	if (!reserve_folded(subject, text.size))
		return false;
	char *out = subject->folds.data;
	set_folded(subject,
	    words ? fold_words(out, text.data, text.size) : fold(out, text.data, text.size));
	subject->hash = hash_bytes(subject->folded.data, subject->folded.size);
	return set_mould(subject);
}

/* A character begins at the byte. */
static bool is_boundary(const char *byte)
{
	return (*byte & 0xc0) != 0x80;
}

/* Where the edges end and begin of a text that is no longer than these together, if they meet. */
static void find_edges(struct span text, size_t size, size_t *first, size_t *last)
{
	*first = *last = text.size;
	if (text.size <= 2 * size)
		return;
	*first = size;
	*last = text.size - size;
	while (*first < *last && !is_boundary(text.data + *first))
		++*first;
	while (*last > *first && !is_boundary(text.data + *last))
		--*last;
}

bool subject_fold_edges(struct subject *subject)
{
	struct span text = subject->text;
	size_t first, last;

	if (!reserve_folded(subject, 2 * EDGE_BYTES))
		return false;
	char *out = subject->folds.data;
	if (text.size >= 2 * SUBJECT_EDGE) {
		/* Both edges as one word. */
		memcpy(out, text.data, SUBJECT_EDGE);
		memcpy(out + SUBJECT_EDGE, text.data + text.size - SUBJECT_EDGE, SUBJECT_EDGE);
		uint64_t word = fold_ascii(word_load(out));
		if (count_ascii(word) == sizeof word && !has_digit(word)) {
			word_store(out, word);
			set_folded(subject, out + sizeof word);
			subject->mould = subject->folded;
			return true;
		}
	}
	/* A number may be longer than the edges are. */
	if (subject->scan.possible_digits > 0)
		return subject_fold(subject);
	find_edges(text, EDGE_BYTES, &first, &last);
	out = fold(out, text.data, first);
	set_folded(subject, fold(out, text.data + last, text.size - last));
	subject->mould = subject->folded;
	return true;
}

void subject_fini(struct subject *subject)
{
	buffer_fini(&subject->made);
	buffer_fini(&subject->plain);
	buffer_fini(&subject->folds);
	buffer_fini(&subject->moulds);
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
		bool plain = text_plain(c) == c;
		char other[4];
		if (class != TEXT_SPACE && class != TEXT_INVISIBLE &&
		    !(plain ? buffer_append(out, text + at, length)
		            : buffer_append(out, other, text_encode(text_plain(c), other))))
			return false;
		at += length;
	}
	return true;
}
