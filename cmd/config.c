#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"

bool config_path(const char *name, char *path, size_t size)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int length;

	/* A relative one is to be ignored (XDG Base Directory Specification 0.8). */
	if (config && config[0] == '/')
		length = snprintf(path, size, "%s/declutter/%s", config, name);
	else if (home && *home)
		length = snprintf(path, size, "%s/.config/declutter/%s", home, name);
	else
		return false;
	return length > 0 && (size_t)length < size;
}

char *config_read(const char *path, bool *failed)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t capacity = 0;

	*failed = false;
	if (!file && (errno == ENOENT || errno == ENOTDIR))
		return NULL;
	errno = 0;
	/* All of it: a file of text has no zero byte. */
	ssize_t size = file ? getdelim(&text, &capacity, '\0', file) : -1;
	if (!file || ferror(file) || (size < 0 && errno)) {
		complain(path, strerror(errno));
		*failed = true;
	} else if (size < 0) {
		text[0] = '\0';
	} else if (text[size - 1] == '\0') {
		complain(path, "a zero byte: save the file as plain text");
		*failed = true;
	}
	if (file)
		fclose(file);
	return text;
}

/* How many rules the file of the rule with that number has, all in a row. */
static size_t count_rules(const struct declutter_rules *rules, size_t first)
{
	const char *file = declutter_rules_get(rules, first, NULL)->file;
	size_t i = first;

	while (i < declutter_rules_count(rules) &&
	       strcmp(declutter_rules_get(rules, i, NULL)->file, file) == 0)
		i++;
	return i - first;
}

void config_print(const struct options *options, const struct declutter_rules *rules)
{
	char path[4096];
	size_t count;

	if (!config_path("config", path, sizeof path))
		printf("# no home directory to have options and rules in\n");
	else if (options->no_config)
		printf("# %s: not read\n", path);
	else
		printf("# %s: %s\n", path, options->config ? "read" : "no such file");
	for (size_t i = 0; i < options->given_count; i++) {
		const struct given *given = &options->given[i];
		printf("# from %s\n%s\n", given->where ? given->where : "the command line",
		    given->text);
	}
	for (size_t i = 0; i < declutter_rules_count(rules); i += count) {
		count = count_rules(rules, i);
		printf("# %zu rules: %s%s\n", count, declutter_rules_get(rules, i, NULL)->file,
		    i < declutter_rules_builtin_count(rules) ? ", built in" : "");
	}
}
