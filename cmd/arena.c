#include "arena.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* Stands before each block, and keeps its alignment. */
struct arena_block {
	struct arena_block *previous, *next;
	max_align_t bytes[];
};

static void *enter(struct arena *arena, struct arena_block *block)
{
	if (!block)
		longjmp(arena->failed, 1);
	block->previous = NULL;
	block->next = arena->blocks;
	if (block->next)
		block->next->previous = block;
	arena->blocks = block;
	return block->bytes;
}

static struct arena_block *block_of(void *bytes)
{
	return (struct arena_block *)(void *)((char *)bytes - offsetof(struct arena_block, bytes));
}

static void leave(struct arena *arena, struct arena_block *block)
{
	*(block->previous ? &block->previous->next : &arena->blocks) = block->next;
	if (block->next)
		block->next->previous = block->previous;
}

static void *allocate(void *context, size_t size)
{
	return enter(context, malloc(sizeof(struct arena_block) + size));
}

static void *reallocate(void *context, void *bytes, size_t size)
{
	struct arena *arena = context;

	if (!bytes)
		return allocate(context, size);
	struct arena_block *block = block_of(bytes);
	leave(arena, block);
	struct arena_block *moved = realloc(block, sizeof *block + size);
	if (!moved)
		free(block);
	return enter(arena, moved);
}

static void release(void *context, void *bytes)
{
	if (!bytes)
		return;
	leave(context, block_of(bytes));
	free(block_of(bytes));
}

void arena_init(struct arena *arena)
{
	arena->blocks = NULL;
	arena->functions = (yajl_alloc_funcs){
	    .malloc = allocate, .realloc = reallocate, .free = release, .ctx = arena};
}

void arena_fini(struct arena *arena)
{
	for (struct arena_block *block = arena->blocks, *next; block; block = next) {
		next = block->next;
		free(block);
	}
}
