/* --explain=terminal: the page as it is read, beside a narrow margin. */
#include <string.h>
#include <wchar.h>

#include "explain.h"
#include "lib/text.h"
#include "visible.h"

enum {
	MARGIN = 26,       /* columns, if the terminal is wide enough */
	TEXT_COLUMNS = 20, /* columns left for text at least */
	FIRST_STRONG_ISOLATE = 0x2068,
	POP_ISOLATE = 0x2069
};

/* Columns that a character takes; the C library knows, in a locale of UTF-8. */
static unsigned width_of(uint32_t c)
{
	int width = c == '\t' ? 1 : wcwidth((wchar_t)c);

	/* What this C library does not know is shown as a box. */
	return width < 0 ? 1 : (unsigned)width;
}

/* Letters written from right to left would take the margin along. */
static bool is_right_to_left(uint32_t c)
{
	return (c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xfe00) ||
	       (c >= 0xfe70 && c < 0xff00) || (c >= 0x10800 && c < 0x11000) ||
	       (c >= 0x1e800 && c < 0x1f000);
}

/* A part of a paragraph that fits in a row, and what of it is passed over after it. */
struct row {
	size_t size, skipped;
	bool right_to_left;
};

/* As much of the text as fits, up to a space if there is one not too far back. */
static struct row fit(const char *text, size_t size, unsigned columns)
{
	struct row row = {.size = size};
	unsigned column = 0, space_column = 0;
	size_t space = 0, length;

	for (size_t at = 0; at < size; at += length) {
		uint32_t c;
		length = visible_character(text + at, size - at, &c);
		unsigned width = width_of(c);
		if (c == ' ') {
			space = at;
			space_column = column;
		}
		if (column + width > columns && at > 0) {
			bool at_space = space_column > columns / 3 || c == ' ';
			row.size = at_space ? space : at;
			row.skipped = at_space ? 1 : 0;
			return row;
		}
		column += width;
		row.right_to_left |= is_right_to_left(c);
	}
	return row;
}

/* The text cut to the columns, and spaces up to them. */
static void print_label(const char *label, unsigned columns)
{
	struct row row = fit(label, strlen(label), columns);
	unsigned used = 0;

	for (size_t at = 0; at < row.size;) {
		uint32_t c;
		at += visible_character(label + at, row.size - at, &c);
		used += width_of(c);
	}
	visible_text(stdout, label, row.size);
	printf("%*s", (int)(columns - used), "");
}

static unsigned margin_of(const struct explain *explain)
{
	return explain->columns >= MARGIN + TEXT_COLUMNS ? MARGIN : explain->columns / 3;
}

static void print_row(
    const struct explain *explain, bool kept, const char *label, const char *text, struct row row)
{
	unsigned margin = margin_of(explain);
	const char *dim = explain->color ? "\033[2m" : "", *plain = explain->color ? "\033[0m" : "";

	fputs(dim, stdout);
	putchar(label ? (kept ? '+' : '-') : ' ');
	putchar(' ');
	print_label(label ? label : "", margin > 5 ? margin - 5 : 0);
	printf(" \u2502 %s", kept ? plain : "");
	/* The text finds its own direction, the margin keeps its. */
	if (row.right_to_left)
		visible_put(stdout, FIRST_STRONG_ISOLATE);
	for (size_t at = 0; at < row.size;) {
		uint32_t c;
		at += visible_character(text + at, row.size - at, &c);
		visible_put(stdout, c == '\t' ? ' ' : c);
	}
	if (row.right_to_left)
		visible_put(stdout, POP_ISOLATE);
	printf("%s\n", kept ? "" : plain);
}

static void print_line(
    const struct explain *explain, bool kept, const char *label, const char *text, size_t size)
{
	unsigned margin = margin_of(explain);
	unsigned columns = explain->columns > margin + 1 ? explain->columns - margin : 1;

	do {
		struct row row = fit(text, size, columns);
		print_row(explain, kept, label, text, row);
		text += row.size + row.skipped;
		size -= row.size + row.skipped;
		label = NULL;
	} while (size > 0);
}

static void make_label(const struct declutter_verdict *verdict, char *label, size_t size)
{
	char source[EXPLAIN_SOURCE];

	explain_short_source(verdict, source);
	snprintf(
	    label, size, "%s %s", explain_reason(verdict), strcmp(source, "-") == 0 ? "" : source);
}

void explain_terminal(const struct explain *explain, const struct declutter_verdict *verdict)
{
	char label[2 * EXPLAIN_SOURCE];
	const char *at = verdict->bytes, *end = at + verdict->size;
	bool first = verdict->reason != DECLUTTER_BLANK;

	make_label(verdict, label, sizeof label);
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		if (stop > at && stop[-1] == '\r')
			stop--;
		print_line(explain, verdict->kept, first ? label : NULL, at, (size_t)(stop - at));
		at = newline ? newline + 1 : end;
		first = false;
	}
}
