#include "html.h"

#include <stdlib.h>
#include <string.h>

#include "explain.h"
#include "lib/text.h"
#include "visible.h"

/* explain.css and explain.js by lines, then NULL; see the Makefile. */
extern const char *const html_style[];
extern const char *const html_script[];

/* The evidence shown at most, to either side, in hundredths; and of the curve, which has a width.
 */
enum { MOST = 300, CURVE_MOST = 290 };

enum { REASONS_MAX = 64 };

struct tally {
	const char *reason; /* as explain_reason says */
	bool kept;
	unsigned long count; /* of paragraphs */
};

struct html {
	struct tally tallies[REASONS_MAX];
	size_t tally_count;
	int enter, reenter, leave;

	/* The paragraph to be written when the one after it is known, where the curve goes on. */
	bool pending;
	struct declutter_verdict verdict; /* with bytes of our own */
	char *bytes;
	size_t capacity;
	bool gap;     /* blank lines before it */
	int before;   /* the curve where it begins */
	bool blank;   /* blank lines since */
	bool in_page; /* a document was begun */
	bool failed;  /* memory was short */
};

static void put_lines(const char *const *lines)
{
	for (; *lines; lines++)
		fputs(*lines, stdout);
}

/* Text in an element or a quoted attribute. */
static void put_text(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t c;
		at += visible_character(text + at, size - at, &c);
		if (c == '<')
			fputs("&lt;", stdout);
		else if (c == '&')
			fputs("&amp;", stdout);
		else if (c == '"')
			fputs("&quot;", stdout);
		else
			visible_put(stdout, c);
	}
}

static void put_string(const char *text)
{
	put_text(text, strlen(text));
}

static int within(int value, int most)
{
	return value > most ? most : value < -most ? -most : value;
}

/* Where the curve is. */
static int curve(int lead)
{
	return within(lead, CURVE_MOST);
}

struct html *html_begin(const struct declutter_rules *rules)
{
	struct html *html = calloc(1, sizeof *html);

	if (!html)
		return NULL;
	declutter_rules_threshold(rules, "enter", &html->enter);
	declutter_rules_threshold(rules, "reenter", &html->reenter);
	declutter_rules_threshold(rules, "leave", &html->leave);
	/* Nothing may be fetched, whatever the text says. */
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
	      "<meta name=\"viewport\" content=\"width=device-width\">\n"
	      "<title>What declutter did</title>\n<style>\n",
	    stdout);
	put_lines(html_style);
	fputs("</style>\n</head>\n<body>\n<main>\n", stdout);
	return html;
}

/* ---- a paragraph ---- */

/* A line down the whole height where a threshold is. */
static void put_threshold(const char *name, int value)
{
	printf("<path class=\"%s\" d=\"M%d 0V100\"/>", name, within(value, MOST));
}

/* The paragraph's own evidence as a bar, and the lead as a piece of the curve. */
static void put_curve(const struct html *html, int after)
{
	int evidence = within(html->verdict.evidence, MOST), lead = curve(html->verdict.lead);
	int middle = (lead + curve(after)) / 2;

	printf("<svg viewBox=\"%d 0 %d 100\" preserveAspectRatio=\"none\" role=\"img\" "
	       "aria-label=\"evidence %+.1f\">",
	    -MOST, 2 * MOST, html->verdict.evidence / 100.0);
	printf("<rect class=\"%s\" x=\"%d\" y=\"30\" width=\"%d\" height=\"40\"/>",
	    evidence < 0 ? "against" : "for", evidence < 0 ? evidence : 0, abs(evidence));
	put_threshold("zero", 0);
	put_threshold("threshold", -html->enter);
	put_threshold("threshold", -html->reenter);
	put_threshold("threshold", html->leave);
	printf("<path class=\"lead\" d=\"M%d 0L%d 50L%d 100\"/></svg>", html->before, lead, middle);
}

