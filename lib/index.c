#include "index.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "text.h"
#include "vector.h"

enum {
	/* Prefixes and suffixes are looked up by so many bytes at most. */
	KEY_MAX = SUBJECT_EDGE,
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
	if (place == WHOLE)
		return hash_bytes(text, size); /* the subject's hash */
	size_t key_size = size < KEY_MAX ? size : KEY_MAX;
	return short_key(place == SUFFIX ? text + size - key_size : text, key_size, place);
}

/* Bit n of the sizes says that keys of n bytes are in use. */
static size_t least_size(unsigned sizes)
{
	return (size_t)__builtin_ctz(sizes);
}

/*
 * A key of the text's edges, the rest of which may be missing: of the place's
 * edge as many bytes as all keys have, or the first and the last four.
 */
static uint64_t edge_key(struct span text, unsigned sizes, enum place_of_literal place)
{
	if (place == WHOLE)
		return hash_mix(hash_load_short(text.data, text.size), WHOLE);
	size_t size = least_size(sizes);
	return short_key(place == SUFFIX ? text.data + text.size - size : text.data, size, place);
}

/* Three or four bytes that are inside of subjects, as a number of a bit. */
static uint32_t filter_bit(uint32_t word)
{
	return word * 2654435761u >> (32 - FILTER_BITS);
}

/* Four bytes can be read; the last one does not count if size is three. */
static uint32_t inside_word(const char *bytes, size_t size)
{
	static const char last[] = {0, 0, 0, -1};
	uint32_t word, mask;

	memcpy(&word, bytes, sizeof word);
	memcpy(&mask, last, sizeof mask);
	return size == INSIDE_MOST ? word : word & ~mask;
}

/* ---- building ---- */

struct builder {
	struct index *index;
	struct entries {
		struct entry *items;
		size_t count, capacity;
	} whole, parts;
	struct buffer texts;
	struct unconditional *always;
	size_t always_capacity;
	struct filter *filters;
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

/* Characters that a subject has at least which is matched by this alternative. */
static uint32_t shortest_subject(const struct branch *branch)
{
	return branch->shortest < UINT16_MAX ? (uint32_t)branch->shortest : UINT16_MAX;
}

static bool add_posting(struct builder *b, uint64_t key, const struct rule *rule,
    const struct branch *branch, struct span literal, enum place_of_literal place, unsigned detail)
{
	uint32_t longest = longest_subject(rule, branch);
	struct entries *entries = place == WHOLE ? &b->whole : &b->parts;

	if (!grow(&entries->items, &entries->capacity, entries->count + 1, sizeof *entries->items))
		return false;
	entries->items[entries->count++] = (struct entry){
	    .key = key,
	    .posting = {.text = (uint32_t)b->texts.size,
	        .rule = rule->facts.index,
	        .longest = longest < UINT16_MAX ? (uint16_t)longest : UINT16_MAX,
	        .shortest = (uint16_t)shortest_subject(branch),
	        .size = (uint16_t)literal.size,
	        .place = place & 3,
	        .digits = branch->digits & DIGITS_MAX,
	        .detail = (uint8_t)detail},
	};
	return buffer_append(&b->texts, literal.data, literal.size);
}

static void add_edge_size(
    struct edge_sizes *sizes, struct span literal, size_t key_size, enum place_of_literal place)
{
	uint8_t bit = (uint8_t)(1 << key_size);

	if (place == PREFIX)
		sizes->prefix[(unsigned char)literal.data[0]] |= bit;
	if (place == SUFFIX)
		sizes->suffix[(unsigned char)literal.data[literal.size - 1]] |= bit;
}

/* A literal that is all, the beginning or the end of a subject. */
static bool add_literal(struct builder *b, const struct rule *rule, const struct branch *branch,
    struct span literal, enum place_of_literal place)
{
	struct index *index = b->index;
	size_t size = literal.size;
	size_t key_size = size < KEY_MAX ? size : KEY_MAX;

