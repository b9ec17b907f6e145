#include "encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "complain.h"
#include "lib/buffer.h"
#include "lib/text.h"
#include "origin.h"

enum {
	UNIT_MAX = 8,          /* bytes of a line end */
	SEGMENT_MAX = 1 << 16, /* bytes converted at once */
	BOM_SIZE = 4,
	LOOK_AT = 1024,   /* bytes from which UTF-16 is told by its zero bytes */
	ZEROS_LEAST = 30, /* percent of one half of them that are zero, then */
	ZEROS_MOST = 10,  /* and of the other half */
};

enum state {
	AT_START, /* nothing is known */
	LOOKING,  /* all was ASCII so far, and went through */
	PASSING,  /* UTF-8: goes through as it is */
	CONVERTING
};

struct encoding {
	enum state state;
	bool is_wide; /* UTF-16 or UTF-32 of unknown byte order */
	iconv_t to_utf8, from_utf8;
	bool opened; /* these two are */
	char newline[UNIT_MAX];
	size_t unit; /* bytes of a line end: of the least part of a character */

	struct buffer waiting; /* not fed yet: less than a line */
	struct buffer text;    /* what is fed */

	size_t passed;          /* bytes fed as they were, before those that were converted */
	struct origin origin;   /* of the converted ones */
	struct buffer original; /* their own bytes, from the dropped-th on */
	size_t dropped;
	struct buffer made; /* what is handed out, if it is not the original itself */
};

/* Convert all of the bytes, which are short; returns the size or 0. */
static size_t convert_short(
    iconv_t iconv_of, const char *bytes, size_t size, char *out, size_t room)
{
	char *in = (char *)bytes, *start = out;

	iconv(iconv_of, NULL, NULL, NULL, NULL);
	return iconv(iconv_of, &in, &size, &out, &room) == (size_t)-1 ? 0 : (size_t)(out - start);
}

static void close_iconv(struct encoding *e)
{
	if (e->opened)
		iconv_close(e->to_utf8);
	if (e->opened)
		iconv_close(e->from_utf8);
	e->opened = false;
}

/* From now on the text is in that encoding; false if it is not known. */
static bool set_encoding(struct encoding *e, const char *name)
{
	/* An iconv_t that is -1 says that it failed (POSIX). */
	e->to_utf8 = iconv_open("UTF-8", name);
	if ((intptr_t)e->to_utf8 == -1)
		return false;
	e->from_utf8 = iconv_open(name, "UTF-8");
	if ((intptr_t)e->from_utf8 == -1) {
		iconv_close(e->to_utf8);
		return false;
	}
	e->opened = true;
	e->unit = convert_short(e->from_utf8, "\n", 1, e->newline, sizeof e->newline);
	e->state = CONVERTING;
	return e->unit > 0;
}

struct encoding *encoding_new(const char *name)
{
	struct encoding *e = calloc(1, sizeof *e);

	if (!e) {
		complain("--encoding", "out of memory");
		return NULL;
	}
	e->newline[0] = '\n';
	e->unit = 1;
	bool find_out = strcasecmp(name, "auto") == 0;
	e->is_wide = strcasecmp(name, "utf-16") == 0 || strcasecmp(name, "utf16") == 0 ||
	             strcasecmp(name, "utf-32") == 0 || strcasecmp(name, "utf32") == 0;
	if (strcasecmp(name, "utf-8") == 0 || strcasecmp(name, "utf8") == 0)
		e->state = PASSING;
	if (find_out || e->is_wide || e->state == PASSING || set_encoding(e, name))
		return e;
	complain("--encoding", "no such encoding; iconv -l lists them");
	encoding_free(e);
	return NULL;
}

void encoding_free(struct encoding *e)
{
	if (!e)
		return;
	close_iconv(e);
	buffer_fini(&e->waiting);
	buffer_fini(&e->original);
	buffer_fini(&e->text);
	buffer_fini(&e->made);
	origin_fini(&e->origin);
	free(e);
}

/* ---- finding out ---- */

static bool starts_with(const struct buffer *text, const char *bytes, size_t size)
{
	return text->size >= size && memcmp(text->data, bytes, size) == 0;
}

/* Of texts mostly in Latin letters every other byte is zero. */
static const char *wide_by_zeros(const struct buffer *text)
{
	size_t zeros[2] = {0}, half = (text->size < LOOK_AT ? text->size : LOOK_AT) / 2;

	for (size_t i = 0; i < 2 * half; i++)
		zeros[i % 2] += text->data[i] == '\0';
	for (int i = 0; i < 2; i++)
		if (half > 0 && zeros[i] * 100 >= half * ZEROS_LEAST &&
		    zeros[1 - i] * 100 <= half * ZEROS_MOST)
			return i == 1 ? "UTF-16LE" : "UTF-16BE";
	return NULL;
}

