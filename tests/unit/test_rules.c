#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rules.h"
#include "unit.h"

static const char layers[] = "drop ads: werbung\n"
                             "drop ads id=label: anzeige\n"
                             "lang en\n"
                             "drop share level=3: share\n"
                             "drop nav level=1: home\n";

/* The lines of the rules that are on. */
static void assert_active(
    const char *more, const struct declutter_selection *selection, const char *expected)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();
	char found[64] = "";

	ck_assert(declutter_rules_add_text(rules, "a", layers, strlen(layers), &error));
	ck_assert(declutter_rules_add_text(rules, "b", more, strlen(more), &error));
	ck_assert_msg(declutter_rules_settle(rules, selection, &error), "%s", error.message);
	for (size_t i = 0; i < declutter_rules_count(rules); i++) {
		bool active;
		const struct declutter_rule *rule = declutter_rules_get(rules, i, &active);
		if (active)
			snprintf(found + strlen(found), sizeof found - strlen(found), " %s%u",
			    rule->file, rule->line);
	}
	ck_assert_str_eq(found, expected);
	declutter_rules_free(rules);
}

START_TEST(takes_the_default_level)
{
	assert_active("", NULL, " a1 a2 a5");
}
END_TEST

START_TEST(takes_the_level_asked_for)
{
	assert_active("", &(struct declutter_selection){.level = 1}, " a5");
	assert_active("", &(struct declutter_selection){.level = 3}, " a1 a2 a4 a5");
}
END_TEST

START_TEST(switches_off_a_group_or_a_rule_from_any_layer)
{
	assert_active("off ads\n", NULL, " a5");
	assert_active("off id=label\n", NULL, " a1 a5");
	assert_active("off nav lang=en\n", NULL, " a1 a2");
	assert_active("off nav lang=de\n", NULL, " a1 a2 a5");
}
END_TEST

START_TEST(takes_only_the_groups_and_languages_asked_for)
{
	assert_active("", &(struct declutter_selection){.only_groups = "ads"}, " a1 a2");
	assert_active("lang de\ndrop nav: start\n",
	    &(struct declutter_selection){.languages = "de"}, " a1 a2 b2");
}
END_TEST

START_TEST(refuses_groups_and_languages_it_does_not_know)
{
	struct declutter_error error;
	struct declutter_rules *rules = settled(layers);

	ck_assert(!declutter_rules_settle(
	    rules, &(struct declutter_selection){.keep_groups = "ads,adz"}, &error));
	ck_assert_ptr_nonnull(strstr(error.message, "\"adz\""));
	ck_assert(!declutter_rules_settle(
	    rules, &(struct declutter_selection){.languages = "en,tlh"}, &error));
	ck_assert_ptr_nonnull(strstr(error.message, "\"tlh\""));
	declutter_rules_free(rules);
}
END_TEST

START_TEST(lets_a_users_setting_replace_a_built_in_one)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	ck_assert(declutter_rules_add_text(rules, "u", "set enter 77\n", 13, &error));
	ck_assert(declutter_rules_add_builtin(rules, &error));
	ck_assert_int_eq(rules->settings[SETTING_ENTER].value, 77);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(takes_the_built_in_rules_once)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	ck_assert(declutter_rules_add_builtin(rules, &error));
	ck_assert(!declutter_rules_add_builtin(rules, &error));
	ck_assert_ptr_nonnull(strstr(error.message, "already"));
	ck_assert_uint_eq(error.line + error.column, 0);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(takes_a_missing_directory_for_an_empty_one)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	ck_assert(declutter_rules_add_directory(rules, "/nonexistent/rules", &error));
	ck_assert(!declutter_rules_add_file(rules, "/nonexistent/a.rules", &error));
	ck_assert_str_eq(error.file, "/nonexistent/a.rules");
	ck_assert_uint_eq(error.line + error.column, 0);
	declutter_rules_free(rules);
}
END_TEST

START_TEST(reads_the_rule_files_of_a_directory)
{
	static const char *const names[] = {"b.rules", "a.rules", "notes.txt", ".hidden.rules"};
	char directory[] = "/tmp/rules-XXXXXX", path[64];
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	umask(022);
	ck_assert_ptr_nonnull(mkdtemp(directory));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", directory, names[i]);
		FILE *file = fopen(path, "w");
		fprintf(file, "drop ads: rule of %s\n", names[i]);
		fclose(file);
	}
	ck_assert_msg(declutter_rules_add_directory(rules, directory, &error), "%s", error.message);
	ck_assert(declutter_rules_settle(rules, NULL, &error));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s", directory, names[i]);
		unlink(path);
	}
	rmdir(directory);
	char *output = kept(rules,
	    "rule of a.rules\nrule of b.rules\nrule of notes.txt\nrule of .hidden.rules\n", true,
	    0);
	ck_assert_str_eq(output, "rule of notes.txt\nrule of .hidden.rules\n");
	free(output);
	declutter_rules_free(rules);
}
END_TEST

static uint64_t hash_of(const char *text)
{
	struct declutter_rules *rules = settled(text);
	uint64_t hash = declutter_rules_hash(rules);

	declutter_rules_free(rules);
	return hash;
}

START_TEST(has_a_hash_of_what_the_rules_say)
{
	uint64_t hash = hash_of("drop ads: x\nset enter 3\n");

	ck_assert(hash == hash_of("# the same\ndrop ads: x\n  + x\nset enter 3\n"));
	ck_assert(hash != hash_of("drop ads: y\nset enter 3\n"));
	ck_assert(hash != hash_of("drop ads len=9: x\nset enter 3\n"));
	ck_assert(hash != hash_of("drop ads: x\nset enter 4\n"));
	ck_assert(hash != hash_of("drop ads id=a: x\noff id=a\nset enter 3\n"));
}
END_TEST

TCase *case_rules(void)
{
	TCase *tcase = tcase_create("rules");
	tcase_add_test(tcase, takes_the_default_level);
	tcase_add_test(tcase, takes_the_level_asked_for);
	tcase_add_test(tcase, switches_off_a_group_or_a_rule_from_any_layer);
	tcase_add_test(tcase, takes_only_the_groups_and_languages_asked_for);
	tcase_add_test(tcase, refuses_groups_and_languages_it_does_not_know);
	tcase_add_test(tcase, lets_a_users_setting_replace_a_built_in_one);
	tcase_add_test(tcase, takes_the_built_in_rules_once);
	tcase_add_test(tcase, takes_a_missing_directory_for_an_empty_one);
	tcase_add_test(tcase, reads_the_rule_files_of_a_directory);
	tcase_add_test(tcase, has_a_hash_of_what_the_rules_say);
	return tcase;
}
