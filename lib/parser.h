/* The line of a rule file that is read: its words, what is wrong with them, what is made of them.
 */
#ifndef PARSER_H
#define PARSER_H

#include "error.h"
#include "rules.h"

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

/* The place's column in the line, in characters from 1. */
unsigned parser_column(const struct parser *p, const char *at);

/* Fill in the error, for a place in the line; false. */
#define FAIL(p, place, ...) \
	error_at((p)->error, (p)->file, (p)->line_number, parser_column((p), (place)), __VA_ARGS__)

/* The same of a word that is none of so many names: with the one that was meant, or all. */
bool parser_fail_unknown(struct parser *p, const char *kind, struct word word,
    const char *(*name)(unsigned), unsigned count);

bool word_is_blank(char c);
void word_skip_blanks(struct parser *p);
/* The next word before limit; size 0 when there is none. */
struct word word_next(struct parser *p, const char *limit);
/* All that is left of the line, without the blanks around it. */
struct word word_rest(struct parser *p);
bool word_equals(struct word word, const char *text);
/* A whole number of at most a million; false if it is none, which is complained of. */
bool word_number(struct parser *p, struct word word, int *value);

/* The define of that name, or NULL. */
const struct define *parser_define(const struct parser *p, struct word name);
/* A copy of the word that lives as long as the rules; false when memory is short. */
bool parser_string(struct parser *p, struct word value, const char **string);
/* The same of a site, as documents know theirs, so that the two can be compared. */
bool parser_site(struct parser *p, struct word value, const char **site);
/* A rule of this line, or NULL when memory is short. */
struct rule *parser_new_rule(struct parser *p, enum verb verb, enum group group);
/* The set takes the rule over if it was parsed well; else it is freed. */
bool parser_finish_rule(struct parser *p, struct rule *rule, bool parsed);

#endif
