#include "rules.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "builtin.h"
#include "error.h"

enum { RULES_MAX = 1 << 20 };

static const struct {
	const char *name;
	int value;
} settings[] = {
#define X(enumerator, name, value) {name, value},
    SETTINGS(X)
#undef X
};

const char *setting_name(enum setting setting)
{
	return settings[setting].name;
}

struct declutter_rules *declutter_rules_new(void)
{
	struct declutter_rules *rules = calloc(1, sizeof *rules);

	for (int i = 0; rules && i < SETTING_COUNT; i++)
		rules->settings[i].value = settings[i].value;
	return rules;
}

void declutter_rules_free(struct declutter_rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < rules->count; i++)
		rule_free(rules->rules[i]);
	for (size_t i = 0; i < rules->string_count; i++)
		free(rules->strings[i]);
	index_free(rules->index);
	evidence_free(rules->evidence);
	free(rules->rules);
	free(rules->runs);
	free(rules->scores);
	free(rules->strings);
	free(rules);
}

const char *rules_string(struct declutter_rules *rules, const char *text, size_t size)
{
	if (!grow(&rules->strings, &rules->string_capacity, rules->string_count + 1,
	        sizeof *rules->strings))
		return NULL;
	char *copy = malloc(size + 1);
	if (!copy)
		return NULL;
	memcpy(copy, text, size);
	copy[size] = '\0';
	rules->strings[rules->string_count++] = copy;
	return copy;
}

bool rules_append(struct declutter_rules *rules, struct rule *rule)
{
	if (rules->count == RULES_MAX ||
	    !grow(&rules->rules, &rules->capacity, rules->count + 1, sizeof *rules->rules)) {
		rule_free(rule);
		return false;
	}
	rule->facts.index = (unsigned)rules->count;
	rules->rules[rules->count++] = rule;
	return true;
}

/* ---- layers ---- */

bool declutter_rules_add_builtin(struct declutter_rules *rules, struct declutter_error *error)
{
	for (size_t i = 0; i < builtin_count; i++)
		if (!parse_rules(rules, builtin_packs[i].name, (const char *)builtin_packs[i].text,
		        builtin_packs[i].size, true, error))
			return false;
	return true;
}

bool declutter_rules_add_text(struct declutter_rules *rules, const char *name, const char *text,
    size_t size, struct declutter_error *error)
{
	return parse_rules(rules, name, text, size, false, error);
}

static bool read_file(const char *path, struct buffer *text, struct declutter_error *error)
{
	char piece[16384];
	size_t size;
	FILE *file = fopen(path, "rb");

	if (!file)
		return error_at(error, path, 0, 0, "cannot open: %s", strerror(errno));
	while ((size = fread(piece, 1, sizeof piece, file)) > 0) {
		if (!buffer_append(text, piece, size)) {
			fclose(file);
			return error_memory(error);
		}
	}
	bool failed = ferror(file) != 0;
	int reason = errno;
	fclose(file);
	return failed ? error_at(error, path, 0, 0, "cannot read: %s", strerror(reason)) : true;
}

bool declutter_rules_add_file(
    struct declutter_rules *rules, const char *path, struct declutter_error *error)
{
	struct buffer text = {0};
	bool done = read_file(path, &text, error) &&
	            parse_rules(rules, path, text.data, text.size, false, error);

	buffer_fini(&text);
	return done;
}

bool declutter_rules_add_plain(
    struct declutter_rules *rules, const char *path, struct declutter_error *error)
{
	struct buffer text = {0};
	bool done =
	    read_file(path, &text, error) && parse_plain(rules, path, text.data, text.size, error);

	buffer_fini(&text);
	return done;
}

static int is_rule_file(const struct dirent *entry)
{
	size_t size = strlen(entry->d_name);

	return entry->d_name[0] != '.' && size > 6 &&
	       strcmp(entry->d_name + size - 6, ".rules") == 0;
}

bool declutter_rules_add_directory(
    struct declutter_rules *rules, const char *path, struct declutter_error *error)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_rule_file, alphasort);
	bool done = true;

	if (count < 0)
		return errno == ENOENT || errno == ENOTDIR
		           ? true
		           : error_at(error, path, 0, 0, "cannot read: %s", strerror(errno));
	for (int i = 0; i < count; i++) {
		struct buffer name = {0};
		done = done && (buffer_append(&name, path, strlen(path)) &&
		                           buffer_append_byte(&name, '/') &&
		                           buffer_append(&name, entries[i]->d_name,
		                               strlen(entries[i]->d_name) + 1)
		                       ? declutter_rules_add_file(rules, name.data, error)
		                       : error_memory(error));
		buffer_fini(&name);
		free(entries[i]);
	}
	free(entries);
	return done;
}

/* ---- settling ---- */

