/* The rule set: rules of all layers, the article model's settings, the index. */
#ifndef RULES_H
#define RULES_H

#include "evidence.h"
#include "index.h"
#include "rule.h"

/* X(enumerator, name in rule files, value when no file sets it). */
#define SETTINGS(X) \
	X(ENTER, "enter", 30) \
	X(REENTER, "reenter", 200) \
	X(LEAVE, "leave", 120) \
	X(HOLE, "hole", 20) \
	X(TOLERATE, "tolerate", 120) \
	X(ESTABLISH, "establish", 300) \
	X(PAGE_RULES, "page-rules", 2) \
	X(PAGE_LINES, "page-lines", 12) \
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

struct declutter_rules {
	struct rule **rules;
	size_t count, capacity;
	char **strings; /* names that rules point to */
	size_t string_count, string_capacity;
	struct setting_value settings[SETTING_COUNT];
	struct index *index; /* of the active rules, once settled */
	bool settled;
	unsigned *runs; /* numbers of the active run rules */
	size_t run_count, run_capacity;
	unsigned *scores; /* numbers of the active score rules */
	size_t score_count, score_capacity;
	struct evidence *evidence; /* of the score rules, once settled */
};

/* A copy of the string that lives as long as the set, or NULL. */
const char *rules_string(struct declutter_rules *rules, const char *text, size_t size);

/* Takes the rule over; false when memory is short (the rule is then freed). */
bool rules_append(struct declutter_rules *rules, struct rule *rule);

/* Turn a rule file's text into rules. */
bool parse_rules(struct declutter_rules *rules, const char *name, const char *text, size_t size,
    bool builtin, struct declutter_error *error);

/* Turn a list of plain lines into drop rules. */
bool parse_plain(struct declutter_rules *rules, const char *name, const char *text, size_t size,
    struct declutter_error *error);

const char *setting_name(enum setting setting);

#endif
