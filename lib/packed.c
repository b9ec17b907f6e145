#include "packed.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum state { PACKED, UNPACKING, UNPACKED };

struct unpacked {
	const struct packed_rules *packed;
	struct example *examples;
	struct slot {
		_Atomic(unsigned char) state; /* enum state; zero is PACKED */
		struct pattern pattern;
		struct rule rule;
	} slots[];
};

struct unpacked *unpacked_new(const struct packed_rules *packed)
{
	struct unpacked *unpacked =
	    calloc(1, sizeof *unpacked + packed->count * sizeof *unpacked->slots);

	if (!unpacked)
		return NULL;
	unpacked->packed = packed;
	unpacked->examples = calloc(packed->example_count + 1, sizeof *unpacked->examples);
	if (unpacked->examples)
		return unpacked;
	free(unpacked);
	return NULL;
}

void unpacked_free(struct unpacked *unpacked)
{
	if (!unpacked)
		return;
	free(unpacked->examples);
	free(unpacked);
}

static void unpack(struct unpacked *unpacked, size_t number, struct slot *slot)
{
	const struct packed_rules *rules = unpacked->packed;
	const struct packed_rule *packed = &rules->rules[number];
	struct example *examples = unpacked->examples + packed->first_example;

	for (uint32_t i = 0; i < packed->example_count; i++) {
		const struct packed_example *example = &rules->examples[packed->first_example + i];
		examples[i] = (struct example){
		    .sign = example->sign,
		    .line = example->line,
		    .text = rules->texts + example->text,
		};
	}
	if (packed->pattern != PACKED_NONE)
		slot->pattern = (struct pattern){
		    .text = rules->texts + packed->pattern,
		    .size = packed->pattern_size,
		    .search = packed->search,
		    .caseful = packed->caseful,
		    .exact = packed->exact,
		    .edges = packed->edges,
		};
	slot->rule = (struct rule){
	    .verb = (enum verb)packed->verb,
	    .group = (enum group)packed->group,
	    .longest = packed->longest,
	    .near = packed->near,
	    .least = packed->least,
	    .lines = packed->lines,
	    .zones = packed->zones,
	    .level = packed->level,
	    .pattern = packed->pattern != PACKED_NONE ? &slot->pattern : NULL,
	    .until = packed->until != PACKED_NONE ? unpacked_rule(unpacked, packed->until) : NULL,
	    .site = rules->texts + packed->site,
	    .facts = {.file = rules->texts + packed->file,
	        .verb = verb_name((enum verb)packed->verb),
	        .group = group_name((enum group)packed->group),
	        .language = rules->texts + packed->language,
	        .id = rules->texts + packed->id,
	        .pattern = rules->texts + packed->source,
	        .line = packed->line,
	        .index = (unsigned)number},
	    .column = packed->column,
	    .score = packed->score,
	    .condition_count = packed->condition_count,
	    .example_count = packed->example_count,
	    .examples = examples,
	    .grouped = packed->grouped,
	    .capped = packed->capped,
	};
	memcpy(slot->rule.conditions, packed->conditions, sizeof packed->conditions);
}

const struct rule *unpacked_rule(struct unpacked *unpacked, size_t number)
{
	struct slot *slot = &unpacked->slots[number];
	unsigned char expected = PACKED;

	if (atomic_load_explicit(&slot->state, memory_order_acquire) == UNPACKED)
		return &slot->rule;
	if (atomic_compare_exchange_strong(&slot->state, &expected, UNPACKING)) {
		unpack(unpacked, number, slot);
		atomic_store_explicit(&slot->state, UNPACKED, memory_order_release);
	}
	/* Another thread is at it, for less than a microsecond. */
	while (atomic_load_explicit(&slot->state, memory_order_acquire) != UNPACKED)
		sched_yield();
	return &slot->rule;
}
