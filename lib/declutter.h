/*
 * libdeclutter: the article out of the plain text of a web page.
 *
 * Load rules once into a set, settle it, then open any number of documents
 * on it, in any number of threads: a settled set is read-only.  A document
 * takes bytes in pieces of any size and hands out verdicts through a
 * callback, in the order of the input but for blank lines, of which one may be
 * decided late; every byte of the input is in exactly one verdict.
 *
 * Ownership: what a _new function returns is yours until you give it to its
 * _free function; everything else stays the library's.  All text is UTF-8;
 * invalid bytes pass through untouched.
 */
#ifndef DECLUTTER_H
#define DECLUTTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

/* What went wrong and where; line and column count from 1, 0 is unknown. */
struct declutter_error {
	char file[256];
	unsigned line;
	unsigned column; /* in characters */
	char message[512];
};

/* ---- rules ---- */

/* One rule, as its file states it. */
struct declutter_rule {
	const char *file;
	const char *verb;
	const char *group;
	const char *language; /* "" is any */
	const char *id;       /* "" if it has none */
	const char *pattern;
	unsigned line;
	unsigned index; /* 0 .. declutter_rules_count() - 1 */
};

/* Which rules apply.  Lists are comma-separated names; NULL means all. */
struct declutter_selection {
	const char *languages;   /* packs of other languages are left out */
	const char *keep_groups; /* what these groups' rules match is kept, not dropped */
	const char *only_groups; /* rules of other groups are left out */
	int level;               /* 1 safe, 2 default, 3 aggressive; 0 is 2 */
};

struct declutter_rules;

/* An empty rule set, or NULL when memory is short. */
struct declutter_rules *declutter_rules_new(void);
void declutter_rules_free(struct declutter_rules *rules);

/* Called for each failure; context is the caller's. */
typedef void declutter_report(void *context, const struct declutter_error *failure);

/*
 * Add rules; before declutter_rules_settle only.  Each returns false and
 * fills *error (never NULL) at the first rule that is wrong; the set is then
 * good for nothing but declutter_rules_free.
 */
bool declutter_rules_add_builtin(struct declutter_rules *rules, struct declutter_error *error);
bool declutter_rules_add_text(struct declutter_rules *rules, const char *name, const char *text,
    size_t size, struct declutter_error *error);
bool declutter_rules_add_file(
    struct declutter_rules *rules, const char *path, struct declutter_error *error);
/*
 * Every file of the directory that ends in .rules; a missing directory is an
 * empty one, and what anyone can write to is refused.
 */
bool declutter_rules_add_directory(
    struct declutter_rules *rules, const char *path, struct declutter_error *error);
/* A list as for grep -x -i -f: every line is a pattern that drops the lines it matches. */
bool declutter_rules_add_plain(
    struct declutter_rules *rules, const char *path, struct declutter_error *error);

/*
 * Have what is wrong with rule files told to report, line by line, in place
 * of ending at the first: those lines are passed over, as are their examples.
 */
void declutter_rules_report(struct declutter_rules *rules, declutter_report *report, void *context);

/* Resolve "off", levels and groups and build the index.  Selection may be NULL. */
bool declutter_rules_settle(struct declutter_rules *rules,
    const struct declutter_selection *selection, struct declutter_error *error);

size_t declutter_rules_count(const struct declutter_rules *rules);
/* How many of them are built in: those come first. */
size_t declutter_rules_builtin_count(const struct declutter_rules *rules);
/* Valid as long as the set; active tells whether the selection left it on. */
const struct declutter_rule *declutter_rules_get(
    const struct declutter_rules *rules, size_t index, bool *active);

/*
 * A hash of all that a settled set's rules say and which of them apply: runs
 * with the same version and hash give the same output.
 */
uint64_t declutter_rules_hash(const struct declutter_rules *rules);

/* What a set's rules say with "set NAME value", as "enter"; false if there is no such name. */
bool declutter_rules_threshold(const struct declutter_rules *rules, const char *name, int *value);

/*
 * Run every example of the settled set and lint the rules.  Returns the
 * number of failures, each told to report, or SIZE_MAX when memory is short;
 * built-in rules are checked only if builtin is true.
 */
size_t declutter_rules_check(
    const struct declutter_rules *rules, bool builtin, declutter_report *report, void *context);

/* ---- documents ---- */

