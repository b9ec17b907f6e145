#include "forbidden.h"
#include "unit.h"

enum { NOTHING = 1000 };

static const struct {
	const char *pattern;
	size_t offset; /* of what is forbidden */
} patterns[] = {
    {"(*UTF)a", 0},
    {"a(*ACCEPT)b", 1},
    {"a(?C)b", 1},
    {"a(?C'x')", 1},
    {"\\((*F)", 2},
    {"\\\\(*F)", 2},
    {"[a](*F)", 3},
    {"[]a](*F)", 4},
    {"[^]a](*F)", 5},
    {"[\\]](*F)", 4},
    {"[[:alpha:]](*F)", 11},
    {"[\\Q]\\E](*F)", 7},
    {"\\Q(\\E(*F)", 5},
    {"(?#[)(*F)", 5},
    {"\\(*F", NOTHING},
    {"[(*]F", NOTHING},
    {"[](*F)]", NOTHING},
    {"[^](*F)]", NOTHING},
    {"[\\](*F)]", NOTHING},
    {"[[:alpha:](*F)]", NOTHING},
    {"[\\Q]\\E(*F)]", NOTHING},
    {"[(?C]", NOTHING},
    {"\\Q(*F)\\E", NOTHING},
    {"\\Q(*F)", NOTHING},
    {"(?#(*F)", NOTHING},
    {"(?:a)*(?=b)", NOTHING},
    {"[", NOTHING},
    {"[^", NOTHING},
    {"[^]", NOTHING},
    {"[a\\", NOTHING},
    {"a\\", NOTHING},
    {"(", NOTHING},
    {"(?", NOTHING},
    {"", NOTHING},
};

START_TEST(finds_verbs_and_callouts_and_nothing_else)
{
	const char *pattern = patterns[_i].pattern;
	size_t size = strlen(pattern), offset = NOTHING;
	char *exact = malloc(size ? size : 1); /* sanitizers see what is read beside it */

	ck_assert_ptr_nonnull(exact);
	memcpy(exact, pattern, size);
	const char *found = forbidden_find(exact, size, &offset);
	ck_assert_msg((found != NULL) == (patterns[_i].offset != NOTHING), "%s", pattern);
	if (found)
		ck_assert_msg(offset == patterns[_i].offset, "%s at %zu", pattern, offset);
	free(exact);
}
END_TEST

TCase *case_forbidden(void)
{
	TCase *tcase = tcase_create("forbidden");
	tcase_add_loop_test(tcase, finds_verbs_and_callouts_and_nothing_else, 0,
	    (int)(sizeof patterns / sizeof *patterns));
	return tcase;
}
