#include "literal.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

/*
 * A recursive descent over the part of PCRE2's syntax that phrase lists use.
 * Each construct yields the set of its beginnings; what the parser does not
 * know yields the empty open literal, which any match starts with.
 */
struct parser {
	const char *at, *end;
	unsigned depth;
	bool lost;        /* the syntax is beyond us: nothing is known of the pattern */
	bool constrained; /* something forbids some of what the literals allow */
};

/* The beginnings of a part of the pattern, and what is inside of it, as in struct analysis. */
struct part {
	struct literals start, inside;
};

enum { DEPTH_MAX = 32, CLASS_MAX = 16 };

static bool add(struct literals *set, const char *text, size_t size, bool open)
{
	if (!grow(&set->items, &set->capacity, set->count + 1, sizeof *set->items))
		return false;
	set->items[set->count++] = (struct literal){set->text.size, size, open};
	return buffer_append(&set->text, text, size);
}

static void clear(struct literals *set)
{
	set->text.size = 0;
	set->count = 0;
}

static bool make_unknown(struct literals *set)
{
	clear(set);
	return add(set, "", 0, true);
}

static bool copy_all(struct literals *to, const struct literals *from)
{
	for (size_t i = 0; i < from->count; i++)
		if (!add(to, from->text.data + from->items[i].offset, from->items[i].size,
		        from->items[i].open))
			return false;
	return true;
}

static void open_all(struct literals *set)
{
	for (size_t i = 0; i < set->count; i++)
		set->items[i].open = true;
}

static size_t count_closed(const struct literals *set)
{
	size_t closed = 0;
	for (size_t i = 0; i < set->count; i++)
		closed += !set->items[i].open;
	return closed;
}

static void fini(struct literals *set)
{
	buffer_fini(&set->text);
	free(set->items);
	*set = (struct literals){0};
}

static void part_fini(struct part *part)
{
	fini(&part->start);
	fini(&part->inside);
}

/* The size of the shortest literal, 0 of an empty set: how much a set tells. */
static size_t shortest(const struct literals *set)
{
	size_t size = set->count > 0 ? set->items[0].size : 0;

	for (size_t i = 1; i < set->count; i++)
		if (set->items[i].size < size)
			size = set->items[i].size;
	return size;
}

/* best becomes a copy of set if that tells more. */
static bool take_better(struct literals *best, const struct literals *set)
{
	if (shortest(set) <= shortest(best))
		return true;
	clear(best);
	for (size_t i = 0; i < set->count; i++)
		if (!add(best, set->text.data + set->items[i].offset, set->items[i].size, false))
			return false;
	return true;
}

/* left becomes each closed literal of left followed by each of right. */
static bool concatenate(struct literals *left, const struct literals *right)
{
	size_t closed = count_closed(left);
	struct literals result = {0};

	if (closed == 0)
		return true;
	if (left->count - closed + closed * right->count > LITERALS_MAX) {
		open_all(left);
		return true;
	}
	for (size_t i = 0; i < left->count; i++) {
		struct literal a = left->items[i];
		for (size_t j = 0; j < (a.open ? 1 : right->count); j++) {
			if (!add(&result, left->text.data + a.offset, a.size, a.open))
				goto fail;
			if (a.open)
				continue;
			struct literal b = right->items[j];
			result.items[result.count - 1].size += b.size;
			result.items[result.count - 1].open = b.open;
			if (!buffer_append(&result.text, right->text.data + b.offset, b.size))
				goto fail;
		}
	}
	fini(left);
	*left = result;
	return true;
fail:
	fini(&result);
	return false;
}

static bool peek(const struct parser *p, char c)
{
	return p->at < p->end && *p->at == c;
}

static bool accept(struct parser *p, char c)
{
	if (!peek(p, c))
		return false;
	p->at++;
	return true;
}

static bool add_character(struct literals *set, uint32_t c)
{
	char encoded[4];
	return add(set, encoded, text_encode(text_fold(c), encoded), false);
}

