/* Building the index. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "key.h"
#include "mould.h"
#include "text.h"

enum {
	/* Shorter edges lead to too many rules if something longer is known. */
	GOOD_SIZE = 3,
	/* So many bytes of a literal tell enough where its start is looked for. */
	ENOUGH = 10,
};

struct builder {
	struct index *index;
	struct whole *wholes;
	size_t whole_count, whole_capacity;
	struct buffer whole_texts; /* one after the other: where they end up is known at the end */
	struct entry *parts;
	size_t part_count, part_capacity;
	struct buffer part_texts;
	struct buffer mould; /* the last one that was made */
	struct unconditional *always;
	size_t always_capacity;
	struct filter *filters;
};

/* Characters of the longest subject that the rule can match by this alternative. */
static uint32_t longest_subject(const struct rule *rule, const struct branch *branch)
{
	size_t longest = rule->pattern->search ? SIZE_MAX : branch->longest;

	if (rule->longest > 0 && rule->longest < longest)
		longest = rule->longest;
	return longest < UINT32_MAX ? (uint32_t)longest : UINT32_MAX;
}

/* The same in 16 bits, where the most is any number. */
static uint16_t limited_longest(const struct rule *rule, const struct branch *branch)
{
	uint32_t longest = longest_subject(rule, branch);

	return longest < UINT16_MAX ? (uint16_t)longest : UINT16_MAX;
}

/* Characters that a subject has at least which is matched by this alternative. */
static uint32_t shortest_subject(const struct branch *branch)
{
	return branch->shortest < UINT16_MAX ? (uint32_t)branch->shortest : UINT16_MAX;
}

