#include "index.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"

enum {
	/* Prefixes and suffixes are looked up by so many bytes at most. */
	KEY_MAX = 4,
	/* Shorter ones lead to too many rules if something longer is known. */
	GOOD_SIZE = 3,
	/* So many bytes of a literal tell enough where its start is looked for. */
	ENOUGH = 10,
};

/* ---- keys ---- */

/* Up to four bytes as a key of literals in that place. */
static uint64_t short_key(const char *bytes, size_t size, enum place_of_literal place)
{
	return hash_mix(hash_load_short(bytes, size), size << 8 | place);
}

static uint64_t key_of(const char *text, size_t size, enum place_of_literal place)
{
	size_t key_size = size < KEY_MAX ? size : KEY_MAX;

	if (place == WHOLE)
		return hash_bytes(text, size); /* the subject's hash */
	return short_key(place == SUFFIX ? text + size - key_size : text, key_size, place);
}

/* Three or four bytes that are inside of subjects, as a number of a bit. */
static uint32_t filter_bit(uint32_t word)
{
	return word * 2654435761u >> (32 - FILTER_BITS);
}

static uint32_t inside_word(const char *bytes, size_t size)
{
	uint32_t word = 0;

	memcpy(&word, bytes, size);
	return word;
}

/* ---- building ---- */

struct entry {
	uint64_t key;
	struct posting posting;
};

struct builder {
	struct index *index;
	struct entry *entries;
	size_t count, capacity;
	struct buffer texts;
	struct unconditional *always;
	size_t always_capacity;
	uint64_t *filter;
};

static size_t shortest(const struct literals *literals)
{
	size_t least = literals->count > 0 ? SIZE_MAX : 0;

	for (size_t i = 0; i < literals->count; i++)
		if (literals->items[i].size < least)
			least = literals->items[i].size;
	return least;
}

/* Characters of the longest subject that the rule can match by this alternative. */
static uint32_t longest_subject(const struct rule *rule, const struct branch *branch)
{
	size_t longest = rule->pattern->search ? SIZE_MAX : branch->longest;

	if (rule->longest > 0 && rule->longest < longest)
		longest = rule->longest;
	return longest < UINT32_MAX ? (uint32_t)longest : UINT32_MAX;
}

static bool add_literal(struct builder *b, const struct rule *rule, const char *text, size_t size,
    enum place_of_literal place)
{
	if (!grow(&b->entries, &b->capacity, b->count + 1, sizeof *b->entries))
		return false;
	b->entries[b->count++] = (struct entry){
	    .key = key_of(text, size, place),
	    .posting = {.text = (uint32_t)b->texts.size,
	        .rule = rule->facts.index,
	        .size = (uint16_t)size,
	        .place = (uint8_t)place,
	        .certain = place == WHOLE && pattern_is_literal(rule->pattern)},
	};
	return buffer_append(&b->texts, text, size);
}

static void note_size(
    struct index *index, const char *text, size_t size, enum place_of_literal place)
{
	uint8_t bit = (uint8_t)(1 << (size < KEY_MAX ? size : KEY_MAX));

	if (place == WHOLE && size > index->whole_longest)
		index->whole_longest = (uint32_t)size;
	if (place == PREFIX)
		index->prefix_sizes[(unsigned char)text[0]] |= bit;
	if (place == SUFFIX)
		index->suffix_sizes[(unsigned char)text[size - 1]] |= bit;
}

static bool note_inside(struct builder *b, uint32_t longest, const char *text, size_t size)
{
	if (!b->filter)
		b->filter = calloc(2 * FILTER_WORDS, sizeof *b->filter);
	if (!b->filter)
		return false;
	size_t key_size = size < INSIDE_MOST ? size : INSIDE_MOST;
	uint32_t bit = filter_bit(inside_word(text, key_size));
	b->filter[(key_size - INSIDE_LEAST) * FILTER_WORDS + bit / 64] |= (uint64_t)1 << bit % 64;
	if (longest > b->index->inside_longest)
		b->index->inside_longest = longest;
	return true;
}

static size_t enough(size_t size)
{
	return size < ENOUGH ? size : ENOUGH;
}

/* Whether the literal's first bytes, as many as are enough, are those of one before it. */
static bool is_repeated(const struct literals *literals, size_t number, size_t size)
{
	const char *text = literals->text.data;
	const struct literal *this = &literals->items[number];

	for (size_t i = 0; i < number; i++)
		if (enough(literals->items[i].size) == size &&
		    literals->items[i].open == this->open &&
		    memcmp(text + literals->items[i].offset, text + this->offset, size) == 0)
			return true;
	return false;
}

