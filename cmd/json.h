/* Text as JSON (RFC 8259). */
#ifndef JSON_H
#define JSON_H

#include <stddef.h>
#include <stdio.h>

/* Write the text as a JSON string with its quotes; bytes that are not UTF-8 as U+FFFD. */
void json_string(FILE *out, const char *text, size_t size);

#endif
