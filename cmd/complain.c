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

/* Write the text with what commands replaced; a byte that is no UTF-8 becomes three. */
static void write_visible(const char *bytes, size_t size)
{
	char text[1024];
	size_t used = 0;

	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += visible_character(bytes + at, size - at, &c);
		used += text_encode(c, text + used);
		if (used > sizeof text - 4 || at == size) {
			write_out(text, used);
			used = 0;
		}
	}
}

/* How many bytes at the end are the beginning of a character that may go on. */
static size_t count_begun(const char *bytes, size_t size)
{
	for (size_t back = 1; back <= 3 && back <= size; back++) {
		unsigned char c = (unsigned char)bytes[size - back];
		size_t whole = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc0 ? 2 : 1;
		if (c < 0x80 || c >= 0xc0)
			return whole > back ? back : 0;
	}
	return 0;
}

/* As a stream wants it; characters come whole, wherever its buffer was full. */
static ssize_t take(void *cookie, const char *bytes, size_t size)
{
	struct messages *messages = cookie;
	size_t at = 0;

	while (messages->begun_size > 0 && at < size) {
		messages->begun[messages->begun_size++] = bytes[at++];
		if (messages->begun_size == sizeof messages->begun ||
		    count_begun(messages->begun, messages->begun_size) == 0) {
			write_visible(messages->begun, messages->begun_size);
			messages->begun_size = 0;
		}
	}
	size_t begun = count_begun(bytes + at, size - at);
	write_visible(bytes + at, size - at - begun);
	if (begun > 0) {
		memcpy(messages->begun, bytes + size - begun, begun);
		messages->begun_size = begun;
	}
	return (ssize_t)size;
}

bool messages_begin(struct messages *messages)
{
	FILE *stream = fopencookie(messages, "w", (cookie_io_functions_t){.write = take});

	if (!stream)
		return refuse("standard error", "out of memory");
	setvbuf(stream, messages->bytes, _IOLBF, sizeof messages->bytes);
	messages->before = stderr;
	messages->begun_size = 0;
	stderr = stream;
	return true;
}

void messages_end(struct messages *messages)
{
	fclose(stderr);
	write_visible(messages->begun, messages->begun_size);
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
