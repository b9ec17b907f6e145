/*
 * A document under the default rules: every byte in one verdict, the same
 * verdicts in pieces as at once, and for some inputs the slow way as well.
 * Input: two bytes of choices, a seed for the pieces, then the text.
 */
#include "fuzz.h"
#include "tests/slow.h"
#include "tests/verdicts.h"

enum { PHRASES_ONLY = 1, UNWRAP = 2, TITLE = 4, SMALL_HOLD = 8, SITE = 16, SLOW = 32 };

/* What is made once and then used by all runs. */
static struct {
	struct declutter_rules *rules;
	struct slow *slow;
	struct verdicts whole, other;
} made;

static void make(void)
{
	struct declutter_error error;

	made.rules = declutter_rules_new();
	made.slow = slow_new(2);
	PROMISE(made.rules && made.slow && declutter_rules_add_builtin(made.rules, &error) &&
	        declutter_rules_settle(made.rules, NULL, &error));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	uint8_t choices = take_byte(&bytes, &size), seed = take_byte(&bytes, &size);
	const char *text = (const char *)bytes;
	const struct declutter_settings settings = {
	    .phrases_only = choices & PHRASES_ONLY,
	    .unwrap = choices & UNWRAP,
	    .title = choices & TITLE,
	    .hold = choices & SMALL_HOLD ? DECLUTTER_HOLD_MIN : 0,
	    .url = choices & SITE ? "https://www.euronews.com/a" : NULL,
	};
	size_t offset;

	if (!made.rules)
		make();
	PROMISE(verdicts_take(&made.whole, made.rules, settings, text, size, 0));
	PROMISE(verdicts_take(&made.other, made.rules, settings, text, size, seed + 1));
	PROMISE(verdicts_equal(&made.whole, &made.other, &offset));
	if (!(choices & SLOW))
		return 0;
	PROMISE(verdicts_take(&made.other, slow_rules(made.slow), settings, text, size, 0));
	PROMISE(verdicts_equal(&made.whole, &made.other, &offset));
	return 0;
}
