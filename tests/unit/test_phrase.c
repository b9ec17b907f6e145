#include "unit.h"

/* Two paragraphs that establish an article, and one that goes on like it. */
#define PROSE1 \
	"The council met on Tuesday to talk about the bridge, which has been closed to all " \
	"traffic since the flood of last spring, and about what a new one would cost the town.\n"
#define PROSE2 \
	"Nobody expected a vote, but after two hours the members agreed on a plan that would " \
	"see the work begin in June and end before the first snow falls in the valley.\n"

START_TEST(drops_and_keeps)
{
	assert_phrases_keep("drop ads: werbung\n", "one\nWERBUNG\ntwo\n", "one\ntwo\n");
	assert_phrases_keep("drop ads: .*ung\nkeep: werbung\n", "one\nWERBUNG\nZeitung\ntwo\n",
	    "one\nWERBUNG\ntwo\n");
}
END_TEST

START_TEST(squeezes_blank_lines_around_what_it_drops)
{
	assert_phrases_keep("drop ads: x\n", "a\n\nx\n\nb\n", "a\n\nb\n");
	assert_phrases_keep("drop ads: x\n", "a\n\nx\nb\n", "a\n\nb\n");
	assert_phrases_keep("drop ads: x\n", "a\nx\n\n\n\nb\n", "a\n\nb\n");
	assert_phrases_keep("drop ads: x\n", "\nx\n\na\n\nx\n\n", "a\n");
	assert_phrases_keep("drop ads: x\n", "\n\na\n\n\nb\n\n", "\n\na\n\n\nb\n\n");
}
END_TEST

START_TEST(drops_a_block_until_the_article_resumes)
{
	assert_phrases_keep("block related: related\n",
	    "one\n\nRelated\n\nHeadline one\n\nHeadline two\n\n" PROSE1, "one\n\n" PROSE1);
}
END_TEST

START_TEST(ends_a_block_after_its_lines_or_at_its_end)
{
	assert_phrases_keep("block related lines=1: related\n", "Related\none\ntwo\n", "two\n");
	assert_phrases_keep("define END: stop.*\nblock related until=END: related\n",
	    "Related\n" PROSE1 "one\nStop here\ntwo\n", "Stop here\ntwo\n");
}
END_TEST

START_TEST(ends_a_block_at_what_must_be_kept)
{
	assert_phrases_keep(
	    "block related: related\nkeep: two\n", "Related\none\ntwo\nthree\n", "two\nthree\n");
}
END_TEST

START_TEST(leaves_the_heading_of_what_resumes_the_article)
{
	assert_phrases_keep("block related: related\n",
	    "Related\nHeadline one\nHeadline two\n\nA heading\n" PROSE1, "A heading\n" PROSE1);
}
END_TEST

START_TEST(drops_a_tail_to_the_end)
{
	assert_phrases_keep("tail comments: comments\n",
	    PROSE1 PROSE2 "Comments\nBob\nNice.\nAnn\nI think so too, Bob.\n", PROSE1 PROSE2);
}
END_TEST

START_TEST(resumes_the_article_when_a_tail_was_none)
{
	assert_phrases_keep("tail comments: comments\n",
	    PROSE1 PROSE2 "Comments\nBob\n" PROSE1 PROSE2 "one\n",
	    PROSE1 PROSE2 PROSE1 PROSE2 "one\n");
}
END_TEST

START_TEST(takes_a_tails_heading_before_the_article_for_a_button)
{
	assert_phrases_keep(
	    "tail comments: comments\n", "Comments\nA title\n" PROSE1, "A title\n" PROSE1);
}
END_TEST

START_TEST(drops_a_run_that_is_long_enough)
{
	const char *rules = "run nav min=3 len=10: .*\ndrop ads: ad\n";

	assert_phrases_keep(rules, "a\nb\n" PROSE1 "c\n\nd\ne\n" PROSE2 "f\nad\ng\n" PROSE1,
	    "a\nb\n" PROSE1 "\n" PROSE2 PROSE1);
}
END_TEST

