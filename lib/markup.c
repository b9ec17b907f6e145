#include "markup.h"

#include <string.h>

#include "text.h"

enum {
	PICTURE_NAME = 60,  /* bytes of the longest name of a picture; w3m cuts them */
	PICTURE_FILE = 128, /* the same of a file's name with its type, which lynx cuts */
	LINK_DIGITS = 4,    /* of the number of a link */
	LINK_NUMBERS = 8,   /* of links without a text, one after the other */
	TARGET_MOST = 2048, /* bytes of the longest address of a link */
	LINKS_OPEN = 4,     /* brackets in brackets that are told apart */
	ORNAMENT_MOST = 6,  /* the deepest heading has so many marks */
};

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/*
 * How many bytes a picture's name takes that a renderer wrote in its place, as
 * in "[logo-small]"; 0 if there is none.  "[Update]" and "[1]" are no names.
 */
static size_t picture_name(const char *text, size_t size)
{
	bool letters = false, others = false;

	if (size == 0 || *text != '[')
		return 0;
	for (size_t at = 1; at < size && at <= PICTURE_NAME; at++) {
		char c = text[at];
		bool letter = text_is_ascii_letter(c) || (unsigned char)c >= 0x80;
		if (c == ']')
			return letters && others ? at + 1 : 0;
		if (!letter && !is_digit(c) && !strchr("-_.%@+~", c))
			break;
		letters |= letter;
		others |= !letter;
	}
	return 0;
}

size_t markup_pictures(const char *text, size_t size)
{
	size_t at = 0, name;

	while ((name = picture_name(text + at, size - at)) > 0) {
		at += name;
		at += text_spaces(text + at, size - at);
	}
	return at < size ? at : 0;
}

/* Whether a file of such a name is a picture: "a.jpg", "a.png?width=320", "gif;base64,R0". */
static bool names_picture(struct span name)
{
	static const char *const types[] = {
	    ".jpg", ".jpeg", ".png", ".gif", ".svg", ".webp", ".avif", ".bmp", ".ico", ";base64,"};
	const char *query = memchr(name.data, '?', name.size);

	if (query && memchr(query, '=', name.size - (size_t)(query - name.data)))
		return true;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (memmem(name.data, name.size, types[i], strlen(types[i])))
			return true;
	return false;
}

/* How many bytes at a bracket are the file's name of a picture, as lynx writes it; 0 if none. */
static size_t picture_file(const char *text, size_t size)
{
	size_t at = 1;

	if (size > PICTURE_FILE)
		size = PICTURE_FILE;
	while (at < size && (unsigned char)text[at] > ' ' && text[at] != '[' && text[at] != ']')
		at++;
	return at < size && text[at] == ']' && names_picture((struct span){text + 1, at - 1})
	           ? at + 1
	           : 0;
}

/* ---- links ---- */

/* How many bytes "[12]" takes, or 0. */
static size_t link_number(const char *text, size_t size)
{
	size_t at = 1;

	while (at < size && at <= LINK_DIGITS && is_digit(text[at]))
		at++;
	return at > 1 && at < size && text[at] == ']' ? at + 1 : 0;
}

/*
 * How many bytes at a bracket are numbers of links, which lynx and elinks set
 * before the link's text without a space.  Behind a text they are references.
 */
static size_t link_numbers(const char *text, size_t size)
{
	size_t at = 0, number;

	for (int i = 0; i < LINK_NUMBERS && at < size && text[at] == '['; i++) {
		number = link_number(text + at, size - at);
		if (number == 0)
			break;
		at += number;
	}
	return at < size && !strchr(" .,;:!?)]", text[at]) ? at : 0;
}

/* How many bytes a link's address takes, with its parentheses; 0 if it does not end. */
static size_t target_size(const char *text, size_t size)
{
	size_t depth = 0;

	if (size > TARGET_MOST)
		size = TARGET_MOST;
	for (size_t at = 0; at < size; at++) {
		depth += text[at] == '(';
		depth -= text[at] == ')';
		if (depth == 0)
			return at > 0 ? at + 1 : 0;
	}
	return 0;
}

/* How many bytes at a place are marks of a renderer, of which no text remains. */
static size_t mark_size(const char *text, size_t size)
{
	if (*text != '[')
		return 0;
	size_t numbers = link_numbers(text, size);
	return numbers ? numbers : picture_file(text, size);
}

