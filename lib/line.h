/* A line as it stands on a page: its columns, its words, how it begins and ends. */
#ifndef LINE_H
#define LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "scan.h"

struct line {
	size_t size;         /* with its end */
	unsigned columns;    /* up to the last visible character */
	unsigned wide;       /* characters among these that take two */
	unsigned indent;     /* column of the first visible character */
	unsigned text;       /* column of the text after a list marker */
	unsigned first_word; /* columns of the first word */
	unsigned words;
	bool marked;      /* has a list marker */
	bool numbered;    /* has a number as items of lists have */
	bool unspaced;    /* starts in a script without spaces */
	bool ended;       /* a sentence ends at its end */
	bool lower;       /* starts with a small letter */
	bool ruler;       /* is one mark, drawn over and over */
	bool spaced;      /* has a space at its end */
	bool midst;       /* starts with a comma or the like */
	bool bracket;     /* starts with a closing bracket */
	bool hangs;       /* ends with a comma or an opening bracket */
	bool linked;      /* has a link's address, as Markdown does */
	bool open;        /* and ends in its midst */
	bool closes;      /* could have the end of one that is open */
	struct scan scan; /* if it is tidy */
};

/* No page is wider, in columns; of lines four times as long no more is measured. */
enum { LINE_WIDEST = 132 };

/*
 * Measure a line, with its end, that follows another without a blank one between
 * them, or NULL; all: scan it fully, see scan.h.  False if the line is blank.
 */
bool line_measure(
    struct line *line, const char *bytes, size_t size, const struct line *before, bool all);

#endif
