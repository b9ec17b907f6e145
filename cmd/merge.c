#include "merge.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
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

/* ---- adding ---- */

static bool add_rule(struct entries *rules, const struct entry *rule)
{
	struct buffer key = {0};
	struct entry *entry = NULL;
	char line[32];
	int size = snprintf(line, sizeof line, ":%lld:", rule->line);

	if (buffer_append(&key, rule->file, strlen(rule->file)) &&
	    buffer_append(&key, line, (size_t)size) &&
	    buffer_append(&key, rule->pattern, strlen(rule->pattern) + 1))
		entry = find_entry(rules, key.data);
	buffer_fini(&key);
	if (!entry)
		return false;
	if (!entry->file) {
		entry->file = copy(rule->file);
		entry->group = copy(rule->group);
		entry->pattern = copy(rule->pattern);
		entry->line = rule->line;
	}
	entry->lines += rule->lines;
	return entry->file && entry->group && entry->pattern;
}

static bool add_group(struct entries *groups, const char *name, long long lines)
{
	struct entry *entry = find_entry(groups, name);

	if (entry)
		entry->lines += lines;
	return entry != NULL;
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

static bool add_sum(struct sum *sum, const struct sum *part)
{
	bool done = note_origin(&sum->version, part->version ? part->version : "") &&
	            note_origin(&sum->hash, part->hash ? part->hash : "");

	for (int i = 0; i < TOTALS; i++)
		sum->totals[i] += part->totals[i];
	for (size_t i = 0; done && i < part->groups.count; i++)
		done =
		    add_group(&sum->groups, part->groups.items[i].key, part->groups.items[i].lines);
	for (size_t i = 0; done && i < part->rules.count; i++)
		done = add_rule(&sum->rules, &part->rules.items[i]);
	return done;
}

static void sum_fini(struct sum *sum)
{
	entries_fini(&sum->groups);
	entries_fini(&sum->rules);
	free(sum->version);
	free(sum->hash);
}

/* ---- reading ---- */

enum { IN_OBJECT = 1, IN_SECTION, IN_RULE }; /* depths */

/* An object of statistics while it is read. */
struct parse {
	struct sum sum;
	struct entry rule;
	int depth;
	enum { OTHER, GROUPS, RULES } section;
	bool has_documents, has_rules, failed;
	char *key;
};

static int goes_on(struct parse *parse, bool done)
{
	parse->failed |= !done;
	return done;
}

static bool set(char **place, const unsigned char *text, size_t size)
{
	free(*place);
	*place = strndup((const char *)text, size);
	return *place != NULL;
}

static bool is_key(const struct parse *parse, const char *name)
{
	return parse->key && strcmp(parse->key, name) == 0;
}

static int take_key(void *context, const unsigned char *text, size_t size)
{
	struct parse *parse = context;

	return goes_on(parse, set(&parse->key, text, size));
}

static int take_string(void *context, const unsigned char *text, size_t size)
{
	struct parse *parse = context;
	char **place = NULL;

	if (parse->depth == IN_OBJECT)
		place = is_key(parse, "version")      ? &parse->sum.version
		        : is_key(parse, "rules_hash") ? &parse->sum.hash
		                                      : NULL;
	if (parse->depth == IN_RULE && parse->section == RULES)
		place = is_key(parse, "file")      ? &parse->rule.file
		        : is_key(parse, "group")   ? &parse->rule.group
		        : is_key(parse, "pattern") ? &parse->rule.pattern
		                                   : NULL;
	return goes_on(parse, !place || set(place, text, size));
}

static int take_number(void *context, const char *text, size_t size)
{
	struct parse *parse = context;
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%.*s", (int)(size < 31 ? size : 31), text);
	long long number = length > 0 ? strtoll(digits, NULL, 10) : 0;

	if (parse->depth == IN_OBJECT) {
		for (int i = 0; i < TOTALS; i++)
			if (is_key(parse, total_names[i]))
				parse->sum.totals[i] = number;
		parse->has_documents |= is_key(parse, "documents");
	}
	if (parse->depth == IN_SECTION && parse->section == GROUPS)
		return goes_on(parse, add_group(&parse->sum.groups, parse->key, number));
	if (parse->depth == IN_RULE && parse->section == RULES && is_key(parse, "line"))
		parse->rule.line = number;
	if (parse->depth == IN_RULE && parse->section == RULES && is_key(parse, "lines"))
		parse->rule.lines = number;
	return true;
}

static int begin_map(void *context)
{
	struct parse *parse = context;

	if (parse->depth == IN_OBJECT)
		parse->section = is_key(parse, "groups") ? GROUPS : OTHER;
	parse->depth++;
	return true;
}

static int begin_array(void *context)
{
	struct parse *parse = context;

	if (parse->depth == IN_OBJECT)
		parse->section = is_key(parse, "rules") ? RULES : OTHER;
	parse->has_rules |= parse->depth == IN_OBJECT && parse->section == RULES;
	parse->depth++;
	return true;
}

static void rule_fini(struct entry *rule)
{
	free(rule->file);
	free(rule->group);
	free(rule->pattern);
	*rule = (struct entry){0};
}

static int end(void *context)
{
	struct parse *parse = context;
	struct entry *rule = &parse->rule;
	bool done = true;

	parse->depth--;
	if (parse->depth == IN_SECTION && parse->section == RULES && rule->file && rule->pattern) {
		done = add_rule(&parse->sum.rules, rule);
		rule_fini(rule);
	}
	return goes_on(parse, done);
}

static const yajl_callbacks callbacks = {.yajl_number = take_number,
    .yajl_string = take_string,
    .yajl_start_map = begin_map,
    .yajl_map_key = take_key,
    .yajl_end_map = end,
    .yajl_start_array = begin_array,
    .yajl_end_array = end};

/* Whether the line is JSON; parse.failed tells when memory is short. */
static bool parse_line(struct parse *parse, const char *line)
{
	struct arena arena;
	volatile bool done = false;

	arena_init(&arena);
	if (arena_enter(&arena)) {
		yajl_handle json = yajl_alloc(&callbacks, &arena.functions, parse);
		done =
		    yajl_parse(json, (const unsigned char *)line, strlen(line)) == yajl_status_ok &&
		    yajl_complete_parse(json) == yajl_status_ok;
	} else {
		parse->failed = true;
	}
	arena_fini(&arena);
	return done;
}

/* A line of a file: standard error of a run may hold messages, too. */
static bool add_line(struct sum *sum, const char *line, size_t *found)
{
	struct parse parse = {.section = OTHER};
	bool done = true;

	if (line[0] != '{')
		return true;
	if (parse_line(&parse, line) && parse.has_documents && parse.has_rules) {
		(*found)++;
		done = add_sum(sum, &parse.sum);
	}
	done = done && !parse.failed;
	sum_fini(&parse.sum);
	rule_fini(&parse.rule);
	free(parse.key);
	return done || refuse("--merge-stats", "out of memory");
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
	sum_fini(&sum);
	return done;
}
