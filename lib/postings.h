/* Literals that are parts of subjects and lead to rules, in a hash table by a few bytes of them. */
#ifndef POSTINGS_H
#define POSTINGS_H

#include "keyset.h"

enum place_of_literal { WHOLE, PREFIX, SUFFIX, INSIDE };

struct posting {
	uint32_t key;  /* most of the hash that it is found by */
	uint32_t text; /* where it begins among the index's texts */
	uint32_t rule;
	uint16_t longest;  /* characters a subject may have, at most UINT16_MAX */
	uint16_t shortest; /* and that it must have */
	uint16_t size;
	uint8_t place : 2;  /* enum place_of_literal, but WHOLE */
	uint8_t digits : 6; /* a subject must have, at least */
	uint8_t at;         /* INSIDE: where its key begins */
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
