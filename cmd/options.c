#include "options.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "complain.h"
#include "config.h"
#include "lib/buffer.h"

enum { PATH_SIZE = 4096, JOBS_MAX = 1024 };

const struct option_row option_rows[] = {{'r', "rules", "FILE", "<file>", "add the rules in FILE"},
    {'e', "rule", "RULE", NULL, "add one rule, as 'drop ads: foo.*'"},
    {OPT_PLAIN, "plain", "FILE", "<file>", "drop lines that match a line of FILE, as grep -xif"},
    {OPT_NO_BUILTIN, "no-builtin", NULL, NULL, "without the built-in rules"},
    {OPT_NO_CONFIG, "no-config", NULL, NULL, "without the user's options and rules"},
    {'l', "lang", "LIST", "<languages>", "only these languages' packs, as de,en"},
    {OPT_URL, "url", "URL", NULL, "the page's address, for rules of its site"},
    {OPT_KEEP, "keep", "LIST", "<groups>", "keep what rules of these groups match"},
    {OPT_ONLY, "only", "LIST", "<groups>", "only rules of these groups, as ads,share"},
    {OPT_LEVEL, "level", "N", "1 2 3", "1 only safe rules, 2 default, 3 all"},
    {OPT_RULES_ONLY, "rules-only", NULL, NULL, "do not look for the article"},
    {OPT_TITLE, "title", NULL, NULL, "keep the headline above the article"},
    {'v', "removed", NULL, NULL, "write what is dropped instead"},
    {'x', "explain", "[FORM]", "plain terminal json html",
        "write each line with its verdict and why"},
    {OPT_STATS, "stats", "[FORM]", "table json", "count lines by rule, on stderr"},
    {OPT_MERGE_STATS, "merge-stats", NULL, NULL, "add up FILEs that --stats=json wrote"},
    {OPT_UNWRAP, "unwrap", NULL, NULL, "write each paragraph as one line"},
    {OPT_ENCODING, "encoding", "NAME", "auto utf-8 windows-1252 iso-8859-1 utf-16",
        "of the text; auto, the default, finds out"},
    {OPT_JSONL, "jsonl", "[FIELD]", NULL, "JSON lines: the body of FIELD (text) takes its place"},
    {OPT_JSONL_URL, "jsonl-url", "FIELD", NULL, "the member that has the page's address"},
    {OPT_ANNOTATE, "annotate", NULL, NULL, "leave the text, add \"dropped\": what is not body"},
    {'0', "null", NULL, NULL, "documents end in zero bytes"},
    {OPT_WET, "wet", NULL, NULL, "Common Crawl's text records (WARC), gzip too"},
    {OPT_BAD, "bad", "WHAT", "pass skip stop", "what to do with bad records (default pass)"},
    {OPT_DROP_EMPTY, "drop-empty", NULL, NULL, "without records that have no body"},
    {'j', "jobs", "N", NULL, "work with N threads (default: all cores)"},
    {OPT_PROGRESS, "progress", NULL, NULL, "tell how far it is, on a terminal"},
    {OPT_HOLD, "hold", "SIZE", NULL, "hold at most SIZE undecided (default 1M)"},
    {OPT_COLOR, "color", "WHEN", "always never auto", "colour for --explain"},
    {OPT_LIST_RULES, "list-rules", NULL, NULL, "list the rules and exit"},
    {OPT_CHECK, "check", NULL, NULL, "test the examples in rule FILEs (default: all)"},
    {OPT_CORPUS, "corpus", "DIR", "<directory>", "with --check: what rules cost on marked pages"},
    {OPT_SUGGEST, "suggest", NULL, NULL, "write a site's pack from FILEs, its pages"},
    {OPT_NEW_PACK, "new-pack", "LANG", "<languages>", "write a skeleton of a language's pack"},
    {OPT_PRINT_CONFIG, "print-config", NULL, NULL,
        "show options and rules, and where they are from"},
    {OPT_COMPLETION, "completion", "SHELL", "bash zsh fish", "write completions for the shell"},
    {'h', "help", NULL, NULL, "this text"},
    {'V', "version", NULL, NULL, "versions of the program, PCRE2 and built-in rules"}, {0}};

