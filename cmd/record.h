/* One record of a crawl: what each format makes of it. */
#ifndef RECORD_H
#define RECORD_H

#include <pthread.h>

#include "lib/buffer.h"
#include "options.h"
#include "stats.h"

/* What was said about rules that hit a limit, each once for all threads. */
struct warnings {
	pthread_mutex_t lock;
	struct buffer said; /* lines */
};

/* What a thread needs to work on records. */
struct worker {
	const struct options *options;
	const struct declutter_rules *rules;
	struct stats stats;
	struct warnings *warnings;
	bool compress; /* what is written, as what was read is */
};

enum record_result {
	RECORD_DONE,
	RECORD_BAD,    /* not as its format wants it; nothing was written */
	RECORD_FAILED, /* memory is short */
};

enum { RECORD_MESSAGE = 256 };

struct record_format {
	/*
	 * The size of the first record among the bytes, with its end, or 0 if it is
	 * not whole; none of the first *searched bytes ends it, which is updated.
	 */
	size_t (*find_end)(const char *bytes, size_t size, size_t *searched);
	/*
	 * Append the record with its body in place of its text, or nothing if the
	 * body is empty and such are to be dropped.  message is for what is bad.
	 */
	enum record_result (*process)(struct worker *worker, const char *bytes, size_t size,
	    struct buffer *out, char message[RECORD_MESSAGE]);
};

extern const struct record_format record_null;  /* texts that end in a zero byte */
extern const struct record_format record_jsonl; /* a JSON object a line */
extern const struct record_format record_wet;   /* Common Crawl's */

/* Say the message on standard error if nobody has yet. */
void record_warn(struct worker *worker, const char *message);

/* Append the body of a text that is UTF-8; url may be NULL.  False when memory is short. */
bool record_filter(
    struct worker *worker, const char *url, const char *text, size_t size, struct buffer *out);

#endif
