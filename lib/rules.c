#include "rules.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "builtin.h"
#include "error.h"
#include "hash.h"

/* Far more than anyone needs, lest a wrong file fills the memory. */
enum { RULES_MAX = 1 << 20, FILE_MAX = 1 << 26 };

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

static void forget_settled(struct declutter_rules *rules)
{
	free(rules->states);
	index_free(rules->own_index);
	evidence_free(rules->own_evidence);
	rules->states = NULL;
	rules->own_index = NULL;
	rules->own_evidence = NULL;
	rules->evidence = NULL;
	rules->index_count = rules->run_count = 0;
	rules->settled = false;
}

void declutter_rules_free(struct declutter_rules *rules)
{
	if (!rules)
		return;
	forget_settled(rules);
	for (size_t i = 0; i < rules->own_count; i++)
		rule_free(rules->own[i]);
	for (size_t i = 0; i < rules->string_count; i++)
		free(rules->strings[i]);
	unpacked_free(rules->builtin);
	free(rules->own);
	free(rules->runs);
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
	if (rules->own_count == RULES_MAX ||
	    !grow(&rules->own, &rules->own_capacity, rules->own_count + 1, sizeof *rules->own)) {
		rule_free(rule);
		return false;
	}
	rule->facts.index = (unsigned)rules_count(rules);
	rules->own[rules->own_count++] = rule;
	return true;
}

bool rules_report(const struct declutter_rules *rules, const struct declutter_error *failure)
{
	if (rules->report)
		rules->report(rules->report_context, failure);
	return rules->report != NULL;
}

void declutter_rules_report(struct declutter_rules *rules, declutter_report *report, void *context)
{
	rules->report = report;
	rules->report_context = context;
}

/* ---- layers ---- */

bool declutter_rules_add_builtin(struct declutter_rules *rules, struct declutter_error *error)
{
	if (rules->builtin)
		return error_at(error, "", 0, 0, "the built-in rules are added already");
	rules->builtin = unpacked_new(&builtin_rules);
	if (!rules->builtin)
		return error_memory(error);
	rules->builtin_count = builtin_rules.count;
	for (size_t i = 0; i < rules->own_count; i++)
		rules->own[i]->facts.index += builtin_rules.count;
	for (int i = 0; i < SETTING_COUNT; i++)
		if (rules->settings[i].where == SET_NOWHERE)
			rules->settings[i] = builtin_settings[i];
	return true;
}

bool declutter_rules_add_text(struct declutter_rules *rules, const char *name, const char *text,
    size_t size, struct declutter_error *error)
{
	return parse_rules(rules, name, text, size, false, error);
}