/* Beginnings are whole subjects if they are closed. */
static bool add_literals(struct builder *b, const struct rule *rule, const struct branch *branch,
    const struct literals *literals, enum place_of_literal place)
{
	for (size_t i = 0; i < literals->count; i++) {
		const struct literal *literal = &literals->items[i];
		const char *text = literals->text.data + literal->offset;
		size_t size = literal->size;
		bool whole = place == PREFIX && !literal->open;
		enum place_of_literal its_place = whole ? WHOLE : place;
		if (size > SUBJECT_MAX)
			continue;
		bool by_start = its_place == PREFIX || its_place == INSIDE;
		if (by_start)
			size = enough(size);
		if (by_start && is_repeated(literals, i, size))
			continue;
		if (!add_literal(b, rule, text, size, its_place) ||
		    (place == INSIDE && !note_inside(b, longest_subject(rule, branch), text, size)))
			return false;
		if (size > 0)
			note_size(b->index, text, size, its_place);
	}
	return true;
}

static bool add_always(struct builder *b, const struct rule *rule, const struct branch *branch)
{
	struct index *index = b->index;

	if (!grow(&b->always, &b->always_capacity, index->always_count + 1, sizeof *b->always))
		return false;
	b->always[index->always_count++] =
	    (struct unconditional){rule->facts.index, longest_subject(rule, branch), branch->digit};
	return true;
}

/* The size of the shortest beginning that goes on; those that do not are cheap. */
static size_t shortest_open(const struct literals *start)
{
	size_t least = start->count > 0 ? SIZE_MAX : 0;

	for (size_t i = 0; i < start->count; i++)
		if (start->items[i].open && start->items[i].size < least)
			least = start->items[i].size;
	return least;
}

static bool add_branch(struct builder *b, const struct rule *rule, const struct branch *branch)
{
	bool searches = rule->pattern->search;
	size_t start = searches ? 0 : shortest_open(&branch->start);
	size_t end = searches ? 0 : shortest(&branch->end);

	if (start >= GOOD_SIZE)
		return add_literals(b, rule, branch, &branch->start, PREFIX);
	if (end >= GOOD_SIZE)
		return add_literals(b, rule, branch, &branch->end, SUFFIX);
	if (shortest(&branch->inside) >= INSIDE_LEAST)
		return add_literals(b, rule, branch, &branch->inside, INSIDE);
	if (start > 0)
		return add_literals(b, rule, branch, &branch->start, PREFIX);
	if (end > 0)
		return add_literals(b, rule, branch, &branch->end, SUFFIX);
	return add_always(b, rule, branch);
}

static bool add_rule(struct builder *b, const struct rule *rule)
{
	const struct analysis *analysis = rule->pattern->analysis;

	for (size_t i = 0; i < analysis->count; i++)
		if (!add_branch(b, rule, &analysis->branches[i]))
			return false;
	return true;
}

/* Lay the entries out by slot. */
static bool lay_out(struct builder *b)
{
	struct index *index = b->index;

	index->slot_count = 64;
	while (index->slot_count < b->count)
		index->slot_count *= 2;
	size_t mask = index->slot_count - 1;
	uint32_t *starts = calloc(index->slot_count + 2, sizeof *starts);
	struct posting *postings = calloc(b->count + 1, sizeof *postings);
	index->starts = starts;
	index->postings = postings;
	index->posting_count = b->count;
	if (!starts || !postings)
		return false;
	for (size_t i = 0; i < b->count; i++)
		starts[(b->entries[i].key & mask) + 2]++;
	for (size_t slot = 2; slot <= index->slot_count + 1; slot++)
		starts[slot] += starts[slot - 1];
	for (size_t i = 0; i < b->count; i++) {
		struct posting *posting = &postings[starts[(b->entries[i].key & mask) + 1]++];
		*posting = b->entries[i].posting;
		posting->key = (uint32_t)(b->entries[i].key >> 32);
	}
	return true;
}

struct index *index_new(const struct rule *const *rules, size_t count)
{
	struct builder b = {.index = calloc(1, sizeof *b.index)};
	bool done = b.index != NULL;

	for (size_t i = 0; done && i < count; i++)
		done = !rules[i]->pattern || add_rule(&b, rules[i]);
	done = done && lay_out(&b);
	free(b.entries);
	if (b.index) {
		b.index->texts = b.texts.data;
		b.index->text_size = b.texts.size;
		b.index->always = b.always;
		b.index->filter = b.filter;
	}
	if (done)
		return b.index;
	index_free(b.index);
	return NULL;
}

