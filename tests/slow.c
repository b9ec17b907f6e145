#include "slow.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "rules.h"

enum { SLOTS = 1 << 21, MATCHES = 1 << 22 };

/* What matches a subject is remembered: most come again. */
struct memory {
	uint64_t hash;
	uint32_t first, count; /* of the matches */
};

struct slow {
	struct declutter_rules *rules;
	struct index index; /* what documents take for the index: it is empty */
	struct matcher *matcher;
	struct memory *slots;
	size_t used;
	uint32_t *matches;
	size_t match_count;
	size_t tried;
};

/* The index that --wrap has to know from a real one. */
static struct slow *current;

struct slow *slow_new(int level)
{
	struct declutter_error error;
	struct slow *slow = calloc(1, sizeof *slow);

	if (!slow)
		return NULL;
	slow->rules = declutter_rules_new();
	slow->matcher = matcher_new();
	slow->slots = calloc(SLOTS, sizeof *slow->slots);
	slow->matches = calloc(MATCHES, sizeof *slow->matches);
	if (!slow->rules || !slow->matcher || !slow->slots || !slow->matches ||
	    !declutter_rules_add_builtin(slow->rules, &error) ||
	    !declutter_rules_settle(
	        slow->rules, &(struct declutter_selection){.level = level}, &error)) {
		slow_free(slow);
		return NULL;
	}
	slow->rules->indexes[0] = &slow->index;
	/* No paragraph is too long to be looked at. */
	slow->rules->longest = UINT32_MAX;
	current = slow;
	return slow;
}

void slow_free(struct slow *slow)
{
	if (!slow)
		return;
	declutter_rules_free(slow->rules);
	matcher_free(slow->matcher);
	free(slow->slots);
	free(slow->matches);
	free(slow);
	current = NULL;
}

const struct declutter_rules *slow_rules(const struct slow *slow)
{
	return slow->rules;
}

size_t slow_tried(const struct slow *slow)
{
	return slow->tried;
}

static bool matches(const struct slow *slow, size_t number, const struct subject *subject)
{
	const struct rule *rule = rules_at(slow->rules, number);

	return rules_active(slow->rules, number) && rule->pattern &&
	       (rule->longest == 0 || subject->scan.characters <= rule->longest) &&
	       rule_match(rule, slow->matcher, subject) == MATCH_YES;
}

static void try_all(struct slow *slow, struct memory *memory, const struct subject *subject)
{
	memory->first = (uint32_t)slow->match_count;
	for (size_t i = 0; i < rules_count(slow->rules); i++)
		if (matches(slow, i, subject))
			slow->matches[slow->match_count++] = (uint32_t)i;
	memory->count = (uint32_t)slow->match_count - memory->first;
	slow->tried++;
}

static const struct memory *remember(struct slow *slow, const struct subject *subject)
{
	uint64_t hash = hash_bytes(subject->text.data, subject->text.size) | 1;
	size_t at = hash >> 40 & (SLOTS - 1);

	if (slow->used > SLOTS / 2 || MATCHES - slow->match_count < rules_count(slow->rules)) {
		memset(slow->slots, 0, SLOTS * sizeof *slow->slots);
		slow->used = slow->match_count = 0;
	}
	while (slow->slots[at].hash != 0 && slow->slots[at].hash != hash)
		at = (at + 1) & (SLOTS - 1);
	if (slow->slots[at].hash == 0) {
		slow->slots[at].hash = hash;
		slow->used++;
		try_all(slow, &slow->slots[at], subject);
	}
	return &slow->slots[at];
}

static bool is_slow(const struct index *index)
{
	return current && index == &current->index;
}

/* ---- in the place of the index ---- */

/* The linker's names: __real_ is the function itself, __wrap_ what is called. */
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wreserved-identifier"
bool __real_index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out);
bool __wrap_index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out);
bool __real_index_rules_out(const struct index *index, const struct subject *subject);
bool __wrap_index_rules_out(const struct index *index, const struct subject *subject);

bool __wrap_index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	if (!is_slow(index))
		return __real_index_candidates(index, subject, out);
	const struct memory *memory = remember(current, subject);
	if (!grow(&out->items, &out->capacity, memory->count, sizeof *out->items))
		return false;
	for (uint32_t i = 0; i < memory->count; i++)
		out->items[out->count++] =
		    (struct candidate){current->matches[memory->first + i], true};
	return true;
}

bool __wrap_index_rules_out(const struct index *index, const struct subject *subject)
{
	return !is_slow(index) && __real_index_rules_out(index, subject);
}
