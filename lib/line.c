#include "line.h"

#include <string.h>

#include "shape.h"
#include "subject.h"
#include "text.h"

enum { RULER = 20 }; /* columns of the shortest ruler */

static unsigned advance(unsigned column, uint32_t c)
{
	unsigned class = text_class(c);

	if (c == '\t')
		return column + 8 - column % 8;
	if (class == TEXT_INVISIBLE || c == '\r' || c == '\n')
		return column;
	return column + (class & TEXT_WIDE ? 2 : 1);
}

/* Columns of a text's first bytes. */
static unsigned columns_of(const char *text, size_t size)
{
	unsigned column = 0;

	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += text_decode(text + at, size - at, &c);
		column = advance(column, c);
	}
	return column;
}

/* Whether a text begins as "12. " does, or "1) ". */
static bool has_number(const char *text, size_t size)
{
	size_t digits = 0;

	while (digits < size && digits < 3 && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	return digits > 0 && digits + 1 < size && (text[digits] == '.' || text[digits] == ')') &&
	       text[digits + 1] == ' ';
}

/* A line as subjects are was measured when it was scanned. */
static void measure_tidy(const char *text, size_t size, struct line *line)
{
	const struct scan *scan = &line->scan;
	uint32_t first;
	size_t end;

	line->columns = scan->columns;
	line->wide = scan->columns - scan->characters;
	line->words = scan->spaces + 1;
	line->ended = text_marks(shape_last_character(text, size, &end)) & MARK_SENTENCE;
	line->first_word = scan->first_word;
	text_decode(text, size, &first);
	line->lower = text_class(first) & TEXT_LOWER;
	line->numbered = has_number(text, size);
	if (scan->ascii)
		return;
	line->unspaced = text_class(first) & TEXT_UNSPACED;
	line->first_word = line->unspaced ? 2 : columns_of(text, scan->first_word);
}

/* Any line, column by column. */
static void measure_untidy(const char *bytes, size_t size, struct line *line)
{
	size_t indent, marker = subject_marker(bytes, size, &indent);
	unsigned column = 0;
	bool in_word = false;

	line->marked = marker > indent;
	line->numbered = has_number(bytes + indent, size - indent);
	for (size_t at = 0; at < size;) {
		uint32_t c;
		if (at == indent)
			line->indent = column;
		if (at == marker)
			line->text = column;
		size_t length = text_decode(bytes + at, size - at, &c);
		/* A renderer breaks no line at these: words that they join are one. */
		bool glue = c == 0xa0 || c == 0x202f;
		bool visible = !(text_class(c) & (TEXT_SPACE | TEXT_INVISIBLE));
		bool text = visible && at >= indent; /* quote marks are visible, but no text */
		if (text && at == indent) {
			line->unspaced = text_class(c) & TEXT_UNSPACED;
			line->lower = text_class(c) & TEXT_LOWER;
		}
		column = advance(column, c);
		at += length;
		line->wide += visible && (text_class(c) & TEXT_WIDE);
		if (visible)
			line->columns = column;
		if (visible && !(text_marks(c) & MARK_CLOSING))
			line->ended = (text_marks(c) & MARK_SENTENCE);
		line->words += text && !in_word;
		if (text && line->words == 1)
			line->first_word = column - line->indent;
		in_word = text || (glue && in_word);
		/* Far beyond any width: nothing more to learn. */
		if (column > 4 * LINE_WIDEST && line->words > 1)
			break;
	}
	if (line->unspaced)
		line->first_word = 2;
	if (marker == size)
		line->text = line->indent;
}

static bool is_ruler(const char *text, size_t size)
{
	uint32_t c;

	for (; size > 0 && *text == ' '; size--)
		text++;
	size_t length = size > 0 ? text_decode(text, size, &c) : 0;
	return length > 0 && !(text_class(c) & (TEXT_LETTER | TEXT_DIGIT)) &&
	       memcmp(text, text + length, size - length) == 0;
}

/* The last place where a link's address begins, as Markdown writes it, or NULL. */
static const char *last_link(const char *text, size_t size)
{
	const char *last = NULL, *next;

	for (size_t at = 0; (next = memmem(text + at, size - at, "](", 2));) {
		last = next;
		at = (size_t)(next - text) + 2;
	}
	return last;
}

/* See whether the line has links, and whether an address goes on in it or in the next one. */
static void find_links(const char *text, size_t size, const struct line *before, struct line *line)
{
	const char *link = NULL;
	bool goes_on = before && before->open;

	if (!line->scan.tidy || line->scan.bracket)
		link = last_link(text, size);
	line->linked = link;
	line->closes = goes_on && (line->words == 1 || memchr(text, ')', size));
	size_t start = link ? (size_t)(link - text) : 0;
	if (link || line->closes)
		line->open = !memchr(text + start, ')', size - start);
}

/* Whether the text ends with a comma or an opening bracket, and spaces. */
static bool hangs(const char *text, size_t size)
{
	while (size > 0 && text[size - 1] == ' ')
		size--;
	return size > 0 && (text[size - 1] == ',' || text[size - 1] == '(');
}

bool line_measure(
    struct line *line, const char *bytes, size_t size, const struct line *before, bool all)
{
	size_t text = size;

	/* What is scanned is cleared there. */
	memset(line, 0, offsetof(struct line, scan));
	line->size = size;
	line->scan.tidy = false;
	while (text > 0 && (bytes[text - 1] == '\n' || bytes[text - 1] == '\r'))
		text--;
	if (text <= SUBJECT_MAX)
		scan_text(&line->scan, bytes, text, all);
	if (text > 0 && line->scan.tidy)
		measure_tidy(bytes, text, line);
	else if (text > 0)
		measure_untidy(bytes, size, line);
	find_links(bytes, text, before, line);
	line->spaced = text > 0 && bytes[text - 1] == ' ';
	line->midst = text_goes_on(bytes, text);
	line->bracket = text > 0 && *bytes == ')';
	line->hangs = hangs(bytes, text);
	line->ruler = line->words == 1 && line->columns >= RULER && is_ruler(bytes, text);
	return line->columns > 0;
}
