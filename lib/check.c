/* The rule author's test run: examples and lint. */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "rules.h"
#include "text.h"

struct check {
	const struct declutter_rules *rules;
	struct matcher *matcher;
	struct subject subject;
	struct candidates candidates;
	const struct rule **shadows; /* rules that may match all that one lists */
	size_t shadow_count, shadow_capacity;
	declutter_report *report;
	void *context;
	size_t failures;
	bool failed; /* memory is short */
};

#define REPORT(check, rule, line, column, ...) \
	do { \
		struct declutter_error failure; \
		error_at(&failure, (rule)->facts.file, (line), (column), __VA_ARGS__); \
		(check)->report((check)->context, &failure); \
		(check)->failures++; \
	} while (0)

/* ---- examples ---- */

/* Examples are indented by two. */
enum { EXAMPLE_COLUMN = 3 };

static enum match matches(struct check *check, const struct rule *rule, const char *text)
{
	enum match match = MATCH_FAILED;

	if (subject_make(&check->subject, text, strlen(text), NULL)) {
		if (rule->longest > 0 && check->subject.scan.characters > rule->longest)
			return MATCH_NO;
		match = rule_match(rule, check->matcher, &check->subject);
	}
	check->failed |= match == MATCH_FAILED;
	return match;
}

/* Say from where on the example is none of the pattern's, if it is for a part of it only. */
static void report_mismatch(
    struct check *check, const struct rule *rule, const struct example *example)
{
	struct span text = check->subject.text;
	size_t reach = pattern_reach(rule->pattern, text.data, text.size);

	if (reach == PATTERN_REACH_FAILED)
		check->failed = true;
	else if (reach == text.size && rule->pattern->search)
		REPORT(check, rule, example->line, EXAMPLE_COLUMN,
		    "\"%s\" should match %s, but it is nowhere in it", example->text,
		    rule->facts.pattern);
	else if (reach == text.size)
		REPORT(check, rule, example->line, EXAMPLE_COLUMN,
		    "\"%s\" should match %s, but the pattern wants more after it", example->text,
		    rule->facts.pattern);
	else
		REPORT(check, rule, example->line, EXAMPLE_COLUMN,
		    "\"%s\" should match %s, but does not from \"%.*s\" on", example->text,
		    rule->facts.pattern, (int)(text.size - reach), text.data + reach);
}

static void check_example(struct check *check, const struct rule *rule, struct example example)
{
	enum match match = matches(check, rule, example.text);

	if (match == MATCH_LIMIT)
		REPORT(check, rule, example.line, EXAMPLE_COLUMN,
		    "the pattern takes too many steps on \"%s\": make it simpler", example.text);
	else if (example.sign == '+' && match == MATCH_NO && rule->longest > 0 &&
	         check->subject.scan.characters > rule->longest)
		REPORT(check, rule, example.line, EXAMPLE_COLUMN,
		    "\"%s\" is longer than the rule's %u characters: write len=%u or more",
		    example.text, rule->longest, check->subject.scan.characters);
	else if (example.sign == '+' && match == MATCH_NO)
		report_mismatch(check, rule, &example);
	else if (example.sign == '-' && match == MATCH_YES)
		REPORT(check, rule, example.line, EXAMPLE_COLUMN,
		    "\"%s\" should not match %s, but does", example.text, rule->facts.pattern);
	else if (example.sign == '?' && match == MATCH_YES)
		REPORT(check, rule, example.line, EXAMPLE_COLUMN,
		    "\"%s\" matches now: write \"+\" in place of \"?\"", example.text);
}

static bool has_positive_example(const struct check *check, const struct rule *rule)
{
	for (size_t i = 0; i < rule->example_count; i++)
		if (rules_example(check->rules, rule, i).sign == '+')
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
			at += at[1] == '^';
			at += at[1] == ']';
		} else if (*at == '(' && depth + 1 < DEPTH) {
			repeats[++depth] = false;
		} else if (*at == ')' && depth > 0) {
			bool inner = repeats[depth--];
			if (inner && (at[1] == '*' || at[1] == '+') && at[2] != '+')
				return true;
			repeats[depth] |= inner;
		} else if (*at == '*' || *at == '+') {
			bool possessive = at[1] == '+';
			repeats[depth] |= !possessive;
			at += possessive;
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
	return other != rule && other->verb == rule->verb && other->near == rule->near &&
	       other->zones == rule->zones && other->level <= rule->level && !other->site[0] &&
	       (!other->facts.language[0] ||
	           strcmp(other->facts.language, rule->facts.language) == 0) &&
	       (other->longest == 0 || (rule->longest > 0 && other->longest >= rule->longest));
}

static bool find_candidates(struct check *check)
{
	check->candidates.count = 0;
	for (size_t i = 0; i < check->rules->index_count; i++)
		if (!index_candidates(
		        check->rules->indexes[i], &check->subject, &check->candidates))
			return false;
	return true;
}

