/* --check --corpus: body lines of marked pages that rules cost. */
#ifndef CORPUS_H
#define CORPUS_H

#include "options.h"

/*
 * Filter each page X.txt of the directory that has its body, a paragraph a
 * line, beside it in X.body.txt, by phrase rules only.  Report each line of
 * the body that a rule drops and no other line of the page repeats; of
 * built-in rules only if builtin is true.  Adds to *failures; false after a
 * complaint.
 */
bool corpus_check(
    const char *directory, const struct declutter_rules *rules, bool builtin, size_t *failures);

#endif
