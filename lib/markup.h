/* What programs that make text of HTML write beside its words: names of pictures, links. */
#ifndef MARKUP_H
#define MARKUP_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/*
 * How many bytes at the start of a line, after its marker, are names of
 * pictures that a renderer wrote in their place; 0 if nothing follows them.
 */
size_t markup_pictures(const char *text, size_t size);

/* Whether a text that begins so may have an ornament: a heading of Markdown has, or emphasis. */
bool markup_may_adorn(char first);

/*
 * Write the text to out without the numbers of links ("see [12]the list") and
 * the files of pictures ("[bridge.jpg]"), without Markdown's links and
 * pictures ("[the list](list.html)") and the marks of a heading or of emphasis
 * around it all, and without its backslashes.  The text has single spaces and no NUL.  Out is empty
 * if nothing is to go or nothing would be left.  False when memory is short.
 */
bool markup_strip(struct span text, struct buffer *out);

#endif
