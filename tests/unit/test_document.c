#include <pthread.h>

#include "buffer.h"
#include "unit.h"

#define PROSE1 \
	"The council met on Tuesday to talk about the bridge, which has been closed to all " \
	"traffic since the flood of last spring, and about what a new one would cost the town.\n"
#define PROSE2 \
	"Nobody expected a vote, but after two hours the members agreed on a plan. The work " \
	"on the bridge is to begin in June and to end before the first snow falls.\n"
#define PROSE3 \
	"Shop owners on the east side of the river asked for help with the rent while the " \
	"bridge is closed, and the council promised to look into that next week.\n"
#define ARTICLE PROSE1 "\n" PROSE2 "\n" PROSE3

static const char page[] = "Home\nNews\nSports\nWeather\nLog in\nSubscribe\nMenu\nSearch\n"
                           "\n" PROSE1 "\n" PROSE2 "\nAdvertisement\n\n" PROSE3
                           "\nRelated Articles\nOne headline\nAnother headline\n"
                           "Privacy Policy\nTerms of Use\nContact Us\n";

static struct declutter_rules *builtin(void)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	ck_assert(declutter_rules_add_builtin(rules, &error));
	ck_assert(declutter_rules_settle(rules, NULL, &error));
	return rules;
}

START_TEST(gives_the_same_whatever_the_pieces)
{
	struct declutter_rules *rules = builtin();
	char *whole = kept(rules, page, false, 0);

	ck_assert_str_eq(whole, ARTICLE);
	for (size_t piece = 1; piece < 50; piece += 7) {
		char *pieces = kept(rules, page, false, piece);
		ck_assert_str_eq(pieces, whole);
		free(pieces);
	}
	free(whole);
	declutter_rules_free(rules);
}
END_TEST

struct thread {
	const struct declutter_rules *rules;
	char *output;
};

static void *run(void *argument)
{
	struct thread *thread = argument;

	thread->output = kept(thread->rules, page, false, 3);
	return NULL;
}

START_TEST(shares_rules_between_documents_in_two_threads)
{
	struct declutter_rules *rules = builtin();
	struct thread threads[2] = {{.rules = rules}, {.rules = rules}};
	pthread_t ids[2];

	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(pthread_create(&ids[i], NULL, run, &threads[i]), 0);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(pthread_join(ids[i], NULL), 0);
	ck_assert_str_eq(threads[0].output, threads[1].output);
	ck_assert_str_eq(threads[0].output, ARTICLE);
	free(threads[0].output);
	free(threads[1].output);
	declutter_rules_free(rules);
}
END_TEST

struct log {
	struct buffer bytes;
	size_t verdicts, limit;
	char warning[512];
};

static bool take(void *context, const struct declutter_verdict *verdict)
{
	struct log *log = context;

	ck_assert(buffer_append(&log->bytes, verdict->bytes, verdict->size));
	return ++log->verdicts != log->limit;
}

static void warn(void *context, const char *message)
{
	struct log *log = context;

	snprintf(log->warning, sizeof log->warning, "%s", message);
}

static bool feed(struct log *log, const struct declutter_rules *rules, const char *bytes,
    size_t size, size_t hold, const char *url)
{
	struct declutter_error error;
	const struct declutter_settings settings = {
	    .context = log, .verdict = take, .warn = warn, .hold = hold, .url = url};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	bool done = declutter_document_feed(document, bytes, size, &error) &&
	            declutter_document_end(document, &error);

	declutter_document_free(document);
	return done;
}

START_TEST(puts_every_byte_into_one_verdict)
{
	static const char bytes[] = "a\0b\xff\xfe\r\n\r\n\xe2\x82\n\nno end";
	struct declutter_rules *rules = builtin();
	struct log log = {0};

	ck_assert(feed(&log, rules, bytes, sizeof bytes - 1, 0, NULL));
	ck_assert_uint_eq(log.bytes.size, sizeof bytes - 1);
	ck_assert_mem_eq(log.bytes.data, bytes, sizeof bytes - 1);
	buffer_fini(&log.bytes);
	declutter_rules_free(rules);
}
END_TEST

/* The column of that name in a trace, as "0 1 ...". */
static void read_column(char *trace, const char *name, char *out)
{
	int column = 0, wanted = -1;

	*out = '\0';
	for (char *line = strtok(trace, "\n"); line; line = strtok(NULL, "\n"), column = 0)
		for (char *cell = line; cell; cell = strchr(cell, '\t'), column++) {
			cell += *cell == '\t';
			size_t size = strcspn(cell, "\t");
			if (wanted == column)
				sprintf(
				    out + strlen(out), "%s%.*s", *out ? " " : "", (int)size, cell);
			if (wanted < 0 && size == strlen(name) && memcmp(cell, name, size) == 0) {
				wanted = column;
				break;
			}
		}
}

