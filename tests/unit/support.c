#include "buffer.h"
#include "unit.h"

unsigned random_number(unsigned *state, unsigned below)
{
	*state = *state * 1664525 + 1013904223;
	return (*state >> 16) % below;
}

struct declutter_rules *settled(const char *text)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	ck_assert_ptr_nonnull(rules);
	ck_assert_msg(declutter_rules_add_text(rules, "test.rules", text, strlen(text), &error) &&
	                  declutter_rules_settle(rules, NULL, &error),
	    "%u:%u: %s", error.line, error.column, error.message);
	return rules;
}

static bool collect(void *context, const struct declutter_verdict *verdict)
{
	return !verdict->kept || buffer_append(context, verdict->bytes, verdict->size);
}

char *kept(const struct declutter_rules *rules, const char *input, bool phrases_only, size_t piece)
{
	struct buffer output = {0};
	struct declutter_error error;
	const struct declutter_settings settings = {
	    .context = &output,
	    .verdict = collect,
	    .phrases_only = phrases_only,
	    /* It makes no difference to what is kept. */
	    .gather = piece % 2,
	};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	size_t size = strlen(input);

	ck_assert_ptr_nonnull(document);
	for (size_t at = 0; at < size;) {
		size_t part = piece && size - at > piece ? piece : size - at;
		ck_assert(declutter_document_feed(document, input + at, part, &error));
		at += part;
	}
	ck_assert(declutter_document_end(document, &error));
	declutter_document_free(document);
	ck_assert(buffer_append_byte(&output, '\0'));
	return output.data;
}

void assert_phrases_keep(const char *text, const char *input, const char *expected)
{
	struct declutter_rules *rules = settled(text);
	char *output = kept(rules, input, true, 0);

	ck_assert_str_eq(output, expected);
	free(output);
	declutter_rules_free(rules);
}
