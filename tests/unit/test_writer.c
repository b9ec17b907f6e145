#include "unit.h"
#include "writer.h"

/* What the callback was told: "offset:line" with + or - for each, and the kept bytes. */
struct told {
	char places[256];
	struct buffer kept;
	unsigned left; /* calls until it says stop */
};

static bool take(void *context, const struct declutter_verdict *verdict)
{
	struct told *told = context;
	size_t used = strlen(told->places);

	snprintf(told->places + used, sizeof told->places - used, "%c%zu:%lu ",
	    verdict->kept ? '+' : '-', verdict->offset, verdict->line);
	if (verdict->kept)
		ck_assert(buffer_append(&told->kept, verdict->bytes, verdict->size));
	return --told->left > 0;
}

static void assert_told(struct told *told, const char *places, const char *bytes)
{
	ck_assert_str_eq(told->places, places);
	ck_assert_uint_eq(told->kept.size, strlen(bytes));
	ck_assert_mem_eq(told->kept.data ? told->kept.data : "", bytes, strlen(bytes));
	buffer_fini(&told->kept);
}

static bool lines(struct writer *writer, const char *text, size_t count, bool kept)
{
	struct declutter_verdict verdict = {.kept = kept};

	return writer_lines(writer, &verdict, text, strlen(text), count);
}

static bool blanks(struct writer *writer, const char *text, bool kept)
{
	return writer_blanks(writer, text, strlen(text), kept);
}

START_TEST(tells_where_lines_were)
{
	struct told told = {.left = 100};
	const struct declutter_settings settings = {.context = &told, .verdict = take};
	struct writer writer;

	writer_init(&writer, &settings);
	ck_assert(lines(&writer, "one\ntwo\n", 2, true));
	ck_assert(blanks(&writer, "\n\n", true));
	ck_assert(lines(&writer, "three\n", 1, true));
	ck_assert(writer_end(&writer));
	assert_told(&told, "+0:1 +8:3 +10:5 ", "one\ntwo\n\n\nthree\n");
	writer_fini(&writer);
}
END_TEST

START_TEST(leaves_one_blank_line_around_what_is_dropped)
{
	struct told told = {.left = 100};
	const struct declutter_settings settings = {.context = &told, .verdict = take};
	struct writer writer;

	writer_init(&writer, &settings);
	ck_assert(blanks(&writer, "\n\n", false));
	ck_assert(lines(&writer, "x\n", 1, false));
	ck_assert(blanks(&writer, "\n", true));
	ck_assert(lines(&writer, "a\n", 1, true));
	ck_assert(blanks(&writer, "\n\n", false));
	ck_assert(lines(&writer, "x\n", 1, false));
	ck_assert(blanks(&writer, "\n", true));
	ck_assert(lines(&writer, "b\n", 1, true));
	ck_assert(blanks(&writer, "\n", false));
	ck_assert(lines(&writer, "x\n", 1, false));
	ck_assert(writer_end(&writer));
	/* The line set aside is told of when it is known what becomes of it. */
	assert_told(
	    &told, "-0:1 -2:3 -4:4 +5:5 -8:7 -9:8 +7:6 -11:9 +12:10 -15:12 -14:11 ", "a\n\nb\n");
	writer_fini(&writer);
}
END_TEST

START_TEST(unwraps_what_is_kept_when_asked)
{
	struct told told = {.left = 100};
	const struct declutter_settings settings = {
	    .context = &told, .verdict = take, .unwrap = true};
	struct writer writer;

	writer_init(&writer, &settings);
	ck_assert(lines(&writer, "one\ntwo\n", 2, true));
	ck_assert(lines(&writer, "three\nfour\n", 2, false));
	ck_assert(lines(&writer, "five\n", 1, true));
	assert_told(&told, "+0:1 -8:3 +19:5 ", "one two\nfive\n");
	writer_fini(&writer);
}
END_TEST

START_TEST(gathers_kept_lines_that_follow_one_another)
{
	static const char text[] = "one\n\ntwo\nx\nx\n\nfour\nfive\n";
	struct told told = {.left = 100};
	const struct declutter_settings settings = {
	    .context = &told, .verdict = take, .gather = true};
	struct writer writer;

	writer_init(&writer, &settings);
	ck_assert(writer_flush(&writer));
	/* The bytes must be where they follow one another. */
	struct declutter_verdict kept = {.kept = true}, dropped = {.kept = false};
	ck_assert(writer_lines(&writer, &kept, text, 4, 1));
	ck_assert(writer_blanks(&writer, text + 4, 1, true));
	ck_assert(writer_lines(&writer, &kept, text + 5, 4, 1));
	ck_assert_str_eq(told.places, "");
	ck_assert(writer_lines(&writer, &dropped, text + 9, 2, 1));
	ck_assert(writer_lines(&writer, &dropped, text + 11, 2, 1));
	ck_assert_str_eq(told.places, "+0:1 -9:4 -11:5 ");
	ck_assert(writer_blanks(&writer, text + 13, 1, true));
	ck_assert(writer_lines(&writer, &kept, text + 14, 5, 1));
	ck_assert(writer_flush(&writer));
	ck_assert(writer_lines(&writer, &kept, text + 19, 5, 1));
	ck_assert(writer_end(&writer));
	assert_told(&told, "+0:1 -9:4 -11:5 +13:6 +14:7 +19:8 ", "one\n\ntwo\n\nfour\nfive\n");
	writer_fini(&writer);
}
END_TEST

START_TEST(stops_when_told_to)
{
	struct told told = {.left = 2};
	const struct declutter_settings settings = {.context = &told, .verdict = take};
	struct writer writer;

	writer_init(&writer, &settings);
	ck_assert(lines(&writer, "one\n", 1, true));
	ck_assert(!writer.stopped);
	ck_assert(!blanks(&writer, "\n", true));
	ck_assert(writer.stopped);
	assert_told(&told, "+0:1 +4:2 ", "one\n\n");
	writer_fini(&writer);
}
END_TEST

TCase *case_writer(void)
{
	TCase *tcase = tcase_create("writer");

	tcase_add_test(tcase, tells_where_lines_were);
	tcase_add_test(tcase, leaves_one_blank_line_around_what_is_dropped);
	tcase_add_test(tcase, unwraps_what_is_kept_when_asked);
	tcase_add_test(tcase, gathers_kept_lines_that_follow_one_another);
	tcase_add_test(tcase, stops_when_told_to);
	return tcase;
}
