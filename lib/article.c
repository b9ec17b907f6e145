#include "article.h"

void article_init(struct article *article, const struct declutter_rules *rules)
{
	*article = (struct article){.rules = rules};
}

static int setting(const struct article *article, enum setting setting)
{
	return article->rules->settings[setting].value;
}

/* Decide the undecided paragraphs up to the number-th, which is inside or outside. */
static void trace_back(struct article *article, struct queue *queue, size_t number, bool inside)
{
	for (size_t i = number + 1; article->undecided > 0; article->undecided--) {
		struct held *held = queue_at(queue, --i);
		held->decided = true;
		/* A single paragraph that much against is clutter in the article's midst. */
		held->inside = inside && held->evidence > -setting(article, SETTING_TOLERATE);
		if (held->inside && held->evidence > 0)
			article->gained += held->evidence;
		article->outside += !held->inside && held->size > 0;
		inside = inside ? held->stays_in : !held->stays_out;
	}
	article->established |= article->gained >= setting(article, SETTING_ESTABLISH);
}

void article_weigh(struct article *article, struct queue *queue, size_t number)
{
	struct held *held = queue_at(queue, number);
	int enter = setting(article, article->established ? SETTING_REENTER : SETTING_ENTER);
	int leave = setting(article, SETTING_LEAVE);
	int hole = setting(article, SETTING_HOLE);
	int lead = article->lead;

	held->evidence = held->size > 0 ? evidence_of(article->rules->evidence, held) : 0;
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
	if (article->undecided > 0)
		trace_back(article, queue, number, article->lead > 0);
	article->lead = 0;
}
