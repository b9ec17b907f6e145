/* declutter: writes the article on a web page, given the page's plain text. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/declutter.h"

enum { EXIT_CHECK = 1, EXIT_TROUBLE = 2 };

/* Bytes read at once. */
enum { PIECE = 65536 };

/* ---- options ---- */

/* X(code, long name, argument's name or NULL, what it does). */
#define OPTIONS(X) \
	X('r', "rules", "FILE", "add the rules in FILE") \
	X('e', "rule", "RULE", "add one rule, as 'drop ads: foo.*'") \
	X(OPT_PLAIN, "plain", "FILE", "drop lines that match a line of FILE, as grep -xif") \
	X(OPT_NO_BUILTIN, "no-builtin", NULL, "without the built-in rules") \
	X(OPT_NO_CONFIG, "no-config", NULL, "without the rules in the user's directory") \
	X('l', "lang", "LIST", "only these languages' packs, as de,en") \
	X(OPT_URL, "url", "URL", "the page's address, for rules of its site") \
	X(OPT_KEEP, "keep", "LIST", "keep what rules of these groups match, as byline,date") \
	X(OPT_ONLY, "only", "LIST", "only rules of these groups, as ads,share") \
	X(OPT_LEVEL, "level", "N", "1 only safe rules, 2 default, 3 all") \
	X(OPT_RULES_ONLY, "rules-only", NULL, "phrase rules only: do not look for the article") \
	X('v', "removed", NULL, "write what is dropped instead") \
	X('x', "explain", NULL, "write every line with its verdict and why") \
	X(OPT_STATS, "stats", NULL, "count lines by rule, on standard error") \
	X(OPT_UNWRAP, "unwrap", NULL, "write each paragraph as one line") \
	X(OPT_HOLD, "hold", "SIZE", "hold at most SIZE undecided (default 1M)") \
	X(OPT_COLOR, "color", "WHEN", "always, never or auto: colour for --explain") \
	X(OPT_LIST_RULES, "list-rules", NULL, "list the rules and exit") \
	X(OPT_CHECK, "check", NULL, "test the examples in rule FILEs (default: all rules)") \
	X('h', "help", NULL, "this text") \
	X('V', "version", NULL, "versions of the program, PCRE2 and the built-in rules")

enum {
	OPT_FIRST = CHAR_MAX,
	OPT_PLAIN,
	OPT_NO_BUILTIN,
	OPT_NO_CONFIG,
	OPT_URL,
	OPT_KEEP,
	OPT_ONLY,
	OPT_LEVEL,
	OPT_RULES_ONLY,
	OPT_STATS,
	OPT_UNWRAP,
	OPT_HOLD,
	OPT_COLOR,
	OPT_LIST_RULES,
	OPT_CHECK
};

/* A layer of rules, in the order of the command line. */
struct layer {
	int option;
	const char *argument;
};

struct options {
	struct layer *layers;
	size_t layer_count;
	bool no_builtin, no_config;
	bool removed, explain, stats, list_rules, check;
	bool color;
	struct declutter_selection selection;
	struct declutter_settings settings;
};

static void complain(const char *what, const char *why)
{
	fprintf(stderr, "declutter: %s: %s\n", what, why);
}

static void complain_error(const struct declutter_error *error)
{
	fprintf(stderr, "declutter: ");
	if (error->file[0])
		fprintf(stderr, "%s:", error->file);
	if (error->line > 0)
		fprintf(stderr, "%u:%u:", error->line, error->column);
	fprintf(stderr, "%s%s\n", error->file[0] ? " " : "", error->message);
}

static void print_option(int code, const char *name, const char *argument, const char *text)
{
	char spelled[32];

	snprintf(spelled, sizeof spelled, "--%s%s%s", name, argument ? "=" : "",
	    argument ? argument : "");
	if (code < OPT_FIRST)
		printf("  -%c, %-15s %s\n", code, spelled, text);
	else
		printf("      %-15s %s\n", spelled, text);
}

static void print_help(void)
{
	printf("usage: declutter [options] [file ...]\n"
	       "Writes the article on a web page, given the page's plain text.\n\n");
#define X(code, name, argument, text) print_option(code, name, argument, text);
	OPTIONS(X)
#undef X
	printf("\nExit status: 0 done, 1 a check failed, 2 trouble.  See declutter(1).\n");
}

static void print_version(void)
{
	char pcre2[64];

	declutter_pcre2_version(pcre2, sizeof pcre2);
	printf("declutter %s\nPCRE2 %s\nbuilt-in rules %s\n", declutter_version(), pcre2,
	    declutter_builtin_hash());
}

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

