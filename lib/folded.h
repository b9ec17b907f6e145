/* A line with its numbers and dates folded: what lines of one mould have in common. */
#ifndef FOLDED_H
#define FOLDED_H

#include "buffer.h"

/*
 * Append to key the text in small letters with every number the same and the
 * names of days and months in dates too; to pattern, a pattern that matches
 * what has that key.  The text is a subject's.  False when memory is short.
 */
bool folded_make(struct span text, struct buffer *key, struct buffer *pattern);

/* Append the text with what is special in patterns escaped. */
bool folded_escape(struct buffer *pattern, const char *text, size_t size);

#endif
