/* A rule file's text becomes rules; errors carry file, line and column. */
#include <stdlib.h>
#include <string.h>

#include "error.h"
#include "forbidden.h"
#include "rules.h"
#include "text.h"
#include "url.h"

struct define {
	char *name;
	size_t name_size;
	char *text;
	size_t size;
};

struct word {
	const char *at;
	size_t size;
};

struct parser {
	struct declutter_rules *rules;
	struct declutter_error *error;
	const char *file;
	unsigned line_number;
	const char *line, *at, *end; /* the current line, without its end */
	bool builtin;
	const char *language, *site;
	struct define *defines;
	size_t define_count, define_capacity;
	struct rule *last; /* that examples belong to */
	bool passed_over;  /* the rule was wrong, and so its examples mean nothing */
};

enum { PATTERN_MAX = 16384 };

/* ---- errors ---- */

static unsigned column(const struct parser *p, const char *at)
{
	return (unsigned)text_length(p->line, (size_t)(at - p->line)) + 1;
}

#define FAIL(p, place, ...) \
	error_at((p)->error, (p)->file, (p)->line_number, column((p), (place)), __VA_ARGS__)

/* Damerau-Levenshtein distance up to transpositions of neighbours, for short names. */
static size_t distance(const char *a, size_t a_size, const char *b, size_t b_size)
{
	enum { LONGEST = 24 };
	size_t d[LONGEST + 1][LONGEST + 1] = {{0}};

	if (a_size > LONGEST || b_size > LONGEST)
		return LONGEST;
	for (size_t i = 0; i <= a_size; i++) {
		for (size_t j = 0; j <= b_size; j++) {
			if (i == 0 || j == 0) {
				d[i][j] = i + j;
				continue;
			}
			size_t best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			if (d[i - 1][j] + 1 < best)
				best = d[i - 1][j] + 1;
			if (d[i][j - 1] + 1 < best)
				best = d[i][j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	}
	return d[a_size][b_size];
}

/* The name of the list that was probably meant, or NULL. */
static const char *nearest(struct word word, const char *(*name)(unsigned), unsigned count)
{
	const char *best = NULL;
	size_t least = 3;

	for (unsigned i = 0; i < count; i++) {
		size_t d = distance(word.at, word.size, name(i), strlen(name(i)));
		if (d < least) {
			least = d;
			best = name(i);
		}
	}
	return best;
}

static bool fail_unknown(struct parser *p, const char *kind, struct word word,
    const char *(*name)(unsigned), unsigned count)
{
	const char *near = nearest(word, name, count);
	char list[256] = "";

	if (near)
		return FAIL(p, word.at, "unknown %s \"%.*s\": write \"%s\"?", kind, (int)word.size,
		    word.at, near);
	for (unsigned i = 0; i < count; i++) {
		size_t used = strlen(list);
		snprintf(list + used, sizeof list - used, "%s%s", i ? ", " : "", name(i));
	}
	return FAIL(p, word.at, "unknown %s \"%.*s\": write one of %s", kind, (int)word.size,
	    word.at, list);
}

/* ---- words ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void skip_blanks(struct parser *p)
{
	while (p->at < p->end && is_blank(*p->at))
		p->at++;
}

/* The next word before limit; size 0 when there is none. */
static struct word next_word(struct parser *p, const char *limit)
{
	while (p->at < limit && is_blank(*p->at))
		p->at++;
	struct word word = {p->at, 0};
	while (p->at < limit && !is_blank(*p->at))
		p->at++;
	word.size = (size_t)(p->at - word.at);
	return word;
}

static struct word rest_of_line(struct parser *p)
{
	skip_blanks(p);
	struct word rest = {p->at, (size_t)(p->end - p->at)};
	while (rest.size > 0 && is_blank(rest.at[rest.size - 1]))
		rest.size--;
	p->at = p->end;
	return rest;
}

static bool equals(struct word word, const char *text)
{
	return strlen(text) == word.size && memcmp(word.at, text, word.size) == 0;
}

static bool parse_number(struct parser *p, struct word word, int *value)
{
	const char *at = word.at, *end = word.at + word.size;
	bool negative = at < end && *at == '-';
	long number = 0;

	if (at < end && (*at == '-' || *at == '+'))
		at++;
	if (at == end)
		return FAIL(p, word.at, "a number is missing");
	for (; at < end; at++) {
		if (*at < '0' || *at > '9')
			return FAIL(
			    p, word.at, "\"%.*s\" is not a whole number", (int)word.size, word.at);
		number = number * 10 + (*at - '0');
		if (number > 1000000)
			return FAIL(p, word.at, "%.*s is too large: a million is the most",
			    (int)word.size, word.at);
	}
	*value = (int)(negative ? -number : number);
	return true;
}

/* ---- patterns ---- */

static const struct define *find_define(const struct parser *p, struct word name)
{
	for (size_t i = 0; i < p->define_count; i++)
		if (p->defines[i].name_size == name.size &&
		    memcmp(p->defines[i].name, name.at, name.size) == 0)
			return &p->defines[i];
	return NULL;
}

static bool is_name_character(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* "{NAME}" at the start of text, but not the braces of \p{L} or \x{AB}. */
static bool is_reference(struct word text, size_t at, struct word *name)
{
	if (text.at[at] != '{' || at + 1 >= text.size || text.at[at + 1] < 'A' ||
	    text.at[at + 1] > 'Z')
		return false;
	if (at >= 2 && text.at[at - 2] == '\\' && strchr("pPxoNgk", text.at[at - 1]))
		return false;
	size_t end = at + 1;
	while (end < text.size && is_name_character(text.at[end]))
		end++;
	*name = (struct word){text.at + at + 1, end - at - 1};
	return end < text.size && text.at[end] == '}';
}

/* The pattern with its {NAME}s replaced, cleaned as subjects are, appended to out. */
static bool expand(struct parser *p, struct word text, struct buffer *out)
{
	struct buffer expanded = {0};
	bool done = true;

	for (size_t at = 0; at < text.size && done;) {
		struct word name;
		if (!is_reference(text, at, &name)) {
			if (!buffer_append_byte(&expanded, text.at[at++]))
				done = error_memory(p->error);
			continue;
		}
		const struct define *define = find_define(p, name);
		if (!define)
			done = FAIL(p, text.at + at,
			    "{%.*s} is not defined: write \"define %.*s: ...\" above, or \\{ "
			    "for a brace",
			    (int)name.size, name.at, (int)name.size, name.at);
		else if (!buffer_append(&expanded, define->text, define->size))
			done = error_memory(p->error);
		else if (expanded.size > PATTERN_MAX)
			done = FAIL(
			    p, text.at + at, "the pattern is longer than %d bytes", PATTERN_MAX);
		at += name.size + 2;
	}
	if (done && !subject_clean_pattern(out, expanded.data, expanded.size))
		done = error_memory(p->error);
	buffer_fini(&expanded);
	return done;
}

/* With defines expanded an offset means nothing to the author. */
static bool fail_in_pattern(struct parser *p, const struct pattern *pattern, struct word text,
    size_t offset, const char *message)
{
	bool expanded = pattern->size != text.size;

	if (expanded || offset > text.size)
		offset = 0;
	return FAIL(p, text.at + offset, "%s%s", message,
	    expanded ? " (in the pattern with its {NAME}s replaced)" : "");
}

/* PCRE2 says whether it is a pattern; what we know to be literal need not be asked. */
static bool verify(struct parser *p, struct pattern *pattern, struct word text)
{
	static const char wrong[] = "the pattern does not compile: ";
	char message[sizeof wrong + 128];
	size_t offset = 0;
	const char *forbidden = forbidden_find(pattern->text, pattern->size, &offset);

	if (forbidden)
		return fail_in_pattern(p, pattern, text, offset, forbidden);
	if (pattern->exact)
		return true;
	memcpy(message, wrong, sizeof wrong);
	switch (pattern_compiles(pattern, &offset, message + sizeof wrong - 1, 128)) {
	case COMPILES:
		return true;
	case COMPILES_NOT:
		return fail_in_pattern(p, pattern, text, offset, message);
	default:
		return error_memory(p->error);
	}
}

static struct pattern *parse_pattern(struct parser *p, struct word text, bool search, bool caseful)
{
	struct buffer clean = {0};
	struct pattern *pattern = NULL;

	if (text.size == 0)
		FAIL(p, text.at, "the pattern is missing: write it after \": \"");
	else if (text.size > PATTERN_MAX)
		FAIL(p, text.at, "the pattern is longer than %d bytes", PATTERN_MAX);
	else if (expand(p, text, &clean)) {
		pattern = pattern_new(clean.data, clean.size, search, caseful);
		if (!pattern)
			error_memory(p->error);
	}
	buffer_fini(&clean);
	if (pattern && !verify(p, pattern, text)) {
		pattern_free(pattern);
		return NULL;
	}
	return pattern;
}

/* ---- the head of a rule ---- */

static const char *nth_verb(unsigned i)
{
	return verb_name((enum verb)i);
}

static const char *nth_group(unsigned i)
{
	return group_name((enum group)i);
}

static const char *nth_feature(unsigned i)
{
	return feature_name((enum feature)i);
}

static const char *nth_setting(unsigned i)
{
	return setting_name((enum setting)i);
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
			if (equals(name, names[i].name))
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

static bool parse_string(struct parser *p, struct word value, const char **string)
{
	*string = rules_string(p->rules, value.at, value.size);
	return *string ? true : error_memory(p->error);
}

/* As documents know their site, so that the two can be compared. */
static bool parse_site(struct parser *p, struct word value, const char **site)
{
	char host[HOST_SIZE];

	if (!url_host(value.at, value.size, host))
		return FAIL(p, value.at, "a site is a host, such as example.org");
	return parse_string(p, (struct word){host, strlen(host)}, site);
}

static struct rule *new_rule(struct parser *p, enum verb verb, enum group group)
{
	struct rule *rule = calloc(1, sizeof *rule);

	if (!rule) {
		error_memory(p->error);
		return NULL;
	}
	rule->verb = verb;
	rule->group = group;
	rule->zones = ZONE_ALL;
	/* Levels are of phrase rules; the article model is for all. */
	rule->level = verb == VERB_SCORE ? 1 : 2;
	rule->site = p->site;
	rule->facts = (struct declutter_rule){.file = p->file,
	    .line = p->line_number,
	    .language = p->language,
	    .id = "",
	    .pattern = ""};
	return rule;
}

/* The set takes the rule over if it was parsed well. */
static bool finish_rule(struct parser *p, struct rule *rule, bool parsed)
{
	if (!parsed) {
		rule_free(rule);
		return false;
	}
	rule->facts.verb = verb_name(rule->verb);
	rule->facts.group = group_name(rule->group);
	p->last = rule;
	p->passed_over = false;
	return rules_append(p->rules, rule) ? true : error_memory(p->error);
}

/* "until=NAME": the pattern of a define, as a rule of its own that only ends blocks. */
static bool parse_until(struct parser *p, struct word value, struct rule *rule)
{
	const struct define *define = find_define(p, value);

	if (!define)
		return FAIL(p, value.at,
		    "until=%.*s: write the name of a define above, as in \"define END: ...\"",
		    (int)value.size, value.at);
	struct rule *until = new_rule(p, VERB_UNTIL, rule->group);
	if (!until)
		return false;
	until->pattern = pattern_new(define->text, define->size, false, false);
	if (!until->pattern)
		return finish_rule(p, until, error_memory(p->error));
	rule->until = until;
	return finish_rule(p, until, true);
}

static bool parse_natural(struct parser *p, struct word value, int least, int most, unsigned *out)
{
	int number = 0;

	if (!parse_number(p, value, &number))
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
	if (equals(name, "len=")) {
		rule->capped = true;
		return parse_natural(p, value, 1, 100000, &rule->longest);
	}
	if (equals(name, "near="))
		return parse_natural(p, value, 1, 20, &rule->near);
	if (equals(name, "min="))
		return parse_natural(p, value, 2, 20, &rule->least);
	if (equals(name, "lines="))
		return parse_natural(p, value, 1, 100000, &rule->lines);
	if (equals(name, "until="))
		return parse_until(p, value, rule);
	if (equals(name, "in="))
		return parse_zones(p, value, &rule->zones);
	if (equals(name, "lang="))
		return parse_string(p, value, &rule->facts.language);
	if (equals(name, "site="))
		return parse_site(p, value, &rule->site);
	if (equals(name, "id="))
		return parse_string(p, value, &rule->facts.id);
	if (equals(name, "level=")) {
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
		return fail_unknown(p, "feature", name, nth_feature, FEATURE_COUNT);
	if (rule->condition_count == CONDITIONS_MAX)
		return FAIL(p, word.at, "a rule can have %d conditions at most", CONDITIONS_MAX);
	struct condition *condition = &rule->conditions[rule->condition_count++];
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		size_t size = strlen(signs[i]);
		if (at + size > word.at + word.size || memcmp(at, signs[i], size) != 0)
			continue;
		struct word value = {at + size, (size_t)(word.at + word.size - at) - size};
		int number = ending_find(value.at, value.size);
		if (number < 0 && !parse_number(p, value, &number))
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

	if (equals(word, "any"))
		*search = true;
	else if (equals(word, "case"))
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
	return fail_unknown(p, "modifier", word, nth_modifier, MODIFIER_COUNT);
}

/* The group, or the score's amount and the group; an absent group is "other". */
static bool parse_group(struct parser *p, const char *limit, struct rule *rule)
{
	struct word word = next_word(p, limit);

	if (rule->verb == VERB_SCORE) {
		if (!parse_number(p, word, &rule->score))
			return false;
		word = next_word(p, limit);
	}
	rule->group = group_find(word.at, word.size);
	rule->grouped = rule->group != GROUP_COUNT;
	if (word.size == 0 || memchr(word.at, '=', word.size) || equals(word, "any") ||
	    equals(word, "case")) {
		p->at = word.at; /* a modifier: the group was left out */
		rule->group = rule->verb == VERB_SCORE ? GROUP_ARTICLE : GROUP_OTHER;
	} else if (rule->group == GROUP_COUNT) {
		return fail_unknown(p, "group", word, nth_group, GROUP_COUNT);
	}
	return true;
}

static bool parse_head(
    struct parser *p, const char *limit, struct rule *rule, bool *search, bool *caseful)
{
	const char *verb_at = p->line;

	if (rule->verb != VERB_DETECT && !parse_group(p, limit, rule))
		return false;
	rule->longest = group_longest(rule->group);
	for (struct word word; (word = next_word(p, limit)).size > 0;)
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

/* ---- rules and directives ---- */

/* Where the head ends: the first ':' before a blank or the line's end. */
static const char *find_colon(const struct parser *p)
{
	for (const char *at = p->at; at < p->end; at++)
		if (*at == ':' && (at + 1 == p->end || is_blank(at[1])))
			return at;
	return NULL;
}

/* The rest of the line is the pattern. */
static bool parse_rule_pattern(struct parser *p, struct rule *rule, bool search, bool caseful)
{
	struct word text = rest_of_line(p);

	rule->column = column(p, text.at);
	if (!parse_string(p, text, &rule->facts.pattern))
		return false;
	/* Evidence of shape alone needs no pattern. */
	if (rule->verb == VERB_SCORE && !rule->site[0] && equals(text, ".*"))
		return true;
	rule->pattern = parse_pattern(p, text, search, caseful);
	return rule->pattern != NULL;
}

static bool parse_rule_body(struct parser *p, struct rule *rule)
{
	const char *colon = find_colon(p);
	bool search = false, caseful = false;

	if (!colon && rule->verb != VERB_OFF)
		return FAIL(p, p->end, "the pattern is missing: write \": \" and the pattern");
	if (!parse_head(p, colon ? colon : p->end, rule, &search, &caseful))
		return false;
	if (rule->verb == VERB_OFF)
		return !colon && (rule->grouped || rule->facts.id[0])
		           ? true
		           : FAIL(p, p->line,
		                 "write \"off GROUP\" or \"off id=NAME\", without a pattern");
	p->at = colon + 1;
	return parse_rule_pattern(p, rule, search, caseful);
}

static bool parse_rule(struct parser *p, enum verb verb)
{
	struct rule *rule = new_rule(p, verb, GROUP_OTHER);

	return rule && finish_rule(p, rule, parse_rule_body(p, rule));
}

static bool parse_example(struct parser *p)
{
	char sign = *p->at++;
	struct word text = rest_of_line(p);
	struct rule *rule = p->last;

	if (p->passed_over)
		return true;
	if (!rule || !rule->pattern)
		return FAIL(p, p->line, "an example needs a rule with a pattern above it");
	if (text.size == 0)
		return FAIL(p, p->end, "the example is empty: write the line it stands for");
	return rule_add_example(rule, sign, p->line_number, text.at, text.size)
	           ? true
	           : error_memory(p->error);
}

static bool parse_define(struct parser *p)
{
	const char *colon = find_colon(p);
	struct buffer text = {0};

	if (!colon)
		return FAIL(p, p->end, "write \"define NAME: pattern\"");
	struct word name = next_word(p, colon);
	for (size_t i = 0; i < name.size; i++)
		if (!is_name_character(name.at[i]) || (i == 0 && name.at[0] < 'A'))
			return FAIL(p, name.at, "a name is of capitals, digits and _: write NAME");
	if (name.size == 0)
		return FAIL(p, p->at, "the name is missing: write \"define NAME: pattern\"");
	if (find_define(p, name))
		return FAIL(p, name.at, "%.*s is defined already", (int)name.size, name.at);
	p->at = colon + 1;
	struct word pattern = rest_of_line(p);
	if (pattern.size == 0)
		return FAIL(p, p->at, "the pattern is missing: write it after \": \"");
	char *name_copy = malloc(name.size);
	if (!name_copy || !expand(p, pattern, &text) ||
	    !grow(&p->defines, &p->define_capacity, p->define_count + 1, sizeof *p->defines)) {
		free(name_copy);
		buffer_fini(&text);
		/* expand has told its own error, the others are memory's. */
		return p->error->message[0] ? false : error_memory(p->error);
	}
	memcpy(name_copy, name.at, name.size);
	p->defines[p->define_count++] = (struct define){name_copy, name.size, text.data, text.size};
	return true;
}

/* "set enter 40": a threshold of the article model. */
static bool parse_set(struct parser *p)
{
	struct word name = next_word(p, p->end);
	unsigned i = 0;
	int value;

	while (i < SETTING_COUNT && !equals(name, setting_name((enum setting)i)))
		i++;
	if (i == SETTING_COUNT)
		return fail_unknown(p, "setting", name, nth_setting, SETTING_COUNT);
	if (!parse_number(p, next_word(p, p->end), &value))
		return false;
	struct setting_value *setting = &p->rules->settings[i];
	if (p->builtin ? setting->where == SET_BUILTIN
	               : setting->where == SET_BY_USER && setting->value != value)
		return FAIL(p, name.at, "%s is set already, to %d", setting_name((enum setting)i),
		    setting->value);
	/* A user's value replaces a built-in one whichever is read first. */
	if (!p->builtin || setting->where == SET_NOWHERE) {
		setting->value = value;
		setting->where = p->builtin ? SET_BUILTIN : SET_BY_USER;
	}
	return true;
}

static bool parse_directive(struct parser *p, struct word word, bool *known)
{
	struct word value;

	*known = true;
	if (equals(word, "define"))
		return parse_define(p);
	if (equals(word, "set"))
		return parse_set(p);
	if (equals(word, "title") || equals(word, "lang") || equals(word, "site")) {
		value = rest_of_line(p);
		if (value.size == 0)
			return FAIL(p, p->end, "%.*s needs a value", (int)word.size, word.at);
		if (equals(word, "lang"))
			return parse_string(p, value, &p->language);
		if (equals(word, "site"))
			return parse_site(p, value, &p->site);
		return true;
	}
	*known = false;
	return true;
}

static bool parse_line(struct parser *p)
{
	bool known;

	if (p->at < p->end && is_blank(*p->at)) {
		skip_blanks(p);
		if (p->at < p->end && strchr("+-?", *p->at) &&
		    (p->at + 1 == p->end || is_blank(p->at[1])))
			return parse_example(p);
	}
	if (p->at == p->end || *p->at == '#')
		return true;
	struct word word = next_word(p, p->end);
	if (!parse_directive(p, word, &known))
		return false;
	if (known)
		return true;
	/* A rule without group or modifiers: "drop: pattern". */
	if (word.at[word.size - 1] == ':')
		p->at = word.at + --word.size;
	enum verb verb = verb_find(word.at, word.size);
	if (verb >= VERB_UNTIL)
		return fail_unknown(p, "verb", word, nth_verb, VERB_UNTIL);
	return parse_rule(p, verb);
}

/* Bytes that are no UTF-8 would make a pattern that matches nothing. */
static bool verify_utf8(struct parser *p)
{
	for (const char *at = p->line; at < p->end;) {
		uint32_t c;
		size_t size = text_decode(at, (size_t)(p->end - at), &c);
		if ((c == TEXT_REPLACEMENT && size == 1) || c == 0)
			return FAIL(p, at, "not UTF-8: save the file in that encoding");
		at += size;
	}
	return true;
}

static void set_line(struct parser *p, const char *line, const char *end)
{
	if (end > line && end[-1] == '\r')
		end--;
	if (p->line_number == 1 && end - line >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
		line += 3;
	p->line = p->at = line;
	p->end = end;
}

/* Report what is wrong with a line and go on, if someone wants to know all that is. */
static bool pass_over(struct parser *p)
{
	bool passed = p->error->line > 0 && rules_report(p->rules, p->error);

	/* A line that is not indented was meant to be a rule. */
	p->passed_over |= passed && p->line < p->end && !is_blank(*p->line);
	return passed;
}

/* Call parse for each line of the text. */
static bool each_line(
    struct parser *p, const char *text, size_t size, bool (*parse)(struct parser *p))
{
	for (size_t at = 0; at < size;) {
		const char *newline = memchr(text + at, '\n', size - at);
		size_t end = newline ? (size_t)(newline - text) : size;
		p->line_number++;
		set_line(p, text + at, text + end);
		if ((!verify_utf8(p) || !parse(p)) && !pass_over(p))
			return false;
		at = end + 1;
	}
	return true;
}

static bool parser_init(struct parser *p, struct declutter_rules *rules, const char *name,
    bool builtin, struct declutter_error *error)
{
	*p = (struct parser){.rules = rules,
	    .error = error,
	    .builtin = builtin,
	    .language = "",
	    .site = "",
	    .file = rules_string(rules, name, strlen(name))};
	error->message[0] = '\0';
	return p->file ? true : error_memory(error);
}

static void parser_fini(struct parser *p)
{
	for (size_t i = 0; i < p->define_count; i++) {
		free(p->defines[i].name);
		free(p->defines[i].text);
	}
	free(p->defines);
}

bool parse_rules(struct declutter_rules *rules, const char *name, const char *text, size_t size,
    bool builtin, struct declutter_error *error)
{
	struct parser p;
	bool done =
	    parser_init(&p, rules, name, builtin, error) && each_line(&p, text, size, parse_line);

	parser_fini(&p);
	return done;
}

/* ---- plain lists ---- */

/* A line of a plain list is the pattern of a drop rule; list markers go, as in subjects. */
static bool parse_plain_line(struct parser *p)
{
	size_t indent;

	p->at += subject_marker(p->at, (size_t)(p->end - p->at), &indent);
	if (p->at == p->end)
		return true;
	struct rule *rule = new_rule(p, VERB_DROP, GROUP_PLAIN);
	return rule && finish_rule(p, rule, parse_rule_pattern(p, rule, false, false));
}

bool parse_plain(struct declutter_rules *rules, const char *name, const char *text, size_t size,
    struct declutter_error *error)
{
	struct parser p;
	bool done = parser_init(&p, rules, name, false, error) &&
	            each_line(&p, text, size, parse_plain_line);

	parser_fini(&p);
	return done;
}