static bool is_optional(const char *value)
{
	return value && value[0] == '[';
}

/* "FORM" or "[FORM]" after "--name". */
static void print_option(const struct option_row *row)
{
	char spelled[40];

	if (is_optional(row->value))
		snprintf(spelled, sizeof spelled, "--%s[=%s", row->name, row->value + 1);
	else
		snprintf(spelled, sizeof spelled, "--%s%s%s", row->name, row->value ? "=" : "",
		    row->value ? row->value : "");
	if (row->code < OPT_FIRST)
		printf("  -%c, %-17s %s\n", row->code, spelled, row->text);
	else
		printf("      %-17s %s\n", spelled, row->text);
}

void options_help(void)
{
	printf("usage: declutter [options] [file ...]: write the article on a page's plain text\n"
	       "\n");
	for (const struct option_row *row = option_rows; row->name; row++)
		print_option(row);
}

/* ---- values ---- */

/* "64K", "1M": bytes. */
static bool parse_size(const char *text, size_t *size)
{
	char *end;
	errno = 0;
	unsigned long long number = strtoull(text, &end, 10);
	const char *units = "KMG",
	           *unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
	unsigned shift = unit ? (unsigned)(unit - units + 1) * 10 : 0;

	if (!isdigit((unsigned char)*text) || errno || end[unit != NULL] != '\0' ||
	    number > (SIZE_MAX >> shift))
		return false;
	*size = (size_t)number << shift;
	return *size >= DECLUTTER_HOLD_MIN;
}

static bool parse_color(const char *when, bool *color)
{
	const char *no_color = getenv("NO_COLOR");

	*color = strcmp(when, "always") == 0;
	if (strcmp(when, "auto") == 0)
		*color = isatty(STDOUT_FILENO) && !(no_color && *no_color);
	else if (!*color && strcmp(when, "never") != 0)
		return false;
	return true;
}

/* The number of the word among those, counted from 1; 0 if it is none of them. */
static int find_word(const char *word, const char *const *words)
{
	for (int i = 0; words[i]; i++)
		if (strcmp(word, words[i]) == 0)
			return i + 1;
	return 0;
}

static bool take_explain(struct options *options, const char *form)
{
	static const char *const forms[] = {"plain", "terminal", "json", "html", NULL};
	bool terminal = isatty(STDOUT_FILENO);

	options->explain = terminal ? EXPLAIN_TERMINAL : EXPLAIN_PLAIN;
	if (form)
		options->explain = (enum explain_form)find_word(form, forms);
	return options->explain != EXPLAIN_NOT ||
	       refuse("--explain", "write plain, terminal, json or html");
}

static bool take_stats(struct options *options, const char *form)
{
	static const char *const forms[] = {"table", "json", NULL};

	options->stats = form ? (enum stats_form)find_word(form, forms) : STATS_TABLE;
	return options->stats != STATS_NOT || refuse("--stats", "write table or json");
}

static bool take_bad(struct options *options, const char *what)
{
	static const char *const words[] = {"pass", "skip", "stop", NULL};
	int word = find_word(what, words);

	options->bad = (enum bad)(word - 1);
	return word > 0 || refuse("--bad", "write pass, skip or stop");
}

static bool take_level(struct options *options, const char *text)
{
	static const char *const levels[] = {"1", "2", "3", NULL};

	options->selection.level = find_word(text, levels);
	return options->selection.level > 0 || refuse("--level", "write 1, 2 or 3");
}

static bool take_jobs(struct options *options, const char *text)
{
	char *end;
	unsigned long jobs = strtoul(text, &end, 10);

	options->jobs = jobs;
	return (isdigit((unsigned char)*text) && !*end && jobs > 0 && jobs <= JOBS_MAX) ||
	       refuse("--jobs", "write a number from 1 to 1024");
}

