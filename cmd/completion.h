/* --completion: what a shell needs to complete the options, from their one table. */
#ifndef COMPLETION_H
#define COMPLETION_H

#include "lib/declutter.h"

/* Write completions for bash, zsh or fish; false after a complaint about the name. */
bool completion_print(const char *shell, const struct declutter_rules *rules);

#endif