/* The encoding of wide characters that the text begins in, or NULL. */
static const char *find_wide(const struct buffer *text)
{
	if (starts_with(text, "\xff\xfe\0\0", 4))
		return "UTF-32LE";
	if (starts_with(text, "\0\0\xfe\xff", 4))
		return "UTF-32BE";
	if (starts_with(text, "\xff\xfe", 2))
		return "UTF-16LE";
	if (starts_with(text, "\xfe\xff", 2))
		return "UTF-16BE";
	return wide_by_zeros(text);
}

static size_t count_ascii(const char *text, size_t size)
{
	size_t i = 0;

	while (i < size && (unsigned char)text[i] < 0x80)
		i++;
	return i;
}

/* Whether text is UTF-8, though some bytes may be bad. */
static bool is_utf8(const char *text, size_t size)
{
	size_t good = 0, bad = 0;

	for (size_t at = 0; at < size;) {
		uint32_t c;
		size_t length = text_decode(text + at, size - at, &c);
		good += length > 1;
		bad += length == 1 && (unsigned char)text[at] >= 0x80;
		at += length;
	}
	return good >= bad;
}

/* Where the last line ends among the bytes, or 0. */
static size_t last_line_end(const char *text, size_t size)
{
	const char *newline = size > 0 ? memrchr(text, '\n', size) : NULL;

	return newline ? (size_t)(newline - text) + 1 : 0;
}

/* ---- feeding ---- */

static bool feed_plain(struct encoding *e, struct declutter_document *document, const char *bytes,
    size_t size, struct declutter_error *error)
{
	e->passed += size;
	return declutter_document_feed(document, bytes, size, error);
}

static bool fail_memory(struct declutter_error *error)
{
	*error = (struct declutter_error){.message = "out of memory"};
	return false;
}

static bool fail_encoding(struct declutter_error *error, const char *name)
{
	*error = (struct declutter_error){.message = ""};
	snprintf(error->message, sizeof error->message,
	    "this system cannot convert from %s; --encoding=utf-8 takes the text as it is", name);
	return false;
}

/* Convert as much of the bytes as is whole; what is not is U+FFFD at the end of a segment. */
static size_t convert(struct encoding *e, const char *bytes, size_t size, bool whole)
{
	char *in = (char *)bytes;
	size_t left = size;

	e->text.size = 0;
	while (left > 0) {
		if (!buffer_reserve(&e->text, e->text.size + 4 * left + 16))
			return 0;
		char *out = e->text.data + e->text.size;
		size_t room = 4 * left + 8;
		size_t result = iconv(e->to_utf8, &in, &left, &out, &room);
		e->text.size = (size_t)(out - e->text.data);
		if (result != (size_t)-1 || errno == E2BIG)
			continue;
		if (errno == EINVAL && !whole)
			break;
		size_t skipped = left < e->unit ? left : e->unit;
		in += skipped;
		left -= skipped;
		e->text.size += text_encode(TEXT_REPLACEMENT, e->text.data + e->text.size);
	}
	return size - left;
}

/* Room is made by what nobody can ask for any more. */
static bool keep_segment(struct encoding *e, const char *bytes, size_t size)
{
	size_t unneeded = origin_oldest(&e->origin) - e->dropped;

	if (unneeded > e->original.size / 2) {
		buffer_consume(&e->original, unneeded);
		e->dropped += unneeded;
	}
	return buffer_append(&e->original, bytes, size) &&
	       origin_add(&e->origin, size, e->text.size);
}

/* Convert a part of the text that is waiting and feed it; *taken is its size. */
static bool feed_segment(struct encoding *e, struct declutter_document *document, const char *bytes,
    size_t size, bool whole, size_t *taken, struct declutter_error *error)
{
	*taken = convert(e, bytes, size, whole);
	/* Bytes that only change a state still need a character that they are restored for. */
	if (*taken > 0 && e->text.size == 0 && !buffer_append(&e->text, "\u200b", 3))
		return fail_memory(error);
	if (*taken == 0 || !keep_segment(e, bytes, *taken))
		return fail_memory(error);
	return declutter_document_feed(document, e->text.data, e->text.size, error);
}

/* Where the first line ends among the bytes, or 0. */
static size_t line_end(const struct encoding *e, const char *bytes, size_t size)
{
	if (e->unit == 1) {
		const char *newline = memchr(bytes, e->newline[0], size);
		return newline ? (size_t)(newline - bytes) + 1 : 0;
	}
	for (size_t at = 0; at + e->unit <= size; at += e->unit)
		if (memcmp(bytes + at, e->newline, e->unit) == 0)
			return at + e->unit;
	return 0;
}

/* Convert and feed what is waiting, by lines. */
static bool feed_converted(struct encoding *e, struct declutter_document *document, bool ended,
    struct declutter_error *error)
{
	size_t at = 0, taken;
	bool done = true;