static bool refuse(const char *option, const char *what)
{
	complain(option, what);
	return false;
}

/* An option with a value to be understood. */
static bool take_value(struct options *options, int code, char *value)
{
	switch (code) {
	case OPT_LEVEL:
		options->selection.level = value[0] - '0';
		if (value[0] < '1' || value[0] > '3' || value[1])
			return refuse("--level", "write 1, 2 or 3");
		return true;
	case OPT_HOLD:
		if (!parse_size(value, &options->settings.hold))
			return refuse("--hold", "write a size of at least 4K, as 64K or 1M");
		return true;
	case OPT_COLOR:
		if (!parse_color(value, &options->color))
			return refuse("--color", "write always, never or auto");
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
	default:
		options->selection.only_groups = value;
		return true;
	}
}

static bool take_option(struct options *options, int code, char *value)
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
	case 'v':
		return options->removed = true;
	case 'x':
		return options->explain = true;
	case OPT_STATS:
		return options->stats = true;
	case OPT_UNWRAP:
		return options->settings.unwrap = true;
	case OPT_LIST_RULES:
		return options->list_rules = true;
	case OPT_CHECK:
		return options->check = true;
	default:
		return take_value(options, code, value);
	}
}

/* Fills in the options; false after a complaint.  -h and -V end the program. */
static bool parse_options(struct options *options, int argc, char **argv)
{
	static const struct option longs[] = {
#define X(code, name, argument, text) {name, (argument) != NULL, NULL, code},
	    OPTIONS(X)
#undef X
	        {0}};

	*options = (struct options){.layers = calloc((size_t)argc, sizeof *options->layers)};
	if (!options->layers)
		return refuse("options", "out of memory");
	parse_color("auto", &options->color);
	for (int code; (code = getopt_long(argc, argv, ":r:e:l:vxhV", longs, NULL)) != -1;) {
		if (code == 'h' || code == 'V') {
			code == 'h' ? print_help() : print_version();
			exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_TROUBLE);
		}
		if (code == '?' || code == ':')
			return refuse(argv[optind - 1],
			    code == ':' ? "a value is missing; --help shows how to write it"
			                : "no such option; --help lists them");
		if (!take_option(options, code, optarg))
			return false;
	}
	if (options->removed && options->explain)
		return refuse("-v and -x", "choose one: -x shows what -v writes, too");
	return true;
}

/* ---- rules ---- */

/* The user's rule directory, in text; false if there is no home to have one in. */
static bool find_config(char *text, size_t size)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	int length;

	if (config && config[0] == '/')
		length = snprintf(text, size, "%s/declutter/rules", config);
	else if (home && *home)
		length = snprintf(text, size, "%s/.config/declutter/rules", home);
	else
		return false;
	return length > 0 && (size_t)length < size;
}

static bool add_layer(
    struct declutter_rules *rules, const struct layer *layer, struct declutter_error *error)
{
	const char *argument = layer->argument;

	if (layer->option == 'r')
		return declutter_rules_add_file(rules, argument, error);
	if (layer->option == 'e')
		return declutter_rules_add_text(rules, "-e", argument, strlen(argument), error);
	return declutter_rules_add_plain(rules, argument, error);
}

static bool add_layers(struct declutter_rules *rules, const struct options *options, char **files,
    struct declutter_error *error)
{
	char config[PATH_MAX];

	if (!options->no_builtin && !declutter_rules_add_builtin(rules, error))
		return false;
	if (!options->no_config && find_config(config, sizeof config) &&
	    !declutter_rules_add_directory(rules, config, error))
		return false;
	for (size_t i = 0; i < options->layer_count; i++)
		if (!add_layer(rules, &options->layers[i], error))
			return false;
	for (; options->check && *files; files++)
		if (!declutter_rules_add_file(rules, *files, error))
			return false;
	return declutter_rules_settle(rules, &options->selection, error);
}

/* The settled rules, or NULL after a complaint. */
static struct declutter_rules *load_rules(const struct options *options, char **files)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	if (!rules) {
		complain("rules", "out of memory");
		return NULL;
	}
	if (add_layers(rules, options, files, &error))
		return rules;
	complain_error(&error);
	declutter_rules_free(rules);
	return NULL;
}

