#include "paragraph.h"
#include "unit.h"

/* Paragraphs as "[blank lines]lines " each. */
static bool describe(void *context, const struct paragraph *paragraph)
{
	char *text = context;

	sprintf(text + strlen(text), "[%u]%u%s ", paragraph->blank_lines, paragraph->lines,
	    paragraph->torn ? "torn" : "");
	return true;
}

static void assert_paragraphs(const char *input, size_t line_max, const char *expected)
{
	for (size_t piece = 1; piece < 100; piece += 33) {
		struct splitter splitter;
		char text[4096] = "";
		size_t size = strlen(input);

		splitter_init(&splitter, line_max, describe, text);
		for (size_t at = 0; at < size; at += piece)
			ck_assert(splitter_feed(
			    &splitter, input + at, size - at < piece ? size - at : piece));
		ck_assert(splitter_end(&splitter));
		splitter_fini(&splitter);
		ck_assert_msg(strcmp(text, expected) == 0, "pieces of %zu: got %s, not %s", piece,
		    text, expected);
	}
}

START_TEST(takes_each_line_for_a_paragraph_where_nothing_is_wrapped)
{
	assert_paragraphs("Politics\nSports\nWeather\n", 1000, "[0]1 [0]1 [0]1 ");
	assert_paragraphs("one\n\n\ntwo", 1000, "[0]1 [2]1 ");
	assert_paragraphs("one\r\n\r\ntwo\r\n", 1000, "[0]1 [1]1 ");
	assert_paragraphs("", 1000, "");
	assert_paragraphs("\n \n", 1000, "[2]0 ");
}
END_TEST

static const char wrapped[] =
    "A renderer that writes on seventy-two columns breaks a paragraph like\n"
    "this one into several lines, and none of these lines could have taken\n"
    "the first word of the line that follows it, which is the whole secret.\n"
    "\n"
    "A short heading\n"
    "\n"
    "The next paragraph is wrapped at the same width as the first one, so it\n"
    "is recognised although it has only two lines.\n";

START_TEST(joins_lines_that_a_renderer_wrapped)
{
	assert_paragraphs(wrapped, 4000, "[0]3 [1]1 [1]2 ");
}
END_TEST

START_TEST(takes_no_width_that_lines_exceed)
{
	/* Most pairs would do for 60 columns, but the lines of the paragraph are longer. */
	assert_paragraphs(
	    "The storm that closed the harbour on Monday moved north during the night, and\n"
	    "the ferries are expected to run again from the early afternoon of this day on,\n"
	    "said the company.\n"
	    "\n"
	    "Storm closes the harbour and the road to the northern coast\n"
	    "Schoolchildren plant eight hundred trees along the river\n"
	    "Council votes on the bridge that nobody wanted to be paid\n"
	    "Photographer finds the negatives of a forgotten journey now\n"
	    "Shipbuilders celebrate one hundred years without a strike\n",
	    4000, "[0]3 [1]1 [0]1 [0]1 [0]1 [0]1 ");
}
END_TEST

START_TEST(joins_the_first_paragraph_after_a_list_of_headlines)
{
	assert_paragraphs(
	    "Storm closes the harbour and the road north\n"
	    "Schoolchildren plant eight hundred new trees\n"
	    "Council votes on the bridge nobody wanted\n"
	    "\n"
	    "The storm that closed the harbour on Monday moved north during the night, and\n"
	    "nobody was hurt.\n",
	    4000, "[0]1 [0]1 [0]1 [1]2 ");
	assert_paragraphs(
	    "Storm closes the harbour and the road north\n"
	    "Schoolchildren plant eight hundred new trees\n"
	    "Council votes on the bridge nobody wanted\n"
	    "Ferry to run every ten minutes until summer\n"
	    "Ten ways to cook a pumpkin with little money\n"
	    "The last clockmaker of Hill Street closes up\n"
	    "\n"
	    "The storm that closed the harbour on Monday moved north during the night, and\n"
	    "nobody was hurt.\n",
	    4000, "[0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [1]2 ");
}
END_TEST

