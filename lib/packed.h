/*
 * Built-in rules as they lie in the program, and the rules that are made of
 * them: a pointer in a table would have to be set whenever the program starts,
 * and a page needs few of the rules.
 */
#ifndef PACKED_H
#define PACKED_H

#include <stdatomic.h>

#include "pattern.h"
#include "rule.h"

/* No pattern, no rule. */
#define PACKED_NONE UINT32_MAX

struct packed_example {
	uint32_t text;
	uint32_t line;
	char sign;
};

/* A rule whose texts are places among the texts of all, where each ends with a zero. */
struct packed_rule {
	uint32_t file, language, id, source, site;
	uint32_t pattern, pattern_size; /* or PACKED_NONE */
	uint32_t until;                 /* a rule's number, or PACKED_NONE */
	uint32_t first_example;
	uint16_t line, column;
	uint16_t longest, near, least, lines, example_count;
	int16_t score;
	uint8_t level, zones;
	struct edges edges; /* the pattern's */
	uint8_t verb, group;
	uint8_t condition_count;
	bool search, caseful, exact; /* the pattern's */
	bool grouped, capped;
	struct condition conditions[CONDITIONS_MAX];
};

struct packed_rules {
	const struct packed_rule *rules;
	uint32_t count;
	const char *texts;
	const struct packed_example *examples;
};

/* The rules of such a table, each made when it is first asked for. */
struct unpacked;

/* NULL when memory is short.  The table must outlive it. */
struct unpacked *unpacked_new(const struct packed_rules *packed);
void unpacked_free(struct unpacked *unpacked);
/* Valid as long as unpacked; safe from any number of threads. */
const struct rule *unpacked_rule(struct unpacked *unpacked, size_t number);
/* An example of the rule, of which this is the number-th. */
struct example unpacked_example(const struct unpacked *unpacked, size_t rule, size_t number);

#endif
