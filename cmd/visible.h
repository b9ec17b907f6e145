/* Text for people to look at: nothing in it commands a terminal or turns its order around. */
#ifndef VISIBLE_H
#define VISIBLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Whether a character is a control, or sets the direction of what follows it. */
bool visible_commands(uint32_t c);

/*
 * The next character of some text, into *c: invalid bytes, and what
 * commands, but tab and line feed, are U+FFFD.
 * Returns the bytes taken.
 */
size_t visible_character(const char *text, size_t size, uint32_t *c);

/* Write a character as UTF-8. */
void visible_put(FILE *out, uint32_t c);

/* Write some text that way: no character of it commands. */
void visible_text(FILE *out, const char *text, size_t size);

#endif
