/* A document: bytes through all the parts to verdicts. */
#include <stdlib.h>
#include <string.h>

#include "article.h"
#include "error.h"
#include "paragraph.h"
#include "phrase.h"
#include "place.h"
#include "shape.h"
#include "title.h"
#include "url.h"
#include "writer.h"

/* So many bytes are taken in at once: what waits for its verdict is little more. */
enum { FEED_BYTES = 65536 };

struct declutter_document {
	const struct declutter_rules *rules;
	struct declutter_settings settings;
	bool models_article;
	char site[HOST_SIZE]; /* host of the page, once known, else "" */
	bool comments_headed; /* what could head comments was seen */

	struct splitter splitter;
	struct subject subject;
	struct matcher *matcher;
	struct candidates candidates;
	struct queue queue;
	size_t settled; /* paragraphs of the queue that the phrase rules have settled */
	struct phrases phrases;
	struct place place;
	struct article article;
	bool titled; /* the headline was looked for */
	struct writer writer;

	bool *warned; /* by rule */
	FILE *trace;
};

static bool take_paragraph(void *context, const struct paragraph *paragraph);

struct declutter_document *declutter_document_new(
    const struct declutter_rules *rules, const struct declutter_settings *settings)
{
	struct declutter_document *document = calloc(1, sizeof *document);

	if (!document)
		return NULL;
	document->rules = rules;
	document->settings = *settings;
	if (document->settings.hold == 0)
		document->settings.hold = DECLUTTER_HOLD;
	if (document->settings.hold < DECLUTTER_HOLD_MIN)
		document->settings.hold = DECLUTTER_HOLD_MIN;
	document->models_article = !settings->phrases_only && rules->evidence;
	document->settings.title &= document->models_article;
	if (settings->url)
		url_host(settings->url, strlen(settings->url), document->site);
	splitter_init(&document->splitter, document->settings.hold, take_paragraph, document);
	document->splitter.scan_all = document->models_article || rules->ask_for_prose;
	article_init(&document->article, rules);
	writer_init(&document->writer, &document->settings);
	document->matcher = matcher_new();
	document->warned = calloc(rules_count(rules) + 1, sizeof *document->warned);
	if (!phrases_init(&document->phrases, rules) || !document->matcher || !document->warned) {
		declutter_document_free(document);
		return NULL;
	}
	return document;
}

void declutter_document_free(struct declutter_document *document)
{
	if (!document)
		return;
	splitter_fini(&document->splitter);
	subject_fini(&document->subject);
	matcher_free(document->matcher);
	candidates_fini(&document->candidates);
	queue_fini(&document->queue);
	phrases_fini(&document->phrases);
	writer_fini(&document->writer);
	free(document->warned);
	free(document);
}

void declutter_document_trace(struct declutter_document *document, FILE *stream)
{
	document->trace = stream;
	fprintf(stream, "blank\tsize\tphrase");
	for (int i = 0; i < FEATURE_COUNT; i++)
		fprintf(stream, "\t%s", feature_name((enum feature)i));
	fputc('\n', stream);
}

static void trace(struct declutter_document *document, const struct held *held)
{
	if (!document->trace)
		return;
	fprintf(document->trace, "%zu\t%zu\t%d", held->blank_size, held->size, held->phrase);
	for (int i = 0; i < FEATURE_COUNT; i++)
		fprintf(document->trace, "\t%d", held->features.value[i]);
	fputc('\n', document->trace);
}

/* ---- matching ---- */

static void warn(struct declutter_document *document, const struct rule *rule)
{
	char message[512];

	if (document->warned[rule->facts.index] || !document->settings.warn)
		return;
	document->warned[rule->facts.index] = true;
	snprintf(message, sizeof message,
	    "%s:%u: the pattern took too many steps on a paragraph and was skipped there; "
	    "make it simpler, or give it a smaller len=",
	    rule->facts.file, rule->facts.line);
	document->settings.warn(document->settings.context, message);
}

/* Whether the site is the rule's or a part of it: www.example.org of example.org. */
static bool site_matches(const char *site, const char *wanted)
{
	size_t size = strlen(site), wanted_size = strlen(wanted);

	if (size < wanted_size || strcmp(site + size - wanted_size, wanted) != 0)
		return false;
	return size == wanted_size || site[size - wanted_size - 1] == '.';
}

static enum match rule_matches(
    struct declutter_document *document, const struct rule *rule, const struct subject *subject)
{
	struct span text = subject->text;