	if (place == WHOLE && size > index->whole_longest)
		index->whole_longest = (uint32_t)size;
	add_edge_size(&index->digit, literal, key_size, place);
	if (branch->digits == 0)
		add_edge_size(&index->plain, literal, key_size, place);
	return add_posting(b, key_of(literal.data, size, place), rule, branch, literal, place,
	    place == WHOLE && pattern_takes_literals(rule->pattern));
}

/* ---- what must be inside ---- */

/* Of a thousand characters of English, roughly; other languages are like enough. */
static unsigned commonness(unsigned char c)
{
	static const unsigned char letters[] = {65, 12, 22, 33, 103, 17, 16, 50, 57, 1, 6, 33, 20,
	    57, 61, 15, 1, 50, 52, 75, 22, 8, 19, 1, 16, 1};

	if (c == ' ')
		return 180;
	return c >= 'a' && c <= 'z' ? letters[c - 'a'] : 5;
}

/* Where the four bytes begin that are likely to be the rarest. */
static size_t rarest(struct span literal)
{
	size_t best = 0;
	unsigned least = UINT_MAX;

	for (size_t at = 0; at + INSIDE_MOST <= literal.size; at++) {
		unsigned sum = 0;
		for (size_t i = 0; i < INSIDE_MOST; i++)
			sum += commonness((unsigned char)literal.data[at + i]);
		if (sum < least) {
			least = sum;
			best = at;
		}
	}
	return best;
}

/* What a subject begins with that the rule matches by this alternative. */
static struct byte_set first_bytes(const struct rule *rule, const struct branch *branch)
{
	struct byte_set first = branch->first;

	if (rule->pattern->search || branch->shortest == 0)
		memset(&first, 0xff, sizeof first);
	return first;
}

/* Make the filter pass the word, and be for all subjects that the rule can match. */
static void add_to_filter(
    struct filter *filter, uint32_t word, const struct rule *rule, const struct branch *branch)
{
	uint32_t longest = longest_subject(rule, branch);
	struct byte_set first = first_bytes(rule, branch);
	uint32_t bit = filter_bit(word);

	filter->bits[bit / 64] |= (uint64_t)1 << bit % 64;
	if (longest > filter->longest)
		filter->longest = longest;
	byte_set_merge(&filter->first, &first);
}

static bool is_ascii(struct span literal)
{
	for (size_t i = 0; i < literal.size; i++)
		if ((unsigned char)literal.data[i] >= 0x80)
			return false;
	return true;
}

/*
 * Three bytes are only looked for in some subjects.  If they may be in any,
 * they are taken for four, with each of the bytes that can follow.
 */
static bool add_with_next(
    struct builder *b, const struct rule *rule, const struct branch *branch, struct span literal)
{
	char four[INSIDE_MOST];

	memcpy(four, literal.data, INSIDE_LEAST);
	for (int next = 0; next < 256; next++) {
		four[INSIDE_LEAST] = (char)next;
		add_to_filter(
		    &b->filters[FILTER_FOUR], inside_word(four, INSIDE_MOST), rule, branch);
		if (!add_posting(
		        b, short_key(four, INSIDE_MOST, INSIDE), rule, branch, literal, INSIDE, 0))
			return false;
	}
	return true;
}

static bool add_inside(
    struct builder *b, const struct rule *rule, const struct branch *branch, struct span literal)
{
	if (!b->filters)
		b->filters = calloc(FILTER_COUNT, sizeof *b->filters);
	if (!b->filters)
		return false;
	if (literal.size == INSIDE_LEAST && branch->digits == 0 && is_ascii(literal))
		return add_with_next(b, rule, branch, literal);
	size_t size = literal.size < INSIDE_MOST ? literal.size : INSIDE_MOST;
	size_t at = rarest(literal);
	char bytes[INSIDE_MOST] = {0};
	memcpy(bytes, literal.data + at, size);
	enum filter_kind kind = size == INSIDE_LEAST ? FILTER_THREE
	                        : branch->digits > 0 ? FILTER_DIGIT
	                                             : FILTER_FOUR;
	add_to_filter(&b->filters[kind], inside_word(bytes, size), rule, branch);
	return add_posting(b, short_key(literal.data + at, size, INSIDE), rule, branch, literal,
	    INSIDE, (unsigned)at);
}

/* Subjects with a digit are looked at for all literals of four bytes at once. */
static void merge_filters(struct filter *filters)
{
	struct filter *four = &filters[FILTER_FOUR], *digit = &filters[FILTER_DIGIT];

	for (size_t i = 0; i < FILTER_WORDS; i++)
		digit->bits[i] |= four->bits[i];
	if (four->longest > digit->longest)
		digit->longest = four->longest;
	byte_set_merge(&digit->first, &four->first);
}

/* No subject that the rule may touch is as long. */
static bool is_too_long(const struct rule *rule, struct span literal)
{
	return literal.size > SUBJECT_MAX ||
	       (rule->longest > 0 && text_length(literal.data, literal.size) > rule->longest);
}

static struct span whole_literal(const struct literals *literals, size_t number)
{
	const struct literal *literal = &literals->items[number];

