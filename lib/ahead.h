/* A thread that splits, and looks at paragraphs, ahead of the one that takes them. */
#ifndef AHEAD_H
#define AHEAD_H

#include "batch.h"
#include "rules.h"

struct ahead;

/*
 * Have the splitter, which nobody else may use from now on, fed by a thread.
 * The splitter and the settled rules must outlive it.  NULL when memory is
 * short or there can be no thread.
 */
struct ahead *ahead_new(
    struct splitter *splitter, const struct declutter_rules *rules, bool models_article);
/* Stop the thread, whatever is left, and give the splitter back as it was. */
void ahead_free(struct ahead *ahead);

/* Feed bytes, which are copied; false when memory is short. */
bool ahead_feed(struct ahead *ahead, const char *bytes, size_t size);

/*
 * The next batch, in the order of the input, of which ahead_release is to be
 * told; not looked at if the thread had better split others.  NULL if there is
 * none now, and of what was fed no more than so many bytes are to be split;
 * waits until one is true.  Also NULL if memory was short: *failed, then.
 */
struct batch *ahead_next(struct ahead *ahead, size_t most_left, bool *failed);
void ahead_release(struct ahead *ahead);
/* Whether all that was fed is split, and taken. */
bool ahead_idle(struct ahead *ahead);

#endif
