#include "complain.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "lib/text.h"
#include "visible.h"

/* Write it all, or as much as can be: there is no one to complain to. */
static void write_out(const char *bytes, size_t size)
{
	struct pollfd writable = {.fd = STDERR_FILENO, .events = POLLOUT};

	for (size_t at = 0; at < size;) {
		ssize_t written = write(STDERR_FILENO, bytes + at, size - at);
		if (written >= 0)
			at += (size_t)written;
		else if (errno == EAGAIN)
			poll(&writable, 1, -1);
		else if (errno != EINTR)
			return;
	}
}

static ssize_t write_visible(void *cookie, const char *bytes, size_t size)
{
	/* A byte that is no UTF-8 becomes three. */
	char text[3 * MESSAGES_BUFFER];
	size_t used = 0;

	(void)cookie;
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += visible_character(bytes + at, size - at, &c);
		used += text_encode(c, text + used);
		if (used > sizeof text - 4 || at == size) {
			write_out(text, used);
			used = 0;
		}
	}
	return (ssize_t)size;
}

bool messages_begin(struct messages *messages)
{
	FILE *stream = fopencookie(NULL, "w", (cookie_io_functions_t){.write = write_visible});

	if (!stream)
		return refuse("standard error", "out of memory");
	setvbuf(stream, messages->bytes, _IOLBF, sizeof messages->bytes);
	messages->before = stderr;
	stderr = stream;
	return true;
}

void messages_end(struct messages *messages)
{
	fclose(stderr);
	stderr = messages->before;
}

void complain(const char *what, const char *why)
{
	fprintf(stderr, "declutter: %s: %s\n", what, why);
}

void complain_error(const struct declutter_error *error)
{
	fprintf(stderr, "declutter: ");
	if (error->file[0])
		fprintf(stderr, "%s:", error->file);
	if (error->line > 0)
		fprintf(stderr, "%u:%u:", error->line, error->column);
	fprintf(stderr, "%s%s\n", error->file[0] ? " " : "", error->message);
}

bool refuse(const char *what, const char *why)
{
	complain(what, why);
	return false;
}
