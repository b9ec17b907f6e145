/*
 * The line that costs the most time per byte, against the median of the
 * lines of the files: searched for by changing the dearest ones again and
 * again.  usage: worst [-n TRIES] file ...
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rules.h"
#include "tests/verdicts.h"

enum {
	LINE_MOST = 2000,
	LINES_MOST = 4000, /* of the files, evenly */
	DEAREST = 40,      /* lines that are changed */
	TEXT = 1 << 16     /* bytes that a line is repeated to */
};

struct line {
	char text[LINE_MOST + 1];
	size_t size;
	double cost; /* nanoseconds a byte */
};

struct search {
	const struct declutter_rules *rules;
	struct line *lines;
	size_t count;
	uint64_t state;
	struct buffer text;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static bool pass(void *context, const struct declutter_verdict *verdict)
{
	*(size_t *)context += verdict->size;
	return true;
}

static double time_text(const struct search *search)
{
	struct declutter_error error;
	size_t bytes = 0;
	const struct declutter_settings settings = {.context = &bytes, .verdict = pass};
	double begun = now();
	struct declutter_document *document = declutter_document_new(search->rules, &settings);
	bool done =
	    document &&
	    declutter_document_feed(document, search->text.data, search->text.size, &error) &&
	    declutter_document_end(document, &error);

	declutter_document_free(document);
	return done ? (now() - begun) / (double)search->text.size : 0;
}

/* The least of some runs: what else the machine does only adds to it. */
static bool measure(struct search *search, struct line *line)
{
	search->text.size = 0;
	while (search->text.size < TEXT)
		if (!buffer_append(&search->text, line->text, line->size) ||
		    !buffer_append_byte(&search->text, '\n'))
			return false;
	line->cost = time_text(search);
	for (int i = 0; i < 2; i++) {
		double again = time_text(search);
		line->cost = again < line->cost ? again : line->cost;
	}
	return true;
}

static int compare(const void *left, const void *right)
{
	const struct line *a = left, *b = right;

	return (a->cost < b->cost) - (a->cost > b->cost);
}

/* ---- the lines ---- */

static bool read_lines(struct search *search, const char *path, size_t each)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t capacity = 0, number = 0;
	ssize_t size;

	if (!file)
		return false;
	while ((size = getline(&text, &capacity, file)) > 1)
		if (size <= LINE_MOST && search->count < LINES_MOST && number++ % each == 0) {
			struct line *line = &search->lines[search->count++];
			line->size = (size_t)size - 1;
			memcpy(line->text, text, line->size);
		}
	free(text);
	return fclose(file) == 0;
}

/* Text that patterns are about: a part of an example, or of a pattern. */
static const char *draw_text(struct search *search)
{
	for (;;) {
		const struct rule *rule =
		    rules_at(search->rules, draw(&search->state, rules_count(search->rules)));
		if (rule->example_count > 0)
			return rule->examples[draw(&search->state, rule->example_count)].text;
		if (rule->pattern)
			return rule->pattern->text;
	}
}

/* A part of the line goes, comes from elsewhere, or comes twice. */
static void change(struct search *search, struct line *line)
{
	size_t at = draw(&search->state, line->size + 1), room = LINE_MOST - line->size;
	const char *from = draw_text(search);
	size_t size = strlen(from);

	switch (draw(&search->state, 4)) {
	case 0:
		size = draw(&search->state, line->size - at + 1);
		memmove(line->text + at, line->text + at + size, line->size - at - size);
		line->size -= size;
		return;
	case 1:
		from = line->text + at;
		size = draw(&search->state, line->size - at + 1);
		break;
	case 2: {
		size_t skip = size > 0 ? draw(&search->state, size) : 0;
		from += skip;
		size = draw(&search->state, size - skip + 1);
		break;
	}
	}
	size = size < room ? size : room;
	char part[LINE_MOST];
	memcpy(part, from, size);
	memmove(line->text + at + size, line->text + at, line->size - at);
	memcpy(line->text + at, part, size);
	line->size += size;
}

static bool improve(struct search *search, size_t tries)
{
	struct line *lines = search->lines;

	for (size_t i = 0; i < tries; i++) {
		struct line other = lines[draw(&search->state, DEAREST)];
		for (size_t changes = 1 + draw(&search->state, 3); changes > 0; changes--)
			change(search, &other);
		if (other.size == 0)
			continue;
		if (!measure(search, &other))
			return false;
		struct line *least = &lines[DEAREST - 1];
		if (other.cost > least->cost) {
			*least = other;
			qsort(lines, DEAREST, sizeof *lines, compare);
		}
	}
	/* A lucky find may have been the machine's: look again. */
	for (size_t i = 0; i < DEAREST; i++)
		if (!measure(search, &lines[i]))
			return false;
	qsort(lines, DEAREST, sizeof *lines, compare);
	return true;
}

int main(int argc, char **argv)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	struct search search = {.rules = rules,
	    .lines = calloc(LINES_MOST, sizeof *search.lines),
	    .state = 88172645463325252u};
	size_t tries = 2000;
	bool done = rules && search.lines && declutter_rules_add_builtin(rules, &error) &&
	            declutter_rules_settle(rules, NULL, &error);

	for (int i = 1; done && i < argc; i++) {
		if (strcmp(argv[i], "-n") == 0 && i + 1 < argc)
			tries = strtoul(argv[++i], NULL, 10);
		else
			done = read_lines(&search, argv[i], 1 + (size_t)argc / 16);
	}
	for (size_t i = 0; done && i < search.count; i++)
		done = measure(&search, &search.lines[i]);
	if (!done || search.count <= DEAREST) {
		fprintf(stderr, "worst: it needs files with more lines\n");
		return EXIT_FAILURE;
	}
	qsort(search.lines, search.count, sizeof *search.lines, compare);
	double median = search.lines[search.count / 2].cost, first = search.lines[0].cost;
	done = improve(&search, tries);
	const struct line *worst = &search.lines[0];
	printf("worst: median of %zu lines %.1f ns a byte, worst of them %.1f, after %zu changes "
	       "%.1f: %.1f times the median\n%.*s\n",
	    search.count, median, first, tries, worst->cost, worst->cost / median, (int)worst->size,
	    worst->text);
	buffer_fini(&search.text);
	free(search.lines);
	declutter_rules_free(rules);
	return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