static bool read_file(const char *path, struct buffer *text, struct declutter_error *error)
{
	int failure = buffer_append_file(text, path, FILE_MAX);

	if (failure == ENOMEM)
		return error_memory(error);
	if (failure == EFBIG)
		return error_at(error, path, 0, 0,
		    "more than %d bytes: no file of rules is so large", FILE_MAX);
	return failure ? error_at(error, path, 0, 0, "cannot read: %s", strerror(failure)) : true;
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

/* What anyone could have put there is not for this reader to obey. */
static bool verify_owned(const char *path, struct declutter_error *error)
{
	struct stat about;

	if (stat(path, &about) != 0 || !(about.st_mode & S_IWOTH))
		return true;
	return error_at(
	    error, path, 0, 0, "anyone can write to it: chmod o-w it, and see what is in it");
}

bool declutter_rules_add_directory(
    struct declutter_rules *rules, const char *path, struct declutter_error *error)
{
	struct dirent **entries;
	if (!verify_owned(path, error))
		return false;
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
		                       ? verify_owned(name.data, error) &&
		                             declutter_rules_add_file(rules, name.data, error)
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
		for (size_t i = 0; i < rules_count(rules) && !found; i++)
			found = strlen(rules_at(rules, i)->facts.language) == part && part > 0 &&
			        memcmp(rules_at(rules, i)->facts.language, list, part) == 0;
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
	if (off->facts.language[0] && strcmp(off->facts.language, rule->facts.language) != 0)
		return false;
	return off->facts.id[0] || off->grouped;
}

static bool is_switched_off(const struct declutter_rules *rules, const struct rule *rule)
{
	for (size_t i = 0; i < rules->own_count; i++)
		if (rules->own[i]->verb == VERB_OFF && selects(rules->own[i], rule))
			return true;
	return false;
}

static uint8_t select_rule(const struct declutter_rules *rules, const struct rule *rule,
    const struct declutter_selection *selection, bool any_off)
{
	const char *group = group_name(rule->group);
	int level = selection->level ? selection->level : 2;
	bool active = rule->verb != VERB_OFF && rule->level <= level &&
	              (!selection->only_groups || is_listed(selection->only_groups, group)) &&
	              (!selection->languages || !rule->facts.language[0] ||
	                  is_listed(selection->languages, rule->facts.language)) &&
	              !(any_off && is_switched_off(rules, rule));
	bool kept = rule->verb != VERB_SCORE && is_listed(selection->keep_groups, group);
	bool simple =
	    rule->verb == VERB_DROP && rule->near == 0 && rule->zones == ZONE_ALL && !rule->site[0];

	return (uint8_t)((active ? RULE_ACTIVE : 0) | (kept ? RULE_KEPT : 0) |
	                 (simple ? RULE_SIMPLE : 0) | (rule->verb == VERB_SCORE ? RULE_SCORE : 0));
}

static bool asks_for_nothing(const struct declutter_selection *selection)
{
	return !selection->languages && !selection->keep_groups && !selection->only_groups &&
	       (selection->level == 0 || selection->level == 2);
}

static void select_rules(struct declutter_rules *rules, const struct declutter_selection *selection)
{
	bool any_off = false;
	size_t first = 0;

	for (size_t i = 0; i < rules->own_count; i++)
		any_off |= rules->own[i]->verb == VERB_OFF;
	rules->as_built = !any_off && asks_for_nothing(selection) && rules->builtin;
	if (rules->as_built) {
		memcpy(rules->states, builtin_states, rules->builtin_count);
		first = rules->builtin_count;
	}
	for (size_t i = first; i < rules_count(rules); i++)
		rules->states[i] = select_rule(rules, rules_at(rules, i), selection, any_off);
	rules->any_kept = selection->keep_groups != NULL;
}

static bool add_run(struct declutter_rules *rules, uint32_t number)
{
	if (!rules_active(rules, number))
		return true;
	if (!grow(&rules->runs, &rules->run_capacity, rules->run_count + 1, sizeof *rules->runs))
		return false;
	rules->runs[rules->run_count++] = number;
	return true;
}

static bool note_needs(struct declutter_rules *rules)
{
	rules->ask_for_seen = rules->builtin && builtin_asks_for_seen;
	rules->ask_for_prose = rules->builtin != NULL;
	rules->each_alone = !rules->builtin;
	for (uint32_t i = 0; rules->builtin && i < builtin_run_count; i++)
		if (!add_run(rules, builtin_runs[i]))
			return false;
	for (size_t i = 0; i < rules->own_count; i++) {
		const struct rule *rule = rules->own[i];
		if (rule->verb == VERB_RUN && !add_run(rules, rule->facts.index))
			return false;
		rules->ask_for_seen |= rule->verb == VERB_ONCE;
		rules->ask_for_prose |= !(rule->verb == VERB_DROP || rule->verb == VERB_KEEP) ||
		                        rule->zones != ZONE_ALL;
		rules->each_alone &= rule->near == 0;
	}
	rules->each_alone &= !rules->ask_for_seen && !rules->ask_for_prose;
	return true;
}

static void add_index(struct declutter_rules *rules, const struct index *index)
{
	rules->indexes[rules->index_count++] = index;
	if (index->longest > rules->longest)
		rules->longest = index->longest;
}

static bool index_rules(struct declutter_rules *rules)
{
	rules->longest = 0;
	if (rules->builtin)
		add_index(rules, &builtin_index);
	if (rules->own_count == 0)
		return true;
	rules->own_index = index_new((const struct rule *const *)rules->own, rules->own_count);
	if (!rules->own_index)
		return false;
	add_index(rules, rules->own_index);
	return true;
}

/* Evidence of all active score rules; the built-in table will do if they are just those. */
static bool weigh_rules(struct declutter_rules *rules)
{
	size_t count = 0, builtin = 0, own = 0;
	const struct rule **scores = NULL;

	/* Most often so: then nothing is to be asked of thousands of rules. */
	if (rules->as_built && rules->own_count == 0) {
		rules->evidence = &builtin_evidence;
		return true;
	}
	for (size_t i = 0; i < rules_count(rules); i++) {
		if (!rules_scores(rules, i))
			continue;
		builtin += i < rules->builtin_count;
		own += i >= rules->builtin_count;
		count += rules_active(rules, i);
	}
	if (count == 0)
		return true;
	rules->evidence = &builtin_evidence;
	if (count == builtin && own == 0)
		return true;
	scores = calloc(count, sizeof *scores);
	count = 0;
	for (size_t i = 0; scores && i < rules_count(rules); i++)
		if (rules_scores(rules, i) && rules_active(rules, i))
			scores[count++] = rules_at(rules, i);
	rules->own_evidence = scores ? evidence_new(scores, count) : NULL;
	rules->evidence = rules->own_evidence;
	free(scores);
	return rules->evidence != NULL;
}

bool declutter_rules_settle(struct declutter_rules *rules,
    const struct declutter_selection *selection, struct declutter_error *error)
{
	static const struct declutter_selection everything = {0};

	if (!selection)
		selection = &everything;
	if (!verify_groups(selection->keep_groups, "--keep", error) ||
	    !verify_groups(selection->only_groups, "--only", error) ||
	    !verify_languages(rules, selection->languages, error))
		return false;
	forget_settled(rules);
	rules->states = calloc(rules_count(rules) + 1, sizeof *rules->states);
	if (!rules->states)
		return error_memory(error);
	select_rules(rules, selection);
	if (!note_needs(rules) || !index_rules(rules) || !weigh_rules(rules))
		return error_memory(error);
	/* Keeping the article's group means not to look for the article. */
	if (is_listed(selection->keep_groups, group_name(GROUP_ARTICLE)))
		rules->evidence = NULL;
	return rules->settled = true;
}

size_t declutter_rules_count(const struct declutter_rules *rules)
{
	return rules_count(rules);
}

const struct declutter_rule *declutter_rules_get(
    const struct declutter_rules *rules, size_t index, bool *active)
{
	if (active)
		*active = rules->settled && rules_active(rules, index);
	return &rules_at(rules, index)->facts;
}

bool declutter_rules_threshold(const struct declutter_rules *rules, const char *name, int *value)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(setting_name((enum setting)i), name) != 0)
			continue;
		*value = rules->settings[i].value;
		return true;
	}
	return false;
}

