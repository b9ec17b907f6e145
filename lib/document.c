/* A document: bytes through all the parts to verdicts. */
#include <stdlib.h>
#include <string.h>

#include "ahead.h"
#include "article.h"
#include "batch.h"
#include "error.h"
#include "look.h"
#include "paragraph.h"
#include "phrase.h"
#include "place.h"
#include "seen.h"
#include "title.h"
#include "url.h"
#include "vector.h"
#include "writer.h"

enum {
	/* So many bytes are taken in at once: what waits for its verdict is little more. */
	FEED_BYTES = 65536,
	/* Longer documents are worth a thread: to start one takes as long as some KB do. */
	LONG = 1 << 18,
	/* So many bytes may wait for it: with less it waits for them. */
	AHEAD_BYTES = 2 * FEED_BYTES
};

struct declutter_document {
	const struct declutter_rules *rules;
	struct declutter_settings settings;
	bool models_article;
	char site[HOST_SIZE]; /* host of the page, once known, else "" */
	bool comments_headed; /* what could head comments was seen */

	struct splitter splitter;
	size_t fed;          /* bytes so far, until there are LONG of them */
	struct ahead *ahead; /* does the splitting of a long document, if that is wanted */
	struct batch batch;  /* what was split and not taken yet */
	struct looker looker;
	struct queue queue;
	struct buffer bytes; /* of the queue's paragraphs, from the oldest on */
	size_t released;     /* how many at their start are not needed any more */
	size_t settled;      /* paragraphs of the queue that the phrase rules have settled */
	struct seen seen;
	struct phrases phrases;
	struct place place;
	struct article article;
	bool titled; /* the headline was looked for */
	struct writer writer;

	bool *warned; /* by rule */
	FILE *trace;
};

static bool collect(void *context, const struct paragraph *paragraph);

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
	splitter_init(&document->splitter, document->settings.hold, collect, document);
	document->splitter.scan_all = document->models_article || rules->ask_for_prose;
	article_init(&document->article, rules);
	writer_init(&document->writer, &document->settings);
	document->warned = calloc(rules_count(rules) + 1, sizeof *document->warned);
	if (!looker_init(&document->looker, rules, document->models_article) ||
	    !seen_init(&document->seen) || !phrases_init(&document->phrases, rules) ||
	    !document->warned) {
		declutter_document_free(document);
		return NULL;
	}
	return document;
}

