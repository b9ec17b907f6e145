#include "literal.h"

#include "unit.h"

/* A set of "text text* ...", a star behind the open ones. */
static struct literals set_of(const char *text)
{
	struct literals set = {0};

	while (*text) {
		size_t size = strcspn(text, " ");
		bool open = size > 0 && text[size - 1] == '*';
		ck_assert(literals_add(&set, text, size - open, open));
		text += size + (text[size] == ' ');
	}
	return set;
}

static void assert_set(const struct literals *set, const char *expected)
{
	char text[256] = "";

	for (size_t i = 0; i < set->count; i++) {
		size_t used = strlen(text);
		snprintf(text + used, sizeof text - used, "%s%.*s%s", i ? " " : "",
		    (int)set->items[i].size, literal_text(set, &set->items[i]),
		    set->items[i].open ? "*" : "");
	}
	ck_assert_str_eq(text, expected);
}

static void assert_concatenated(const char *left, const char *right, const char *expected)
{
	struct literals set = set_of(left), more = set_of(right);

	ck_assert(literals_concatenate(&set, &more));
	assert_set(&set, expected);
	literals_fini(&set);
	literals_fini(&more);
}

START_TEST(goes_on_from_what_is_closed)
{
	assert_concatenated("a b", "c d*", "ac ad* bc bd*");
	assert_concatenated("a* b", "c", "a* bc");
	assert_concatenated("a* b*", "c", "a* b*");
	assert_concatenated("a", "*", "a*");
}
END_TEST

START_TEST(does_not_grow_beyond_the_limit)
{
	struct literals set = {0};

	for (int i = 0; i < LITERALS_MAX / 2 + 1; i++)
		ck_assert(literals_add(&set, "x", 1, false));
	struct literals two = set_of("a b");
	ck_assert(literals_closed(&set));
	ck_assert(literals_concatenate(&set, &two));
	ck_assert_uint_eq(set.count, LITERALS_MAX / 2 + 1);
	ck_assert(set.items[0].open && set.items[0].size == 1 && !literals_closed(&set));
	literals_fini(&set);
	literals_fini(&two);
}
END_TEST

/* What is open takes the room of one. */
START_TEST(grows_up_to_the_limit)
{
	struct literals set = {0}, two = set_of("a b");

	for (int i = 0; i < LITERALS_MAX - 212; i++)
		ck_assert(literals_add(&set, "x", 1, true));
	for (int i = 0; i < 106; i++)
		ck_assert(literals_add(&set, "x", 1, false));
	ck_assert(literals_concatenate(&set, &two));
	ck_assert_uint_eq(set.count, LITERALS_MAX);
	literals_fini(&set);
	literals_fini(&two);
}
END_TEST

static void assert_better(const char *best, const char *set, const char *expected)
{
	struct literals a = set_of(best), b = set_of(set);

	ck_assert(literals_take_better(&a, &b));
	assert_set(&a, expected);
	literals_fini(&a);
	literals_fini(&b);
}

START_TEST(takes_what_tells_more)
{
	assert_better("", "a*", "a");
	assert_better("abc", "ab abcde", "abc");
	assert_better("ab abcde", "abc* def", "abc def");
	assert_better("ab", "cd", "ab");
	assert_better("ab", "", "ab");
}
END_TEST

START_TEST(makes_moulds_in_their_order)
{
	struct literals set = set_of("24 top\1* 1.\2 none * 7*"), moulds;

	ck_assert(literals_mould(&moulds, &set));
	assert_set(&moulds, "0 top0* 0.0 none * 0*");
	literals_fini(&moulds);
	literals_fini(&set);
}
END_TEST

TCase *case_literal(void)
{
	TCase *tcase = tcase_create("literal");
	tcase_add_test(tcase, goes_on_from_what_is_closed);
	tcase_add_test(tcase, does_not_grow_beyond_the_limit);
	tcase_add_test(tcase, grows_up_to_the_limit);
	tcase_add_test(tcase, takes_what_tells_more);
	tcase_add_test(tcase, makes_moulds_in_their_order);
	return tcase;
}
