#include "paragraph.h"

#include <stdlib.h>
#include <string.h>

#include "subject.h"
#include "text.h"

struct line {
	size_t size;         /* with its end */
	unsigned columns;    /* up to the last visible character */
	unsigned indent;     /* column of the first visible character */
	unsigned text;       /* column of the text after a list marker */
	unsigned first_word; /* columns of the first word */
	unsigned words;
	bool marked;   /* has a list marker */
	bool unspaced; /* starts in a script without spaces */
	bool ended;    /* a sentence ends at its end */
};

enum {
	CHUNK_LINES = 16, /* lines looked at together */
	CHUNK_BYTES = 8192,
	PARAGRAPH_BYTES = 65536, /* no renderer's paragraph is longer */
	BLANK_BYTES = 4096,      /* blank lines held at most */
	LONG_LINE = 40,          /* columns from which a line tells about the width */
};

void splitter_init(struct splitter *splitter, size_t line_max, paragraph_taker *take, void *context)
{
	*splitter = (struct splitter){.line_max = line_max, .take = take, .context = context};
}

void splitter_fini(struct splitter *splitter)
{
	buffer_fini(&splitter->held);
	free(splitter->lines);
}

static unsigned advance(unsigned column, uint32_t c)
{
	unsigned class = text_class(c);

	if (c == '\t')
		return column + 8 - column % 8;
	if (class == TEXT_INVISIBLE || c == '\r' || c == '\n')
		return column;
	return column + (class & TEXT_WIDE ? 2 : 1);
}

/* Measure a line; false if it is blank. */
static bool measure(const char *bytes, size_t size, struct line *line)
{
	size_t indent, marker = subject_marker(bytes, size, &indent);
	unsigned column = 0;
	bool in_word = false;

	*line = (struct line){.size = size, .marked = marker > indent};
	for (size_t at = 0; at < size;) {
		uint32_t c;
		if (at == indent)
			line->indent = column;
		if (at == marker)
			line->text = column;
		size_t length = text_decode(bytes + at, size - at, &c);
		/* A renderer breaks no line at these: words that they join are one. */
		bool glue = c == 0xa0 || c == 0x202f;
		bool visible = !(text_class(c) & (TEXT_SPACE | TEXT_INVISIBLE));
		bool text = visible && at >= indent; /* quote marks are visible, but no text */
		if (text && at == indent)
			line->unspaced = text_class(c) & TEXT_UNSPACED;
		column = advance(column, c);
		at += length;
		if (visible)
			line->columns = column;
		if (visible && !text_is_closing(c))
			line->ended = text_is_sentence_end(c);
		line->words += text && !in_word;
		if (text && line->words == 1)
			line->first_word = column - line->indent;
		in_word = text || (glue && in_word);
		/* Far beyond any width: nothing more to learn. */
		if (column > 4 * WRAP_MAX && line->words > 1)
			break;
	}
	if (line->unspaced)
		line->first_word = 2;
	if (marker == size)
		line->text = line->indent;
	return line->columns > 0;
}

/* Whether b could continue a's paragraph as far as indentation tells. */
static bool aligned(const struct line *a, const struct line *b)
{
	return !b->marked && b->indent == (a->marked ? a->text : a->indent);
}

/* The columns that a would have taken had b's first word been put there too. */
static unsigned needed(const struct line *a, const struct line *b)
{
	/* A line of unspaced script may end early, lest punctuation start the next. */
	return b->unspaced ? a->columns + 4 : a->columns + 1 + b->first_word;
}

/*
 * A pair of neighbouring lines votes for every width at which the first word
 * of the second would not have fit on the first: the true width is among
 * them if the pair was wrapped.  Few wrapped lines end a sentence, most lines
 * that are a paragraph of their own do: these do not vote for any.  A line of
 * several words votes against every width that it exceeds; lines too long for
 * any count against all.
 */
static void learn_pair(struct wrap *wrap, const struct line *a, const struct line *b)
{
	if (a->columns > WRAP_MAX) {
		wrap->pairs += a->words >= 8 ? 3 : 0;
		return;
	}
	for (unsigned w = WRAP_MIN; w < a->columns && a->words > 1; w++)
		wrap->votes[w]--;
	/* A form's field or a ruler may be long, but is no text. */
	if (!b || a->columns < LONG_LINE || (a->words < 4 && !a->unspaced) || !aligned(a, b))
		return;
	wrap->pairs++;
	for (unsigned w = a->columns; !a->ended && w <= WRAP_MAX && w < needed(a, b); w++)
		wrap->votes[w]++;
}

