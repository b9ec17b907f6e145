/* Where text that was converted for the library came from, line by line. */
#ifndef ORIGIN_H
#define ORIGIN_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the original text, from its start. */
struct stretch {
	size_t start, end;
};

/* A line or a part of one, before and after it was converted. */
struct segment {
	size_t original, converted;
};

struct origin {
	struct segment *segments; /* those without a verdict */
	size_t first, count, capacity;
	size_t offset; /* converted bytes before them */
	size_t at;     /* original bytes before them */
	/* what was passed over last: a blank line that awaits its verdict */
	struct stretch gap;
};

void origin_fini(struct origin *origin);

/* So many bytes of the original became so many; false when memory is short. */
bool origin_add(struct origin *origin, size_t original, size_t converted);

/*
 * Where the source of a verdict came from, given its offset and size among
 * the converted bytes: each verdict once, as they come.
 */
struct stretch origin_find(struct origin *origin, size_t offset, size_t size);

/* The first original byte that may still be asked for. */
size_t origin_oldest(const struct origin *origin);

#endif
