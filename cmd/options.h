/* The command line: one table of options, for parsing, --help and shell completions. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include <limits.h>

#include "lib/declutter.h"

enum option_code {
	OPT_FIRST = CHAR_MAX,
	OPT_PLAIN,
	OPT_NO_BUILTIN,
	OPT_NO_CONFIG,
	OPT_URL,
	OPT_KEEP,
	OPT_ONLY,
	OPT_LEVEL,
	OPT_RULES_ONLY,
	OPT_TITLE,
	OPT_STATS,
	OPT_UNWRAP,
	OPT_ENCODING,
	OPT_HOLD,
	OPT_COLOR,
	OPT_LIST_RULES,
	OPT_CHECK,
	OPT_CORPUS,
	OPT_SUGGEST,
	OPT_NEW_PACK,
	OPT_PRINT_CONFIG,
	OPT_COMPLETION,
	OPT_JSONL,
	OPT_JSONL_URL,
	OPT_ANNOTATE,
	OPT_WET,
	OPT_BAD,
	OPT_DROP_EMPTY,
	OPT_PROGRESS,
	OPT_MERGE_STATS
};

/* One option.  A value in brackets may be left out. */
struct option_row {
	int code; /* a letter, or an option_code */
	const char *name;
	const char *value; /* what its value is called, or NULL */
	/* words to choose the value from, <file>, <directory>, <groups>, <languages>, or NULL */
	const char *choices;
	const char *text;
};

/* All options, in the order of --help; the last one has no name. */
extern const struct option_row option_rows[];

enum mode {
	MODE_FILTER,
	MODE_LIST_RULES,
	MODE_CHECK,
	MODE_SUGGEST,
	MODE_NEW_PACK,
	MODE_PRINT_CONFIG,
	MODE_COMPLETION,
	MODE_MERGE_STATS,
	MODE_HELP,
	MODE_VERSION
};

enum explain_form { EXPLAIN_NOT, EXPLAIN_PLAIN, EXPLAIN_TERMINAL, EXPLAIN_JSON, EXPLAIN_HTML };
/* What becomes of a record that is bad. */
enum bad { BAD_PASS, BAD_SKIP, BAD_STOP };
enum stats_form { STATS_NOT, STATS_TABLE, STATS_JSON };

/* A layer of rules, in the order of the command line. */
struct layer {
	int option;
	const char *argument;
};

/* An option as it was given, for --print-config. */
struct given {
	const char *text; /* "lang=de" */
	char *where;      /* NULL: the command line */
};

struct options {
	enum mode mode;
	const char *mode_argument; /* the language, the shell */
	struct layer *layers;
	size_t layer_count;
	struct given *given;
	size_t given_count;
	char *config; /* the text of the configuration file, which options point into */
	bool no_builtin, no_config;
	bool removed, color;
	enum explain_form explain;
	enum stats_form stats;
	const char *encoding;
	const char *corpus;

	/* records */
	const char *jsonl, *jsonl_url; /* the members' names; NULL: no such records */
	bool null, wet;                /* texts between zero bytes; Common Crawl's records */
	bool annotate, drop_empty, progress;
	enum bad bad;
	size_t jobs; /* threads */
	struct declutter_selection selection;
	struct declutter_settings settings;
	char **files; /* the arguments, then NULL */
};

/* Whether the input is records. */
static inline bool options_ask_for_records(const struct options *options)
{
	return options->jsonl || options->wet || options->null;
}

/*
 * Fill in the options from the configuration file and the command line;
 * false after a complaint.  Free them in either case.
 */
bool options_parse(struct options *options, int argc, char **argv);
void options_free(struct options *options);

void options_help(void);

#endif