START_TEST(keeps_a_list_of_short_lines_in_small_letters_apart)
{
	assert_paragraphs("two onions, finely chopped and fried until they are brown\n"
	                  "butter\n",
	    4000, "[0]1 [0]1 ");
}
END_TEST

START_TEST(leaves_rulers_alone)
{
	static const char *const rulers[] = {
	    "------------------------------------------------------------------------",
	    "\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501"
	    "\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501"
	    "\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501"
	    "\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501"
	    "\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501"
	    "\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501\u2501"};
	char input[1024];

	for (int indent = 0; indent < 3; indent += 2)
		for (int i = 0; i < 2; i++) {
			snprintf(input, sizeof input, "%s\nBy Ann Lee\n%*s%s\nMore of it.\n",
			    wrapped, indent, "", rulers[i]);
			assert_paragraphs(input, 4000, "[0]3 [1]1 [1]2 [1]1 [0]1 [0]1 ");
		}
}
END_TEST

START_TEST(keeps_lines_apart_that_are_sentences)
{
	assert_paragraphs("The bridge closes on Monday, the council decided after a long debate.\n"
	                  "ADVERTISEMENT\n"
	                  "The engineers had found cracks in two of the four piers of the bridge.\n"
	                  "Share this\n",
	    4000, "[0]1 [0]1 [0]1 [0]1 ");
}
END_TEST

START_TEST(learns_nothing_from_form_fields)
{
	char input[2048] = "";

	for (int i = 0; i < 12; i++)
		strcat(input, "                  [                    ]\n");
	strcat(input, wrapped);
	assert_paragraphs(input, 4000,
	    "[0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]3 [1]1 [1]2 ");
}
END_TEST

START_TEST(takes_words_joined_by_a_no_break_space_for_one)
{
	assert_paragraphs(
	    "The cabins of the lodge, two of which stand alone,\n"
	    "remain\u00a0storied\u00a0spots for groups and for families who come back,\n"
	    "year after year, as long as the snow lies on the mountains there.\n",
	    4000, "[0]3 ");
}
END_TEST

START_TEST(joins_wrapped_list_items_and_keeps_them_apart)
{
	assert_paragraphs("Before the list there is a paragraph of prose that is wrapped at the\n"
	                  "same width, so that the width is known when the items of the list are\n"
	                  "looked at, which is what happens on every page that has a list in it.\n"
	                  "\n"
	                  "  • The first item is long enough to need a second line on a page that\n"
	                  "    is this narrow.\n"
	                  "  • The second item is short.\n"
	                  "  • So is the third.\n",
	    4000, "[0]3 [1]2 [0]1 [0]1 ");
}
END_TEST

START_TEST(joins_items_with_numbers)
{
	assert_paragraphs("Before the list there is a paragraph of prose that is wrapped at the\n"
	                  "same width, so that the width is known when the items of the list are\n"
	                  "looked at, which is what happens on every page that has a list in it.\n"
	                  "\n"
	                  " 1. The first item is long enough to need a second line on a page that\n"
	                  "    is this narrow.\n"
	                  " 2. The second item is as long as a line may be, and yet it has only 1\n"
	                  " 3. The third is short.\n",
	    4000, "[0]3 [1]2 [0]1 [0]1 ");
}
END_TEST

START_TEST(joins_a_first_line_that_is_indented)
{
	assert_paragraphs(
	    "    Of old the first line of each paragraph began some columns further in\n"
	    "than the others, and there are pages on which it still does, in some of\n"
	    "the languages of the world at least.\n"
	    "    The next paragraph follows without a blank line, and it is seen by\n"
	    "its own first line that it is the next one.\n",
	    4000, "[0]3 [0]2 ");
}
END_TEST

START_TEST(learns_from_first_lines_that_are_indented)
{
	assert_paragraphs("    The ferry to the island will not run before the summer,\n"
	                  "the harbour office said today.\n"
	                  "    Its engine failed on the second trip, and the yard does\n"
	                  "not know how long the work will take.\n"
	                  "     Until then the old boats go on, which burn twice as much\n"
	                  "fuel as the new one.\n",
	    4000, "[0]2 [0]2 [0]2 ");
}
END_TEST

