#include "index.h"

#include <stdlib.h>
#include <string.h>

#include "key.h"
#include "text.h"
#include "vector.h"

/* In the order of rules.  One with many literals may come up twice. */
static bool add_candidate(struct candidates *out, uint32_t rule, bool certain)
{
	size_t at = out->count;

	while (at > 0 && out->items[at - 1].rule > rule)
		at--;
	if (at > 0 && out->items[at - 1].rule == rule) {
		out->items[at - 1].certain |= certain;
		return true;
	}
	if (!grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items))
		return false;
	memmove(out->items + at + 1, out->items + at, (out->count - at) * sizeof *out->items);
	out->items[at] = (struct candidate){rule, certain};
	out->count++;
	return true;
}

/* Add the rules of the clue's literals that are where they must be. */
static bool follow(const struct index *index, const struct subject *subject,
    const struct clue *clue, struct candidates *out)
{
	struct span text = subject->mould;
	uint32_t characters = subject->scan.characters;
	uint32_t digits = subject->scan.possible_digits;
	enum place_of_literal place = clue->place;
	const struct posting *end, *posting = postings_find(&index->parts, clue->key, &end);

	for (; posting < end; posting++) {
		if (posting->key != (uint32_t)(clue->key >> 32) || posting->place != place ||
		    (characters > posting->longest && posting->longest < UINT16_MAX) ||
		    characters < posting->shortest || digits < posting->digits ||
		    posting->size > text.size)
			continue;
		size_t start = place == SUFFIX ? text.size - posting->size : 0;
		if (place == INSIDE) {
			if (posting->at > clue->at ||
			    clue->at - posting->at > text.size - posting->size)
				continue;
			start = clue->at - posting->at;
		}
		if (memcmp(index->texts + posting->text, text.data + start, posting->size) == 0 &&
		    !add_candidate(out, posting->rule, false))
			return false;
	}
	return true;
}

/* Whether a rule matches the subject, which has the mould of its literal or is the literal. */
static bool is_certain(const struct subject *subject, enum detail_of_whole detail)
{
	return detail != WHOLE_MAY_MATCH &&
	       (detail != WHOLE_MATCHES_IN_ASCII || !subject->scan.wide_digits);
}

/* Add the rules of the literals that are all of the subject. */
static bool follow_whole(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	uint32_t characters = subject->scan.characters;
	const char *end, *entry = wholes_find(&index->wholes, subject->shape, &end);

	while (entry < end) {
		struct whole whole;
		entry = whole_read(entry, &whole);
		bool folded = whole.detail == WHOLE_MATCHES_AS_FOLDED;
		struct span text = folded ? subject->folded : subject->mould;
		if (whole.text.size != text.size || characters < whole.shortest ||
		    (characters > whole.longest && whole.longest < UINT16_MAX))
			continue;
		if (memcmp(whole.text.data, text.data, text.size) == 0 &&
		    !add_candidate(out, whole.rule, is_certain(subject, whole.detail)))
			return false;
	}
	return true;
}

/*
 * Follow the clues.  Postings are far away in memory: the way to the next
 * ones is asked for before the first one is looked at.
 */
static bool follow_all(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	for (size_t i = 0; i < out->clue_count; i++) {
		const struct posting *end;
		__builtin_prefetch(postings_find(&index->parts, out->clues[i].key, &end));
	}
	for (size_t i = 0; i < out->clue_count; i++)
		if (!follow(index, subject, &out->clues[i], out))
			return false;
	return true;
}

/* Look for the key's literals later, if there may be any; mostly there are none. */
static inline bool note(const struct index *index, uint64_t key, size_t at,
    enum place_of_literal place, struct candidates *out)
{
	if (!key_set_has(&index->parts.keys, key))
		return true;
	if (!grow(&out->clues, &out->clue_capacity, out->clue_count + 1, sizeof *out->clues))
		return false;
	out->clues[out->clue_count++] = (struct clue){key, place, (uint32_t)at};
	postings_expect(&index->parts, key);
	return true;
}

/* sizes: bit n says that keys of n bytes are in use. */
static bool note_edge(const struct index *index, const struct subject *subject, unsigned sizes,
    enum place_of_literal place, struct candidates *out)
{
	struct span text = subject->mould;

	for (size_t size = 1; sizes >> size && size <= text.size; size++) {
		const char *bytes = place == SUFFIX ? text.data + text.size - size : text.data;
		if (sizes >> size & 1 && !note(index, key_short(bytes, size, place), 0, place, out))
			return false;
	}
	return true;
}

static bool passes(const struct filter *filter, uint32_t word)
{
	uint32_t bit = key_filter_bit(word);

	return filter->bits[bit / 64] >> bit % 64 & 1;
}

/* Whether the text, folded, may begin with one of the bytes. */
static bool can_begin(const struct byte_set *first, struct span text)
{
	unsigned char c = text.size > 0 ? (unsigned char)text.data[0] : 0;

	return c >= 0x80 || byte_set_has(first, (unsigned char)text_fold(c));
}