	if (rule->longest > 0 && subject->scan.characters > rule->longest)
		return MATCH_NO;
	/* Most candidates match nothing on a page, and to compile them takes half of its time. */
	if (!pattern_may_match(rule->pattern, text.data, text.size))
		return MATCH_NO;
	enum match match = rules_match(document->rules, rule, document->matcher, subject);
	if (match == MATCH_LIMIT)
		warn(document, rule);
	return match;
}

static enum match candidate_matches(
    struct declutter_document *document, const struct candidate *candidate)
{
	const struct declutter_rules *rules = document->rules;
	enum match match = MATCH_YES;

	if (!rules_active(rules, candidate->rule))
		return MATCH_NO;
	if (candidate->certain && rules_simple(rules, candidate->rule))
		return MATCH_YES;
	const struct rule *rule = rules_at(rules, candidate->rule);
	if (rule->site[0] && rule->verb != VERB_DETECT && !site_matches(document->site, rule->site))
		return MATCH_NO;
	if (rule->zones == ZONE_COMMENTS && !document->comments_headed)
		return MATCH_NO;
	if (!candidate->certain)
		match = rule_matches(document, rule, &document->subject);
	if (match == MATCH_YES && rule->verb == VERB_DETECT && !document->site[0])
		snprintf(document->site, sizeof document->site, "%s", rule->site);
	if (match == MATCH_YES && rule->verb == VERB_TAIL && rule->group == GROUP_COMMENTS)
		document->comments_headed = true;
	return match;
}

/* Find the rules that match the subject, among the candidates. */
static bool match(struct declutter_document *document)
{
	const struct declutter_rules *rules = document->rules;
	struct candidates *candidates = &document->candidates;
	size_t count = 0;

	candidates->count = 0;
	for (size_t i = 0; i < rules->index_count; i++)
		if (!index_candidates(rules->indexes[i], &document->subject, candidates))
			return false;
	for (size_t i = 0; i < candidates->count; i++) {
		enum match match = candidate_matches(document, &candidates->items[i]);
		if (match == MATCH_FAILED)
			return false;
		if (match == MATCH_YES)
			candidates->items[count++] = candidates->items[i];
	}
	candidates->count = count;
	return true;
}

/* In the order of the rules: of two that would do the same the first one is named. */
static bool note_matches(struct held *held, const struct candidates *matches)
{
	if (!grow(&held->matches, &held->match_capacity, matches->count, sizeof *held->matches))
		return false;
	for (size_t i = 0; i < matches->count; i++) {
		uint32_t number = matches->items[i].rule;
		size_t at = held->match_count++;
		for (; at > 0 && held->matches[at - 1] > number; at--)
			held->matches[at] = held->matches[at - 1];
		held->matches[at] = number;
	}
	return true;
}

/* ---- writing ---- */

static struct declutter_verdict verdict_on(
    const struct declutter_document *document, const struct held *held, bool kept)
{
	enum declutter_reason reason = DECLUTTER_NO_ARTICLE;

	if (held->title)
		reason = DECLUTTER_TITLE;
	else if (held->phrase != PHRASE_NONE)
		reason = DECLUTTER_RULE;
	else if (!document->models_article)
		reason = DECLUTTER_NO_RULE;
	else if (!held->decided)
		reason = DECLUTTER_HOLD_FULL;
	else if (held->inside)
		reason = DECLUTTER_ARTICLE;
	else if (document->article.established)
		reason = kept ? DECLUTTER_NO_CLUTTER : DECLUTTER_OUTSIDE;
	return (struct declutter_verdict){
	    .kept = kept,
	    .reason = reason,
	    .rule = reason == DECLUTTER_RULE ? &held->rule->facts : NULL,
	    .evidence = held->evidence,
	    .lead = held->lead,
	};
}

/* Write the oldest paragraph and forget it. */
static bool write_front(struct declutter_document *document, bool kept)
{
	const struct held *front = queue_at(&document->queue, 0);
	const char *bytes = splitter_oldest(&document->splitter);

	/* Blank lines at the end belong to what was dropped there, if anything was. */
	bool keep_blanks = kept && (front->size > 0 || !document->writer.dropped);
	if (!writer_blanks(&document->writer, bytes, front->blank_size, keep_blanks))
		return false;
	struct declutter_verdict verdict = verdict_on(document, front, kept);
	if (front->size > 0 && !writer_lines(&document->writer, &verdict, bytes + front->blank_size,
	                           front->size, front->lines))
		return false;
	splitter_release(&document->splitter, front->blank_size + front->size);
	queue_pop(&document->queue);
	document->settled--;
	return true;
}

/*
 * Whether the text looks like a page: rules found clutter on it, or a lot is
 * outside of the article.  A letter's "Dear Ann," is not to be dropped.
 */
