/* Sets of literals, which matches of a pattern begin or end with, or contain. */
#ifndef LITERAL_H
#define LITERAL_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/* More beginnings than this are not worth listing. */
enum { LITERALS_MAX = 512 };

/*
 * What stands for a number in a literal, characters that no subject has; in its
 * mould, see mould.h, both are a zero.
 */
enum {
	NUMBER_SOME = 1, /* of certain digits, or so many */
	NUMBER_ANY = 2,  /* of any digits, as many as there are: \d+ */
};

struct literal {
	size_t offset; /* into the set's text */
	size_t size;
	bool open; /* a match may go on after it */
};

/* A set of literals, folded by text_fold. */
struct literals {
	struct buffer text;
	struct literal *items;
	size_t count, capacity;
};

/* A literal's bytes; of a set that has none they are nowhere. */
static inline const char *literal_text(const struct literals *set, const struct literal *literal)
{
	return literal->size > 0 ? set->text.data + literal->offset : "";
}

/* Of all that allocate: false when memory is short. */
bool literals_add(struct literals *set, const char *text, size_t size, bool open);
void literals_clear(struct literals *set);
/* Of what nothing is known: it begins with the empty literal, which is open. */
bool literals_make_unknown(struct literals *set);
/* Add those of another set. */
bool literals_copy(struct literals *to, const struct literals *from);
void literals_open(struct literals *set);
bool literals_closed(const struct literals *set);
/* The size of the shortest literal, 0 of an empty set: how much a set tells. */
size_t literals_shortest(const struct literals *set);
/* best becomes a copy of the set, all closed, if that tells more. */
bool literals_take_better(struct literals *best, const struct literals *set);
/*
 * left becomes each closed literal of left followed by each of right; if those are
 * more than LITERALS_MAX it is only opened.
 */
bool literals_concatenate(struct literals *left, const struct literals *right);
/* Make the moulds of the literals, in their order. */
bool literals_mould(struct literals *moulds, const struct literals *set);
void literals_fini(struct literals *set);

#endif