/* The width that most pairs agree on, or 0 if the text does not look wrapped. */
static unsigned wrap_width(const struct wrap *wrap)
{
	unsigned best = WRAP_MIN;

	for (unsigned w = WRAP_MIN; w <= WRAP_MAX; w++)
		if (wrap->votes[w] > wrap->votes[best])
			best = w;
	return wrap->votes[best] * 2 > (int)wrap->pairs + 1 ? best : 0;
}

static void learn(struct splitter *s, bool closed)
{
	for (; s->learned + 1 < s->count; s->learned++)
		learn_pair(&s->wrap, &s->lines[s->learned], &s->lines[s->learned + 1]);
	if (closed && s->learned < s->count)
		learn_pair(&s->wrap, &s->lines[s->learned++], NULL);
}

static bool continues(unsigned width, const struct line *a, const struct line *b)
{
	return width > 0 && aligned(a, b) && a->columns <= width && needed(a, b) > width;
}

static bool hand_on(struct splitter *s, size_t lines, size_t size, bool torn)
{
	const struct paragraph paragraph = {
	    .blank = s->held.data,
	    .blank_size = s->blank_size,
	    .blank_lines = s->blank_lines,
	    .bytes = s->held.data + s->blank_size,
	    .size = size,
	    .lines = (unsigned)lines,
	    .torn = torn,
	};

	if (s->blank_size + size == 0)
		return true;
	if (!s->take(s->context, &paragraph))
		return false;
	buffer_consume(&s->held, s->blank_size + size);
	s->blank_size = s->blank_lines = 0;
	s->count -= lines;
	s->learned -= s->learned < lines ? s->learned : lines;
	if (s->count > 0)
		memmove(s->lines, s->lines + lines, s->count * sizeof *s->lines);
	return true;
}

/* Hand on the paragraphs among the held lines; an open last one only if closed. */
static bool hand_on_paragraphs(struct splitter *s, bool closed)
{
	learn(s, closed);
	unsigned width = wrap_width(&s->wrap);

	while (s->count > 0) {
		size_t lines = 1, size = s->lines[0].size;
		while (lines < s->count && size < PARAGRAPH_BYTES &&
		       continues(width, &s->lines[lines - 1], &s->lines[lines]))
			size += s->lines[lines++].size;
		bool open = lines == s->count && !closed && size < PARAGRAPH_BYTES;
		if (open && (width > 0 || s->lines[lines - 1].columns <= WRAP_MAX))
			return true;
		if (!hand_on(s, lines, size, false))
			return false;
	}
	return true;
}

/* A line too long to hold goes out in pieces as it comes. */
static bool tear(struct splitter *s)
{
	if (!hand_on_paragraphs(s, true))
		return false;
	size_t size = s->unfinished;
	s->unfinished = 0;
	s->tearing = true;
	return hand_on(s, 0, size, true);
}

static bool take_blank(struct splitter *s, size_t size)
{
	if (s->count > 0 && !hand_on_paragraphs(s, true))
		return false;
	s->blank_size += size;
	s->blank_lines++;
	return s->blank_size < BLANK_BYTES || hand_on(s, 0, 0, false);
}

/* The unfinished line has come to its end. */
static bool finish_line(struct splitter *s)
{
	struct line line;
	size_t size = s->unfinished;

	s->unfinished = 0;
	if (s->tearing) {
		s->tearing = false;
		return hand_on(s, 0, size, true);
	}
	if (!measure(s->held.data + s->held.size - size, size, &line) && size < BLANK_BYTES)
		return take_blank(s, size);
	if (!grow(&s->lines, &s->capacity, s->count + 1, sizeof *s->lines))
		return false;
	s->lines[s->count++] = line;
	bool enough =
	    s->count >= CHUNK_LINES || s->held.size >= CHUNK_BYTES || line.columns > WRAP_MAX;
	return !enough || hand_on_paragraphs(s, false);
}

bool splitter_feed(struct splitter *s, const char *bytes, size_t size)
{
	while (size > 0) {
		const char *end = memchr(bytes, '\n', size);
		size_t part = end ? (size_t)(end - bytes) + 1 : size;
		if (part > s->line_max)
			part = s->line_max;
		if (!buffer_append(&s->held, bytes, part))
			return false;
		s->unfinished += part;
		bytes += part;
		size -= part;
		if (bytes[-1] == '\n') {
			if (!finish_line(s))
				return false;
		} else if (s->unfinished >= s->line_max && !tear(s)) {
			return false;
		}
	}
	return true;
}

bool splitter_end(struct splitter *s)
{
	if (s->unfinished > 0 && !finish_line(s))
		return false;
	return hand_on_paragraphs(s, true) && hand_on(s, 0, 0, false);
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