static bool take_mode(struct options *options, enum mode mode, const char *argument)
{
	/* Whoever asks for help gets it, whatever else is asked. */
	if (options->mode == MODE_HELP || mode == MODE_HELP) {
		options->mode = MODE_HELP;
		return true;
	}
	if (options->mode != MODE_FILTER && options->mode != mode)
		return refuse("options", "two that each are a whole task: choose one");
	options->mode = mode;
	options->mode_argument = argument;
	return true;
}

/* An option with a value to be understood. */
static bool take_value(struct options *options, int code, const char *value)
{
	switch (code) {
	case OPT_LEVEL:
		return take_level(options, value);
	case OPT_HOLD:
		if (!parse_size(value, &options->settings.hold))
			return refuse("--hold", "write a size of at least 4K, as 64K or 1M");
		return true;
	case OPT_COLOR:
		if (!parse_color(value, &options->color))
			return refuse("--color", "write always, never or auto");
		return true;
	case 'x':
		return take_explain(options, value);
	case OPT_STATS:
		return take_stats(options, value);
	case OPT_BAD:
		return take_bad(options, value);
	case 'j':
		return take_jobs(options, value);
	case OPT_JSONL:
		options->jsonl = value ? value : "text";
		return true;
	case OPT_JSONL_URL:
		options->jsonl_url = value;
		return true;
	case 'l':
		options->selection.languages = value;
		return true;
	case OPT_URL:
		options->settings.url = value;
		return true;
	case OPT_KEEP:
		options->selection.keep_groups = value;
		return true;
	case OPT_ONLY:
		options->selection.only_groups = value;
		return true;
	case OPT_CORPUS:
		options->corpus = value;
		return true;
	default:
		options->encoding = value;
		return true;
	}
}

static bool take_option(struct options *options, int code, const char *value)
{
	switch (code) {
	case 'r':
	case 'e':
	case OPT_PLAIN:
		options->layers[options->layer_count++] = (struct layer){code, value};
		return true;
	case OPT_NO_BUILTIN:
		return options->no_builtin = true;
	case OPT_NO_CONFIG:
		return options->no_config = true;
	case OPT_RULES_ONLY:
		return options->settings.phrases_only = true;
	case OPT_TITLE:
		return options->settings.title = true;
	case 'v':
		return options->removed = true;
	case OPT_UNWRAP:
		return options->settings.unwrap = true;
	case OPT_ANNOTATE:
		return options->annotate = true;
	case '0':
		return options->null = true;
	case OPT_WET:
		return options->wet = true;
	case OPT_DROP_EMPTY:
		return options->drop_empty = true;
	case OPT_PROGRESS:
		return options->progress = true;
	case OPT_LIST_RULES:
		return take_mode(options, MODE_LIST_RULES, NULL);
	case OPT_CHECK:
		return take_mode(options, MODE_CHECK, NULL);
	case OPT_SUGGEST:
		return take_mode(options, MODE_SUGGEST, NULL);
	case OPT_NEW_PACK:
		return take_mode(options, MODE_NEW_PACK, value);
	case OPT_MERGE_STATS:
		return take_mode(options, MODE_MERGE_STATS, NULL);
	case OPT_PRINT_CONFIG:
		return take_mode(options, MODE_PRINT_CONFIG, NULL);
	case OPT_COMPLETION:
		return take_mode(options, MODE_COMPLETION, value);
	case 'h':
		return take_mode(options, MODE_HELP, NULL);
	case 'V':
		return take_mode(options, MODE_VERSION, NULL);
	default:
		return take_value(options, code, value);
	}
}

/* ---- command line ---- */

enum { OPTIONS_MAX = 64 };

/* The table's letters as getopt wants them, with a colon where there is a value. */
static const char letters[] = ":r:e:l:j:vx0hV";

