/* Verdicts go out in the order of the lines, with their places; blank lines are squeezed. */
#ifndef WRITER_H
#define WRITER_H

#include "buffer.h"
#include "declutter.h"

struct writer {
	const struct declutter_settings *settings;
	size_t offset;      /* bytes of the input that have a verdict or are in the gap */
	unsigned long line; /* number of the line there */
	bool wrote;         /* a paragraph was kept */
	bool dropped;       /* one was dropped since */
	bool stopped;       /* the callback said so */
	struct buffer gap;  /* a blank line since the last kept one, to be kept if another is */
	struct declutter_verdict gap_verdict; /* and where it was */
	struct declutter_verdict gathered;    /* on kept lines not told of yet, if it has a size */
	struct buffer unwrapped;
};

/* The settings must live as long. */
void writer_init(struct writer *writer, const struct declutter_settings *settings);
void writer_fini(struct writer *writer);

/*
 * Blank lines, the next of the input.  Where nothing was dropped they stay as
 * they were; around dropped paragraphs one is left, and none at the ends.
 * False when memory is short or the callback said so, here and below.
 */
bool writer_blanks(struct writer *writer, const char *blanks, size_t size, bool kept);
/* The next lines of the input, with a verdict that wants but its bytes and their place. */
bool writer_lines(struct writer *writer, struct declutter_verdict *verdict, const char *bytes,
    size_t size, size_t lines);
/* Tell of what was gathered, before the bytes are gone. */
bool writer_flush(struct writer *writer);
/* Nothing comes after. */
bool writer_end(struct writer *writer);

#endif
