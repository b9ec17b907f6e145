/* The rule author's test run: examples and lint. */
#include <string.h>

#include "error.h"
#include "rules.h"
#include "text.h"

struct check {
	const struct declutter_rules *rules;
	struct matcher *matcher;
	struct subject subject;
	struct candidates candidates;
	declutter_report *report;
	void *context;
	size_t failures;
};

#define REPORT(check, rule, line, column, ...) \
	do { \
		struct declutter_error failure; \
		error_at(&failure, (rule)->facts.file, (line), (column), __VA_ARGS__); \
		(check)->report((check)->context, &failure); \
		(check)->failures++; \
	} while (0)

/* ---- examples ---- */

static enum match matches(struct check *check, const struct rule *rule, const char *text)
{
	if (!subject_make(&check->subject, text, strlen(text)))
		return MATCH_LIMIT;
	if (rule->longest > 0 && check->subject.characters > rule->longest)
		return MATCH_NO;
	return pattern_match(
	    rule->pattern, check->matcher, check->subject.text.data, check->subject.text.size);
}

static void check_example(
    struct check *check, const struct rule *rule, const struct example *example)
{
	enum match match = matches(check, rule, example->text);

	if (match == MATCH_LIMIT)
		REPORT(check, rule, example->line, 3,
		    "the pattern takes too many steps on \"%s\": make it simpler", example->text);
	else if (example->sign == '+' && match == MATCH_NO && rule->longest > 0 &&
	         check->subject.characters > rule->longest)
		REPORT(check, rule, example->line, 3,
		    "\"%s\" is longer than the rule's %u characters: write len=%zu or more",
		    example->text, rule->longest, check->subject.characters);
	else if (example->sign == '+' && match == MATCH_NO)
		REPORT(check, rule, example->line, 3, "\"%s\" should match %s, but does not",
		    example->text, rule->facts.pattern);
	else if (example->sign == '-' && match == MATCH_YES)
		REPORT(check, rule, example->line, 3, "\"%s\" should not match %s, but does",
		    example->text, rule->facts.pattern);
	else if (example->sign == '?' && match == MATCH_YES)
		REPORT(check, rule, example->line, 3,
		    "\"%s\" matches now: write \"+\" in place of \"?\"", example->text);
}

static bool has_positive_example(const struct rule *rule)
{
	for (size_t i = 0; i < rule->example_count; i++)
		if (rule->examples[i].sign == '+')
			return true;
	return false;
}

/* ---- lint ---- */

/* "(a+)+": a repeated group with a repetition in it can take exponential time. */
static bool has_nested_quantifiers(const char *pattern)
{
	enum { DEPTH = 64 };
	bool repeats[DEPTH] = {false};
	size_t depth = 0;
	bool in_class = false;

	for (const char *at = pattern; *at; at++) {
		if (*at == '\\' && at[1]) {
			at++;
		} else if (in_class) {
			in_class = *at != ']';
		} else if (*at == '[') {
			in_class = true;
			at += at[1] == ']' || (at[1] == '^' && at[2] == ']');
		} else if (*at == '(' && depth + 1 < DEPTH) {
			repeats[++depth] = false;
		} else if (*at == ')' && depth > 0) {
			bool inner = repeats[depth--];
			if (inner && (at[1] == '*' || at[1] == '+') && at[2] != '+')
				return true;
			repeats[depth] |= inner;
		} else if (*at == '*' || *at == '+') {
			repeats[depth] |= at[1] != '+';
		}
	}
	return false;
}

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_GREEK, SCRIPT_CYRILLIC };

static enum script script_of(uint32_t c)
{
	if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
	    (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7))
		return SCRIPT_LATIN;
	if (c >= 0x370 && c <= 0x3ff)
		return SCRIPT_GREEK;
	return c >= 0x400 && c <= 0x4ff ? SCRIPT_CYRILLIC : SCRIPT_NONE;
}

/* Whether a word of the pattern mixes alphabets that look alike. */
static bool mixes_alphabets(const char *pattern)
{
	enum script word = SCRIPT_NONE;
	size_t size = strlen(pattern);

	for (size_t at = 0; at < size;) {
		uint32_t c;
		if (pattern[at] == '\\' && at + 1 < size) {
			at += 2;
			word = SCRIPT_NONE;
			continue;
		}
		at += text_decode(pattern + at, size - at, &c);
		enum script script = script_of(c);
		if (script != SCRIPT_NONE && word != SCRIPT_NONE && script != word)
			return true;
		word = script;
	}
	return false;
}