/* The table as getopt wants it. */
static void lay_out(struct option longs[OPTIONS_MAX])
{
	size_t i = 0;

	for (; option_rows[i].name; i++)
		longs[i] = (struct option){option_rows[i].name,
		    !option_rows[i].value               ? no_argument
		    : is_optional(option_rows[i].value) ? optional_argument
		                                        : required_argument,
		    NULL, option_rows[i].code};
	longs[i] = (struct option){0};
}

static const struct option_row *find_row(const char *name, int code)
{
	for (const struct option_row *row = option_rows; row->name; row++)
		if (name ? strcmp(row->name, name) == 0 : row->code == code)
			return row;
	return NULL;
}

/* Remember for --print-config; where is NULL or for options_free to free. */
static bool note_given(struct options *options, int code, const char *value, char *where)
{
	struct given *given = &options->given[options->given_count];
	struct buffer text = {0};
	const char *name = find_row(NULL, code)->name;
	bool done = buffer_append(&text, name, strlen(name)) &&
	            (!value || buffer_append_byte(&text, '=')) &&
	            (!value || buffer_append(&text, value, strlen(value))) &&
	            buffer_append_byte(&text, '\0');

	/* Freed with the options, as is where. */
	*given = (struct given){text.data, where};
	options->given_count++;
	return done || refuse("options", "out of memory");
}

/* Tasks are for the command line, and so is what would undo the file itself. */
static bool may_configure(int code)
{
	return code != OPT_LIST_RULES && code != OPT_CHECK && code != OPT_CORPUS &&
	       code != OPT_SUGGEST && code != OPT_NEW_PACK && code != OPT_PRINT_CONFIG &&
	       code != OPT_COMPLETION && code != OPT_MERGE_STATS && code != OPT_NO_CONFIG &&
	       code != 'h' && code != 'V';
}

static bool is_asked(int argc, char **argv, int wanted)
{
	struct option longs[OPTIONS_MAX];
	int code;

	lay_out(longs);
	optind = 0;
	while ((code = getopt_long(argc, argv, letters, longs, NULL)) != -1)
		if (code == wanted)
			return true;
	return false;
}

/* Say what is wrong with the argument at which getopt stopped. */
static bool refuse_argument(char **argv, int code)
{
	/* Of a group of letters the argument is passed only with the last one. */
	char letter[] = {'-', (char)optopt, '\0'};

	if (code == ':')
		return refuse(argv[optind - 1], "a value is missing; --help shows how to write it");
	if (optopt == '=')
		return refuse(
		    "=", "a value goes with an option's long name, as in --explain=plain");
	if (optopt && find_row(NULL, optopt))
		return refuse(argv[optind - 1], "this option takes no value");
	return refuse(optopt ? letter : argv[optind - 1], "no such option; --help lists them");
}

