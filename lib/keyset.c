#include "keyset.h"

#include <stdlib.h>

enum { SLOTS_LEAST = 64, BITS_PER_KEY = 16 };

size_t key_slots(size_t keys)
{
	size_t slots = SLOTS_LEAST;

	while (slots < keys)
		slots *= 2;
	return slots;
}

bool key_set_init(struct key_set *set, size_t keys)
{
	/* To the nearest power of two: larger is slower than a few more false alarms. */
	set->count = key_slots(keys * 2 / 3) * BITS_PER_KEY / 64;
	set->words = calloc(set->count, sizeof *set->words);
	return set->words != NULL;
}

void key_set_add(struct key_set *set, uint64_t key)
{
	((uint64_t *)set->words)[key_set_word(set, key)] |= key_set_bits(key);
}

void key_set_fini(struct key_set *set)
{
	free((void *)set->words);
}