enum declutter_reason {
	DECLUTTER_RULE,       /* the rule decided */
	DECLUTTER_ARTICLE,    /* inside the article */
	DECLUTTER_OUTSIDE,    /* outside the article */
	DECLUTTER_NO_ARTICLE, /* none was found: no rule dropped it */
	DECLUTTER_NO_CLUTTER, /* outside, but the text does not look like a page with clutter */
	DECLUTTER_NO_RULE,    /* phrase rules only: none matched */
	DECLUTTER_HOLD_FULL,  /* undecided when the hold was full */
	DECLUTTER_BLANK,      /* a blank line */
	DECLUTTER_TITLE,      /* the headline, which was asked for */
};

struct declutter_verdict {
	const char *bytes; /* the paragraph's lines with their ends; valid during the call */
	size_t size;
	const char *source; /* the same as they came in, if bytes are unwrapped; else bytes */
	size_t source_size;
	size_t offset;      /* bytes of the input before source */
	unsigned long line; /* number of its first line, from 1 */
	bool kept;
	enum declutter_reason reason;
	const struct declutter_rule *rule; /* NULL unless reason is DECLUTTER_RULE */
	/* The article model's, in hundredths of a log-odd; 0 without the model. */
	int evidence;
	int lead; /* how much better it is to be inside the article after it than outside */
};

struct declutter_settings {
	void *context;
	/* Takes each verdict; returning false stops the document (say, a write failed). */
	bool (*verdict)(void *context, const struct declutter_verdict *verdict);
	/* Takes one sentence about a rule that hit a limit; may be NULL. */
	void (*warn)(void *context, const char *message);
	const char *url;   /* of the page, for site packs; may be NULL */
	size_t hold;       /* bytes held undecided at most; 0 is DECLUTTER_HOLD */
	bool phrases_only; /* no article model */
	bool unwrap;       /* kept paragraphs come as one line */
	bool title;        /* keep the headline above the article */
	bool gather;       /* kept lines that follow one another may come as one verdict */
	bool ahead;        /* a thread of the library's may help with a long document, see below */
};

#define DECLUTTER_HOLD ((size_t)1 << 20)
#define DECLUTTER_HOLD_MIN ((size_t)4096)

struct declutter_document;

/* A document on a settled set, which must outlive it; NULL when memory is short. */
struct declutter_document *declutter_document_new(
    const struct declutter_rules *rules, const struct declutter_settings *settings);
/*
 * Feed bytes / say that there are no more.  Both return false and fill
 * *error when memory is short or the callback said stop; the document is
 * then good for nothing but declutter_document_free.
 */
bool declutter_document_feed(struct declutter_document *document, const char *bytes, size_t size,
    struct declutter_error *error);
bool declutter_document_end(struct declutter_document *document, struct declutter_error *error);
/*
 * With settings.ahead a thread works on what was fed while you get more.  The
 * callbacks are still called only from within your calls, but verdicts on some
 * of what was fed may come with a later one.  Before you wait for input, have
 * the document work on it, as long as it says that there is *more, or until
 * there is input.  Fails as feeding does.
 */
bool declutter_document_work(
    struct declutter_document *document, bool *more, struct declutter_error *error);
void declutter_document_free(struct declutter_document *document);

/*
 * For those who fit the article model: write the features of each paragraph
 * as a tab-separated row with a first row of names.  Call before feeding.
 */
void declutter_document_trace(struct declutter_document *document, FILE *stream);

/* ---- rules from pages ---- */

struct declutter_suggest;

/*
 * Rules for a site from pages of it: what recurs from page to page, numbers
 * and dates aside.  The settled set must outlive it; site is the host that
 * the rules are to be for, NULL for none.  NULL when memory is short.
 */
struct declutter_suggest *declutter_suggest_new(
    const struct declutter_rules *rules, const char *site);
/* Add a page; *is_new is false if it is one that was added before, and passed over. */
bool declutter_suggest_page(struct declutter_suggest *suggest, const char *bytes, size_t size,
    bool *is_new, struct declutter_error *error);
/*
 * Write a rule file, once, after all pages: each rule with how many pages it
 * is from, an example, and where there is one a sentence that it must not match.
 */
bool declutter_suggest_write(
    struct declutter_suggest *suggest, FILE *out, struct declutter_error *error);
void declutter_suggest_free(struct declutter_suggest *suggest);

/* The library's version, PCRE2's, and a hash of the built-in rules. */
const char *declutter_version(void);
void declutter_pcre2_version(char *text, size_t size);
const char *declutter_builtin_hash(void);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

#endif
