#include "wrap.h"

enum {
	NARROW = 60,      /* columns of a page below which more is asked: headlines are as long, */
	NARROW_MIDST = 3, /* one of so many pairs in the midst of a sentence, as in prose */
	LONG_LINE = 40,   /* columns from which a line tells about the width */
	USUAL_LEAST = 64, /* columns of lines that were wrapped at a usual width */
	USUAL_MOST = 80,
	FULL_LEAST = 77,  /* columns of lines of unspaced script that are wrapped at 80 */
	FULL_WIDE = 72,   /* characters of lines that are wrapped by characters, not by columns, */
	WIDE_LEAST = 30,  /* and how many of them take two columns */
	FULL_VOTES = 2,   /* so many more of them than of longer lines: one may be a headline */
	CENTRED_MOST = 2, /* columns that a centred line may be off, in twice its middle */
	FIRST_MOST = 5,   /* columns by which a paragraph's first line may be out of line */
	INDENTED_LEAST = 3, /* pairs that show that all first lines are indented, */
	INDENTED_RARE = 20, /* and of how many pairs one must */
	INDENT_MOST = 8,    /* columns by which they are */
	RAGGED_MOST = 10,  /* columns that are left empty by programs that even lines out, as fmt */
	PIECES_RARE = 500, /* of so many pairs of lines one at least is surely of two pieces */
	PIECE_WORDS = 5,   /* of a piece that a space and a small letter show: menus have fewer */
	SOURCE_INDENT = 8, /* columns that lines are indented by in HTML, and not by renderers */
	SURE_VOTES = 5,    /* for the first paragraph of a page, before others have voted */
};

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

/* Whether b goes on in the midst of a sentence, or where there are no spaces to end at. */
static bool is_midst(const struct line *a, const struct line *b)
{
	return b->lower || (b->unspaced && a->columns >= FULL_LEAST);
}

/* Whether a is further in than b, as an indented first line is. */
static bool is_further_in(const struct line *a, const struct line *b)
{
	return a->indent > b->indent && a->indent - b->indent <= INDENT_MOST;
}

/* Whether b surely goes on with a paragraph's first line, which is indented. */
static bool goes_on_from_indented(const struct line *a, const struct line *b)
{
	return may_continue(a, b) && !a->marked && !a->ended && is_midst(a, b) &&
	       is_further_in(a, b);
}

/* Whether the first lines of a text's paragraphs are indented. */
static bool is_indented(const struct wrap *wrap)
{
	return wrap->indented >= INDENTED_LEAST &&
	       wrap->indented * INDENTED_RARE > wrap->neighbours;
}

/* Whether b could continue a paragraph's first line, which may be indented or have a number. */
static bool goes_on_from_first(const struct wrap *wrap, const struct line *a, const struct line *b)
{
	if (!may_continue(a, b) || a->marked)
		return false;
	return are_near(a->indent, b->indent, FIRST_MOST) || goes_on_from_indented(a, b) ||
	       (is_indented(wrap) && is_further_in(a, b));
}

/* Whether a line's text is long enough to have been wrapped. */
static bool is_long(const struct line *line)
{
	return line->columns >= line->indent + LONG_LINE;
}

/* Whether a line is centred on a page of that width. */
static bool is_centred(const struct line *line, unsigned width)
{
	return are_near(line->indent + line->columns, width, CENTRED_MOST);
}

