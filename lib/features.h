/* What the article model knows of a paragraph: numbers with names that score rules use. */
#ifndef FEATURES_H
#define FEATURES_H

#include <stddef.h>

enum ending { ENDS_PLAIN, ENDS_SENTENCE, ENDS_COLON, ENDS_COMMA, ENDS_ELLIPSIS };

/*
 * X(enumerator, name in rule files).  The first part is the paragraph's own
 * shape, the second its place among others; declutter-rules(5) explains each.
 */
#define FEATURES(X) \
	X(WORDS, "words") \
	X(CHARS, "chars") \
	X(WORD_LENGTH, "wordlen") \
	X(ENDS, "ends") \
	X(SENTENCES, "sentences") \
	X(COMMAS, "commas") \
	X(CAPITALISED, "caps") \
	X(DIGITS, "digits") \
	X(ALL_CAPITALS, "upper") \
	X(LOWER_START, "lower") \
	X(QUOTE_START, "quote") \
	X(DASH_START, "dash") \
	X(BULLET, "bullet") \
	X(BARS, "bars") \
	X(UNSPACED, "unspaced") \
	X(CELLS, "cells") \
	X(CODE, "code") \
	X(COPYRIGHT, "copyright") \
	X(ADDRESS, "address") \
	X(QUESTION, "question") \
	X(EXCLAMATION, "exclamation") \
	X(QUOTES, "quotes") \
	X(PARENTHESIS, "parenthesis") \
	X(LAST_CAPITAL, "lastcap") \
	X(DATE, "date") \
	X(PROSE, "prose") \
	X(SEEN, "seen") \
	X(ALIKE, "alike") \
	X(CLUTTER, "clutter") \
	X(TAIL, "tail") \
	X(SECTION, "section") \
	X(BLANK_BEFORE, "before") \
	X(BLANK_AFTER, "after") \
	X(POSITION, "position") \
	X(PROSE_SO_FAR, "sofar") \
	X(CLUTTER_SO_FAR, "clutters") \
	X(SINCE_PROSE, "since") \
	X(TO_PROSE, "until") \
	X(PROSE_BEHIND, "behind") \
	X(PROSE_AHEAD, "ahead") \
	X(NEAR_BEHIND, "nearbehind") \
	X(NEAR_AHEAD, "nearahead") \
	X(BETWEEN, "between") \
	X(FAMILIAR, "familiar") \
	X(FAMILIAR_AHEAD, "familiarahead") \
	X(ECHO_BEHIND, "echobehind") \
	X(AGAIN, "again") \
	X(SINCE_COMMENTS, "sincecomments") \
	X(SINCE_RELATED, "sincerelated") \
	X(SINCE_EDGE, "sinceedge") \
	X(TO_COMMENTS, "tocomments") \
	X(TO_RELATED, "torelated") \
	X(TO_EDGE, "toedge") \
	X(CLUTTER_BEHIND, "clutterbehind") \
	X(CLUTTER_AHEAD, "clutterahead") \
	X(DATES_BEHIND, "datesbehind") \
	X(DATES_AHEAD, "datesahead") \
	X(LONGEST_AHEAD, "longestahead") \
	X(SHORT_BEHIND, "shortbehind") \
	X(SHORT_AHEAD, "shortahead") \
	X(RUN_BEHIND, "runbehind") \
	X(RUN_AHEAD, "runahead") \
	X(RUNS_BEHIND, "runsbehind") \
	X(RUNS_AHEAD, "runsahead") \
	X(ALIKE_BEHIND, "alikebehind") \
	X(ALIKE_AHEAD, "alikeahead") \
	X(PREVIOUS_WORDS, "prevwords") \
	X(PREVIOUS_ENDS, "prevends") \
	X(BEFORE_PREVIOUS_WORDS, "beforeprevwords") \
	X(NEXT_WORDS, "nextwords") \
	X(NEXT_ENDS, "nextends") \
	X(SECOND_WORDS, "secondwords") \
	X(SECOND_ENDS, "secondends")

enum feature {
#define X(enumerator, name) FEATURE_##enumerator,
	FEATURES(X)
#undef X
	    FEATURE_COUNT
};

/* Room for the features in whole vectors; the last ones are none. */
enum { FEATURE_SLOTS = (FEATURE_COUNT + 15) / 16 * 16 };

struct features {
	short value[FEATURE_SLOTS];
};

/* A count as a feature's value: large ones all count the same. */
static inline short feature_clamp(size_t count)
{
	return count > 30000 ? 30000 : (short)count;
}

const char *feature_name(enum feature feature);
/* The feature of that name, or FEATURE_COUNT. */
enum feature feature_find(const char *name, size_t size);

/* The value "sentence", "colon", ... of an ends feature, or -1. */
int ending_find(const char *name, size_t size);

#endif