static bool collect_kept(void *context, const struct declutter_verdict *verdict)
{
	return !verdict->kept || buffer_append(context, verdict->bytes, verdict->size);
}

static bool ignore(void *context, const struct declutter_verdict *verdict)
{
	(void)context;
	(void)verdict;
	return true;
}

static void assert_column(const char *input, const char *name, const char *expected)
{
	struct declutter_rules *rules = settled("score +1 article: .*\n");
	const struct declutter_settings settings = {.verdict = ignore};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	struct declutter_error error;
	char *trace = NULL, found[256];
	size_t size;
	FILE *out = open_memstream(&trace, &size);

	ck_assert(document && out);
	declutter_document_trace(document, out);
	ck_assert(declutter_document_feed(document, input, strlen(input), &error));
	ck_assert(declutter_document_end(document, &error));
	fclose(out);
	read_column(trace, name, found);
	ck_assert_str_eq(found, expected);
	free(trace);
	declutter_document_free(document);
	declutter_rules_free(rules);
}

START_TEST(counts_how_often_a_line_was_seen)
{
	static const char input[] = "Vote 12\nVote 3\nHello\nHello\nVote 12\n";

	assert_column(input, "seen", "0 0 0 1 1");
	assert_column(input, "alike", "0 1 0 1 2");
}
END_TEST

/* Where the verdicts say that they stood, in the order of the input. */
struct places {
	const char *input;
	unsigned char seen[256];
	size_t bytes;
};

static bool take_place(void *context, const struct declutter_verdict *verdict)
{
	struct places *places = context;
	unsigned long line = 1;

	ck_assert_mem_eq(places->input + verdict->offset, verdict->source, verdict->source_size);
	for (size_t i = 0; i < verdict->offset; i++)
		line += places->input[i] == '\n';
	ck_assert_uint_eq(verdict->line, line);
	for (size_t i = 0; i < verdict->source_size; i++)
		ck_assert_uint_eq(places->seen[verdict->offset + i]++, 0);
	places->bytes += verdict->source_size;
	return true;
}