/* Whether name is one of the comma-separated list; a NULL list holds none. */
static bool is_listed(const char *list, const char *name)
{
	size_t size = strlen(name);

	while (list && *list) {
		size_t part = strcspn(list, ",");
		if (part == size && memcmp(list, name, size) == 0)
			return true;
		list += part + (list[part] == ',');
	}
	return false;
}

static bool verify_groups(const char *list, const char *option, struct declutter_error *error)
{
	while (list && *list) {
		size_t part = strcspn(list, ",");
		if (group_find(list, part) == GROUP_COUNT)
			return error_at(error, "", 0, 0,
			    "%s: unknown group \"%.*s\": --list-rules shows the groups", option,
			    (int)part, list);
		list += part + (list[part] == ',');
	}
	return true;
}

/* Every language that a pack is for. */
static bool verify_languages(
    const struct declutter_rules *rules, const char *list, struct declutter_error *error)
{
	while (list && *list) {
		size_t part = strcspn(list, ",");
		bool found = false;
		for (size_t i = 0; i < rules->count && !found; i++)
			found = strlen(rules->rules[i]->language) == part && part > 0 &&
			        memcmp(rules->rules[i]->language, list, part) == 0;
		if (!found)
			return error_at(error, "", 0, 0,
			    "no pack for language \"%.*s\": --list-rules shows the packs",
			    (int)part, list);
		list += part + (list[part] == ',');
	}
	return true;
}

static bool selects(const struct rule *off, const struct rule *rule)
{
	if (off->facts.id[0] && strcmp(off->facts.id, rule->facts.id) != 0)
		return false;
	if (off->grouped && off->group != rule->group)
		return false;
	if (off->language[0] && strcmp(off->language, rule->language) != 0)
		return false;
	return off->facts.id[0] || off->grouped;
}

static bool is_switched_off(const struct declutter_rules *rules, const struct rule *rule)
{
	for (size_t i = 0; i < rules->count; i++)
		if (rules->rules[i]->verb == VERB_OFF && selects(rules->rules[i], rule))
			return true;
	return false;
}

static void select_rule(const struct declutter_rules *rules, struct rule *rule,
    const struct declutter_selection *selection, bool any_off)
{
	const char *group = group_name(rule->group);
	int level = selection->level ? selection->level : 2;

	rule->active = rule->verb != VERB_OFF && rule->level <= level &&
	               (!selection->only_groups || is_listed(selection->only_groups, group)) &&
	               (!selection->languages || !rule->language[0] ||
	                   is_listed(selection->languages, rule->language)) &&
	               !(any_off && is_switched_off(rules, rule));
	rule->kept = rule->verb != VERB_SCORE && is_listed(selection->keep_groups, group);
}

static bool add_number(unsigned **numbers, size_t *count, size_t *capacity, unsigned number)
{
	if (!grow(numbers, capacity, *count + 1, sizeof **numbers))
		return false;
	(*numbers)[(*count)++] = number;
	return true;
}

static bool note_needs(struct declutter_rules *rules, const struct rule *rule)
{
	unsigned number = rule->facts.index;

	if (!rule->active)
		return true;
	if (rule->verb == VERB_RUN)
		return add_number(&rules->runs, &rules->run_count, &rules->run_capacity, number);
	if (rule->verb == VERB_SCORE)
		return add_number(
		    &rules->scores, &rules->score_count, &rules->score_capacity, number);
	return true;
}

bool declutter_rules_settle(struct declutter_rules *rules,
    const struct declutter_selection *selection, struct declutter_error *error)
{
	static const struct declutter_selection everything = {0};
	bool any_off = false;

	if (!selection)
		selection = &everything;
	if (!verify_groups(selection->keep_groups, "--keep", error) ||
	    !verify_groups(selection->only_groups, "--only", error) ||
	    !verify_languages(rules, selection->languages, error))
		return false;
	for (size_t i = 0; i < rules->count; i++)
		any_off |= rules->rules[i]->verb == VERB_OFF;
	for (size_t i = 0; i < rules->count; i++) {
		select_rule(rules, rules->rules[i], selection, any_off);
		if (!note_needs(rules, rules->rules[i]))
			return error_memory(error);
	}
	/* Keeping the article's group means not to look for the article. */
	if (is_listed(selection->keep_groups, group_name(GROUP_ARTICLE)))
		rules->score_count = 0;
	index_free(rules->index);
	evidence_free(rules->evidence);
	rules->index = index_new(rules->rules, rules->count);
	rules->evidence = evidence_new(rules->rules, rules->scores, rules->score_count);
	rules->settled = rules->index && rules->evidence;
	return rules->settled ? true : error_memory(error);
}

size_t declutter_rules_count(const struct declutter_rules *rules)
{
	return rules->count;
}

const struct declutter_rule *declutter_rules_get(
    const struct declutter_rules *rules, size_t index, bool *active)
{
	if (active)
		*active = rules->rules[index]->active;
	return &rules->rules[index]->facts;
}
