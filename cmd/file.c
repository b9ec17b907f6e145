#include "file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "complain.h"

bool file_read(const char *path, struct buffer *text)
{
	char piece[16384];
	FILE *file = fopen(path, "rb");
	bool done = true;

	if (!file)
		return refuse(path, strerror(errno));
	for (size_t size; done && (size = fread(piece, 1, sizeof piece, file)) > 0;)
		done = buffer_append(text, piece, size) || refuse(path, "out of memory");
	if (done && ferror(file))
		done = refuse(path, strerror(errno));
	fclose(file);
	return done;
}