static void list_rules(const struct declutter_rules *rules)
{
	for (size_t i = 0; i < declutter_rules_count(rules); i++) {
		bool active;
		const struct declutter_rule *rule = declutter_rules_get(rules, i, &active);
		printf("%s:%u\t%s\t%s\t%s\t%s\n", rule->file, rule->line, active ? "on" : "off",
		    rule->verb, rule->group, rule->pattern);
	}
}

static void report_failure(void *context, const struct declutter_error *failure)
{
	(void)context;
	printf("%s:%u:%u: %s\n", failure->file, failure->line, failure->column, failure->message);
}

static int check_rules(const struct declutter_rules *rules, bool builtin)
{
	size_t failures = declutter_rules_check(rules, builtin, report_failure, NULL);

	return failures ? EXIT_CHECK : EXIT_SUCCESS;
}

/* ---- verdicts ---- */

struct output {
	const struct options *options;
	unsigned long *counts; /* lines dropped by rule */
	unsigned long kept, outside;
	int last; /* the last byte written, -1 at the start */
};

static void describe(const struct declutter_verdict *verdict, char *text, size_t size)
{
	double evidence = verdict->evidence / 100.0;

	switch (verdict->reason) {
	case DECLUTTER_RULE:
		snprintf(text, size, "%s %s:%u", verdict->rule->group, verdict->rule->file,
		    verdict->rule->line);
		break;
	case DECLUTTER_ARTICLE:
	case DECLUTTER_OUTSIDE:
		snprintf(text, size, "%s %+.1f", verdict->kept ? "article" : "outside", evidence);
		break;
	case DECLUTTER_NO_ARTICLE:
		snprintf(text, size, "no article found %+.1f", evidence);
		break;
	case DECLUTTER_NO_CLUTTER:
		snprintf(text, size, "no clutter around %+.1f", evidence);
		break;
	case DECLUTTER_NO_RULE:
		snprintf(text, size, "no rule");
		break;
	case DECLUTTER_HOLD_FULL:
		snprintf(text, size, "undecided: hold full");
		break;
	case DECLUTTER_BLANK:
		text[0] = '\0';
		break;
	}
}

/* A line of the input on a terminal: its control characters must do nothing there. */
static void put_visibly(const char *line, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)line[i];
		/* U+0080 to U+009F are controls, too. */
		bool c1 = byte == 0xc2 && i + 1 < size && (unsigned char)line[i + 1] < 0xa0;
		if (!c1 && (byte == '\t' || (byte >= 0x20 && byte != 0x7f)))
			putchar(byte);
		else
			fputs("\xef\xbf\xbd", stdout);
		i += c1;
	}
}

/* Each line with the sign of its verdict and the reason in a margin. */
static void explain(const struct output *output, const struct declutter_verdict *verdict)
{
	char why[320];
	bool blank = verdict->reason == DECLUTTER_BLANK;
	bool dim = output->options->color && !verdict->kept && !blank;
	const char *at = verdict->bytes, *end = at + verdict->size;

	describe(verdict, why, sizeof why);
	while (at < end) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		if (stop > at && stop[-1] == '\r')
			stop--;
		printf("%s%c %-30s | ", dim ? "\033[2m" : "",
		    blank           ? ' '
		    : verdict->kept ? '+'
		                    : '-',
		    why);
		put_visibly(at, (size_t)(stop - at));
		printf("%s\n", dim ? "\033[0m" : "");
		at = newline ? newline + 1 : end;
	}
}

static unsigned long count_lines(const struct declutter_verdict *verdict)
{
	unsigned long lines = verdict->bytes[verdict->size - 1] != '\n';

	for (size_t i = 0; i < verdict->size; i++)
		lines += verdict->bytes[i] == '\n';
	return lines;
}

static void count(struct output *output, const struct declutter_verdict *verdict)
{
	unsigned long lines = count_lines(verdict);

	if (verdict->kept)
		output->kept += lines;
	else if (verdict->rule)
		output->counts[verdict->rule->index] += lines;
	else
		output->outside += lines;
}

static bool take_verdict(void *context, const struct declutter_verdict *verdict)
{
	struct output *output = context;
	const struct options *options = output->options;

	if (options->stats && verdict->reason != DECLUTTER_BLANK)
		count(output, verdict);
	if (options->explain) {
		explain(output, verdict);
	} else if (verdict->kept != options->removed) {
		fwrite_unlocked(verdict->bytes, 1, verdict->size, stdout);
		output->last = (unsigned char)verdict->bytes[verdict->size - 1];
	}
	return !ferror(stdout);
}

static void take_warning(void *context, const char *message)
{
	(void)context;
	fprintf(stderr, "declutter: %s\n", message);
}