static bool is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* After a backslash: punctuation stands for itself, \d and its like for anything. */
static bool parse_escape(struct parser *p, struct literals *set)
{
	if (p->at == p->end || strchr("QEKgkcNXRC0123456789", *p->at)) {
		p->lost = true;
		return make_unknown(set);
	}
	char c = *p->at++;
	if (!is_alphanumeric(c) && (unsigned char)c < 0x80)
		return add_character(set, (unsigned char)c);
	if (peek(p, '{')) {
		while (p->at < p->end && *p->at != '}')
			p->at++;
		accept(p, '}');
	}
	return make_unknown(set);
}

/* After "[": a few single characters are alternatives, anything else is unknown. */
static bool parse_class(struct parser *p, struct literals *set)
{
	bool plain = !accept(p, '^');

	for (bool first = true; p->at < p->end && (first || *p->at != ']'); first = false) {
		if (*p->at == '[' && p->at + 1 < p->end && strchr(":.=", p->at[1])) {
			p->lost = true;
			return make_unknown(set);
		}
		bool escaped = accept(p, '\\');
		if (p->at == p->end)
			break;
		uint32_t c;
		size_t size = text_decode(p->at, (size_t)(p->end - p->at), &c);
		if ((escaped && is_alphanumeric(*p->at)) || (p->at[0] == '-' && !escaped))
			plain = false;
		p->at += size;
		if (plain && !add_character(set, c))
			return false;
	}
	if (!accept(p, ']'))
		p->lost = true;
	return plain && set->count <= CLASS_MAX ? true : make_unknown(set);
}

static bool parse_alternatives(struct parser *p, struct part *part);

static bool make_part_unknown(struct part *part)
{
	clear(&part->inside);
	return make_unknown(&part->start);
}

/* After "(?": what kind of group it is; true if it has a width. */
static bool parse_group_kind(struct parser *p)
{
	bool behind = accept(p, '<');

	if (accept(p, '=') || accept(p, '!')) {
		p->constrained = true;
		return false;
	}
	/* "(?-i:" may be stricter than we take it for. */
	while (!behind && p->at < p->end && strchr("-ims", *p->at)) {
		p->constrained = true;
		p->at++;
	}
	if (behind || (!accept(p, ':') && !accept(p, '>')))
		p->lost = true;
	return true;
}

/* After "(". */
static bool parse_group(struct parser *p, struct part *part)
{
	bool wide = true;

	if (accept(p, '?'))
		wide = parse_group_kind(p);
	else if (peek(p, '*'))
		p->lost = true;
	if (++p->depth > DEPTH_MAX)
		p->lost = true;
	if (p->lost)
		return make_part_unknown(part);
	if (!parse_alternatives(p, part))
		return false;
	p->depth--;
	if (!accept(p, ')'))
		p->lost = true;
	if (wide)
		return true;
	/* What looks around has no width: what follows begins where it stands. */
	clear(&part->inside);
	clear(&part->start);
	return add(&part->start, "", 0, false);
}

static bool parse_atom(struct parser *p, struct part *part)
{
	struct literals *set = &part->start;

	switch (*p->at) {
	case '(':
		p->at++;
		return parse_group(p, part);
	case '[':
		p->at++;
		return parse_class(p, set);
	case '\\':
		p->at++;
		return parse_escape(p, set);
	case '.':
	case '^':
	case '$':
		p->at++;
		return make_unknown(set);
	default: {
		uint32_t c;
		p->at += text_decode(p->at, (size_t)(p->end - p->at), &c);
		return add_character(set, c);
	}
	}
}

/* "{2}", "{2,}", "{2,5}": sets *least and moves on, or is no quantifier. */
static bool accept_braces(struct parser *p, unsigned *least)
{
	const char *at = p->at + 1;

	if (!peek(p, '{') || at == p->end || *at < '0' || *at > '9')
		return false;
	*least = 0;
	while (at < p->end && *at >= '0' && *at <= '9')
		*least = *least * 10 % 1000 + (unsigned)(*at++ - '0');
	while (at < p->end && (*at == ',' || (*at >= '0' && *at <= '9')))
		at++;
	if (at == p->end || *at != '}')
		return false;
	p->at = at + 1;
	return true;
}

