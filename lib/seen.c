#include "seen.h"

#include <stdlib.h>

enum {
	SLOTS_LEAST = 1 << 8,
	COUNT_MASK = 0xff,
};

static bool is_of(uint64_t slot, uint64_t hash)
{
	return ((slot ^ hash) & ~(uint64_t)COUNT_MASK) == 0;
}

/* The slot that has the hash, or the free one for it. */
static uint64_t *find_slot(const struct seen *seen, uint64_t hash)
{
	size_t at = (size_t)(hash >> 20) & (seen->slot_count - 1);

	while (seen->slots[at] && !is_of(seen->slots[at], hash))
		at = (at + 1) & (seen->slot_count - 1);
	return &seen->slots[at];
}

/* Most documents are short: the table begins small and is at most half full. */
static bool enlarge(struct seen *seen)
{
	struct seen larger = {.slot_count = seen->slot_count ? seen->slot_count * 2 : SLOTS_LEAST,
	    .count = seen->count};

	larger.slots = calloc(larger.slot_count, sizeof *larger.slots);
	if (!larger.slots)
		return false;
	for (size_t i = 0; i < seen->slot_count; i++)
		if (seen->slots[i])
			*find_slot(&larger, seen->slots[i]) = seen->slots[i];
	free(seen->slots);
	*seen = larger;
	return true;
}

bool seen_init(struct seen *seen)
{
	*seen = (struct seen){0};
	return enlarge(seen);
}

void seen_fini(struct seen *seen)
{
	free(seen->slots);
}

bool seen_count(struct seen *seen, uint64_t hash, unsigned *before)
{
	if (seen->count * 2 >= seen->slot_count && seen->count < SEEN_MAX && !enlarge(seen))
		return false;
	uint64_t *slot = find_slot(seen, hash);
	*before = *slot & COUNT_MASK;
	if (*slot == 0) {
		if (seen->count == SEEN_MAX)
			return true;
		seen->count++;
		*slot = hash & ~(uint64_t)COUNT_MASK;
	}
	*slot += *before < COUNT_MASK;
	return true;
}