START_TEST(says_where_lines_stood)
{
	static const char input[] =
	    "\n\none\r\nmenu\n\nmenu\n \n\ntwo\nmenu\n\n\nthree\n\nmenu\n\n";
	struct declutter_rules *rules = settled("drop nav: menu");
	struct places places = {.input = input};
	struct declutter_error error;
	const struct declutter_settings settings = {
	    .context = &places, .verdict = take_place, .unwrap = true};
	struct declutter_document *document = declutter_document_new(rules, &settings);

	ck_assert(declutter_document_feed(document, input, sizeof input - 1, &error));
	ck_assert(declutter_document_end(document, &error));
	ck_assert_uint_eq(places.bytes, sizeof input - 1);
	declutter_document_free(document);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(keeps_the_headline_when_asked)
{
	static const char input[] = "Home\nNews\nSports\nWeather\nLog in\nSubscribe\n"
	                            "Council agrees on a new bridge\n\n"
	                            "Council agrees on a new bridge\n3 March 2026\n\n" ARTICLE
	                            "\nPrivacy Policy\nTerms of Use\n";
	struct declutter_rules *rules = builtin();
	struct declutter_error error;

	for (int title = 0; title < 2; title++) {
		struct buffer output = {0};
		const struct declutter_settings settings = {
		    .context = &output, .verdict = collect_kept, .title = title};
		struct declutter_document *document = declutter_document_new(rules, &settings);
		ck_assert(declutter_document_feed(document, input, sizeof input - 1, &error));
		ck_assert(declutter_document_end(document, &error));
		ck_assert(buffer_append_byte(&output, '\0'));
		ck_assert_int_eq(strstr(output.data, "Council agrees") != NULL, title);
		ck_assert_ptr_nonnull(strstr(output.data, "Nobody expected"));
		buffer_fini(&output);
		declutter_document_free(document);
	}
	declutter_rules_free(rules);
}
END_TEST

START_TEST(stops_when_the_callback_says_so)
{
	struct declutter_rules *rules = builtin();
	struct log log = {.limit = 2};

	ck_assert(!feed(&log, rules, page, sizeof page - 1, 0, NULL));
	ck_assert_uint_eq(log.verdicts, 2);
	const struct declutter_settings settings = {.context = &log, .verdict = take};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	struct declutter_error error = {.line = 1, .column = 1};
	log.limit = log.verdicts + 1;
	ck_assert(!declutter_document_feed(document, page, sizeof page - 1, &error) ||
	          !declutter_document_end(document, &error));
	ck_assert_str_eq(error.message, "stopped by the caller");
	ck_assert_uint_eq(error.line + error.column, 0);
	declutter_document_free(document);
	buffer_fini(&log.bytes);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(holds_no_line_that_no_rule_needs_others_for)
{
	struct declutter_rules *rules = settled("drop ads: ad\n");
	struct log log = {0};
	const struct declutter_settings settings = {
	    .context = &log, .verdict = take, .phrases_only = true};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	struct declutter_error error;

	/* The blank line ends the paragraph; nothing more has to come. */
	ck_assert(declutter_document_feed(document, "one\n\n", 5, &error));
	ck_assert_uint_eq(log.verdicts, 1);
	ck_assert(declutter_document_feed(document, "ad\n\n", 4, &error));
	ck_assert_uint_ge(log.verdicts, 2);
	declutter_document_free(document);
	buffer_fini(&log.bytes);
	declutter_rules_free(rules);
}
END_TEST

/* Lines that rules match, nearly match, or are seen only when made plain, and those around. */
static void write_page(unsigned *state, char *out, size_t lines)
{
	static const char *const units[] = {"Werbung", "WERBUNG", "Werbungen", "W E R B U N G",
	    "W\u200berbung", "W\u0435rbung", "- Werbung", "12 Likes", "12 Likes here", "x", "", "",
	    "Foto: dpa", "\u0416\u0416\u0416", "A sentence that is long enough for a line of"};

	for (*out = '\0'; lines > 0; lines--) {
		strcat(out, units[random_number(state, sizeof units / sizeof *units)]);
		strcat(out, random_number(state, 20) ? "\n" : "\r\n");
	}
}

START_TEST(keeps_the_same_whether_it_looks_around_or_not)
{
	static const char list[] = "drop ads: werbung\ndrop share: \\d+ likes?\ndrop credit: foto: "
	                           ".*\nkeep ads: werbungen\n";
	char *longer = malloc(sizeof list + 100), input[4096];
	unsigned state = 1;

	/* No line has this rule's words, but it asks what came before. */
	strcat(strcpy(longer, list), "once ads: no line is like this\n");
	struct declutter_rules *alone = settled(list), *around = settled(longer);
	for (size_t i = 0; i < 500; i++) {
		write_page(&state, input, random_number(&state, 30));
		size_t piece = random_number(&state, 50);
		char *one = kept(alone, input, true, piece), *other = kept(around, input, true, 0);
		ck_assert_str_eq(one, other);
		free(one);
		free(other);
	}
	declutter_rules_free(alone);
	declutter_rules_free(around);
	free(longer);
}
END_TEST

START_TEST(writes_what_it_holds_when_that_is_too_much)
{
	struct declutter_rules *rules = builtin();
	struct log log = {0};
	const struct declutter_settings settings = {
	    .context = &log, .verdict = take, .hold = DECLUTTER_HOLD_MIN};
	struct declutter_document *document = declutter_document_new(rules, &settings);
	struct declutter_error error;

	/* Short lines without an article are held, but not beyond the bound. */
	for (int i = 0; i < 1000; i++)
		ck_assert(declutter_document_feed(document, "nothing here\n", 13, &error));
	ck_assert_uint_gt(log.bytes.size, 13 * 1000 - DECLUTTER_HOLD_MIN - 256);
	declutter_document_free(document);
	buffer_fini(&log.bytes);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(warns_of_a_rule_that_takes_too_many_steps_once)
{
	struct declutter_rules *rules = settled("drop ads: (?:a+)+[b-e]{2}\n");
	struct log log = {0};
	static const char lines[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\n"
	                            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaad\n";

	ck_assert(feed(&log, rules, lines, sizeof lines - 1, 0, NULL));
	ck_assert_uint_eq(log.bytes.size, sizeof lines - 1);
	ck_assert_ptr_nonnull(strstr(log.warning, "test.rules:1"));
	buffer_fini(&log.bytes);
	declutter_rules_free(rules);
}
END_TEST

static bool count_dropped(void *context, const struct declutter_verdict *verdict)
{
	*(size_t *)context += !verdict->kept;
	return true;
}

static size_t dropped(const struct declutter_rules *rules, const char *input, const char *url)
{
	size_t count = 0;
	struct declutter_error error;
	const struct declutter_settings settings = {
	    .context = &count, .verdict = count_dropped, .url = url};
	struct declutter_document *document = declutter_document_new(rules, &settings);

	ck_assert(declutter_document_feed(document, input, strlen(input), &error));
	ck_assert(declutter_document_end(document, &error));
	declutter_document_free(document);
	return count;
}

START_TEST(applies_a_sites_rules_on_the_site_only)
{
	struct declutter_rules *rules =
	    settled("site example.org\ndetect: the example daily\ndrop nav: foo\n");

	ck_assert_uint_eq(dropped(rules, "foo\n", NULL), 0);
	ck_assert_uint_eq(dropped(rules, "foo\n", "https://example.org/a"), 1);
	ck_assert_uint_eq(dropped(rules, "foo\n", "https://user@www.Example.org:80/a"), 1);
	ck_assert_uint_eq(dropped(rules, "foo\n", "https://notexample.org/"), 0);
	ck_assert_uint_eq(dropped(rules, "foo\n", "https://example.org.evil/"), 0);
	ck_assert_uint_eq(dropped(rules, "The Example Daily\nfoo\n", NULL), 1);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(knows_the_site_by_a_line_that_is_for_it_itself)
{
	struct declutter_rules *rules = settled("site example.org\ndetect: the example daily\n"
	                                        "drop nav: the example.*\ndrop nav: .*daily\n");

	ck_assert_uint_eq(dropped(rules, "The Example Daily\n", NULL), 1);
	declutter_rules_free(rules);
}
END_TEST

/* Of such rules the index knows neither beginning nor end, and no line is folded for them. */
START_TEST(tries_rules_that_have_no_literal_at_all)
{
	assert_phrases_keep("drop nav: .{3,9}\n", "Home\nAn odd line\n", "An odd line\n");
	assert_phrases_keep("drop nav: \\p{Greek}+\n", "\u03b1\u03c1\nHome\n", "Home\n");
}
END_TEST

static bool note_rule(void *context, const struct declutter_verdict *verdict)
{
	unsigned *lines = context;

	ck_assert(verdict->kept == !verdict->rule || verdict->rule->verb[0] == 'k');
	if (!verdict->kept)
		*lines = *lines * 10 + verdict->rule->line;
	return true;
}

/* Whether anything has to be asked of what is around a paragraph, as by the second set, or not. */
START_TEST(names_the_first_rule_that_drops_a_paragraph)
{
	static const char *const sets[] = {"drop nav: .*b\ndrop ads: a.*\nkeep nav: abc\n",
	    "drop nav: .*b\ndrop ads: a.*\nkeep nav: abc\nonce nav: none\n"};

	for (size_t i = 0; i < 2; i++) {
		struct declutter_error error;
		struct declutter_rules *rules = settled(sets[i]);
		unsigned lines = 0;
		struct declutter_settings settings = {
		    .context = &lines, .verdict = note_rule, .phrases_only = true};
		struct declutter_document *document = declutter_document_new(rules, &settings);
		ck_assert(declutter_document_feed(document, "ab\nabc\naz\nc\nb\n", 14, &error));
		ck_assert(declutter_document_end(document, &error));
		ck_assert_uint_eq(lines, 121);
		declutter_document_free(document);
		declutter_rules_free(rules);
	}
}
END_TEST

static void assert_keeps(const struct declutter_rules *rules, const char *input, const char *wanted)
{
	char *output = kept(rules, input, false, 0);

	ck_assert_str_eq(output, wanted);
	free(output);
}

START_TEST(takes_text_for_a_page_by_the_evidence_against_what_is_outside)
{
	struct declutter_rules *rules =
	    settled("set page-evidence 90\nset establish 50\nset leave 40\n"
	            "score +90 article: prose\nscore -30 article: item\n"
	            "score -90 article: menu\n");

	assert_keeps(rules, "prose\nitem\nitem\n", "prose\nitem\nitem\n");
	assert_keeps(rules, "prose\nitem\nitem\nitem\n", "prose\n");
	assert_keeps(rules, "prose\nmenu\n", "prose\n");
	declutter_rules_free(rules);
}
END_TEST

TCase *case_document(void)
{
	TCase *tcase = tcase_create("document");
	tcase_add_test(tcase, gives_the_same_whatever_the_pieces);
	tcase_add_test(tcase, shares_rules_between_documents_in_two_threads);
	tcase_add_test(tcase, puts_every_byte_into_one_verdict);
	tcase_add_test(tcase, counts_how_often_a_line_was_seen);
	tcase_add_test(tcase, says_where_lines_stood);
	tcase_add_test(tcase, keeps_the_headline_when_asked);
	tcase_add_test(tcase, stops_when_the_callback_says_so);
	tcase_add_test(tcase, holds_no_line_that_no_rule_needs_others_for);
	tcase_add_test(tcase, keeps_the_same_whether_it_looks_around_or_not);
	tcase_add_test(tcase, writes_what_it_holds_when_that_is_too_much);
	tcase_add_test(tcase, warns_of_a_rule_that_takes_too_many_steps_once);
	tcase_add_test(tcase, applies_a_sites_rules_on_the_site_only);
	tcase_add_test(tcase, knows_the_site_by_a_line_that_is_for_it_itself);
	tcase_add_test(tcase, tries_rules_that_have_no_literal_at_all);
	tcase_add_test(tcase, names_the_first_rule_that_drops_a_paragraph);
	tcase_add_test(tcase, takes_text_for_a_page_by_the_evidence_against_what_is_outside);
	return tcase;
}