	while (done && at < e->waiting.size) {
		const char *bytes = e->waiting.data + at;
		size_t left = e->waiting.size - at;
		size_t size = line_end(e, bytes, left < SEGMENT_MAX ? left : SEGMENT_MAX);
		bool whole = size > 0 || (ended && left <= SEGMENT_MAX);
		if (size == 0 && left <= SEGMENT_MAX && !ended)
			break;
		if (size == 0)
			size = left < SEGMENT_MAX ? left : SEGMENT_MAX;
		done = feed_segment(e, document, bytes, size, whole, &taken, error);
		at += taken;
	}
	buffer_consume(&e->waiting, at);
	return done;
}

/* The first line that is not ASCII, as far as it is there, says whether this is UTF-8. */
static bool look(struct encoding *e, struct declutter_document *document, bool ended,
    struct declutter_error *error)
{
	const char *text = e->waiting.data;
	size_t size = e->waiting.size, ascii = count_ascii(text, size);
	size_t before = ascii < size ? last_line_end(text, ascii) : size;

	if (before > 0 && !feed_plain(e, document, text, before, error))
		return false;
	buffer_consume(&e->waiting, before);
	size = e->waiting.size;
	const char *newline = size > 0 ? memchr(text, '\n', size) : NULL;
	if (size == 0 || (!newline && !ended && size < SEGMENT_MAX))
		return true;
	if (!is_utf8(text, newline ? (size_t)(newline - text) : size))
		return set_encoding(e, "WINDOWS-1252") ? feed_converted(e, document, ended, error)
		                                       : fail_encoding(error, "windows-1252");
	e->state = PASSING;
	bool done = feed_plain(e, document, text, size, error);
	e->waiting.size = 0;
	return done;
}

/* The first bytes say whether the text is of wide characters. */
static bool start(struct encoding *e, bool ended, struct declutter_error *error)
{
	const char *wide;

	if (e->waiting.size < BOM_SIZE && !ended)
		return true;
	wide = find_wide(&e->waiting);
	if (!wide && e->is_wide)
		wide = "UTF-16LE";
	if (wide)
		return set_encoding(e, wide) || fail_encoding(error, wide);
	e->state = LOOKING;
	return true;
}

static bool feed_waiting(struct encoding *e, struct declutter_document *document, bool ended,
    struct declutter_error *error)
{
	if (e->state == AT_START && !start(e, ended, error))
		return false;
	if (e->state == LOOKING)
		return look(e, document, ended, error);
	return e->state != CONVERTING || feed_converted(e, document, ended, error);
}

bool encoding_feed(struct encoding *e, struct declutter_document *document, const char *bytes,
    size_t size, struct declutter_error *error)
{
	if (e->state == PASSING)
		return feed_plain(e, document, bytes, size, error);
	if (e->state == LOOKING && e->waiting.size == 0 && count_ascii(bytes, size) == size)
		return feed_plain(e, document, bytes, size, error);
	if (!buffer_append(&e->waiting, bytes, size))
		return fail_memory(error);
	return feed_waiting(e, document, false, error);
}

bool encoding_end(
    struct encoding *e, struct declutter_document *document, struct declutter_error *error)
{
	return feed_waiting(e, document, true, error);
}

/* ---- restoring ---- */

/* Encode an unwrapped paragraph; false if not all of it can be. */
static bool encode(struct encoding *e, const char *bytes, size_t size)
{
	char *in = (char *)bytes;

	/* It stands for bytes that mean nothing, and which ones is not known any more. */
	if (memmem(bytes, size, "\xef\xbf\xbd", 3))
		return false;

	e->made.size = 0;
	iconv(e->from_utf8, NULL, NULL, NULL, NULL);
	while (size > 0) {
		if (!buffer_reserve(&e->made, e->made.size + 4 * size + 16))
			return false;
		char *out = e->made.data + e->made.size;
		size_t room = 4 * size + 16;
		if (iconv(e->from_utf8, &in, &size, &out, &room) == (size_t)-1 && errno != E2BIG)
			return false;
		e->made.size = (size_t)(out - e->made.data);
	}
	return true;
}

struct encoded encoding_restore(struct encoding *e, const struct declutter_verdict *verdict)
{
	size_t end = verdict->offset + verdict->source_size;

	if (end <= e->passed)
		return (struct encoded){verdict->bytes, verdict->size};
	size_t from = verdict->offset > e->passed ? verdict->offset : e->passed;
	size_t plain = from - verdict->offset;
	struct stretch stretch = origin_find(&e->origin, from - e->passed, end - from);
	const char *original = e->original.data + (stretch.start - e->dropped);
	size_t size = stretch.end - stretch.start;
	if (verdict->bytes != verdict->source && encode(e, verdict->bytes, verdict->size))
		return (struct encoded){e->made.data, e->made.size};
	/* What cannot be unwrapped comes out as it came in. */
	if (plain == 0)
		return (struct encoded){original, size};
	e->made.size = 0;
	if (!buffer_append(&e->made, verdict->source, plain) ||
	    !buffer_append(&e->made, original, size))
		return (struct encoded){verdict->bytes, verdict->size};
	return (struct encoded){e->made.data, e->made.size};
}

struct encoded encoding_newline(const struct encoding *e)
{
	return (struct encoded){e->newline, e->unit};
}
