/* Literals that lead to rules, in a hash table by a key. */
#ifndef POSTINGS_H
#define POSTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vector.h"

enum place_of_literal { WHOLE, PREFIX, SUFFIX, INSIDE };

/* What is known of the rule, and a subject with the mould of a literal that is a whole one. */
enum detail_of_whole {
	WHOLE_MAY_MATCH,
	WHOLE_MATCHES,
	WHOLE_MATCHES_IN_ASCII, /* if the subject's digits are */
	WHOLE_MATCHES_AS_FOLDED /* if folded it equals the literal, which is kept instead */
};

/* A literal that leads to a rule. */
struct posting {
	uint32_t key;  /* most of the hash that it is found by */
	uint32_t text; /* where it begins among the index's texts */
	uint32_t rule;
	uint16_t longest;  /* characters a subject may have, at most UINT16_MAX */
	uint16_t shortest; /* and that it must have */
	uint16_t size;
	uint8_t place : 2;
	uint8_t digits : 6; /* a subject must have, at least */
	uint8_t detail;     /* WHOLE: enum detail_of_whole; INSIDE: where its key begins */
};

/*
 * Keys that were added and a few that were not, for most that are looked up
 * are not there: a blocked Bloom filter (Putze, Sanders and Singler, 2007) of
 * two bits a key, both in one word.
 */
struct key_set {
	const uint64_t *words;
	size_t count; /* of words, a power of two */
};

struct postings {
	const struct posting *items; /* those of a slot beside each other */
	size_t count;
	const uint32_t *starts; /* by slot: its first item; one more for the end */
	size_t slot_count;      /* a power of two */
	struct key_set keys;
};

/* An item that is to be found by the whole of its key. */
struct entry {
	uint64_t key;
	struct posting posting;
};

static inline size_t key_set_word(const struct key_set *set, uint64_t key)
{
	return key >> 32 & (set->count - 1);
}

/* From other bits of the key than the slot is. */
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

/* An empty set for so many keys; false when memory is short, here and below. */
bool key_set_init(struct key_set *set, size_t keys);
void key_set_add(struct key_set *set, uint64_t key);
void key_set_fini(struct key_set *set);

/* A table of these entries; they are not needed afterwards. */
bool postings_init(struct postings *postings, const struct entry *entries, size_t count);
void postings_fini(struct postings *postings);

INLINED void postings_expect(const struct postings *postings, uint64_t key)
{
	__builtin_prefetch(&postings->starts[key & (postings->slot_count - 1)]);
}

/* Those of the key are among these; *end is behind the last one. */
static inline const struct posting *postings_find(
    const struct postings *postings, uint64_t key, const struct posting **end)
{
	const uint32_t *start = &postings->starts[key & (postings->slot_count - 1)];

	*end = postings->items + start[1];
	return postings->items + start[0];
}

#endif