START_TEST(joins_a_first_line_that_is_far_indented_in_the_midst_of_a_sentence)
{
	assert_paragraphs(
	    "        Of old the first line of each paragraph began some columns further in\n"
	    "than the others, and there are pages on which it still does, in some of the\n"
	    "languages of the world at least.\n"
	    "        Leaves the house and reads near the graveyard of the town until noon.\n"
	    "8:10    Goes home.\n",
	    4000, "[0]3 [0]1 [0]1 ");
}
END_TEST

START_TEST(joins_first_lines_that_are_far_indented_where_they_all_are)
{
	assert_paragraphs(
	    "        The mayor of the old port said on Tuesday that no offer was made for\n"
	    "the boats, and that she knows of none that is yet to come in.\n"
	    "        Two of them are to be lifted out of the water this winter, the office of\n"
	    "Ashby wrote to the council.\n"
	    "        For each of them a museum on the coast has offered more than was ever\n"
	    "paid for it.\n"
	    "        The third one stays where it lies, as nobody knows how it could still be\n"
	    "moved.\n",
	    4000, "[0]2 [0]2 [0]2 [0]2 ");
}
END_TEST

START_TEST(takes_no_full_line_and_a_first_one_for_centred)
{
	assert_paragraphs("    The mayor of the old port said that no offer was made for\n"
	                  "the boats, and that she knows of none that is yet to come in.\n"
	                  "    Two of them are lifted out of the water this winter, as\n"
	                  "the council has refused to pay for it in the last few years.\n",
	    4000, "[0]2 [0]2 ");
}
END_TEST

START_TEST(joins_centred_lines)
{
	assert_paragraphs(
	    "The ferry that was to run from Monday on will not run before the summer, as its\n"
	    " engine failed on the second trip and nobody knows how long the workers at the\n"
	    "                             yard need to mend it.\n"
	    "\n"
	    "                                 The old boats\n"
	    "\n"
	    "They burn more than twice as much fuel as the new one, and they were to be sold\n"
	    "                                 in the autumn.\n",
	    4000, "[0]3 [1]1 [1]2 ");
}
END_TEST

START_TEST(joins_lines_that_end_early_to_be_even)
{
	assert_paragraphs(
	    "Some programs even out the lines of a paragraph, so that a line\n"
	    "is left although the next word would fit, as it does in the line above.\n"
	    "All the other lines in here are as long as they can be on seventy-two\n"
	    "columns, and therefore they say how wide the page is that was printed;\n"
	    "nobody could put any more on them.\n",
	    4000, "[0]5 ");
}
END_TEST

START_TEST(joins_quoted_lines_of_an_e_mail)
{
	assert_paragraphs(
	    "> When somebody answers an e-mail, the lines that are quoted start with\n"
	    "> a mark, and they were wrapped before the mark was put there, at a\n"
	    "> width of seventy-two columns or so, by the program of the sender or\n"
	    "> by the sender's own hand.\n",
	    4000, "[0]4 ");
}
END_TEST

START_TEST(does_not_join_headlines_of_a_page_with_long_lines)
{
	char input[1024];

	snprintf(input, sizeof input, "%s%s%s",
	    "A headline of a teaser that is about as long as a line of an e-mail is\n"
	    "Another headline that comes right after it and has some words as well\n",
	    "This paragraph stands on one line that is far longer than any renderer would make "
	    "it, so the page can't be wrapped, and the headlines are paragraphs of their own.\n",
	    "One more headline that is about as long as a line of an e-mail would be\n"
	    "And one more that could be taken for its continuation, but must not be\n");
	assert_paragraphs(input, 4000, "[0]1 [0]1 [0]1 [0]1 [0]1 ");
}
END_TEST

