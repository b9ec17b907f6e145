#include "look.h"

#include <string.h>

#include "shape.h"

bool looker_init(struct looker *looker, const struct declutter_rules *rules, bool models_article)
{
	*looker = (struct looker){
	    .rules = rules, .models_article = models_article, .matcher = matcher_new()};
	return looker->matcher != NULL;
}

void looker_fini(struct looker *looker)
{
	subject_fini(&looker->subject);
	matcher_free(looker->matcher);
	candidates_fini(&looker->candidates);
}

/* ---- matching ---- */

static bool add_number(unsigned **numbers, size_t *count, size_t *capacity, unsigned number)
{
	if (!grow(numbers, capacity, *count + 1, sizeof **numbers))
		return false;
	(*numbers)[(*count)++] = number;
	return true;
}

/*
 * Whether the candidate matches; MATCH_LIMIT if it took too long to tell.
 * told has bit n if a simple rule of group n has matched: another one of it,
 * later in the order, would tell nothing more, and is not tried.
 */
static enum match try(struct looker *looker, const struct candidate *candidate, uint32_t told)
{
	const struct declutter_rules *rules = looker->rules;
	const struct subject *subject = &looker->subject;

	if (!rules_active(rules, candidate->rule))
		return MATCH_NO;
	if (candidate->certain)
		return MATCH_YES;
	const struct rule *rule = rules_at(rules, candidate->rule);
	if (told >> rule->group & 1 && rules_simple(rules, candidate->rule))
		return MATCH_NO;
	if (rule->longest > 0 && subject->scan.characters > rule->longest)
		return MATCH_NO;
	/* Most candidates match nothing on a page, and to compile them takes half of its time. */
	if (!pattern_may_match(rule->pattern, subject->text.data, subject->text.size))
		return MATCH_NO;
	return rule_match(rule, looker->matcher, subject);
}

/*
 * Find the rules that match the subject, among the candidates, in the order of
 * rules: of two that would do the same the first one is named.
 */
static bool match(struct looker *looker, struct batch *batch, struct item *item)
{
	const struct declutter_rules *rules = looker->rules;
	struct candidates *candidates = &looker->candidates;
	uint32_t told = 0;
	_Static_assert(GROUP_COUNT <= 32, "a bit for each group");

	candidates->count = 0;
	for (size_t i = 0; i < rules->index_count; i++)
		if (!index_candidates(rules->indexes[i], &looker->subject, candidates))
			return false;
	for (size_t i = 0; i < candidates->count; i++) {
		unsigned rule = candidates->items[i].rule;
		enum match match = try(looker, &candidates->items[i], told);
		if (match == MATCH_FAILED)
			return false;
		if (match == MATCH_LIMIT &&
		    !add_number(&batch->slow, &batch->slow_count, &batch->slow_capacity, rule))
			return false;
		if (match != MATCH_YES)
			continue;
		if (!add_number(&batch->matches, &batch->match_count, &batch->match_capacity, rule))
			return false;
		/* The last one's group is not asked for: the rule may be far away in memory. */
		if (i + 1 < candidates->count && rules_simple(rules, rule))
			told |= (uint32_t)1 << rules_at(rules, rule)->group;
	}
	item->match_count = batch->match_count - item->first_match;
	return true;
}

/* Whether no rule can match the subject, which is not folded yet, as far as is soon told. */
static bool is_ruled_out(struct looker *looker)
{
	const struct declutter_rules *rules = looker->rules;
	struct subject *subject = &looker->subject;

	/* Most lines of prose are longer than any rule allows. */
	if (subject->scan.characters > rules->longest)
		return true;
	if (!subject_fold_edges(subject))
		return false;
	for (size_t i = 0; i < rules->index_count; i++)
		if (!index_rules_out(rules->indexes[i], subject))
			return false;
	return true;
}

/* ---- the article model's part ---- */

/* What only the article model asks for. */
static void describe(struct looker *looker, const char *bytes, struct item *item)
{
	struct subject *subject = &looker->subject;
	size_t indent, marker = subject_marker(bytes, item->size, &indent);

	subject_find_words(subject);
	item->shape = subject->shape;
	item->word_count = (unsigned char)subject->word_count;
	memcpy(item->words, subject->words, sizeof item->words);
	shape_features(subject, &item->features);
	item->features.value[FEATURE_BULLET] = marker > indent;
}

static bool look_at_item(struct looker *looker, struct batch *batch, struct item *item)
{
	const struct declutter_rules *rules = looker->rules;
	struct subject *subject = &looker->subject;
	const char *bytes = batch->bytes + item->at + item->blank_size;

	item->first_match = batch->match_count;
	item->match_count = 0;
	if (item->torn)
		return true;
	if (!subject_make(subject, bytes, item->size, item->scanned ? &item->scan : NULL))
		return false;
	item->empty = subject->text.size == 0;
	/* Others are folded whole in any case, for their hash. */
	if ((looker->models_article || rules->ask_for_seen || !is_ruled_out(looker)) &&
	    !(subject_fold(subject) && match(looker, batch, item)))
		return false;
	item->hash = subject->hash;
	if (looker->models_article || rules->ask_for_prose)
		shape_prose(
		    subject, (unsigned)rules->settings[SETTING_PROSE_WORDS].value, &item->features);
	if (looker->models_article)
		describe(looker, bytes, item);
	return true;
}

bool look_at(struct looker *looker, struct batch *batch)
{
	for (size_t i = 0; i < batch->count; i++)
		if (!look_at_item(looker, batch, &batch->items[i]))
			return false;
	batch->looked_at = true;
	return true;
}
