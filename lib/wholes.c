#include "wholes.h"

#include <stdlib.h>
#include <string.h>

static void write_half(char *out, uint32_t word)
{
	for (int i = 0; i < 4; i++)
		out[i] = (char)(word >> 8 * i);
}

static size_t entry_size(const struct whole *whole)
{
	return WHOLE_HEADER + whole->text.size;
}

static void write_entry(char *out, const struct whole *whole)
{
	write_half(out, whole->rule << 10 | (uint32_t)whole->detail << 8 | whole->shortest);
	write_half(out + 4, (uint32_t)whole->text.size << 16 | whole->longest);
	memcpy(out + WHOLE_HEADER, whole->text.data, whole->text.size);
}

bool wholes_init(struct wholes *wholes, const struct whole *items, size_t count)
{
	size_t slots = key_slots(count), mask = slots - 1, size = 0;

	for (size_t i = 0; i < count; i++)
		size += entry_size(&items[i]);
	char *entries = calloc(1, size + 1);
	uint32_t *starts = calloc(slots + 2, sizeof *starts);

	*wholes = (struct wholes){.entries = entries, .starts = starts, .slot_count = slots};
	if (!entries || !starts || !key_set_init(&wholes->keys, count))
		return false;
	for (size_t i = 0; i < count; i++)
		starts[(items[i].key & mask) + 2] += (uint32_t)entry_size(&items[i]);
	for (size_t slot = 2; slot <= slots + 1; slot++)
		starts[slot] += starts[slot - 1];
	for (size_t i = 0; i < count; i++) {
		uint32_t *start = &starts[(items[i].key & mask) + 1];
		write_entry(entries + *start, &items[i]);
		*start += (uint32_t)entry_size(&items[i]);
		key_set_add(&wholes->keys, items[i].key);
	}
	return true;
}

void wholes_fini(struct wholes *wholes)
{
	free((void *)wholes->entries);
	free((void *)wholes->starts);
	key_set_fini(&wholes->keys);
}
