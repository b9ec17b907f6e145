/* What the command says on standard error. */
#ifndef COMPLAIN_H
#define COMPLAIN_H

#include <stdio.h>

#include "lib/declutter.h"

enum { MESSAGES_BUFFER = 1 << 12 };

/* All of it; it must live as long as stderr is written to. */
struct messages {
	FILE *before; /* stderr as it was */
	char bytes[MESSAGES_BUFFER];
	char begun[4]; /* a character that the buffer's end cut in two */
	size_t begun_size;
};

/*
 * Make stderr a stream that writes a line at once, and none of the controls
 * that names, rules or records bring along.  False when memory is short.
 */
bool messages_begin(struct messages *messages);
/* Write what is left. */
void messages_end(struct messages *messages);

void complain(const char *what, const char *why);
void complain_error(const struct declutter_error *error);
/* Complain and return false, so that a function can end with it. */
bool refuse(const char *what, const char *why);

#endif
