/* One rule, and the words that rule files are written in. */
#ifndef RULE_H
#define RULE_H

#include "declutter.h"
#include "features.h"
#include "pattern.h"
#include "subject.h"

enum verb {
	VERB_DROP,
	VERB_KEEP,
	VERB_BLOCK,
	VERB_HEAD,
	VERB_TAIL,
	VERB_RUN,
	VERB_ONCE,
	VERB_SCORE,
	VERB_OFF,
	VERB_DETECT, /* a pack's "detect:" line: matching it makes the pack's site known */
	VERB_UNTIL,  /* a block's "until=" */
	VERB_COUNT
};

/* X(enumerator, name, longest subject in characters; 0 is any). */
#define GROUPS(X) \
	X(ADS, "ads", 60) \
	X(APP, "app", 120) \
	X(ARTICLE, "article", 0) \
	X(BIO, "bio", 600) \
	X(BYLINE, "byline", 90) \
	X(CAPTION, "caption", 300) \
	X(COMMENTS, "comments", 90) \
	X(CONSENT, "consent", 600) \
	X(CREDIT, "credit", 200) \
	X(DATE, "date", 90) \
	X(LEGAL, "legal", 600) \
	X(LOGIN, "login", 90) \
	X(NAV, "nav", 40) \
	X(NEWSLETTER, "newsletter", 90) \
	X(OTHER, "other", 0) \
	X(PLAIN, "plain", 0) \
	X(PLAYER, "player", 90) \
	X(RECIPE, "recipe", 90) \
	X(RELATED, "related", 90) \
	X(SHARE, "share", 60) \
	X(TICKER, "ticker", 60)

enum group {
#define X(enumerator, name, longest) GROUP_##enumerator,
	GROUPS(X)
#undef X
	    GROUP_COUNT
};

/* Zones, as bits. */
enum {
	ZONE_HEAD = 1,
	ZONE_BODY = 2,
	ZONE_TAIL = 4,
	ZONE_ALL = 7,
	ZONE_COMMENTS = 8, /* behind the heading of comments, and so in one of the others, too */
};

/* What a selection makes of a rule, as bits. */
enum {
	RULE_ACTIVE = 1,
	RULE_KEPT = 2, /* of a group that the reader keeps */
	/* It drops what it matches, whatever is around it and on whatever site. */
	RULE_SIMPLE = 4,
	RULE_SCORE = 8, /* its verb */
};

enum comparison { COMPARE_EQUAL, COMPARE_UNEQUAL, COMPARE_LEAST, COMPARE_MOST };

struct condition {
	uint8_t feature;    /* enum feature */
	uint8_t comparison; /* enum comparison */
	short value;
};

struct example {
	char sign; /* '+' must match, '-' must not, '?' is a known gap */
	unsigned line;
	const char *text;
};

enum { LANGUAGES_MAX = 8, CONDITIONS_MAX = 8 };

struct rule {
	/* What is asked for at every match is together, in one line of the cache. */
	enum verb verb;
	enum group group;
	unsigned longest; /* characters a subject may have; 0 is any */
	unsigned near;
	unsigned least; /* of a run */
	unsigned lines; /* of a block; 0 is until the article resumes */
	unsigned zones;
	int level;
	const struct pattern *pattern; /* NULL: every subject ("off", or a score of ".*") */
	const struct rule *until;      /* a block's end, or NULL */
	const char *site;              /* "" is any */

	struct declutter_rule facts;
	unsigned column; /* of the pattern */
	int score;       /* in hundredths */
	unsigned condition_count, example_count;
	struct condition conditions[CONDITIONS_MAX];
	const struct example *examples; /* NULL if it was packed */
	bool grouped;                   /* the rule itself says its group */
	bool capped;                    /* the rule itself says len= */
};

const char *verb_name(enum verb verb);
enum verb verb_find(const char *name, size_t size); /* or VERB_COUNT */

const char *group_name(enum group group);
enum group group_find(const char *name, size_t size); /* or GROUP_COUNT */
unsigned group_longest(enum group group);

/* Whether the rule's pattern matches the subject, whatever its scope. */
static inline enum match rule_match(
    const struct rule *rule, struct matcher *matcher, const struct subject *subject)
{
	return pattern_match(rule->pattern, matcher, subject->text.data, subject->text.size);
}

/* Add an example with a copy of the text; false when memory is short. */
bool rule_add_example(struct rule *rule, char sign, unsigned line, const char *text, size_t size);

/* Of a rule that was parsed at run time. */
void rule_free(struct rule *rule);

#endif
