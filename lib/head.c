#include "head.h"

#include <string.h>

static const char *nth_group(unsigned i)
{
	return group_name((enum group)i);
}

static const char *nth_feature(unsigned i)
{
	return feature_name((enum feature)i);
}

static const char *const modifiers[] = {"any", "case",
    "len=", "near=", "min=", "lines=", "until=", "in=", "lang=", "site=", "level=", "id="};

enum { MODIFIER_COUNT = sizeof modifiers / sizeof *modifiers };

static const char *nth_modifier(unsigned i)
{
	return modifiers[i];
}

static bool parse_zones(struct parser *p, struct word value, unsigned *zones)
{
	static const struct {
		const char *name;
		unsigned bits;
	} names[] = {{"head", ZONE_HEAD}, {"body", ZONE_BODY}, {"tail", ZONE_TAIL},
	    {"edge", ZONE_HEAD | ZONE_TAIL}, {"comments", ZONE_COMMENTS}};
	const char *end = value.at + value.size;

	*zones = 0;
	for (const char *at = value.at; at <= end;) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		struct word name = {at, (size_t)((comma ? comma : end) - at)};
		unsigned bits = 0;
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (word_equals(name, names[i].name))
				bits = names[i].bits;
		if (!bits)
			return FAIL(p, name.at,
			    "unknown zone \"%.*s\": write head, body, tail, edge or comments",
			    (int)name.size, name.at);
		*zones |= bits;
		at = name.at + name.size + 1;
	}
	return true;
}

/* "until=NAME": the pattern of a define, as a rule of its own that only ends blocks. */
static bool parse_until(struct parser *p, struct word value, struct rule *rule)
{
	const struct define *define = parser_define(p, value);

	if (!define)
		return FAIL(p, value.at,
		    "until=%.*s: write the name of a define above, as in \"define END: ...\"",
		    (int)value.size, value.at);
	struct rule *until = parser_new_rule(p, VERB_UNTIL, rule->group);
	if (!until)
		return false;
	until->pattern = pattern_new(define->text, define->size, false, false);
	if (!until->pattern)
		return parser_finish_rule(p, until, error_memory(p->error));
	rule->until = until;
	return parser_finish_rule(p, until, true);
}

static bool parse_natural(struct parser *p, struct word value, int least, int most, unsigned *out)
{
	int number = 0;

	if (!word_number(p, value, &number))
		return false;
	if (number < least || number > most)
		return FAIL(p, value.at, "%d is out of range: write %d to %d", number, least, most);
	*out = (unsigned)number;
	return true;
}

/* "name=value" of a modifier; *known is false if the word is none. */
static bool parse_valued(
    struct parser *p, struct word word, struct word value, struct rule *rule, bool *known)
{
	struct word name = {word.at, (size_t)(value.at - word.at)};
	unsigned level = 0;

	*known = true;
	if (word_equals(name, "len=")) {
		rule->capped = true;
		return parse_natural(p, value, 1, 100000, &rule->longest);
	}
	if (word_equals(name, "near="))
		return parse_natural(p, value, 1, 20, &rule->near);
	if (word_equals(name, "min="))
		return parse_natural(p, value, 2, 20, &rule->least);
	if (word_equals(name, "lines="))
		return parse_natural(p, value, 1, 100000, &rule->lines);
	if (word_equals(name, "until="))
		return parse_until(p, value, rule);
	if (word_equals(name, "in="))
		return parse_zones(p, value, &rule->zones);
	if (word_equals(name, "lang="))
		return parser_string(p, value, &rule->facts.language);
	if (word_equals(name, "site="))
		return parser_site(p, value, &rule->site);
	if (word_equals(name, "id="))
		return parser_string(p, value, &rule->facts.id);
	if (word_equals(name, "level=")) {
		if (!parse_natural(p, value, 1, 3, &level))
			return false;
		rule->level = (int)level;
		return true;
	}
	*known = false;
	return true;
}

