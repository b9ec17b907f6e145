/*
 * Rules for a site from some of its pages: what recurs from page to page is
 * not the article.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "folded.h"
#include "hash.h"
#include "rules.h"
#include "shape.h"
#include "subject.h"
#include "text.h"

enum {
	PAGES_LEAST = 2,
	TEXT_LEAST = 2,     /* bytes of a line that a rule is for */
	TEXT_MOST = 600,    /* more is no label but a text */
	EXAMPLE_MOST = 120, /* bytes of a "-" example */
	SAME_PAGE = 80,     /* percent of a page's sentences that another has: it is the same */
	TEASERS_LEAST = 2,  /* lines below a heading that make it one of teasers */
	HEADING_MOST = 60,
	EDGE_MOST = 60, /* bytes of a line at an edge that is worth to be looked at */
	EDGES_SHOWN = 20,
};

/* Where a line stood. */
enum where { BEFORE_ARTICLE, IN_ARTICLE, AFTER_ARTICLE };

/* A line of a page. */
struct occurrence {
	char *text; /* the subject */
	size_t size;
	char *key; /* folded */
	uint64_t hash;
	unsigned page;
	size_t number; /* among all */
	enum where where;
	bool by_rule, prose;
	bool recurs; /* on another page */
};

struct declutter_suggest {
	const struct declutter_rules *rules;
	char *site;
	struct occurrence *lines;
	size_t count, capacity;
	const struct occurrence **order; /* the lines as they came, once they are sorted */
	unsigned pages;
	struct subject subject;
	struct buffer key, pattern;
};

/* Lines with one key, all beside each other once they are sorted. */
struct recurring {
	const struct occurrence *lines;
	size_t count;
	unsigned pages;      /* on so many pages */
	unsigned kept_pages; /* in the article, on so many */
	bool heading;        /* of lines that differ from page to page */
};

struct declutter_suggest *declutter_suggest_new(
    const struct declutter_rules *rules, const char *site)
{
	struct declutter_suggest *suggest = calloc(1, sizeof *suggest);

	if (!suggest)
		return NULL;
	suggest->rules = rules;
	suggest->site = strdup(site ? site : "");
	if (suggest->site)
		return suggest;
	free(suggest);
	return NULL;
}

void declutter_suggest_free(struct declutter_suggest *suggest)
{
	if (!suggest)
		return;
	for (size_t i = 0; i < suggest->count; i++) {
		free(suggest->lines[i].text);
		free(suggest->lines[i].key);
	}
	free(suggest->lines);
	free(suggest->order);
	free(suggest->site);
	subject_fini(&suggest->subject);
	buffer_fini(&suggest->key);
	buffer_fini(&suggest->pattern);
	free(suggest);
}

/* ---- pages to lines ---- */

static char *copy(const char *text, size_t size)
{
	char *copied = malloc(size + 1);

	if (copied) {
		memcpy(copied, text, size);
		copied[size] = '\0';
	}
	return copied;
}

static bool is_prose(const struct declutter_suggest *suggest)
{
	int words = suggest->rules->settings[SETTING_PROSE_WORDS].value;
	struct features features = {0};

	shape_prose(&suggest->subject, (unsigned)words, &features);
	return features.value[FEATURE_PROSE];
}

static bool add_line(struct declutter_suggest *suggest, const struct declutter_verdict *verdict)
{
	struct span text = suggest->subject.text;

	suggest->key.size = suggest->pattern.size = 0;
	if (!folded_make(text, &suggest->key, &suggest->pattern) ||
	    !grow(&suggest->lines, &suggest->capacity, suggest->count + 1, sizeof *suggest->lines))
		return false;
	struct occurrence *line = &suggest->lines[suggest->count];
	*line = (struct occurrence){
	    .text = copy(text.data, text.size),
	    .size = text.size,
	    .key = copy(suggest->key.data, suggest->key.size),
	    .hash = hash_bytes(suggest->key.data, suggest->key.size),
	    .page = suggest->pages,
	    .number = suggest->count,
	    .where =
	        verdict->reason == DECLUTTER_ARTICLE && verdict->kept ? IN_ARTICLE : BEFORE_ARTICLE,
	    .by_rule = verdict->reason == DECLUTTER_RULE,
	    .prose = is_prose(suggest),
	};
	suggest->count++;
	return line->text && line->key;
}