	return (struct span){literal_text(literals, literal), literal->size};
}

/* Where the literal is looked for: beginnings are whole subjects if they are closed. */
static enum place_of_literal place_of(
    const struct literals *literals, size_t number, enum place_of_literal place)
{
	return place == PREFIX && !literals->items[number].open ? WHOLE : place;
}

/* As much of the literal as is looked for in that place. */
static struct span part_of_literal(
    const struct literals *literals, size_t number, enum place_of_literal place)
{
	struct span literal = whole_literal(literals, number);

	if ((place == PREFIX || place == INSIDE) && literal.size > ENOUGH)
		literal.size = ENOUGH;
	return literal;
}

static bool is_in_place(struct span part, struct span text, enum place_of_literal place)
{
	if (part.size > text.size)
		return false;
	if (place == INSIDE)
		return memmem(text.data, text.size, part.data, part.size);
	size_t start = place == SUFFIX ? text.size - part.size : 0;
	return memcmp(text.data + start, part.data, part.size) == 0;
}

/* Whether another literal leads to the rule wherever this one does: less of the same. */
static bool is_covered(const struct rule *rule, const struct literals *literals, size_t number,
    enum place_of_literal place)
{
	struct span this = part_of_literal(literals, number, place);

	for (size_t i = 0; place != WHOLE && i < literals->count; i++) {
		struct span other = part_of_literal(literals, i, place);
		/* Of two that are the same the first one counts. */
		bool less = other.size < this.size || (other.size == this.size && i < number);
		if (less && place_of(literals, i, place) == place &&
		    is_in_place(other, this, place) &&
		    !is_too_long(rule, whole_literal(literals, i)))
			return true;
	}
	return false;
}

static bool add_literals(struct builder *b, const struct rule *rule, const struct branch *branch,
    const struct literals *literals, enum place_of_literal where)
{
	for (size_t i = 0; i < literals->count; i++) {
		enum place_of_literal place = place_of(literals, i, where);
		if (is_too_long(rule, whole_literal(literals, i)) ||
		    is_covered(rule, literals, i, place))
			continue;
		struct span literal = part_of_literal(literals, i, place);
		if (!(place == INSIDE ? add_inside(b, rule, branch, literal)
		                      : add_literal(b, rule, branch, literal, place)))
			return false;
	}
	return true;
}

static bool add_always(struct builder *b, const struct rule *rule, const struct branch *branch)
{
	struct index *index = b->index;

	if (!grow(&b->always, &b->always_capacity, index->always_count + 1, sizeof *b->always))
		return false;
	struct unconditional *always = &b->always[index->always_count++];
	*always = (struct unconditional){
	    .rule = rule->facts.index,
	    .longest = longest_subject(rule, branch),
	    .shortest = shortest_subject(branch),
	    .digits = branch->digits,
	    .first = first_bytes(rule, branch),
	};
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

	for (size_t i = 0; i < analysis->count; i++) {
		uint32_t longest = longest_subject(rule, &analysis->branches[i]);
		if (longest > b->index->longest)
			b->index->longest = longest;
	}
	for (size_t i = 0; i < analysis->count; i++)
		if (!add_branch(b, rule, &analysis->branches[i]))
			return false;
	return true;
}

/* Note the literal's edges, with the sizes that all keys have for such subjects. */
static void add_edges(
    const struct builder *b, const struct edge_sizes *sizes, const struct posting *posting)
{
	struct span text = {b->texts.data + posting->text, posting->size};
	unsigned char first = (unsigned char)text.data[0],
	              last = (unsigned char)text.data[text.size - 1];
	unsigned used = posting->place == SUFFIX ? sizes->suffix[last] : sizes->prefix[first];

	key_set_add(&b->index->edges, edge_key(text, used, (enum place_of_literal)posting->place));
}

static void add_all_edges(const struct builder *b, const struct entries *entries)
{
	for (size_t i = 0; i < entries->count; i++) {
		const struct posting *posting = &entries->items[i].posting;
		if (posting->place == INSIDE)
			continue;
		add_edges(b, &b->index->digit, posting);
		if (posting->digits == 0)
			add_edges(b, &b->index->plain, posting);
	}
}

static bool lay_out(struct builder *b)
{
	struct index *index = b->index;

	if (!postings_init(&index->whole, b->whole.items, b->whole.count) ||
	    !postings_init(&index->parts, b->parts.items, b->parts.count) ||
	    !key_set_init(&index->edges, b->whole.count + b->parts.count))
		return false;
	add_all_edges(b, &b->whole);
	add_all_edges(b, &b->parts);
	return true;
}

struct index *index_new(const struct rule *const *rules, size_t count)
{
	struct builder b = {.index = calloc(1, sizeof *b.index)};
	bool done = b.index != NULL;

