/*
 * Evidence to verdicts: where the article begins and ends.
 *
 * Each paragraph is inside the article or outside.  A way through the
 * document earns the evidence of what it takes inside and pays for each
 * entry and each exit, and half an exit if it ends inside; the best way is
 * the answer (Viterbi's algorithm for two states, G. D. Forney, "The Viterbi
 * Algorithm", 1973; with these costs it is BLAST's X-drop extension with
 * restarts, Altschul et al., 1990).  A paragraph is decided as soon as the
 * best ways into both states agree on it, so the document streams.
 */
#ifndef ARTICLE_H
#define ARTICLE_H

#include "queue.h"
#include "rules.h"

/* Paragraphs before and after that a paragraph is judged with, if no blank line is between. */
enum { BLOCK_NEAR = 2 };

struct article {
	const struct declutter_rules *rules;
	int lead;         /* of the best way inside over the best way outside, in hundredths */
	int gained;       /* evidence of the paragraphs that were decided to be inside */
	bool established; /* it is enough: there is an article */
	bool headed;      /* a head rule said where it begins */
	int against;      /* evidence against the paragraphs that were decided to be outside */
	struct {
		int evidence;
		bool row;
	} recent[BLOCK_NEAR]; /* the last paragraphs of this block, the latest first */
	size_t recent_count;
	size_t undecided; /* settled paragraphs at the queue's end that await a decision */
};

void article_init(struct article *article, const struct declutter_rules *rules);

/*
 * Weigh the next settled paragraph of the queue, the number-th, and decide
 * it and those before it as far as they can be.
 */
void article_weigh(struct article *article, struct queue *queue, size_t number);

/* Decide all weighed paragraphs up to the number-th: there is no more to come. */
void article_end(struct article *article, struct queue *queue, size_t number);

#endif
