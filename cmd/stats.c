#include "stats.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"

bool stats_init(struct stats *stats, const struct declutter_rules *rules)
{
	*stats = (struct stats){.rules = rules};
	stats->dropped = calloc(declutter_rules_count(rules) + 1, sizeof *stats->dropped);
	return stats->dropped != NULL;
}

void stats_fini(struct stats *stats)
{
	free(stats->dropped);
}

static unsigned long count_lines(const struct declutter_verdict *verdict)
{
	unsigned long lines = verdict->bytes[verdict->size - 1] != '\n';

	for (size_t i = 0; i < verdict->size; i++)
		lines += verdict->bytes[i] == '\n';
	return lines;
}

void stats_count(struct stats *stats, const struct declutter_verdict *verdict)
{
	unsigned long lines = count_lines(verdict);

	if (verdict->reason == DECLUTTER_BLANK)
		stats->blank += lines;
	else if (verdict->kept)
		stats->kept += lines;
	else if (verdict->rule)
		stats->dropped[verdict->rule->index] += lines;
	else
		stats->outside += lines;
}

void stats_add(struct stats *stats, const struct stats *other)
{
	for (size_t i = 0; i < declutter_rules_count(stats->rules); i++)
		stats->dropped[i] += other->dropped[i];
	stats->documents += other->documents;
	stats->kept += other->kept;
	stats->outside += other->outside;
	stats->blank += other->blank;
	stats->bad += other->bad;
}

/* A rule that dropped lines, and how many its group did. */
struct count {
	const struct declutter_rule *rule;
	unsigned long lines, of_group;
};

struct counts {
	struct count *items;
	size_t count;
};

/* Groups that dropped more first, in each the rules that did. */
static int compare_counts(const void *left, const void *right)
{
	const struct count *a = left, *b = right;
	int groups = strcmp(a->rule->group, b->rule->group);

	if (a->of_group != b->of_group)
		return a->of_group < b->of_group ? 1 : -1;
	if (groups)
		return groups;
	if (a->lines != b->lines)
		return a->lines < b->lines ? 1 : -1;
	return a->rule->index < b->rule->index ? -1 : 1;
}

static unsigned long count_group(const struct stats *stats, const char *group)
{
	unsigned long lines = 0;

	for (size_t i = 0; i < declutter_rules_count(stats->rules); i++)
		if (stats->dropped[i] > 0 &&
		    strcmp(declutter_rules_get(stats->rules, i, NULL)->group, group) == 0)
			lines += stats->dropped[i];
	return lines;
}

static bool sort_counts(const struct stats *stats, struct counts *counts)
{
	size_t total = declutter_rules_count(stats->rules);

	*counts = (struct counts){.items = calloc(total + 1, sizeof *counts->items)};
	for (size_t i = 0; counts->items && i < total; i++) {
		const struct declutter_rule *rule = declutter_rules_get(stats->rules, i, NULL);
		if (stats->dropped[i] > 0)
			counts->items[counts->count++] = (struct count){
			    rule, stats->dropped[i], count_group(stats, rule->group)};
	}
	if (counts->items)
		qsort(counts->items, counts->count, sizeof *counts->items, compare_counts);
	return counts->items != NULL;
}

static bool begins_group(const struct counts *counts, size_t i)
{
	return i == 0 ||
	       strcmp(counts->items[i].rule->group, counts->items[i - 1].rule->group) != 0;
}

static void print_table(const struct stats *stats, const struct counts *counts)
{
	fprintf(stderr, "%8lu kept\n%8lu blank\n%8lu outside the article\n", stats->kept,
	    stats->blank, stats->outside);
	for (size_t i = 0; i < counts->count; i++) {
		const struct count *count = &counts->items[i];
		if (begins_group(counts, i))
			fprintf(stderr, "%8lu %s\n", count->of_group, count->rule->group);
		fprintf(stderr, "%8s %8lu %s:%u %s\n", "", count->lines, count->rule->file,
		    count->rule->line, count->rule->pattern);
	}
}

static void print_member(const char *name, const char *text)
{
	fprintf(stderr, "\"%s\":", name);
	json_string(stderr, text, strlen(text));
}

static void print_json(const struct stats *stats, const struct counts *counts)
{
	putc('{', stderr);
	print_member("version", declutter_version());
	fprintf(stderr, ",\"rules_hash\":\"%016" PRIx64 "\"", declutter_rules_hash(stats->rules));
	fprintf(stderr, ",\"documents\":%lu,\"bad\":%lu,\"kept\":%lu,\"blank\":%lu,\"outside\":%lu",
	    stats->documents, stats->bad, stats->kept, stats->blank, stats->outside);
	fputs(",\"groups\":{", stderr);
	for (size_t i = 0, written = 0; i < counts->count; i++)
		if (begins_group(counts, i))
			fprintf(stderr, "%s\"%s\":%lu", written++ ? "," : "",
			    counts->items[i].rule->group, counts->items[i].of_group);
	fputs("},\"rules\":[", stderr);
	for (size_t i = 0; i < counts->count; i++) {
		const struct declutter_rule *rule = counts->items[i].rule;
		fputs(i > 0 ? ",{" : "{", stderr);
		print_member("file", rule->file);
		fprintf(stderr, ",\"line\":%u,", rule->line);
		print_member("group", rule->group);
		putc(',', stderr);
		print_member("pattern", rule->pattern);
		fprintf(stderr, ",\"lines\":%lu}", counts->items[i].lines);
	}
	fputs("]}\n", stderr);
}

bool stats_print(const struct stats *stats, enum stats_form form)
{
	struct counts counts;

	if (!sort_counts(stats, &counts))
		return false;
	if (form == STATS_JSON)
		print_json(stats, &counts);
	else
		print_table(stats, &counts);
	free(counts.items);
	return true;
}
