/*
 * The fast path against the slow reference: for each line of the files, the
 * rules that the index lets through and PCRE2 matches must be those that
 * match when every rule is tried in turn.  usage: reference [file ...]
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "rules.h"

struct reference {
	const struct declutter_rules *rules;
	struct matcher *matcher;
	struct subject subject;
	struct candidates candidates;
	size_t lines, matches, differences;
};

static bool tried(struct reference *r, const struct rule *rule)
{
	return (rule->longest == 0 || r->subject.scan.characters <= rule->longest) &&
	       rules_match(r->rules, rule, r->matcher, &r->subject) == MATCH_YES;
}

static bool found(struct reference *r, unsigned number, const struct rule *rule)
{
	for (size_t i = 0; i < r->candidates.count; i++)
		if (r->candidates.items[i].rule == number)
			return r->candidates.items[i].certain
			           ? rule->longest == 0 ||
			                 r->subject.scan.characters <= rule->longest
			           : tried(r, rule);
	return false;
}

static void compare_line(struct reference *r, const char *line, size_t size)
{
	if (!subject_make(&r->subject, line, size, NULL) || !subject_fold(&r->subject) ||
	    r->subject.text.size == 0)
		return;
	r->candidates.count = 0;
	if (!index_candidates(r->rules->indexes[0], &r->subject, &r->candidates))
		return;
	r->lines++;
	for (size_t i = 0; i < rules_count(r->rules); i++) {
		const struct rule *rule = rules_at(r->rules, i);
		if (!rules_active(r->rules, i) || !rule->pattern)
			continue;
		bool slow = tried(r, rule), fast = found(r, (unsigned)i, rule);
		r->matches += slow;
		if (slow == fast)
			continue;
		r->differences++;
		printf("%s:%u: %s alone matches: %.*s\n", rule->facts.file, rule->facts.line,
		    slow ? "the reference" : "the index", (int)size, line);
	}
}

static bool compare_file(struct reference *r, const char *path)
{
	FILE *file = fopen(path, "rb");
	char *line = NULL;
	size_t capacity = 0;

	if (!file) {
		perror(path);
		return false;
	}
	for (ssize_t size; (size = getline(&line, &capacity, file)) > 0;)
		compare_line(r, line, (size_t)size);
	free(line);
	return fclose(file) == 0;
}

int main(int argc, char **argv)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	const struct declutter_selection all = {.level = 3};
	struct reference r = {.rules = rules, .matcher = matcher_new()};
	bool done = rules && r.matcher && declutter_rules_add_builtin(rules, &error) &&
	            declutter_rules_settle(rules, &all, &error);

	for (int i = 1; done && i < argc; i++)
		done = compare_file(&r, argv[i]);
	printf("reference: %zu lines, %zu matches, %zu differences\n", r.lines, r.matches,
	    r.differences);
	matcher_free(r.matcher);
	subject_fini(&r.subject);
	candidates_fini(&r.candidates);
	declutter_rules_free(rules);
	return done && r.differences == 0 && r.matches > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
