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
const struct packed_rules builtin_rules = {0};
const uint8_t builtin_states[1] = {0};
const uint32_t builtin_runs[1] = {0};
const uint32_t builtin_run_count = 0;
const bool builtin_asks_for_seen = false;
const struct index builtin_index = {0};
const struct evidence builtin_evidence = {0};
const struct setting_value builtin_settings[1] = {{.value = 0}};
const char builtin_hash[] = "";

/* ---- reading ---- */

static bool add_pack(struct declutter_rules *rules, const char *path, uint64_t *hash)
{
	struct declutter_error error;
	struct buffer text = {0};
	int failure = buffer_append_file(&text, path, SIZE_MAX);
	bool done = failure == 0;

	if (failure)
		fprintf(stderr, "%s: %s\n", path, strerror(failure));
	*hash = hash_mix(*hash, hash_bytes(text.data, text.size));
	if (done && !parse_rules(rules, path, text.data, text.size, true, &error)) {
		fprintf(
		    stderr, "%s:%u:%u: %s\n", error.file, error.line, error.column, error.message);
		done = false;
	}
	buffer_fini(&text);
	return done;
}

/* ---- writing ---- */

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

static void write_conditions(const struct condition *conditions, size_t count)
{
	printf(".condition_count = %zu, .conditions = {", count);
	for (size_t i = 0; i < count; i++)
		printf("{%d, %d, %d},", conditions[i].feature, conditions[i].comparison,
		    conditions[i].value);
	printf("%s}", count ? "" : "{0}");
}

enum kind {
	FILE_TEXT,
	LANGUAGE_TEXT,
	ID_TEXT,
	SOURCE_TEXT,
	SITE_TEXT,
	PATTERN_TEXT,
	EXAMPLE_TEXT,
	KIND_COUNT
};

/*
 * The texts of all rules, one after the other.  Most are the same as those of
 * the rule before: of one file, in one language.
 */
struct texts {
	struct buffer bytes;
	uint32_t last[KIND_COUNT];
};

/* Where the text is; running out of memory ends the program. */
static uint32_t place_of(struct texts *texts, enum kind kind, const char *text)
{
	uint32_t last = texts->last[kind];

	if (last < texts->bytes.size && strcmp(texts->bytes.data + last, text) == 0)
		return last;
	texts->last[kind] = (uint32_t)texts->bytes.size;
	if (!buffer_append(&texts->bytes, text, strlen(text) + 1)) {
		perror("compile");
		exit(2);
	}
	return texts->last[kind];
}

static uint32_t place_of_pattern(struct texts *texts, const struct rule *rule, uint32_t source)
{
	if (strcmp(rule->pattern->text, rule->facts.pattern) == 0)
		return source;
	return place_of(texts, PATTERN_TEXT, rule->pattern->text);
}

static void write_edges(const struct edges *edges)
{
	printf(".edges = {{0x%llx, 0x%llx}, {0x%llx, 0x%llx}}, ",
	    (unsigned long long)edges->first[0], (unsigned long long)edges->first[1],
	    (unsigned long long)edges->last[0], (unsigned long long)edges->last[1]);
}

static void write_rule(const struct rule *rule, struct texts *texts, size_t first_example)
{
	const struct pattern *pattern = rule->pattern;
	uint32_t source = place_of(texts, SOURCE_TEXT, rule->facts.pattern);

	printf("{.file = %u, .language = %u, .id = %u, .source = %u, .site = %u,\n",
	    place_of(texts, FILE_TEXT, rule->facts.file),
	    place_of(texts, LANGUAGE_TEXT, rule->facts.language),
	    place_of(texts, ID_TEXT, rule->facts.id), source,
	    place_of(texts, SITE_TEXT, rule->site));
	printf(".line = %u, .column = %u, .pattern = %u, .pattern_size = %zu, .until = %u,\n",
	    rule->facts.line, rule->column,
	    pattern ? place_of_pattern(texts, rule, source) : PACKED_NONE,
	    pattern ? pattern->size : 0, rule->until ? rule->until->facts.index : PACKED_NONE);
	printf(".longest = %u, .near = %u, .least = %u, .lines = %u, .zones = %u,\n", rule->longest,
	    rule->near, rule->least, rule->lines, rule->zones);
	printf(".first_example = %zu, .example_count = %u, .level = %d, .score = %d,\n",
	    first_example, rule->example_count, rule->level, rule->score);
	printf(".verb = %d, .group = %d, .search = %d, .caseful = %d, .exact = %d,\n", rule->verb,
	    rule->group, pattern && pattern->search, pattern && pattern->caseful,
	    pattern && pattern->exact);
	if (pattern)
		write_edges(&pattern->edges);
	printf(".grouped = %d, .capped = %d, ", rule->grouped, rule->capped);
	write_conditions(rule->conditions, rule->condition_count);
	printf("},\n");
}

static void write_examples(const struct declutter_rules *rules, struct texts *texts)
{
	printf("static const struct packed_example packed_examples[] = {\n");
	for (size_t i = 0; i < rules->own_count; i++)
		for (size_t k = 0; k < rules->own[i]->example_count; k++) {
			const struct example *example = &rules->own[i]->examples[k];
			printf("{%u, %u, %d},\n", place_of(texts, EXAMPLE_TEXT, example->text),
			    example->line, example->sign);
		}
	printf("{0}};\n");
}

