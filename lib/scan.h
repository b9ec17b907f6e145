/* One pass over a text: what the characters in it are, counted 64 bytes at a time. */
#ifndef SCAN_H
#define SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scan {
	/* It is as subjects are: single spaces, nothing invisible, no list marker. */
	bool tidy;
	/* The rest is told of texts without what subjects have not. */
	bool ascii;
	bool mixed;   /* letters of several alphabets, or styled ones */
	bool bracket; /* there is a "[" */
	bool copyright, address;
	bool last_capital; /* of the last word */
	uint32_t characters, columns;
	uint32_t possible_digits; /* decimal ones of any script, at most */
	bool wide_digits;         /* some of these are not ASCII */
	uint32_t first_word;      /* bytes before the first space */
	uint32_t spaces;
	uint32_t words, capitalised;
	uint32_t letters, upper, digits, unspaced;
	uint32_t sentences, commas, bars, quotes;
};

/* So many bytes can be read after what is scanned, whatever they are. */
enum { SCAN_BLOCK = 64 };

/*
 * Scan a text of one line, without its end, of at most 4 GB.  Stops at a
 * character that no subject has: only the first member is told then.
 * Unless all is asked for, words and marks are not counted.
 */
void scan_text(struct scan *scan, const char *text, size_t size, bool all);

/*
 * Which of the next SCAN_BLOCK bytes are ASCII letters, apostrophes or not
 * ASCII, the first one in the lowest bit.
 */
uint64_t scan_words(const char *bytes);
/* The same of ASCII digits. */
uint64_t scan_digits(const char *bytes);

#endif
