/*
 * Writes the rules of rule files as the tables of lib/builtin.h, so that at
 * start nothing is parsed.  Runs at build time:
 * compile rules/de.rules rules/en.rules ... > builtin.c
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "builtin.h"
#include "hash.h"

/* This program has no rules of its own yet. */
const struct rule builtin_rules[1] = {{.longest = 0}};
const uint32_t builtin_count = 0;
const uint8_t builtin_states[1] = {0};
const uint32_t builtin_runs[1] = {0};
const uint32_t builtin_run_count = 0;
const bool builtin_asks_for_seen = false;
const struct index builtin_index = {0};
const struct evidence builtin_evidence = {0};
const struct setting_value builtin_settings[1] = {{.value = 0}};
const char builtin_hash[] = "";

/* ---- reading ---- */

static char *read_file(const char *path, size_t *size)
{
	FILE *file = fopen(path, "rb");
	struct buffer text = {0};
	char piece[65536];

	if (!file)
		return NULL;
	for (size_t part; (part = fread(piece, 1, sizeof piece, file)) > 0;)
		if (!buffer_append(&text, piece, part))
			break;
	bool failed = ferror(file) || !feof(file);
	fclose(file);
	*size = text.size;
	if (!failed && text.data)
		return text.data;
	buffer_fini(&text);
	return NULL;
}

static bool add_pack(struct declutter_rules *rules, const char *path, uint64_t *hash)
{
	struct declutter_error error;
	size_t size;
	char *text = read_file(path, &size);

	if (!text) {
		perror(path);
		return false;
	}
	*hash = hash_mix(*hash, hash_bytes(text, size));
	bool done = parse_rules(rules, path, text, size, true, &error);
	if (!done)
		fprintf(
		    stderr, "%s:%u:%u: %s\n", error.file, error.line, error.column, error.message);
	free(text);
	return done;
}

/* ---- writing ---- */

static void write_string(const char *text, size_t size)
{
	putchar('"');
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c < ' ' || c >= 0x7f || strchr("\"\\?", c))
			printf("\\%03o", c);
		else
			putchar(c);
	}
	putchar('"');
}

static void write_text(const char *text)
{
	write_string(text, strlen(text));
}

#define WRITE_NUMBERS(type, name, items, count) \
	do { \
		printf("static const " type " %s[] = {", (name)); \
		for (size_t n_ = 0; n_ < (count); n_++) \
			printf("%s%lld,", n_ % 16 ? "" : "\n", (long long)(items)[n_]); \
		printf("0};\n"); \
	} while (0)

#define WRITE_WORDS(name, items, count) \
	do { \
		printf("static const uint64_t %s[] = {", (name)); \
		for (size_t n_ = 0; n_ < (count); n_++) \
			printf("%s0x%llx,", n_ % 8 ? "" : "\n", (unsigned long long)(items)[n_]); \
		printf("0};\n"); \
	} while (0)

static void write_pattern(const struct rule *rule)
{
	const struct pattern *pattern = rule->pattern;

	if (!pattern)
		return;
	printf("static const struct pattern pattern_%u = {", rule->facts.index);
	write_string(pattern->text, pattern->size);
	printf(", %zu, %d, %d, %d, NULL};\n", pattern->size, pattern->search, pattern->caseful,
	    pattern->exact);
}

static void write_examples(const struct rule *rule)
{
	if (rule->example_count == 0)
		return;
	printf("static const struct example examples_%u[] = {\n", rule->facts.index);
	for (size_t i = 0; i < rule->example_count; i++) {
		printf("{'\\%03o', %u, ", (unsigned)rule->examples[i].sign, rule->examples[i].line);
		write_text(rule->examples[i].text);
		printf("},\n");
	}
	printf("};\n");
}

static void write_conditions(const struct condition *conditions, size_t count)
{
	printf(".condition_count = %zu, .conditions = {", count);
	for (size_t i = 0; i < count; i++)
		printf("{%d, %d, %d},", conditions[i].feature, conditions[i].comparison,
		    conditions[i].value);
	printf("%s}", count ? "" : "{0}");
}