static void write_rule_table(const struct declutter_rules *rules)
{
	struct texts texts = {0};
	size_t example = 0;

	write_examples(rules, &texts);
	printf("static const struct packed_rule packed_rules[] = {\n");
	for (size_t i = 0; i < rules->own_count; i++) {
		write_rule(rules->own[i], &texts, example);
		example += rules->own[i]->example_count;
	}
	printf("};\n");
	WRITE_NUMBERS("char", "packed_texts", texts.bytes.data, texts.bytes.size);
	printf("const struct packed_rules builtin_rules = {.rules = packed_rules, .count = %zu,\n"
	       ".texts = packed_texts, .examples = packed_examples};\n",
	    rules->own_count);
	buffer_fini(&texts.bytes);
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
	write_rule_table(rules);
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

static void write_parts(const struct postings *parts)
{
	printf("static const struct posting part_items[] = {\n");
	for (size_t i = 0; i < parts->count; i++) {
		const struct posting *p = &parts->items[i];
		printf("{%u, %u, %u, %u, %u, %u, %u, %u, %u},\n", p->key, p->text, p->rule,
		    p->longest, p->shortest, p->size, p->place, p->digits, p->at);
	}
	printf("{0}};\n");
	WRITE_NUMBERS("uint32_t", "part_starts", parts->starts, parts->slot_count + 1);
	WRITE_WORDS("part_keys", parts->keys.words, parts->keys.count);
}

static void write_wholes(const struct wholes *wholes)
{
	WRITE_NUMBERS("char", "whole_entries", wholes->entries, wholes->starts[wholes->slot_count]);
	WRITE_NUMBERS("uint32_t", "whole_starts", wholes->starts, wholes->slot_count + 1);
	WRITE_WORDS("whole_keys", wholes->keys.words, wholes->keys.count);
}

static void write_index(const struct index *index)
{
	const struct wholes *wholes = &index->wholes;
	const struct postings *parts = &index->parts;

	write_wholes(wholes);
	write_parts(parts);
	printf("static const struct unconditional always[] = {");
	for (size_t i = 0; i < index->always_count; i++) {
		const struct unconditional *a = &index->always[i];
		printf("\n{%u, %u, %u, %u, ", a->rule, a->longest, a->shortest, a->digits);
		write_byte_set(&a->first);
		printf("},");
	}
	printf("{.rule = 0}};\n");
	WRITE_WORDS("edges", index->edges.words, index->edges.count);
	WRITE_NUMBERS("char", "texts", index->texts, index->text_size);
	if (index->filters)
		write_filters(index->filters);
	printf("const struct index builtin_index = {\n");
	printf(".wholes = {.entries = whole_entries, .starts = whole_starts, .slot_count = %zu,\n"
	       ".keys = {whole_keys, %zu}},\n",
	    wholes->slot_count, wholes->keys.count);
	printf(".parts = {.items = part_items, .count = %zu, .starts = part_starts,\n"
	       ".slot_count = %zu, .keys = {part_keys, %zu}},\n",
	    parts->count, parts->slot_count, parts->keys.count);
	printf(".texts = texts, .text_size = %zu, .always = always, .always_count = %zu,\n"
	       ".filters = %s, .edges = {edges, %zu}, .longest = %u, .whole_longest = %u,\n"
	       ".plain = ",
	    index->text_size, index->always_count, index->filters ? "filters" : "NULL",
	    index->edges.count, index->longest, index->whole_longest);
	write_edge_sizes(&index->plain);
	printf(", .digit = ");
	write_edge_sizes(&index->digit);
	printf("};\n");
}

static void write_limits(const char *name, const short *limits)
{
	printf(",\n.%s = {", name);
	for (int i = 0; i < FEATURE_COUNT; i++)
		printf("%d,", limits[i]);
	printf("}");
}

static void write_evidence(const struct evidence *e)
{
	printf("static const struct column columns[] = {\n");
	for (size_t i = 0; i < e->column_count; i++)
		printf("{%u, %d},\n", e->columns[i].feature, e->columns[i].steps);
	printf("{0}};\nstatic const struct phrase_score phrases[] = {\n");
	for (size_t i = 0; i < e->phrase_count; i++) {
		printf("{.rule = %u, .score = %d, ", e->phrases[i].rule, e->phrases[i].score);
		write_conditions(e->phrases[i].conditions, e->phrases[i].condition_count);
		printf("},\n");
	}
	printf("{0}};\n");
	WRITE_NUMBERS("uint32_t", "steps", e->steps, e->step_count);
	WRITE_WORDS("rows", e->rows, e->row_count * e->row_words);
	WRITE_NUMBERS("int32_t", "scores", e->scores, e->row_words * 64);
	printf("const struct evidence builtin_evidence = {\n"
	       ".columns = columns, .column_count = %zu,\n"
	       ".steps = steps, .step_count = %zu, .rows = rows, .row_count = %zu,\n"
	       ".row_words = %zu, .scores = scores, .phrases = phrases,\n"
	       ".phrase_count = %zu",
	    e->column_count, e->step_count, e->row_count, e->row_words, e->phrase_count);
	write_limits("low", e->low);
	write_limits("high", e->high);
	printf("};\n");
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
