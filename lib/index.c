#include "index.h"

#include <stdlib.h>
#include <string.h>

enum {
	/* Prefixes are looked up by their first bytes, up to this many. */
	KEY_MAX = 4,
	/* What a subject must contain is looked up by its first bytes, everywhere in it. */
	INSIDE_LEAST = 3,
	INSIDE_MOST = 4,
	FILTER_BITS = 16,
};

enum place_of_literal { WHOLE, PREFIX, INSIDE };

struct posting {
	uint64_t key;
	const char *text; /* the whole literal, of the rule's pattern */
	unsigned size;
	unsigned rule;
	unsigned next; /* number of the next posting of the same slot + 1, 0 ends */
	enum place_of_literal place;
	bool certain;
};

struct index {
	struct rule *const *rules;
	struct posting *postings;
	size_t count, capacity;
	unsigned *slots; /* number of a slot's first posting + 1, 0 is none */
	size_t slot_mask;
	unsigned *always; /* rules of which nothing is known */
	size_t always_count, always_capacity;
	bool key_sizes[KEY_MAX + 1]; /* lengths of prefix keys in use */
	/* bits of the keys of what must be inside, for either length of key */
	uint64_t filters[INSIDE_MOST - INSIDE_LEAST + 1][(1 << FILTER_BITS) / 64];
	bool any_inside;
	unsigned inside_longest; /* the longest subject that such a rule takes; 0 is any */
};

static uint64_t hash(const char *bytes, size_t size, uint64_t seed)
{
	/* FNV-1a, as in subject.c. */
	uint64_t h = 14695981039346656037u ^ seed;
	for (size_t i = 0; i < size; i++)
		h = (h ^ (unsigned char)bytes[i]) * 1099511628211u;
	return h ^ h >> 29;
}

/* Whole subjects and prefixes live in the same table; the seed keeps them apart. */
static uint64_t whole_key(const char *bytes, size_t size)
{
	return hash(bytes, size, 0x9e3779b97f4a7c15u);
}

static uint64_t prefix_key(const char *bytes, size_t size)
{
	return hash(bytes, size, size);
}

/* The first bytes of a literal that must be inside, well mixed. */
static uint32_t inside_word(const char *bytes, size_t size)
{
	uint32_t word = 0;

	memcpy(&word, bytes, size);
	return word * 2654435761u;
}

static uint64_t inside_key(uint32_t word, size_t size)
{
	return hash((const char *)&word, sizeof word, 0x51ed270b9f4a7c15u + size);
}

static uint64_t *filter_word(struct index *index, size_t size, uint32_t word)
{
	return &index->filters[size - INSIDE_LEAST][word >> (32 - FILTER_BITS) >> 6];
}

static uint64_t filter_bit(uint32_t word)
{
	return (uint64_t)1 << (word >> (32 - FILTER_BITS) & 63);
}

static bool add_posting(struct index *index, struct posting posting)
{
	if (!grow(&index->postings, &index->capacity, index->count + 1, sizeof posting))
		return false;
	index->postings[index->count++] = posting;
	return true;
}

static bool add_always(struct index *index, unsigned rule)
{
	if (!grow(&index->always, &index->always_capacity, index->always_count + 1,
	        sizeof *index->always))
		return false;
	index->always[index->always_count++] = rule;
	return true;
}

static bool has_unknown_start(const struct literals *literals)
{
	for (size_t i = 0; i < literals->count; i++)
		if (literals->items[i].open && literals->items[i].size == 0)
			return true;
	return literals->count == 0;
}

/* Whether every literal is long enough to be looked up inside of subjects. */
static bool is_findable(const struct literals *literals)
{
	for (size_t i = 0; i < literals->count; i++)
		if (literals->items[i].size < INSIDE_LEAST)
			return false;
	return literals->count > 0;
}

static bool add_beginnings(struct index *index, unsigned rule, const struct pattern *pattern)
{
	const struct literals *literals = &pattern_analysis(pattern)->start;

	for (size_t i = 0; i < literals->count; i++) {
		const struct literal *literal = &literals->items[i];
		const char *text = literals->text.data + literal->offset;
		size_t key_size = literal->size < KEY_MAX ? literal->size : KEY_MAX;
		struct posting posting = {
		    .key =
		        literal->open ? prefix_key(text, key_size) : whole_key(text, literal->size),
		    .text = text,
		    .size = (unsigned)literal->size,
		    .rule = rule,
		    .place = literal->open ? PREFIX : WHOLE,
		    .certain = pattern_is_literal(pattern),
		};
		if (literal->open)
			index->key_sizes[key_size] = true;
		if (!add_posting(index, posting))
			return false;
	}
	return true;
}

static bool add_insides(struct index *index, unsigned number, const struct literals *literals)
{
	unsigned longest = index->rules[number]->longest;

	if (!index->any_inside)
		index->inside_longest = longest;
	else if (longest == 0 || (index->inside_longest > 0 && longest > index->inside_longest))
		index->inside_longest = longest;
	index->any_inside = true;
	for (size_t i = 0; i < literals->count; i++) {
		const char *text = literals->text.data + literals->items[i].offset;
		size_t size = literals->items[i].size;
		size_t key_size = size < INSIDE_MOST ? size : INSIDE_MOST;
		uint32_t word = inside_word(text, key_size);
		struct posting posting = {
		    .key = inside_key(word, key_size),
		    .text = text,
		    .size = (unsigned)size,
		    .rule = number,
		    .place = INSIDE,
		};
		*filter_word(index, key_size, word) |= filter_bit(word);
		if (!add_posting(index, posting))
			return false;
	}
	return true;
}