/* The filter, if any, for the subject's four bytes, and that for three. */
static const struct filter *filter_of(
    const struct index *index, const struct subject *subject, enum filter_kind kind)
{
	const struct scan *scan = &subject->scan;

	if (kind == FILTER_FOUR && scan->possible_digits > 0)
		kind = FILTER_DIGIT;
	if (!index->filters || scan->characters > index->filters[kind].longest ||
	    (kind == FILTER_THREE && scan->ascii && scan->possible_digits == 0))
		return NULL;
	return can_begin(&index->filters[kind].first, subject->text) ? &index->filters[kind] : NULL;
}

/*
 * The mould has bytes after its end, so that words can be read there.
 * Inlined, as the size of the words must be known to the compiler.
 */
INLINED bool look_everywhere(const struct index *index, const struct subject *subject,
    const struct filter *filter, size_t size, struct candidates *out)
{
	struct span text = subject->mould;

	for (size_t at = 0; at + INSIDE_LEAST <= text.size; at++) {
		const char *bytes = text.data + at;
		uint32_t word = key_inside_word(bytes, size);
		if (passes(filter, word) &&
		    !note(index, key_short(bytes, size, INSIDE), at, INSIDE, out))
			return false;
	}
	return true;
}

static bool look_inside(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	const struct filter *four = filter_of(index, subject, FILTER_FOUR);
	const struct filter *three = filter_of(index, subject, FILTER_THREE);

	return (!four || look_everywhere(index, subject, four, INSIDE_MOST, out)) &&
	       (!three || look_everywhere(index, subject, three, INSIDE_LEAST, out));
}

/* Whether a rule that is always tried may match a subject, which is not empty. */
static bool may_match(const struct unconditional *always, const struct subject *subject)
{
	const struct scan *scan = &subject->scan;
	unsigned char first = (unsigned char)subject->folded.data[0];

	return scan->characters <= always->longest && scan->characters >= always->shortest &&
	       scan->possible_digits >= always->digits && byte_set_has(&always->first, first);
}

static const struct edge_sizes *edge_sizes_of(
    const struct index *index, const struct subject *subject)
{
	return subject->scan.possible_digits > 0 ? &index->digit : &index->plain;
}

/* Whether a literal may be at that edge of the subject; sizes: of the keys in use for its byte. */
static bool has_edge(
    const struct index *index, struct span text, unsigned sizes, enum place_of_literal place)
{
	if (sizes == 0 || key_least_size(sizes) > text.size)
		return false;
	return key_set_has(&index->edges, key_of_edge(text, sizes, place));
}

bool index_rules_out(const struct index *index, const struct subject *subject)
{
	struct span edges = subject->mould;

	/* No pattern is for nothing. */
	if (edges.size == 0)
		return true;

	unsigned char first = (unsigned char)edges.data[0],
	              last = (unsigned char)edges.data[edges.size - 1];
	const struct edge_sizes *sizes = edge_sizes_of(index, subject);

	if (key_set_has(&index->edges, key_of_edge(edges, 0, WHOLE)) ||
	    has_edge(index, edges, sizes->prefix[first], PREFIX) ||
	    has_edge(index, edges, sizes->suffix[last], SUFFIX) ||
	    filter_of(index, subject, FILTER_FOUR) || filter_of(index, subject, FILTER_THREE))
		return false;
	for (size_t i = 0; i < index->always_count; i++)
		if (may_match(&index->always[i], subject))
			return false;
	return true;
}

bool index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	struct span mould = subject->mould;

	/* No pattern is for nothing. */
	if (mould.size == 0)
		return true;

	unsigned char first = (unsigned char)mould.data[0],
	              last = (unsigned char)mould.data[mould.size - 1];
	const struct edge_sizes *sizes = edge_sizes_of(index, subject);

	/* A hash is found anywhere in memory: it is asked for now and looked at last. */
	key_set_expect(&index->wholes.keys, subject->shape);
	for (size_t i = 0; i < index->always_count; i++) {
		const struct unconditional *always = &index->always[i];
		if (may_match(always, subject) && !add_candidate(out, always->rule, false))
			return false;
	}
	out->clue_count = 0;
	if (!note_edge(index, subject, sizes->prefix[first], PREFIX, out) ||
	    !note_edge(index, subject, sizes->suffix[last], SUFFIX, out) ||
	    !look_inside(index, subject, out))
		return false;
	bool whole =
	    mould.size <= index->whole_longest && key_set_has(&index->wholes.keys, subject->shape);
	if (whole)
		wholes_expect(&index->wholes, subject->shape);
	return follow_all(index, subject, out) && (!whole || follow_whole(index, subject, out));
}

void candidates_fini(struct candidates *candidates)
{
	free(candidates->items);
	free(candidates->clues);
	*candidates = (struct candidates){0};
}