static void write_rule(const struct rule *rule)
{
	unsigned number = rule->facts.index;

	printf("{.facts = {.file = ");
	write_text(rule->facts.file);
	printf(", .line = %u, .language = ", rule->facts.line);
	write_text(rule->facts.language);
	printf(", .id = ");
	write_text(rule->facts.id);
	printf(", .verb = ");
	write_text(rule->facts.verb);
	printf(", .group = ");
	write_text(rule->facts.group);
	printf(", .pattern = ");
	write_text(rule->facts.pattern);
	printf(", .index = %u}, .column = %u, .verb = %d, .group = %d,\n", number, rule->column,
	    rule->verb, rule->group);
	if (rule->pattern)
		printf(".pattern = &pattern_%u, ", number);
	if (rule->until)
		printf(".until = &builtin_rules[%u], ", rule->until->facts.index);
	printf(".longest = %u, .near = %u, .least = %u, .lines = %u, .zones = %u, .level = %d,\n",
	    rule->longest, rule->near, rule->least, rule->lines, rule->zones, rule->level);
	printf(".site = ");
	write_text(rule->site);
	printf(", .score = %d, ", rule->score);
	write_conditions(rule->conditions, rule->condition_count);
	if (rule->example_count > 0)
		printf(
		    ", .example_count = %u, .examples = examples_%u", rule->example_count, number);
	printf(", .grouped = %d, .capped = %d},\n", rule->grouped, rule->capped);
}

static void write_needs(const struct declutter_rules *rules)
{
	printf("const uint32_t builtin_runs[] = {");
	for (size_t i = 0; i < rules->own_count; i++)
		if (rules->own[i]->verb == VERB_RUN)
			printf("%zu,", i);
	printf(
	    "0};\n"
	    "const uint32_t builtin_run_count = sizeof builtin_runs / sizeof *builtin_runs - 1;\n"
	    "const bool builtin_asks_for_seen = %d;\n",
	    rules->ask_for_seen);
}

static void write_rules(const struct declutter_rules *rules)
{
	for (size_t i = 0; i < rules->own_count; i++) {
		write_pattern(rules->own[i]);
		write_examples(rules->own[i]);
	}
	printf("const struct rule builtin_rules[] = {\n");
	for (size_t i = 0; i < rules->own_count; i++)
		write_rule(rules->own[i]);
	printf("};\nconst uint32_t builtin_count = %zu;\n", rules->own_count);
	printf("const uint8_t builtin_states[] = {");
	for (size_t i = 0; i < rules->own_count; i++)
		printf("%d,", rules->states[i]);
	printf("};\n");
	write_needs(rules);
}

static void write_byte_set(const struct byte_set *set)
{
	printf("{{");
	for (int i = 0; i < 4; i++)
		printf("0x%llx,", (unsigned long long)set->bits[i]);
	printf("}}");
}

static void write_filters(const struct filter *filters)
{
	printf("static const struct filter filters[] = {\n");
	for (int kind = 0; kind < FILTER_COUNT; kind++) {
		printf("{%u, ", filters[kind].longest);
		write_byte_set(&filters[kind].first);
		printf(", {");
		for (size_t i = 0; i < FILTER_WORDS; i++)
			printf("%s0x%llx,", i % 8 ? "" : "\n",
			    (unsigned long long)filters[kind].bits[i]);
		printf("}},\n");
	}
	printf("};\n");
}

static void write_edge_sizes(const struct edge_sizes *sizes)
{
	printf("{.prefix = {");
	for (int i = 0; i < 256; i++)
		printf("%u,", sizes->prefix[i]);
	printf("}, .suffix = {");
	for (int i = 0; i < 256; i++)
		printf("%u,", sizes->suffix[i]);
	printf("}}");
}

