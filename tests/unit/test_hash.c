#include "hash.h"
#include "unit.h"

START_TEST(multiplies_alike_with_and_without_wide_numbers)
{
	uint64_t a = 1, b = UINT64_MAX;

	for (int round = 0; round < 10000; round++) {
		ck_assert_uint_eq(hash_fold(a, b), hash_fold_by_parts(a, b));
		a = a * 6364136223846793005u + 1442695040888963407u;
		b ^= a << 17 | a >> 5;
	}
}
END_TEST

START_TEST(tells_short_strings_apart)
{
	/* All strings of up to three of these bytes, at every size in words. */
	static const char bytes[] = {'a', 'b', '\0', ' '};
	char strings[100][4];
	uint64_t hashes[100];
	size_t count = 0;

	for (size_t size = 0; size <= 3; size++)
		for (size_t number = 0; number < (size_t)1 << 2 * size; number++) {
			for (size_t i = 0; i < size; i++)
				strings[count][i] = bytes[number >> 2 * i & 3];
			hashes[count] = hash_bytes(strings[count], size);
			for (size_t other = 0; other < count; other++)
				ck_assert_uint_ne(hashes[other], hashes[count]);
			count++;
		}
}
END_TEST

START_TEST(depends_on_every_byte)
{
	char text[40] = "0123456789012345678901234567890123456";

	for (size_t size = 1; size < 37; size++) {
		uint64_t before = hash_bytes(text, size);
		for (size_t i = 0; i < size; i++) {
			text[i] ^= 1;
			ck_assert_uint_ne(hash_bytes(text, size), before);
			text[i] ^= 1;
		}
	}
}
END_TEST

/* The figures are from the definition, reckoned apart from this code. */
START_TEST(is_the_same_on_every_machine)
{
	ck_assert_uint_eq(hash_bytes("ad", 2), 0x0a9041de40a95f43);
	ck_assert_uint_eq(hash_bytes("share", 5), 0x3b826850df81deb2);
	ck_assert_uint_eq(hash_bytes("advertisement", 13), 0xf81bcfa90bf8dc4e);
	ck_assert_uint_eq(hash_bytes("more on this subject", 20), 0xa69623d9609a9cfb);
}
END_TEST

START_TEST(takes_the_first_byte_for_the_lowest)
{
	char bytes[8];

	ck_assert_uint_eq(word_load("12345678"), 0x3837363534333231);
	ck_assert_uint_eq(word_load_half("1234"), 0x34333231);
	word_store(bytes, 0x3837363534333231);
	ck_assert_mem_eq(bytes, "12345678", sizeof bytes);
}
END_TEST

TCase *case_hash(void)
{
	TCase *tcase = tcase_create("hash");
	tcase_add_test(tcase, multiplies_alike_with_and_without_wide_numbers);
	tcase_add_test(tcase, tells_short_strings_apart);
	tcase_add_test(tcase, depends_on_every_byte);
	tcase_add_test(tcase, is_the_same_on_every_machine);
	tcase_add_test(tcase, takes_the_first_byte_for_the_lowest);
	return tcase;
}
