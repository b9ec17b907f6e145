/*
 * Text in other encodings than UTF-8.  The library reads UTF-8; what comes
 * out are the bytes that went in, so the encoding found decides only how the
 * text is understood, and nothing can be lost by it.
 */
#ifndef ENCODING_H
#define ENCODING_H

#include "lib/declutter.h"

struct encoding;

/*
 * Of a document, by iconv's name or "auto": UTF-8, but what is no UTF-8 is
 * windows-1252, and UTF-16 and UTF-32 are known by their byte order mark,
 * UTF-16 by its zero bytes as well.  NULL after a complaint.
 */
struct encoding *encoding_new(const char *name);
void encoding_free(struct encoding *encoding);

/* Feed the document with the text as UTF-8; false as declutter_document_feed is. */
bool encoding_feed(struct encoding *encoding, struct declutter_document *document,
    const char *bytes, size_t size, struct declutter_error *error);
/* The same for what is left at the end of the text; does not end the document. */
bool encoding_end(
    struct encoding *encoding, struct declutter_document *document, struct declutter_error *error);

/* Some bytes in the document's encoding, valid until the next call. */
struct encoded {
	const char *bytes;
	size_t size;
};

/* What the verdict's text was when it came in.   Each verdict once, as they come. */
struct encoded encoding_restore(struct encoding *encoding, const struct declutter_verdict *verdict);
/* A line end. */
struct encoded encoding_newline(const struct encoding *encoding);

#endif
