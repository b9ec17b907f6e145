/* --jsonl: a JSON object a line; of one of its strings only the body stays. */
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "explain.h"
#include "json.h"
#include "lib/text.h"
#include "origin.h"
#include "record.h"

/* Text is fed in pieces: there is no second copy of a large one. */
enum { PIECE = 1 << 16 };

/* The member whose value comes next. */
enum member { OTHER, TEXT, URL };

/* What is known of a record while it is parsed. */
struct parse {
	yajl_handle json;
	const struct options *options;
	const char *bytes;
	unsigned long depth;
	enum member member;
	size_t key_end;
	bool found, is_null;
	struct stretch text; /* between the quotes */
	char *url;
	size_t object_end; /* its last brace */
	size_t bad_at;     /* where it is no JSON */
	bool failed;       /* memory is short */
};

/* ---- parsing ---- */

static size_t position(const struct parse *parse)
{
	return yajl_get_bytes_consumed(parse->json);
}

/* A value that is none of ours was read, or begins. */
static int take_other(void *context)
{
	struct parse *parse = context;

	if (parse->depth == 1)
		parse->member = OTHER;
	return 1;
}

static int take_null(void *context)
{
	struct parse *parse = context;

	parse->is_null |= parse->depth == 1 && parse->member == TEXT;
	return take_other(context);
}

static int take_boolean(void *context, int value)
{
	(void)value;
	return take_other(context);
}

/* Numbers of any size are text. */
static int take_number(void *context, const char *text, size_t size)
{
	(void)text;
	(void)size;
	return take_other(context);
}

static int take_string(void *context, const unsigned char *text, size_t size)
{
	struct parse *parse = context;

	if (parse->depth != 1)
		return 1;
	if (parse->member == TEXT) {
		/* After the key come a colon, perhaps white space, and a quote. */
		const char *quote = strchr(parse->bytes + parse->key_end, '"');
		parse->text =
		    (struct stretch){(size_t)(quote - parse->bytes) + 1, position(parse) - 1};
		parse->found = true;
	} else if (parse->member == URL) {
		free(parse->url);
		parse->url = strndup((const char *)text, size);
		parse->failed |= parse->url == NULL;
	}
	parse->member = OTHER;
	return 1;
}

static bool equals(const char *name, const unsigned char *text, size_t size)
{
	return name && strlen(name) == size && memcmp(name, text, size) == 0;
}

static int take_key(void *context, const unsigned char *text, size_t size)
{
	struct parse *parse = context;

	if (parse->depth != 1)
		return 1;
	parse->member = equals(parse->options->jsonl, text, size)       ? TEXT
	                : equals(parse->options->jsonl_url, text, size) ? URL
	                                                                : OTHER;
	/* Of two members of one name the last one counts, as for most readers. */
	if (parse->member == TEXT)
		parse->found = parse->is_null = false;
	parse->key_end = position(parse);
	return 1;
}

static int begin(void *context)
{
	struct parse *parse = context;

	take_other(context);
	parse->depth++;
	return 1;
}

/* A record that is an array has no members. */
static int begin_array(void *context)
{
	struct parse *parse = context;

	take_other(context);
	parse->depth += parse->depth == 0 ? 2 : 1;
	return 1;
}

static int end(void *context)
{
	struct parse *parse = context;

	parse->depth--;
	if (parse->depth == 0)
		parse->object_end = position(parse) - 1;
	return 1;
}

static const yajl_callbacks callbacks = {.yajl_null = take_null,
    .yajl_boolean = take_boolean,
    .yajl_number = take_number,
    .yajl_string = take_string,
    .yajl_start_map = begin,
    .yajl_map_key = take_key,
    .yajl_end_map = end,
    .yajl_start_array = begin_array,
    .yajl_end_array = end};

/* The first line of yajl's message, where in the line, or what is missing. */
static enum record_result say_bad(
    struct parse *parse, size_t size, bool parsed, char message[RECORD_MESSAGE])
{
	if (parsed) {
		snprintf(message, RECORD_MESSAGE, "there is no string \"%s\" in it",
		    parse->options->jsonl);
		return RECORD_BAD;
	}
	unsigned char *text =
	    yajl_get_error(parse->json, 0, (const unsigned char *)parse->bytes, size);
	snprintf(message, RECORD_MESSAGE, "column %zu: %.*s", parse->bad_at + 1,
	    text ? (int)strcspn((const char *)text, "\n") : 0, text ? (const char *)text : "");
	yajl_free_error(parse->json, text);
	return RECORD_BAD;
}