/* Whether b could continue a's paragraph if both are centred on such a page. */
static bool are_centred(const struct line *a, const struct line *b, unsigned width)
{
	/* A line from the margin on is full, and an indented one after it begins a paragraph. */
	return may_continue(a, b) && !a->marked && !(a->ended && a->indent == 0) &&
	       is_centred(a, width) && is_centred(b, width);
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
	return a->columns <= USUAL_MOST && a->columns >= USUAL_LEAST && is_midst(a, b);
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
 * Some programs end a line where a link or emphasis begins and ends: its
 * pieces are lines, then, with the spaces that were between them, or without.
 * Whether b surely is a piece that follows a.
 */
static bool is_sure_piece(const struct line *a, const struct line *b)
{
	return b->midst || (b->indent == 1 && b->lower && b->words >= PIECE_WORDS &&
	                       a->indent == 0 && !a->ended);
}

/* Whether enough lines of a text are pieces to take others for pieces, too. */
static bool is_in_pieces(const struct wrap *wrap)
{
	return wrap->pieces * PIECES_RARE > wrap->neighbours;
}

/* Whether b, in a text that is in pieces, is one that follows a. */
static bool is_piece(const struct line *a, const struct line *b, bool wrapped)
{
	return b->midst || b->bracket ||
	       (!a->ended && may_continue(a, b) &&
	           (a->spaced || a->hangs || b->indent == 1 || (b->lower && !wrapped)));
}

/*
 * Some programs take a page's tags out and leave the white space: where the
 * HTML was wrapped, a paragraph's first line begins where its tag stood, or
 * at the margin, and the others stand where they stood, as far from it or
 * further.  Whether b surely goes on so with a.
 */
static bool is_sure_source(const struct line *a, const struct line *b)
{
	return may_continue(a, b) && a->indent <= b->indent && b->indent >= SOURCE_INDENT &&
	       is_long(a) && !a->ended && b->lower;
}

/* Whether b goes on with a in a text with such lines. */
static bool goes_on_in_source(const struct line *a, const struct line *b, bool first)
{
	if (!may_continue(a, b) || b->indent < SOURCE_INDENT)
		return false;
	if (a->indent == b->indent)
		return !first || (is_long(a) && !a->ended && b->lower);
	return a->indent < b->indent && (is_long(a) || (!a->ended && a->indent < SOURCE_INDENT));
}

/*
 * Whether b is a piece between two others though it begins with a capital
 * letter: a name, say, in the midst of a sentence that goes on with c.
 */
static bool is_inner_piece(
    const struct line *a, const struct line *b, const struct line *c, bool wrapped)
{
	return c && !a->ended && may_continue(a, b) && a->words >= PIECE_WORDS &&
	       b->words <= PIECE_WORDS && !b->ended && is_piece(b, c, wrapped);
}

void wrap_learn_line(struct wrap *wrap, const struct line *line)
{
	wrap->full += is_full_of_characters(line);
}

/*
 * A pair of neighbouring lines votes for every width at which the first word
 * of the second would not have fit on the first: the true width is among
 * them if the pair was wrapped.  Few wrapped lines end a sentence, most lines
 * that are a paragraph of their own do: these do not vote for any.  A line of
 * several words votes against every width that it exceeds; lines too long for
 * any count against all.
 */
void wrap_learn_pair(struct wrap *wrap, const struct line *a, const struct line *b)
{
	if (b) {
		wrap->neighbours++;
		wrap->indented += is_long(a) && goes_on_from_indented(a, b);
		wrap->pieces += is_sure_piece(a, b);
		wrap->sources += is_sure_source(a, b);
	}
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
	if (!b || a->columns < LONG_LINE || (a->words < 4 && !a->unspaced))
		return;
	bool centred = !aligned(a, b) && !goes_on_from_indented(a, b);
	if (centred &&
	    (a->indent == 0 || b->indent == 0 || !are_centred(a, b, a->indent + a->columns)))
		return;
	wrap->pairs++;
	int votes = goes_on(a, b) ? SURE_VOTES : 1;
	if (a->ended)
		return;
	wrap->midst += is_midst(a, b);
	wrap->most += votes;
	unsigned most = needed(centred ? a->columns - a->indent : a->columns, b);
	for (unsigned w = a->columns; w <= WRAP_MAX && w < most; w++)
		if (!centred || is_centred(a, w))
			wrap->votes[w] += votes;
}

/* Whether as many pairs go on in the midst of a sentence as in prose: of headlines none does. */
static bool are_sentences(const struct wrap *wrap)
{
	return wrap->midst * NARROW_MIDST >= wrap->pairs;
}

static bool are_enough(const struct wrap *wrap, int votes)
{
	return votes * 2 > (int)wrap->pairs + 1;
}

/* The width that most pairs agree on, the narrowest of these, from one on and below another. */
static unsigned best_width(const struct wrap *wrap, unsigned from, unsigned below)
{
	unsigned best = from;

	for (unsigned w = from; w < below; w++)
		if (wrap->votes[w] > wrap->votes[best])
			best = w;
	return best;
}

unsigned wrap_width(struct wrap *wrap)
{
	if (!are_enough(wrap, wrap->most))
		return 0;
	unsigned best = best_width(wrap, NARROW, WRAP_MAX + 1);
	unsigned narrow = best_width(wrap, WRAP_MIN, NARROW);

	if (wrap->votes[narrow] > wrap->votes[best])
		best = narrow;
	wrap->most = wrap->votes[best];
	if (!are_enough(wrap, wrap->most) || (best == narrow && !are_sentences(wrap)))
		return 0;
	return best;
}

/* Whether a ends early in the midst of a sentence, as some programs wrap, so that all lines do. */
static bool is_ragged(unsigned width, const struct line *a, const struct line *b)
{
	return b->lower && !a->ended && a->columns + RAGGED_MOST >= width;
}

bool wrap_goes_on(const struct wrapping *wrapping, const struct line *a, const struct line *b,
    const struct line *c, bool first)
{
	const struct wrap *wrap = wrapping->wrap;
	unsigned width = wrapping->width;

	if (a->open && b->closes)
		return true;
	if (wrapping->pieces && is_in_pieces(wrap) &&
	    (is_piece(a, b, width > 0) || is_inner_piece(a, b, c, width > 0)))
		return true;
	if (wrapping->pieces && wrap->sources * PIECES_RARE > wrap->neighbours &&
	    goes_on_in_source(a, b, first))
		return true;
	if (goes_on_by_characters(wrap, a, b))
		return true;
	if (width == 0 || a->columns > width)
		return false;
	if (aligned(a, b) || (first && goes_on_from_first(wrap, a, b)))
		return needed(a->columns, b) > width || is_ragged(width, a, b);
	return are_centred(a, b, width) && needed(a->columns - a->indent, b) > width;
}

bool wrap_may_go_on(const struct wrapping *wrapping, const struct line *line)
{
	return wrapping->width > 0 || line->columns <= WRAP_MAX || line->open ||
	       is_full_of_characters(line) > 0;
}

bool wrap_is_too_long(const struct line *line)
{
	return line->columns > WRAP_MAX && is_full_of_characters(line) <= 0;
}
