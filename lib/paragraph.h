/* Bytes to lines to paragraphs: recognises the lines into which a renderer wrapped one. */
#ifndef PARAGRAPH_H
#define PARAGRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"
#include "scan.h"
#include "wrap.h"

struct paragraph {
	const char *blank; /* the blank lines before it */
	size_t blank_size;
	unsigned blank_lines;
	const char *bytes; /* its lines; none at the end of the input */
	size_t size;
	unsigned lines;
	bool torn;               /* a piece of a line that is too long to hold */
	const struct scan *scan; /* of its only line if that is tidy, else NULL */
};

/* Takes each paragraph; the bytes stay where they are as long as nothing is fed. */
typedef bool paragraph_taker(void *context, const struct paragraph *paragraph);

struct splitter {
	struct buffer bytes; /* those fed, from before what was not handed on */
	size_t next;         /* where the next paragraph begins: its blank lines, then its lines */
	size_t blank_size;
	unsigned blank_lines;
	struct line *lines; /* the text lines not handed on yet */
	size_t count, capacity;
	size_t line;     /* where the unfinished line begins */
	size_t searched; /* there is no line end from there to here */
	size_t learned;  /* lines whose vote was counted */
	size_t line_max; /* longer lines are torn */
	bool tearing;
	bool scan_all; /* count words and marks of lines, see scan.h */
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
