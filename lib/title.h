/* Which paragraph before the article is its headline. */
#ifndef TITLE_H
#define TITLE_H

#include "queue.h"
#include "rules.h"

/*
 * The number of the headline among the first count paragraphs of the queue,
 * which are settled, the article beginning among them or with the next; or
 * count if none is one.
 */
size_t title_find(const struct declutter_rules *rules, const struct queue *queue, size_t count);

#endif
