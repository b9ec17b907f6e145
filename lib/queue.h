/* The held paragraphs of a document, oldest first. */
#ifndef QUEUE_H
#define QUEUE_H

#include <stdint.h>

#include "rule.h"
#include "subject.h"

enum phrase { PHRASE_NONE, PHRASE_KEEP, PHRASE_DROP };

struct held {
	size_t blank_size; /* blank lines before the paragraph */
	size_t size;       /* the paragraph's lines; 0 for blank lines at the end */
	unsigned lines;
	uint64_t hash;     /* of the subject */
	unsigned *matches; /* rules that match, whatever their scope; reused */
	size_t match_count, match_capacity;
	unsigned char word_count;
	unsigned kinds;  /* of clutter that its matches are of, see place.h */
	bool interrupts; /* matched by a rule for advertising, or for pictures and players */

	/* what the phrase rules say, once settled */
	enum phrase phrase;
	const struct rule *rule;

	/* what the article model says */
	int evidence;
	int lead;  /* after it, of the way inside the article over the way outside */
	int block; /* the sum of its evidence and of that of its block's near ones */
	struct side {
		bool any, row; /* whether there are such on that side; and a table's row or code */
	} before, after;
	bool stays_in, stays_out; /* the better way into each state came from the same one */
	bool decided, inside;
	bool title; /* the headline, which is kept */

	/* a new one's are not cleared */
	struct features features;
	uint16_t words[WORDS_KEPT]; /* hashes of its first long words, then zeros */
};

struct queue {
	struct held *items; /* a ring */
	size_t first, count, capacity;
};

/* The number-th held paragraph, 0 is the oldest. */
static inline struct held *queue_at(const struct queue *queue, size_t number)
{
	return &queue->items[(queue->first + number) & (queue->capacity - 1)];
}

/* Whether the rule of that number is among the paragraph's matches. */
bool held_matches(const struct held *held, unsigned rule);

/* A new last one, empty but for its features and words, or NULL when memory is short. */
struct held *queue_push(struct queue *queue);
/* Forget the oldest. */
void queue_pop(struct queue *queue);
void queue_fini(struct queue *queue);

#endif
