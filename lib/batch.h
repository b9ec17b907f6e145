/* Some paragraphs in a row, with what each says by itself. */
#ifndef BATCH_H
#define BATCH_H

#include "features.h"
#include "paragraph.h"
#include "subject.h"

struct item {
	size_t at; /* where its blank lines begin among the batch's bytes; its lines follow */
	size_t blank_size;
	size_t size;
	unsigned blank_lines, lines;
	/* What it takes to keep or drop it by rules alone is together: two threads read it. */
	size_t first_match; /* its matches among the batch's, in the order of rules */
	size_t match_count;
	bool torn;    /* see struct paragraph */
	bool scanned; /* there is a scan of its only line */
	bool empty;   /* its subject has no text */
	struct scan scan;

	/* Once it was looked at; all but the hash and what tells of prose for the model. */
	uint64_t hash, shape; /* of the subject */
	unsigned char word_count;
	struct features features;
	uint16_t words[WORDS_KEPT];
};

/* All zero is an empty one. */
struct batch {
	const char *bytes; /* of its paragraphs: the splitter's, or a copy */
	size_t size;
	struct item *items;
	size_t count, capacity;
	bool looked_at;
	unsigned *matches; /* numbers of rules */
	size_t match_count, match_capacity;
	unsigned *slow; /* rules that took too many steps on one of the paragraphs */
	size_t slow_count, slow_capacity;
	struct buffer copy;
};

/* Whether nothing more should be added. */
bool batch_full(const struct batch *batch);
/*
 * Add a paragraph, whose bytes follow those of the last one and stay where
 * they are until the batch is cleared or has a copy.  False when memory is
 * short, here and below.
 */
bool batch_add(struct batch *batch, const struct paragraph *paragraph);
/* From now on its bytes are a copy. */
bool batch_copy(struct batch *batch);
/* Empty it for other paragraphs. */
void batch_clear(struct batch *batch);
void batch_fini(struct batch *batch);

#endif