static bool take_line(void *context, const struct declutter_verdict *verdict)
{
	struct declutter_suggest *suggest = context;

	if (verdict->reason == DECLUTTER_BLANK)
		return true;
	if (!subject_make(&suggest->subject, verdict->source, verdict->source_size, NULL))
		return false;
	return suggest->subject.text.size < TEXT_LEAST || add_line(suggest, verdict);
}

/* What is outside is before the article or after it; all is before if there is none. */
static void find_places(struct declutter_suggest *suggest, size_t first)
{
	size_t end = suggest->count;

	while (end > first && suggest->lines[end - 1].where != IN_ARTICLE)
		end--;
	for (size_t i = end; i < suggest->count && end > first; i++)
		suggest->lines[i].where = AFTER_ARTICLE;
}

static bool page_has(const struct declutter_suggest *suggest, unsigned page, uint64_t hash)
{
	for (size_t i = 0; i < suggest->count; i++)
		if (suggest->lines[i].page == page && suggest->lines[i].hash == hash)
			return true;
	return false;
}

/* Whether most sentences from a line on are another page's: the page was given twice. */
static bool is_given(const struct declutter_suggest *suggest, size_t first)
{
	for (unsigned page = 0; page < suggest->pages; page++) {
		size_t sentences = 0, same = 0;
		for (size_t i = first; i < suggest->count; i++) {
			const struct occurrence *line = &suggest->lines[i];
			if (!line->prose || line->by_rule)
				continue;
			sentences++;
			same += page_has(suggest, page, line->hash);
		}
		if (sentences > 0 && same * 100 > sentences * SAME_PAGE)
			return true;
	}
	return false;
}

static void forget_from(struct declutter_suggest *suggest, size_t first)
{
	for (size_t i = first; i < suggest->count; i++) {
		free(suggest->lines[i].text);
		free(suggest->lines[i].key);
	}
	suggest->count = first;
}

bool declutter_suggest_page(struct declutter_suggest *suggest, const char *bytes, size_t size,
    bool *is_new, struct declutter_error *error)
{
	struct declutter_settings settings = {
	    .context = suggest, .verdict = take_line, .url = suggest->site};
	struct declutter_document *document = declutter_document_new(suggest->rules, &settings);
	size_t first = suggest->count;
	bool done = document ? declutter_document_feed(document, bytes, size, error) &&
	                           declutter_document_end(document, error)
	                     : error_memory(error);

	declutter_document_free(document);
	if (!done)
		return false;
	find_places(suggest, first);
	*is_new = !is_given(suggest, first);
	if (*is_new)
		suggest->pages++;
	else
		forget_from(suggest, first);
	return true;
}

/* ---- lines to what recurs ---- */

static int compare_lines(const void *left, const void *right)
{
	const struct occurrence *a = left, *b = right;
	int keys = strcmp(a->key, b->key);

	if (keys)
		return keys;
	return a->number < b->number ? -1 : a->number > b->number;
}

/* The lines from one on that share its key. */
static struct recurring find_recurring(const struct occurrence *lines, size_t count)
{
	struct recurring found = {.lines = lines};
	unsigned page = UINT_MAX, kept_page = UINT_MAX;

	for (; found.count < count && strcmp(lines[found.count].key, lines[0].key) == 0;
	     found.count++) {
		const struct occurrence *line = &lines[found.count];
		found.pages += line->page != page;
		page = line->page;
		if (line->where == IN_ARTICLE && line->page != kept_page) {
			found.kept_pages++;
			kept_page = line->page;
		}
	}
	return found;
}

/* In the article it must be on most pages: two of them may share a subheading or a quotation. */
static bool is_clutter(const struct declutter_suggest *suggest, const struct recurring *r)
{
	unsigned most = suggest->pages / 2 + 1;

	if (r->lines->size > TEXT_MOST || r->pages < PAGES_LEAST ||
	    (r->kept_pages > 0 && r->pages < most))
		return false;
	/* What rules drop wherever it stands needs no other rule. */
	for (size_t i = 0; i < r->count; i++)
		if (!r->lines[i].by_rule)
			return true;
	return false;
}

