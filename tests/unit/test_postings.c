#include "hash.h"
#include "postings.h"
#include "unit.h"

enum { COUNT = 1000, SAME = 3 };

static uint64_t nth_key(uint32_t n)
{
	return hash_mix(n, 1);
}

static unsigned count_of(const struct postings *postings, uint64_t key, uint32_t rule)
{
	const struct posting *end, *posting = postings_find(postings, key, &end);
	unsigned count = 0;

	for (; posting < end; posting++)
		count += posting->key == (uint32_t)(key >> 32) && posting->rule == rule;
	return count;
}

START_TEST(finds_all_of_a_key)
{
	struct entry entries[SAME * COUNT] = {0};
	struct postings postings;

	for (uint32_t i = 0; i < SAME * COUNT; i++) {
		entries[i].key = nth_key(i / SAME);
		entries[i].posting.rule = i;
	}
	ck_assert(postings_init(&postings, entries, SAME * COUNT));
	for (uint32_t i = 0; i < SAME * COUNT; i++) {
		ck_assert(key_set_has(&postings.keys, nth_key(i / SAME)));
		ck_assert_uint_eq(count_of(&postings, nth_key(i / SAME), i), 1);
		ck_assert_uint_eq(count_of(&postings, nth_key(i / SAME + 1), i), 0);
	}
	postings_fini(&postings);
}
END_TEST

START_TEST(finds_nothing_where_nothing_is)
{
	struct postings postings;

	ck_assert(postings_init(&postings, NULL, 0));
	ck_assert(!key_set_has(&postings.keys, nth_key(0)));
	ck_assert_uint_eq(count_of(&postings, nth_key(0), 0), 0);
	postings_fini(&postings);
}
END_TEST

TCase *case_postings(void)
{
	TCase *tcase = tcase_create("postings");
	tcase_add_test(tcase, finds_all_of_a_key);
	tcase_add_test(tcase, finds_nothing_where_nothing_is);
	return tcase;
}