static bool make_subject(struct check *check, const struct literals *phrases, size_t number)
{
	const struct literal *phrase = &phrases->items[number];
	bool made =
	    subject_make(&check->subject, literal_text(phrases, phrase), phrase->size, NULL);

	check->failed |= !made;
	return made;
}

/* Whether the other rule, which is of the same scope, matches the subject as well. */
static bool is_shadow(struct check *check, const struct rule *other)
{
	enum match match = rule_match(other, check->matcher, &check->subject);

	check->failed |= match == MATCH_FAILED;
	return match == MATCH_YES;
}

/* Find what may shadow the rule: all rules that match its first phrase. */
static bool find_shadows(
    struct check *check, const struct rule *rule, const struct literals *phrases)
{
	if (!make_subject(check, phrases, 0))
		return false;
	if (!subject_fold(&check->subject) || !find_candidates(check) ||
	    !grow(&check->shadows, &check->shadow_capacity, check->candidates.count,
	        sizeof *check->shadows)) {
		check->failed = true;
		return false;
	}
	check->shadow_count = 0;
	for (size_t i = 0; i < check->candidates.count; i++) {
		uint32_t number = check->candidates.items[i].rule;
		const struct rule *other = rules_at(check->rules, number);
		if (rules_active(check->rules, number) && same_scope(rule, other) &&
		    is_shadow(check, other))
			check->shadows[check->shadow_count++] = other;
	}
	return true;
}

/* Keep the shadows that match each of the phrases. */
static void keep_shadows(struct check *check, const struct literals *phrases)
{
	for (size_t i = 0; i < phrases->count && check->shadow_count > 0; i++) {
		size_t kept = 0;
		if (!make_subject(check, phrases, i))
			return;
		for (size_t k = 0; k < check->shadow_count; k++)
			if (is_shadow(check, check->shadows[k]))
				check->shadows[kept++] = check->shadows[k];
		check->shadow_count = kept;
	}
}

static const struct rule *first_shadow(const struct check *check)
{
	const struct rule *first = NULL;

	for (size_t i = 0; i < check->shadow_count; i++)
		if (!first || check->shadows[i]->facts.index < first->facts.index)
			first = check->shadows[i];
	return first;
}

/* A rule that is a list of phrases is shadowed if one other rule matches each of them. */
static const struct rule *find_shadow(struct check *check, const struct rule *rule)
{
	struct analysis analysis;

	if (!rule->pattern->exact || !rules_active(check->rules, rule->facts.index))
		return NULL;
	if (!analysis_init(&analysis, rule->pattern->text, rule->pattern->size)) {
		check->failed = true;
		return NULL;
	}
	check->shadow_count = 0;
	if (find_shadows(check, rule, &analysis.branches[0].start))
		for (size_t i = 0; i < analysis.count; i++)
			keep_shadows(check, &analysis.branches[i].start);
	analysis_fini(&analysis);
	return first_shadow(check);
}

static void lint(struct check *check, const struct rule *rule)
{
	unsigned line = rule->facts.line, column = rule->column;
	const char *text = rule->pattern->text;

	if (!rule->pattern->exact && !has_positive_example(check, rule))
		REPORT(check, rule, line, column,
		    "no example: write a line \"  + \" with a line that %s matches below it",
		    rule->facts.pattern);
	if (matches(check, rule, "") == MATCH_YES)
		REPORT(check, rule, line, column, "the pattern matches an empty line: %s",
		    rule->facts.pattern);
	if (rule->pattern->search && !rule->capped)
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
	enum compiles compiles = pattern_compiles(rule->pattern, &offset, message, sizeof message);
	check->failed |= compiles == COMPILES_FAILED;
	if (compiles == COMPILES_FAILED)
		return;
	if (compiles == COMPILES_NOT) {
		REPORT(check, rule, rule->facts.line, rule->column,
		    "the pattern does not compile: %s", message);
		return;
	}
	for (size_t i = 0; i < rule->example_count; i++)
		check_example(check, rule, rules_example(check->rules, rule, i));
	if (rule->verb != VERB_SCORE)
		lint(check, rule);
}

size_t declutter_rules_check(
    const struct declutter_rules *rules, bool builtin, declutter_report *report, void *context)
{
	struct check check = {
	    .rules = rules, .matcher = matcher_new(), .report = report, .context = context};

	check.failed = check.matcher == NULL;
	for (size_t i = builtin ? 0 : rules->builtin_count; !check.failed && i < rules_count(rules);
	     i++)
		check_rule(&check, rules_at(rules, i));
	matcher_free(check.matcher);
	subject_fini(&check.subject);
	candidates_fini(&check.candidates);
	free(check.shadows);
	return check.failed ? SIZE_MAX : check.failures;
}
