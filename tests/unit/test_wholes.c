#include "wholes.h"

#include "hash.h"
#include "unit.h"

enum { COUNT = 1000, SAME = 3 };

static uint64_t nth_key(uint32_t n)
{
	return hash_mix(n, 1);
}

/* Its rule is known by its number, and all that is told of it. */
static struct whole nth_whole(uint32_t n)
{
	static char texts[SAME * COUNT][8];
	int size = snprintf(texts[n], sizeof texts[n], "%x", (unsigned)n);

	return (struct whole){
	    .key = nth_key(n / SAME),
	    .rule = n * 1000 + n,
	    .longest = (uint16_t)(n * 20),
	    .shortest = (uint8_t)(n % 256),
	    .detail = (enum detail_of_whole)(n % 4),
	    .text = {texts[n], n == 7 ? 0 : (size_t)size},
	};
}

static unsigned count_of(const struct wholes *wholes, const struct whole *wanted)
{
	const char *end, *entry = wholes_find(wholes, wanted->key, &end);
	unsigned count = 0;

	while (entry < end) {
		struct whole whole;
		entry = whole_read(entry, &whole);
		if (whole.rule != wanted->rule)
			continue;
		ck_assert_uint_eq(whole.longest, wanted->longest);
		ck_assert_uint_eq(whole.shortest, wanted->shortest);
		ck_assert_int_eq(whole.detail, wanted->detail);
		ck_assert_uint_eq(whole.text.size, wanted->text.size);
		ck_assert(memcmp(whole.text.data, wanted->text.data, whole.text.size) == 0);
		count++;
	}
	ck_assert_ptr_eq(entry, end);
	return count;
}

START_TEST(reads_what_was_written)
{
	struct whole items[SAME * COUNT];
	struct wholes wholes;

	for (uint32_t i = 0; i < SAME * COUNT; i++)
		items[i] = nth_whole(i);
	ck_assert(wholes_init(&wholes, items, SAME * COUNT));
	for (uint32_t i = 0; i < SAME * COUNT; i++) {
		ck_assert(key_set_has(&wholes.keys, items[i].key));
		ck_assert_uint_eq(count_of(&wholes, &items[i]), 1);
	}
	wholes_fini(&wholes);
}
END_TEST

START_TEST(takes_long_texts_and_large_rules)
{
	static char text[UINT16_MAX];
	struct whole large = {.key = nth_key(1),
	    .rule = (1 << 22) - 1,
	    .longest = UINT16_MAX,
	    .shortest = UINT8_MAX,
	    .detail = WHOLE_MATCHES_AS_FOLDED,
	    .text = {text, sizeof text}};
	struct whole items[] = {nth_whole(5), large, nth_whole(4)};
	struct wholes wholes;

	memset(text, 'x', sizeof text);
	ck_assert(wholes_init(&wholes, items, 3));
	for (size_t i = 0; i < 3; i++)
		ck_assert_uint_eq(count_of(&wholes, &items[i]), 1);
	wholes_fini(&wholes);
}
END_TEST

START_TEST(reads_nothing_where_nothing_is)
{
	struct wholes wholes;
	const char *end;

	ck_assert(wholes_init(&wholes, NULL, 0));
	ck_assert(!key_set_has(&wholes.keys, nth_key(0)));
	ck_assert_ptr_eq(wholes_find(&wholes, nth_key(0), &end), end);
	wholes_fini(&wholes);
}
END_TEST

TCase *case_wholes(void)
{
	TCase *tcase = tcase_create("wholes");
	tcase_add_test(tcase, reads_what_was_written);
	tcase_add_test(tcase, takes_long_texts_and_large_rules);
	tcase_add_test(tcase, reads_nothing_where_nothing_is);
	return tcase;
}
