#include "origin.h"

#include <stdlib.h>
#include <string.h>

#include "lib/buffer.h"

void origin_fini(struct origin *origin)
{
	free(origin->segments);
	*origin = (struct origin){0};
}

bool origin_add(struct origin *origin, size_t original, size_t converted)
{
	if (origin->first > origin->count / 2) {
		origin->count -= origin->first;
		memmove(origin->segments, origin->segments + origin->first,
		    origin->count * sizeof *origin->segments);
		origin->first = 0;
	}
	if (!grow(
	        &origin->segments, &origin->capacity, origin->count + 1, sizeof *origin->segments))
		return false;
	origin->segments[origin->count++] = (struct segment){original, converted};
	return true;
}

/* Pass over so many converted bytes. */
static struct stretch pass(struct origin *origin, size_t size)
{
	struct stretch stretch = {origin->at, origin->at};

	origin->offset += size;
	while (origin->first < origin->count && size > 0) {
		struct segment *segment = &origin->segments[origin->first];
		if (segment->converted > size) {
			/* A line too long to hold is given in pieces: it goes with the last. */
			segment->converted -= size;
			break;
		}
		size -= segment->converted;
		origin->at += segment->original;
		origin->first++;
	}
	stretch.end = origin->at;
	return stretch;
}

struct stretch origin_find(struct origin *origin, size_t offset, size_t size)
{
	/* A blank line that is decided late. */
	if (offset < origin->offset) {
		struct stretch late = origin->gap;
		origin->gap = (struct stretch){origin->at, origin->at};
		return late;
	}
	if (offset > origin->offset)
		origin->gap = pass(origin, offset - origin->offset);
	return pass(origin, size);
}

size_t origin_oldest(const struct origin *origin)
{
	return origin->gap.start < origin->gap.end ? origin->gap.start : origin->at;
}