static bool is_page(const struct declutter_document *document)
{
	const struct setting_value *settings = document->rules->settings;

	return document->article.headed ||
	       document->place.clutter >= (unsigned)settings[SETTING_PAGE_RULES].value ||
	       document->article.outside >= (unsigned)settings[SETTING_PAGE_LINES].value;
}

/* Whether the oldest paragraph, which is settled, has its verdict; if so *kept is it. */
static bool has_verdict(const struct declutter_document *document, bool *kept)
{
	const struct held *front = queue_at(&document->queue, 0);

	*kept = front->phrase != PHRASE_DROP || front->title;
	if (document->settings.title && !document->titled)
		return false;
	if (front->title)
		return true;
	if (front->phrase != PHRASE_NONE && (front->decided || !document->models_article))
		return true;
	if (!document->models_article)
		return true;
	*kept = front->inside;
	/* Until there is an article nothing can be outside of it. */
	return front->decided && document->article.established &&
	       (front->inside || is_page(document));
}

/* Whether the article may still begin after the paragraph. */
static bool is_before_article(const struct declutter_document *document, const struct held *held)
{
	return !held->decided || !held->inside ||
	       (!held->features.value[FEATURE_PROSE] && !document->article.headed);
}

/* Look for the headline as soon as it is known where the article begins. */
static void find_title(struct declutter_document *document, bool ended)
{
	const struct queue *queue = &document->queue;
	size_t before = 0;

	if (!document->settings.title || document->titled ||
	    !(ended || document->article.established))
		return;
	document->titled = true;
	if (!document->article.established)
		return;
	while (before < document->settled && is_before_article(document, queue_at(queue, before)))
		before++;
	size_t title = title_find(document->rules, queue, before);
	if (title < before)
		queue_at(queue, title)->title = true;
}

static bool write_decided(struct declutter_document *document)
{
	bool kept;

	find_title(document, false);
	while (document->settled > 0 && has_verdict(document, &kept))
		if (!write_front(document, kept))
			return false;
	return true;
}

/* Write all that is settled, undecided paragraphs as kept. */
static bool write_all(struct declutter_document *document)
{
	bool kept;

	find_title(document, true);
	if (!write_decided(document))
		return false;
	while (document->settled > 0) {
		if (!has_verdict(document, &kept))
			kept = queue_at(&document->queue, 0)->phrase != PHRASE_DROP;
		if (!write_front(document, kept))
			return false;
	}
	document->article.undecided = 0;
	return true;
}

/* ---- the pipeline ---- */

/* Settle and weigh the next paragraph if enough of those after it are known. */
static bool settle(struct declutter_document *document, bool ended)
{
	struct queue *queue = &document->queue;
	size_t number = document->settled;

	if (document->models_article && !ended && queue->count - number <= PLACE_AHEAD)
		return false;
	if (!phrases_settle(&document->phrases, queue, number, ended))
		return false;
	if (document->models_article) {
		place_features(&document->place, queue, number);
		article_weigh(&document->article, queue, number);
	}
	trace(document, queue_at(queue, number));
	document->settled++;
	return true;
}

static bool advance(struct declutter_document *document, bool ended)
{
	while (document->settled < document->queue.count && settle(document, ended))
		if (!write_decided(document))
			return false;
	return true;
}

/* What is held must go: it is too much, or a line too long to hold follows. */
static bool flush(struct declutter_document *document)
{
	return advance(document, true) && write_all(document);
}

static bool count_seen(struct declutter_document *document, struct held *held)
{
	const struct subject *subject = &document->subject;
	struct phrases *phrases = &document->phrases;
	short *value = held->features.value;
	unsigned seen, alike;

	if (subject->text.size == 0 || !(document->models_article || document->rules->ask_for_seen))
		return true;
	if (!phrases_count_seen(phrases, subject->hash, &seen))
		return false;
	value[FEATURE_SEEN] = feature_clamp(seen);
	if (!document->models_article)
		return true;
	/* Without numbers the shape is the hash: what is remembered is bounded. */
	alike = seen;
	if (subject->shape != subject->hash &&
	    !phrases_count_seen(phrases, ~subject->shape, &alike))
		return false;
	value[FEATURE_ALIKE] = feature_clamp(alike);
	return true;
}

