#include "paragraph.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "shape.h"
#include "text.h"

struct line {
	size_t size;         /* with its end */
	unsigned columns;    /* up to the last visible character */
	unsigned wide;       /* characters among these that take two */
	unsigned indent;     /* column of the first visible character */
	unsigned text;       /* column of the text after a list marker */
	unsigned first_word; /* columns of the first word */
	unsigned words;
	bool marked;      /* has a list marker */
	bool numbered;    /* has a number as items of lists have */
	bool unspaced;    /* starts in a script without spaces */
	bool ended;       /* a sentence ends at its end */
	bool lower;       /* starts with a small letter */
	bool ruler;       /* is one mark, drawn over and over */
	bool spaced;      /* has a space at its end */
	bool midst;       /* starts with a comma or the like */
	bool linked;      /* has a link's address, as Markdown does */
	bool open;        /* and ends in its midst */
	bool closes;      /* could have the end of one that is open */
	struct scan scan; /* if it is tidy */
};

enum {
	CHUNK_LINES = 16, /* lines looked at together */
	CHUNK_BYTES = 8192,
	PARAGRAPH_BYTES = 65536, /* no renderer's paragraph is longer */
	PARAGRAPH_LINES = 1024,  /* and none has more lines */
	BLANK_BYTES = 4096,      /* blank lines held at most */
	LONG_LINE = 40,          /* columns from which a line tells about the width */
	RULER = 20,              /* columns of the shortest one */
	USUAL_LEAST = 64,        /* columns of lines that were wrapped at a usual width */
	USUAL_MOST = 80,
	FULL_LEAST = 77,   /* columns of lines of unspaced script that are wrapped at 80 */
	FULL_WIDE = 72,    /* characters of lines that are wrapped by characters, not by columns, */
	WIDE_LEAST = 30,   /* and how many of them take two columns */
	FULL_VOTES = 2,    /* so many more of them than of longer lines: one may be a headline */
	CENTRED_MOST = 2,  /* columns that a centred line may be off, in twice its middle */
	FIRST_MOST = 4,    /* columns by which a paragraph's first line may be out of line */
	RAGGED_MOST = 10,  /* columns that are left empty by programs that even lines out, as fmt */
	PIECES_RARE = 500, /* of so many pairs of lines one at least is surely of two pieces */
	SURE_VOTES = 5,    /* for the first paragraph of a page, before others have voted */
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

static unsigned advance(unsigned column, uint32_t c)
{
	unsigned class = text_class(c);

	if (c == '\t')
		return column + 8 - column % 8;
	if (class == TEXT_INVISIBLE || c == '\r' || c == '\n')
		return column;
	return column + (class & TEXT_WIDE ? 2 : 1);
}

/* Columns of a text's first bytes. */
static unsigned columns_of(const char *text, size_t size)
{
	unsigned column = 0;

	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += text_decode(text + at, size - at, &c);
		column = advance(column, c);
	}
	return column;
}

