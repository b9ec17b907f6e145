/*
 * Every non-blank line of the files must be in exactly one verdict, whole and
 * in its order, kept or dropped; and so must every byte.  Gathered verdicts
 * must keep the same, and those on all files as one text that two threads
 * work on.  usage: partition [file ...]
 */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "declutter.h"
#include "text.h"

enum { PIECE = 65536 };

struct result {
	struct buffer lines; /* the non-blank lines of all verdicts, in their order */
	struct buffer kept;  /* the bytes of those that keep */
	size_t bytes;
};

static bool is_blank(const char *line, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += text_decode(line + at, size - at, &c);
		if (!(text_class(c) & (TEXT_SPACE | TEXT_INVISIBLE)))
			return false;
	}
	return true;
}

static bool append_lines(struct buffer *out, const char *bytes, size_t size)
{
	for (size_t at = 0; at < size;) {
		const char *newline = memchr(bytes + at, '\n', size - at);
		size_t end = newline ? (size_t)(newline - bytes) + 1 : size;
		if (!is_blank(bytes + at, end - at) && !buffer_append(out, bytes + at, end - at))
			return false;
		at = end;
	}
	return true;
}

static bool take(void *context, const struct declutter_verdict *verdict)
{
	struct result *result = context;

	result->bytes += verdict->size;
	if (verdict->kept && !buffer_append(&result->kept, verdict->bytes, verdict->size))
		return false;
	return append_lines(&result->lines, verdict->bytes, verdict->size);
}

static bool read_all(const char *path, struct buffer *text)
{
	FILE *file = fopen(path, "rb");
	char piece[65536];
	bool done = file != NULL;

	for (size_t size; done && (size = fread(piece, 1, sizeof piece, file)) > 0;)
		done = buffer_append(text, piece, size);
	return file && fclose(file) == 0 && done;
}

static bool equal(const struct buffer *one, const struct buffer *other)
{
	return one->size == other->size &&
	       (one->size == 0 || memcmp(one->data, other->data, one->size) == 0);
}

/* In pieces, as threads get work by the piece. */
static bool feed(struct declutter_document *document, const struct buffer *text)
{
	struct declutter_error error;
	size_t part;

	for (size_t at = 0; at < text->size; at += part) {
		part = text->size - at < PIECE ? text->size - at : PIECE;
		if (!declutter_document_feed(document, text->data + at, part, &error))
			return false;
	}
	return true;
}

static bool filter(const struct declutter_rules *rules, const struct buffer *text,
    struct declutter_settings settings, struct result *result)
{
	struct declutter_error error;

	settings.context = result;
	settings.verdict = take;
	struct declutter_document *document = declutter_document_new(rules, &settings);
	bool done = document && feed(document, text) && declutter_document_end(document, &error);
	declutter_document_free(document);
	return done;
}

static void fini(struct result *result)
{
	buffer_fini(&result->lines);
	buffer_fini(&result->kept);
}

static bool is_partitioned(
    const struct declutter_rules *rules, const struct buffer *text, bool phrases_only)
{
	struct declutter_settings settings = {.phrases_only = phrases_only};
	struct result each = {0}, gathered = {0};
	struct buffer wanted = {0};
	bool good = filter(rules, text, settings, &each) &&
	            append_lines(&wanted, text->data, text->size) && each.bytes == text->size &&
	            equal(&each.lines, &wanted);

	settings.gather = true;
	good = good && filter(rules, text, settings, &gathered) && gathered.bytes == text->size &&
	       equal(&gathered.kept, &each.kept);
	fini(&each);
	fini(&gathered);
	buffer_fini(&wanted);
	return good;
}

static bool is_same_ahead(
    const struct declutter_rules *rules, const struct buffer *text, bool phrases_only)
{
	struct declutter_settings settings = {.phrases_only = phrases_only};
	struct result alone = {0}, ahead = {0};
	bool good = filter(rules, text, settings, &alone);

	settings.ahead = true;
	good = good && filter(rules, text, settings, &ahead) && equal(&ahead.lines, &alone.lines) &&
	       equal(&ahead.kept, &alone.kept);
	fini(&alone);
	fini(&ahead);
	return good;
}

int main(int argc, char **argv)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	bool good = rules && declutter_rules_add_builtin(rules, &error) &&
	            declutter_rules_settle(rules, NULL, &error);

	struct buffer all = {0};

	for (int i = 1; good && i < argc; i++) {
		struct buffer text = {0};
		if (!read_all(argv[i], &text) || !is_partitioned(rules, &text, false) ||
		    !is_partitioned(rules, &text, true)) {
			printf("%s: lines or bytes differ\n", argv[i]);
			good = false;
		}
		good = good && buffer_append(&all, text.data, text.size);
		buffer_fini(&text);
	}
	if (good && (!is_same_ahead(rules, &all, false) || !is_same_ahead(rules, &all, true))) {
		printf("two threads give something else\n");
		good = false;
	}
	buffer_fini(&all);
	declutter_rules_free(rules);
	printf("partition: %d files%s\n", argc - 1, good ? "" : ", FAILED");
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
