/*
 * grep -v -x -i -f with Hyperscan, for bench/run: all patterns at once over
 * the whole text.  usage: hyperscan PATTERNS TEXT
 * Tells on standard error how many seconds compiling and scanning took.
 */
#include <hs.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct text {
	char *data;
	size_t size;
};

static struct text read_file(const char *path)
{
	struct text text = {0};
	FILE *file = fopen(path, "rb");

	if (!file || fseek(file, 0, SEEK_END) != 0)
		return text;
	text.size = (size_t)ftell(file);
	rewind(file);
	text.data = malloc(text.size + 1);
	if (text.data && fread(text.data, 1, text.size, file) != text.size)
		text.data = NULL;
	if (text.data)
		text.data[text.size] = '\0';
	fclose(file);
	return text;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The patterns, each for a whole line; the text is cut into strings. */
static hs_database_t *compile(struct text list)
{
	size_t count = 0, capacity = 0;
	const char **patterns = NULL;
	unsigned *flags = NULL;
	hs_database_t *database = NULL;
	hs_compile_error_t *error = NULL;

	for (char *line = strtok(list.data, "\n"); line; line = strtok(NULL, "\n")) {
		if (count == capacity) {
			capacity = capacity ? capacity * 2 : 1024;
			patterns = realloc(patterns, capacity * sizeof *patterns);
			flags = realloc(flags, capacity * sizeof *flags);
		}
		char *pattern = malloc(strlen(line) + 8);
		if (!patterns || !flags || !pattern)
			return NULL;
		sprintf(pattern, "^(?:%s)$", line);
		patterns[count] = pattern;
		flags[count++] = HS_FLAG_CASELESS | HS_FLAG_UTF8 | HS_FLAG_UCP | HS_FLAG_MULTILINE;
	}
	if (hs_compile_multi(patterns, flags, NULL, (unsigned)count, HS_MODE_BLOCK, NULL, &database,
	        &error) != HS_SUCCESS)
		fprintf(stderr, "hyperscan: %s\n", error->message);
	return database;
}

struct ends {
	unsigned long long *at;
	size_t count, capacity;
};

static int take_match(
    unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
	struct ends *ends = context;

	(void)id, (void)from, (void)flags;
	if (ends->count > 0 && ends->at[ends->count - 1] == to)
		return 0;
	if (ends->count == ends->capacity) {
		ends->capacity = ends->capacity ? ends->capacity * 2 : 65536;
		ends->at = realloc(ends->at, ends->capacity * sizeof *ends->at);
		if (!ends->at)
			return 1;
	}
	ends->at[ends->count++] = to;
	return 0;
}

static void write_rest(struct text text, const struct ends *ends)
{
	size_t next = 0, kept = 0; /* what is kept begins there and is not written yet */

	for (size_t at = 0; at < text.size;) {
		char *newline = memchr(text.data + at, '\n', text.size - at);
		size_t end = newline ? (size_t)(newline - text.data) : text.size;
		while (next < ends->count && ends->at[next] < end)
			next++;
		if (next < ends->count && ends->at[next] == end) {
			fwrite(text.data + kept, 1, at - kept, stdout);
			kept = end + 1;
		}
		at = end + 1;
	}
	if (kept < text.size)
		fwrite(text.data + kept, 1, text.size - kept, stdout);
}

int main(int argc, char **argv)
{
	hs_scratch_t *scratch = NULL;
	struct ends ends = {0};

	if (argc != 3)
		return 2;
	struct text list = read_file(argv[1]), text = read_file(argv[2]);
	if (!list.data || !text.data || text.size > UINT32_MAX)
		return 2;
	double start = now();
	hs_database_t *database = compile(list);
	if (!database || hs_alloc_scratch(database, &scratch) != HS_SUCCESS)
		return 2;
	double compiled = now();
	if (hs_scan(database, text.data, (unsigned)text.size, 0, scratch, take_match, &ends) !=
	    HS_SUCCESS)
		return 2;
	write_rest(text, &ends);
	fflush(stdout);
	fprintf(stderr, "compile %.3f scan %.3f\n", compiled - start, now() - compiled);
	return 0;
}
