/* What the unit tests share: one suite a part of lib/, and a document to run. */
#ifndef UNIT_H
#define UNIT_H

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "declutter.h"

/* One test case a part, filled by its file. */
TCase *case_ahead(void);
TCase *case_analysis(void);
TCase *case_article(void);
TCase *case_buffer(void);
TCase *case_check(void);
TCase *case_disguise(void);
TCase *case_document(void);
TCase *case_evidence(void);
TCase *case_folded(void);
TCase *case_forbidden(void);
TCase *case_hash(void);
TCase *case_index(void);
TCase *case_keyset(void);
TCase *case_line(void);
TCase *case_literal(void);
TCase *case_markup(void);
TCase *case_mould(void);
TCase *case_packed(void);
TCase *case_paragraph(void);
TCase *case_parse(void);
TCase *case_pattern(void);
TCase *case_phrase(void);
TCase *case_place(void);
TCase *case_postings(void);
TCase *case_queue(void);
TCase *case_rule(void);
TCase *case_rules(void);
TCase *case_scan(void);
TCase *case_seen(void);
TCase *case_shape(void);
TCase *case_subject(void);
TCase *case_suggest(void);
TCase *case_text(void);
TCase *case_title(void);
TCase *case_url(void);
TCase *case_wholes(void);
TCase *case_writer(void);

/* The next of a series of numbers below another one; Numerical Recipes, 2nd ed., 7.1. */
unsigned random_number(unsigned *state, unsigned below);

/* A settled set of these rules; the test fails if they are wrong.  Free it. */
struct declutter_rules *settled(const char *rules);

/*
 * What a document keeps of the input under the rules, phrase rules only or
 * with the article model; fed in pieces of the given size (0: all at once).
 * The caller frees the string.
 */
char *kept(const struct declutter_rules *rules, const char *input, bool phrases_only, size_t piece);

/* The same for phrase rules given as text, compared with what is expected. */
void assert_phrases_keep(const char *rules, const char *input, const char *expected);

#endif
