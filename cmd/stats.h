/* --stats: lines by verdict, group and rule, on standard error. */
#ifndef STATS_H
#define STATS_H

#include "options.h"

struct stats {
	const struct declutter_rules *rules;
	unsigned long *dropped; /* lines by rule */
	unsigned long documents, kept, outside, blank;
	unsigned long bad; /* records */
};

/* False when memory is short. */
bool stats_init(struct stats *stats, const struct declutter_rules *rules);
void stats_fini(struct stats *stats);

void stats_count(struct stats *stats, const struct declutter_verdict *verdict);
/* Add what another one counted, on the same rules. */
void stats_add(struct stats *stats, const struct stats *other);
/* False when memory is short. */
bool stats_print(const struct stats *stats, enum stats_form form);

#endif