void declutter_document_free(struct declutter_document *document)
{
	if (!document)
		return;
	ahead_free(document->ahead);
	splitter_fini(&document->splitter);
	batch_fini(&document->batch);
	looker_fini(&document->looker);
	queue_fini(&document->queue);
	buffer_fini(&document->bytes);
	seen_fini(&document->seen);
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

/* ---- rules that match ---- */

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

/* Whether a rule that matches is for such a page, as far as it is known. */
static bool applies(struct declutter_document *document, unsigned number)
{
	if (rules_simple(document->rules, number))
		return true;
	const struct rule *rule = rules_at(document->rules, number);
	if (rule->site[0] && rule->verb != VERB_DETECT && !site_matches(document->site, rule->site))
		return false;
	if (rule->zones == ZONE_COMMENTS && !document->comments_headed)
		return false;
	if (rule->verb == VERB_DETECT && !document->site[0])
		snprintf(document->site, sizeof document->site, "%s", rule->site);
	if (rule->verb == VERB_TAIL && rule->group == GROUP_COMMENTS)
		document->comments_headed = true;
	return true;
}

/* In their order, as one that makes the site known stands before those for the site. */
static bool note_matches(
    struct declutter_document *document, struct held *held, const unsigned *matches, size_t count)
{
	if (!grow(&held->matches, &held->match_capacity, count, sizeof *held->matches))
		return false;
	for (size_t i = 0; i < count; i++)
		if (applies(document, matches[i]))
			held->matches[held->match_count++] = matches[i];
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
	const char *bytes = document->bytes.data + document->released;

	/* Blank lines at the end belong to what was dropped there, if anything was. */
	bool keep_blanks = kept && (front->size > 0 || !document->writer.dropped);
	if (!writer_blanks(&document->writer, bytes, front->blank_size, keep_blanks))
		return false;
	struct declutter_verdict verdict = verdict_on(document, front, kept);
	if (front->size > 0 && !writer_lines(&document->writer, &verdict, bytes + front->blank_size,
	                           front->size, front->lines))
		return false;
	document->released += front->blank_size + front->size;
	queue_pop(&document->queue);
	document->settled--;
	return true;
}

/*
 * Whether the text looks like a page: rules found clutter on it, or a lot
 * speaks against what is outside of the article.  A letter's "Dear Ann," is
 * not to be dropped, nor are the figures in a report.
 */
static bool is_page(const struct declutter_document *document)
{
	const struct setting_value *settings = document->rules->settings;

	return document->article.headed ||
	       document->place.clutter >= (unsigned)settings[SETTING_PAGE_RULES].value ||
	       document->article.against >= settings[SETTING_PAGE_EVIDENCE].value;
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

static bool asks_for_seen(const struct declutter_document *document)
{
	return document->models_article || document->rules->ask_for_seen;
}

static bool count_seen(
    struct declutter_document *document, struct held *held, const struct item *item)
{
	short *value = held->features.value;
	unsigned seen, alike;

	if (item->empty || !asks_for_seen(document))
		return true;
	if (!seen_count(&document->seen, item->hash, &seen))
		return false;
	value[FEATURE_SEEN] = feature_clamp(seen);
	if (!document->models_article)
		return true;
	/* Without numbers the shape is the hash: what is remembered is bounded. */
	alike = seen;
	if (item->shape != item->hash && !seen_count(&document->seen, ~item->shape, &alike))
		return false;
	value[FEATURE_ALIKE] = feature_clamp(alike);
	return true;
}

static bool hold_bytes(struct declutter_document *document, const char *bytes, size_t size)
{
	struct buffer *held = &document->bytes;

	if (held->size + size > held->capacity) {
		/* What was gathered of them goes out before they move. */
		if (!writer_flush(&document->writer))
			return false;
		buffer_consume(held, document->released);
		document->released = 0;
		if (!buffer_reserve(held, held->size + size + FEED_BYTES))
			return false;
	}
	return buffer_append(held, bytes, size);
}

/* Hold the batch's paragraph. */
static bool push(
    struct declutter_document *document, const struct batch *batch, const struct item *item)
{
	const struct declutter_rules *rules = document->rules;
	struct held *held = queue_push(&document->queue);

	if (!held || !hold_bytes(document, batch->bytes + item->at, item->blank_size + item->size))
		return false;
	held->blank_size = item->blank_size;
	held->size = item->size;
	held->lines = item->lines;
	held->hash = item->hash;
	if (document->models_article || rules->ask_for_prose)
		held->features = item->features;
	else
		held->features = (struct features){0};
	held->features.value[FEATURE_BLANK_BEFORE] = feature_clamp(item->blank_lines);
	if (document->models_article) {
		held->word_count = item->word_count;
		memcpy(held->words, item->words, sizeof held->words);
	}
	if (!count_seen(document, held, item) ||
	    !note_matches(document, held, batch->matches + item->first_match, item->match_count))
		return false;
	if (document->models_article)
		place_kinds(rules, held);
	return true;
}

/* Keep a piece of a line too long to hold, before which nothing is held. */
static bool pass_piece(
    struct declutter_document *document, const struct batch *batch, const struct item *item)
{
	struct declutter_verdict verdict = {.kept = true, .reason = DECLUTTER_HOLD_FULL};
	const char *blank = batch->bytes + item->at, *bytes = blank + item->blank_size;

	return writer_blanks(&document->writer, blank, item->blank_size, true) &&
	       writer_lines(
	           &document->writer, &verdict, bytes, item->size, bytes[item->size - 1] == '\n');
}

/* Whether nothing but the rules that match it tells what becomes of the paragraph. */
static bool is_alone(const struct declutter_document *document, const struct item *item)
{
	return document->rules->each_alone && !document->models_article && !document->trace &&
	       item->size > 0 && !item->torn;
}

/* It is kept at once if none matches. */
static bool may_pass(const struct declutter_document *document, const struct item *item)
{
	return item->match_count == 0 && is_alone(document, item);
}

/* And dropped at once if all that match are simple. */
static bool may_drop(
    const struct declutter_document *document, const struct batch *batch, const struct item *item)
{
	if (!is_alone(document, item) || document->rules->any_kept)
		return false;
	for (size_t i = 0; i < item->match_count; i++)
		if (!rules_simple(document->rules, batch->matches[item->first_match + i]))
			return false;
	return item->match_count > 0;
}

static bool drop(
    struct declutter_document *document, const struct batch *batch, const struct item *item)
{
	const struct rule *rule = rules_at(document->rules, batch->matches[item->first_match]);
	struct declutter_verdict verdict = {.reason = DECLUTTER_RULE, .rule = &rule->facts};
	const char *blank = batch->bytes + item->at;

	return writer_blanks(&document->writer, blank, item->blank_size, false) &&
	       writer_lines(
	           &document->writer, &verdict, blank + item->blank_size, item->size, item->lines);
}

/*
 * Keep as many paragraphs as may pass, from the number-th on, and return how
 * many.  Where verdicts may be gathered they get one, with the blank lines
 * between them, which stay as they are.
 */
static size_t pass_some(
    struct declutter_document *document, const struct batch *batch, size_t number, bool *done)
{
	struct declutter_verdict verdict = {.kept = true, .reason = DECLUTTER_NO_RULE};
	const struct item *first = &batch->items[number], *item = first;
	const char *blank = batch->bytes + first->at, *bytes = blank + first->blank_size;
	size_t most =
	    document->settings.gather && !document->settings.unwrap ? batch->count : number + 1;
	size_t size = 0, lines = 0;

	for (; item < &batch->items[most] && may_pass(document, item); item++) {
		size += item->blank_size + item->size;
		lines += item->blank_lines + item->lines;
	}
	*done =
	    item == first || (writer_blanks(&document->writer, blank, first->blank_size, true) &&
	                         writer_lines(&document->writer, &verdict, bytes,
	                             size - first->blank_size, lines - first->blank_lines));
	return (size_t)(item - first);
}

static bool take_item(
    struct declutter_document *document, const struct batch *batch, const struct item *item)
{
	if (item->torn)
		return flush(document) && pass_piece(document, batch, item);
	if (!push(document, batch, item) || !advance(document, false))
		return false;
	size_t held =
	    document->bytes.size - document->released + document->queue.count * sizeof(struct held);
	return held <= document->settings.hold || flush(document);
}

/* So many paragraphs before one is taken, the memory that it needs is asked for. */
enum { EXPECT_AHEAD = 3 };

INLINED void expect(
    const struct declutter_document *document, const struct batch *batch, size_t number)
{
	if (number >= batch->count || !asks_for_seen(document))
		return;
	seen_expect(&document->seen, batch->items[number].hash);
	seen_expect(&document->seen, ~batch->items[number].shape);
}

/* Take the batch's paragraphs and empty it. */
static bool take_batch(struct declutter_document *document, struct batch *batch)
{
	bool done = batch->looked_at || look_at(&document->looker, batch);

	for (size_t i = 0; done && i < batch->count;) {
		expect(document, batch, i + EXPECT_AHEAD);
		size_t passed = pass_some(document, batch, i, &done);
		i += passed;
		if (passed > 0 || !done)
			continue;
		const struct item *item = &batch->items[i++];
		done = may_drop(document, batch, item) ? drop(document, batch, item)
		                                       : take_item(document, batch, item);
	}
	for (size_t i = 0; i < batch->slow_count; i++)
		warn(document, rules_at(document->rules, batch->slow[i]));
	done = done && writer_flush(&document->writer);
	batch_clear(batch);
	return done;
}

static bool collect(void *context, const struct paragraph *paragraph)
{
	struct declutter_document *document = context;

	return batch_add(&document->batch, paragraph) &&
	       (!batch_full(&document->batch) || take_batch(document, &document->batch));
}

static bool fail(struct declutter_document *document, struct declutter_error *error)
{
	/* What was decided before goes out all the same. */
	writer_flush(&document->writer);
	return document->writer.stopped ? error_at(error, "", 0, 0, "stopped by the caller")
	                                : error_memory(error);
}

/* Take the next batch that the thread has split, if any; see ahead_next. */
static bool take_next(struct declutter_document *document, size_t most_left, bool *any)
{
	bool failed;
	struct batch *batch = ahead_next(document->ahead, most_left, &failed);

	*any = batch != NULL;
	if (!batch)
		return !failed;
	if (!take_batch(document, batch))
		return false;
	ahead_release(document->ahead);
	return true;
}

/* Take what is split by now, until of what was fed no more than so many bytes are not. */
static bool catch_up(struct declutter_document *document, size_t most_left)
{
	bool any = document->ahead != NULL;

	while (any)
		if (!take_next(document, most_left, &any))
			return false;
	return true;
}

static bool feed(struct declutter_document *document, const char *bytes, size_t size)
{
	if (document->ahead)
		return ahead_feed(document->ahead, bytes, size) && catch_up(document, AHEAD_BYTES);
	return splitter_feed(&document->splitter, bytes, size) &&
	       take_batch(document, &document->batch);
}

/* A document that has become long gets a thread, if it may; without one it goes on as before. */
static void get_help(struct declutter_document *document, size_t fed)
{
	if (!document->settings.ahead || document->fed >= LONG)
		return;
	document->fed += fed;
	if (document->fed >= LONG)
		document->ahead =
		    ahead_new(&document->splitter, document->rules, document->models_article);
}

bool declutter_document_feed(struct declutter_document *document, const char *bytes, size_t size,
    struct declutter_error *error)
{
	for (size_t part; size > 0; bytes += part, size -= part) {
		part = size < FEED_BYTES ? size : FEED_BYTES;
		if (!feed(document, bytes, part))
			return fail(document, error);
		get_help(document, part);
	}
	return true;
}

bool declutter_document_work(
    struct declutter_document *document, bool *more, struct declutter_error *error)
{
	bool any;

	*more = false;
	if (!document->ahead)
		return true;
	if (!take_next(document, 0, &any))
		return fail(document, error);
	*more = !ahead_idle(document->ahead);
	return true;
}

bool declutter_document_end(struct declutter_document *document, struct declutter_error *error)
{
	if (!catch_up(document, 0))
		return fail(document, error);
	ahead_free(document->ahead);
	document->ahead = NULL;
	if (!splitter_end(&document->splitter) || !take_batch(document, &document->batch) ||
	    !advance(document, true))
		return fail(document, error);
	if (document->queue.count > 0)
		article_end(&document->article, &document->queue, document->queue.count - 1);
	if (!write_all(document) || !writer_end(&document->writer))
		return fail(document, error);
	return true;
}
