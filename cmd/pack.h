/* The tasks of those who write rules: --check, --suggest, --new-pack. */
#ifndef PACK_H
#define PACK_H

#include "options.h"

/* Print a failure as editors read it; context points to a size_t that counts them. */
void pack_report(void *context, const struct declutter_error *failure);

/*
 * Test the rules' examples and, with a corpus, what the rules cost on it.
 * Adds to *failures how many were reported; false after a complaint.
 */
bool pack_check(
    const struct options *options, const struct declutter_rules *rules, size_t *failures);

/* Write the pack that the files, pages of one site, suggest; false after a complaint. */
bool pack_suggest(const struct options *options, const struct declutter_rules *rules);

/* Write a commented skeleton of a pack; false after a complaint about the name. */
bool pack_new(const char *language);

#endif
