/*
 * Standard output: all of it is written, or the exit status says so, and
 * what ends the process leaves whole lines behind.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

enum { OUTPUT_BUFFER = 1 << 17 };

/* All of it; it must live as long as stdout is written to. */
struct output {
	FILE *before; /* stdout as it was */
	int error;    /* errno of the first write that failed */
	char bytes[OUTPUT_BUFFER];
};

/*
 * Make stdout a stream that waits where the descriptor does not block and
 * goes on where a write was interrupted or short.  SIGHUP, SIGINT and
 * SIGTERM end the process as ever, but a line that is begun is written to
 * its end first, if the reader takes it within two seconds.  False when
 * memory is short.
 */
bool output_begin(struct output *output);

/* What is written comes in units that end in this byte; at first in a line feed. */
void output_unit(char end);

/* Write and close; false after a complaint if anything written so far was lost. */
bool output_end(struct output *output);

#endif
