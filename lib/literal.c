#include "literal.h"

#include <stdlib.h>
#include <string.h>

#include "mould.h"

bool literals_add(struct literals *set, const char *text, size_t size, bool open)
{
	if (!grow(&set->items, &set->capacity, set->count + 1, sizeof *set->items))
		return false;
	set->items[set->count++] = (struct literal){set->text.size, size, open};
	return buffer_append(&set->text, text, size);
}

void literals_clear(struct literals *set)
{
	set->text.size = 0;
	set->count = 0;
}

bool literals_make_unknown(struct literals *set)
{
	literals_clear(set);
	return literals_add(set, "", 0, true);
}

bool literals_copy(struct literals *to, const struct literals *from)
{
	for (size_t i = 0; i < from->count; i++)
		if (!literals_add(to, literal_text(from, &from->items[i]), from->items[i].size,
		        from->items[i].open))
			return false;
	return true;
}

void literals_open(struct literals *set)
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

bool literals_closed(const struct literals *set)
{
	return count_closed(set) == set->count;
}

size_t literals_shortest(const struct literals *set)
{
	size_t size = set->count > 0 ? set->items[0].size : 0;

	for (size_t i = 1; i < set->count; i++)
		if (set->items[i].size < size)
			size = set->items[i].size;
	return size;
}

bool literals_take_better(struct literals *best, const struct literals *set)
{
	if (literals_shortest(set) <= literals_shortest(best))
		return true;
	literals_clear(best);
	for (size_t i = 0; i < set->count; i++)
		if (!literals_add(
		        best, literal_text(set, &set->items[i]), set->items[i].size, false))
			return false;
	return true;
}

bool literals_concatenate(struct literals *left, const struct literals *right)
{
	size_t closed = count_closed(left);
	struct literals result = {0};

	if (closed == 0)
		return true;
	if (left->count - closed + closed * right->count > LITERALS_MAX) {
		literals_open(left);
		return true;
	}
	for (size_t i = 0; i < left->count; i++) {
		struct literal a = left->items[i];
		for (size_t j = 0; j < (a.open ? 1 : right->count); j++) {
			if (!literals_add(&result, literal_text(left, &a), a.size, a.open))
				goto fail;
			if (a.open)
				continue;
			struct literal b = right->items[j];
			result.items[result.count - 1].size += b.size;
			result.items[result.count - 1].open = b.open;
			if (!buffer_append(&result.text, literal_text(right, &b), b.size))
				goto fail;
		}
	}
	literals_fini(left);
	*left = result;
	return true;
fail:
	literals_fini(&result);
	return false;
}

bool literals_mould(struct literals *moulds, const struct literals *set)
{
	enum numbers numbers;

	*moulds = (struct literals){0};
	for (size_t i = 0; i < set->count; i++) {
		const struct literal *literal = &set->items[i];
		struct span text = {literal_text(set, literal), literal->size};
		size_t start = moulds->text.size;
		if (!literals_add(moulds, "", 0, literal->open) ||
		    !mould_literal(&moulds->text, text, &numbers))
			return false;
		moulds->items[i].size = moulds->text.size - start;
	}
	return true;
}

void literals_fini(struct literals *set)
{
	buffer_fini(&set->text);
	free(set->items);
	*set = (struct literals){0};
}