START_TEST(joins_addresses_of_links_that_were_broken)
{
	assert_paragraphs(
	    "[Tickets](https://www.example.org/news/events/\n"
	    "winter-\n"
	    "concert/?page=1)[Order\n"
	    "News\n"
	    "![](https://www.example.org/a-very-long-name-of-a-picture-that-goes-on-and-on-and-on-"
	    "and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-on-and-\n"
	    "on.jpg)\n",
	    4000, "[0]3 [0]1 [0]2 ");
	/* Nothing is joined to what only looks like it. */
	assert_paragraphs("f[i](x\nTwo words\ng(y)\n", 4000, "[0]1 [0]1 [0]1 ");
	assert_paragraphs("[a](b)\nword\n", 4000, "[0]1 [0]1 ");
	assert_paragraphs("f(x\ny)\n", 4000, "[0]1 [0]1 ");
}
END_TEST

START_TEST(joins_pieces_of_a_line)
{
	/* As of BeautifulSoup's get_text("\\n"): each link is a line of its own. */
	assert_paragraphs("Old bridge to close\n"
	                  "The council of \n"
	                  "Elm Hill\n"
	                  ", which met on Monday, will close the\n"
	                  "old bridge\n"
	                  " over the river for \n"
	                  "repairs\n"
	                  ".\n"
	                  "By \n"
	                  "Ann Miller\n",
	    4000, "[0]1 [0]7 [0]2 ");
	assert_paragraphs(
	    "The council of \nElm Hill\n met on the last Monday of May.\n", 4000, "[0]3 ");
	/* A space shows a piece where five words follow: menus have fewer. */
	assert_paragraphs("Share\n this is of five words\n", 4000, "[0]2 ");
	assert_paragraphs("Share\n this is of four\n", 4000, "[0]1 [0]1 ");
	/* Without a comma or a space at a start nothing is told of pieces. */
	assert_paragraphs("The council of \nElm Hill\n", 4000, "[0]1 [0]1 ");
	assert_paragraphs("council\nschools\n", 4000, "[0]1 [0]1 ");
	assert_paragraphs(" council\n schools\n", 4000, "[0]1 [0]1 ");
	assert_paragraphs("said Ruth Adler\n. \u201cBut\n", 4000, "[0]2 ");
	/* A blank line ends what was begun, and so does a sentence. */
	assert_paragraphs("a\n, b\nc.\n d\n\n, e\n", 4000, "[0]3 [0]1 [1]1 ");
	/* What was begun with a comma or a bracket goes on, and so does what ends one. */
	assert_paragraphs("a\n, b\n\nHill,\nMiller (\nAdler\n) says\n", 4000, "[0]2 [1]4 ");
	assert_paragraphs("Hill,\nMiller (\nAdler\n) says\n", 4000, "[0]1 [0]1 [0]1 [0]1 ");
}
END_TEST

/* A name, most often, in the midst of a sentence: the piece after it tells. */
START_TEST(joins_a_piece_with_a_capital_to_those_around_it)
{
	assert_paragraphs("a\n, b\n\n"
	                  "The mayor said on Monday that\nElm Hill\nwill close the bridge\n",
	    4000, "[0]2 [1]3 ");
	/* But not to what is short, as labels are, nor if it is as long as a headline. */
	assert_paragraphs("a\n, b\n\n"
	                  "Share this now\nElm Hill\nwill close the bridge\n",
	    4000, "[0]2 [1]1 [0]2 ");
	assert_paragraphs("a\n, b\n\n"
	                  "The mayor said on Monday that\n"
	                  "Elm Hill and Steen and Lund\nwill close the bridge\n",
	    4000, "[0]2 [1]1 [0]2 ");
	assert_paragraphs("a\n, b\n\n"
	                  "The mayor said it on Monday.\nElm Hill\nwill close the bridge\n",
	    4000, "[0]2 [1]1 [0]2 ");
	/* Wherever the lines that are looked at together end. */
	for (int before = 0; before < 40; before++) {
		char text[1000] = "a\n, b\n", expected[1000] = "[0]2 ";
		for (int i = 0; i < before; i++) {
			strcat(text, "It ends.\n");
			strcat(expected, "[0]1 ");
		}
		strcat(text, "The mayor said on Monday that\nElm Hill\nwill close it.\n");
		strcat(expected, "[0]3 ");
		assert_paragraphs(text, 4000, expected);
	}
}
END_TEST

