#include "analysis.h"

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

enum { DEPTH_MAX = 32, CLASS_MAX = 16 };

static void branch_fini(struct branch *branch)
{
	literals_fini(&branch->start);
	literals_fini(&branch->inside);
	literals_fini(&branch->end);
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
	return literals_add(set, encoded, text_encode(text_fold(c), encoded), false);
}

static bool add_number(struct literals *set, char number)
{
	return literals_add(set, &number, 1, false);
}

static bool is_number_byte(char c)
{
	return (c >= '0' && c <= '9') || c == NUMBER_SOME || c == NUMBER_ANY;
}

/* Whether each literal is a number and nothing else. */
static bool is_number(const struct literals *set)
{
	for (size_t i = 0; i < set->text.size; i++)
		if (!is_number_byte(set->text.data[i]))
			return false;
	return literals_closed(set) && literals_shortest(set) > 0;
}

static bool is_alphanumeric(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* ---- what a character of a class can begin with, folded ---- */

static void add_all_bytes(struct byte_set *set)
{
	memset(set, 0xff, sizeof *set);
}

static void add_bytes(struct byte_set *set, unsigned first, unsigned last)
{
	for (unsigned c = first; c <= last; c++)
		byte_set_add(set, (unsigned char)c);
}

/* Letters of any script. */
static void add_letters(struct byte_set *set)
{
	add_bytes(set, 'a', 'z');
	add_bytes(set, 0x80, 0xff);
}

static void add_digits(struct byte_set *set)
{
	add_bytes(set, '0', '9');
	add_bytes(set, 0x80, 0xff);
}

/* The escape whose letter is there; of properties those that begin with L are letters. */
static void add_escape(struct byte_set *set, const char *at, const char *end)
{
	char next = at + 1 < end ? at[1] : '\0';

	if (*at == 'd') {
		add_digits(set);
	} else if (*at == 'w') {
		add_letters(set);
		add_digits(set);
		byte_set_add(set, '_');
	} else if (*at == 'p' && (next == 'L' || (next == '{' && at + 2 < end && at[2] == 'L'))) {
		add_letters(set);
	} else {
		add_all_bytes(set);
	}
}

/* The characters from first to last; some beyond ASCII fold to letters of it. */
static void add_range(struct byte_set *set, uint32_t first, uint32_t last)
{
	if (last >= 0x80)
		add_letters(set);
	for (uint32_t c = first; c <= last && c < 0x80; c++)
		byte_set_add(set, (unsigned char)text_fold(c));
}

/* After a backslash: punctuation stands for itself, \d for a digit, its like for anything. */
static bool parse_escape(struct parser *p, struct branch *part)
{
	struct literals *set = &part->start;
	char c = p->at < p->end ? *p->at : '\0';

	if (c && !is_alphanumeric(c) && (unsigned char)c < 0x80) {
		p->at++;
		return add_character(set, (unsigned char)c);
	}
	if (!c || !strchr("dDwWsShHvVbBAzZGpPtnrfea", c)) {
		p->lost = true;
		return literals_make_unknown(set);
	}
	add_escape(&part->first, p->at, p->end);
	p->at++;
	if (c == 'd')
		return add_number(set, NUMBER_SOME);
	if (c != 'p' && c != 'P')
		return literals_make_unknown(set);
	/* \pL or \p{Lu} */
	bool braces = accept(p, '{');
	do {
		if (p->at == p->end) {
			p->lost = true;
			break;
		}
	} while (*p->at++ != '}' && braces);
	return literals_make_unknown(set);
}

static bool is_ascii_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* In a class, "\d" or "0-9". */
static bool accept_digits(struct parser *p, struct byte_set *first)
{
	size_t left = (size_t)(p->end - p->at);

	if (left >= 2 && p->at[0] == '\\' && p->at[1] == 'd') {
		add_digits(first);
		p->at += 2;
		return true;
	}
	if (left < 3 || !is_ascii_digit(p->at[0]) || p->at[1] != '-' || !is_ascii_digit(p->at[2]))
		return false;
	add_bytes(first, (unsigned char)p->at[0], (unsigned char)p->at[2]);
	p->at += 3;
	return true;
}

/* After "[": a few single characters or digits are alternatives, anything else is unknown. */
static bool parse_class(struct parser *p, struct branch *part)
{
	struct literals *set = &part->start;
	bool plain = !accept(p, '^'), range = false, digits = false;
	uint32_t before = 0;

	if (!plain)
		add_all_bytes(&part->first);

	for (bool first = true; p->at < p->end && (first || *p->at != ']'); first = false) {
		if (*p->at == '[' && p->at + 1 < p->end && strchr(":.=", p->at[1])) {
			p->lost = true;
			return literals_make_unknown(set);
		}
		if (!range && accept_digits(p, &part->first)) {
			digits = true;
			continue;
		}
		bool escaped = accept(p, '\\');
		if (p->at == p->end)
			break;
		uint32_t c;
		size_t size = text_decode(p->at, (size_t)(p->end - p->at), &c);
		bool escape = escaped && is_alphanumeric(*p->at);
		/* First or last, as in "[./-]", it stands for itself. */
		bool dash =
		    *p->at == '-' && !escaped && !first && p->at + 1 < p->end && p->at[1] != ']';
		if (escape || dash)
			plain = false;
		if (escape)
			add_escape(&part->first, p->at, p->end);
		else
			add_range(&part->first, range ? before : c, c);
		range = dash;
		before = dash ? before : c;
		p->at += size;
		if (plain && !add_character(set, c))
			return false;
	}
	if (!accept(p, ']'))
		p->lost = true;
	if (!plain || set->count > CLASS_MAX)
		return literals_make_unknown(set);
	return !digits || add_number(set, NUMBER_SOME);
}

static bool parse_alternatives(struct parser *p, struct branch *part);

static size_t add_lengths(size_t a, size_t b)
{
	return a > SIZE_MAX - b ? SIZE_MAX : a + b;
}

static unsigned limit_digits(size_t digits)
{
	return digits < DIGITS_MAX ? (unsigned)digits : DIGITS_MAX;
}

static bool make_branch_unknown(struct branch *part)
{
	literals_clear(&part->inside);
	literals_clear(&part->end);
	part->shortest = 0;
	part->longest = SIZE_MAX;
	part->digits = 0;
	add_all_bytes(&part->first);
	add_all_bytes(&part->last);
	return literals_make_unknown(&part->start);
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
	if (accept(p, '>')) /* what it took first it never gives back */
		p->constrained = true;
	else if (behind || !accept(p, ':'))
		p->lost = true;
	return true;
}

/* After "(". */
static bool parse_group(struct parser *p, struct branch *part)
{
	bool wide = true;

	if (accept(p, '?'))
		wide = parse_group_kind(p);
	else if (peek(p, '*'))
		p->lost = true;
	if (++p->depth > DEPTH_MAX)
		p->lost = true;
	if (p->lost)
		return make_branch_unknown(part);
	if (!parse_alternatives(p, part))
		return false;
	p->depth--;
	if (!accept(p, ')'))
		p->lost = true;
	if (wide)
		return true;
	/* What looks around has no width: what follows begins where it stands. */
	literals_clear(&part->inside);
	literals_clear(&part->end);
	literals_clear(&part->start);
	part->shortest = part->longest = 0;
	part->digits = 0;
	part->first = part->last = (struct byte_set){0};
	return literals_add(&part->start, "", 0, false);
}

/* What an atom that stands for one of a few characters begins with. */
static void find_first(struct branch *part)
{
	const struct literals *start = &part->start;

	part->first = (struct byte_set){0};
	for (size_t i = 0; i < start->count; i++) {
		char c = start->text.data[start->items[i].offset];
		if (c == NUMBER_SOME)
			add_digits(&part->first);
		else
			byte_set_add(&part->first, (unsigned char)c);
	}
}

/* Whether the atom is ^, $, \b or the like. */
static bool is_without_width(const struct parser *p)
{
	if (*p->at == '\\')
		return p->at + 1 < p->end && strchr("bBAzZG", p->at[1]);
	return *p->at == '^' || *p->at == '$';
}

/* Whether the atom is a digit: 7, \d, [0-9]. */
static bool is_digit(const struct parser *p)
{
	const char *at = p->at;

	if (*at == '\\')
		return at + 1 < p->end && at[1] == 'd';
	if (*at != '[')
		return *at >= '0' && *at <= '9';
	for (at++; at < p->end && (*at == '-' || (*at >= '0' && *at <= '9')); at++)
		;
	return at < p->end && *at == ']' && at[-1] != '[' && at[-1] != '-' && p->at[1] != '-';
}

static bool parse_single(struct parser *p, struct branch *part)
{
	struct literals *set = &part->start;

	part->shortest = !is_without_width(p);
	part->longest = 1;
	part->digits = is_digit(p);
	switch (*p->at) {
	case '[':
		p->at++;
		return parse_class(p, part);
	case '\\':
		p->at++;
		return parse_escape(p, part);
	case '.':
	case '^':
	case '$':
		p->at++;
		add_all_bytes(&part->first);
		return literals_make_unknown(set);
	case '*':
	case '+':
	case '?':
	case '{':
		/* Of nothing, for PCRE2 to complain of; or a brace that is none of a quantifier's.
		 */
		p->at++;
		p->lost = true;
		add_all_bytes(&part->first);
		return literals_make_unknown(set);
	default: {
		uint32_t c;
		p->at += text_decode(p->at, (size_t)(p->end - p->at), &c);
		return add_character(set, c);
	}
	}
}

static bool parse_atom(struct parser *p, struct branch *part)
{
	if (accept(p, '('))
		return parse_group(p, part);
	if (!parse_single(p, part))
		return false;
	if (literals_shortest(&part->start) > 0)
		find_first(part);
	/* It is of one character. */
	part->last = part->first;
	return true;
}

/* PCRE2 takes none above 65535. */
static const char *read_number(const char *at, const char *end, size_t *number)
{
	for (*number = 0; at < end && *at >= '0' && *at <= '9'; at++)
		if (*number < 100000)
			*number = *number * 10 + (size_t)(*at - '0');
	return at;
}

/* "{2}", "{2,}", "{2,5}": sets the numbers and moves on, or is no quantifier. */
static bool accept_braces(struct parser *p, size_t *least, size_t *most)
{
	const char *at = p->at + 1;

	if (!peek(p, '{') || at == p->end || *at < '0' || *at > '9')
		return false;
	at = read_number(at, p->end, least);
	*most = *least;
	if (at < p->end && *at == ',') {
		const char *number = at + 1;
		at = read_number(number, p->end, most);
		*most = at == number ? SIZE_MAX : *most;
	}
	if (at == p->end || *at != '}')
		return false;
	p->at = at + 1;
	return true;
}

/* A number as often as that is a number, too. */
static bool repeat_number(struct branch *part, size_t least, bool any)
{
	literals_clear(&part->start);
	return add_number(&part->start, any ? NUMBER_ANY : NUMBER_SOME) &&
	       (least > 0 || literals_add(&part->start, "", 0, false));
}

/* The part least to most times in a row, but not just once; any: it is any digit. */
static bool repeat(struct branch *part, size_t least, size_t most, bool any)
{
	if (part->longest > 0 && most > SIZE_MAX / part->longest)
		part->longest = SIZE_MAX;
	else
		part->longest *= most;
	part->shortest *= least;
	part->digits = limit_digits(part->digits * least);
	if (least == 0) {
		literals_clear(&part->inside);
		literals_clear(&part->end);
	}
	if (is_number(&part->start))
		return repeat_number(part, least, any && least <= 1 && most == SIZE_MAX);
	if (least == 0 && most == 1)
		return literals_add(&part->start, "", 0, false);
	if (least == 0)
		return literals_make_unknown(&part->start);
	if (literals_closed(&part->start) && !literals_copy(&part->end, &part->start))
		return false;
	literals_open(&part->start);
	return true;
}

/* Whether an atom is "\d" or "[0-9]". */
static bool is_any_digit(const char *atom, const char *end)
{
	size_t size = (size_t)(end - atom);

	return (size == 2 && memcmp(atom, "\\d", 2) == 0) ||
	       (size == 5 && memcmp(atom, "[0-9]", 5) == 0);
}

static bool parse_quantified(struct parser *p, struct branch *part)
{
	size_t least = 0, most = SIZE_MAX;
	const char *atom = p->at;

	if (!parse_atom(p, part))
		return false;
	bool any = is_any_digit(atom, p->at);
	if (accept(p, '?'))
		most = 1;
	else if (accept(p, '+'))
		least = 1;
	else if (!accept(p, '*') && !accept_braces(p, &least, &most))
		return true;
	if (!repeat(part, least, most, any))
		return false;
	if (accept(p, '+')) { /* possessive: matches less than the plain form */
		p->constrained = true;
		literals_open(&part->start);
	} else {
		accept(p, '?');
	}
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
static bool append_plain(struct parser *p, struct branch *whole)
{
	struct literals *set = &whole->start;
	size_t size;

	while (p->at < p->end && is_plain_run(p, &size)) {
		uint32_t c;
		char encoded[4];
		text_decode(p->at, size, &c);
		size_t length = text_encode(text_fold(c), encoded);
		if (!buffer_append(&set->text, encoded, length))
			return false;
		set->items[0].size += length;
		whole->digits = limit_digits(whole->digits + (*p->at >= '0' && *p->at <= '9'));
		if (whole->shortest == 0)
			byte_set_add(&whole->first, (unsigned char)*encoded);
		whole->last = (struct byte_set){0};
		byte_set_add(&whole->last, (unsigned char)*encoded);
		whole->shortest++;
		whole->longest = add_lengths(whole->longest, 1);
		p->at += size;
	}
	return true;
}

/*
 * The part goes on the beginnings, as long as one of them is closed, and on
 * the tail, the literals since something unknown; an empty tail is the same
 * as the beginnings.  The best of all tails is what a match contains.
 */
static bool add_part(struct branch *whole, struct literals *tail, const struct branch *part)
{
	bool same = tail->count == 0;
	const struct literals *last = same ? &whole->start : tail;

	if (whole->shortest == 0)
		byte_set_merge(&whole->first, &part->first);
	if (part->shortest > 0)
		whole->last = part->last;
	else
		byte_set_merge(&whole->last, &part->last);
	whole->shortest = add_lengths(whole->shortest, part->shortest);
	whole->longest = add_lengths(whole->longest, part->longest);
	whole->digits = limit_digits((size_t)whole->digits + part->digits);
	if (!literals_concatenate(&whole->start, &part->start) ||
	    (!same && !literals_concatenate(tail, &part->start)) ||
	    !literals_take_better(&whole->inside, &part->inside))
		return false;
	if (literals_closed(last))
		return true;
	/* Something unknown: the next tail begins with what it ends with. */
	if (!literals_take_better(&whole->inside, last))
		return false;
	literals_clear(tail);
	const struct literals *end = literals_closed(&part->start) ? &part->start : &part->end;
	return end->count > 0 ? literals_copy(tail, end) : literals_add(tail, "", 0, false);
}

static bool parse_sequence(struct parser *p, struct branch *whole)
{
	struct literals *start = &whole->start, *tail = &whole->end;
	bool done = literals_add(start, "", 0, false);

	while (done && p->at < p->end && *p->at != '|' && *p->at != ')' && !p->lost) {
		struct branch part = {0};
		size_t size;
		if (tail->count == 0 && start->count == 1 && is_plain_run(p, &size)) {
			done = append_plain(p, whole);
			continue;
		}
		done = parse_quantified(p, &part) && add_part(whole, tail, &part);
		branch_fini(&part);
	}
	return done && literals_take_better(&whole->inside, tail) &&
	       literals_take_better(&whole->inside, start);
}

/* The branch is one more of the alternatives; each of them must tell for all to do. */
static bool add_branch(struct branch *whole, const struct branch *branch, bool first)
{
	bool inside = branch->inside.count > 0 && (first || whole->inside.count > 0);
	bool end = first || whole->end.count > 0;
	const struct literals *ends =
	    literals_closed(&branch->start) ? &branch->start : &branch->end;

	byte_set_merge(&whole->first, &branch->first);
	byte_set_merge(&whole->last, &branch->last);
	if (first || branch->shortest < whole->shortest)
		whole->shortest = branch->shortest;
	if (first || branch->digits < whole->digits)
		whole->digits = branch->digits;
	if (branch->longest > whole->longest)
		whole->longest = branch->longest;
	if (!literals_copy(&whole->start, &branch->start) ||
	    !literals_copy(&whole->inside, &branch->inside) || !literals_copy(&whole->end, ends))
		return false;
	if (!inside || whole->inside.count > LITERALS_MAX)
		literals_clear(&whole->inside);
	if (!end || ends->count == 0 || whole->end.count > LITERALS_MAX)
		literals_clear(&whole->end);
	return true;
}

static bool parse_alternatives(struct parser *p, struct branch *whole)
{
	bool first = true;

	do {
		struct branch branch = {0};
		bool done = parse_sequence(p, &branch) && add_branch(whole, &branch, first);
		branch_fini(&branch);
		if (!done)
			return false;
		first = false;
	} while (accept(p, '|') && !p->lost);
	return whole->start.count > LITERALS_MAX ? literals_make_unknown(&whole->start) : true;
}

/* What a closed alternative starts with, it ends with. */
static bool finish_branch(struct branch *branch)
{
	return branch->end.count > 0 || !literals_closed(&branch->start) ||
	       literals_copy(&branch->end, &branch->start);
}

/* The alternatives of the whole pattern, each by itself. */
static bool parse_pattern(struct parser *p, struct analysis *analysis)
{
	do {
		if (!grow(&analysis->branches, &analysis->capacity, analysis->count + 1,
		        sizeof *analysis->branches))
			return false;
		struct branch *branch = &analysis->branches[analysis->count++];
		*branch = (struct branch){0};
		if (!parse_sequence(p, branch) || !finish_branch(branch))
			return false;
	} while (accept(p, '|') && !p->lost);
	return true;
}

/* Nothing is known: one alternative that may be anything. */
static bool forget_all(struct analysis *analysis)
{
	while (analysis->count > 1)
		branch_fini(&analysis->branches[--analysis->count]);
	return make_branch_unknown(&analysis->branches[0]);
}

/* Whether the literals are all that a match can be. */
static bool is_listed(const struct literals *set)
{
	for (size_t i = 0; i < set->text.size; i++)
		if (set->text.data[i] == NUMBER_SOME || set->text.data[i] == NUMBER_ANY)
			return false;
	return literals_closed(set);
}

bool analysis_init(struct analysis *analysis, const char *pattern, size_t size)
{
	struct parser p = {.at = pattern, .end = pattern + size};

	*analysis = (struct analysis){0};
	bool done = parse_pattern(&p, analysis);
	if (done && (p.at != p.end || p.lost))
		done = forget_all(analysis);
	if (!done) {
		analysis_fini(analysis);
		return false;
	}
	analysis->constrained = p.constrained;
	analysis->exact = !p.constrained;
	for (size_t i = 0; i < analysis->count; i++)
		analysis->exact &= is_listed(&analysis->branches[i].start);
	return true;
}

struct edges analysis_edges(const struct analysis *analysis)
{
	struct edges edges = {0};

	for (size_t i = 0; i < analysis->count; i++)
		for (size_t half = 0; half < 2; half++) {
			const struct branch *branch = &analysis->branches[i];
			uint64_t any = branch->shortest == 0 ? UINT64_MAX : 0;
			edges.first[half] |= branch->first.bits[half] | any;
			edges.last[half] |= branch->last.bits[half] | any;
		}
	return edges;
}

static bool is_allowed(const uint64_t *set, unsigned char byte)
{
	byte = byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
	return byte >= 0x80 || (set[byte / 64] >> byte % 64 & 1);
}

bool edges_allow(const struct edges *edges, const char *text, size_t size)
{
	return is_allowed(edges->first, (unsigned char)text[0]) &&
	       is_allowed(edges->last, (unsigned char)text[size - 1]);
}

void analysis_fini(struct analysis *analysis)
{
	for (size_t i = 0; i < analysis->count; i++)
		branch_fini(&analysis->branches[i]);
	free(analysis->branches);
	*analysis = (struct analysis){0};
}
