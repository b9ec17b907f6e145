/*
 * Common Crawl's records: they end where they end whatever the pieces; what
 * comes out is one record again, compressed or not.
 * Input: a byte of choices, one for the pieces, then the records.
 */
#include <string.h>
#include <zlib.h>

#include "records.h"

enum { REMOVED = 1, UNWRAP = 2, DROP_EMPTY = 4 };

/* The record written compressed is the one written plainly. */
static void check_compressed(const char *bytes, size_t size, const struct buffer *wanted)
{
	struct worker *worker = records_worker();
	char message[RECORD_MESSAGE] = "";
	struct buffer out = {0};
	z_stream stream = {0};

	worker->compress = true;
	PROMISE(record_wet.process(worker, bytes, size, &out, message) == RECORD_DONE);
	worker->compress = false;
	PROMISE((out.size > 0) == (wanted->size > 0));
	if (out.size > 0) {
		Bytef *text = malloc(wanted->size + 1);
		PROMISE(text && inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK);
		stream.next_in = (Bytef *)out.data;
		stream.avail_in = (uInt)out.size;
		stream.next_out = text;
		stream.avail_out = (uInt)wanted->size + 1;
		PROMISE(inflate(&stream, Z_FINISH) == Z_STREAM_END);
		PROMISE(stream.avail_in == 0 && stream.total_out == wanted->size);
		PROMISE(memcmp(text, wanted->data, wanted->size) == 0);
		inflateEnd(&stream);
		free(text);
	}
	buffer_fini(&out);
}

static void check(const char *bytes, size_t size)
{
	struct worker *worker = records_worker();
	char message[RECORD_MESSAGE] = "";
	struct buffer out = {0}, again = {0};
	size_t searched = 0;
	enum record_result result = record_wet.process(worker, bytes, size, &out, message);

	PROMISE(result != RECORD_FAILED);
	PROMISE(result != RECORD_BAD || message[0] != '\0');
	if (result == RECORD_DONE && out.size > 0) {
		PROMISE(record_wet.find_end(out.data, out.size, &searched) == out.size);
		PROMISE(
		    record_wet.process(worker, out.data, out.size, &again, message) == RECORD_DONE);
	}
	if (result == RECORD_DONE)
		check_compressed(bytes, size, &out);
	buffer_fini(&out);
	buffer_fini(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct worker *worker = records_worker();
	struct options *options = (struct options *)worker->options;
	uint8_t choices = take_byte(&bytes, &size), piece = take_byte(&bytes, &size);

	options->removed = choices & REMOVED;
	options->settings.unwrap = choices & UNWRAP;
	options->drop_empty = choices & DROP_EMPTY;
	records_each(&record_wet, (const char *)bytes, size, piece + 1u, check);
	return 0;
}