START_TEST(drops_the_second_of_two_alike)
{
	assert_phrases_keep(
	    "once nav: .{1,20}\n", "A title\nother\na  TITLE\nA title\n", "A title\nother\n");
}
END_TEST

START_TEST(drops_what_is_near_to_clutter_only)
{
	const char *rules = "drop ads: ad\ndrop nav near=2: more\n";

	assert_phrases_keep(rules, "more\none\ntwo\nmore\nad\nmore\nthree\nmore\n",
	    "more\none\ntwo\nthree\nmore\n");
	assert_phrases_keep(rules, "more\none\nad\n", "one\n");
}
END_TEST

START_TEST(counts_how_near_clutter_is)
{
	const char *rules = "drop ads: ad\ndrop ads in=head: badge\ndrop nav near=2: more\n";

	assert_phrases_keep(rules, "more\none\nad\n", "one\n");
	assert_phrases_keep(rules, "more\none\ntwo\nad\n", "more\none\ntwo\n");
	assert_phrases_keep(rules, "ad\none\nmore\n", "one\n");
	assert_phrases_keep(rules, "ad\none\ntwo\nmore\n", "one\ntwo\nmore\n");
	assert_phrases_keep(rules, "a\nb\nc\nmore\none\nad\n", "a\nb\nc\none\n");
	/* What is dropped in some zones only is clutter there, too. */
	assert_phrases_keep(rules, "more\none\nbadge\n", "one\n");
	assert_phrases_keep("drop nav near=1: more\n", "more\nmore\n", "more\nmore\n");
}
END_TEST

START_TEST(looks_no_farther_than_near_when_more_is_held)
{
	/* The run rule holds six paragraphs before the first is settled. */
	const char *rules = "drop ads: ad\nrun nav min=6: .{4}\ndrop nav near=1: more\n";

	assert_phrases_keep(rules, "more\nsomething\nad\nsomething\nsomething\nsomething\n",
	    "more\nsomething\nsomething\nsomething\nsomething\n");
	assert_phrases_keep(rules, "more\nad\nsomething\nsomething\nsomething\nsomething\n",
	    "something\nsomething\nsomething\nsomething\n");
}
END_TEST

START_TEST(looks_at_nothing_behind_the_last_paragraph)
{
	/* In the memory of a queue of 64 the one after the last was the first of all. */
	char input[512] = "ad\n", output[512] = "";

	for (int i = 0; i < 62; i++)
		strcat(output, "one\n");
	strcat(output, "more\n");
	strcat(input, output);
	assert_phrases_keep("drop ads: ad\ndrop nav near=1: more\n", input, output);
}
END_TEST

#define WORDS5 "one two three four five "
#define WORDS19 WORDS5 WORDS5 WORDS5 "one two three four"

START_TEST(ends_a_block_at_what_is_too_long_for_a_headline)
{
	assert_phrases_keep("block related: related\n", "Related\n" WORDS19 "\none\n", "");
	assert_phrases_keep(
	    "block related: related\n", "Related\n" WORDS19 " five\none\n", WORDS19 " five\none\n");
}
END_TEST

START_TEST(ends_a_block_after_as_many_lines_as_are_set)
{
	const char *rules = "set block-lines 3\nblock related: related\n";

	assert_phrases_keep(rules, "Related\n1\n2\n3\n4\n5\n", "4\n5\n");
	assert_phrases_keep(rules, "Related\n1\nRelated\n1\n2\n3\n4\n", "4\n");
}
END_TEST

