#include "file.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

ssize_t file_read_some(int fd, char *bytes, size_t size)
{
	struct pollfd readable = {.fd = fd, .events = POLLIN};
	ssize_t count;

	while ((count = read(fd, bytes, size)) < 0) {
		if (errno == EAGAIN)
			poll(&readable, 1, -1);
		else if (errno != EINTR)
			break;
	}
	return count;
}
