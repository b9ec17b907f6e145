#include "markup.h"
#include "unit.h"

/* NULL is that the text stays as it is. */
static void assert_stripped(const char *text, const char *expected)
{
	struct buffer out = {0};

	ck_assert(markup_strip((struct span){text, strlen(text)}, &out));
	ck_assert_msg(out.size == (expected ? strlen(expected) : 0) &&
	                  memcmp(out.data, expected ? expected : "", out.size) == 0,
	    "\"%s\": got \"%.*s\", not \"%s\"", text, (int)out.size, out.data,
	    expected ? expected : "");
	buffer_fini(&out);
}

START_TEST(strips_the_numbers_of_links)
{
	assert_stripped("[9]Home", "Home");
	assert_stripped("see [12]the list", "see the list");
	assert_stripped("[1]Share[2]Tweet [3](more)", "ShareTweet (more)");
	assert_stripped("[7][8][IMG]", "[IMG]");
	assert_stripped("[1234]x", "x");
	assert_stripped("见[12]链接", "见链接");
	/* Behind a text they are references, alone they are all there is. */
	assert_stripped("It rained.[1][2] Then it snowed.[3]", NULL);
	assert_stripped("It rained[1], then it snowed[2].", NULL);
	assert_stripped("[1] See the last page.", NULL);
	assert_stripped("[12]", NULL);
	assert_stripped("[12345]x", NULL);
	assert_stripped("[]x [a]x [1", NULL);
}
END_TEST

START_TEST(strips_the_files_of_pictures)
{
	assert_stripped("[3][uk.svg] United Kingdom", "United Kingdom");
	assert_stripped("Sold at the harbour. [a-1.jpg?w=3]", "Sold at the harbour.");
	assert_stripped("[x.png][y.gif;base64,R0lG] Share [tr?id=1]", "Share");
	assert_stripped("[br\u00fccke.jpg] Share", "Share");
	assert_stripped("[bridge.jpg]", NULL);
	assert_stripped("[see bridge.jpg] a", NULL);
	assert_stripped("[Update] a", NULL);
	assert_stripped("[why?] a", NULL);
	assert_stripped("[bridge.jpg a", NULL);
}
END_TEST

START_TEST(strips_the_links_of_markdown)
{
	assert_stripped("the [town council](/council) met", "the town council met");
	assert_stripped("[a](x)[b](y (z)) c", "ab c");
	assert_stripped("a ![picture](x.png) b", "a b");
	assert_stripped("[![](logo.png)](/)[About us](/about)", "About us");
	assert_stripped("[![](logo.png) Home](/)", "Home");
	assert_stripped("a [ ](x) b", "a b");
	assert_stripped("[[1]](#note) c", "[1] c");
	assert_stripped("[](/news)", NULL);
	assert_stripped("![A harbour](x.png)", NULL);
	assert_stripped("[a](x", NULL);
	assert_stripped("a](x) [b] (c)", NULL);
	assert_stripped("[[[[[[a](x)](y)](z)](v)](w)", "[[a](w)");
}
END_TEST

START_TEST(strips_ornaments_around_it_all)
{
	assert_stripped("# Most Read", "Most Read");
	assert_stripped("### [Most Read](/most-read)", "Most Read");
	assert_stripped("## Most Read ##", "Most Read");
	assert_stripped("**Advertisement**", "Advertisement");
	assert_stripped("[**Home**](/)", "Home");
	assert_stripped("_Share this_", "Share this");
	assert_stripped("***** Latest news *****", "Latest news");
	assert_stripped("**One** and **two**", NULL);
	assert_stripped("## One # two", "One # two");
	assert_stripped("***One** two*", NULL);
	assert_stripped("#hashtag", NULL);
	assert_stripped("** A longer way to work", "A longer way to work");
	assert_stripped("**one* two", NULL);
	assert_stripped("____________", NULL);
	assert_stripped("** **", NULL);
	assert_stripped("####### seven", NULL);
	assert_stripped("#", NULL);
	assert_stripped("", NULL);
}
END_TEST

START_TEST(bounds_what_it_looks_at)
{
	char text[4096];

	memset(text, 'x', sizeof text);
	memcpy(text, "[a](", 4);
	memcpy(text + sizeof text - 2, ")", 2);
	assert_stripped(text, NULL);
	text[2000] = ')';
	memcpy(text + 2001, " b", 3);
	assert_stripped(text, "a b");
}
END_TEST

TCase *case_markup(void)
{
	TCase *tcase = tcase_create("markup");
	tcase_add_test(tcase, strips_the_numbers_of_links);
	tcase_add_test(tcase, strips_the_files_of_pictures);
	tcase_add_test(tcase, strips_the_links_of_markdown);
	tcase_add_test(tcase, strips_ornaments_around_it_all);
	tcase_add_test(tcase, bounds_what_it_looks_at);
	return tcase;
}
