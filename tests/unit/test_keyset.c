#include "keyset.h"

#include "hash.h"
#include "unit.h"

enum { COUNT = 1000 };

static uint64_t nth_key(uint32_t n)
{
	return hash_mix(n, 1);
}

START_TEST(has_all_that_was_added)
{
	struct key_set set;

	ck_assert(key_set_init(&set, COUNT));
	for (uint32_t i = 0; i < COUNT; i++)
		key_set_add(&set, nth_key(i));
	for (uint32_t i = 0; i < COUNT; i++)
		ck_assert(key_set_has(&set, nth_key(i)));
	key_set_fini(&set);
}
END_TEST

START_TEST(knows_of_most_keys_that_they_are_not_there)
{
	struct key_set set;
	unsigned wrong = 0;

	ck_assert(key_set_init(&set, COUNT));
	ck_assert(!key_set_has(&set, nth_key(0)));
	for (uint32_t i = 0; i < COUNT; i++)
		key_set_add(&set, nth_key(i));
	for (uint32_t i = COUNT; i < 2 * COUNT; i++)
		wrong += key_set_has(&set, nth_key(i));
	ck_assert_uint_lt(wrong, COUNT / 20);
	key_set_fini(&set);
}
END_TEST

START_TEST(makes_tables_of_a_power_of_two)
{
	ck_assert_uint_eq(key_slots(0), 64);
	ck_assert_uint_eq(key_slots(64), 64);
	ck_assert_uint_eq(key_slots(65), 128);
	ck_assert_uint_eq(key_slots(1000), 1024);
}
END_TEST

TCase *case_keyset(void)
{
	TCase *tcase = tcase_create("keyset");
	tcase_add_test(tcase, has_all_that_was_added);
	tcase_add_test(tcase, knows_of_most_keys_that_they_are_not_there);
	tcase_add_test(tcase, makes_tables_of_a_power_of_two);
	return tcase;
}
