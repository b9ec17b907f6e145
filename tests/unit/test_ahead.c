#include <pthread.h>

#include "buffer.h"
#include "unit.h"

/* More than a document that gets no thread has, and a piece that many reads return. */
enum { LONG = 600000, PIECE = 65536 };

static const char *const lines[] = {
    "Home\n",
    "Advertisement\n",
    "\n",
    "\n\n",
    "Share this article\n",
    "The council met on Tuesday to talk about the bridge, which has been closed since May.\n",
    "Nobody expected a vote, but after two hours the members agreed on a plan that works.\n",
    "Das neue Gesetz soll im Juni beraten werden, sagte die Ministerin am Montag in Berlin.\n",
    "3 comments\n",
    "a line that a renderer has wrapped at its margin, as it does with all long ones,\nand more\n",
    "\xff\xfe\n",
};

/* So many bytes of such lines, whole ones. */
static struct buffer text_of(size_t size)
{
	struct buffer out = {0};
	unsigned state = 1;

	while (out.size < size) {
		const char *line = lines[random_number(&state, sizeof lines / sizeof *lines)];
		ck_assert(buffer_append(&out, line, strlen(line)));
	}
	return out;
}

/* What every test begins with. */
static struct declutter_rules *list;
static struct buffer text;

static void setup(void)
{
	list = settled("drop ads: advertisement\ndrop nav: h.{2}e\n");
	text = text_of(LONG);
}

static void teardown(void)
{
	declutter_rules_free(list);
	buffer_fini(&text);
}

struct log {
	struct buffer verdicts; /* each by its place, what it is and why */
	size_t bytes, left;     /* bytes with a verdict; verdicts until it says stop */
	unsigned warnings;
	pthread_t thread;
};

static bool take(void *context, const struct declutter_verdict *verdict)
{
	struct log *log = context;
	char line[128];
	int size = snprintf(line, sizeof line, "%zu+%zu %lu %d %d %d %u\n", verdict->offset,
	    verdict->source_size, verdict->line, verdict->kept, verdict->reason, verdict->evidence,
	    verdict->rule ? verdict->rule->index : 0);

	ck_assert(pthread_equal(log->thread, pthread_self()));
	ck_assert(buffer_append(&log->verdicts, line, (size_t)size));
	log->bytes += verdict->source_size;
	return --log->left > 0;
}

static void warn(void *context, const char *message)
{
	struct log *log = context;

	(void)message;
	ck_assert(pthread_equal(log->thread, pthread_self()));
	log->warnings++;
}

static struct declutter_document *document_of(const struct declutter_rules *rules,
    struct declutter_settings settings, bool ahead, struct log *log)
{
	*log = (struct log){.left = SIZE_MAX, .thread = pthread_self()};
	settings.context = log;
	settings.verdict = take;
	settings.warn = warn;
	settings.ahead = ahead;
	struct declutter_document *document = declutter_document_new(rules, &settings);
	ck_assert_ptr_nonnull(document);
	return document;
}

static void feed(struct declutter_document *document, struct span bytes, size_t piece)
{
	struct declutter_error error;

	for (size_t at = 0, part; at < bytes.size; at += part) {
		part = bytes.size - at < piece ? bytes.size - at : piece;
		ck_assert(declutter_document_feed(document, bytes.data + at, part, &error));
	}
}

static struct log run(const struct declutter_rules *rules, struct declutter_settings settings,
    bool ahead, size_t piece)
{
	struct log log;
	struct declutter_error error;
	struct declutter_document *document = document_of(rules, settings, ahead, &log);

	feed(document, (struct span){text.data, text.size}, piece);
	ck_assert(declutter_document_end(document, &error));
	declutter_document_free(document);
	return log;
}

static void assert_same(const struct declutter_rules *rules, struct declutter_settings settings)
{
	struct log alone = run(rules, settings, false, PIECE);

	ck_assert_uint_eq(alone.bytes, text.size);
	for (size_t piece = 1000; piece <= text.size; piece *= 9) {
		struct log ahead = run(rules, settings, true, piece);
		ck_assert_uint_eq(ahead.verdicts.size, alone.verdicts.size);
		ck_assert_mem_eq(ahead.verdicts.data, alone.verdicts.data, alone.verdicts.size);
		ck_assert_uint_eq(ahead.warnings, alone.warnings);
		buffer_fini(&ahead.verdicts);
	}
	buffer_fini(&alone.verdicts);
}

