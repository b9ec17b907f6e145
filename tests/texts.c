/*
 * Short texts of which every line must come out, or of which the lines that
 * are marked "- " must be dropped and those marked "+ " must come out.
 * usage: texts [-m] FILE ...      -m: the lines are marked
 *
 * A line "== name" begins a text; it ends before the next one.
 */
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "declutter.h"

struct texts {
	const struct declutter_rules *rules;
	bool marked;
	const char *path;
	unsigned long line;     /* of the file, of the text's name */
	struct buffer input;    /* the text without marks */
	struct buffer marks;    /* of each line: '+', '-', or ' ' for a blank one */
	struct buffer verdicts; /* what became of each line: '+' or '-' */
	unsigned long count, wrong;
};

static bool take(void *context, const struct declutter_verdict *verdict)
{
	struct buffer *verdicts = context;
	size_t line = verdict->line - 1;

	/* Blank lines before what is dropped come after it. */
	for (size_t i = 0; i < verdict->size; i++)
		if (verdict->bytes[i] == '\n' && line < verdicts->size)
			verdicts->data[line++] = verdict->kept ? '+' : '-';
	return true;
}

static bool filter(struct texts *texts)
{
	const struct declutter_settings settings = {.verdict = take, .context = &texts->verdicts};
	struct declutter_error error;

	texts->verdicts.size = 0;
	for (size_t i = 0; i < texts->marks.size; i++)
		if (!buffer_append_byte(&texts->verdicts, '?'))
			return false;
	struct declutter_document *document = declutter_document_new(texts->rules, &settings);
	bool done =
	    document &&
	    declutter_document_feed(document, texts->input.data, texts->input.size, &error) &&
	    declutter_document_end(document, &error);
	declutter_document_free(document);
	return done;
}

/* Tell which lines of the text that was read last are not as they should be. */
static bool check_text(struct texts *texts)
{
	const char *line = texts->input.data;

	if (texts->marks.size == 0)
		return true;
	if (!filter(texts)) {
		fprintf(stderr, "%s:%lu: cannot be filtered\n", texts->path, texts->line);
		return false;
	}
	texts->count++;
	for (size_t i = 0; i < texts->marks.size; i++) {
		const char *end = strchr(line, '\n');
		char mark = texts->marks.data[i];
		if (mark != ' ' && mark != texts->verdicts.data[i]) {
			texts->wrong++;
			fprintf(stderr, "%s:%lu: %s: %.*s\n", texts->path, texts->line + i + 1,
			    mark == '+' ? "dropped" : "left", (int)(end - line), line);
		}
		line = end + 1;
	}
	texts->input.size = texts->marks.size = 0;
	return true;
}

static bool add_line(struct texts *texts, const char *line, size_t size)
{
	char mark = size > 1 ? '+' : ' ';

	if (texts->marked && size > 2) {
		mark = line[0];
		line += 2;
		size -= 2;
	}
	return buffer_append_byte(&texts->marks, mark) && buffer_append(&texts->input, line, size);
}

static bool check_file(struct texts *texts)
{
	FILE *file = fopen(texts->path, "r");
	char *line = NULL;
	size_t capacity = 0;
	ssize_t size;
	bool done = file != NULL;

	for (unsigned long number = 1; done && (size = getline(&line, &capacity, file)) > 0;
	     number++) {
		if (strncmp(line, "== ", 3) == 0) {
			done = check_text(texts);
			texts->line = number;
		} else {
			done = add_line(texts, line, (size_t)size);
		}
	}
	done = done && check_text(texts);
	free(line);
	return file && fclose(file) == 0 && done;
}

int main(int argc, char **argv)
{
	struct declutter_rules *rules = declutter_rules_new();
	struct declutter_error error;
	struct texts texts = {.rules = rules, .marked = argc > 1 && strcmp(argv[1], "-m") == 0};
	bool done = rules && declutter_rules_add_builtin(rules, &error) &&
	            declutter_rules_settle(rules, NULL, &error);

	for (int i = texts.marked ? 2 : 1; done && i < argc; i++) {
		texts.path = argv[i];
		done = check_file(&texts);
	}
	printf("texts: %lu %s, %lu lines not as expected\n", texts.count,
	    texts.marked ? "with marked lines" : "to be left whole", texts.wrong);
	buffer_fini(&texts.input);
	buffer_fini(&texts.marks);
	buffer_fini(&texts.verdicts);
	declutter_rules_free(rules);
	return done && texts.wrong == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
