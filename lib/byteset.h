/* A set of bytes. */
#ifndef BYTESET_H
#define BYTESET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct byte_set {
	uint64_t bits[4];
};

static inline void byte_set_add(struct byte_set *set, unsigned char byte)
{
	set->bits[byte / 64] |= (uint64_t)1 << byte % 64;
}

static inline bool byte_set_has(const struct byte_set *set, unsigned char byte)
{
	return set->bits[byte / 64] >> byte % 64 & 1;
}

static inline void byte_set_merge(struct byte_set *set, const struct byte_set *more)
{
	for (size_t i = 0; i < 4; i++)
		set->bits[i] |= more->bits[i];
}

#endif
