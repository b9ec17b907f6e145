/* What a pattern literally requires: how every match of it must begin. */
#ifndef LITERAL_H
#define LITERAL_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/* More beginnings than this are not worth listing. */
enum { LITERALS_MAX = 512 };

struct literal {
	size_t offset; /* into the set's text */
	size_t size;
	bool open; /* a match may go on after it */
};

/*
 * Every match of the pattern, folded by text_fold, equals one of the closed
 * literals or starts with one of the open ones.  An empty open literal says
 * that nothing is known.
 */
struct literals {
	struct buffer text;
	struct literal *items;
	size_t count, capacity;
	bool exact; /* no literal is open: they are all that matches */
};

/* Analyse a pattern; false when memory is short.  Errs only towards knowing less. */
bool literals_init(struct literals *literals, const char *pattern, size_t size);
void literals_fini(struct literals *literals);

#endif
