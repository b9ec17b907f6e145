#include "article.h"

#include <limits.h>

void article_init(struct article *article, const struct declutter_rules *rules)
{
	*article = (struct article){.rules = rules};
}

static int setting(const struct article *article, enum setting setting)
{
	return article->rules->settings[setting].value;
}

/* Whether it is a table's row or a line of code: they look like clutter, but come with the text. */
static bool is_row(const struct held *held)
{
	return held->features.value[FEATURE_CELLS] > 0 || held->features.value[FEATURE_CODE];
}

static void join_side(struct held *held, struct side *side, int evidence, bool row)
{
	held->block += evidence;
	side->any = true;
	side->row |= row;
}

/* The next weighed paragraph and those of its block shortly before it take note of each other. */
static void join_block(struct article *article, struct queue *queue, size_t number)
{
	struct held *held = queue_at(queue, number);

	if (held->features.value[FEATURE_BLANK_BEFORE] > 0)
		article->recent_count = 0;
	held->block = held->evidence;
	for (size_t i = 0; i < article->recent_count; i++) {
		join_side(held, &held->before, article->recent[i].evidence, article->recent[i].row);
		if (i < article->undecided) {
			struct held *before = queue_at(queue, number - 1 - i);
			join_side(before, &before->after, held->evidence, is_row(held));
		}
	}
	if (article->recent_count < BLOCK_NEAR)
		article->recent_count++;
	for (size_t i = article->recent_count - 1; i > 0; i--)
		article->recent[i] = article->recent[i - 1];
	article->recent[0].evidence = held->evidence;
	article->recent[0].row = is_row(held);
}

/*
 * Whether a paragraph is clutter though what is around it is inside.  In a
 * block, as of the items of a list, it is not if it is between rows, or if
 * together they are for the article.
 */
static bool is_clutter_alone(const struct article *article, const struct held *held)
{
	if (held->evidence > -setting(article, SETTING_TOLERATE) || is_row(held))
		return false;
	if (held->before.row && held->after.row)
		return false;
	return held->block <= 0 || !held->before.any || !held->after.any;
}

/* Whether the article is entered with a paragraph that tells little: its headline does so. */
static bool is_headline_above(const struct article *article, const struct held *held)
{
	return !article->established && !held->stays_in && !held->features.value[FEATURE_PROSE] &&
	       held->evidence < setting(article, SETTING_BEGIN);
}

/* Decide the undecided paragraphs up to the number-th, which is inside or outside. */
static void trace_back(struct article *article, struct queue *queue, size_t number, bool inside)
{
	for (size_t i = number + 1; article->undecided > 0; article->undecided--) {
		struct held *held = queue_at(queue, --i);
		held->decided = true;
		held->inside =
		    inside && !is_clutter_alone(article, held) && !is_headline_above(article, held);
		if (held->inside && held->evidence > 0)
			article->gained += held->evidence;
		if (!held->inside && held->evidence < 0 && article->against < INT_MAX / 2)
			article->against -= held->evidence;
		inside = inside ? held->stays_in : !held->stays_out;
	}
	article->established |= article->gained >= setting(article, SETTING_ESTABLISH);
}

void article_weigh(struct article *article, struct queue *queue, size_t number)
{
	struct held *held = queue_at(queue, number);
	int enter = setting(article, article->established ? SETTING_REENTER : SETTING_ENTER);
	int leave = setting(article, SETTING_LEAVE);
	int hole = setting(article, is_row(held) ? SETTING_ROW : SETTING_HOLE);
	int lead = article->lead;

	held->evidence = held->size > 0 ? evidence_of(article->rules->evidence, held) : 0;
	join_block(article, queue, number);
	if (held->rule && held->rule->verb == VERB_HEAD && !article->established &&
	    !article->headed) {
		/* What is held before it is clutter, and the article begins for nothing. */
		trace_back(article, queue, number - 1, false);
		article->headed = true;
		lead = 0;
	}
	held->stays_in = lead > -enter;
	held->stays_out = lead < leave;
	if (!held->stays_in) {
		trace_back(article, queue, number - 1, false);
		lead = -enter;
	} else if (!held->stays_out) {
		trace_back(article, queue, number - 1, true);
		lead = leave;
	}
	article->undecided++;
	article->lead = lead + (held->evidence > -hole ? held->evidence : -hole);
	held->lead = article->lead;
}

void article_end(struct article *article, struct queue *queue, size_t number)
{
	/* To end inside costs half an exit: what stands last on a page is seldom of the article. */
	int end = article->established ? setting(article, SETTING_LEAVE) / 2 : 0;

	if (article->undecided > 0)
		trace_back(article, queue, number, article->lead > end);
	article->lead = 0;
}
