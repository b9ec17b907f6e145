/* A rule file's text becomes rules; errors carry file, line and column. */
#include <stdlib.h>
#include <string.h>

#include "forbidden.h"
#include "head.h"
#include "text.h"

enum { PATTERN_MAX = 16384 };

/* ---- patterns ---- */

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
		const struct define *define = parser_define(p, name);
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

/* ---- rules and directives ---- */

static const char *nth_verb(unsigned i)
{
	return verb_name((enum verb)i);
}

static const char *nth_setting(unsigned i)
{
	return setting_name((enum setting)i);
}

/* Where the head ends: the first ':' before a blank or the line's end. */
static const char *find_colon(const struct parser *p)
{
	for (const char *at = p->at; at < p->end; at++)
		if (*at == ':' && (at + 1 == p->end || word_is_blank(at[1])))
			return at;
	return NULL;
}

/* The rest of the line is the pattern. */
static bool parse_rule_pattern(struct parser *p, struct rule *rule, bool search, bool caseful)
{
	struct word text = word_rest(p);

	rule->column = parser_column(p, text.at);
	if (!parser_string(p, text, &rule->facts.pattern))
		return false;
	/* Evidence of shape alone needs no pattern. */
	if (rule->verb == VERB_SCORE && !rule->site[0] && word_equals(text, ".*"))
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
	struct rule *rule = parser_new_rule(p, verb, GROUP_OTHER);

	return rule && parser_finish_rule(p, rule, parse_rule_body(p, rule));
}

static bool parse_example(struct parser *p)
{
	char sign = *p->at++;
	struct word text = word_rest(p);
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

/* A define of that name; the text is the parser's from now on. */
static bool add_define(struct parser *p, struct word name, const struct buffer *text)
{
	char *copy = malloc(name.size);

	if (!copy ||
	    !grow(&p->defines, &p->define_capacity, p->define_count + 1, sizeof *p->defines)) {
		free(copy);
		return error_memory(p->error);
	}
	memcpy(copy, name.at, name.size);
	p->defines[p->define_count++] = (struct define){
	    .name = copy, .name_size = name.size, .text = text->data, .size = text->size};
	return true;
}

static bool parse_define(struct parser *p)
{
	const char *colon = find_colon(p);
	struct buffer text = {0};

	if (!colon)
		return FAIL(p, p->end, "write \"define NAME: pattern\"");
	struct word name = word_next(p, colon);
	for (size_t i = 0; i < name.size; i++)
		if (!is_name_character(name.at[i]) || (i == 0 && name.at[0] < 'A'))
			return FAIL(p, name.at, "a name is of capitals, digits and _: write NAME");
	if (name.size == 0)
		return FAIL(p, p->at, "the name is missing: write \"define NAME: pattern\"");
	if (parser_define(p, name))
		return FAIL(p, name.at, "%.*s is defined already", (int)name.size, name.at);
	p->at = colon + 1;
	struct word pattern = word_rest(p);
	if (pattern.size == 0)
		return FAIL(p, p->at, "the pattern is missing: write it after \": \"");
	if (expand(p, pattern, &text) && add_define(p, name, &text))
		return true;
	buffer_fini(&text);
	return false;
}

/* "set enter 40": a threshold of the article model. */
static bool parse_set(struct parser *p)
{
	struct word name = word_next(p, p->end);
	unsigned i = 0;
	int value;

	while (i < SETTING_COUNT && !word_equals(name, setting_name((enum setting)i)))
		i++;
	if (i == SETTING_COUNT)
		return parser_fail_unknown(p, "setting", name, nth_setting, SETTING_COUNT);
	if (!word_number(p, word_next(p, p->end), &value))
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
	if (word_equals(word, "define"))
		return parse_define(p);
	if (word_equals(word, "set"))
		return parse_set(p);
	if (word_equals(word, "title") || word_equals(word, "lang") || word_equals(word, "site")) {
		value = word_rest(p);
		if (value.size == 0)
			return FAIL(p, p->end, "%.*s needs a value", (int)word.size, word.at);
		if (word_equals(word, "lang"))
			return parser_string(p, value, &p->language);
		if (word_equals(word, "site"))
			return parser_site(p, value, &p->site);
		return true;
	}
	*known = false;
	return true;
}

static bool parse_line(struct parser *p)
{
	bool known;

	if (p->at < p->end && word_is_blank(*p->at)) {
		word_skip_blanks(p);
		if (p->at < p->end && strchr("+-?", *p->at) &&
		    (p->at + 1 == p->end || word_is_blank(p->at[1])))
			return parse_example(p);
	}
	if (p->at == p->end || *p->at == '#')
		return true;
	struct word word = word_next(p, p->end);
	if (!parse_directive(p, word, &known))
		return false;
	if (known)
		return true;
	/* A rule without group or modifiers: "drop: pattern". */
	if (word.at[word.size - 1] == ':')
		p->at = word.at + --word.size;
	enum verb verb = verb_find(word.at, word.size);
	if (verb >= VERB_UNTIL)
		return parser_fail_unknown(p, "verb", word, nth_verb, VERB_UNTIL);
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
	p->passed_over |= passed && p->line < p->end && !word_is_blank(*p->line);
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
	struct rule *rule = parser_new_rule(p, VERB_DROP, GROUP_PLAIN);
	return rule && parser_finish_rule(p, rule, parse_rule_pattern(p, rule, false, false));
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
