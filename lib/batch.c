#include "batch.h"

#include <stdlib.h>

enum {
	/* Fewer make the threads wait for each other more often, more of them leave the cache. */
	ITEMS = 64,
	BYTES = 65536
};

bool batch_full(const struct batch *batch)
{
	return batch->count >= ITEMS || batch->size >= BYTES;
}

bool batch_add(struct batch *batch, const struct paragraph *paragraph)
{
	if (!grow(&batch->items, &batch->capacity, batch->count + 1, sizeof *batch->items))
		return false;
	if (batch->count == 0)
		batch->bytes = paragraph->blank;
	struct item *item = &batch->items[batch->count++];
	item->at = batch->size;
	batch->size += paragraph->blank_size + paragraph->size;
	item->blank_size = paragraph->blank_size;
	item->size = paragraph->size;
	item->blank_lines = paragraph->blank_lines;
	item->lines = paragraph->lines;
	item->torn = paragraph->torn;
	item->scanned = paragraph->scan != NULL;
	if (paragraph->scan)
		item->scan = *paragraph->scan;
	return true;
}

bool batch_copy(struct batch *batch)
{
	batch->copy.size = 0;
	/* Whole blocks are read of what is scanned. */
	if (!buffer_reserve(&batch->copy, batch->size + SCAN_BLOCK) ||
	    !buffer_append(&batch->copy, batch->bytes, batch->size))
		return false;
	batch->bytes = batch->copy.data;
	return true;
}

void batch_clear(struct batch *batch)
{
	batch->size = batch->count = batch->match_count = batch->slow_count = 0;
	batch->looked_at = false;
}

void batch_fini(struct batch *batch)
{
	buffer_fini(&batch->copy);
	free(batch->items);
	free(batch->matches);
	free(batch->slow);
	*batch = (struct batch){0};
}
