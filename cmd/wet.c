/*
 * --wet: Common Crawl's text records (WARC 1.0 and 1.1, ISO 28500).  The
 * bodies of conversion records take the place of their texts; lengths and
 * digests are made right, other records pass through.
 */
#include <ctype.h>
#include <sha1.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zlib.h>

#include "record.h"

static const char record_end[] = "\r\n\r\n";
enum {
	END = sizeof record_end - 1,
	HEADER_MOST = 1 << 16,
};

/* Where a record's header ends, with its empty line; 0 if it does not. */
static size_t header_end(const char *bytes, size_t size)
{
	const char *end = memmem(bytes, size, record_end, END);

	return end ? (size_t)(end - bytes) + END : 0;
}

/* The value of a header's field, whatever its case; NULL without it. */
static const char *find_field(const char *header, size_t size, const char *name, size_t *length)
{
	size_t name_size = strlen(name);

	for (const char *line = header; line;
	     line = memchr(line, '\n', (size_t)(header + size - line))) {
		line += *line == '\n';
		size_t left = (size_t)(header + size - line);
		if (left <= name_size || line[name_size] != ':' ||
		    strncasecmp(line, name, name_size) != 0)
			continue;
		const char *value = line + name_size + 1, *end = memchr(line, '\n', left);
		end = end ? end : header + size;
		while (value < end && isspace((unsigned char)*value))
			value++;
		while (end > value && isspace((unsigned char)end[-1]))
			end--;
		*length = (size_t)(end - value);
		return value;
	}
	return NULL;
}

static bool read_length(const char *header, size_t size, size_t *length)
{
	size_t digits;
	const char *value = find_field(header, size, "Content-Length", &digits);

	*length = 0;
	for (size_t i = 0; value && i < digits; i++) {
		if (!isdigit((unsigned char)value[i]) || *length > SIZE_MAX / 20)
			return false;
		*length = *length * 10 + (size_t)(value[i] - '0');
	}
	return value && digits > 0;
}

static bool is_record(const char *bytes, size_t size)
{
	return size >= 5 && memcmp(bytes, "WARC/", 5) == 0;
}

static bool is_ended(const char *bytes)
{
	return memcmp(bytes, record_end, END) == 0;
}

/* Bytes that are no record go up to the next one. */
static size_t find_next(const char *bytes, size_t size, size_t *searched)
{
	static const char next_record[] = "\nWARC/";
	size_t from = *searched > sizeof next_record ? *searched - sizeof next_record : 0;
	const char *next = memmem(bytes + from, size - from, next_record, sizeof next_record - 1);

	*searched = size;
	return next ? (size_t)(next - bytes) + 1 : 0;
}

static size_t find_end(const char *bytes, size_t size, size_t *searched)
{
	size_t length, header;

	if (!is_record(bytes, size))
		return size < 6 ? 0 : find_next(bytes, size, searched);
	header = header_end(bytes, size < HEADER_MOST ? size : HEADER_MOST);
	if (header == 0)
		return size < HEADER_MOST ? 0 : find_next(bytes, size, searched);
	if (!read_length(bytes, header, &length))
		return find_next(bytes, size, searched);
	if (length > size - header || size - header - length < END)
		return 0;
	if (!is_ended(bytes + header + length))
		return find_next(bytes, size, searched);
	return header + length + END;
}

/* ---- writing ---- */

/* SHA-1 in base 32 (RFC 4648), as crawls write it. */
static void make_digest(const char *bytes, size_t size, char digest[33])
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned char hash[SHA1_DIGEST_LENGTH];
	SHA1_CTX context;

	SHA1Init(&context);
	SHA1Update(&context, (const uint8_t *)bytes, size);
	SHA1Final(hash, &context);
	for (size_t group = 0; group < 4; group++) {
		uint64_t bits = 0;
		for (size_t i = 0; i < 5; i++)
			bits = bits << 8 | hash[group * 5 + i];
		for (size_t i = 0; i < 8; i++)
			digest[group * 8 + i] = letters[bits >> (35 - 5 * i) & 31];
	}
	digest[32] = '\0';
}

static bool append_text(struct buffer *out, const char *text)
{
	return buffer_append(out, text, strlen(text));
}

static bool line_has(const char *line, size_t size, const char *name)
{
	size_t name_size = strlen(name);

	return size > name_size && line[name_size] == ':' &&
	       strncasecmp(line, name, name_size) == 0;
}

/* Another end could, with the line that follows, end the header. */
static const char *line_end(const char *line, size_t size)
{
	return size >= 2 && line[size - 2] == '\r' ? "\r\n" : "\n";
}

