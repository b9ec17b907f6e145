/*
 * Literals that are whole subjects, in a hash table by their mould.  Most
 * literals are, and far away in memory: each has its text beside it.
 */
#ifndef WHOLES_H
#define WHOLES_H

#include "buffer.h"
#include "keyset.h"
#include "word.h"

/* What is known of the rule and a subject that has the literal's mould. */
enum detail_of_whole {
	WHOLE_MAY_MATCH,
	WHOLE_MATCHES,
	WHOLE_MATCHES_IN_ASCII, /* if the subject's digits are */
	WHOLE_MATCHES_AS_FOLDED /* if folded it is the text, which is no mould */
};

struct whole {
	uint64_t key;     /* hash of the mould; not told of what was read */
	uint32_t rule;    /* below 2^22 */
	uint16_t longest; /* characters a subject may have; UINT16_MAX is any number */
	uint8_t shortest; /* and that it must have */
	enum detail_of_whole detail;
	struct span text; /* the mould, of less than 64 KB */
};

/* The entries of a slot beside each other: see whole_read. */
struct wholes {
	const char *entries;
	const uint32_t *starts; /* by slot: where its first one begins; one more for the end */
	size_t slot_count;      /* a power of two */
	struct key_set keys;
};

/* An entry: in 8, 2 and 22 bits shortest, detail, rule; in 16 each longest, size; the text. */
enum { WHOLE_HEADER = 8 };

/* Read an entry, not its key; returns where the next one begins. */
static inline const char *whole_read(const char *entry, struct whole *whole)
{
	uint32_t rule = word_load_half(entry), sizes = word_load_half(entry + 4);

	whole->shortest = (uint8_t)rule;
	whole->detail = (enum detail_of_whole)(rule >> 8 & 3);
	whole->rule = rule >> 10;
	whole->longest = (uint16_t)sizes;
	whole->text = (struct span){entry + WHOLE_HEADER, sizes >> 16};
	return whole->text.data + whole->text.size;
}

/* Those of the key are among these; *end is behind the last one. */
static inline const char *wholes_find(const struct wholes *wholes, uint64_t key, const char **end)
{
	const uint32_t *start = &wholes->starts[key & (wholes->slot_count - 1)];

	*end = wholes->entries + start[1];
	return wholes->entries + start[0];
}

/* The key will be looked for soon. */
INLINED void wholes_expect(const struct wholes *wholes, uint64_t key)
{
	__builtin_prefetch(&wholes->starts[key & (wholes->slot_count - 1)]);
}

/* A table of these literals, which are not needed afterwards; false when memory is short. */
bool wholes_init(struct wholes *wholes, const struct whole *items, size_t count);
void wholes_fini(struct wholes *wholes);

#endif
