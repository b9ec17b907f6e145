/*
 * Text in any encoding: what the verdicts are restored to is the text, byte
 * by byte.  Input: a byte for the encoding, one for the pieces, then the text.
 */
#include <string.h>

#include "cmd/encoding.h"
#include "fuzz.h"
#include "lib/buffer.h"

static const char *const names[] = {"auto", "utf-8", "windows-1252", "utf-16", "utf-16le",
    "utf-16be", "utf-32", "shift_jis", "gb18030", "euc-kr", "iso-2022-jp"};

struct run {
	struct encoding *encoding;
	size_t bytes; /* of all verdicts */
};

static bool take(void *context, const struct declutter_verdict *verdict)
{
	struct run *run = context;

	run->bytes += encoding_restore(run->encoding, verdict).size;
	return true;
}

static const struct declutter_rules *rules(void)
{
	static struct declutter_rules *made;
	struct declutter_error error;

	if (made)
		return made;
	made = declutter_rules_new();
	PROMISE(made && declutter_rules_add_builtin(made, &error) &&
	        declutter_rules_settle(made, NULL, &error));
	return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct declutter_error error;
	uint8_t name = take_byte(&bytes, &size);
	size_t most = take_byte(&bytes, &size) * 4u + 1;
	struct run run = {encoding_new(names[name % (sizeof names / sizeof *names)]), 0};
	const struct declutter_settings settings = {.context = &run, .verdict = take};
	struct declutter_document *document = declutter_document_new(rules(), &settings);

	PROMISE(run.encoding && document);
	for (size_t at = 0, piece; at < size; at += piece) {
		piece = most < size - at ? most : size - at;
		PROMISE(
		    encoding_feed(run.encoding, document, (const char *)bytes + at, piece, &error));
	}
	PROMISE(encoding_end(run.encoding, document, &error));
	PROMISE(declutter_document_end(document, &error));
	PROMISE(run.bytes == size);
	declutter_document_free(document);
	encoding_free(run.encoding);
	return 0;
}
