#include "records.h"

struct worker *records_worker(void)
{
	static struct options options = {.jsonl = "text", .jsonl_url = "url"};
	static struct warnings warnings = {.lock = PTHREAD_MUTEX_INITIALIZER};
	static struct worker worker;
	struct declutter_error error;

	if (worker.rules)
		return &worker;
	struct declutter_rules *rules = declutter_rules_new();
	PROMISE(rules && declutter_rules_add_builtin(rules, &error) &&
	        declutter_rules_settle(rules, NULL, &error));
	worker = (struct worker){.options = &options, .rules = rules, .warnings = &warnings};
	PROMISE(stats_init(&worker.stats, rules));
	return &worker;
}

/* The end of the first record as the format tells it for bytes that come in pieces. */
static size_t find_end(
    const struct record_format *format, const char *bytes, size_t size, size_t piece)
{
	size_t searched = 0;

	for (size_t there = 0; there < size;) {
		there = piece < size - there ? there + piece : size;
		size_t end = format->find_end(bytes, there, &searched);
		if (end > 0)
			return end;
	}
	return 0;
}

void records_each(const struct record_format *format, const char *bytes, size_t size, size_t piece,
    void (*check)(const char *bytes, size_t size))
{
	for (size_t at = 0, end; at < size; at += end) {
		end = find_end(format, bytes + at, size - at, piece);
		PROMISE(end == find_end(format, bytes + at, size - at, size));
		end = end ? end : size - at;
		check(bytes + at, end);
	}
}

bool records_selects(const struct buffer *out, const char *bytes, size_t size)
{
	size_t at = 0;

	for (size_t i = 0; i < size && at < out->size; i++)
		at += bytes[i] == out->data[at];
	return at == out->size;
}