/* Whether below the line there are others that are no prose and on this page only. */
static bool heads_teasers(const struct declutter_suggest *suggest, const struct occurrence *line)
{
	for (size_t i = 1; i <= TEASERS_LEAST; i++) {
		size_t number = line->number + i;
		if (number >= suggest->count || suggest->order[number]->page != line->page)
			return false;
		const struct occurrence *below = suggest->order[number];
		if (below->prose || below->by_rule)
			return false;
	}
	return true;
}

/* Whether most of what is below the lines differs from page to page. */
static bool is_heading(const struct declutter_suggest *suggest, const struct recurring *r)
{
	size_t recurs = 0;

	if (r->lines->size > HEADING_MOST || r->lines->prose || r->pages <= suggest->pages / 2)
		return false;
	for (size_t i = 0; i < r->count; i++) {
		if (r->lines[i].where == BEFORE_ARTICLE || !heads_teasers(suggest, &r->lines[i]))
			return false;
		for (size_t below = 1; below <= TEASERS_LEAST; below++)
			recurs += suggest->order[r->lines[i].number + below]->recurs;
	}
	return recurs * 2 < r->count * TEASERS_LEAST;
}

static bool sort_lines(struct declutter_suggest *suggest)
{
	suggest->order = calloc(suggest->count + 1, sizeof *suggest->order);
	if (!suggest->order)
		return false;
	qsort(suggest->lines, suggest->count, sizeof *suggest->lines, compare_lines);
	for (size_t i = 0; i < suggest->count; i++)
		suggest->order[suggest->lines[i].number] = &suggest->lines[i];
	for (size_t i = 0; i < suggest->count;) {
		struct recurring r = find_recurring(&suggest->lines[i], suggest->count - i);
		for (size_t end = i + r.count; i < end; i++)
			suggest->lines[i].recurs = r.pages > 1;
	}
	return true;
}

/* ---- writing ---- */

static bool has_letter(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += text_take(text + at, &c);
		if (text_class(c) & TEXT_LETTER)
			return true;
	}
	return false;
}

/* A sentence of an article that has the line's words, for a "-" example. */
static const struct occurrence *find_look_alike(
    const struct declutter_suggest *suggest, const struct occurrence *line)
{
	size_t size = strlen(line->key);

	for (size_t i = 0; i < suggest->count && size >= 4; i++) {
		const struct occurrence *other = &suggest->lines[i];
		if (other->where == IN_ARTICLE && other->prose && strlen(other->key) > size &&
		    strstr(other->key, line->key))
			return other;
	}
	return NULL;
}

/* Bytes of the look-alike that show it: a part of it, if the key and more is in that. */
static size_t shorten(
    struct declutter_suggest *suggest, const struct occurrence *look_alike, const char *key)
{
	struct buffer *part = &suggest->key;
	size_t size = EXAMPLE_MOST;

	if (look_alike->size <= EXAMPLE_MOST)
		return look_alike->size;
	while (size > 0 && look_alike->text[size] != ' ')
		size--;
	part->size = suggest->pattern.size = 0;
	if (folded_make((struct span){look_alike->text, size}, part, &suggest->pattern) &&
	    part->size > strlen(key) && memmem(part->data, part->size, key, strlen(key)))
		return size;
	return look_alike->size;
}

static bool write_rule(struct declutter_suggest *suggest, const struct recurring *r, FILE *out)
{
	const struct occurrence *line = r->lines;
	const struct occurrence *look_alike = find_look_alike(suggest, line);
	struct span text = {line->text, line->size};

	suggest->key.size = suggest->pattern.size = 0;
	if (!folded_make(text, &suggest->key, &suggest->pattern))
		return false;
	fprintf(out, "\n# on %u of %u pages%s\n", r->pages, suggest->pages,
	    r->kept_pages ? ", taken for a part of the article" : "");
	fprintf(out, "%s: %.*s\n",
	    r->heading           ? "block related"
	    : r->kept_pages == 0 ? "drop other in=edge"
	                         : "drop other",
	    (int)suggest->pattern.size, suggest->pattern.data);
	fprintf(out, "  + %s\n", line->text);
	if (look_alike)
		fprintf(out, "  - %.*s\n", (int)shorten(suggest, look_alike, line->key),
		    look_alike->text);
	return true;
}

/* Those that come out today first, then those on more pages. */
static int compare_recurring(const void *left, const void *right)
{
	const struct recurring *a = left, *b = right;

	if (a->kept_pages != b->kept_pages)
		return a->kept_pages < b->kept_pages ? 1 : -1;
	if (a->pages != b->pages)
		return a->pages < b->pages ? 1 : -1;
	return a->lines->number < b->lines->number ? -1 : 1;
}