START_TEST(joins_lines_that_stand_as_in_the_source)
{
#define IN "                "
	assert_paragraphs("The council met on Monday and will close the\n" IN
	                  "old bridge over the river, as the mayor of\n" IN "Elm Hill said.\n"
	                  "She was not asked for how long, nor by whom.\n" IN
	                  "Repairs are to begin in June.\n",
	    4000, "[0]3 [0]2 ");
	/* As of tools that leave the white space before tags, too. */
	assert_paragraphs(IN "The council met on Monday and will close the\n" IN
	                     "  old bridge over the river, and in June\n" IN "  repairs begin.\n" IN
	                     "Nobody said for how long.\n",
	    4000, "[0]3 [0]1 ");
	assert_paragraphs(IN "The council met on Monday and will close the\n" IN
	                     "old bridge over the river.\n",
	    4000, "[0]2 ");
	/* There are menus on such pages, too. */
	assert_paragraphs("The council met on Monday and will close the\n" IN
	                  "old bridge over the river.\n"
	                  "\n" IN "Topics\n" IN "  Bridges\n"
	                  "Done.\n" IN "Home\n",
	    4000, "[0]2 [1]1 [0]1 [0]1 [0]1 ");
	/* Menus, code and what is near the margin show nothing. */
	assert_paragraphs("Home\n" IN "news\n" IN "sports\n", 4000, "[0]1 [0]1 [0]1 ");
	assert_paragraphs("The council met on Monday and will close the\n"
	                  "    old bridge.\n",
	    4000, "[0]1 [0]1 ");
	assert_paragraphs(
	    "The council met on Monday and will close it.\n" IN "old bridge\n", 4000, "[0]1 [0]1 ");
#undef IN
}
END_TEST

START_TEST(learns_nothing_from_addresses_of_links)
{
#define ITEM \
	"  * [The harbour and its ships](https://www.example.org/the-harbour-of-the-town-and-its-" \
	"ships \"Harbour\")\n"
	assert_paragraphs(ITEM ITEM ITEM ITEM ITEM ITEM ITEM ITEM
	    "\n"
	    "The storm that closed the harbour "
	    "on Monday moved north during the "
	    "night, and\n"
	    "the ferries run again.\n",
	    4000, "[0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [0]1 [1]2 ");
#undef ITEM
}
END_TEST

START_TEST(joins_wrapped_chinese)
{
	assert_paragraphs(
	    "这是一个很长的段落，它由终端浏览器在八十列处换行，因此每一行都正好填满了整个\n"
	    "屏幕的宽度，没有任何空格可以用来判断单词的边界，但我们仍然需要把这些行合并成\n"
	    "一个段落，这样才能正确地判断它是否属于文章的正文。\n",
	    4000, "[0]3 ");
}
END_TEST

/* As lynx does: seventy-four characters, whatever their columns. */
#define TEN "\u6a4b\u306f\u6708\u66dc\u65e5\u304b\u3089\u9589\u3058\u308b"
#define FULL TEN TEN TEN TEN TEN TEN TEN "abcd"
START_TEST(joins_japanese_wrapped_by_characters)
{
	assert_paragraphs(FULL "\n" FULL "\n" TEN "\n\n" FULL "\n" TEN "\n", 4000, "[0]3 [1]2 ");
	/* One such line may be a headline, and where others are longer none is wrapped. */
	assert_paragraphs(FULL "\n" TEN "\n", 4000, "[0]1 [0]1 ");
	assert_paragraphs(FULL TEN "\n" FULL TEN "\n" FULL "\n" FULL "\n" TEN "\n", 4000,
	    "[0]1 [0]1 [0]1 [0]1 [0]1 ");
}
END_TEST
#undef TEN
#undef FULL

START_TEST(joins_japanese_after_a_list_of_headlines)
{
	assert_paragraphs(
	    "駅前の商店街に新しい広場ができる、来月から工事を開始\n"
	    "古い橋の点検が終わり、市長は補修の費用を明らかにした\n"
	    "小学校の校庭に八百本の桜、子どもたちが植えて水をやる\n"
	    "\n"
	    "嵐のために月曜日から閉まっていた港は、昨夜から再び船が入れるようになったが、北\n"
	    "へ向かう道はまだ通れない。\n",
	    4000, "[0]1 [0]1 [0]1 [1]2 ");
}
END_TEST

