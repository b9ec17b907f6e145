/* What PCRE2 offers and rules may not use: rule files are data. */
#ifndef FORBIDDEN_H
#define FORBIDDEN_H

#include <stddef.h>

/*
 * What is forbidden of the pattern, in a sentence that says what to write
 * instead, and *offset in bytes; NULL if nothing is.  These are the verbs
 * "(*...)", which set limits and modes for all of the pattern or end the
 * search for a match, and callouts "(?C...)"; \C is PCRE2's to refuse.
 */
const char *forbidden_find(const char *pattern, size_t size, size_t *offset);

#endif