/* A short line that stands beside the article on one page only, and that no rule matches. */
static bool is_edge(const struct declutter_suggest *suggest, const struct occurrence *line)
{
	size_t last = line->number > 0 ? line->number - 1 : line->number;
	size_t next = line->number + 1 < suggest->count ? line->number + 1 : line->number;
	bool beside =
	    suggest->order[last]->where == IN_ARTICLE || suggest->order[next]->where == IN_ARTICLE;

	return line->where != IN_ARTICLE && !line->recurs && !line->by_rule && !line->prose &&
	       line->size <= EDGE_MOST && beside;
}

/* Of these no rule can be made, but whoever looks at them may know one. */
static void write_edges(const struct declutter_suggest *suggest, FILE *out)
{
	size_t shown = 0;

	for (size_t i = 0; i < suggest->count && shown < EDGES_SHOWN; i++) {
		const struct occurrence *line = suggest->order[i];
		if (!is_edge(suggest, line))
			continue;
		if (shown++ == 0)
			fprintf(out,
			    "\n# At the edges of an article, on one page only, and matched by no "
			    "rule:\n");
		fprintf(out, "#   %s\n", line->text);
	}
}

static void write_head(const struct declutter_suggest *suggest, size_t count, FILE *out)
{
	bool known = suggest->site[0] != '\0';

	fprintf(out,
	    "# %zu rules suggested from %u pages: look at them before you use them.\n"
	    "# Test with declutter --check, use with declutter -r or in the rules directory.\n"
	    "title %s\n",
	    count, suggest->pages, known ? suggest->site : "A site");
	if (known)
		fprintf(out, "site %s\n", suggest->site);
	else
		fprintf(out, "# site example.org\n");
}

/* A line on every page, early, that only the site has: it makes the site known. */
static const struct recurring *find_mark(
    const struct declutter_suggest *suggest, const struct recurring *found, size_t count)
{
	const struct recurring *mark = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct occurrence *line = found[i].lines;
		bool good = found[i].pages == suggest->pages && line->where == BEFORE_ARTICLE &&
		            !line->by_rule && !line->prose && line->size >= 8 &&
		            strchr(line->text, ' ');
		if (good && (!mark || line->number < mark->lines->number))
			mark = &found[i];
	}
	return mark;
}

static bool write_mark(struct declutter_suggest *suggest, const struct recurring *mark, FILE *out)
{
	struct span text = {mark->lines->text, mark->lines->size};

	suggest->key.size = suggest->pattern.size = 0;
	if (!folded_make(text, &suggest->key, &suggest->pattern))
		return false;
	fprintf(out, "detect: %.*s\n", (int)suggest->pattern.size, suggest->pattern.data);
	return true;
}

static bool write_rules(
    struct declutter_suggest *suggest, struct recurring *found, size_t count, FILE *out)
{
	const struct recurring *mark = find_mark(suggest, found, count);
	bool done = true;

	write_head(suggest, count, out);
	if (mark && suggest->site[0])
		done = write_mark(suggest, mark, out);
	qsort(found, count, sizeof *found, compare_recurring);
	for (size_t i = 0; i < count && done; i++)
		done = write_rule(suggest, &found[i], out);
	write_edges(suggest, out);
	return done;
}

bool declutter_suggest_write(
    struct declutter_suggest *suggest, FILE *out, struct declutter_error *error)
{
	struct recurring *found;
	size_t count = 0;
	bool done;

	if (suggest->pages < PAGES_LEAST)
		return error_at(error, "", 0, 0, "--suggest needs two pages of a site or more");
	found = calloc(suggest->count + 1, sizeof *found);
	if (!found || !sort_lines(suggest)) {
		free(found);
		return error_memory(error);
	}
	for (size_t i = 0; i < suggest->count;) {
		struct recurring r = find_recurring(&suggest->lines[i], suggest->count - i);
		r.heading = is_heading(suggest, &r);
		if (is_clutter(suggest, &r) && has_letter(r.lines->text, r.lines->size))
			found[count++] = r;
		i += r.count;
	}
	done = write_rules(suggest, found, count, out) || error_memory(error);
	free(found);
	return done;
}
