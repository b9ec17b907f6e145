#include "article.h"
#include "unit.h"

static const char rules_text[] =
    "set enter 20\nset reenter 60\nset leave 30\nset hole 15\nset tolerate 15\n"
    "set establish 10\nset begin 5\n"
    "score +10 article words=1: .*\nscore -10 article words=2: .*\n"
    "score -25 article words=3: .*\nscore +2 article words=4: .*\n";

/*
 * Weighs paragraphs given as '+' (prose, evidence 10), 'H' (10), 'h' (2), '-'
 * (-10), '!' (-25), 'r' (a table's row, -25) and 'c' (code, -25), with a space
 * for a blank line; compares what is inside ('i') and outside ('o'), and how many
 * were not decided before the end.
 */
static void assert_decisions(const char *evidence, const char *expected, size_t undecided)
{
	struct declutter_rules *rules = settled(rules_text);
	struct article article;
	struct queue queue = {0};
	char found[64] = "";
	size_t count = 0;

	article_init(&article, rules);
	for (const char *at = evidence; *at; at++) {
		if (*at == ' ')
			continue;
		struct held *held = queue_push(&queue);
		held->features = (struct features){0};
		held->size = 1;
		held->features.value[FEATURE_BLANK_BEFORE] = at > evidence && at[-1] == ' ';
		held->features.value[FEATURE_WORDS] = *at == '+' || *at == 'H' ? 1
		                                      : *at == '-'             ? 2
		                                      : *at == 'h'             ? 4
		                                                               : 3;
		held->features.value[FEATURE_PROSE] = *at == '+';
		held->features.value[FEATURE_CELLS] = *at == 'r';
		held->features.value[FEATURE_CODE] = *at == 'c';
		article_weigh(&article, &queue, count++);
	}
	ck_assert_uint_eq(article.undecided, undecided);
	article_end(&article, &queue, count - 1);
	for (size_t i = 0; i < count; i++)
		strcat(found, queue_at(&queue, i)->inside ? "i" : "o");
	ck_assert_str_eq(found, expected);
	queue_fini(&queue);
	declutter_rules_free(rules);
}

START_TEST(finds_the_two_ends)
{
	assert_decisions("------++++++------", "ooooooiiiiiioooooo", 6);
}
END_TEST

START_TEST(enters_the_beginning_of_a_text_for_nothing)
{
	assert_decisions("-+++++", "iiiiii", 1);
}
END_TEST

START_TEST(bridges_a_gap_that_costs_less_than_leaving)
{
	assert_decisions("++++--++++", "iiiiiiiiii", 1);
	assert_decisions("++++----------++++", "iiiioooooooooooooo", 4);
}
END_TEST

START_TEST(leaves_for_half_where_nothing_follows)
{
	assert_decisions("++++-", "iiiii", 1);
	assert_decisions("++++--", "iiiioo", 2);
	assert_decisions("++++--+", "iiiiiii", 3);
	/* Before it is known to be an article, what is undecided at the end is of it. */
	assert_decisions("h", "i", 1);
}
END_TEST

START_TEST(enters_again_where_enough_follows)
{
	assert_decisions("++++----------+++++++++", "iiiiooooooooooiiiiiiiii", 9);
}
END_TEST

START_TEST(leaves_a_hole_for_what_is_much_against_it)
{
	assert_decisions("++++ ! ++++", "iiiioiiii", 1);
}
END_TEST

START_TEST(judges_a_line_with_its_block)
{
	assert_decisions("++++!++++", "iiiiiiiii", 1);
	/* Two before and two after it are of its block, up to a blank line. */
	assert_decisions("++++!! +++++", "iiiiooiiiii", 1);
	assert_decisions("+++!+!+++", "iiioioiii", 1);
	/* At the edge of the block nothing tells that it belongs to it. */
	assert_decisions("++++ !++++", "iiiioiiii", 1);
	assert_decisions("++++! ++++", "iiiioiiii", 1);
}
END_TEST

START_TEST(begins_with_no_headline)
{
	/* Of so little evidence that it may as well be the headline, and then of more. */
	assert_decisions("-- h +++++++", "oooiiiiiii", 1);
	assert_decisions("-- H +++++++", "ooiiiiiiii", 1);
	/* It counts only where the article is entered, and for the first time. */
	assert_decisions("-- ++ h +++++", "ooiiiiiiii", 1);
	assert_decisions("+++++ ---------- h +++++++++", "iiiiiooooooooooiiiiiiiiii", 10);
}
END_TEST

START_TEST(leaves_no_hole_in_tables_and_code)
{
	assert_decisions("++++ r ++++", "iiiiiiiii", 1);
	assert_decisions("++++ c ++++", "iiiiiiiii", 1);
	assert_decisions("rrrrrrrr++++", "ooooooooiiii", 4);
}
END_TEST

START_TEST(needs_enough_evidence_to_call_it_an_article)
{
	struct declutter_rules *rules = settled("set establish 50\nscore +10 article: .*\n");
	struct article article;
	struct queue queue = {0};

	article_init(&article, rules);
	for (size_t i = 0; i < 5; i++) {
		ck_assert(!article.established);
		queue_push(&queue)->size = 1;
		article_weigh(&article, &queue, i);
	}
	article_end(&article, &queue, 4);
	ck_assert(article.established);
	queue_fini(&queue);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(begins_after_a_head)
{
	struct declutter_rules *rules =
	    settled("set establish 30\nset leave 40\nhead nav: start\nscore +10 article: .*\n");
	char *output = kept(rules, "one\ntwo\nStart\nthree\nfour\nfive\nStart\nsix\n", false, 0);

	ck_assert_str_eq(output, "three\nfour\nfive\nsix\n");
	free(output);
	declutter_rules_free(rules);
}
END_TEST

TCase *case_article(void)
{
	TCase *tcase = tcase_create("article");
	tcase_add_test(tcase, finds_the_two_ends);
	tcase_add_test(tcase, enters_the_beginning_of_a_text_for_nothing);
	tcase_add_test(tcase, bridges_a_gap_that_costs_less_than_leaving);
	tcase_add_test(tcase, leaves_for_half_where_nothing_follows);
	tcase_add_test(tcase, enters_again_where_enough_follows);
	tcase_add_test(tcase, leaves_a_hole_for_what_is_much_against_it);
	tcase_add_test(tcase, judges_a_line_with_its_block);
	tcase_add_test(tcase, begins_with_no_headline);
	tcase_add_test(tcase, leaves_no_hole_in_tables_and_code);
	tcase_add_test(tcase, needs_enough_evidence_to_call_it_an_article);
	tcase_add_test(tcase, begins_after_a_head);
	return tcase;
}
