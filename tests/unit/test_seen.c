#include "seen.h"
#include "unit.h"

static struct seen seen;

static void setup(void)
{
	ck_assert(seen_init(&seen));
}

static void teardown(void)
{
	seen_fini(&seen);
}

static unsigned count(uint64_t hash)
{
	unsigned before;

	ck_assert(seen_count(&seen, hash, &before));
	return before;
}

/* Hashes whose slots are beside each other, many of them the same in a small table. */
static uint64_t nth_hash(uint64_t n)
{
	return (n + 1) << 28;
}

START_TEST(counts_each_by_itself_while_it_grows)
{
	for (unsigned round = 0; round < 3; round++)
		for (uint64_t i = 0; i < 5000; i++)
			ck_assert_uint_eq(count(nth_hash(i)), round);
}
END_TEST

START_TEST(counts_no_further_than_255)
{
	for (unsigned i = 0; i < 300; i++)
		ck_assert_uint_eq(count(nth_hash(0)), i < 255 ? i : 255);
	ck_assert_uint_eq(count(nth_hash(1)), 0);
}
END_TEST

START_TEST(takes_a_hash_of_nothing_but_zeros)
{
	ck_assert_uint_eq(count(0), 0);
	ck_assert_uint_eq(count(0), 1);
}
END_TEST

START_TEST(remembers_the_first_ones_of_many)
{
	for (uint64_t i = 0; i < SEEN_MAX + 100; i++)
		count(nth_hash(i));
	ck_assert_uint_eq(seen.count, SEEN_MAX);
	ck_assert_uint_eq(count(nth_hash(SEEN_MAX - 1)), 1);
	ck_assert_uint_eq(count(nth_hash(SEEN_MAX)), 0);
}
END_TEST

TCase *case_seen(void)
{
	TCase *tcase = tcase_create("seen");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, counts_each_by_itself_while_it_grows);
	tcase_add_test(tcase, counts_no_further_than_255);
	tcase_add_test(tcase, takes_a_hash_of_nothing_but_zeros);
	tcase_add_test(tcase, remembers_the_first_ones_of_many);
	return tcase;
}