START_TEST(tears_a_line_that_is_too_long_to_hold)
{
	struct splitter splitter;
	char text[256] = "", line[300];

	memset(line, 'x', sizeof line);
	line[299] = '\n';
	splitter_init(&splitter, 100, describe, text);
	ck_assert(splitter_feed(&splitter, "a\n", 2));
	ck_assert(splitter_feed(&splitter, line, sizeof line));
	ck_assert(splitter_feed(&splitter, "b\n", 2));
	ck_assert(splitter_end(&splitter));
	splitter_fini(&splitter);
	ck_assert_str_eq(text, "[0]1 [0]0torn [0]0torn [0]0torn [0]1 ");
}
END_TEST

/* A paragraph of so many random words, wrapped; returns its lines. */
static unsigned write_wrapped(
    char *out, unsigned words, unsigned width, const char *indent, unsigned *state)
{
	static const char letters[] = "abcdefghijklmnop";
	unsigned column = (unsigned)strlen(indent), lines = 1;

	out += sprintf(out, "%s", indent);
	for (unsigned i = 0; i < words; i++) {
		unsigned size = 1 + random_number(state, 12);
		bool first = i == 0;
		if (!first && column + 1 + size > width) {
			out += sprintf(out, "\n%*s", (int)strlen(indent), "");
			column = (unsigned)strlen(indent);
			lines++;
			first = true;
		}
		out += sprintf(out, "%s%.*s", first ? "" : " ", (int)size, letters);
		column += size + !first;
	}
	sprintf(out, "\n");
	return lines;
}

/* Eight paragraphs wrapped at a width, the third of them a list item; all should come whole. */
static void assert_wrapped(unsigned width, unsigned seed, bool whole)
{
	char input[16384] = "", expected[1024] = "";

	for (int i = 0; i < 8; i++) {
		unsigned lines = write_wrapped(input + strlen(input), 90 + random_number(&seed, 30),
		    width, i == 2 ? "  * " : "", &seed);
		for (unsigned line = 0; !whole && line < lines; line++)
			sprintf(expected + strlen(expected), "[%d]1 ", line == 0 && i > 0);
		if (whole)
			sprintf(expected + strlen(expected), "[%d]%u ", i > 0, lines);
		if (i < 7)
			strcat(input, "\n");
	}
	assert_paragraphs(input, 100000, expected);
}

START_TEST(finds_the_width_that_a_text_was_wrapped_at)
{
	for (unsigned width = WRAP_MIN; width <= WRAP_MAX; width++) {
		assert_wrapped(width, width, true);
		assert_wrapped(width, width + 1000, true);
	}
}
END_TEST

START_TEST(joins_no_headlines_that_are_as_long_as_narrow_lines)
{
	assert_paragraphs("The council sells the three old boats of the port\n"
	                  "Cracks in the bridge: what the engineers now say\n"
	                  "Why bread costs more in the valley than elsewhere\n"
	                  "A museum on the coast buys the last steam engine\n"
	                  "Nobody wants the house beside the old coal mine\n",
	    4000, "[0]1 [0]1 [0]1 [0]1 [0]1 ");
}
END_TEST

START_TEST(joins_no_lines_that_are_longer_than_a_page_is_wide)
{
	assert_wrapped(WRAP_MAX + 10, 1, false);
}
END_TEST

/* Where there are no small letters, narrow pages are not known by them. */
START_TEST(finds_the_width_of_chinese_text)
{
	for (unsigned width = 60; width <= WRAP_MAX; width++) {
		char input[8192] = "", *out = input;
		for (unsigned i = 0, column = 0; i < 400; i++, column += 2) {
			if (column + 2 > width) {
				*out++ = '\n';
				column = 0;
			}
			out += sprintf(out, "%s", i % 3 == 0 ? "中" : i % 3 == 1 ? "文" : "か");
		}
		sprintf(out, "\n");
		unsigned lines = (400 + width / 2 - 1) / (width / 2);
		char expected[16];
		snprintf(expected, sizeof expected, "[0]%u ", lines);
		assert_paragraphs(input, 100000, expected);
	}
}
END_TEST

