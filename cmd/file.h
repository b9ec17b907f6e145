/* Whole files. */
#ifndef FILE_H
#define FILE_H

#include "lib/buffer.h"

/* Append the file to the text; false after a complaint. */
bool file_read(const char *path, struct buffer *text);

#endif