START_TEST(gives_the_same_verdicts_as_one_thread)
{
	struct declutter_error error;
	struct declutter_rules *builtin = declutter_rules_new();

	ck_assert(declutter_rules_add_builtin(builtin, &error));
	ck_assert(declutter_rules_settle(builtin, NULL, &error));
	assert_same(list, (struct declutter_settings){0});
	assert_same(builtin, (struct declutter_settings){.hold = 4096});
	assert_same(builtin, (struct declutter_settings){.phrases_only = true});
	declutter_rules_free(builtin);
}
END_TEST

START_TEST(tears_a_line_that_is_too_long)
{

	ck_assert(buffer_append(&text, "\n\n", 2));
	for (int i = 0; i < 200000; i++)
		ck_assert(buffer_append_byte(&text, 'x'));
	ck_assert(buffer_append(&text, "\nadvertisement\n", 15));
	assert_same(list, (struct declutter_settings){.hold = 4096});
}
END_TEST

/* The sites that rules are for become known as the lines are taken. */
START_TEST(applies_a_sites_rules_from_where_it_is_known)
{
	struct declutter_rules *rules =
	    settled("site example.org\ndetect: the example daily\ndrop nav: home\n");
	struct buffer after = text_of(LONG);

	ck_assert(buffer_append(&text, "The Example Daily\n", 18));
	ck_assert(buffer_append(&text, after.data, after.size));
	assert_same(rules, (struct declutter_settings){0});
	declutter_rules_free(rules);
	buffer_fini(&after);
}
END_TEST

START_TEST(warns_once_of_a_rule_that_takes_too_many_steps)
{
	struct declutter_rules *rules = settled("drop ads: (?:a+)+[b-e]{2}\n");

	for (int i = 0; i < 4; i++)
		ck_assert(buffer_append(&text, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\n", 38));
	struct log log = run(rules, (struct declutter_settings){0}, true, PIECE);
	ck_assert_uint_eq(log.warnings, 1);
	buffer_fini(&log.verdicts);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(has_given_all_it_can_when_no_more_is_to_come)
{
	struct declutter_error error;
	struct log alone, ahead;
	struct declutter_document *one = document_of(
	                              list, (struct declutter_settings){0}, false, &alone),
	                          *two = document_of(
	                              list, (struct declutter_settings){0}, true, &ahead);

	for (size_t at = 0, part; at < text.size; at += part) {
		part = text.size - at < PIECE ? text.size - at : PIECE;
		feed(one, (struct span){text.data + at, part}, part);
		feed(two, (struct span){text.data + at, part}, part);
		for (bool more = true; more;)
			ck_assert(declutter_document_work(two, &more, &error));
		ck_assert_uint_eq(ahead.bytes, alone.bytes);
	}
	declutter_document_free(one);
	declutter_document_free(two);
	buffer_fini(&alone.verdicts);
	buffer_fini(&ahead.verdicts);
}
END_TEST

/* Or it is freed in the midst of its work. */
START_TEST(ends_when_the_callback_says_stop)
{
	struct declutter_error error = {.message = ""};
	struct log log;
	struct declutter_document *document =
	    document_of(list, (struct declutter_settings){0}, true, &log);

	feed(document, (struct span){text.data, text.size}, PIECE);
	log.left = 1;
	ck_assert(!declutter_document_end(document, &error));
	ck_assert_str_eq(error.message, "stopped by the caller");
	declutter_document_free(document);
	buffer_fini(&log.verdicts);
	document = document_of(list, (struct declutter_settings){0}, true, &log);
	feed(document, (struct span){text.data, text.size}, PIECE);
	declutter_document_free(document);
	buffer_fini(&log.verdicts);
}
END_TEST

TCase *case_ahead(void)
{
	TCase *tcase = tcase_create("ahead");
	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, gives_the_same_verdicts_as_one_thread);
	tcase_add_test(tcase, tears_a_line_that_is_too_long);
	tcase_add_test(tcase, applies_a_sites_rules_from_where_it_is_known);
	tcase_add_test(tcase, warns_once_of_a_rule_that_takes_too_many_steps);
	tcase_add_test(tcase, has_given_all_it_can_when_no_more_is_to_come);
	tcase_add_test(tcase, ends_when_the_callback_says_stop);
	return tcase;
}
