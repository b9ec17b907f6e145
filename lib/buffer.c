#include "buffer.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FIRST_BYTES = 64, /* allocated at first, for items of any size */
	PIECE = 16384     /* bytes read at once */
};

bool grow_more(void *items, size_t *capacity, size_t count, size_t item_size)
{
	/* Of large items there are often few. */
	size_t wanted = *capacity                 ? *capacity
	                : item_size < FIRST_BYTES ? FIRST_BYTES / item_size
	                                          : 1;
	while (wanted < count) {
		if (wanted > SIZE_MAX / 2 / item_size)
			return false;
		wanted *= 2;
	}
	/* items is the address of a pointer of any type. */
	void *old;
	memcpy(&old, items, sizeof old);
	void *new = realloc(old, wanted * item_size);
	if (!new)
		return false;
	memcpy(items, &new, sizeof new);
	*capacity = wanted;
	return true;
}

bool buffer_reserve(struct buffer *buffer, size_t capacity)
{
	return grow(&buffer->data, &buffer->capacity, capacity, 1);
}

bool buffer_append(struct buffer *buffer, const void *bytes, size_t size)
{
	if (!grow(&buffer->data, &buffer->capacity, buffer->size + size, 1))
		return false;
	if (size)
		memcpy(buffer->data + buffer->size, bytes, size);
	buffer->size += size;
	return true;
}

bool buffer_append_byte(struct buffer *buffer, char byte)
{
	return buffer_append(buffer, &byte, 1);
}

int buffer_append_file(struct buffer *buffer, const char *path, size_t most)
{
	char piece[PIECE];
	FILE *file = fopen(path, "rb");
	int failure = 0;

	if (!file)
		return errno;
	for (size_t size; !failure && (size = fread(piece, 1, sizeof piece, file)) > 0;) {
		if (size > most)
			failure = EFBIG;
		else if (!buffer_append(buffer, piece, size))
			failure = ENOMEM;
		else
			most -= size;
	}
	if (!failure && ferror(file))
		failure = errno;
	fclose(file);
	return failure;
}

void buffer_consume(struct buffer *buffer, size_t size)
{
	buffer->size -= size;
	if (buffer->size)
		memmove(buffer->data, buffer->data + size, buffer->size);
}

void buffer_fini(struct buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct buffer){0};
}
