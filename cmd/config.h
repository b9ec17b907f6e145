/* The user's directory: options in "config", rules in "rules/". */
#ifndef CONFIG_H
#define CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "options.h"

/* The path of a name in the user's directory; false if there is no home to have one in. */
bool config_path(const char *name, char *path, size_t size);

/*
 * The text of the user's configuration file, for the caller to free, or NULL
 * if there is none.  *failed after a complaint.
 */
char *config_read(const char *path, bool *failed);

/* Show the options and rules in use and where each is from; as a configuration file. */
void config_print(const struct options *options, const struct declutter_rules *rules);

#endif
