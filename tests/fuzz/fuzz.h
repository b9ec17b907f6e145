/*
 * What the fuzz targets share.  A target is a file of one function that
 * libFuzzer or AFL++ calls with bytes, or replay.c with those of files; it
 * aborts where a promise is broken.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What must be so whatever the input is. */
#define PROMISE(condition) \
	do { \
		if (!(condition)) { \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* Take the next byte of the input, 0 at its end: a choice of the target's. */
static inline uint8_t take_byte(const uint8_t **bytes, size_t *size)
{
	if (*size == 0)
		return 0;
	(*size)--;
	return *(*bytes)++;
}

#endif