static void write_index(const struct index *index)
{
	printf("static const struct posting postings[] = {\n");
	for (size_t i = 0; i < index->posting_count; i++) {
		const struct posting *p = &index->postings[i];
		printf("{%u, %u, %u, %u, %u, %u, %u, %u},\n", p->key, p->text, p->rule, p->longest,
		    p->shortest, p->size, p->place, p->detail);
	}
	printf("{0}};\nstatic const struct unconditional always[] = {");
	for (size_t i = 0; i < index->always_count; i++) {
		const struct unconditional *a = &index->always[i];
		printf("\n{%u, %u, %u, %u, ", a->rule, a->longest, a->shortest, a->digit);
		write_byte_set(&a->first);
		printf("},");
	}
	printf("{.rule = 0}};\n");
	WRITE_NUMBERS("uint32_t", "starts", index->starts, index->slot_count + 1);
	WRITE_WORDS("known", index->known, index_known_words(index));
	WRITE_WORDS("edges", index->edges, index_known_words(index));
	WRITE_NUMBERS("char", "texts", index->texts, index->text_size);
	if (index->filters)
		write_filters(index->filters);
	printf("const struct index builtin_index = {.postings = postings, .posting_count = %zu,\n"
	       ".starts = starts, .slot_count = %zu, .texts = texts, .text_size = %zu,\n"
	       ".always = always, .always_count = %zu, .filters = %s,\n"
	       ".known = known, .edges = edges, .longest = %u, .whole_longest = %u,\n"
	       ".plain = ",
	    index->posting_count, index->slot_count, index->text_size, index->always_count,
	    index->filters ? "filters" : "NULL", index->longest, index->whole_longest);
	write_edge_sizes(&index->plain);
	printf(", .digit = ");
	write_edge_sizes(&index->digit);
	printf("};\n");
}

static void write_evidence(const struct evidence *e)
{
	printf("static const struct column columns[] = {\n");
	for (size_t i = 0; i < e->column_count; i++)
		printf("{%u, %d, %u, %u, %u},\n", e->columns[i].feature, e->columns[i].low,
		    e->columns[i].span, e->columns[i].first_row, e->columns[i].steps);
	printf("{0}};\nstatic const struct phrase_score phrases[] = {\n");
	for (size_t i = 0; i < e->phrase_count; i++) {
		printf("{.rule = %u, .score = %d, ", e->phrases[i].rule, e->phrases[i].score);
		write_conditions(e->phrases[i].conditions, e->phrases[i].condition_count);
		printf("},\n");
	}
	printf("{0}};\n");
	WRITE_NUMBERS("uint16_t", "steps", e->steps, e->step_count);
	WRITE_WORDS("rows", e->rows, e->row_count * e->row_words);
	WRITE_WORDS("planes", e->planes, e->plane_count * e->row_words);
	printf(
	    "const struct evidence builtin_evidence = {.columns = columns, .column_count = %zu,\n"
	    ".steps = steps, .step_count = %zu, .rows = rows, .row_count = %zu,\n"
	    ".row_words = %zu, .planes = planes, .plane_count = %zu, .phrases = phrases,\n"
	    ".phrase_count = %zu};\n",
	    e->column_count, e->step_count, e->row_count, e->row_words, e->plane_count,
	    e->phrase_count);
}

static void write_settings(const struct declutter_rules *rules)
{
	printf("const struct setting_value builtin_settings[] = {\n");
	for (int i = 0; i < SETTING_COUNT; i++)
		printf("{%d, %d},\n", rules->settings[i].value, rules->settings[i].where);
	printf("};\n");
}

int main(int argc, char **argv)
{
	struct declutter_rules *rules = declutter_rules_new();
	struct declutter_error error;
	uint64_t hash = 0;
	bool done = rules != NULL;

	for (int i = 1; done && i < argc; i++)
		done = add_pack(rules, argv[i], &hash);
	if (done && !declutter_rules_settle(rules, NULL, &error)) {
		fprintf(stderr, "compile: %s\n", error.message);
		done = false;
	}
	for (size_t i = 0; done && i < rules->own_count; i++) {
		/* Only the rules of users are asked whether they switch others off. */
		done = rules->own[i]->verb != VERB_OFF;
		if (!done)
			fprintf(stderr, "%s:%u: a built-in rule can't be \"off\"\n",
			    rules->own[i]->facts.file, rules->own[i]->facts.line);
	}
	if (done && (!rules->own_index || !rules->own_evidence)) {
		fprintf(stderr, "compile: no phrase rules, or no score rules\n");
		done = false;
	}
	if (done) {
		printf("/* Written by tools/compile.c. */\n#include \"builtin.h\"\n");
		write_rules(rules);
		write_index(rules->own_index);
		write_evidence(rules->own_evidence);
		write_settings(rules);
		printf("const char builtin_hash[] = \"%016llx\";\n", (unsigned long long)hash);
	}
	declutter_rules_free(rules);
	return done && fflush(stdout) == 0 ? EXIT_SUCCESS : 2;
}
