/* declutter: writes the article on a web page, given the page's plain text. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/complain.h"
#include "cmd/completion.h"
#include "cmd/config.h"
#include "cmd/encoding.h"
#include "cmd/explain.h"
#include "cmd/file.h"
#include "cmd/merge.h"
#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/pack.h"
#include "cmd/records.h"
#include "cmd/sandbox.h"
#include "cmd/stats.h"

enum { EXIT_CHECK = 1, EXIT_TROUBLE = 2 };

enum {
	PIECE = 65536, /* bytes read at once */
	PATH_SIZE = 4096
};

static void print_version(void)
{
	char pcre2[64];

	declutter_pcre2_version(pcre2, sizeof pcre2);
	printf("declutter %s\nPCRE2 %s\nbuilt-in rules %s\n", declutter_version(), pcre2,
	    declutter_builtin_hash());
}

/* ---- rules ---- */

/* Expressions are told apart as the lines of one text, of which this one follows so many. */
static bool add_expression(struct declutter_rules *rules, const char *expression, size_t *lines,
    struct declutter_error *error)
{
	size_t above = *lines, size = strlen(expression);
	char *text = malloc(above + size + 1);

	if (!text) {
		*error = (struct declutter_error){.message = "out of memory"};
		return false;
	}
	memset(text, '\n', above);
	memcpy(text + above, expression, size + 1);
	bool done = declutter_rules_add_text(rules, "-e", text, above + size, error);
	++*lines;
	for (size_t i = above; i < above + size; i++)
		*lines += text[i] == '\n';
	free(text);
	return done;
}

static bool add_layer(struct declutter_rules *rules, const struct layer *layer, size_t *lines,
    struct declutter_error *error)
{
	const char *argument = layer->argument;

	if (layer->option == 'r')
		return declutter_rules_add_file(rules, argument, error);
	if (layer->option == 'e')
		return add_expression(rules, argument, lines, error);
	return declutter_rules_add_plain(rules, argument, error);
}

static bool add_layers(
    struct declutter_rules *rules, const struct options *options, struct declutter_error *error)
{
	char directory[PATH_SIZE];
	size_t lines = 0; /* of the expressions */

	if (!options->no_builtin && !declutter_rules_add_builtin(rules, error))
		return false;
	if (!options->no_config && config_path("rules", directory, sizeof directory) &&
	    !declutter_rules_add_directory(rules, directory, error))
		return false;
	for (size_t i = 0; i < options->layer_count; i++)
		if (!add_layer(rules, &options->layers[i], &lines, error))
			return false;
	if (options->mode == MODE_CHECK)
		for (char **file = options->files; *file; file++)
			if (!declutter_rules_add_file(rules, *file, error))
				return false;
	return declutter_rules_settle(rules, &options->selection, error);
}

/* The settled rules, or NULL after a complaint; --check counts what is wrong with the files. */
static struct declutter_rules *load_rules(const struct options *options, size_t *failures)
{
	struct declutter_error error;
	struct declutter_rules *rules = declutter_rules_new();

