/*
 * The mould of a text: folded, with every number as one zero, as lines have it
 * in common that differ in their numbers only.  Rules are looked up by it.
 */
#ifndef MOULD_H
#define MOULD_H

#include <stdbool.h>

#include "buffer.h"

/*
 * Write the mould of a folded text, which is valid UTF-8 and is followed by
 * SCAN_BLOCK bytes that can be read; as much must be free behind its own size at
 * out.  in_ascii says that its digits are.  Returns where the mould ends.
 */
char *mould_make(char *out, struct span folded, bool in_ascii);

/* Which numbers a literal's are. */
enum numbers {
	NUMBERS_NONE,
	NUMBERS_ANY,  /* of any digits, as many as there are */
	NUMBERS_SOME, /* of certain digits, or so many */
};

/* Append the mould of a literal, see literal.h; false when memory is short. */
bool mould_literal(struct buffer *out, struct span literal, enum numbers *numbers);

#endif
