/* Reading files. */
#ifndef FILE_H
#define FILE_H

#include <stdbool.h>
#include <sys/types.h>

#include "lib/buffer.h"

/* Append the file to the text; false after a complaint. */
bool file_read(const char *path, struct buffer *text);

/* As read, but it waits where the descriptor does not, and is never interrupted. */
ssize_t file_read_some(int fd, char *bytes, size_t size);
/* Whether there is input now, or its end: to wait for it would hold up what is done. */
bool file_is_ready(int fd);

#endif
