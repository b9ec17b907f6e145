#include "output.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "complain.h"

/* Seconds that a reader has to take the rest of a line before the process ends all the same. */
enum { PATIENCE = 2 };

/* Signals have no other way to hand something on than what is the process's. */
static volatile sig_atomic_t within_unit, pending;
static char unit_end = '\n';

/* ---- signals ---- */

static void end_by(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

static void lose_patience(int number)
{
	(void)number;
	end_by(pending);
}

static void take_signal(int number)
{
	if (!within_unit || pending)
		end_by(number);
	pending = number;
	alarm(PATIENCE);
}

static void handle(int number, void (*take)(int))
{
	struct sigaction action = {.sa_handler = take, .sa_flags = SA_RESTART | SA_NODEFER}, before;

	sigemptyset(&action.sa_mask);
	/* What the parent has ignored, as nohup does, stays ignored. */
	if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
		sigaction(number, &action, NULL);
}

/* ---- writing ---- */

/* Write some of the bytes; -1 if that failed. */
static ssize_t write_some(const char *bytes, size_t size)
{
	struct pollfd writable = {.fd = STDOUT_FILENO, .events = POLLOUT};
	ssize_t written;

	while ((written = write(STDOUT_FILENO, bytes, size)) < 0) {
		if (errno == EAGAIN)
			poll(&writable, 1, -1);
		else if (errno != EINTR)
			break;
	}
	return written;
}

/* As a stream wants it: the number of bytes, or 0 if it failed. */
static ssize_t write_all(void *cookie, const char *bytes, size_t size)
{
	struct output *output = cookie;

	for (size_t at = 0; at < size;) {
		size_t part = size - at;
		if (pending) {
			const char *end = memchr(bytes + at, unit_end, part);
			part = end ? (size_t)(end - bytes) - at + 1 : part;
		}
		within_unit = true;
		ssize_t written = write_some(bytes + at, part);
		if (written < 0) {
			output->error = output->error ? output->error : errno;
			return 0;
		}
		at += (size_t)written;
		within_unit = at == 0 || bytes[at - 1] != unit_end;
		if (pending && !within_unit)
			end_by(pending);
	}
	return (ssize_t)size;
}

bool output_begin(struct output *output)
{
	FILE *stream = fopencookie(output, "w", (cookie_io_functions_t){.write = write_all});

	if (!stream)
		return refuse("standard output", "out of memory");
	setvbuf(stream, output->bytes, _IOFBF, sizeof output->bytes);
	output->before = stdout;
	output->error = 0;
	stdout = stream;
	handle(SIGHUP, take_signal);
	handle(SIGINT, take_signal);
	handle(SIGTERM, take_signal);
	handle(SIGALRM, lose_patience);
	return true;
}

void output_unit(char end)
{
	unit_end = end;
}

bool output_end(struct output *output)
{
	bool failed = ferror(stdout) != 0;

	failed |= fclose(stdout) != 0;
	stdout = output->before;
	if (close(STDOUT_FILENO) != 0 && !failed) {
		failed = true;
		output->error = errno;
	}
	return !failed || refuse("standard output", strerror(output->error));
}
