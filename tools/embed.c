/*
 * Writes rule files as C: their names, their bytes and a hash over all.
 * Runs at build time: embed rules/de.rules rules/en.rules ... > builtin.c
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* FNV-1a, 64 bits. */
static void hash_byte(uint64_t *hash, int byte)
{
	*hash = (*hash ^ (unsigned)byte) * 1099511628211u;
}

static int embed(const char *path, int number, uint64_t *hash)
{
	FILE *file = fopen(path, "rb");
	int column = 0;

	if (!file) {
		perror(path);
		return 2;
	}
	printf("static const unsigned char pack_%d[] = {", number);
	for (int byte; (byte = getc(file)) != EOF; column++) {
		hash_byte(hash, byte);
		printf("%s%d,", column % 24 ? "" : "\n", byte);
	}
	printf("0};\n");
	return fclose(file) == 0 ? 0 : 2;
}

int main(int argc, char **argv)
{
	uint64_t hash = 14695981039346656037u;

	printf("/* Written by tools/embed.c. */\n#include \"builtin.h\"\n");
	for (int i = 1; i < argc; i++)
		if (embed(argv[i], i, &hash) != 0)
			return 2;
	printf("const struct builtin_pack builtin_packs[] = {\n");
	for (int i = 1; i < argc; i++)
		printf("{\"%s\", pack_%d, sizeof pack_%d - 1},\n", argv[i], i, i);
	printf("};\nconst size_t builtin_count = %d;\nconst char builtin_hash[] = \"%016llx\";\n",
	    argc - 1, (unsigned long long)hash);
	return 0;
}
