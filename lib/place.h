/* A paragraph's place among the others: the second half of its features. */
#ifndef PLACE_H
#define PLACE_H

#include "queue.h"
#include "rules.h"

/* Paragraphs before and after that are looked at. */
enum { PLACE_BEHIND = 8, PLACE_AHEAD = 10, PLACE_NEAR = 3 };

/* Kinds of clutter, as bits: what stands among comments, related links, at the edges. */
enum { KIND_COMMENTS = 1, KIND_RELATED = 2, KIND_EDGE = 4, KIND_COUNT = 3 };

/* Note the kinds of clutter that a paragraph's matches are of. */
void place_kinds(const struct declutter_rules *rules, struct held *held);

/* Neighbours of a paragraph, the nearest first: a bit or an item each. */
struct neighbours {
	unsigned count;
	uint32_t prose, clutter, is_short, dates, alike;
	uint32_t kinds[KIND_COUNT];
	short words[PLACE_AHEAD], ends[PLACE_AHEAD];
	uint64_t hashes[PLACE_AHEAD];
};

/* What a document remembers of the settled paragraphs, and of those to come. */
struct place {
	struct neighbours behind, ahead;
	unsigned noted;         /* paragraphs of the queue that are among those ahead */
	unsigned long position; /* of the next paragraph with text */
	size_t prose_words;
	unsigned long last_prose; /* position after it, 0 is none */
	unsigned clutter;
	unsigned long last_kinds[KIND_COUNT]; /* positions after the last of each kind */
	/* the words of the nearest paragraphs before, a ring */
	uint16_t near_words[PLACE_NEAR][WORDS_KEPT];
	uint64_t familiar[1024];     /* a bit for each hash of the prose's words */
	unsigned char to_come[4096]; /* how often the prose ahead has words of each hash */
	unsigned awaited;            /* paragraphs of the queue that are counted there */
};

/*
 * Fill in the features of the number-th held paragraph that come from its
 * neighbours; those before it are settled, of those after it only what
 * their own text says is used.
 */
void place_features(struct place *place, const struct queue *queue, size_t number);

#endif