size_t declutter_rules_builtin_count(const struct declutter_rules *rules)
{
	return rules->builtin_count;
}

static uint64_t add_text(uint64_t hash, const char *text)
{
	return hash_mix(hash, hash_bytes(text, strlen(text)));
}

static uint64_t add_number(uint64_t hash, int64_t number)
{
	return hash_mix(hash, (uint64_t)number);
}

static uint64_t hash_rule(uint64_t hash, const struct rule *rule)
{
	hash = add_text(hash, rule->facts.verb);
	hash = add_text(hash, rule->facts.group);
	hash = add_text(hash, rule->pattern ? rule->pattern->text : "");
	hash = add_number(hash, rule->pattern && rule->pattern->search);
	hash = add_number(hash, rule->pattern && rule->pattern->caseful);
	hash = add_text(hash, rule->site);
	hash = add_text(hash, rule->until ? rule->until->pattern->text : "");
	hash = add_number(hash, rule->longest);
	hash = add_number(hash, rule->near);
	hash = add_number(hash, rule->least);
	hash = add_number(hash, rule->lines);
	hash = add_number(hash, rule->zones);
	hash = add_number(hash, rule->score);
	for (size_t i = 0; i < rule->condition_count; i++) {
		hash = add_number(hash, rule->conditions[i].feature);
		hash = add_number(hash, rule->conditions[i].comparison);
		hash = add_number(hash, rule->conditions[i].value);
	}
	return hash;
}

uint64_t declutter_rules_hash(const struct declutter_rules *rules)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < rules_count(rules); i++)
		if (rules_active(rules, i))
			hash =
			    add_number(hash_rule(hash, rules_at(rules, i)), rules_kept(rules, i));
	for (int i = 0; i < SETTING_COUNT; i++)
		hash = add_number(hash, rules->settings[i].value);
	return add_number(hash, rules->evidence != NULL);
}
