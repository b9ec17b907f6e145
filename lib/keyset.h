/*
 * Keys that were added and a few that were not, for most that are looked up
 * are not there: a blocked Bloom filter (Putze, Sanders and Singler, 2007) of
 * two bits a key, both in one word.
 */
#ifndef KEYSET_H
#define KEYSET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vector.h"

struct key_set {
	const uint64_t *words;
	size_t count; /* of words, a power of two */
};

static inline size_t key_set_word(const struct key_set *set, uint64_t key)
{
	return key >> 32 & (set->count - 1);
}

/* From other bits of the key than a table's slot is. */
static inline uint64_t key_set_bits(uint64_t key)
{
	return (uint64_t)1 << (key >> 20 & 63) | (uint64_t)1 << (key >> 26 & 63);
}

static inline bool key_set_has(const struct key_set *set, uint64_t key)
{
	return !(~set->words[key_set_word(set, key)] & key_set_bits(key));
}

/* The key will be asked for soon: what tells of it is on its way from memory. */
INLINED void key_set_expect(const struct key_set *set, uint64_t key)
{
	__builtin_prefetch(&set->words[key_set_word(set, key)]);
}

/* How many slots a table for so many keys has: a power of two. */
size_t key_slots(size_t keys);

/* An empty set for so many keys; false when memory is short. */
bool key_set_init(struct key_set *set, size_t keys);
void key_set_add(struct key_set *set, uint64_t key);
void key_set_fini(struct key_set *set);

#endif
