#include "paragraph.h"

#include <stdlib.h>
#include <string.h>

#include "subject.h"
#include "text.h"

enum {
	CHUNK_LINES = 16, /* lines looked at together */
	CHUNK_BYTES = 8192,
	PARAGRAPH_BYTES = 65536, /* no renderer's paragraph is longer */
	PARAGRAPH_LINES = 1024,  /* and none has more lines */
	BLANK_BYTES = 4096,      /* blank lines held at most */
};

void splitter_init(struct splitter *splitter, size_t line_max, paragraph_taker *take, void *context)
{
	*splitter = (struct splitter){
	    .line_max = line_max, .scan_all = true, .take = take, .context = context};
}

void splitter_fini(struct splitter *splitter)
{
	buffer_fini(&splitter->bytes);
	free(splitter->lines);
}

static void learn(struct splitter *s, bool closed)
{
	for (; s->learned + 1 < s->count; s->learned++)
		wrap_learn_pair(&s->wrap, &s->lines[s->learned], &s->lines[s->learned + 1]);
	if (closed && s->learned < s->count)
		wrap_learn_pair(&s->wrap, &s->lines[s->learned++], NULL);
}

static bool hand_on(struct splitter *s, const struct line *lines, size_t count, size_t size)
{
	if (s->blank_size + size == 0)
		return true;
	const char *bytes = s->bytes.data + s->next;
	const struct paragraph paragraph = {
	    .blank = bytes,
	    .blank_size = s->blank_size,
	    .blank_lines = s->blank_lines,
	    .bytes = bytes + s->blank_size,
	    .size = size,
	    .lines = (unsigned)count,
	    .torn = size > 0 && count == 0,
	    .scan = count == 1 && lines->scan.tidy ? &lines->scan : NULL,
	};

	s->next += s->blank_size + size;
	s->blank_size = s->blank_lines = 0;
	return s->take(s->context, &paragraph);
}

/* Whether a paragraph of so many lines and bytes may have more. */
static bool may_grow(size_t lines, size_t size)
{
	return lines < PARAGRAPH_LINES && size < PARAGRAPH_BYTES;
}

/* Hand on the paragraphs among the held lines; an open last one only if closed. */
static bool hand_on_paragraphs(struct splitter *s, bool closed)
{
	size_t first = 0;
	bool done = true;

	learn(s, closed);
	const struct wrapping wrapping = {
	    .wrap = &s->wrap, .width = wrap_width(&s->wrap), .pieces = s->scan_all};
	while (done && first < s->count) {
		const struct line *lines = s->lines + first;
		size_t left = s->count - first, count = 1, size = lines[0].size;
		/* Whether a line is a piece the one after it may tell. */
		size_t sure = left - (wrapping.pieces && !closed);
		while (count < sure && may_grow(count, size) &&
		       wrap_goes_on(&wrapping, &lines[count - 1], &lines[count],
		           count + 1 < left ? &lines[count + 1] : NULL, count == 1))
			size += lines[count++].size;
		bool open = count >= sure && !closed && may_grow(count, size);
		if (open && wrap_may_go_on(&wrapping, &lines[count - 1]))
			break;
		done = hand_on(s, lines, count, size);
		first += count;
	}
	s->count -= first;
	s->learned -= s->learned < first ? s->learned : first;
	memmove(s->lines, s->lines + first, s->count * sizeof *s->lines);
	return done;
}

/* A line too long to hold goes out in pieces as it comes. */
static bool tear(struct splitter *s, size_t size)
{
	s->line += size;
	return (s->count == 0 || hand_on_paragraphs(s, true)) && hand_on(s, NULL, 0, size);
}

static bool take_blank(struct splitter *s, size_t size)
{
	if (s->count > 0 && !hand_on_paragraphs(s, true))
		return false;
	s->blank_size += size;
	s->blank_lines++;
	return s->blank_size < BLANK_BYTES || hand_on(s, NULL, 0, 0);
}

/* The line has come to its end. */
static bool finish_line(struct splitter *s, size_t size)
{
	const char *bytes = s->bytes.data + s->line;

	if (s->tearing) {
		s->tearing = false;
		return tear(s, size);
	}
	s->line += size;
	if (!grow(&s->lines, &s->capacity, s->count + 1, sizeof *s->lines))
		return false;
	struct line *line = &s->lines[s->count];
	const struct line *before = s->count > 0 ? line - 1 : NULL;
	if (!line_measure(line, bytes, size, before, s->scan_all) && size < BLANK_BYTES)
		return take_blank(s, size);
	s->count++;
	wrap_learn_line(&s->wrap, line);
	bool enough =
	    s->count >= CHUNK_LINES || s->line - s->next >= CHUNK_BYTES || wrap_is_too_long(line);
	return !enough || hand_on_paragraphs(s, false);
}

/* Finish the lines that have an end, tear the one that is too long. */
static bool take_lines(struct splitter *s)
{
	for (;;) {
		const char *bytes = s->bytes.data;
		size_t end = s->bytes.size;
		if (end - s->line > s->line_max)
			end = s->line + s->line_max;
		const char *newline = memchr(bytes + s->searched, '\n', end - s->searched);
		if (newline) {
			s->searched = (size_t)(newline - bytes) + 1;
			if (!finish_line(s, s->searched - s->line))
				return false;
		} else if (end - s->line == s->line_max) {
			s->searched = end;
			s->tearing = true;
			if (!tear(s, s->line_max))
				return false;
		} else {
			s->searched = end;
			return true;
		}
	}
}

/* Bytes that were handed on make room before the buffer grows. */
static void make_room(struct splitter *s)
{
	size_t handed_on = s->next;

	if (handed_on <= s->bytes.size / 2)
		return;
	buffer_consume(&s->bytes, handed_on);
	s->next = 0;
	s->line -= handed_on;
	s->searched -= handed_on;
}

bool splitter_feed(struct splitter *s, const char *bytes, size_t size)
{
	make_room(s);
	return buffer_reserve(&s->bytes, s->bytes.size + size + SCAN_BLOCK) &&
	       buffer_append(&s->bytes, bytes, size) && take_lines(s);
}

bool splitter_end(struct splitter *s)
{
	if (s->line < s->bytes.size && !finish_line(s, s->bytes.size - s->line))
		return false;
	return (s->count == 0 || hand_on_paragraphs(s, true)) && hand_on(s, NULL, 0, 0);
}

bool paragraph_unwrap(struct buffer *out, const char *bytes, size_t size)
{
	uint32_t last = 0, first = 0;
	size_t end_size = 0;

	for (size_t at = 0; at < size;) {
		const char *newline = memchr(bytes + at, '\n', size - at);
		size_t next = newline ? (size_t)(newline - bytes) + 1 : size;
		size_t end = next, indent;
		while (end > at && (unsigned char)bytes[end - 1] <= ' ')
			end--;
		subject_marker(bytes + at, end - at, &indent);
		if (at > 0 && at + indent < end) {
			text_decode(bytes + at + indent, end - at - indent, &first);
			if (!(text_class(last) & text_class(first) & TEXT_UNSPACED) &&
			    !text_goes_on(bytes + at + indent, end - at - indent) &&
			    !buffer_append_byte(out, ' '))
				return false;
			at += indent;
		}
		if (!buffer_append(out, bytes + at, end - at))
			return false;
		size_t start = end;
		while (start > at && (bytes[start - 1] & 0xc0) == 0x80)
			start--;
		if (start > at)
			text_decode(bytes + start - 1, end - start + 1, &last);
		end_size = next - end;
		at = next;
	}
	return buffer_append(out, bytes + size - end_size, end_size);
}
