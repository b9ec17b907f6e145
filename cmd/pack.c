#include "pack.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "corpus.h"
#include "explain.h"
#include "file.h"
#include "lib/url.h"
#include "visible.h"

/* ---- check ---- */

void pack_report(void *context, const struct declutter_error *failure)
{
	size_t *failures = context;

	printf("%s:%u:%u: ", failure->file, failure->line, failure->column);
	/* It quotes the file, and may go to a terminal. */
	visible_text(stdout, failure->message, strlen(failure->message));
	putchar('\n');
	(*failures)++;
}

bool pack_check(
    const struct options *options, const struct declutter_rules *rules, size_t *failures)
{
	/* Whoever names files wants to hear of those. */
	bool builtin = !*options->files;

	if (declutter_rules_check(rules, builtin, pack_report, failures) == SIZE_MAX)
		return refuse("--check", "out of memory");
	return !options->corpus || corpus_check(options->corpus, rules, builtin, failures);
}

/* ---- suggestions ---- */

static bool add_page(struct declutter_suggest *suggest, const char *path)
{
	struct declutter_error error;
	struct buffer text = {0};
	bool is_new = true, done = file_read(path, &text);

	if (done && !declutter_suggest_page(suggest, text.data, text.size, &is_new, &error)) {
		complain_error(&error);
		done = false;
	}
	if (!is_new)
		complain(path, "has the article of a page before it, passed over");
	buffer_fini(&text);
	return done;
}

bool pack_suggest(const struct options *options, const struct declutter_rules *rules)
{
	const char *url = options->settings.url;
	char host[HOST_SIZE] = "";

	if (url && !url_host(url, strlen(url), host))
		return refuse("--url", "has no host, such as example.org");
	/* A site's rules are for all its parts. */
	const char *site = strncmp(host, "www.", 4) == 0 ? host + 4 : host;
	struct declutter_suggest *suggest = declutter_suggest_new(rules, site);
	struct declutter_error error;
	bool done = suggest || refuse("--suggest", "out of memory");

	for (char **file = options->files; done && *file; file++)
		done = add_page(suggest, *file);
	if (done && !declutter_suggest_write(suggest, stdout, &error)) {
		complain_error(&error);
		done = false;
	}
	declutter_suggest_free(suggest);
	return done;
}

/* ---- a skeleton ---- */

static const char *const skeleton[] = {
    "# Take the \"# \" away from the rules you want and put your language's words in place of",
    "# these.  A pattern (PCRE2) must match the whole line, capital and small letters alike.",
    "# Try the pack:       declutter -r FILE page.txt",
    "# Test its examples:  declutter --check FILE",
    "# Use it always:      put it into ~/.config/declutter/rules/.",
    "# declutter-rules(5) explains the rest.", "",
    "# ---- labels: lines that say what they are ----", "",
    "# Advertising.  \"+\" lines are matched by the rule above, \"-\" lines are not.",
    "# drop ads: (?:advertisement|sponsored)(?: content)?", "#   + ADVERTISEMENT",
    "#   + Sponsored content", "#   - Advertisement is as old as trade.", "",
    "# Buttons for sharing.  A name in braces stands for what a define says.",
    "# define NETWORK: (?:facebook|x|whatsapp|telegram|linkedin|e-?mail)",
    "# drop share: (?:share|post) (?:this )?(?:article )?on {NETWORK}", "#   + Share on Facebook",
    "", "# Menus, links for the keyboard, the way back.",
    "# drop nav: skip to (?:main )?content|back to top|menu|search", "", "# Logging in and paying.",
    "# drop login: (?:log|sign) in|subscribe now|you have \\d+ free articles? left",
    "#   + You have 2 free articles left", "", "# The newsletter's box.",
    "# drop newsletter: (?:subscribe|sign up) (?:to|for) our newsletter\\.?",
    "#   + Sign up for our newsletter.", "",
    "# Consent to cookies: sentences of a box, so they may be long.",
    "# drop consent: we (?:and our partners )?use cookies .{1,300}",
    "#   + We use cookies to improve our pages.",
    "#   - Web sites use cookies to know a visitor again.", "",
    "# The player of films, the app, counters of comments.",
    "# drop player: play video|mute|full screen", "# drop app: download (?:our|the) app",
    "# drop comments: \\d+ comments?", "#   + 12 comments", "",
    "# ---- who and when: kept with --keep=byline,date,credit,caption ----", "",
    "# drop byline: by [\\p{L} .'-]{3,50}", "#   + By Ada Lovelace",
    "# drop date: (?:published|updated)(?: on)?:? .{4,40}", "#   + Published on 4 May 2024",
    "# drop credit: (?:photo|image|source): .{2,60}", "#   + Photo: Jane Doe", "",
    "# ---- sections: headings with clutter below ----", "",
    "# A block ends where the article goes on.",
    "# block related: (?:related|read more|more on this)(?: articles| stories)?:?",
    "#   + Related stories", "",
    "# A tail goes on to the end; sentences like the article's end it.  Be careful with it.",
    "# tail comments: (?:comments|join the discussion)", "#   + Join the discussion", "",
    "# The page's foot.", "# drop legal: (?:terms of use|privacy policy|imprint)|© \\d{4} .{1,80}",
    "#   + Privacy policy", NULL};

/* As in BCP 47: two or three letters, then perhaps more after hyphens. */
static bool is_language(const char *text)
{
	size_t size = 0;

	while (isalpha((unsigned char)text[size]))
		size++;
	if (size < 2 || size > 3)
		return false;
	while (isalnum((unsigned char)text[size]) || text[size] == '-')
		size++;
	return text[size] == '\0';
}

bool pack_new(const char *language)
{
	if (!is_language(language))
		return refuse("--new-pack", "write the code of a language, as fr or pt-BR");
	printf("title Rules for pages in %s\nlang %s\n\n", language, language);
	for (const char *const *line = skeleton; *line; line++)
		puts(*line);
	return true;
}