static bool add_rule(struct index *index, unsigned number)
{
	const struct pattern *pattern = index->rules[number]->pattern;

	if (!pattern) /* "off", or evidence of shape alone: not for us */
		return true;
	const struct analysis *analysis = pattern_analysis(pattern);
	bool searches = pattern_searches(pattern);
	if (!searches && !has_unknown_start(&analysis->start))
		return add_beginnings(index, number, pattern);
	if (is_findable(&analysis->inside))
		return add_insides(index, number, &analysis->inside);
	/* What a search must begin with is inside of the subject too. */
	if (searches && is_findable(&analysis->start))
		return add_insides(index, number, &analysis->start);
	return add_always(index, number);
}

static bool build_slots(struct index *index)
{
	size_t size = 64;

	while (size < index->count * 2)
		size *= 2;
	index->slots = calloc(size, sizeof *index->slots);
	if (!index->slots)
		return false;
	index->slot_mask = size - 1;
	/* From the last to the first, so that chains list rules in file order. */
	for (size_t i = index->count; i-- > 0;) {
		unsigned *slot = &index->slots[index->postings[i].key & index->slot_mask];
		index->postings[i].next = *slot;
		*slot = (unsigned)i + 1;
	}
	return true;
}

struct index *index_new(struct rule *const *rules, size_t count)
{
	struct index *index = calloc(1, sizeof *index);

	if (!index)
		return NULL;
	index->rules = rules;
	for (size_t i = 0; i < count; i++) {
		if (rules[i]->active && !add_rule(index, (unsigned)i)) {
			index_free(index);
			return NULL;
		}
	}
	if (!build_slots(index)) {
		index_free(index);
		return NULL;
	}
	return index;
}

void index_free(struct index *index)
{
	if (!index)
		return;
	free(index->postings);
	free(index->slots);
	free(index->always);
	free(index);
}

static bool add_candidate(struct candidates *out, unsigned rule, bool certain)
{
	/* A rule with many beginnings may come up twice. */
	for (size_t i = 0; i < out->count; i++)
		if (out->rules[i] == rule) {
			out->certain[i] |= certain;
			return true;
		}
	if (!grow(&out->rules, &out->capacity, out->count + 1, sizeof *out->rules) ||
	    !grow(&out->certain, &out->certain_capacity, out->count + 1, sizeof *out->certain))
		return false;
	out->rules[out->count] = rule;
	out->certain[out->count++] = certain;
	return true;
}

/* Add the rules of the key's literals that are where they must be in the text. */
static bool look_up(const struct index *index, uint64_t key, const char *text, size_t size,
    enum place_of_literal place, struct candidates *out)
{
	for (unsigned i = index->slots[key & index->slot_mask]; i > 0;
	     i = index->postings[i - 1].next) {
		const struct posting *posting = &index->postings[i - 1];
		bool fits = posting->key == key && posting->place == place &&
		            (place == WHOLE ? posting->size == size : posting->size <= size) &&
		            memcmp(posting->text, text, posting->size) == 0;
		if (fits && !add_candidate(out, posting->rule, posting->certain && place == WHOLE))
			return false;
	}
	return true;
}

static bool look_inside(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	const struct buffer *folded = &subject->folded;

	if (!index->any_inside ||
	    (index->inside_longest > 0 && subject->characters > index->inside_longest))
		return true;
	for (size_t size = INSIDE_LEAST; size <= INSIDE_MOST; size++) {
		const uint64_t *filter = index->filters[size - INSIDE_LEAST];
		for (size_t at = 0; at + size <= folded->size; at++) {
			uint32_t word = inside_word(folded->data + at, size);
			if (filter[word >> (32 - FILTER_BITS) >> 6] & filter_bit(word) &&
			    !look_up(index, inside_key(word, size), folded->data + at,
			        folded->size - at, INSIDE, out))
				return false;
		}
	}
	return true;
}

bool index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	const struct buffer *folded = &subject->folded;

	out->count = 0;
	for (size_t i = 0; i < index->always_count; i++) {
		const struct rule *rule = index->rules[index->always[i]];
		if (rule->longest > 0 && subject->characters > rule->longest)
			continue;
		if (!add_candidate(out, index->always[i], false))
			return false;
	}
	if (folded->size == 0)
		return true;
	if (!look_up(index, whole_key(folded->data, folded->size), folded->data, folded->size,
	        WHOLE, out))
		return false;
	for (size_t size = 1; size <= KEY_MAX && size <= folded->size; size++)
		if (index->key_sizes[size] && !look_up(index, prefix_key(folded->data, size),
		                                  folded->data, folded->size, PREFIX, out))
			return false;
	return look_inside(index, subject, out);
}

void candidates_fini(struct candidates *candidates)
{
	free(candidates->rules);
	free(candidates->certain);
	*candidates = (struct candidates){0};
}
