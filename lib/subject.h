/* The paragraph as patterns and the article model see it. */
#ifndef SUBJECT_H
#define SUBJECT_H

#include <stdint.h>

#include "buffer.h"
#include "scan.h"

/* Words of a paragraph by which its likeness to others is told, at most. */
enum { WORDS_KEPT = 24, WORD_LETTERS = 5 };

/* Longer subjects are cut: what follows in such a paragraph is not looked at. */
enum { SUBJECT_MAX = 1 << 16 };

struct subject {
	struct span text;   /* valid UTF-8, white space folded, markers and invisibles gone */
	struct span folded; /* the same through text_fold */
	struct span mould;  /* folded, with every number as one zero, for the index */
	struct scan scan;   /* of the text */
	uint64_t hash;      /* of folded; equal subjects have equal hashes */
	uint64_t shape;     /* the same of its mould */
	unsigned cells;     /* gaps in its lines as between the cells of a table's row */
	/* hashes of its first long words, then zeros: five letters, or two unspaced characters */
	uint16_t words[WORDS_KEPT];
	size_t word_count;

	/* what the spans point to if not to the lines themselves */
	struct buffer made, plain, folds, moulds;
};

/*
 * Make the subject of a paragraph's lines.  If there is one line only, and
 * it is tidy, its scan may be given; it must live as long, then.  Else scan is
 * NULL.  False when memory is short.
 */
bool subject_make(struct subject *subject, const char *lines, size_t size, const struct scan *scan);
/* Fill in folded, the mould, and their hashes; false when memory is short. */
bool subject_fold(struct subject *subject);
/*
 * The same faster, but they may be not all of the subject: they begin and end
 * with the same SUBJECT_EDGE bytes, and there are no hashes.
 */
enum { SUBJECT_EDGE = 4 };
bool subject_fold_edges(struct subject *subject);
/* Fill in by what words a folded subject is known to be like others. */
void subject_find_words(struct subject *subject);
void subject_fini(struct subject *subject);

/* A pattern's text as subjects are: invisible characters gone, spaces plain. */
bool subject_clean_pattern(struct buffer *out, const char *text, size_t size);

/* How many bytes at the start of a line are indentation, quote marks and a list marker. */
size_t subject_marker(const char *line, size_t size, size_t *indent);

#endif