/* Whether no rule can match the subject, which is not folded yet, as far as is soon told. */
static bool is_ruled_out(struct declutter_document *document, struct subject *subject)
{
	const struct declutter_rules *rules = document->rules;

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

/* What only the article model asks for. */
static void describe(struct declutter_document *document, struct held *held)
{
	struct subject *subject = &document->subject;

	subject_find_likeness(subject);
	held->word_count = (unsigned char)subject->word_count;
	memcpy(held->words, subject->words, sizeof held->words);
	shape_features(subject, &held->features);
}

/* Make the paragraph's subject and find the rules that match it. */
static bool look_at(struct declutter_document *document, const struct paragraph *paragraph)
{
	const struct declutter_rules *rules = document->rules;
	struct subject *subject = &document->subject;

	document->candidates.count = 0;
	if (!subject_make(subject, paragraph->bytes, paragraph->size, paragraph->scan))
		return false;
	/* Others are folded whole in any case, for their hash. */
	bool all = document->models_article || rules->ask_for_seen;
	return (!all && is_ruled_out(document, subject)) ||
	       (subject_fold(subject) && match(document));
}

/* Hold the paragraph that was looked at. */
static bool push(struct declutter_document *document, const struct paragraph *paragraph)
{
	const struct declutter_rules *rules = document->rules;
	struct subject *subject = &document->subject;
	struct held *held = queue_push(&document->queue);

	if (!held)
		return false;
	held->blank_size = paragraph->blank_size;
	held->size = paragraph->size;
	held->lines = paragraph->lines;
	held->hash = subject->hash;
	if (document->models_article || rules->ask_for_prose)
		shape_prose(
		    subject, (unsigned)rules->settings[SETTING_PROSE_WORDS].value, &held->features);
	else
		held->features = (struct features){0};
	held->features.value[FEATURE_BLANK_BEFORE] = feature_clamp(paragraph->blank_lines);
	if (document->models_article) {
		size_t indent, marker = subject_marker(paragraph->bytes, paragraph->size, &indent);
		describe(document, held);
		held->features.value[FEATURE_BULLET] = marker > indent;
	}
	if (!count_seen(document, held) || !note_matches(held, &document->candidates))
		return false;
	if (document->models_article)
		place_kinds(rules, held);
	return true;
}

/* Keep the paragraph, before which nothing is held. */
static bool pass(struct declutter_document *document, const struct paragraph *paragraph,
    enum declutter_reason reason)
{
	struct declutter_verdict verdict = {.kept = true, .reason = reason};
	size_t lines = paragraph->lines;

	if (paragraph->torn)
		lines = paragraph->bytes[paragraph->size - 1] == '\n';
	if (!writer_blanks(&document->writer, paragraph->blank, paragraph->blank_size, true) ||
	    !writer_lines(&document->writer, &verdict, paragraph->bytes, paragraph->size, lines))
		return false;
	splitter_release(&document->splitter, paragraph->blank_size + paragraph->size);
	return true;
}

/* Where no rule asks for what is around a paragraph, it is kept at once if none matches. */
static bool may_pass(const struct declutter_document *document, const struct paragraph *paragraph)
{
	return document->rules->each_alone && !document->models_article && !document->trace &&
	       document->candidates.count == 0 && paragraph->size > 0;
}

static bool take_paragraph(void *context, const struct paragraph *paragraph)
{
	struct declutter_document *document = context;

	if (paragraph->torn)
		return flush(document) && pass(document, paragraph, DECLUTTER_HOLD_FULL);
	if (!look_at(document, paragraph))
		return false;
	if (may_pass(document, paragraph))
		return pass(document, paragraph, DECLUTTER_NO_RULE);
	if (!push(document, paragraph) || !advance(document, false))
		return false;
	size_t held =
	    splitter_held(&document->splitter) + document->queue.count * sizeof(struct held);
	return held <= document->settings.hold || flush(document);
}

static bool fail(struct declutter_document *document, struct declutter_error *error)
{
	/* What was decided before goes out all the same. */
	writer_flush(&document->writer);
	return document->writer.stopped ? error_at(error, "", 0, 0, "stopped by the caller")
	                                : error_memory(error);
}

bool declutter_document_feed(struct declutter_document *document, const char *bytes, size_t size,
    struct declutter_error *error)
{
	for (size_t part; size > 0; bytes += part, size -= part) {
		part = size < FEED_BYTES ? size : FEED_BYTES;
		if (!splitter_feed(&document->splitter, bytes, part) ||
		    !writer_flush(&document->writer))
			return fail(document, error);
	}
	return true;
}

bool declutter_document_end(struct declutter_document *document, struct declutter_error *error)
{
	if (!splitter_end(&document->splitter) || !advance(document, true))
		return fail(document, error);
	if (document->queue.count > 0)
		article_end(&document->article, &document->queue, document->queue.count - 1);
	if (!write_all(document) || !writer_end(&document->writer))
		return fail(document, error);
	return true;
}
