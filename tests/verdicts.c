#include "verdicts.h"

#include <string.h>

#include "hash.h"

struct row {
	uint64_t offset, size, bytes, line, reason, rule;
	int64_t kept, evidence, lead;
};

size_t draw(uint64_t *state, size_t below)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return (size_t)((*state * 2685821657736338717u) >> 33) % below;
}

/* Mark the bytes of a verdict, which must be the text's and have none yet. */
static bool cover(struct verdicts *verdicts, const struct declutter_verdict *verdict)
{
	size_t start = verdict->offset, size = verdict->source_size;

	if (start > verdicts->size || size > verdicts->size - start ||
	    memcmp(verdicts->text + start, verdict->source, size) != 0 ||
	    memchr(verdicts->covered.data + start, 1, size))
		return false;
	memset(verdicts->covered.data + start, 1, size);
	return true;
}

static bool take(void *context, const struct declutter_verdict *verdict)
{
	struct verdicts *verdicts = context;
	const struct row row = {
	    .offset = verdict->offset,
	    .size = verdict->source_size,
	    .bytes = hash_bytes(verdict->bytes, verdict->size),
	    .line = verdict->line,
	    .reason = (uint64_t)verdict->reason,
	    .rule = verdict->rule ? verdict->rule->index + 1 : 0,
	    .kept = verdict->kept,
	    .evidence = verdict->evidence,
	    .lead = verdict->lead,
	};

	verdicts->wrong |= !cover(verdicts, verdict);
	return buffer_append(&verdicts->rows, &row, sizeof row) &&
	       (!verdict->kept || buffer_append(&verdicts->body, verdict->bytes, verdict->size));
}

static bool feed(struct declutter_document *document, const char *text, size_t size, uint64_t seed)
{
	struct declutter_error error;

	if (seed == 0)
		return declutter_document_feed(document, text, size, &error);
	for (size_t at = 0; at < size;) {
		size_t most = draw(&seed, 8) ? 1 + draw(&seed, 64) : 1 + draw(&seed, 5000);
		size_t piece = most < size - at ? most : size - at;
		if (!declutter_document_feed(document, text + at, piece, &error))
			return false;
		at += piece;
	}
	return true;
}

bool verdicts_take(struct verdicts *verdicts, const struct declutter_rules *rules,
    struct declutter_settings settings, const char *text, size_t size, uint64_t seed)
{
	struct declutter_error error;

	settings.context = verdicts;
	settings.verdict = take;
	verdicts->rows.size = verdicts->body.size = 0;
	verdicts->wrong = false;
	verdicts->text = text;
	verdicts->size = size;
	if (!buffer_reserve(&verdicts->covered, size + 1))
		return false;
	memset(verdicts->covered.data, 0, size);
	struct declutter_document *document = declutter_document_new(rules, &settings);
	bool done = document && feed(document, text, size, seed) &&
	            declutter_document_end(document, &error);
	declutter_document_free(document);
	return done && !verdicts->wrong && !memchr(verdicts->covered.data, 0, size);
}

bool verdicts_equal(const struct verdicts *one, const struct verdicts *other, size_t *offset)
{
	const struct row *a = (const struct row *)(const void *)one->rows.data,
	                 *b = (const struct row *)(const void *)other->rows.data;
	size_t count = one->rows.size / sizeof *a, others = other->rows.size / sizeof *b;

	for (size_t i = 0; i < count && i < others; i++) {
		*offset = a[i].offset;
		if (memcmp(&a[i], &b[i], sizeof *a) != 0)
			return false;
	}
	return count == others;
}

void verdicts_fini(struct verdicts *verdicts)
{
	buffer_fini(&verdicts->rows);
	buffer_fini(&verdicts->body);
	buffer_fini(&verdicts->covered);
}
