#include "record.h"

#include <string.h>

struct body {
	struct worker *worker;
	struct buffer *out;
};

static bool take_verdict(void *context, const struct declutter_verdict *verdict)
{
	struct body *body = context;
	const struct options *options = body->worker->options;

	if (options->stats)
		stats_count(&body->worker->stats, verdict);
	return verdict->kept == options->removed ||
	       buffer_append(body->out, verdict->bytes, verdict->size);
}

void record_warn(struct worker *worker, const char *message)
{
	struct warnings *warnings = worker->warnings;
	struct buffer *said = &warnings->said;
	size_t size = strlen(message);

	pthread_mutex_lock(&warnings->lock);
	bool is_new = said->size == 0 || !memmem(said->data, said->size, message, size);
	/* Without memory for it, it may be said again. */
	if (is_new && buffer_append(said, message, size))
		buffer_append_byte(said, '\n');
	if (is_new)
		fprintf(stderr, "declutter: %s\n", message);
	pthread_mutex_unlock(&warnings->lock);
}

static void take_warning(void *context, const char *message)
{
	struct body *body = context;

	record_warn(body->worker, message);
}

bool record_filter(
    struct worker *worker, const char *url, const char *text, size_t size, struct buffer *out)
{
	struct body body = {worker, out};
	struct declutter_settings settings = worker->options->settings;
	struct declutter_error error;

	settings.context = &body;
	settings.verdict = take_verdict;
	settings.warn = take_warning;
	if (url)
		settings.url = url;
	struct declutter_document *document = declutter_document_new(worker->rules, &settings);
	bool done = document && declutter_document_feed(document, text, size, &error) &&
	            declutter_document_end(document, &error);
	declutter_document_free(document);
	worker->stats.documents++;
	return done;
}

static size_t find_null(const char *bytes, size_t size, size_t *searched)
{
	const char *end = memchr(bytes + *searched, '\0', size - *searched);

	*searched = size;
	return end ? (size_t)(end - bytes) + 1 : 0;
}

static enum record_result process_null(struct worker *worker, const char *bytes, size_t size,
    struct buffer *out, char message[RECORD_MESSAGE])
{
	size_t end = size > 0 && bytes[size - 1] == '\0', before = out->size;

	(void)message;
	if (!record_filter(worker, NULL, bytes, size - end, out))
		return RECORD_FAILED;
	if (out->size == before && worker->options->drop_empty)
		return RECORD_DONE;
	return buffer_append(out, bytes + size - end, end) ? RECORD_DONE : RECORD_FAILED;
}

const struct record_format record_null = {find_null, process_null};
