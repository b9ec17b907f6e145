/* --explain: each paragraph with its verdict and why, in one of several forms. */
#ifndef EXPLAIN_H
#define EXPLAIN_H

#include <locale.h>
#include <stdint.h>

#include "options.h"

/* What the forms know of the run and of the document at hand. */
struct explain {
	enum explain_form form;
	bool color;
	unsigned columns;  /* of the terminal */
	const char *name;  /* of the document */
	struct html *html; /* the page being written, or NULL */
	locale_t utf8;     /* knows how wide characters are, or 0 */
};

/* False after a complaint. */
bool explain_begin(
    struct explain *explain, const struct options *options, const struct declutter_rules *rules);
void explain_document(struct explain *explain, const char *name);
void explain_verdict(struct explain *explain, const struct declutter_verdict *verdict);
/* False when memory was short. */
bool explain_end(struct explain *explain);

/* What decided, in a word: the rule's group, or "article", "outside", "blank" ... */
const char *explain_reason(const struct declutter_verdict *verdict);
/* Where to look for it: the rule's file and line, the evidence, or "-"; at most 300 bytes. */
enum { EXPLAIN_SOURCE = 300 };
void explain_source(const struct declutter_verdict *verdict, char text[EXPLAIN_SOURCE]);
/* The same for narrow places, as "de:41" for line 41 of rules/de.rules. */
void explain_short_source(const struct declutter_verdict *verdict, char text[EXPLAIN_SOURCE]);

/* A verdict's forms. */
void explain_terminal(const struct explain *explain, const struct declutter_verdict *verdict);
void explain_json(const struct explain *explain, const struct declutter_verdict *verdict);

#endif