/* The header with the length and the digests of another body. */
static bool append_header(
    struct buffer *out, const char *header, size_t size, const char *body, size_t body_size)
{
	char digest[33], length[24];

	make_digest(body, body_size, digest);
	snprintf(length, sizeof length, "%zu", body_size);
	for (size_t at = 0; at < size;) {
		const char *line = header + at, *end = memchr(line, '\n', size - at);
		size_t left = end ? (size_t)(end - line) + 1 : size - at;
		bool is_length = line_has(line, left, "Content-Length");
		bool is_digest = line_has(line, left, "WARC-Block-Digest") ||
		                 line_has(line, left, "WARC-Payload-Digest");
		if (is_length || is_digest) {
			size_t name = (size_t)((const char *)memchr(line, ':', left) - line) + 1;
			if (!buffer_append(out, line, name) ||
			    !append_text(out, is_length ? " " : " sha1:") ||
			    !append_text(out, is_length ? length : digest) ||
			    !append_text(out, line_end(line, left)))
				return false;
		} else if (!buffer_append(out, line, left)) {
			return false;
		}
		at += left;
	}
	return true;
}

/* Append the bytes as a gzip member of their own. */
static bool append_compressed(struct buffer *out, const struct buffer *bytes)
{
	enum { GZIP = 16 + MAX_WBITS, MEMORY = 8 };
	z_stream stream = {.next_in = (Bytef *)bytes->data};
	size_t bound = bytes->size + bytes->size / 1000 + 64, left = bytes->size;
	int result = Z_OK;

	if (!buffer_reserve(out, out->size + bound) ||
	    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP, MEMORY,
	        Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	/* zlib counts in 32 bits. */
	while (result == Z_OK) {
		uInt part = left < 1u << 30 ? (uInt)left : 1u << 30;
		uInt room = out->capacity - out->size < 1u << 30 ? (uInt)(out->capacity - out->size)
		                                                 : 1u << 30;
		stream.avail_in = part;
		stream.next_out = (Bytef *)out->data + out->size;
		stream.avail_out = room;
		result = deflate(&stream, left == part ? Z_FINISH : Z_NO_FLUSH);
		left -= part - stream.avail_in;
		out->size += room - stream.avail_out;
		if (result == Z_OK && !buffer_reserve(out, out->size + 4096))
			result = Z_MEM_ERROR;
	}
	deflateEnd(&stream);
	return result == Z_STREAM_END;
}

static bool write_conversion(struct worker *worker, const char *bytes, size_t header, size_t length,
    struct buffer *out, bool *dropped)
{
	size_t url_size;
	const char *uri = find_field(bytes, header, "WARC-Target-URI", &url_size);
	char *url = uri ? strndup(uri, url_size) : NULL;
	struct buffer body = {0};
	bool done = (url || !uri) && record_filter(worker, url, bytes + header, length, &body);

	*dropped = body.size == 0 && worker->options->drop_empty;
	if (done && !*dropped)
		done = append_header(out, bytes, header, body.data, body.size) &&
		       buffer_append(out, body.data, body.size) && append_text(out, record_end);
	buffer_fini(&body);
	free(url);
	return done;
}

static bool write_out(
    const struct worker *worker, const char *bytes, size_t size, struct buffer *out)
{
	const struct buffer text = {.data = (char *)bytes, .size = size};

	return worker->compress ? append_compressed(out, &text) : buffer_append(out, bytes, size);
}

static enum record_result process(struct worker *worker, const char *bytes, size_t size,
    struct buffer *out, char message[RECORD_MESSAGE])
{
	struct buffer made = {0};
	size_t header = header_end(bytes, size), length, type_size;
	bool dropped = false, done;

	if (!is_record(bytes, size) || header == 0 || !read_length(bytes, header, &length) ||
	    length > size - header || size - header - length != END ||
	    !is_ended(bytes + header + length)) {
		snprintf(message, RECORD_MESSAGE, "not a whole WARC record");
		return RECORD_BAD;
	}
	const char *type = find_field(bytes, header, "WARC-Type", &type_size);
	if (!type || type_size != 10 || strncasecmp(type, "conversion", 10) != 0)
		return write_out(worker, bytes, size, out) ? RECORD_DONE : RECORD_FAILED;
	done = write_conversion(worker, bytes, header, length, &made, &dropped) &&
	       (dropped || write_out(worker, made.data, made.size, out));
	buffer_fini(&made);
	return done ? RECORD_DONE : RECORD_FAILED;
}

const struct record_format record_wet = {find_end, process};
