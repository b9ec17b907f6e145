/* Matches to phrase verdicts: sections, runs, repetitions, scopes. */
#ifndef PHRASE_H
#define PHRASE_H

#include "queue.h"
#include "rules.h"

/* What a document remembers between paragraphs. */
struct phrases {
	const struct declutter_rules *rules;

	const struct rule *section; /* the block or tail that is open, or NULL */
	unsigned section_lines;
	short last_blank; /* blank lines before the last settled paragraph */

	unsigned *run_lengths; /* of rules->runs: paragraphs in a row that match or are dropped */
	unsigned since_dropped;

	/* for zones */
	unsigned prose_words, since_prose, tails;
	bool in_comments;
	unsigned comments; /* behind their heading, those with prose before them */
	bool prose_since_comment;
};

bool phrases_init(struct phrases *phrases, const struct declutter_rules *rules);
void phrases_fini(struct phrases *phrases);

/*
 * Settle the number-th paragraph, all before it being settled.  False if
 * more paragraphs are needed first; never false when ended.
 */
bool phrases_settle(struct phrases *phrases, const struct queue *queue, size_t number, bool ended);

#endif
