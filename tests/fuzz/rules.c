/*
 * A rule file: read, checked, and applied to its own text, which is likely
 * to have what its patterns match.  Input: a byte of choices, then the file.
 */
#include "fuzz.h"
#include "tests/verdicts.h"

enum { STRICT = 1 };

static void count(void *context, const struct declutter_error *failure)
{
	PROMISE(failure->message[0] != '\0');
	++*(size_t *)context;
}

static void apply(const struct declutter_rules *rules, const char *text, size_t size)
{
	const struct declutter_settings settings = {.url = "https://example.org/a"};
	struct verdicts verdicts = {0}, pieces = {0};
	size_t offset;

	PROMISE(verdicts_take(&verdicts, rules, settings, text, size, 0));
	PROMISE(verdicts_take(&pieces, rules, settings, text, size, size));
	PROMISE(verdicts_equal(&verdicts, &pieces, &offset));
	verdicts_fini(&verdicts);
	verdicts_fini(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	uint8_t choices = take_byte(&bytes, &size);
	const char *text = (const char *)bytes;
	struct declutter_error error = {.message = ""};
	struct declutter_rules *rules = declutter_rules_new();
	size_t failures = 0;

	PROMISE(rules);
	if (!(choices & STRICT))
		declutter_rules_report(rules, count, &failures);
	if (!declutter_rules_add_text(rules, "fuzz", text, size, &error)) {
		PROMISE(error.message[0] != '\0');
	} else {
		PROMISE(declutter_rules_settle(rules, NULL, &error));
		declutter_rules_check(rules, false, count, &failures);
		declutter_rules_hash(rules);
		apply(rules, text, size);
	}
	declutter_rules_free(rules);
	return 0;
}
