/* Text for people to look at: nothing in it commands a terminal or turns its order around. */
#ifndef VISIBLE_H
#define VISIBLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/*
 * The next character of some text, into *c: invalid bytes, controls but tab
 * and line feed, and those that set the direction of what follows are U+FFFD.
 * Returns the bytes taken.
 */
size_t visible_character(const char *text, size_t size, uint32_t *c);

/* Write some text that way. */
void visible_text(FILE *out, const char *text, size_t size);

#endif