/* A text without its links and pictures so far: brackets that turn out to be a link's are NUL. */
struct stripped {
	char *text;
	size_t size;
	size_t open[LINKS_OPEN]; /* where the brackets are that have no end yet */
	size_t open_count;
};

static void open_bracket(struct stripped *s)
{
	if (s->open_count == LINKS_OPEN)
		memmove(s->open, s->open + 1, --s->open_count * sizeof *s->open);
	s->open[s->open_count++] = s->size;
	s->text[s->size++] = '[';
}

/* The bracket that was opened last is a link's; a picture goes with its name. */
static void take_link(struct stripped *s)
{
	size_t start = s->open[--s->open_count];
	bool picture = start > 0 && s->text[start - 1] == '!';

	s->text[start] = '\0';
	if (picture)
		s->size = start - 1;
	else if (s->size == start + 1)
		s->size = start;
}

static void close_bracket(struct stripped *s)
{
	s->open_count -= s->open_count > 0;
	s->text[s->size++] = ']';
}

static void strip_links(struct stripped *s, struct span text)
{
	for (size_t at = 0, skipped; at < text.size;) {
		const char *rest = text.data + at;
		size_t left = text.size - at;
		if ((skipped = mark_size(rest, left)) > 0) {
			at += skipped;
			continue;
		}
		at++;
		/* Markdown's "2\. The bridge" is no item of a list. */
		if (*rest == '\\' && left > 1 && strchr("*_#.+-![]()", rest[1]) && rest[1])
			continue;
		if (*rest == '[') {
			open_bracket(s);
		} else if (*rest == ']' && s->open_count > 0 &&
		           (skipped = target_size(rest + 1, left - 1)) > 0) {
			take_link(s);
			at += skipped;
		} else if (*rest == ']') {
			close_bracket(s);
		} else {
			s->text[s->size++] = *rest;
		}
	}
}

/* Take out the brackets of links, and spaces that have come together. */
static void close_gaps(struct stripped *s)
{
	size_t size = 0;

	for (size_t i = 0; i < s->size; i++) {
		bool again = s->text[i] == ' ' && (size == 0 || s->text[size - 1] == ' ');
		if (s->text[i] && !again)
			s->text[size++] = s->text[i];
	}
	s->size = size;
}

/* ---- ornaments ---- */

bool markup_may_adorn(char first)
{
	return first == '#' || first == '*' || first == '_';
}

static size_t run_length(struct span text)
{
	size_t size = 0;

	while (size < text.size && text.data[size] == *text.data)
		size++;
	return size;
}

static bool ends_in_run(struct span text, size_t size)
{
	size_t end = text.size;

	while (end > 0 && text.data[end - 1] == *text.data)
		end--;
	return text.size - end == size;
}

static struct span trim(struct span text)
{
	while (text.size > 0 && *text.data == ' ') {
		text.data++;
		text.size--;
	}
	while (text.size > 0 && text.data[text.size - 1] == ' ')
		text.size--;
	return text;
}

/* "## Heading", "** Heading", "**Heading**", "*** Heading ***"; emphasis of parts is left. */
static struct span without_ornament(struct span text)
{
	if (text.size == 0 || !markup_may_adorn(*text.data))
		return text;
	size_t run = run_length(text);
	if (run > ORNAMENT_MOST || 2 * run >= text.size)
		return text;
	bool heading = *text.data != '_' && text.data[run] == ' ';
	bool both = ends_in_run(text, run);
	struct span inner = {text.data + run, text.size - (both ? 2 : 1) * run};
	if (!heading && (!both || memmem(inner.data, inner.size, text.data, run)))
		return text;
	return trim(inner);
}

bool markup_strip(struct span text, struct buffer *out)
{
	if (!buffer_reserve(out, text.size + 1))
		return false;
	struct stripped stripped = {.text = out->data};
	struct span inner = without_ornament(text);
	strip_links(&stripped, inner);
	close_gaps(&stripped);
	/* A heading may be a link, and a link emphasised. */
	inner = without_ornament(trim((struct span){out->data, stripped.size}));
	memmove(out->data, inner.data, inner.size);
	out->size = inner.size < text.size ? inner.size : 0;
	return true;
}
