#include "queue.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

bool held_matches(const struct held *held, unsigned rule)
{
	for (size_t i = 0; i < held->match_count; i++)
		if (held->matches[i] == rule)
			return true;
	return false;
}

/* Double the ring, laying it out from its first item on. */
static bool enlarge(struct queue *queue)
{
	size_t capacity = queue->capacity ? queue->capacity * 2 : 64;
	struct held *items = calloc(capacity, sizeof *items);

	if (!items)
		return false;
	for (size_t i = 0; i < queue->capacity; i++)
		items[i] = *queue_at(queue, i);
	free(queue->items);
	queue->items = items;
	queue->first = 0;
	queue->capacity = capacity;
	return true;
}

struct held *queue_push(struct queue *queue)
{
	if (queue->count == queue->capacity && !enlarge(queue))
		return NULL;
	struct held *held = queue_at(queue, queue->count++);
	unsigned *matches = held->matches;
	size_t capacity = held->match_capacity;
	memset(held, 0, offsetof(struct held, features));
	held->matches = matches;
	held->match_capacity = capacity;
	return held;
}

void queue_pop(struct queue *queue)
{
	queue->first = (queue->first + 1) & (queue->capacity - 1);
	queue->count--;
}

void queue_fini(struct queue *queue)
{
	for (size_t i = 0; i < queue->capacity; i++)
		free(queue->items[i].matches);
	free(queue->items);
	*queue = (struct queue){0};
}