START_TEST(resumes_the_article_after_a_tail_with_as_many_words_as_are_set)
{
	/* Two paragraphs of prose and the one after them are counted together. */
	const char *rules = "set prose-words 5\nset resume-words 15\ntail comments: comments\n"
	                    "drop ads: one two three four ad\\.\n";

	assert_phrases_keep(rules,
	    PROSE1 PROSE2 "Comments\nBob\n" WORDS5 "a.\n" WORDS5 "b.\n" WORDS5 "c.\n",
	    PROSE1 PROSE2 WORDS5 "a.\n" WORDS5 "b.\n" WORDS5 "c.\n");
	assert_phrases_keep(rules,
	    PROSE1 PROSE2 "Comments\nBob\n" WORDS5 "a.\n" WORDS5 "b.\nBob\n" WORDS5 "c.\n",
	    PROSE1 PROSE2);
	assert_phrases_keep(rules,
	    PROSE1 PROSE2 "Comments\nBob\n" WORDS5 "a.\none two three four ad.\n" WORDS5 "c.\n",
	    PROSE1 PROSE2);
}
END_TEST

START_TEST(forgets_subjects_beyond_a_number)
{
	/* Sixteen thousand different lines are remembered; the last one is not. */
	enum { LINES = 16384 };
	char *input = malloc(3 * LINES * 8), *end = input;
	struct declutter_rules *rules = settled("once nav: .*\n");

	for (int i = 0; i < LINES + 1; i++)
		end += sprintf(end, "%x\n", i);
	size_t once = (size_t)(end - input);
	sprintf(end, "%x\n%x\n%x\n", LINES, LINES - 1, 0);
	char *output = kept(rules, input, true, 0);
	ck_assert_uint_eq(strlen(output), once + 5);
	ck_assert_str_eq(output + once, "4000\n");
	free(output);
	free(input);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(knows_when_the_head_is_over)
{
	const char *rules = "set prose-words 5\ndrop ads in=head: badge\n";
	static const char nine[] = "One two three four five six seven eight nine.\n";
	char input[512], output[512];

	/* After forty words of prose. */
	snprintf(input, sizeof input, "%s%s%s%s%sbadge\n", nine, nine, nine, nine,
	    "Only three words.\n");
	snprintf(output, sizeof output, "%.*s", (int)(strlen(input) - 6), input);
	assert_phrases_keep(rules, input, output);
	snprintf(input, sizeof input, "%s%s%s%s%sbadge\n", nine, nine, nine, nine,
	    "One two three four ten.\n");
	assert_phrases_keep(rules, input, input);
}
END_TEST

#define SHORT5 "a b\nc d\ne f\ng h\ni j\n"
#define PROSE_TWICE PROSE1 PROSE1 PROSE1

START_TEST(begins_the_tail_eight_paragraphs_after_prose)
{
	const char *rules = "drop ads in=tail: badge\n";

	assert_phrases_keep(
	    rules, PROSE_TWICE SHORT5 "k\nl\nm\nbadge\n", PROSE_TWICE SHORT5 "k\nl\nm\n");
	assert_phrases_keep(
	    rules, PROSE_TWICE SHORT5 "k\nl\nbadge\n", PROSE_TWICE SHORT5 "k\nl\nbadge\n");
}
END_TEST

START_TEST(heeds_zones)
{
	assert_phrases_keep(
	    "drop nav in=head: menu\n", "Menu\n" PROSE1 PROSE2 "Menu\n", PROSE1 PROSE2 "Menu\n");
	assert_phrases_keep("drop nav in=tail: menu\n",
	    "Menu\n" PROSE1 PROSE2 "1\n2\n3\n4\n5\n6\n7\n8\n9\nMenu\n",
	    "Menu\n" PROSE1 PROSE2 "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
	assert_phrases_keep("drop nav in=body: menu\n", "Menu\n" PROSE1 PROSE2 "Menu\none\n",
	    "Menu\n" PROSE1 PROSE2 "one\n");
}
END_TEST

START_TEST(knows_comments_behind_their_heading_only)
{
	const char *rules = "tail comments: comments\ndrop byline in=comments: bob\n";

	assert_phrases_keep(rules, "Bob\n" PROSE1 PROSE2 "Comments\nBob\n", "Bob\n" PROSE1 PROSE2);
	/* They are behind it even where the article was resumed. */
	assert_phrases_keep(rules, PROSE1 PROSE2 "Comments\nAnn\n" PROSE1 PROSE2 "Bob\none\n",
	    PROSE1 PROSE2 PROSE1 PROSE2 "one\n");
	/* A button before the article heads none, nor does another tail. */
	assert_phrases_keep(rules, "Comments\n" PROSE1 PROSE2 "Bob\n", PROSE1 PROSE2 "Bob\n");
	assert_phrases_keep("tail legal: imprint\ndrop byline in=comments: bob\n",
	    PROSE1 PROSE2 "Imprint\n" PROSE1 PROSE2 "Bob\n", PROSE1 PROSE2 PROSE1 PROSE2 "Bob\n");
}
END_TEST

START_TEST(ends_a_section_at_what_a_score_is_enough_for)
{
	const char *rules = "set reenter 200\nblock related: related\ntail comments: comments\n"
	                    "score +200 article: ingredients\nscore +199 article: notes\n"
	                    "score +900 article words>=0: method\n";

	assert_phrases_keep(rules, "Related\none\nIngredients\ntwo\n", "Ingredients\ntwo\n");
	assert_phrases_keep(rules, PROSE1 PROSE2 "Comments\none\nIngredients\ntwo\n",
	    PROSE1 PROSE2 "Ingredients\ntwo\n");
	assert_phrases_keep(rules, "Related\none\nNotes\nMethod\ntwo\n", "");
}
END_TEST

#define THREAD_RULES "tail comments: comments\ntail comments in=comments: .* says\n"

START_TEST(takes_all_prose_behind_two_comments_for_more_of_them)
{
	assert_phrases_keep(THREAD_RULES,
	    PROSE1 PROSE2 "Comments\nBob says\nNice.\nAnn says\n" PROSE1 PROSE2 PROSE1,
	    PROSE1 PROSE2 PROSE1 PROSE2 PROSE1);
	assert_phrases_keep(THREAD_RULES,
	    PROSE1 PROSE2 "Comments\nBob says\n" PROSE1 "Ann says\n" PROSE2 PROSE1, PROSE1 PROSE2);
	/* Farther away, the second tells nothing of the first. */
	assert_phrases_keep(THREAD_RULES,
	    PROSE1 PROSE2 "Comments\nBob says\n" PROSE1 PROSE2 "1\n2\n3\n4\n5\n6\nAnn says\n",
	    PROSE1 PROSE2);
	assert_phrases_keep(THREAD_RULES,
	    PROSE1 PROSE2 "Comments\nBob says\n" PROSE1 PROSE2 "1\n2\n3\n4\n5\n6\n7\nAnn says\n",
	    PROSE1 PROSE2 PROSE1 PROSE2 "1\n2\n3\n4\n5\n6\n7\nAnn says\n");
	/* Whatever else opens a tail there. */
	assert_phrases_keep("tail comments: b.*\n" THREAD_RULES,
	    PROSE1 PROSE2 "Comments\nBob says\n" PROSE1 "Ann says\n" PROSE2 PROSE1, PROSE1 PROSE2);
	/* Names alone are no comments. */
	assert_phrases_keep(THREAD_RULES,
	    PROSE1 PROSE2 "Comments\nBob says\nAnn says\nEve says\n" PROSE1 PROSE2,
	    PROSE1 PROSE2 PROSE1 PROSE2);
}
END_TEST

START_TEST(takes_nothing_in_the_resumed_article_for_a_comment)
{
	assert_phrases_keep(THREAD_RULES,
	    PROSE1 PROSE2 "Comments\n" PROSE1 PROSE2 "Bob says\n" PROSE1 "Ann says\n" PROSE2,
	    PROSE1 PROSE2 PROSE1 PROSE2 "Bob says\n" PROSE1 "Ann says\n" PROSE2);
	/* Beside clutter it may be one, before it and behind it. */
	assert_phrases_keep(THREAD_RULES "drop share: reply\n",
	    PROSE1 PROSE2 "Comments\n" PROSE1 PROSE2 "Reply\nBob says\nYes.\n",
	    PROSE1 PROSE2 PROSE1 PROSE2);
	assert_phrases_keep(THREAD_RULES "drop share: reply\n",
	    PROSE1 PROSE2 "Comments\n" PROSE1 PROSE2 "Bob says\nReply\nYes.\n",
	    PROSE1 PROSE2 PROSE1 PROSE2);
}
END_TEST

START_TEST(drops_what_stands_before_a_head_only_with_the_article_model)
{
	assert_phrases_keep("head nav: start here\n", "one\nStart here\ntwo\n", "one\ntwo\n");
}
END_TEST

START_TEST(heeds_the_longest_subject)
{
	assert_phrases_keep("drop ads: .*x\n",
	    "x\n0123456789012345678901234567890123456789012345678901234567890x\n",
	    "0123456789012345678901234567890123456789012345678901234567890x\n");
}
END_TEST

START_TEST(takes_no_line_for_its_ends_put_together)
{
	/* Of the long line only the first and last ten bytes are looked at. */
	static const char input[] = "aaaaaaaaaabbbbbbbbbb\n"
	                            "aaaaaaaaaa-------------------------------------bbbbbbbbbb\n";

	assert_phrases_keep("drop: aaaaaaaaaabbbbbbbbbb(?: .*)?\n", input, strchr(input, '\n') + 1);
}
END_TEST

TCase *case_phrase(void)
{
	TCase *tcase = tcase_create("phrase");
	tcase_add_test(tcase, drops_and_keeps);
	tcase_add_test(tcase, squeezes_blank_lines_around_what_it_drops);
	tcase_add_test(tcase, drops_a_block_until_the_article_resumes);
	tcase_add_test(tcase, ends_a_block_after_its_lines_or_at_its_end);
	tcase_add_test(tcase, ends_a_block_at_what_must_be_kept);
	tcase_add_test(tcase, leaves_the_heading_of_what_resumes_the_article);
	tcase_add_test(tcase, drops_a_tail_to_the_end);
	tcase_add_test(tcase, resumes_the_article_when_a_tail_was_none);
	tcase_add_test(tcase, takes_a_tails_heading_before_the_article_for_a_button);
	tcase_add_test(tcase, drops_a_run_that_is_long_enough);
	tcase_add_test(tcase, drops_the_second_of_two_alike);
	tcase_add_test(tcase, drops_what_is_near_to_clutter_only);
	tcase_add_test(tcase, counts_how_near_clutter_is);
	tcase_add_test(tcase, looks_no_farther_than_near_when_more_is_held);
	tcase_add_test(tcase, looks_at_nothing_behind_the_last_paragraph);
	tcase_add_test(tcase, ends_a_block_at_what_is_too_long_for_a_headline);
	tcase_add_test(tcase, ends_a_block_after_as_many_lines_as_are_set);
	tcase_add_test(tcase, resumes_the_article_after_a_tail_with_as_many_words_as_are_set);
	tcase_add_test(tcase, forgets_subjects_beyond_a_number);
	tcase_add_test(tcase, knows_when_the_head_is_over);
	tcase_add_test(tcase, begins_the_tail_eight_paragraphs_after_prose);
	tcase_add_test(tcase, heeds_zones);
	tcase_add_test(tcase, knows_comments_behind_their_heading_only);
	tcase_add_test(tcase, ends_a_section_at_what_a_score_is_enough_for);
	tcase_add_test(tcase, takes_all_prose_behind_two_comments_for_more_of_them);
	tcase_add_test(tcase, takes_nothing_in_the_resumed_article_for_a_comment);
	tcase_add_test(tcase, drops_what_stands_before_a_head_only_with_the_article_model);
	tcase_add_test(tcase, heeds_the_longest_subject);
	tcase_add_test(tcase, takes_no_line_for_its_ends_put_together);
	return tcase;
}