	for (size_t i = 0; done && i < count; i++)
		done = !rules[i]->pattern || add_rule(&b, rules[i]);
	if (b.filters)
		merge_filters(b.filters);
	done = done && lay_out(&b);
	free(b.whole.items);
	free(b.parts.items);
	if (b.index) {
		b.index->texts = b.texts.data;
		b.index->text_size = b.texts.size;
		b.index->always = b.always;
		b.index->filters = b.filters;
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
	postings_fini(&index->whole);
	postings_fini(&index->parts);
	free((void *)index->texts);
	free((void *)index->always);
	free((void *)index->filters);
	key_set_fini(&index->edges);
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

static const struct postings *postings_of(const struct index *index, enum place_of_literal place)
{
	return place == WHOLE ? &index->whole : &index->parts;
}

/* Add the rules of the clue's literals that are where they must be. */
static bool follow(const struct index *index, const struct subject *subject,
    const struct clue *clue, struct candidates *out)
{
	struct span text = subject->folded;
	uint32_t characters = subject->scan.characters;
	uint32_t digits = subject->scan.possible_digits;
	enum place_of_literal place = clue->place;
	const struct posting *end,
	    *posting = postings_find(postings_of(index, place), clue->key, &end);

	for (; posting < end; posting++) {
		if (posting->key != (uint32_t)(clue->key >> 32) || posting->place != place ||
		    (characters > posting->longest && posting->longest < UINT16_MAX) ||
		    characters < posting->shortest || digits < posting->digits ||
		    posting->size > text.size || (place == WHOLE && posting->size < text.size))
			continue;
		size_t start = place == SUFFIX ? text.size - posting->size : 0;
		if (place == INSIDE) {
			if (posting->detail > clue->at ||
			    clue->at - posting->detail > text.size - posting->size)
				continue;
			start = clue->at - posting->detail;
		}
		if (memcmp(index->texts + posting->text, text.data + start, posting->size) == 0 &&
		    !add_candidate(out, posting->rule, place == WHOLE && posting->detail))
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
		const struct clue *clue = &out->clues[i];
		const struct posting *end;
		__builtin_prefetch(postings_find(postings_of(index, clue->place), clue->key, &end));
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
	const struct postings *postings = postings_of(index, place);

	if (!key_set_has(&postings->keys, key))
		return true;
	if (!grow(&out->clues, &out->clue_capacity, out->clue_count + 1, sizeof *out->clues))
		return false;
	out->clues[out->clue_count++] = (struct clue){key, place, (uint32_t)at};
	postings_expect(postings, key);
	return true;
}

/* sizes: bit n says that keys of n bytes are in use. */
static bool note_edge(const struct index *index, const struct subject *subject, unsigned sizes,
    enum place_of_literal place, struct candidates *out)
{
	struct span text = subject->folded;

	for (size_t size = 1; sizes >> size && size <= text.size; size++) {
		const char *bytes = place == SUFFIX ? text.data + text.size - size : text.data;
		if (sizes >> size & 1 && !note(index, short_key(bytes, size, place), 0, place, out))
			return false;
	}
	return true;
}

static bool passes(const struct filter *filter, uint32_t word)
{
	uint32_t bit = filter_bit(word);

	return filter->bits[bit / 64] >> bit % 64 & 1;
}

/* Whether the folded text may begin with one of the bytes. */
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
 * The folded text has bytes after its end, so that words can be read there.
 * Inlined, as the size of the words must be known to the compiler.
 */
INLINED bool look_everywhere(const struct index *index, const struct subject *subject,
    const struct filter *filter, size_t size, struct candidates *out)
{
	struct span folded = subject->folded;

	for (size_t at = 0; at + INSIDE_LEAST <= folded.size; at++) {
		const char *bytes = folded.data + at;
		uint32_t word = inside_word(bytes, size);
		if (passes(filter, word) &&
		    !note(index, short_key(bytes, size, INSIDE), at, INSIDE, out))
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

/* Whether a rule that is always tried may match a subject that begins with the byte. */
static bool may_match(
    const struct unconditional *always, const struct subject *subject, unsigned char first)
{
	const struct scan *scan = &subject->scan;

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
	if (sizes == 0 || least_size(sizes) > text.size)
		return false;
	return key_set_has(&index->edges, edge_key(text, sizes, place));
}

bool index_rules_out(const struct index *index, const struct subject *subject)
{
	struct span edges = subject->folded;

	/* No pattern is for nothing. */
	if (edges.size == 0)
		return true;

	unsigned char first = (unsigned char)edges.data[0],
	              last = (unsigned char)edges.data[edges.size - 1];
	const struct edge_sizes *sizes = edge_sizes_of(index, subject);

	if (key_set_has(&index->edges, edge_key(edges, 0, WHOLE)) ||
	    has_edge(index, edges, sizes->prefix[first], PREFIX) ||
	    has_edge(index, edges, sizes->suffix[last], SUFFIX) ||
	    filter_of(index, subject, FILTER_FOUR) || filter_of(index, subject, FILTER_THREE))
		return false;
	for (size_t i = 0; i < index->always_count; i++)
		if (may_match(&index->always[i], subject, first))
			return false;
	return true;
}

bool index_candidates(
    const struct index *index, const struct subject *subject, struct candidates *out)
{
	struct span folded = subject->folded;

	/* No pattern is for nothing. */
	if (folded.size == 0)
		return true;

	unsigned char first = (unsigned char)folded.data[0],
	              last = (unsigned char)folded.data[folded.size - 1];
	const struct edge_sizes *sizes = edge_sizes_of(index, subject);

	/* A hash is found anywhere in memory: it is asked for now and looked at last. */
	key_set_expect(&index->whole.keys, subject->hash);
	for (size_t i = 0; i < index->always_count; i++) {
		const struct unconditional *always = &index->always[i];
		if (may_match(always, subject, first) && !add_candidate(out, always->rule, false))
			return false;
	}
	out->clue_count = 0;
	return note_edge(index, subject, sizes->prefix[first], PREFIX, out) &&
	       note_edge(index, subject, sizes->suffix[last], SUFFIX, out) &&
	       look_inside(index, subject, out) &&
	       (folded.size > index->whole_longest || note(index, subject->hash, 0, WHOLE, out)) &&
	       follow_all(index, subject, out);
}

void candidates_fini(struct candidates *candidates)
{
	free(candidates->items);
	free(candidates->clues);
	*candidates = (struct candidates){0};
}
