/* The rule files of rules/, as they were when the library was built. */
#ifndef BUILTIN_H
#define BUILTIN_H

#include <stddef.h>

struct builtin_pack {
	const char *name;
	const unsigned char *text; /* UTF-8 */
	size_t size;
};

/* Written by tools/embed.c at build time. */
extern const struct builtin_pack builtin_packs[];
extern const size_t builtin_count;
extern const char builtin_hash[];

#endif
