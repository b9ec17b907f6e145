/* Hashes of short byte strings, for tables: the same in every run and on every machine. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

#include "word.h"

/* The high half of the product of two numbers, exclusive-ored with the low half. */
static inline uint64_t hash_fold_by_parts(uint64_t a, uint64_t b)
{
	uint64_t a_low = (uint32_t)a, a_high = a >> 32, b_low = (uint32_t)b, b_high = b >> 32;
	uint64_t low = a_low * b_low, middle = a_high * b_low + (low >> 32);
	uint64_t other = a_low * b_high + (uint32_t)middle;

	return (a_high * b_high + (middle >> 32) + (other >> 32)) ^ (other << 32 | (uint32_t)low);
}

/* The same in one multiplication, where the processor has it. */
static inline uint64_t hash_fold(uint64_t a, uint64_t b)
{
#ifdef __SIZEOF_INT128__
	__extension__ typedef unsigned __int128 product_type;
	product_type product = (product_type)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
	return hash_fold_by_parts(a, b);
#endif
}

/*
 * Multiply and fold, 8 bytes at a time, as in wyhash (Wang Yi, public
 * domain); its constants are odd and random.
 */
static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
	return hash_fold(a ^ 0xa0761d6478bd642f, b ^ 0xe7037ed1a0b428db);
}

/* Up to 8 bytes as a number; more of them make it larger or otherwise different. */
static inline uint64_t hash_load_short(const char *bytes, size_t size)
{
	if (size >= 4)
		return (uint64_t)word_load_half(bytes) << 32 | word_load_half(bytes + size - 4);
	if (size == 0)
		return 0;
	const unsigned char *u = (const unsigned char *)bytes;
	return (uint64_t)u[0] << 16 | (uint64_t)u[size / 2] << 8 | u[size - 1];
}

static inline uint64_t hash_bytes(const char *bytes, size_t size)
{
	uint64_t hash = size;
	size_t at = 0;

	for (; at + 8 < size; at += 8)
		hash = hash_mix(hash, word_load(bytes + at));
	/* The last 8 bytes, some of them perhaps for the second time. */
	return hash_mix(
	    hash, size >= 8 ? word_load(bytes + size - 8) : hash_load_short(bytes, size));
}

#endif