static bool parse_record(struct parse *parse, size_t size)
{
	const unsigned char *bytes = (const unsigned char *)parse->bytes;

	/* Bytes that are no UTF-8 are left as they are, as in any text. */
	yajl_config(parse->json, yajl_dont_validate_strings, 1);
	if (yajl_parse(parse->json, bytes, size) != yajl_status_ok) {
		parse->bad_at = position(parse);
		return false;
	}
	parse->bad_at = size;
	return yajl_complete_parse(parse->json) == yajl_status_ok;
}

/* ---- the text ---- */

struct body {
	struct worker *worker;
	struct declutter_document *document;
	const char *raw; /* the string as it is in the record */
	struct origin origin;
	struct buffer text; /* the next piece of it, to be fed */
	struct buffer *out, notes;
};

static uint32_t read_hex(const char *digits)
{
	char copy[5] = "";

	memcpy(copy, digits, 4);
	return (uint32_t)strtoul(copy, NULL, 16);
}

/* The character of an escape, after its backslash, which is well-formed; its size in bytes. */
static size_t read_escape(const char *at, const char *end, uint32_t *c)
{
	static const char letters[] = "bfnrt", meanings[] = "\b\f\n\r\t";
	const char *letter = strchr(letters, *at);

	*c = letter ? (unsigned char)meanings[letter - letters] : (unsigned char)*at;
	if (*at != 'u')
		return 1;
	*c = read_hex(at + 1);
	if (*c >= 0xd800 && *c < 0xdc00 && end - at >= 11 && at[5] == '\\' && at[6] == 'u') {
		uint32_t low = read_hex(at + 7);
		if (low >= 0xdc00 && low < 0xe000) {
			*c = 0x10000 + ((*c - 0xd800) << 10) + (low - 0xdc00);
			return 11;
		}
	}
	if (*c >= 0xd800 && *c < 0xe000)
		*c = TEXT_REPLACEMENT;
	return 5;
}

static bool feed(struct body *body, struct declutter_error *error)
{
	bool done =
	    declutter_document_feed(body->document, body->text.data, body->text.size, error);

	body->text.size = 0;
	return done;
}

/* Feed the text without its escapes, noting where each line is from. */
static bool feed_string(struct body *body, size_t size)
{
	const char *raw = body->raw, *end = raw + size, *line = raw;
	size_t before = 0; /* text of this piece that is of earlier lines */
	struct declutter_error error;

	for (const char *at = raw; at < end;) {
		const char *escape = memchr(at, '\\', (size_t)(end - at));
		size_t plain = (size_t)((escape ? escape : end) - at), room;
		bool line_end = false;
		room = PIECE - (body->text.size - before);
		plain = plain < room ? plain : room;
		if (!buffer_append(&body->text, at, plain))
			return false;
		at += plain;
		if (at == escape) {
			char bytes[4];
			uint32_t c;
			at += 1 + read_escape(at + 1, end, &c);
			line_end = c == '\n';
			if (!buffer_append(&body->text, bytes, text_encode(c, bytes)))
				return false;
		}
		if (!line_end && at < end && body->text.size - before < PIECE)
			continue;
		if (!origin_add(&body->origin, (size_t)(at - line), body->text.size - before))
			return false;
		line = at;
		before = body->text.size;
		if (before < PIECE && at < end)
			continue;
		if (!feed(body, &error))
			return false;
		before = 0;
	}
	return declutter_document_end(body->document, &error);
}

/* ---- verdicts ---- */

static bool append_format(struct buffer *out, const char *format, size_t a, size_t b)
{
	char text[128];
	int size = snprintf(text, sizeof text, format, a, b);

	return buffer_append(out, text, (size_t)size);
}

static bool append_string(struct buffer *out, const char *text)
{
	return buffer_append_byte(out, '"') && json_escape(out, text, strlen(text)) &&
	       buffer_append_byte(out, '"');
}

/* For --annotate: what is dropped, from where to where, by which group and rule. */
static bool note(struct body *body, const struct declutter_verdict *verdict)
{
	struct buffer *notes = &body->notes;
	char source[EXPLAIN_SOURCE];

	explain_source(verdict, source);
	return append_format(notes,
	           notes->size > 0 ? ",{\"start\":%zu,\"end\":%zu," : "{\"start\":%zu,\"end\":%zu,",
	           verdict->offset, verdict->offset + verdict->source_size) &&
	       buffer_append(notes, "\"group\":", 8) &&
	       append_string(notes, explain_reason(verdict)) &&
	       buffer_append(notes, ",\"rule\":", 8) && append_string(notes, source) &&
	       buffer_append_byte(notes, '}');
}

