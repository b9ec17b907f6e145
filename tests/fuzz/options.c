/*
 * The command line and the configuration file.
 * Input: a byte that says how many of the lines that follow are the file; the others are
 * arguments.
 */
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/options.h"
#include "fuzz.h"

enum { ARGUMENTS_MOST = 64 };

static char config[64]; /* the file's path */

static void remove_home(void)
{
	char *slash;

	unlink(config);
	for (int i = 0; i < 2 && (slash = strrchr(config, '/')); i++) {
		*slash = '\0';
		rmdir(config);
	}
}

static void make_home(void)
{
	char home[] = "/dev/shm/declutter-fuzz-XXXXXX", directory[sizeof config];

	PROMISE(mkdtemp(home));
	snprintf(directory, sizeof directory, "%s/declutter", home);
	PROMISE(mkdir(directory, 0700) == 0 && setenv("XDG_CONFIG_HOME", home, 1) == 0);
	snprintf(config, sizeof config, "%s/declutter/config", home);
	atexit(remove_home);
}

static void write_config(const char *text, size_t size)
{
	FILE *file = fopen(config, "w");

	PROMISE(file && fwrite(text, 1, size, file) == size && fclose(file) == 0);
}

/* So many lines, with the last one's end. */
static size_t measure_lines(const char *text, unsigned count)
{
	const char *at = text;

	for (; count > 0 && (at = strchr(at, '\n')); count--)
		at++;
	return at ? (size_t)(at - text) : strlen(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	unsigned config_lines = take_byte(&bytes, &size);
	char *text = strndup((const char *)bytes, size),
	     *arguments[ARGUMENTS_MOST + 2] = {"declutter"};
	struct options options;
	int count = 1;

	PROMISE(text);
	if (!config[0])
		make_home();
	size_t config_size = measure_lines(text, config_lines);
	write_config(text, config_size);
	for (char *line = text + config_size; line && count <= ARGUMENTS_MOST;)
		arguments[count++] = strsep(&line, "\n");
	if (options_parse(&options, count, arguments)) {
		PROMISE(options.jobs >= 1 && options.encoding && options.files);
		PROMISE(!(options.removed && options.explain));
		PROMISE(options.settings.hold == 0 || options.settings.hold >= DECLUTTER_HOLD_MIN);
	}
	options_free(&options);
	free(text);
	return 0;
}
