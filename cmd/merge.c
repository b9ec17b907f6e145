#include "merge.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_tree.h>

#include "complain.h"
#include "file.h"
#include "json.h"

/* A group, or a rule with its file, line and pattern. */
struct entry {
	char *key; /* what makes it the same in two files */
	char *file, *group, *pattern;
	long long line, lines;
};

struct entries {
	struct entry *items;
	size_t count, capacity;
};

enum total { DOCUMENTS, BAD, KEPT, BLANK, OUTSIDE, TOTALS };

static const char *const total_names[] = {"documents", "bad", "kept", "blank", "outside"};

struct sum {
	char *version, *hash; /* of the first; "several" if they differ */
	long long totals[TOTALS];
	struct entries groups, rules;
};

static char *copy(const char *text)
{
	return strdup(text ? text : "");
}

static void entries_fini(struct entries *entries)
{
	for (size_t i = 0; i < entries->count; i++) {
		free(entries->items[i].key);
		free(entries->items[i].file);
		free(entries->items[i].group);
		free(entries->items[i].pattern);
	}
	free(entries->items);
}

static struct entry *find_entry(struct entries *entries, const char *key)
{
	for (size_t i = 0; i < entries->count; i++)
		if (strcmp(entries->items[i].key, key) == 0)
			return &entries->items[i];
	if (!grow(&entries->items, &entries->capacity, entries->count + 1, sizeof *entries->items))
		return NULL;
	struct entry *entry = &entries->items[entries->count];
	*entry = (struct entry){.key = copy(key)};
	entries->count += entry->key != NULL;
	return entry->key ? entry : NULL;
}

/* ---- reading ---- */

static yajl_val member(yajl_val object, const char *name, yajl_type type)
{
	const char *path[] = {name, NULL};

	return yajl_tree_get(object, path, type);
}

static long long number_of(yajl_val value)
{
	return value && YAJL_IS_INTEGER(value) ? YAJL_GET_INTEGER(value) : 0;
}

static const char *text_of(yajl_val object, const char *name)
{
	yajl_val value = member(object, name, yajl_t_string);

	return value ? YAJL_GET_STRING(value) : "";
}

static bool add_groups(struct sum *sum, yajl_val groups)
{
	for (size_t i = 0; groups && i < groups->u.object.len; i++) {
		struct entry *entry = find_entry(&sum->groups, groups->u.object.keys[i]);
		if (!entry)
			return false;
		entry->lines += number_of(groups->u.object.values[i]);
	}
	return true;
}

static bool add_rule(struct sum *sum, yajl_val rule)
{
	const char *file = text_of(rule, "file"), *pattern = text_of(rule, "pattern");
	long long line = number_of(member(rule, "line", yajl_t_number));
	char *key;

	if (asprintf(&key, "%s:%lld:%s", file, line, pattern) < 0)
		return false;
	struct entry *entry = find_entry(&sum->rules, key);
	free(key);
	if (!entry)
		return false;
	if (!entry->file) {
		entry->file = copy(file);
		entry->group = copy(text_of(rule, "group"));
		entry->pattern = copy(pattern);
		entry->line = line;
	}
	entry->lines += number_of(member(rule, "lines", yajl_t_number));
	return entry->file && entry->group && entry->pattern;
}

/* Runs of several versions cannot be told apart in the sum; that much it says. */
static bool note_origin(char **known, const char *text)
{
	bool differs = *known && strcmp(*known, text) != 0;

	if (*known && !differs)
		return true;
	free(*known);
	*known = copy(differs ? "several" : text);
	return *known != NULL;
}

static bool add_object(struct sum *sum, yajl_val object)
{
	yajl_val groups = member(object, "groups", yajl_t_object);
	yajl_val rules = member(object, "rules", yajl_t_array);
	bool done = note_origin(&sum->version, text_of(object, "version")) &&
	            note_origin(&sum->hash, text_of(object, "rules_hash"));

	for (int i = 0; i < TOTALS; i++)
		sum->totals[i] += number_of(member(object, total_names[i], yajl_t_number));
	done = done && add_groups(sum, groups);
	for (size_t i = 0; done && rules && i < rules->u.array.len; i++)
		done = add_rule(sum, rules->u.array.values[i]);
	return done || refuse("--merge-stats", "out of memory");
}

static bool is_statistics(yajl_val object)
{
	return object && YAJL_IS_OBJECT(object) && member(object, "documents", yajl_t_number) &&
	       member(object, "rules", yajl_t_array);
}

/* A line of a file: standard error of a run may hold messages, too. */
static bool add_line(struct sum *sum, char *line, size_t *found)
{
	char message[256];
	bool done = true;

	if (line[0] != '{')
		return true;
	yajl_val object = yajl_tree_parse(line, message, sizeof message);
	if (is_statistics(object)) {
		(*found)++;
		done = add_object(sum, object);
	}
	yajl_tree_free(object);
	return done;
}

static bool add_file(struct sum *sum, const char *path)
{
	struct buffer text = {0};
	size_t found = 0;
	bool done = file_read(path, &text) &&
	            (buffer_append_byte(&text, '\0') || refuse(path, "out of memory"));

	for (char *line = text.data, *next; done && line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		done = add_line(sum, line, &found);
	}
	buffer_fini(&text);
	if (done && found == 0)
		done = refuse(path, "no statistics in it: they are what --stats=json writes");
	return done;
}

/* ---- writing ---- */

static int compare_entries(const void *left, const void *right)
{
	const struct entry *a = left, *b = right;

	if (a->lines != b->lines)
		return a->lines < b->lines ? 1 : -1;
	return strcmp(a->key, b->key);
}

static void sort_entries(struct entries *entries)
{
	if (entries->count > 0)
		qsort(entries->items, entries->count, sizeof *entries->items, compare_entries);
}

static void write_string(const char *name, const char *text)
{
	printf("\"%s\":", name);
	json_string(stdout, text, strlen(text));
}

static void write_sum(struct sum *sum)
{
	sort_entries(&sum->groups);
	sort_entries(&sum->rules);
	putchar('{');
	write_string("version", sum->version ? sum->version : "");
	putchar(',');
	write_string("rules_hash", sum->hash ? sum->hash : "");
	for (int i = 0; i < TOTALS; i++)
		printf(",\"%s\":%lld", total_names[i], sum->totals[i]);
	fputs(",\"groups\":{", stdout);
	for (size_t i = 0; i < sum->groups.count; i++) {
		fputs(i > 0 ? "," : "", stdout);
		json_string(stdout, sum->groups.items[i].key, strlen(sum->groups.items[i].key));
		printf(":%lld", sum->groups.items[i].lines);
	}
	fputs("},\"rules\":[", stdout);
	for (size_t i = 0; i < sum->rules.count; i++) {
		const struct entry *rule = &sum->rules.items[i];
		fputs(i > 0 ? ",{" : "{", stdout);
		write_string("file", rule->file);
		printf(",\"line\":%lld,", rule->line);
		write_string("group", rule->group);
		putchar(',');
		write_string("pattern", rule->pattern);
		printf(",\"lines\":%lld}", rule->lines);
	}
	fputs("]}\n", stdout);
}

bool merge_stats(char *const *files)
{
	struct sum sum = {0};
	bool done = *files || refuse("--merge-stats", "name the files that --stats=json wrote");

	for (; done && *files; files++)
		done = add_file(&sum, *files);
	if (done)
		write_sum(&sum);
	entries_fini(&sum.groups);
	entries_fini(&sum.rules);
	free(sum.version);
	free(sum.hash);
	return done;
}
