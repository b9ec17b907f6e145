/* What literals are found by in the index: keys made of a few bytes of moulds. */
#ifndef KEY_H
#define KEY_H

#include <string.h>

#include "hash.h"
#include "index.h"

/* Prefixes and suffixes are looked up by so many bytes at most. */
enum { KEY_MAX = SUBJECT_EDGE };

/* Up to four bytes as a key of literals in that place. */
static inline uint64_t key_short(const char *bytes, size_t size, enum place_of_literal place)
{
	return hash_mix(hash_load_short(bytes, size), size << 8 | place);
}

/* The key by which the literal is found. */
static inline uint64_t key_of_literal(const char *text, size_t size, enum place_of_literal place)
{
	if (place == WHOLE)
		return hash_bytes(text, size); /* the subject's shape */
	size_t key_size = size < KEY_MAX ? size : KEY_MAX;
	return key_short(place == SUFFIX ? text + size - key_size : text, key_size, place);
}

/* Bit n of the sizes says that keys of n bytes are in use. */
static inline size_t key_least_size(unsigned sizes)
{
	return (size_t)__builtin_ctz(sizes);
}

/*
 * A key of the text's edges, the rest of which may be missing: of the place's
 * edge as many bytes as all keys have, or the first and the last four.
 */
static inline uint64_t key_of_edge(struct span text, unsigned sizes, enum place_of_literal place)
{
	if (place == WHOLE)
		return hash_mix(hash_load_short(text.data, text.size), WHOLE);
	size_t size = key_least_size(sizes);
	return key_short(place == SUFFIX ? text.data + text.size - size : text.data, size, place);
}

/* Three or four bytes that are inside of subjects, as a number of a bit. */
static inline uint32_t key_filter_bit(uint32_t word)
{
	return word * 2654435761u >> (32 - FILTER_BITS);
}

/* Four bytes can be read; the last one does not count if size is three. */
static inline uint32_t key_inside_word(const char *bytes, size_t size)
{
	static const char last[] = {0, 0, 0, -1};
	uint32_t word, mask;

	memcpy(&word, bytes, sizeof word);
	memcpy(&mask, last, sizeof mask);
	return size == INSIDE_MOST ? word : word & ~mask;
}

#endif