START_TEST(unwraps_a_paragraph)
{
	struct buffer out = {0};
	const char *lines = "  • one two\n    three\n    four.\n";

	ck_assert(paragraph_unwrap(&out, lines, strlen(lines)));
	ck_assert(buffer_append_byte(&out, '\0'));
	ck_assert_str_eq(out.data, "  • one two three four.\n");
	buffer_fini(&out);
}
END_TEST

START_TEST(unwraps_chinese_without_spaces)
{
	struct buffer out = {0};
	const char *lines = "中文\n继续";

	ck_assert(paragraph_unwrap(&out, lines, strlen(lines)));
	ck_assert(buffer_append_byte(&out, '\0'));
	ck_assert_str_eq(out.data, "中文继续");
	buffer_fini(&out);
}
END_TEST

TCase *case_paragraph(void)
{
	TCase *tcase = tcase_create("paragraph");
	tcase_add_test(tcase, takes_each_line_for_a_paragraph_where_nothing_is_wrapped);
	tcase_add_test(tcase, joins_lines_that_a_renderer_wrapped);
	tcase_add_test(tcase, takes_no_width_that_lines_exceed);
	tcase_add_test(tcase, joins_the_first_paragraph_after_a_list_of_headlines);
	tcase_add_test(tcase, keeps_a_list_of_short_lines_in_small_letters_apart);
	tcase_add_test(tcase, leaves_rulers_alone);
	tcase_add_test(tcase, keeps_lines_apart_that_are_sentences);
	tcase_add_test(tcase, learns_nothing_from_form_fields);
	tcase_add_test(tcase, takes_words_joined_by_a_no_break_space_for_one);
	tcase_add_test(tcase, joins_wrapped_list_items_and_keeps_them_apart);
	tcase_add_test(tcase, joins_items_with_numbers);
	tcase_add_test(tcase, joins_a_first_line_that_is_indented);
	tcase_add_test(tcase, learns_from_first_lines_that_are_indented);
	tcase_add_test(tcase, joins_a_first_line_that_is_far_indented_in_the_midst_of_a_sentence);
	tcase_add_test(tcase, joins_first_lines_that_are_far_indented_where_they_all_are);
	tcase_add_test(tcase, takes_no_full_line_and_a_first_one_for_centred);
	tcase_add_test(tcase, joins_centred_lines);
	tcase_add_test(tcase, joins_lines_that_end_early_to_be_even);
	tcase_add_test(tcase, joins_quoted_lines_of_an_e_mail);
	tcase_add_test(tcase, does_not_join_headlines_of_a_page_with_long_lines);
	tcase_add_test(tcase, joins_addresses_of_links_that_were_broken);
	tcase_add_test(tcase, joins_pieces_of_a_line);
	tcase_add_test(tcase, joins_a_piece_with_a_capital_to_those_around_it);
	tcase_add_test(tcase, joins_lines_that_stand_as_in_the_source);
	tcase_add_test(tcase, learns_nothing_from_addresses_of_links);
	tcase_add_test(tcase, joins_wrapped_chinese);
	tcase_add_test(tcase, joins_japanese_wrapped_by_characters);
	tcase_add_test(tcase, joins_japanese_after_a_list_of_headlines);
	tcase_add_test(tcase, tears_a_line_that_is_too_long_to_hold);
	tcase_add_test(tcase, finds_the_width_that_a_text_was_wrapped_at);
	tcase_add_test(tcase, joins_no_headlines_that_are_as_long_as_narrow_lines);
	tcase_add_test(tcase, joins_no_lines_that_are_longer_than_a_page_is_wide);
	tcase_add_test(tcase, finds_the_width_of_chinese_text);
	tcase_add_test(tcase, unwraps_a_paragraph);
	tcase_add_test(tcase, unwraps_chinese_without_spaces);
	return tcase;
}
