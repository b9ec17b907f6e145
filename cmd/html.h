/* --explain=html: one page that shows documents, verdicts and evidence, and needs nothing else. */
#ifndef HTML_H
#define HTML_H

#include "lib/declutter.h"

struct html;

/* The beginning of the page on standard output; NULL when memory is short. */
struct html *html_begin(const struct declutter_rules *rules);
void html_document(struct html *html, const char *name);
void html_verdict(struct html *html, const struct declutter_verdict *verdict);
/* The end of the page; frees.  False if memory was short for some of it. */
bool html_end(struct html *html);

#endif
