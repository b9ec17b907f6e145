/* What a paragraph says by itself: its subject, the rules that match it, its shape. */
#ifndef LOOK_H
#define LOOK_H

#include "batch.h"
#include "rules.h"

/* What a thread needs to look at paragraphs. */
struct looker {
	const struct declutter_rules *rules;
	bool models_article;
	struct subject subject;
	struct matcher *matcher;
	struct candidates candidates;
};

/* The settled rules must outlive it; false when memory is short, here and below. */
bool looker_init(struct looker *looker, const struct declutter_rules *rules, bool models_article);
void looker_fini(struct looker *looker);

/*
 * Look at the batch's paragraphs.  Their matches are those by pattern and
 * length: whether a rule is for the site, or for what is around, is not asked.
 */
bool look_at(struct looker *looker, struct batch *batch);

#endif