struct count {
	const struct declutter_rule *rule;
	unsigned long lines;
};

static int compare_counts(const void *left, const void *right)
{
	const struct count *a = left, *b = right;

	if (a->lines != b->lines)
		return a->lines < b->lines ? 1 : -1;
	return a->rule->index < b->rule->index ? -1 : 1;
}

static void print_stats(const struct output *output, const struct declutter_rules *rules)
{
	size_t total = declutter_rules_count(rules), used = 0;
	struct count *counts = calloc(total + 1, sizeof *counts);

	if (!counts)
		return;
	for (size_t i = 0; i < total; i++)
		if (output->counts[i] > 0)
			counts[used++] =
			    (struct count){declutter_rules_get(rules, i, NULL), output->counts[i]};
	qsort(counts, used, sizeof *counts, compare_counts);
	fprintf(stderr, "%8lu kept\n%8lu outside the article\n", output->kept, output->outside);
	for (size_t i = 0; i < used; i++)
		fprintf(stderr, "%8lu %-10s %s:%u %s\n", counts[i].lines, counts[i].rule->group,
		    counts[i].rule->file, counts[i].rule->line, counts[i].rule->pattern);
	free(counts);
}

/* ---- files ---- */

/* Read the descriptor to its end into the document; false after a complaint. */
static bool pump(int fd, const char *name, struct declutter_document *document)
{
	struct declutter_error error;
	char *piece = malloc(PIECE);
	ssize_t size = 0;
	bool done = piece != NULL;

	if (!done)
		complain(name, "out of memory");
	while (done && (size = read(fd, piece, PIECE)) != 0) {
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0) {
			complain(name, strerror(errno));
			break;
		}
		/* What is decided goes out at once, for whoever waits for it. */
		if (!declutter_document_feed(document, piece, (size_t)size, &error) ||
		    fflush(stdout) != 0)
			done = false;
	}
	free(piece);
	/* After a read error what came before it is still written. */
	if (done && !declutter_document_end(document, &error))
		done = false;
	if (!done && piece && !ferror(stdout))
		complain_error(&error);
	return done && size == 0;
}

static bool filter_file(
    const char *name, const struct declutter_rules *rules, struct output *output)
{
	bool standard = strcmp(name, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return refuse(name, strerror(errno));
	/* Two files do not share a line. */
	if (output->last >= 0 && output->last != '\n' && !output->options->explain)
		putchar('\n');
	struct declutter_document *document =
	    declutter_document_new(rules, &output->options->settings);
	bool done = document ? pump(fd, standard ? "standard input" : name, document)
	                     : refuse(name, "out of memory");
	declutter_document_free(document);
	if (!standard)
		close(fd);
	return done;
}

static int filter(struct options *options, const struct declutter_rules *rules, char **files)
{
	static char *standard_input[] = {"-", NULL};
	struct output output = {.options = options, .last = -1};
	bool done = true;

	output.counts = calloc(declutter_rules_count(rules) + 1, sizeof *output.counts);
	if (!output.counts) {
		complain("rules", "out of memory");
		return EXIT_TROUBLE;
	}
	/* What one piece of input gives is written at once. */
	setvbuf(stdout, NULL, _IOFBF, 2 * PIECE);
	options->settings.context = &output;
	options->settings.verdict = take_verdict;
	options->settings.warn = take_warning;
	for (char **file = *files ? files : standard_input; *file && !ferror(stdout); file++)
		done &= filter_file(*file, rules, &output);
	if (options->stats)
		print_stats(&output, rules);
	free(output.counts);
	return done ? EXIT_SUCCESS : EXIT_TROUBLE;
}

int main(int argc, char **argv)
{
	struct options options;
	struct declutter_rules *rules = NULL;
	int status = EXIT_TROUBLE;

	if (parse_options(&options, argc, argv) &&
	    (rules = load_rules(&options, argv + optind)) != NULL) {
		if (options.list_rules) {
			list_rules(rules);
			status = EXIT_SUCCESS;
		} else if (options.check) {
			status = check_rules(rules, argv[optind] == NULL);
		} else {
			status = filter(&options, rules, argv + optind);
		}
	}
	declutter_rules_free(rules);
	free(options.layers);
	errno = 0;
	if (fflush(stdout) != 0 || ferror(stdout) || close(STDOUT_FILENO) != 0) {
		complain("standard output", strerror(errno ? errno : EIO));
		status = EXIT_TROUBLE;
	}
	return status;
}
