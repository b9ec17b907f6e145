/* Which lines a renderer wrapped from one: what a page's lines tell, and what follows. */
#ifndef WRAP_H
#define WRAP_H

#include <stdbool.h>
#include <stddef.h>

#include "line.h"

/* The narrowest and widest page that wrapped text is looked for on, in columns. */
enum { WRAP_MIN = 45, WRAP_MAX = LINE_WIDEST };

/* Votes of neighbouring lines for the width they were wrapped at, or for none. */
struct wrap {
	int votes[WRAP_MAX + 1];
	int most; /* no width has more */
	unsigned pairs;
	unsigned midst; /* pairs that go on in the midst of a sentence */
	long full;      /* lines that are full of so many characters, less those that are longer */
	size_t neighbours; /* lines without blank ones between them */
	size_t indented;   /* of these, such as go on with an indented first line, */
	size_t pieces;     /* such as go on in the midst of a sentence, */
	size_t sources;    /* and such as stand as they do in a page's HTML */
};

/* Learn from a line of text, and from it and its neighbour below, or NULL for a blank line. */
void wrap_learn_line(struct wrap *wrap, const struct line *line);
void wrap_learn_pair(struct wrap *wrap, const struct line *line, const struct line *next);

/* The width that most pairs agree on, or 0 if the text does not look wrapped. */
unsigned wrap_width(struct wrap *wrap);

/* How lines are taken for parts of a paragraph. */
struct wrapping {
	const struct wrap *wrap;
	unsigned width; /* by wrap_width */
	bool pieces;    /* whether a line may be in pieces, see wrap.c */
};

/*
 * Whether the next line goes on with the paragraph whose last line this is, and its first if so
 * said; after is the line behind that, or NULL.
 */
bool wrap_goes_on(const struct wrapping *wrapping, const struct line *line, const struct line *next,
    const struct line *after, bool first);

/* Whether the line's end may be in the midst of a paragraph, however long it is. */
bool wrap_may_go_on(const struct wrapping *wrapping, const struct line *line);

/* Whether nothing goes on with the line, as it is longer than any page is wide. */
bool wrap_is_too_long(const struct line *line);

#endif
