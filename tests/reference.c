/*
 * The fast path against the slow reference: for each line, the rules that
 * the index lets through and PCRE2 matches must be those that match when
 * every rule is tried in turn.  usage: reference [-g COUNT] [file ...]
 * With -g, so many lines more are made of the examples of the rules.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "index.h"
#include "rules.h"
#include "verdicts.h"

enum { SEEN = 1 << 22, LINE_MAX_BYTES = 4096 };

struct reference {
	const struct declutter_rules *rules;
	struct matcher *matcher;
	struct subject subject;
	struct candidates candidates;
	uint64_t *seen; /* subjects that were compared already */
	size_t lines, matches, differences;
};

static bool tried(struct reference *r, const struct rule *rule)
{
	return (rule->longest == 0 || r->subject.scan.characters <= rule->longest) &&
	       rule_match(rule, r->matcher, &r->subject) == MATCH_YES;
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

/* Whether the subject is new; the table forgets, and never errs otherwise. */
static bool is_new(struct reference *r)
{
	uint64_t hash = hash_bytes(r->subject.text.data, r->subject.text.size) | 1;
	uint64_t *place = &r->seen[hash >> 20 & (SEEN - 1)];
	bool new = *place != hash;

	*place = hash;
	return new;
}

/* Whether the edges of a subject tell that no rule can match it. */
static bool is_ruled_out(struct reference *r, const struct index *index)
{
	return subject_fold_edges(&r->subject) && index_rules_out(index, &r->subject);
}

static void compare_line(struct reference *r, const char *line, size_t size)
{
	const struct index *index = r->rules->indexes[0];
	size_t matches = r->matches;

	if (!subject_make(&r->subject, line, size, NULL) || !subject_fold(&r->subject) ||
	    r->subject.text.size == 0 || !is_new(r))
		return;
	r->candidates.count = 0;
	if (!index_candidates(index, &r->subject, &r->candidates))
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
	if (r->matches > matches && is_ruled_out(r, index)) {
		r->differences++;
		printf("its edges rule out all that match: %.*s\n", (int)size, line);
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

/* ---- generated lines ---- */

static const char *draw_example(const struct reference *r, uint64_t *state)
{
	for (;;) {
		const struct rule *rule = rules_at(r->rules, draw(state, rules_count(r->rules)));
		if (rule->example_count > 0)
			return rules_example(r->rules, rule, draw(state, rule->example_count)).text;
		if (rule->pattern && rule->pattern->exact)
			return rule->pattern->text;
	}
}

/* One change of those that readers, renderers and those who hide labels make. */
static void change(const struct reference *r, uint64_t *state, char *line)
{
	static const char *const bits[] = {" ", "1", "12:30", " 7", "\u00ad", "\u200b", "\u00a0",
	    "- ", ":", "!", "©", "ß", "İ", "ı", "ſ", "Σ", "\u212a", "…", " | ", "(", "中"};
	size_t size = strlen(line), at = draw(state, size + 1);
	const char *bit =
	    draw(state, 4) ? bits[draw(state, sizeof bits / sizeof *bits)] : draw_example(r, state);
	size_t bit_size = strlen(bit);

	switch (draw(state, 4)) {
	case 0:
		if (size + bit_size >= LINE_MAX_BYTES)
			return;
		memmove(line + at + bit_size, line + at, size - at + 1);
		memcpy(line + at, bit, bit_size);
		return;
	case 1:
		if (at < size)
			memmove(line + at, line + at + 1, size - at);
		return;
	case 2:
		for (size_t i = at; i < size; i++)
			if (line[i] >= 'a' && line[i] <= 'z')
				line[i] = (char)(line[i] - 32);
		return;
	default:
		if (at < size && line[at] >= '0' && line[at] <= '9')
			line[at] = (char)('0' + draw(state, 10));
	}
}

static void compare_generated(struct reference *r, size_t count)
{
	uint64_t state = 88172645463325252u;
	static char line[LINE_MAX_BYTES + 1];

	for (size_t last = r->lines + count; r->lines < last && r->differences == 0;) {
		snprintf(line, sizeof line, "%s", draw_example(r, &state));
		for (size_t changes = draw(&state, 4); changes > 0; changes--)
			change(r, &state, line);
		compare_line(r, line, strlen(line));
	}
}

int main(int argc, char **argv)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	const struct declutter_selection all = {.level = 3};
	struct reference r = {
	    .rules = rules, .matcher = matcher_new(), .seen = calloc(SEEN, sizeof *r.seen)};
	bool done = rules && r.matcher && r.seen && declutter_rules_add_builtin(rules, &error) &&
	            declutter_rules_settle(rules, &all, &error);
	size_t generated = 0;

	for (int i = 1; done && i < argc; i++) {
		if (strcmp(argv[i], "-g") == 0 && i + 1 < argc)
			generated = strtoul(argv[++i], NULL, 10);
		else
			done = compare_file(&r, argv[i]);
	}
	if (done)
		compare_generated(&r, generated);
	printf("reference: %zu lines, %zu matches, %zu differences\n", r.lines, r.matches,
	    r.differences);
	matcher_free(r.matcher);
	subject_fini(&r.subject);
	candidates_fini(&r.candidates);
	free(r.seen);
	declutter_rules_free(rules);
	return done && r.differences == 0 && r.matches > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
