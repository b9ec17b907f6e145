#include "explain.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "complain.h"
#include "html.h"
#include "lib/text.h"
#include "visible.h"

const char *explain_reason(const struct declutter_verdict *verdict)
{
	switch (verdict->reason) {
	case DECLUTTER_RULE:
		return verdict->rule->group;
	case DECLUTTER_ARTICLE:
		return verdict->kept ? "article" : "outside";
	case DECLUTTER_OUTSIDE:
		return "outside";
	case DECLUTTER_NO_ARTICLE:
		return "no-article";
	case DECLUTTER_NO_CLUTTER:
		return "no-clutter";
	case DECLUTTER_NO_RULE:
		return "no-rule";
	case DECLUTTER_HOLD_FULL:
		return "undecided";
	case DECLUTTER_TITLE:
		return "title";
	case DECLUTTER_BLANK:
		break;
	}
	return "blank";
}

void explain_source(const struct declutter_verdict *verdict, char text[EXPLAIN_SOURCE])
{
	if (verdict->rule) {
		snprintf(text, EXPLAIN_SOURCE, "%s:%u", verdict->rule->file, verdict->rule->line);
		return;
	}
	switch (verdict->reason) {
	case DECLUTTER_ARTICLE:
	case DECLUTTER_OUTSIDE:
	case DECLUTTER_NO_ARTICLE:
	case DECLUTTER_NO_CLUTTER:
		snprintf(text, EXPLAIN_SOURCE, "%+.1f", verdict->evidence / 100.0);
		break;
	default:
		snprintf(text, EXPLAIN_SOURCE, "-");
		break;
	}
}

void explain_short_source(const struct declutter_verdict *verdict, char text[EXPLAIN_SOURCE])
{
	static const char ending[] = ".rules";

	if (!verdict->rule) {
		explain_source(verdict, text);
		return;
	}
	const char *slash = strrchr(verdict->rule->file, '/');
	const char *base = slash ? slash + 1 : verdict->rule->file;
	size_t size = strlen(base), end = sizeof ending - 1;
	if (size > end && strcmp(base + size - end, ending) == 0)
		size -= end;
	snprintf(text, EXPLAIN_SOURCE, "%.*s:%u", (int)size, base, verdict->rule->line);
}

/* A line of tab-separated fields for each line: sign, number, reason, source, text. */
static void write_plain(const struct declutter_verdict *verdict)
{
	char source[EXPLAIN_SOURCE];
	const char *at = verdict->bytes, *end = at + verdict->size;

	explain_source(verdict, source);
	for (unsigned long line = verdict->line; at < end; line++) {
		const char *newline = memchr(at, '\n', (size_t)(end - at));
		const char *stop = newline ? newline : end;
		if (stop > at && stop[-1] == '\r')
			stop--;
		printf("%c\t%lu\t%s\t%s\t", verdict->kept ? '+' : '-', line,
		    explain_reason(verdict), source);
		visible_text(stdout, at, (size_t)(stop - at));
		putchar('\n');
		at = newline ? newline + 1 : end;
	}
}

/* The width of the terminal, or of what COLUMNS says it is. */
static unsigned find_columns(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	unsigned long told = columns ? strtoul(columns, NULL, 10) : 0;

	if (told > 0 && told < 10000)
		return (unsigned)told;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

/* Where there is no such locale every character counts as one column wide. */
static bool use_utf8(struct explain *explain)
{
	errno = 0;
	explain->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
	if (explain->utf8)
		uselocale(explain->utf8);
	return explain->utf8 || errno != ENOMEM;
}

bool explain_begin(
    struct explain *explain, const struct options *options, const struct declutter_rules *rules)
{
	*explain = (struct explain){
	    .form = options->explain,
	    .color = options->color,
	    .columns = find_columns(),
	};
	if (explain->form == EXPLAIN_TERMINAL && !use_utf8(explain))
		return refuse("--explain", "out of memory");
	if (explain->form != EXPLAIN_HTML)
		return true;
	explain->html = html_begin(rules);
	return explain->html || refuse("--explain", "out of memory");
}

void explain_document(struct explain *explain, const char *name)
{
	explain->name = name;
	if (explain->html)
		html_document(explain->html, name);
}

void explain_verdict(struct explain *explain, const struct declutter_verdict *verdict)
{
	switch (explain->form) {
	case EXPLAIN_PLAIN:
		write_plain(verdict);
		break;
	case EXPLAIN_TERMINAL:
		explain_terminal(explain, verdict);
		break;
	case EXPLAIN_JSON:
		explain_json(explain, verdict);
		break;
	case EXPLAIN_HTML:
		html_verdict(explain->html, verdict);
		break;
	case EXPLAIN_NOT:
		break;
	}
}

bool explain_end(struct explain *explain)
{
	if (explain->utf8) {
		uselocale(LC_GLOBAL_LOCALE);
		freelocale(explain->utf8);
	}
	return !explain->html || html_end(explain->html);
}