	if (!rules) {
		complain("rules", "out of memory");
		return NULL;
	}
	if (options->mode == MODE_CHECK)
		declutter_rules_report(rules, pack_report, failures);
	if (add_layers(rules, options, &error))
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

/* ---- filtering ---- */

struct run {
	const struct options *options;
	struct explain explain;
	struct stats stats;
	struct encoding *encoding; /* of the document at hand */
	bool within_line;          /* what was written last has no line end */
};

static void write_verdict(
    struct run *run, const struct declutter_verdict *verdict, struct encoded text)
{
	if (verdict->kept == run->options->removed || text.size == 0)
		return;
	fwrite_unlocked(text.bytes, 1, text.size, stdout);
	run->within_line = verdict->bytes[verdict->size - 1] != '\n';
}

static bool take_verdict(void *context, const struct declutter_verdict *verdict)
{
	struct run *run = context;
	/* Asked for in any case: what is restored need not be remembered. */
	struct encoded text = encoding_restore(run->encoding, verdict);

	if (run->options->stats)
		stats_count(&run->stats, verdict);
	if (run->options->explain)
		explain_verdict(&run->explain, verdict);
	else
		write_verdict(run, verdict, text);
	return !ferror_unlocked(stdout);
}

static void take_warning(void *context, const char *message)
{
	(void)context;
	fprintf(stderr, "declutter: %s\n", message);
}

/* Until there is more to read, or all is done. */
static bool work_meanwhile(
    int fd, struct declutter_document *document, struct declutter_error *error)
{
	bool more = true;

	while (more && !file_is_ready(fd))
		if (!declutter_document_work(document, &more, error))
			return false;
	return true;
}

/* Read the descriptor to its end into the document; false after a complaint. */
static bool pump(
    int fd, const char *name, struct encoding *encoding, struct declutter_document *document)
{
	struct declutter_error error;
	char *piece = malloc(PIECE);
	ssize_t size = 0;
	bool done = piece != NULL;

	if (!done)
		complain(name, "out of memory");
	while (done && (size = file_read_some(fd, piece, PIECE)) != 0) {
		if (size < 0) {
			complain(name, strerror(errno));
			break;
		}
		/* What is decided goes out at once, for whoever waits for it. */
		done = encoding_feed(encoding, document, piece, (size_t)size, &error) &&
		       work_meanwhile(fd, document, &error) && fflush(stdout) == 0;
	}
	free(piece);
	/* After a read error what came before it is still written. */
	if (done && (!encoding_end(encoding, document, &error) ||
	                !declutter_document_end(document, &error)))
		done = false;
	if (!done && piece && !ferror(stdout))
		complain_error(&error);
	return done && size == 0;
}

/* Two documents do not share a line. */
static void end_line(struct run *run)
{
	struct encoded newline = encoding_newline(run->encoding);

	if (run->within_line)
		fwrite(newline.bytes, 1, newline.size, stdout);
	run->within_line = false;
}

static bool filter_document(
    int fd, const char *name, bool is_last, const struct declutter_rules *rules, struct run *run)
{
	struct encoding *encoding = encoding_new(run->options->encoding);
	if (!encoding)
		return false;
	struct declutter_document *document =
	    declutter_document_new(rules, &run->options->settings);
	run->encoding = encoding;
	run->stats.documents++;
	if (run->options->explain)
		explain_document(&run->explain, name);
	bool done = document ? pump(fd, name, encoding, document) : refuse(name, "out of memory");
	declutter_document_free(document);
	if (!is_last)
		end_line(run);
	encoding_free(encoding);
	return done;
}

static bool filter_file(
    const char *name, bool is_last, const struct declutter_rules *rules, struct run *run)
{
	if (strcmp(name, "-") == 0)
		return filter_document(STDIN_FILENO, "standard input", is_last, rules, run);
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return refuse(name, strerror(errno));
	bool done = filter_document(fd, name, is_last, rules, run);
	close(fd);
	return done;
}

static bool filter_files(char **files, const struct declutter_rules *rules, struct run *run)
{
	static char *standard_input[] = {"-", NULL};
	bool done = true;

	for (char **file = *files ? files : standard_input; *file && !ferror(stdout); file++)
		done &= filter_file(*file, file[1] == NULL, rules, run);
	return done;
}

static bool filter(struct options *options, const struct declutter_rules *rules)
{
	struct run run = {.options = options};
	bool done = true;

	options->settings.context = &run;
	options->settings.verdict = take_verdict;
	options->settings.gather = !options->explain && !options->stats;
	options->settings.warn = take_warning;
	bool records = options_ask_for_records(options);
	options->settings.ahead = options->jobs > 1 && !records;
	if (options->null)
		output_unit('\0');
	if ((options->stats || records) && !stats_init(&run.stats, rules))
		done = refuse("--stats", "out of memory");
	if (options->explain)
		done = done && explain_begin(&run.explain, options, rules);
	if (done) {
		done = records ? records_filter(options, rules, &run.stats)
		               : filter_files(options->files, rules, &run);
		if (options->explain && !explain_end(&run.explain))
			done = refuse("--explain", "out of memory");
		if (options->stats && !stats_print(&run.stats, options->stats))
			done = refuse("--stats", "out of memory");
	}
	stats_fini(&run.stats);
	options->settings.context = NULL;
	return done;
}

/* ---- what it is asked to do ---- */

static int status_of(bool done)
{
	return done ? EXIT_SUCCESS : EXIT_TROUBLE;
}

/* failures says how many checks of the rule files failed already. */
static int run_with_rules(
    struct options *options, const struct declutter_rules *rules, size_t failures)
{
	switch (options->mode) {
	case MODE_LIST_RULES:
		list_rules(rules);
		return EXIT_SUCCESS;
	case MODE_CHECK:
		if (!pack_check(options, rules, &failures))
			return EXIT_TROUBLE;
		return failures ? EXIT_CHECK : EXIT_SUCCESS;
	case MODE_SUGGEST:
		return status_of(pack_suggest(options, rules));
	case MODE_PRINT_CONFIG:
		config_print(options, rules);
		return EXIT_SUCCESS;
	case MODE_COMPLETION:
		return status_of(completion_print(options->mode_argument, rules));
	default:
		return status_of(filter(options, rules));
	}
}

static int do_task(struct options *options)
{
	struct declutter_rules *rules;
	size_t failures = 0;
	int status;

	switch (options->mode) {
	case MODE_HELP:
		options_help();
		return EXIT_SUCCESS;
	case MODE_VERSION:
		print_version();
		return EXIT_SUCCESS;
	case MODE_MERGE_STATS:
		return status_of(merge_stats(options->files));
	case MODE_NEW_PACK:
		return status_of(pack_new(options->mode_argument));
	default:
		rules = load_rules(options, &failures);
		status = EXIT_TROUBLE;
		if (rules) {
			sandbox_enter(options);
			status = run_with_rules(options, rules, failures);
		}
		declutter_rules_free(rules);
		return status;
	}
}

int main(int argc, char **argv)
{
	struct output output;
	struct messages messages;
	struct options options;
	int status = EXIT_TROUBLE;

	if (!messages_begin(&messages))
		return EXIT_TROUBLE;
	if (output_begin(&output)) {
		if (options_parse(&options, argc, argv))
			status = do_task(&options);
		options_free(&options);
		if (!output_end(&output))
			status = EXIT_TROUBLE;
	}
	messages_end(&messages);
	return status;
}
