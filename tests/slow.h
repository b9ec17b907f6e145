/*
 * Documents the slow way, for comparing: PCRE2 tries every rule on every
 * paragraph, with no index and none of its shortcuts.  The linker puts slow.c
 * between the document and the index (--wrap, see the Makefile).
 */
#ifndef SLOW_H
#define SLOW_H

#include "declutter.h"

struct slow;

/* The built-in rules and nothing else, at that level; NULL when memory is short. */
struct slow *slow_new(int level);
void slow_free(struct slow *slow);

/* A set on which documents are slow; one at a time. */
const struct declutter_rules *slow_rules(const struct slow *slow);

/* Distinct paragraphs that all rules were tried on so far. */
size_t slow_tried(const struct slow *slow);

#endif
