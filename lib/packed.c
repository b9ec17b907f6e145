#include "packed.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

/* Of a rule; from UNPACKED on it is UNPACKED and the rule's slot. */
enum state { PACKED, UNPACKING, UNPACKED };

struct unpacked {
	const struct packed_rules *packed;
	_Atomic(uint32_t) *states; /* by number */
	atomic_uint used;          /* slots */
	/* In the order in which rules are asked for: the few that are stand together. */
	struct slot {
		struct pattern pattern;
		struct compiled compiled;
		struct rule rule;
	} slots[];
};

struct unpacked *unpacked_new(const struct packed_rules *packed)
{
	/* In one piece: it is so large that no page of it is there before it is needed. */
	struct unpacked *unpacked =
	    calloc(1, sizeof *unpacked +
	                  packed->count * (sizeof *unpacked->slots + sizeof *unpacked->states));

	if (!unpacked)
		return NULL;
	unpacked->packed = packed;
	unpacked->states = (void *)(unpacked->slots + packed->count);
	return unpacked;
}

void unpacked_free(struct unpacked *unpacked)
{
	if (!unpacked)
		return;
	for (size_t i = 0; i < unpacked->used; i++)
		compiled_fini(&unpacked->slots[i].compiled);
	free(unpacked);
}

static void unpack(struct unpacked *unpacked, size_t number, struct slot *slot)
{
	const struct packed_rules *rules = unpacked->packed;
	const struct packed_rule *packed = &rules->rules[number];

	if (packed->pattern != PACKED_NONE)
		slot->pattern = (struct pattern){
		    .text = rules->texts + packed->pattern,
		    .size = packed->pattern_size,
		    .search = packed->search,
		    .caseful = packed->caseful,
		    .exact = packed->exact,
		    .edges = packed->edges,
		    .compiled = &slot->compiled,
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
	    .grouped = packed->grouped,
	    .capped = packed->capped,
	};
	memcpy(slot->rule.conditions, packed->conditions, sizeof packed->conditions);
}

/* The rule that is unpacked; another thread may be at it, for less than a microsecond. */
static const struct rule *wait_for(struct unpacked *unpacked, size_t number)
{
	for (;;) {
		uint32_t state =
		    atomic_load_explicit(&unpacked->states[number], memory_order_acquire);
		if (state >= UNPACKED)
			return &unpacked->slots[state - UNPACKED].rule;
		sched_yield();
	}
}

const struct rule *unpacked_rule(struct unpacked *unpacked, size_t number)
{
	_Atomic(uint32_t) *state = &unpacked->states[number];
	uint32_t expected = atomic_load_explicit(state, memory_order_acquire);

	if (expected == PACKED && atomic_compare_exchange_strong(state, &expected, UNPACKING)) {
		uint32_t slot = atomic_fetch_add(&unpacked->used, 1);
		unpack(unpacked, number, &unpacked->slots[slot]);
		atomic_store_explicit(state, UNPACKED + slot, memory_order_release);
	}
	return wait_for(unpacked, number);
}

struct example unpacked_example(const struct unpacked *unpacked, size_t rule, size_t number)
{
	const struct packed_rules *packed = unpacked->packed;
	const struct packed_example *example =
	    &packed->examples[packed->rules[rule].first_example + number];

	return (struct example){
	    .sign = example->sign, .line = example->line, .text = packed->texts + example->text};
}
