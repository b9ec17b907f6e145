#include "rule.h"

#include <stdlib.h>
#include <string.h>

static const char *const verbs[] = {
    "drop", "keep", "block", "head", "tail", "run", "once", "score", "off", "detect", "until"};

static const struct {
	const char *name;
	unsigned longest;
} groups[] = {
#define X(enumerator, name, longest) {name, longest},
    GROUPS(X)
#undef X
};

const char *verb_name(enum verb verb)
{
	return verbs[verb];
}

enum verb verb_find(const char *name, size_t size)
{
	for (unsigned i = 0; i < VERB_COUNT; i++)
		if (strlen(verbs[i]) == size && memcmp(verbs[i], name, size) == 0)
			return (enum verb)i;
	return VERB_COUNT;
}

const char *group_name(enum group group)
{
	return groups[group].name;
}

enum group group_find(const char *name, size_t size)
{
	for (unsigned i = 0; i < GROUP_COUNT; i++)
		if (strlen(groups[i].name) == size && memcmp(groups[i].name, name, size) == 0)
			return (enum group)i;
	return GROUP_COUNT;
}

unsigned group_longest(enum group group)
{
	return groups[group].longest;
}

bool rule_add_example(struct rule *rule, char sign, unsigned line, const char *text, size_t size)
{
	size_t count = rule->example_count;
	char *copy = malloc(size + 1);
	struct example *examples =
	    realloc((struct example *)rule->examples, (count + 1) * sizeof *examples);

	if (examples)
		rule->examples = examples;
	if (!copy || !examples) {
		free(copy);
		return false;
	}
	memcpy(copy, text, size);
	copy[size] = '\0';
	examples[count] = (struct example){.sign = sign, .line = line, .text = copy};
	rule->example_count++;
	return true;
}

void rule_free(struct rule *rule)
{
	if (!rule)
		return;
	for (size_t i = 0; i < rule->example_count; i++)
		free((char *)rule->examples[i].text);
	free((struct example *)rule->examples);
	pattern_free((struct pattern *)rule->pattern);
	free(rule);
}
