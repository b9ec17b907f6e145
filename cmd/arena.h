/*
 * Memory for yajl, which does not look whether it was given any: when memory
 * is short, the parser is left at once, for where arena_enter was called.
 */
#ifndef ARENA_H
#define ARENA_H

#include <setjmp.h>
#include <yajl/yajl_parse.h>

struct arena_block;

struct arena {
	yajl_alloc_funcs functions; /* for yajl_alloc */
	jmp_buf failed;
	struct arena_block *blocks; /* all that was not freed */
};

/* Nothing is allocated by this. */
void arena_init(struct arena *arena);
/* True at first; it returns a second time, false, when memory is short. */
#define arena_enter(arena) (setjmp((arena)->failed) == 0)
/* Free all blocks, so that the parser needs no freeing. */
void arena_fini(struct arena *arena);

#endif
