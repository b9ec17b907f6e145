/* How often each subject of a document occurred. */
#ifndef SEEN_H
#define SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vector.h"

/* A hash table whose slots are a hash, but for its lowest byte, and a count there; 0 is free. */
struct seen {
	uint64_t *slots;
	size_t slot_count; /* a power of two */
	size_t count;
};

/* False when memory is short, here and below. */
bool seen_init(struct seen *seen);
void seen_fini(struct seen *seen);

/*
 * How often the hash occurred before, 255 times at most; counts this time.
 * Of a long document only the first SEEN_MAX different ones are remembered.
 */
enum { SEEN_MAX = 1 << 14 };
bool seen_count(struct seen *seen, uint64_t hash, unsigned *before);

/* The hash will be asked for soon: its slot is on its way from memory. */
INLINED void seen_expect(const struct seen *seen, uint64_t hash)
{
	__builtin_prefetch(&seen->slots[hash >> 20 & (seen->slot_count - 1)]);
}

#endif
