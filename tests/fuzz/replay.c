/*
 * A fuzz target without a fuzzer: runs it on files, such as its corpus and
 * what crashed once.  usage: replay-TARGET file ...
 */
#include <string.h>

#include "buffer.h"
#include "fuzz.h"

static bool read_all(const char *path, struct buffer *bytes)
{
	FILE *file = fopen(path, "rb");
	char piece[65536];
	bool done = file != NULL;

	bytes->size = 0;
	for (size_t size; done && (size = fread(piece, 1, sizeof piece, file)) > 0;)
		done = buffer_append(bytes, piece, size);
	return file && fclose(file) == 0 && done;
}

/* In memory of just its size, so that sanitizers see what is read beside it. */
static bool run(const struct buffer *bytes)
{
	uint8_t *exact = malloc(bytes->size ? bytes->size : 1);

	if (!exact)
		return false;
	if (bytes->size > 0)
		memcpy(exact, bytes->data, bytes->size);
	LLVMFuzzerTestOneInput(exact, bytes->size);
	free(exact);
	return true;
}

int main(int argc, char **argv)
{
	struct buffer bytes = {0};
	const char *name = strrchr(argv[0], '/');

	for (int i = 1; i < argc; i++) {
		if (!read_all(argv[i], &bytes) || !run(&bytes)) {
			perror(argv[i]);
			return EXIT_FAILURE;
		}
	}
	buffer_fini(&bytes);
	printf("%s: %d files\n", name ? name + 1 : argv[0], argc - 1);
	return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}
