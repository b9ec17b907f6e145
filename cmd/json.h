/* Text as JSON (RFC 8259). */
#ifndef JSON_H
#define JSON_H

#include <stdio.h>

#include "lib/buffer.h"

/* Append the text as it stands between quotes in JSON; false when memory is short. */
bool json_escape(struct buffer *out, const char *text, size_t size);

/* Write the text as a JSON string with its quotes; bytes that are not UTF-8 as U+FFFD. */
void json_string(FILE *out, const char *text, size_t size);

#endif
