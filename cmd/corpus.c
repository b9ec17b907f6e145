#include "corpus.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "explain.h"
#include "file.h"
#include "lib/buffer.h"
#include "visible.h"

/* A part of a line that is so long is no coincidence. */
enum { PART_SIZE = 30 };

/* A body line that a rule dropped. */
struct loss {
	const struct declutter_rule *rule;
	unsigned long line;
	struct buffer text;
};

struct page {
	const char *path;
	struct buffer body; /* lines with single spaces, each between line ends */
	struct buffer kept; /* the same of the lines that were kept */
	struct loss *losses;
	size_t count, capacity;
	bool failed;
};

/* Append the text with single spaces, between line ends. */
static bool append_tidy(struct buffer *out, const char *text, size_t size)
{
	bool space = false, done = out->size > 0 || buffer_append_byte(out, '\n');
	size_t start = out->size;

	for (size_t i = 0; i < size && done; i++) {
		unsigned char c = (unsigned char)text[i];
		/* A no-break space is two bytes. */
		bool wide = c == 0xc2 && i + 1 < size && (unsigned char)text[i + 1] == 0xa0;
		if (c <= ' ' || wide) {
			space = out->size > start;
			i += wide;
			continue;
		}
		done = (!space || buffer_append_byte(out, ' ')) && buffer_append_byte(out, text[i]);
		space = false;
	}
	return done && (out->size == start || buffer_append_byte(out, '\n'));
}

/* Whether the line, between line ends, is one of the text's lines or a long part of one. */
static bool has_line(const struct buffer *text, const struct buffer *line)
{
	bool is_part = line->size >= PART_SIZE + 2;
	const char *wanted = line->data + is_part;
	size_t size = line->size - 2 * is_part;

	return text->size > 0 && memmem(text->data, text->size, wanted, size) != NULL;
}

static bool take_loss(
    struct page *page, const struct declutter_verdict *verdict, struct buffer *line)
{
	if (!grow(&page->losses, &page->capacity, page->count + 1, sizeof *page->losses))
		return false;
	page->losses[page->count++] = (struct loss){verdict->rule, verdict->line, *line};
	*line = (struct buffer){0};
	return true;
}

static bool take_verdict(void *context, const struct declutter_verdict *verdict)
{
	struct page *page = context;
	struct buffer line = {0};
	bool done = true;

	if (verdict->reason != DECLUTTER_BLANK) {
		if (verdict->kept)
			done = append_tidy(&page->kept, verdict->bytes, verdict->size);
		else if (verdict->rule && append_tidy(&line, verdict->bytes, verdict->size) &&
		         line.size > 2 && has_line(&page->body, &line))
			done = take_loss(page, verdict, &line);
	}
	page->failed |= !done;
	buffer_fini(&line);
	return done;
}

static void report(
    struct page *page, const struct declutter_rules *rules, bool builtin, size_t *failures)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct loss *loss = &page->losses[i];
		if ((!builtin && loss->rule->index < declutter_rules_builtin_count(rules)) ||
		    has_line(&page->kept, &loss->text))
			continue;
		printf("%s:%u:1: drops the body line \"", loss->rule->file, loss->rule->line);
		visible_text(stdout, loss->text.data + 1, loss->text.size - 2);
		printf("\" of %s:%lu\n", page->path, loss->line);
		(*failures)++;
	}
}

static bool filter(
    struct page *page, const struct declutter_rules *rules, const struct buffer *text)
{
	struct declutter_settings settings = {
	    .context = page, .verdict = take_verdict, .phrases_only = true, .unwrap = true};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	struct declutter_error error;
	bool done = document && declutter_document_feed(document, text->data, text->size, &error) &&
	            declutter_document_end(document, &error) && !page->failed;

	declutter_document_free(document);
	return done || refuse(page->path, "out of memory");
}

static bool read_body(struct page *page, const char *path)
{
	struct buffer text = {0};
	bool done = file_read(path, &text);

	for (size_t at = 0; done && at < text.size;) {
		const char *newline = memchr(text.data + at, '\n', text.size - at);
		size_t end = newline ? (size_t)(newline - text.data) : text.size;
		if (!append_tidy(&page->body, text.data + at, end - at))
			done = refuse(path, "out of memory");
		at = end + 1;
	}
	buffer_fini(&text);
	return done;
}

static bool check_page(const char *path, const char *body, const struct declutter_rules *rules,
    bool builtin, size_t *failures)
{
	struct page page = {.path = path};
	struct buffer text = {0};
	bool done = read_body(&page, body) && file_read(path, &text) && filter(&page, rules, &text);

	if (done)
		report(&page, rules, builtin, failures);
	for (size_t i = 0; i < page.count; i++)
		buffer_fini(&page.losses[i].text);
	free(page.losses);
	buffer_fini(&page.body);
	buffer_fini(&page.kept);
	buffer_fini(&text);
	return done;
}

/* "X.body.txt": the size of X, or 0 for other names. */
static size_t stem_of(const char *name)
{
	static const char ending[] = ".body.txt";
	size_t size = strlen(name), end = sizeof ending - 1;

	return size > end && strcmp(name + size - end, ending) == 0 ? size - end : 0;
}

static int is_body(const struct dirent *entry)
{
	return stem_of(entry->d_name) > 0;
}

static bool make_path(
    struct buffer *path, const char *directory, const char *name, size_t size, const char *ending)
{
	return buffer_append(path, directory, strlen(directory)) && buffer_append_byte(path, '/') &&
	       buffer_append(path, name, size) && buffer_append(path, ending, strlen(ending) + 1);
}

static bool check_entry(const char *directory, const char *name,
    const struct declutter_rules *rules, bool builtin, size_t *failures)
{
	struct buffer page = {0}, body = {0};
	bool done = (make_path(&page, directory, name, stem_of(name), ".txt") &&
	                make_path(&body, directory, name, strlen(name), "")) ||
	            refuse(directory, "out of memory");

	done = done && check_page(page.data, body.data, rules, builtin, failures);
	buffer_fini(&page);
	buffer_fini(&body);
	return done;
}

bool corpus_check(
    const char *directory, const struct declutter_rules *rules, bool builtin, size_t *failures)
{
	struct dirent **entries;
	int count = scandir(directory, &entries, is_body, alphasort);
	bool done = true;

	if (count < 0)
		return refuse(directory, strerror(errno));
	if (count == 0)
		done = refuse(
		    directory, "no marked pages: for a page X.txt, write its body to X.body.txt");
	for (int i = 0; i < count; i++) {
		done = done && check_entry(directory, entries[i]->d_name, rules, builtin, failures);
		free(entries[i]);
	}
	free(entries);
	return done;
}