static bool take_verdict(void *context, const struct declutter_verdict *verdict)
{
	struct body *body = context;
	const struct options *options = body->worker->options;
	struct stretch from = origin_find(&body->origin, verdict->offset, verdict->source_size);

	if (options->stats)
		stats_count(&body->worker->stats, verdict);
	if (options->annotate)
		return verdict->kept || verdict->reason == DECLUTTER_BLANK || note(body, verdict);
	if (verdict->kept == options->removed)
		return true;
	if (verdict->bytes != verdict->source)
		return json_escape(body->out, verdict->bytes, verdict->size);
	return buffer_append(body->out, body->raw + from.start, from.end - from.start);
}

static void take_warning(void *context, const char *message)
{
	struct body *body = context;

	record_warn(body->worker, message);
}

/* The body in place of the string, or notes of what is no part of it. */
static bool filter(struct worker *worker, const struct parse *parse, struct body *body)
{
	struct declutter_settings settings = worker->options->settings;

	settings.context = body;
	settings.verdict = take_verdict;
	settings.warn = take_warning;
	if (parse->url)
		settings.url = parse->url;
	body->document = declutter_document_new(worker->rules, &settings);
	bool done = body->document && feed_string(body, parse->text.end - parse->text.start);
	declutter_document_free(body->document);
	worker->stats.documents++;
	return done;
}

static bool write_record(
    struct worker *worker, const struct parse *parse, size_t size, struct buffer *out)
{
	const char *bytes = parse->bytes;
	size_t before = out->size, until = parse->text.start, from = parse->text.end;
	struct body body = {.worker = worker, .raw = bytes + parse->text.start, .out = out};
	bool annotate = worker->options->annotate;

	if (annotate)
		until = from = parse->object_end;
	bool done = buffer_append(out, bytes, until) && filter(worker, parse, &body);
	bool is_empty = !annotate && out->size == before + until;
	if (done && is_empty && worker->options->drop_empty)
		out->size = before;
	else if (done)
		done = (!annotate || (buffer_append(out, ",\"dropped\":[", 12) &&
		                         buffer_append(out, body.notes.data, body.notes.size) &&
		                         buffer_append_byte(out, ']'))) &&
		       buffer_append(out, bytes + from, size - from);
	origin_fini(&body.origin);
	buffer_fini(&body.text);
	buffer_fini(&body.notes);
	return done;
}

/* ---- records ---- */

static size_t find_line(const char *bytes, size_t size, size_t *searched)
{
	const char *end = memchr(bytes + *searched, '\n', size - *searched);

	*searched = size;
	return end ? (size_t)(end - bytes) + 1 : 0;
}

static bool is_blank(const char *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!strchr(" \t\r\n", bytes[i]) || bytes[i] == '\0')
			return false;
	return true;
}

/* Parse the record and say what is wrong with it, if anything is. */
static enum record_result read_record(
    struct parse *parse, size_t size, char message[RECORD_MESSAGE])
{
	bool parsed = parse_record(parse, size);

	if (parse->failed)
		return RECORD_FAILED;
	return parsed && (parse->found || parse->is_null) ? RECORD_DONE
	                                                  : say_bad(parse, size, parsed, message);
}

/* The same; yajl's memory is gone afterwards, and was short if it failed. */
static enum record_result read_in_arena(
    struct parse *parse, size_t size, char message[RECORD_MESSAGE])
{
	struct arena arena;
	volatile enum record_result result = RECORD_FAILED;

	arena_init(&arena);
	if (arena_enter(&arena)) {
		parse->json = yajl_alloc(&callbacks, &arena.functions, parse);
		result = read_record(parse, size, message);
	}
	arena_fini(&arena);
	return result;
}

static enum record_result process(struct worker *worker, const char *bytes, size_t size,
    struct buffer *out, char message[RECORD_MESSAGE])
{
	struct parse parse = {.options = worker->options, .bytes = bytes};

	if (is_blank(bytes, size))
		return buffer_append(out, bytes, size) ? RECORD_DONE : RECORD_FAILED;
	enum record_result result = read_in_arena(&parse, size, message);
	if (result == RECORD_DONE) {
		bool done = parse.is_null ? buffer_append(out, bytes, size)
		                          : write_record(worker, &parse, size, out);
		result = done ? RECORD_DONE : RECORD_FAILED;
	}
	free(parse.url);
	return result;
}

const struct record_format record_jsonl = {find_line, process};