static bool add_posting(struct builder *b, uint64_t key, const struct rule *rule,
    const struct branch *branch, struct span mould, enum place_of_literal place, unsigned at)
{
	if (!grow(&b->parts, &b->part_capacity, b->part_count + 1, sizeof *b->parts))
		return false;
	b->parts[b->part_count++] = (struct entry){
	    .key = key,
	    .posting = {.text = (uint32_t)b->part_texts.size,
	        .rule = rule->facts.index,
	        .longest = limited_longest(rule, branch),
	        .shortest = (uint16_t)shortest_subject(branch),
	        .size = (uint16_t)mould.size,
	        .place = place & 3,
	        .digits = branch->digits & DIGITS_MAX,
	        .at = (uint8_t)at},
	};
	return buffer_append(&b->part_texts, mould.data, mould.size);
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

/* A mould that is the beginning or the end of a subject's. */
static bool add_edge(struct builder *b, const struct rule *rule, const struct branch *branch,
    struct span mould, enum place_of_literal place)
{
	size_t key_size = mould.size < KEY_MAX ? mould.size : KEY_MAX;

	add_edge_size(&b->index->digit, mould, key_size, place);
	if (branch->digits == 0)
		add_edge_size(&b->index->plain, mould, key_size, place);
	return add_posting(
	    b, key_of_literal(mould.data, mould.size, place), rule, branch, mould, place, 0);
}

static bool make_mould(struct builder *b, struct span literal, enum numbers *numbers)
{
	b->mould.size = 0;
	return mould_literal(&b->mould, literal, numbers);
}

static bool has_byte(struct span text, char byte)
{
	return text.size > 0 && memchr(text.data, byte, text.size);
}

/* What a subject with the literal's mould says of the rule. */
static enum detail_of_whole detail_of(
    const struct rule *rule, struct span literal, enum numbers numbers)
{
	if (!pattern_takes_literals(rule->pattern))
		return WHOLE_MAY_MATCH;
	if (numbers == NUMBERS_SOME)
		return has_byte(literal, NUMBER_SOME) || has_byte(literal, NUMBER_ANY)
		           ? WHOLE_MAY_MATCH
		           : WHOLE_MATCHES_AS_FOLDED;
	return numbers == NUMBERS_ANY ? WHOLE_MATCHES_IN_ASCII : WHOLE_MATCHES;
}

/* A literal that is all of a subject. */
static bool add_whole(
    struct builder *b, const struct rule *rule, const struct branch *branch, struct span literal)
{
	enum numbers numbers;

	if (!make_mould(b, literal, &numbers) ||
	    !grow(&b->wholes, &b->whole_capacity, b->whole_count + 1, sizeof *b->wholes))
		return false;
	struct span mould = {b->mould.data, b->mould.size};
	enum detail_of_whole detail = detail_of(rule, literal, numbers);
	struct span text = detail == WHOLE_MATCHES_AS_FOLDED ? literal : mould;
	if (mould.size > b->index->whole_longest)
		b->index->whole_longest = (uint32_t)mould.size;
	b->wholes[b->whole_count++] = (struct whole){
	    .key = key_of_literal(mould.data, mould.size, WHOLE),
	    .rule = rule->facts.index,
	    .longest = limited_longest(rule, branch),
	    .shortest = branch->shortest < UINT8_MAX ? (uint8_t)branch->shortest : UINT8_MAX,
	    .detail = detail,
	    .text.size = text.size,
	};
	return buffer_append(&b->whole_texts, text.data, text.size);
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
	uint32_t bit = key_filter_bit(word);

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
		    &b->filters[FILTER_FOUR], key_inside_word(four, INSIDE_MOST), rule, branch);
		if (!add_posting(
		        b, key_short(four, INSIDE_MOST, INSIDE), rule, branch, literal, INSIDE, 0))
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
	add_to_filter(&b->filters[kind], key_inside_word(bytes, size), rule, branch);
	return add_posting(b, key_short(literal.data + at, size, INSIDE), rule, branch, literal,
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

/* Add the moulds of the branch's literals at that place. */
static bool add_moulds(struct builder *b, const struct rule *rule, const struct branch *branch,
    const struct literals *moulds, enum place_of_literal where)
{
	for (size_t i = 0; i < moulds->count; i++) {
		enum place_of_literal place = place_of(moulds, i, where);
		bool done = true;
		if (is_too_long(rule, whole_literal(moulds, i)) ||
		    is_covered(rule, moulds, i, place))
			continue;
		struct span mould = part_of_literal(moulds, i, place);
		if (place == WHOLE)
			done = add_whole(b, rule, branch, whole_literal(&branch->start, i));
		else if (place == INSIDE)
			done = add_inside(b, rule, branch, mould);
		else
			done = add_edge(b, rule, branch, mould, place);
		if (!done)
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

/* Add what tells the most of a branch whose beginnings do not tell enough; start: their moulds. */
static bool add_best(struct builder *b, const struct rule *rule, const struct branch *branch,
    const struct literals *start, const struct literals *end, const struct literals *inside)
{
	bool searches = rule->pattern->search;
	size_t end_size = searches ? 0 : literals_shortest(end);

	if (end_size >= GOOD_SIZE)
		return add_moulds(b, rule, branch, end, SUFFIX);
	if (literals_shortest(inside) >= INSIDE_LEAST)
		return add_moulds(b, rule, branch, inside, INSIDE);
	if (!searches && shortest_open(start) > 0)
		return add_moulds(b, rule, branch, start, PREFIX);
	if (end_size > 0)
		return add_moulds(b, rule, branch, end, SUFFIX);
	return add_always(b, rule, branch);
}

static bool add_branch(struct builder *b, const struct rule *rule, const struct branch *branch)
{
	struct literals start, end = {0}, inside = {0};
	bool done = literals_mould(&start, &branch->start);

	/* As of all phrases: they have no other literals. */
	if (done && !rule->pattern->search && shortest_open(&start) >= GOOD_SIZE)
		done = add_moulds(b, rule, branch, &start, PREFIX);
	else
		done = done && literals_mould(&end, &branch->end) &&
		       literals_mould(&inside, &branch->inside) &&
		       add_best(b, rule, branch, &start, &end, &inside);
	literals_fini(&start);
	literals_fini(&end);
	literals_fini(&inside);
	return done;
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

/* Note the part's edge, with the sizes that all keys have for such subjects. */
static void add_edge_of_part(
    const struct builder *b, const struct edge_sizes *sizes, const struct posting *posting)
{
	struct span text = {b->part_texts.data + posting->text, posting->size};
	unsigned char first = (unsigned char)text.data[0],
	              last = (unsigned char)text.data[text.size - 1];
	unsigned used = posting->place == SUFFIX ? sizes->suffix[last] : sizes->prefix[first];

	key_set_add(
	    &b->index->edges, key_of_edge(text, used, (enum place_of_literal)posting->place));
}

static void add_edges_of_parts(const struct builder *b)
{
	for (size_t i = 0; i < b->part_count; i++) {
		const struct posting *posting = &b->parts[i].posting;
		if (posting->place == INSIDE)
			continue;
		add_edge_of_part(b, &b->index->digit, posting);
		if (posting->digits == 0)
			add_edge_of_part(b, &b->index->plain, posting);
	}
}

static bool add_edges_of_wholes(struct builder *b)
{
	enum numbers numbers;

	for (size_t i = 0; i < b->whole_count; i++) {
		if (!make_mould(b, b->wholes[i].text, &numbers))
			return false;
		struct span mould = {b->mould.data, b->mould.size};
		key_set_add(&b->index->edges, key_of_edge(mould, 0, WHOLE));
	}
	return true;
}

/* The texts of wholes are all there. */
static void find_texts(struct builder *b)
{
	const char *text = b->whole_texts.data;

	for (size_t i = 0; i < b->whole_count; i++) {
		b->wholes[i].text.data = text;
		text += b->wholes[i].text.size;
	}
}

static bool lay_out(struct builder *b)
{
	struct index *index = b->index;

	find_texts(b);
	if (!wholes_init(&index->wholes, b->wholes, b->whole_count) ||
	    !postings_init(&index->parts, b->parts, b->part_count) ||
	    !key_set_init(&index->edges, b->whole_count + b->part_count))
		return false;
	add_edges_of_parts(b);
	return add_edges_of_wholes(b);
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
	free(b.wholes);
	free(b.parts);
	buffer_fini(&b.whole_texts);
	buffer_fini(&b.mould);
	if (b.index) {
		b.index->texts = b.part_texts.data;
		b.index->text_size = b.part_texts.size;
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
	wholes_fini(&index->wholes);
	postings_fini(&index->parts);
	free((void *)index->texts);
	free((void *)index->always);
	free((void *)index->filters);
	key_set_fini(&index->edges);
	free(index);
}
