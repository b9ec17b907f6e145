/*
 * Generated documents, filtered fast and slowly: the same verdicts, whatever
 * the pieces they come in, and every byte in one of them.
 * usage: documents [-g COUNT] [-s SEED] file ...
 * The files' lines and the rules' examples are what documents are made of.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"
#include "slow.h"
#include "text.h"
#include "verdicts.h"

enum {
	DOCUMENTS_EACH = 8, /* documents for each piece that is stocked for them */
	BYTES_MOST = 4096,
	LINES_MOST = 12,
	PAGE_LINES = 200, /* lines of a long document */
	WIDTH = 72
};

struct maker {
	const struct declutter_rules *rules;
	uint64_t state;
	struct buffer bytes; /* the stock: pieces of text, a line end at each's end */
	size_t *starts;      /* of each, and the end */
	size_t count, capacity;
	struct buffer document;
};

/* ---- the stock ---- */

static bool stock(struct maker *maker, const char *text, size_t size)
{
	if (!grow(&maker->starts, &maker->capacity, maker->count + 2, sizeof *maker->starts) ||
	    !buffer_append(&maker->bytes, text, size) || !buffer_append_byte(&maker->bytes, '\n'))
		return false;
	maker->starts[0] = 0;
	maker->starts[++maker->count] = maker->bytes.size;
	return true;
}

static bool stock_file(struct maker *maker, const char *path)
{
	FILE *file = fopen(path, "rb");
	char *line = NULL;
	size_t capacity = 0;
	bool done = file != NULL;

	if (!file)
		perror(path);
	for (ssize_t size; done && (size = getline(&line, &capacity, file)) > 0;)
		done = size > BYTES_MOST ||
		       stock(maker, line, (size_t)size - (line[size - 1] == '\n'));
	free(line);
	return file && fclose(file) == 0 && done;
}

static const char *draw_example(struct maker *maker)
{
	for (;;) {
		const struct rule *rule =
		    rules_at(maker->rules, draw(&maker->state, rules_count(maker->rules)));
		if (rule->example_count > 0)
			return rules_example(
			    maker->rules, rule, draw(&maker->state, rule->example_count))
			    .text;
		if (rule->pattern && rule->pattern->exact)
			return rule->pattern->text;
	}
}

/* Some of the text's bytes go, come, or are others. */
static size_t change(struct maker *maker, char *line, size_t size)
{
	static const char *const bits[] = {" ", "1", "12:30", "\u00ad", "\u200b", "\u00a0", "- ",
	    ":", "!", ".", "©", "ß", "İ", "ı", "ſ", "Σ", "…", " | ", "\t", "\xff", "\xe2\x80", "\r",
	    "\x01", "\u202e"};
	size_t at = draw(&maker->state, size + 1);
	const char *bit = bits[draw(&maker->state, sizeof bits / sizeof *bits)];
	size_t added = strlen(bit);

	if (draw(&maker->state, 3) == 0 && at < size) {
		memmove(line + at, line + at + 1, size - at - 1);
		return size - 1;
	}
	if (size + added > BYTES_MOST)
		return size;
	memmove(line + at + added, line + at, size - at);
	memcpy(line + at, bit, added);
	return size + added;
}

/* Break the text into lines as renderers do; its spaces become line ends. */
static void wrap(char *text, size_t size)
{
	size_t line = 0, space = 0;

	for (size_t at = 0; at < size; at++) {
		if (text[at] == ' ')
			space = at;
		if (at - line > WIDTH && space > line) {
			text[space] = '\n';
			line = space + 1;
		}
	}
}

/* More of the same, but changed: labels longer or shorter, paragraphs wrapped. */
static bool stock_changed(struct maker *maker, size_t count)
{
	size_t files = maker->count;
	char line[BYTES_MOST + 1];
	bool done = true;

	for (size_t i = 0; done && i < count; i++) {
		size_t from = files ? draw(&maker->state, files) : 0, size;
		if (files > 0 && draw(&maker->state, 2)) {
			size = maker->starts[from + 1] - maker->starts[from] - 1;
			memcpy(line, maker->bytes.data + maker->starts[from], size);
		} else {
			size = (size_t)snprintf(line, sizeof line, "%s", draw_example(maker));
		}
		for (size_t changes = draw(&maker->state, 3); changes > 0; changes--)
			size = change(maker, line, size);
		if (draw(&maker->state, 8) == 0)
			wrap(line, size);
		done = stock(maker, line, size);
	}
	return done;
}

/* ---- documents ---- */

