/* All verdicts on one text, for comparing ways to come by them. */
#ifndef VERDICTS_H
#define VERDICTS_H

#include "buffer.h"
#include "declutter.h"

struct verdicts {
	struct buffer rows; /* of numbers that say all of each verdict */
	struct buffer body; /* bytes of the kept ones */
	/* the text, and which of its bytes have a verdict */
	const char *text;
	size_t size;
	struct buffer covered;
	bool wrong; /* a verdict is on bytes that are not there, or have one */
};

/*
 * Feed the text in pieces and take the verdicts: its size at random from the
 * seed, or all at once if it is 0.  The context and the callback of settings
 * are replaced.  False if it failed, or some byte is in no verdict or in two.
 */
bool verdicts_take(struct verdicts *verdicts, const struct declutter_rules *rules,
    struct declutter_settings settings, const char *text, size_t size, uint64_t seed);
/* If not, *offset is where in the text they begin to differ. */
bool verdicts_equal(const struct verdicts *one, const struct verdicts *other, size_t *offset);
void verdicts_fini(struct verdicts *verdicts);

/* A random number below the limit: xorshift64* (S. Vigna, 2016), the same in every run. */
size_t draw(uint64_t *state, size_t below);

#endif
