/* Labels that hide from filters: spaced letters, look-alike letters of other alphabets. */
#ifndef DISGUISE_H
#define DISGUISE_H

#include "buffer.h"

/* Longer subjects are no labels and are left alone, in bytes. */
enum { DISGUISE_MAX = 160 };

/*
 * Each of the two puts the plain form of a subject's text into *plain, and
 * leaves it empty if the text is not in that disguise.  False when memory is short.
 */

/* "W E R B U N G"; line is what the subject was made of: wider gaps end words there. */
bool disguise_join_letters(struct span text, const char *line, size_t size, struct buffer *plain);

/* A word of letters of several alphabets, or of mathematical ones, in its own alphabet. */
bool disguise_replace_look_alikes(struct span text, struct buffer *plain);

#endif