static bool make_document(struct maker *maker)
{
	size_t most = draw(&maker->state, 64) ? LINES_MOST : PAGE_LINES;
	bool done = true;

	maker->document.size = 0;
	for (size_t lines = 1 + draw(&maker->state, most); done && lines > 0; lines--) {
		size_t piece = draw(&maker->state, maker->count);
		done = buffer_append(&maker->document, maker->bytes.data + maker->starts[piece],
		    maker->starts[piece + 1] - maker->starts[piece]);
		/* Wrapped lines of two paragraphs must not flow together all the time. */
		if (draw(&maker->state, 4))
			done = done && buffer_append_byte(&maker->document, '\n');
	}
	if (draw(&maker->state, 4) == 0)
		maker->document.size--;
	return done;
}

static struct declutter_settings draw_settings(struct maker *maker)
{
	return (struct declutter_settings){
	    .url = draw(&maker->state, 8) ? NULL : "https://de.euronews.com/2024/x",
	    .hold = draw(&maker->state, 8) ? 0 : DECLUTTER_HOLD_MIN,
	    .phrases_only = draw(&maker->state, 4) == 0,
	    .unwrap = draw(&maker->state, 8) == 0,
	    .title = draw(&maker->state, 8) == 0,
	};
}

struct ways {
	struct verdicts fast, slow, pieces;
	size_t bytes, kept;
};

static bool equal_to(const struct verdicts *fast, const struct verdicts *other, const char *way)
{
	size_t offset;

	if (verdicts_equal(fast, other, &offset))
		return true;
	printf("the verdicts differ at byte %zu from those %s\n", offset, way);
	return false;
}

/* Whether all ways agree on the document at hand. */
static bool agree(struct maker *maker, struct ways *ways, const struct slow *slow)
{
	const struct buffer *text = &maker->document;
	struct declutter_settings settings = draw_settings(maker);

	if (!verdicts_take(&ways->fast, maker->rules, settings, text->data, text->size, 0) ||
	    !verdicts_take(&ways->pieces, maker->rules, settings, text->data, text->size,
	        1 + draw(&maker->state, 1 << 30)) ||
	    !verdicts_take(&ways->slow, slow_rules(slow), settings, text->data, text->size, 0))
		return false;
	ways->bytes += text->size;
	ways->kept += ways->fast.body.size;
	return equal_to(&ways->fast, &ways->slow, "slow") &&
	       equal_to(&ways->fast, &ways->pieces, "in pieces");
}

static size_t compare(struct maker *maker, const struct slow *slow, size_t count, bool *equal)
{
	struct ways ways = {0};
	size_t number = 0;

	*equal = true;
	for (; number < count && *equal; number++) {
		*equal = make_document(maker) && agree(maker, &ways, slow);
		if (!*equal) {
			printf("the ways differ on document %zu:\n", number);
			fwrite(maker->document.data, 1, maker->document.size, stdout);
		}
	}
	printf("documents: %zu, %zu bytes, %zu of them kept; all rules tried on %zu paragraphs; "
	       "%d differences\n",
	    number, ways.bytes, ways.kept, slow_tried(slow), !*equal);
	verdicts_fini(&ways.fast);
	verdicts_fini(&ways.slow);
	verdicts_fini(&ways.pieces);
	return ways.kept;
}

int main(int argc, char **argv)
{
	enum { LEVEL = 3 };
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	struct slow *slow = slow_new(LEVEL);
	struct maker maker = {.rules = rules, .state = 88172645463325252u};
	size_t count = 1000, kept = 0;
	bool done =
	    rules && slow && declutter_rules_add_builtin(rules, &error) &&
	    declutter_rules_settle(rules, &(struct declutter_selection){.level = LEVEL}, &error);
	bool equal = false;

	for (int i = 1; done && i < argc; i++) {
		if (strcmp(argv[i], "-g") == 0 && i + 1 < argc)
			count = strtoul(argv[++i], NULL, 10);
		else if (strcmp(argv[i], "-s") == 0 && i + 1 < argc)
			maker.state ^= strtoul(argv[++i], NULL, 10) << 32;
		else
			done = stock_file(&maker, argv[i]);
	}
	if (done && stock_changed(&maker, count / DOCUMENTS_EACH + 1))
		kept = compare(&maker, slow, count, &equal);
	buffer_fini(&maker.bytes);
	buffer_fini(&maker.document);
	free(maker.starts);
	slow_free(slow);
	declutter_rules_free(rules);
	return equal && kept > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
