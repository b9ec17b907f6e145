/*
 * Bytes as numbers, the first one the lowest, on every machine; compilers make one
 * load or store of each on those that have it so.
 */
#ifndef WORD_H
#define WORD_H

#include <stdint.h>

static inline uint32_t word_load_half(const char *bytes)
{
	const unsigned char *u = (const unsigned char *)bytes;

	return (uint32_t)u[3] << 24 | (uint32_t)u[2] << 16 | (uint32_t)u[1] << 8 | u[0];
}

static inline uint64_t word_load(const char *bytes)
{
	const unsigned char *u = (const unsigned char *)bytes;

	return (uint64_t)u[7] << 56 | (uint64_t)u[6] << 48 | (uint64_t)u[5] << 40 |
	       (uint64_t)u[4] << 32 | (uint64_t)u[3] << 24 | (uint64_t)u[2] << 16 |
	       (uint64_t)u[1] << 8 | u[0];
}

static inline void word_store(char *bytes, uint64_t word)
{
	unsigned char *u = (unsigned char *)bytes;

	u[0] = (unsigned char)word;
	u[1] = (unsigned char)(word >> 8);
	u[2] = (unsigned char)(word >> 16);
	u[3] = (unsigned char)(word >> 24);
	u[4] = (unsigned char)(word >> 32);
	u[5] = (unsigned char)(word >> 40);
	u[6] = (unsigned char)(word >> 48);
	u[7] = (unsigned char)(word >> 56);
}

#endif
