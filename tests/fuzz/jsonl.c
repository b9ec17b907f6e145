/*
 * JSON lines: records end where they end whatever the pieces; what comes out
 * is a part of the record and a record again.
 * Input: a byte of choices, one for the pieces, then the records.
 */
#include <string.h>

#include "records.h"

enum { ANNOTATE = 1, REMOVED = 2, UNWRAP = 4, DROP_EMPTY = 8, STATS = 16 };

static void check(const char *bytes, size_t size)
{
	struct worker *worker = records_worker();
	char message[RECORD_MESSAGE] = "";
	struct buffer out = {0}, again = {0};
	const struct options *options = worker->options;
	/* With -v a blank line may come late. */
	bool same_bytes = !options->annotate && !options->settings.unwrap && !options->removed;
	enum record_result result = record_jsonl.process(worker, bytes, size, &out, message);

	PROMISE(result != RECORD_FAILED);
	PROMISE(result != RECORD_BAD || message[0] != '\0');
	if (result == RECORD_DONE) {
		PROMISE(!same_bytes || records_selects(&out, bytes, size));
		PROMISE(out.size > 0 || options->drop_empty);
		PROMISE(out.size == 0 || record_jsonl.process(worker, out.data, out.size, &again,
		                             message) == RECORD_DONE);
	}
	buffer_fini(&out);
	buffer_fini(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct worker *worker = records_worker();
	struct options *options = (struct options *)worker->options;
	uint8_t choices = take_byte(&bytes, &size), piece = take_byte(&bytes, &size);

	options->annotate = choices & ANNOTATE;
	options->removed = !options->annotate && (choices & REMOVED);
	options->settings.unwrap = choices & UNWRAP;
	options->drop_empty = choices & DROP_EMPTY;
	options->stats = choices & STATS ? STATS_JSON : STATS_NOT;
	records_each(&record_jsonl, (const char *)bytes, size, piece + 1u, check);
	return 0;
}