static bool parse_arguments(struct options *options, int argc, char **argv)
{
	struct option longs[OPTIONS_MAX];
	int code;

	lay_out(longs);
	optind = 0;
	while ((code = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (code == '?' || code == ':')
			return refuse_argument(argv, code);
		if (!take_option(options, code, optarg))
			return false;
		/* What is printed is to be a configuration file again. */
		if (may_configure(code) && !note_given(options, code, optarg, NULL))
			return false;
	}
	options->files = argv + optind;
	return true;
}

/* ---- the configuration file ---- */

static char *trim(char *line)
{
	size_t size;

	line += strspn(line, " \t");
	size = strlen(line);
	while (size > 0 && strchr(" \t\r", line[size - 1]))
		line[--size] = '\0';
	return line;
}

static bool complain_at(const char *path, unsigned line, const char *message)
{
	fprintf(stderr, "declutter: %s:%u:1: %s\n", path, line, message);
	return false;
}

/* "name", "name=value" or "name value". */
static bool take_line(struct options *options, char *text, const char *path, unsigned line)
{
	size_t size = strcspn(text, "= \t");
	char *value = text[size] ? trim(text + size) : NULL;
	char where[PATH_SIZE + 16], *kept;

	if (value && *value == '=')
		value = trim(value + 1);
	text[size] = '\0';
	const struct option_row *row = find_row(text, 0);
	if (!row)
		return complain_at(path, line, "no such option; declutter --help lists them");
	if (!may_configure(row->code))
		return complain_at(path, line, "this option is for the command line only");
	if (!row->value && value)
		return complain_at(path, line, "this option takes no value");
	if (row->value && !is_optional(row->value) && !value)
		return complain_at(path, line, "the value is missing: write \"name=value\"");
	if (!take_option(options, row->code, value))
		return complain_at(path, line, "the value is not understood");
	snprintf(where, sizeof where, "%s:%u", path, line);
	kept = strdup(where);
	if (!kept)
		return refuse("options", "out of memory");
	return note_given(options, row->code, value, kept);
}

/* Room for so many options; each is a layer of rules at most. */
static bool reserve(struct options *options, size_t count)
{
	options->layers = calloc(count, sizeof *options->layers);
	options->given = calloc(count, sizeof *options->given);
	return (options->layers && options->given) || refuse("options", "out of memory");
}

static bool parse_config(struct options *options, const char *path)
{
	unsigned number = 0;

	for (char *line = options->config, *next; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		number++;
		line = trim(line);
		if (strncmp(line, "--", 2) == 0)
			line += 2;
		if (*line && *line != '#' && !take_line(options, line, path, number))
			return false;
	}
	return true;
}

static bool is_consistent(const struct options *options)
{
	if (options->removed && options->explain)
		return refuse("-v and -x", "choose one: -x shows what -v writes, too");
	if (options->corpus && options->mode != MODE_CHECK)
		return refuse("--corpus", "it is for --check");
	bool records = options_ask_for_records(options);
	if ((options->jsonl != NULL) + options->wet + options->null > 1)
		return refuse("--jsonl, --wet and -0", "choose one");
	if (records && strcasecmp(options->encoding, "auto") != 0 &&
	    strcasecmp(options->encoding, "utf-8") != 0)
		return refuse("--encoding", "records are UTF-8");
	if (records && options->explain)
		return refuse("--explain", "it is for pages, not for records");
	if (options->annotate && (!options->jsonl || options->removed))
		return refuse("--annotate", "it is for --jsonl, without -v");
	if (options->jsonl_url && !options->jsonl)
		return refuse("--jsonl-url", "it is for --jsonl");
	if (options->jsonl_url && strcmp(options->jsonl, options->jsonl_url) == 0)
		return refuse("--jsonl-url", "it names the text, not an address");
	return true;
}

/* All the cores this process may use for files; one where someone waits for each line. */
static size_t default_jobs(const struct options *options)
{
	cpu_set_t cores;

	if (!*options->files && isatty(STDIN_FILENO))
		return 1;
	if (sched_getaffinity(0, sizeof cores, &cores) != 0)
		return 1;
	return (size_t)CPU_COUNT(&cores);
}

bool options_parse(struct options *options, int argc, char **argv)
{
	char path[PATH_SIZE] = "";
	bool failed = false;

	*options = (struct options){.encoding = "auto"};
	parse_color("auto", &options->color);
	if (!is_asked(argc, argv, OPT_NO_CONFIG) && config_path("config", path, sizeof path))
		options->config = config_read(path, &failed);
	/* No option is shorter than a character. */
	size_t most = options->config ? strlen(options->config) : 0;
	for (int i = 0; i < argc; i++)
		most += strlen(argv[i]);
	bool done = !failed && reserve(options, most + 1) &&
	            (!options->config || parse_config(options, path)) &&
	            parse_arguments(options, argc, argv) && is_consistent(options);
	if (done && options->jobs == 0)
		options->jobs = default_jobs(options);
	return done;
}

void options_free(struct options *options)
{
	for (size_t i = 0; i < options->given_count; i++) {
		free((void *)options->given[i].text);
		free(options->given[i].where);
	}
	free(options->given);
	free(options->layers);
	free(options->config);
}
