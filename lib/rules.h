/* The rule set: rules of all layers, the article model's settings, the index. */
#ifndef RULES_H
#define RULES_H

#include "evidence.h"
#include "index.h"
#include "packed.h"
#include "rule.h"

/* X(enumerator, name in rule files, value when no file sets it). */
#define SETTINGS(X) \
	X(ENTER, "enter", 30) \
	X(REENTER, "reenter", 200) \
	X(LEAVE, "leave", 120) \
	X(HOLE, "hole", 20) \
	X(ROW, "row", 5) \
	X(TOLERATE, "tolerate", 120) \
	X(BEGIN, "begin", 50) \
	X(ESTABLISH, "establish", 300) \
	X(PAGE_RULES, "page-rules", 2) \
	X(PAGE_EVIDENCE, "page-evidence", 2000) \
	X(BLOCK_LINES, "block-lines", 8) \
	X(PROSE_WORDS, "prose-words", 10) \
	X(RESUME_WORDS, "resume-words", 40)

enum setting {
#define X(enumerator, name, value) SETTING_##enumerator,
	SETTINGS(X)
#undef X
	    SETTING_COUNT
};

struct setting_value {
	int value;
	enum { SET_NOWHERE, SET_BUILTIN, SET_BY_USER } where;
};

/* Built-in rules come first, whenever they were added; each rule's number is its facts.index. */
struct declutter_rules {
	struct unpacked *builtin; /* NULL without them */
	uint32_t builtin_count;
	struct rule **own; /* parsed at run time */
	size_t own_count, own_capacity;
	char **strings; /* names that rules point to */
	size_t string_count, string_capacity;
	struct setting_value settings[SETTING_COUNT];

	declutter_report *report; /* takes what is wrong with rule files, or NULL */
	void *report_context;

	/* once settled: */
	bool settled;
	uint8_t *states; /* by number; most often the rule itself need not be looked at */
	const struct index *indexes[2];
	size_t index_count;
	uint32_t longest; /* characters of the longest subject that any rule can match */
	struct index *own_index;
	const struct evidence *evidence; /* NULL: there are no score rules */
	struct evidence *own_evidence;
	bool as_built;      /* built-in rules are active as they are if nothing is asked for */
	bool any_kept;      /* of a group that the reader keeps */
	bool ask_for_seen;  /* a rule asks whether a subject occurred before */
	bool ask_for_prose; /* a rule's effect depends on the prose around */
	bool each_alone;    /* no rule looks at anything but the paragraph it is for */
	uint32_t *runs;     /* numbers of the active run rules */
	size_t run_count, run_capacity;
};

static inline size_t rules_count(const struct declutter_rules *rules)
{
	return rules->builtin_count + rules->own_count;
}

static inline const struct rule *rules_at(const struct declutter_rules *rules, size_t number)
{
	return number < rules->builtin_count ? unpacked_rule(rules->builtin, number)
	                                     : rules->own[number - rules->builtin_count];
}

/* The number-th example of the rule. */
static inline struct example rules_example(
    const struct declutter_rules *rules, const struct rule *rule, size_t number)
{
	return rule->facts.index < rules->builtin_count
	           ? unpacked_example(rules->builtin, rule->facts.index, number)
	           : rule->examples[number];
}

static inline bool rules_active(const struct declutter_rules *rules, size_t number)
{
	return rules->states[number] & RULE_ACTIVE;
}

static inline bool rules_simple(const struct declutter_rules *rules, size_t number)
{
	return rules->states[number] & RULE_SIMPLE;
}

static inline bool rules_scores(const struct declutter_rules *rules, size_t number)
{
	return rules->states[number] & RULE_SCORE;
}

static inline bool rules_kept(const struct declutter_rules *rules, size_t number)
{
	return rules->states[number] & RULE_KEPT;
}

/* A copy of the string that lives as long as the set, or NULL. */
const char *rules_string(struct declutter_rules *rules, const char *text, size_t size);

/* Takes the rule over; false when memory is short (the rule is then freed). */
bool rules_append(struct declutter_rules *rules, struct rule *rule);

/* Tell of a failure if anyone listens; false if nobody does. */
bool rules_report(const struct declutter_rules *rules, const struct declutter_error *failure);

/* Turn a rule file's text into rules. */
bool parse_rules(struct declutter_rules *rules, const char *name, const char *text, size_t size,
    bool builtin, struct declutter_error *error);

/* Turn a list of plain lines into drop rules. */
bool parse_plain(struct declutter_rules *rules, const char *name, const char *text, size_t size,
    struct declutter_error *error);

const char *setting_name(enum setting setting);

#endif