/* Another rule of the same verb and no narrower scope that matches all that this one lists. */
static bool same_scope(const struct rule *rule, const struct rule *other)
{
	return other != rule && other->active && other->verb == rule->verb &&
	       other->near == rule->near && other->zones == rule->zones &&
	       other->level <= rule->level && !other->site[0] &&
	       (!other->language[0] || strcmp(other->language, rule->language) == 0) &&
	       (other->longest == 0 || (rule->longest > 0 && other->longest >= rule->longest));
}

static const struct rule *find_shadow_of(
    struct check *check, const struct rule *rule, const char *literal, size_t size)
{
	if (!subject_make(&check->subject, literal, size) ||
	    !index_candidates(check->rules->index, &check->subject, &check->candidates))
		return NULL;
	for (size_t i = 0; i < check->candidates.count; i++) {
		const struct rule *other = check->rules->rules[check->candidates.rules[i]];
		if (same_scope(rule, other) &&
		    pattern_match(other->pattern, check->matcher, check->subject.text.data,
		        check->subject.text.size) == MATCH_YES)
			return other;
	}
	return NULL;
}

/* A rule that is a list of phrases is shadowed if one other rule matches each of them. */
static const struct rule *find_shadow(struct check *check, const struct rule *rule)
{
	const struct literals *literals = &pattern_analysis(rule->pattern)->start;
	const struct rule *shadow = NULL;

	if (!pattern_analysis(rule->pattern)->exact || !rule->active || rule->verb == VERB_UNTIL)
		return NULL;
	for (size_t i = 0; i < literals->count; i++) {
		const char *text = literals->text.data + literals->items[i].offset;
		const struct rule *other =
		    find_shadow_of(check, rule, text, literals->items[i].size);
		if (!other || (shadow && other != shadow))
			return NULL;
		shadow = other;
	}
	return shadow;
}

static void lint(struct check *check, const struct rule *rule)
{
	unsigned line = rule->facts.line, column = rule->column;
	const char *text = pattern_text(rule->pattern);

	if (!pattern_analysis(rule->pattern)->exact && !has_positive_example(rule))
		REPORT(check, rule, line, column,
		    "no example: write a line \"  + \" with a line that %s matches below it",
		    rule->facts.pattern);
	if (pattern_match(rule->pattern, check->matcher, "", 0) == MATCH_YES)
		REPORT(check, rule, line, column, "the pattern matches an empty line: %s",
		    rule->facts.pattern);
	if (pattern_searches(rule->pattern) && !rule->capped)
		REPORT(check, rule, line, 1,
		    "any searches inside lines: say with len= in how long ones");
	if (has_nested_quantifiers(text))
		REPORT(check, rule, line, column,
		    "a repetition inside a repeated group can take very long: %s",
		    rule->facts.pattern);
	if (mixes_alphabets(text))
		REPORT(check, rule, line, column,
		    "a word mixes alphabets that look alike: type %s anew", rule->facts.pattern);
	const struct rule *shadow = find_shadow(check, rule);
	if (shadow)
		REPORT(check, rule, line, column, "%s:%u matches all that this rule does",
		    shadow->facts.file, shadow->facts.line);
}

static void check_rule(struct check *check, const struct rule *rule)
{
	size_t offset;
	char message[128];

	if (!rule->pattern || rule->verb == VERB_UNTIL)
		return;
	if (!pattern_compiles(rule->pattern, &offset, message, sizeof message)) {
		REPORT(check, rule, rule->facts.line, rule->column,
		    "the pattern does not compile: %s", message);
		return;
	}
	for (size_t i = 0; i < rule->example_count; i++)
		check_example(check, rule, &rule->examples[i]);
	if (rule->verb != VERB_SCORE)
		lint(check, rule);
}

size_t declutter_rules_check(
    const struct declutter_rules *rules, bool builtin, declutter_report *report, void *context)
{
	struct check check = {
	    .rules = rules, .matcher = matcher_new(), .report = report, .context = context};

	if (!check.matcher) {
		struct declutter_error failure;
		error_memory(&failure);
		report(context, &failure);
		return 1;
	}
	for (size_t i = 0; i < rules->count; i++)
		if (builtin || !rules->rules[i]->builtin)
			check_rule(&check, rules->rules[i]);
	matcher_free(check.matcher);
	subject_fini(&check.subject);
	candidates_fini(&check.candidates);
	return check.failures;
}
