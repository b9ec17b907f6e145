#include "parser.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"
#include "url.h"

/* ---- errors ---- */

unsigned parser_column(const struct parser *p, const char *at)
{
	return (unsigned)text_length(p->line, (size_t)(at - p->line)) + 1;
}

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

bool parser_fail_unknown(struct parser *p, const char *kind, struct word word,
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

bool word_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

void word_skip_blanks(struct parser *p)
{
	while (p->at < p->end && word_is_blank(*p->at))
		p->at++;
}

/* The next word before limit; size 0 when there is none. */
struct word word_next(struct parser *p, const char *limit)
{
	while (p->at < limit && word_is_blank(*p->at))
		p->at++;
	struct word word = {p->at, 0};
	while (p->at < limit && !word_is_blank(*p->at))
		p->at++;
	word.size = (size_t)(p->at - word.at);
	return word;
}

struct word word_rest(struct parser *p)
{
	word_skip_blanks(p);
	struct word rest = {p->at, (size_t)(p->end - p->at)};
	while (rest.size > 0 && word_is_blank(rest.at[rest.size - 1]))
		rest.size--;
	p->at = p->end;
	return rest;
}

bool word_equals(struct word word, const char *text)
{
	return strlen(text) == word.size && memcmp(word.at, text, word.size) == 0;
}

bool word_number(struct parser *p, struct word word, int *value)
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

/* ---- what rules are made of ---- */

const struct define *parser_define(const struct parser *p, struct word name)
{
	for (size_t i = 0; i < p->define_count; i++)
		if (p->defines[i].name_size == name.size &&
		    memcmp(p->defines[i].name, name.at, name.size) == 0)
			return &p->defines[i];
	return NULL;
}

bool parser_string(struct parser *p, struct word value, const char **string)
{
	*string = rules_string(p->rules, value.at, value.size);
	return *string ? true : error_memory(p->error);
}

bool parser_site(struct parser *p, struct word value, const char **site)
{
	char host[HOST_SIZE];

	if (!url_host(value.at, value.size, host))
		return FAIL(p, value.at, "a site is a host, such as example.org");
	return parser_string(p, (struct word){host, strlen(host)}, site);
}

struct rule *parser_new_rule(struct parser *p, enum verb verb, enum group group)
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

bool parser_finish_rule(struct parser *p, struct rule *rule, bool parsed)
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
