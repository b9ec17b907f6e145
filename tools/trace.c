/*
 * Prints what the article model knows of each paragraph of its files: a
 * row of features, for tools/fit.  usage: trace [-c DIRECTORY] [file ...]
 * With -c the rows of each FILE go to DIRECTORY/FILE's name.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../lib/declutter.h"

static bool ignore(void *context, const struct declutter_verdict *verdict)
{
	(void)context;
	(void)verdict;
	return true;
}

static bool trace_file(const struct declutter_rules *rules, const char *path, FILE *out)
{
	const struct declutter_settings settings = {.verdict = ignore};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	struct declutter_error error;
	FILE *file = fopen(path, "rb");
	char piece[65536];
	bool done = file && document;

	if (done)
		declutter_document_trace(document, out);
	for (size_t size; done && (size = fread(piece, 1, sizeof piece, file)) > 0;)
		done = declutter_document_feed(document, piece, size, &error);
	done = done && declutter_document_end(document, &error);
	if (file)
		fclose(file);
	declutter_document_free(document);
	return done;
}

static bool trace_into(const struct declutter_rules *rules, const char *path, const char *directory)
{
	char name[4096];
	const char *base = strrchr(path, '/');

	snprintf(name, sizeof name, "%s/%s", directory, base ? base + 1 : path);
	FILE *out = fopen(name, "w");
	if (!out)
		return false;
	bool done = trace_file(rules, path, out);
	return fclose(out) == 0 && done;
}

int main(int argc, char **argv)
{
	const char *directory = argc > 2 && strcmp(argv[1], "-c") == 0 ? argv[2] : NULL;
	struct declutter_rules *rules = declutter_rules_new();
	struct declutter_error error;

	if (!rules || !declutter_rules_add_builtin(rules, &error) ||
	    !declutter_rules_settle(rules, NULL, &error)) {
		fprintf(stderr, "trace: the built-in rules are not good\n");
		return 2;
	}
	for (int i = directory ? 3 : 1; i < argc; i++) {
		bool done = directory ? trace_into(rules, argv[i], directory)
		                      : trace_file(rules, argv[i], stdout);
		if (!done) {
			fprintf(stderr, "trace: %s: cannot be read or written\n", argv[i]);
			return 2;
		}
	}
	declutter_rules_free(rules);
	return 0;
}
