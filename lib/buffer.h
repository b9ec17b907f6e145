/* Growable memory: the one place where arrays and byte buffers grow. */
#ifndef BUFFER_H
#define BUFFER_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes that belong to someone else. */
struct span {
	const char *data;
	size_t size;
};

/* All zero is an empty buffer; data belongs to the buffer. */
struct buffer {
	char *data;
	size_t size;
	size_t capacity;
};

bool grow_more(void *items, size_t *capacity, size_t count, size_t item_size);

/*
 * Make room for count items of the given size in *items, which holds
 * *capacity of them.  False when memory is short; *items is then as before.
 */
static inline bool grow(void *items, size_t *capacity, size_t count, size_t item_size)
{
	return count <= *capacity || grow_more(items, capacity, count, item_size);
}

/* Room for so many bytes in all. */
bool buffer_reserve(struct buffer *buffer, size_t capacity);
bool buffer_append(struct buffer *buffer, const void *bytes, size_t size);
bool buffer_append_byte(struct buffer *buffer, char byte);
/* Append a file of at most so many bytes: 0, or an errno (EFBIG: it has more of them). */
int buffer_append_file(struct buffer *buffer, const char *path, size_t most);
/* Forget the first size bytes. */
void buffer_consume(struct buffer *buffer, size_t size);
void buffer_fini(struct buffer *buffer);

#endif