static bool parse_quantified(struct parser *p, struct part *part)
{
	struct literals *set = &part->start;
	unsigned least;

	if (!parse_atom(p, part))
		return false;
	if (accept(p, '?')) {
		clear(&part->inside);
		if (!add(set, "", 0, false))
			return false;
	} else if (accept(p, '*')) {
		if (!make_part_unknown(part))
			return false;
	} else if (accept(p, '+')) {
		open_all(set);
	} else if (accept_braces(p, &least)) {
		open_all(set);
		if (least == 0 && !make_part_unknown(part))
			return false;
	} else {
		return true;
	}
	if (accept(p, '+')) /* possessive: matches less than the plain form */
		open_all(set);
	else
		accept(p, '?');
	return true;
}

/* Whether a character stands for itself, and no quantifier follows that could change that. */
static bool is_plain_run(const struct parser *p, size_t *size)
{
	static const char special[] = "\\^$.[]()|?*+{}";
	uint32_t c;

	if (strchr(special, *p->at) || *p->at == '\0')
		return false;
	*size = text_decode(p->at, (size_t)(p->end - p->at), &c);
	return p->at + *size == p->end || !strchr("?*+{", p->at[*size]);
}

/* The common case, phrases: while the set is one closed literal it just grows. */
static bool append_plain(struct parser *p, struct literals *set)
{
	size_t size;

	while (p->at < p->end && is_plain_run(p, &size)) {
		uint32_t c;
		char encoded[4];
		text_decode(p->at, size, &c);
		size_t length = text_encode(text_fold(c), encoded);
		if (!buffer_append(&set->text, encoded, length))
			return false;
		set->items[0].size += length;
		p->at += size;
	}
	return true;
}

/*
 * The part goes on the beginnings, as long as one of them is closed, and on
 * the tail, the literals since something unknown; an empty tail is the same
 * as the beginnings.  The best of all tails is what a match contains.
 */
static bool add_part(struct part *whole, struct literals *tail, const struct part *part)
{
	bool same = tail->count == 0;
	const struct literals *last = same ? &whole->start : tail;

	if (!concatenate(&whole->start, &part->start) ||
	    (!same && !concatenate(tail, &part->start)) ||
	    !take_better(&whole->inside, &part->inside))
		return false;
	if (count_closed(last) == last->count)
		return true;
	/* Something unknown: the next tail begins after it. */
	if (!take_better(&whole->inside, last))
		return false;
	clear(tail);
	return add(tail, "", 0, false);
}

static bool parse_sequence(struct parser *p, struct part *whole)
{
	struct literals *start = &whole->start, tail = {0};
	bool done = add(start, "", 0, false);

	while (done && p->at < p->end && *p->at != '|' && *p->at != ')' && !p->lost) {
		struct part part = {0};
		size_t size;
		if (tail.count == 0 && start->count == 1 && is_plain_run(p, &size)) {
			done = append_plain(p, start);
			continue;
		}
		done = parse_quantified(p, &part) && add_part(whole, &tail, &part);
		part_fini(&part);
	}
	done = done && take_better(&whole->inside, &tail);
	fini(&tail);
	return done;
}

static bool parse_alternatives(struct parser *p, struct part *whole)
{
	bool inside_known = true;

	do {
		struct part branch = {0};
		bool done = parse_sequence(p, &branch) && copy_all(&whole->start, &branch.start) &&
		            take_better(&branch.inside, &branch.start) &&
		            copy_all(&whole->inside, &branch.inside);
		inside_known &= branch.inside.count > 0;
		part_fini(&branch);
		if (!done)
			return false;
	} while (accept(p, '|') && !p->lost);
	if (!inside_known || whole->inside.count > LITERALS_MAX)
		clear(&whole->inside);
	return whole->start.count > LITERALS_MAX ? make_unknown(&whole->start) : true;
}

bool analysis_init(struct analysis *analysis, const char *pattern, size_t size)
{
	struct parser p = {.at = pattern, .end = pattern + size};
	struct part whole = {0};

	*analysis = (struct analysis){0};
	bool done = parse_alternatives(&p, &whole);
	if (done && (p.at != p.end || p.lost))
		done = make_part_unknown(&whole);
	if (!done) {
		part_fini(&whole);
		return false;
	}
	analysis->start = whole.start;
	analysis->inside = whole.inside;
	analysis->exact = !p.constrained && count_closed(&whole.start) == whole.start.count;
	return true;
}

void analysis_fini(struct analysis *analysis)
{
	fini(&analysis->start);
	fini(&analysis->inside);
}
