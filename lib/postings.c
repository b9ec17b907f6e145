#include "postings.h"

#include <stdlib.h>

bool postings_init(struct postings *postings, const struct entry *entries, size_t count)
{
	size_t slots = key_slots(count), mask = slots - 1;
	uint32_t *starts = calloc(slots + 2, sizeof *starts);
	struct posting *items = calloc(count + 1, sizeof *items);

	*postings = (struct postings){
	    .items = items, .count = count, .starts = starts, .slot_count = slots};
	if (!starts || !items || !key_set_init(&postings->keys, count))
		return false;
	for (size_t i = 0; i < count; i++)
		starts[(entries[i].key & mask) + 2]++;
	for (size_t slot = 2; slot <= slots + 1; slot++)
		starts[slot] += starts[slot - 1];
	for (size_t i = 0; i < count; i++) {
		struct posting *posting = &items[starts[(entries[i].key & mask) + 1]++];
		*posting = entries[i].posting;
		posting->key = (uint32_t)(entries[i].key >> 32);
		key_set_add(&postings->keys, entries[i].key);
	}
	return true;
}

void postings_fini(struct postings *postings)
{
	free((void *)postings->items);
	free((void *)postings->starts);
	key_set_fini(&postings->keys);
}