void index_free(struct index *index)
{
	if (!index)
		return;
	free((void *)index->postings);
	free((void *)index->starts);
	free((void *)index->texts);
	free((void *)index->always);
	free((void *)index->filter);
	free(index);
}

/* ---- looking up ---- */

static bool add_candidate(struct candidates *out, uint32_t rule, bool certain)
{
	/* A rule with many literals may come up twice. */
	for (size_t i = 0; i < out->count; i++)
		if (out->items[i].rule == rule) {
			out->items[i].certain |= certain;
			return true;
		}
	if (!grow(&out->items, &out->capacity, out->count + 1, sizeof *out->items))
		return false;
	out->items[out->count++] = (struct candidate){rule, certain};
	return true;
}

/* Add the rules of the key's literals that are where they must be in the text. */
static bool look_up(const struct index *index, uint64_t key, struct span text,
    enum place_of_literal place, struct candidates *out)
{
	size_t slot = key & (index->slot_count - 1);

	for (uint32_t i = index->starts[slot]; i < index->starts[slot + 1]; i++) {
		const struct posting *posting = &index->postings[i];
		if (posting->key != (uint32_t)(key >> 32) || posting->place != place ||
		    posting->size > text.size || (place == WHOLE && posting->size < text.size))
			continue;
		const char *there =
		    place == SUFFIX ? text.data + text.size - posting->size : text.data;
		if (memcmp(index->texts + posting->text, there, posting->size) == 0 &&
		    !add_candidate(out, posting->rule, posting->certain))
			return false;
	}
	return true;
}

/* sizes: bit n says that keys of n bytes are in use. */
static bool look_up_edge(const struct index *index, struct span text, unsigned sizes,
    enum place_of_literal place, struct candidates *out)
{
	for (size_t size = 1; sizes >> size && size <= text.size; size++) {
		const char *bytes = place == SUFFIX ? text.data + text.size - size : text.data;
		if (sizes >> size & 1 &&
		    !look_up(index, short_key(bytes, size, place), text, place, out))
			return false;
	}
	return true;
}

static bool passes(const uint64_t *filter, uint32_t word)
{
	uint32_t bit = filter_bit(word);

	return filter[bit / 64] >> bit % 64 & 1;
}

static bool look_inside(
    const struct index *index, struct span folded, size_t at, size_t size, struct candidates *out)
{
	struct span rest = {folded.data + at, folded.size - at};

	return size > rest.size ||
	       look_up(index, short_key(rest.data, size, INSIDE), rest, INSIDE, out);
}

/* The folded text has bytes after its end, so that words can be read there. */
static bool look_everywhere(const struct index *index, struct span folded, struct candidates *out)
{
	const uint64_t *three = index->filter, *four = index->filter + FILTER_WORDS;

	for (size_t at = 0; at + INSIDE_LEAST <= folded.size; at++) {
		uint32_t word = inside_word(folded.data + at, INSIDE_MOST);
		if (passes(four, word) && !look_inside(index, folded, at, 4, out))
			return false;
		memset((char *)&word + INSIDE_LEAST, 0, 1);
		if (passes(three, word) && !look_inside(index, folded, at, 3, out))
			return false;
	}
	return true;
}

bool index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	struct span folded = subject->folded;
	uint32_t characters = subject->scan.characters;
	/* Not all digits of the world are counted. */
	bool digits = subject->scan.digits > 0 || !subject->scan.ascii;

	for (size_t i = 0; i < index->always_count; i++)
		if (characters <= index->always[i].longest && (digits || !index->always[i].digit) &&
		    !add_candidate(out, index->always[i].rule, false))
			return false;
	if (folded.size == 0)
		return true;
	unsigned char first = (unsigned char)folded.data[0],
	              last = (unsigned char)folded.data[folded.size - 1];
	if (folded.size <= index->whole_longest &&
	    !look_up(index, subject->hash, folded, WHOLE, out))
		return false;
	if (!look_up_edge(index, folded, index->prefix_sizes[first], PREFIX, out) ||
	    !look_up_edge(index, folded, index->suffix_sizes[last], SUFFIX, out))
		return false;
	return !index->filter || characters > index->inside_longest ||
	       look_everywhere(index, folded, out);
}

void candidates_fini(struct candidates *candidates)
{
	free(candidates->items);
	*candidates = (struct candidates){0};
}
