#include "file.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "complain.h"

bool file_read(const char *path, struct buffer *text)
{
	int failure = buffer_append_file(text, path, SIZE_MAX);

	if (failure)
		return refuse(path, failure == ENOMEM ? "out of memory" : strerror(failure));
	return true;
}

bool file_is_ready(int fd)
{
	struct pollfd readable = {.fd = fd, .events = POLLIN};

	return poll(&readable, 1, 0) != 0;
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
