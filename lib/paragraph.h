/* Bytes to lines to paragraphs: recognises the lines into which a renderer wrapped one. */
#ifndef PARAGRAPH_H
#define PARAGRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/* The narrowest and widest page that wrapped text is looked for on, in columns. */
enum { WRAP_MIN = 60, WRAP_MAX = 132 };

struct paragraph {
	const char *blank; /* the blank lines before it */
	size_t blank_size;
	unsigned blank_lines;
	const char *bytes; /* its lines; none at the end of the input */
	size_t size;
	unsigned lines;
	bool torn; /* a piece of a line that is too long to hold */
};

/* Takes each paragraph; the bytes are valid during the call. */
typedef bool paragraph_taker(void *context, const struct paragraph *paragraph);

struct line;

/* Votes of neighbouring lines for the width they were wrapped at. */
struct wrap {
	int votes[WRAP_MAX + 1];
	unsigned pairs;
};

struct splitter {
	struct buffer held; /* blank lines, then text lines, then an unfinished line */
	struct line *lines; /* the text lines */
	size_t count, capacity;
	size_t blank_size;
	unsigned blank_lines;
	size_t unfinished; /* bytes at the end of held without a line end yet */
	size_t learned;    /* lines whose vote was counted */
	size_t line_max;   /* longer lines are torn */
	bool tearing;
	struct wrap wrap;
	paragraph_taker *take;
	void *context;
};

void splitter_init(
    struct splitter *splitter, size_t line_max, paragraph_taker *take, void *context);
void splitter_fini(struct splitter *splitter);

/* False when memory is short or the taker said so. */
bool splitter_feed(struct splitter *splitter, const char *bytes, size_t size);
bool splitter_end(struct splitter *splitter);

/* A paragraph's lines as one, with its line end, appended to out. */
bool paragraph_unwrap(struct buffer *out, const char *bytes, size_t size);

#endif