/* "words>=20", "ends=sentence": a condition of a score rule. */
static bool parse_condition(struct parser *p, struct word word, struct rule *rule)
{
	struct word name = {word.at, 0};

	while (name.size < word.size && !strchr("<>=!", name.at[name.size]))
		name.size++;
	enum feature feature = feature_find(name.at, name.size);
	const char *at = name.at + name.size;
	static const char *const signs[] = {">=", "<=", "!=", "="};
	static const enum comparison comparisons[] = {
	    COMPARE_LEAST, COMPARE_MOST, COMPARE_UNEQUAL, COMPARE_EQUAL};

	if (feature == FEATURE_COUNT)
		return parser_fail_unknown(p, "feature", name, nth_feature, FEATURE_COUNT);
	if (rule->condition_count == CONDITIONS_MAX)
		return FAIL(p, word.at, "a rule can have %d conditions at most", CONDITIONS_MAX);
	struct condition *condition = &rule->conditions[rule->condition_count++];
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t size = strlen(signs[i]);
		if (at + size > word.at + word.size || memcmp(at, signs[i], size) != 0)
			continue;
		struct word value = {at + size, (size_t)(word.at + word.size - at) - size};
		int number = ending_find(value.at, value.size);
		if (number < 0 && !word_number(p, value, &number))
			return false;
		if (number < -30000 || number > 30000)
			return FAIL(p, value.at, "%d is out of range: 30000 is the most", number);
		*condition =
		    (struct condition){(uint8_t)feature, (uint8_t)comparisons[i], (short)number};
		return true;
	}
	return FAIL(p, at, "a comparison is missing: write %.*s>=, <=, = or != and a number",
	    (int)name.size, name.at);
}

static bool parse_modifier(
    struct parser *p, struct word word, struct rule *rule, bool *search, bool *caseful)
{
	const char *sign = memchr(word.at, '=', word.size);
	bool known = true;

	if (word_equals(word, "any"))
		*search = true;
	else if (word_equals(word, "case"))
		*caseful = true;
	else if (!sign)
		known = false;
	else {
		struct word value = {sign + 1, (size_t)(word.at + word.size - sign) - 1};
		if (!parse_valued(p, word, value, rule, &known))
			return false;
	}
	if (known)
		return true;
	if (rule->verb == VERB_SCORE)
		return parse_condition(p, word, rule);
	return parser_fail_unknown(p, "modifier", word, nth_modifier, MODIFIER_COUNT);
}

/* The group, or the score's amount and the group; an absent group is "other". */
static bool parse_group(struct parser *p, const char *limit, struct rule *rule)
{
	struct word word = word_next(p, limit);

	if (rule->verb == VERB_SCORE) {
		if (!word_number(p, word, &rule->score))
			return false;
		word = word_next(p, limit);
	}
	rule->group = group_find(word.at, word.size);
	rule->grouped = rule->group != GROUP_COUNT;
	if (word.size == 0 || memchr(word.at, '=', word.size) || word_equals(word, "any") ||
	    word_equals(word, "case")) {
		p->at = word.at; /* a modifier: the group was left out */
		rule->group = rule->verb == VERB_SCORE ? GROUP_ARTICLE : GROUP_OTHER;
	} else if (rule->group == GROUP_COUNT) {
		return parser_fail_unknown(p, "group", word, nth_group, GROUP_COUNT);
	}
	return true;
}

bool parse_head(struct parser *p, const char *limit, struct rule *rule, bool *search, bool *caseful)
{
	const char *verb_at = p->line;

	if (rule->verb != VERB_DETECT && !parse_group(p, limit, rule))
		return false;
	rule->longest = group_longest(rule->group);
	for (struct word word; (word = word_next(p, limit)).size > 0;)
		if (!parse_modifier(p, word, rule, search, caseful))
			return false;
	if (rule->verb == VERB_RUN && rule->least == 0)
		return FAIL(p, verb_at, "a run needs a length: write min=3 or so before the \":\"");
	if (rule->verb != VERB_RUN && rule->least > 0)
		return FAIL(p, verb_at, "min= is for run: write it with that verb");
	if (rule->verb != VERB_BLOCK && (rule->lines > 0 || rule->until))
		return FAIL(
		    p, verb_at, "lines= and until= are for block: write them with that verb");
	if (rule->verb == VERB_DETECT && rule->site[0] == '\0')
		return FAIL(
		    p, verb_at, "detect tells a site's pages: write \"site NAME\" above it");
	if (*search && !rule->capped && rule->longest == 0 && rule->verb != VERB_SCORE)
		return FAIL(
		    p, verb_at, "any searches inside lines: say with len= in how long ones");
	return true;
}