/* Write the paragraph that waits; after is the lead of the next one. */
static void put_pending(struct html *html, int after)
{
	const struct declutter_verdict *verdict = &html->verdict;
	const char *reason;
	char source[EXPLAIN_SOURCE];

	if (!html->pending)
		return;
	html->pending = false;
	reason = explain_reason(verdict);
	explain_short_source(verdict, source);
	printf("<div class=\"row %s%s\" data-reason=\"%s\">", verdict->kept ? "kept" : "dropped",
	    html->gap ? " gap" : "", reason);
	printf("<span class=\"line\">%lu</span><span class=\"why\"", verdict->line);
	if (verdict->rule) {
		fputs(" title=\"", stdout);
		put_string(verdict->rule->file);
		printf(":%u: ", verdict->rule->line);
		put_string(verdict->rule->verb);
		putchar(' ');
		put_string(verdict->rule->group);
		fputs(": ", stdout);
		put_string(verdict->rule->pattern);
		putchar('"');
	}
	printf("><b>%s</b> ", reason);
	put_string(source);
	fputs("</span>", stdout);
	put_curve(html, after);
	fputs("<div class=\"text\" dir=\"auto\">", stdout);
	size_t size = verdict->size;
	while (size > 0 && (html->bytes[size - 1] == '\n' || html->bytes[size - 1] == '\r'))
		size--;
	put_text(html->bytes, size);
	fputs("</div></div>\n", stdout);
	html->before = (curve(verdict->lead) + curve(after)) / 2;
}

static void count(struct html *html, const struct declutter_verdict *verdict)
{
	const char *reason = explain_reason(verdict);
	size_t i = 0;

	while (i < html->tally_count && (strcmp(html->tallies[i].reason, reason) != 0 ||
	                                    html->tallies[i].kept != verdict->kept))
		i++;
	if (i == REASONS_MAX)
		return;
	if (i == html->tally_count)
		html->tallies[html->tally_count++] = (struct tally){reason, verdict->kept, 0};
	html->tallies[i].count++;
}

void html_verdict(struct html *html, const struct declutter_verdict *verdict)
{
	if (verdict->reason == DECLUTTER_BLANK) {
		html->blank = true;
		return;
	}
	put_pending(html, verdict->lead);
	if (verdict->size > html->capacity) {
		char *bytes = realloc(html->bytes, verdict->size);
		if (!bytes) {
			html->failed = true;
			return;
		}
		html->bytes = bytes;
		html->capacity = verdict->size;
	}
	memcpy(html->bytes, verdict->bytes, verdict->size);
	html->verdict = *verdict;
	html->pending = true;
	html->gap = html->blank;
	html->blank = false;
	count(html, verdict);
}

/* ---- documents ---- */

static void end_document(struct html *html)
{
	put_pending(html, 0);
	if (html->in_page)
		fputs("</section>\n", stdout);
	html->in_page = false;
}

void html_document(struct html *html, const char *name)
{
	end_document(html);
	fputs("<section>\n<h2 dir=\"auto\">", stdout);
	put_string(name);
	fputs("</h2>\n", stdout);
	html->in_page = true;
	html->blank = false;
	html->before = 0;
}

static int compare_tallies(const void *left, const void *right)
{
	const struct tally *a = left, *b = right;

	if (a->kept != b->kept)
		return a->kept ? -1 : 1;
	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return strcmp(a->reason, b->reason);
}

/* A button for each reason: how many paragraphs, and whether they are shown. */
static void put_filters(struct html *html)
{
	qsort(html->tallies, html->tally_count, sizeof *html->tallies, compare_tallies);
	fputs("<nav aria-label=\"Filter\">\n<div class=\"all\">"
	      "<button type=\"button\" data-show=\"all\">All</button>"
	      "<button type=\"button\" data-show=\"kept\">Kept only</button>"
	      "<button type=\"button\" data-show=\"dropped\">Dropped only</button></div>\n",
	    stdout);
	for (size_t i = 0; i < html->tally_count; i++) {
		const struct tally *tally = &html->tallies[i];
		printf("<button type=\"button\" class=\"%s\" data-reason=\"%s\" "
		       "aria-pressed=\"true\">%s <span>%lu</span></button>\n",
		    tally->kept ? "kept" : "dropped", tally->reason, tally->reason, tally->count);
	}
	printf("<p>The bar is a paragraph's own evidence for (right) or against it. The curve is "
	       "the lead of being in the article over being outside: it enters from &minus;%.1f, "
	       "enters again from &minus;%.1f, and is surely inside at +%.1f, the dotted "
	       "lines.</p>\n</nav>\n",
	    html->enter / 100.0, html->reenter / 100.0, html->leave / 100.0);
}

bool html_end(struct html *html)
{
	bool done;

	end_document(html);
	fputs("</main>\n", stdout);
	put_filters(html);
	fputs("<script>\n", stdout);
	put_lines(html_script);
	fputs("</script>\n</body>\n</html>\n", stdout);
	done = !html->failed;
	free(html->bytes);
	free(html);
	return done;
}