/* Whether a text begins as "12. " does, or "1) ". */
static bool has_number(const char *text, size_t size)
{
	size_t digits = 0;

	while (digits < size && digits < 3 && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	return digits > 0 && digits + 1 < size && (text[digits] == '.' || text[digits] == ')') &&
	       text[digits + 1] == ' ';
}

/* A line as subjects are was measured when it was scanned. */
static void measure_tidy(const char *text, size_t size, struct line *line)
{
	const struct scan *scan = &line->scan;
	uint32_t first;
	size_t end;

	line->columns = scan->columns;
	line->wide = scan->columns - scan->characters;
	line->words = scan->spaces + 1;
	line->ended = text_marks(shape_last_character(text, size, &end)) & MARK_SENTENCE;
	line->first_word = scan->first_word;
	text_decode(text, size, &first);
	line->lower = text_class(first) & TEXT_LOWER;
	line->numbered = has_number(text, size);
	if (scan->ascii)
		return;
	line->unspaced = text_class(first) & TEXT_UNSPACED;
	line->first_word = line->unspaced ? 2 : columns_of(text, scan->first_word);
}

/* Any line, column by column. */
static void measure_untidy(const char *bytes, size_t size, struct line *line)
{
	size_t indent, marker = subject_marker(bytes, size, &indent);
	unsigned column = 0;
	bool in_word = false;

	line->marked = marker > indent;
	line->numbered = has_number(bytes + indent, size - indent);
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
		if (text && at == indent) {
			line->unspaced = text_class(c) & TEXT_UNSPACED;
			line->lower = text_class(c) & TEXT_LOWER;
		}
		column = advance(column, c);
		at += length;
		line->wide += visible && (text_class(c) & TEXT_WIDE);
		if (visible)
			line->columns = column;
		if (visible && !(text_marks(c) & MARK_CLOSING))
			line->ended = (text_marks(c) & MARK_SENTENCE);
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
}

static bool is_ruler(const char *text, size_t size)
{
	uint32_t c;

	for (; size > 0 && *text == ' '; size--)
		text++;
	size_t length = size > 0 ? text_decode(text, size, &c) : 0;
	return length > 0 && !(text_class(c) & (TEXT_LETTER | TEXT_DIGIT)) &&
	       memcmp(text, text + length, size - length) == 0;
}

/* The last place where a link's address begins, as Markdown writes it, or NULL. */
static const char *last_link(const char *text, size_t size)
{
	const char *last = NULL, *next;

	for (size_t at = 0; (next = memmem(text + at, size - at, "](", 2));) {
		last = next;
		at = (size_t)(next - text) + 2;
	}
	return last;
}

/* See whether the line has links, and whether an address goes on in it or in the next one. */
static void find_links(const char *text, size_t size, const struct line *before, struct line *line)
{
	const char *link = NULL, *end = text + size;
	bool goes_on = before && before->open;

	if (line->scan.bracket || !line->scan.tidy)
		link = last_link(text, size);
	line->linked = link;
	line->closes = goes_on && (line->words == 1 || memchr(text, ')', size));
	if (link || line->closes)
		line->open = !memchr(link ? link : text, ')', (size_t)(end - (link ? link : text)));
}

/* Measure a line after another, if any; false if it is blank. */
static bool measure(
    const char *bytes, size_t size, bool all, const struct line *before, struct line *line)
{
	size_t text = size;

	/* What is scanned is cleared there. */
	memset(line, 0, offsetof(struct line, scan));
	line->size = size;
	line->scan.tidy = false;
	while (text > 0 && (bytes[text - 1] == '\n' || bytes[text - 1] == '\r'))
		text--;
	if (text <= SUBJECT_MAX)
		scan_text(&line->scan, bytes, text, all);
	if (text > 0 && line->scan.tidy)
		measure_tidy(bytes, text, line);
	else if (text > 0)
		measure_untidy(bytes, size, line);
	find_links(bytes, text, before, line);
	line->spaced = text > 0 && bytes[text - 1] == ' ';
	line->midst = text_goes_on(bytes, text);
	line->ruler = line->words == 1 && line->columns >= RULER && is_ruler(bytes, text);
	return line->columns > 0;
}

/* Whether b is no paragraph of its own: rulers are, and items of lists. */
static bool may_continue(const struct line *a, const struct line *b)
{
	return !a->ruler && !b->ruler && !b->marked && !(a->numbered && b->numbered);
}

/* Whether b could continue a's paragraph as far as indentation tells. */
static bool aligned(const struct line *a, const struct line *b)
{
	return may_continue(a, b) && b->indent == (a->marked ? a->text : a->indent);
}

static bool are_near(unsigned a, unsigned b, unsigned most)
{
	return a <= b + most && b <= a + most;
}

/* Whether b could continue a paragraph's first line, which may be indented or have a number. */
static bool goes_on_from_first(const struct line *a, const struct line *b)
{
	return may_continue(a, b) && !a->marked && are_near(a->indent, b->indent, FIRST_MOST);
}

/* Whether a line is centred on a page of that width. */
static bool is_centred(const struct line *line, unsigned width)
{
	return are_near(line->indent + line->columns, width, CENTRED_MOST);
}

/* Whether b could continue a's paragraph if both are centred on such a page. */
static bool are_centred(const struct line *a, const struct line *b, unsigned width)
{
	return may_continue(a, b) && !a->marked && is_centred(a, width) && is_centred(b, width);
}

/* The columns that b's first word and a line of so many would have taken. */
static unsigned needed(unsigned columns, const struct line *b)
{
	/* A line of unspaced script may end early, lest punctuation start the next. */
	return b->unspaced ? columns + 4 : columns + 1 + b->first_word;
}

/*
 * Whether the pair is surely of one paragraph, if it is not of two sentences:
 * the first ends where renderers end lines that are left alone (w3m and lynx
 * at 80 columns, mail programs at 72), the second goes on with a small letter.
 * Where there are no spaces to end at, lines are full.
 */
static bool goes_on(const struct line *a, const struct line *b)
{
	if (a->columns > USUAL_MOST)
		return false;
	return (b->lower && a->columns >= USUAL_LEAST) || (b->unspaced && a->columns >= FULL_LEAST);
}

/*
 * Whether a line is full if characters are counted in place of columns, as
 * lynx does, and not empty at its end for a word; 1 if so, -1 if it is longer.
 */
static int is_full_of_characters(const struct line *a)
{
	unsigned characters = a->columns - a->wide;

	if (a->wide < WIDE_LEAST || characters < FULL_WIDE)
		return 0;
	return characters <= USUAL_MOST ? 1 : -1;
}

/* Whether b goes on with a in a text that is wrapped by characters. */
static bool goes_on_by_characters(
    const struct wrap *wrap, const struct line *a, const struct line *b)
{
	return wrap->full >= FULL_VOTES && is_full_of_characters(a) > 0 && b->wide > 0 &&
	       aligned(a, b);
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
	/* Addresses are too long to wrap, and what has them is not wrapped at all by some. */
	if (a->linked && a->columns > USUAL_MOST)
		return;
	if (a->columns > WRAP_MAX) {
		wrap->pairs += a->words >= 8 ? 3 : 0;
		return;
	}
	for (unsigned w = WRAP_MIN; w < a->columns && a->words > 1; w++)
		wrap->votes[w]--;
	/* A form's field or a ruler may be long, but is no text. */
	if (!b || a->columns < LONG_LINE || (a->words < 4 && !a->unspaced) ||
	    (!aligned(a, b) && !are_centred(a, b, a->indent + a->columns)))
		return;
	wrap->pairs++;
	int votes = goes_on(a, b) ? SURE_VOTES : 1;
	if (a->ended)
		return;
	wrap->most += votes;
	bool centred = !aligned(a, b);
	unsigned most = needed(centred ? a->columns - a->indent : a->columns, b);
	for (unsigned w = a->columns; w <= WRAP_MAX && w < most; w++)
		if (!centred || is_centred(a, w))
			wrap->votes[w] += votes;
}

static bool are_enough(const struct wrap *wrap, int votes)
{
	return votes * 2 > (int)wrap->pairs + 1;
}

/* The width that most pairs agree on, or 0 if the text does not look wrapped. */
static unsigned wrap_width(struct wrap *wrap)
{
	unsigned best = WRAP_MIN;

	if (!are_enough(wrap, wrap->most))
		return 0;
	for (unsigned w = WRAP_MIN; w <= WRAP_MAX; w++)
		if (wrap->votes[w] > wrap->votes[best])
			best = w;
	wrap->most = wrap->votes[best];
	return are_enough(wrap, wrap->most) ? best : 0;
}

/*
 * Some programs end a line where a link or emphasis begins and ends: its
 * pieces are lines, then, with the spaces that were between them, or without.
 * Whether b surely is a piece that follows a.
 */
static bool is_sure_piece(const struct line *a, const struct line *b)
{
	return b->midst ||
	       (b->indent == 1 && b->lower && b->words >= 5 && a->indent == 0 && !a->ended);
}

/* Whether enough lines of a text are pieces to take others for pieces, too. */
static bool is_in_pieces(const struct wrap *wrap)
{
	return wrap->pieces * PIECES_RARE > wrap->neighbours;
}

/* Whether b, in a text that is in pieces, is one that follows a. */
static bool is_piece(const struct line *a, const struct line *b, bool wrapped)
{
	return b->midst || (!a->ended && may_continue(a, b) &&
	                       (a->spaced || b->indent == 1 || (b->lower && !wrapped)));
}

static void learn(struct splitter *s, bool closed)
{
	for (; s->learned + 1 < s->count; s->learned++) {
		const struct line *line = &s->lines[s->learned];
		s->wrap.neighbours++;
		s->wrap.pieces += is_sure_piece(line, line + 1);
		learn_pair(&s->wrap, line, line + 1);
	}
	if (closed && s->learned < s->count)
		learn_pair(&s->wrap, &s->lines[s->learned++], NULL);
}

/* Whether a ends early in the midst of a sentence, as some programs wrap, so that all lines do. */
static bool is_ragged(unsigned width, const struct line *a, const struct line *b)
{
	return b->lower && !a->ended && a->columns + RAGGED_MOST >= width;
}

static bool continues(const struct splitter *s, unsigned width, const struct line *a,
    const struct line *b, bool first)
{
	if (a->open && b->closes)
		return true;
	if (s->scan_all && is_in_pieces(&s->wrap) && is_piece(a, b, width > 0))
		return true;
	if (goes_on_by_characters(&s->wrap, a, b))
		return true;
	if (width == 0 || a->columns > width)
		return false;
	if (aligned(a, b) || (first && goes_on_from_first(a, b)))
		return needed(a->columns, b) > width || is_ragged(width, a, b);
	return are_centred(a, b, width) && needed(a->columns - a->indent, b) > width;
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
	unsigned width = wrap_width(&s->wrap);
	while (done && first < s->count) {
		const struct line *lines = s->lines + first;
		size_t left = s->count - first, count = 1, size = lines[0].size;
		while (count < left && may_grow(count, size) &&
		       continues(s, width, &lines[count - 1], &lines[count], count == 1))
			size += lines[count++].size;
		bool open = count == left && !closed && may_grow(count, size);
		const struct line *last = &lines[count - 1];
		bool waits = last->open || is_full_of_characters(last) > 0;
		if (open && (width > 0 || last->columns <= WRAP_MAX || waits))
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
	if (!measure(bytes, size, s->scan_all, before, line) && size < BLANK_BYTES)
		return take_blank(s, size);
	s->count++;
	int full = is_full_of_characters(line);
	s->wrap.full += full;
	bool long_line = line->columns > WRAP_MAX && full <= 0;
	bool enough = s->count >= CHUNK_LINES || s->line - s->next >= CHUNK_BYTES || long_line;
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

/* Bytes that are not needed any more make room before the buffer grows. */
static void make_room(struct splitter *s)
{
	if (s->released <= s->bytes.size / 2)
		return;
	buffer_consume(&s->bytes, s->released);
	s->next -= s->released;
	s->line -= s->released;
	s->searched -= s->released;
	s->released = 0;
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

const char *splitter_oldest(const struct splitter *s)
{
	return s->bytes.data + s->released;
}

void splitter_release(struct splitter *s, size_t size)
{
	s->released += size;
}

size_t splitter_held(const struct splitter *s)
{
	return s->next - s->released;
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
