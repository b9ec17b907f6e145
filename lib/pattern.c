#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"

#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Far beyond what a sane phrase needs on a paragraph, and still a few milliseconds. */
enum { MATCH_LIMIT_STEPS = 200000, DEPTH_LIMIT = 20000, HEAP_LIMIT_KIB = 4096 };

struct pattern {
	char *text;
	size_t size;
	bool search, caseful;
	struct analysis analysis;
	_Atomic(pcre2_code *) code;
};

struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
};

struct matcher *matcher_new(void)
{
	struct matcher *matcher = calloc(1, sizeof *matcher);

	if (!matcher)
		return NULL;
	matcher->data = pcre2_match_data_create(1, NULL);
	matcher->context = pcre2_match_context_create(NULL);
	if (!matcher->data || !matcher->context) {
		matcher_free(matcher);
		return NULL;
	}
	pcre2_set_match_limit(matcher->context, MATCH_LIMIT_STEPS);
	pcre2_set_depth_limit(matcher->context, DEPTH_LIMIT);
	pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KIB);
	return matcher;
}

void matcher_free(struct matcher *matcher)
{
	if (!matcher)
		return;
	pcre2_match_data_free(matcher->data);
	pcre2_match_context_free(matcher->context);
	free(matcher);
}

struct pattern *pattern_new(const char *text, size_t size, bool search, bool caseful)
{
	struct pattern *pattern = calloc(1, sizeof *pattern);

	if (!pattern)
		return NULL;
	pattern->text = malloc(size + 1);
	pattern->size = size;
	pattern->search = search;
	pattern->caseful = caseful;
	if (!pattern->text || !analysis_init(&pattern->analysis, text, size)) {
		pattern_free(pattern);
		return NULL;
	}
	memcpy(pattern->text, text, size);
	pattern->text[size] = '\0';
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	pcre2_code_free(atomic_load(&pattern->code));
	analysis_fini(&pattern->analysis);
	free(pattern->text);
	free(pattern);
}

const char *pattern_text(const struct pattern *pattern)
{
	return pattern->text;
}

const struct analysis *pattern_analysis(const struct pattern *pattern)
{
	return &pattern->analysis;
}

bool pattern_is_literal(const struct pattern *pattern)
{
	return !pattern->search && !pattern->caseful && pattern->analysis.exact;
}

bool pattern_searches(const struct pattern *pattern)
{
	return pattern->search;
}

static pcre2_code *compile(const struct pattern *pattern, int *error, size_t *offset)
{
	uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE;

	if (!pattern->caseful)
		options |= PCRE2_CASELESS;
	if (!pattern->search)
		options |= PCRE2_ANCHORED | PCRE2_ENDANCHORED;
	return pcre2_compile(
	    (PCRE2_SPTR)pattern->text, pattern->size, options, error, offset, NULL);
}

/* The compiled form; when two threads compile at once, the first one's stays. */
static pcre2_code *compiled(struct pattern *pattern, int *error, size_t *offset)
{
	pcre2_code *code = atomic_load_explicit(&pattern->code, memory_order_acquire);
	pcre2_code *expected = NULL;

	if (code)
		return code;
	code = compile(pattern, error, offset);
	if (code && !atomic_compare_exchange_strong(&pattern->code, &expected, code)) {
		pcre2_code_free(code);
		return expected;
	}
	return code;
}

bool pattern_compiles(struct pattern *pattern, size_t *offset, char *message, size_t message_size)
{
	int error = 0;

	if (compiled(pattern, &error, offset))
		return true;
	pcre2_get_error_message(error, (PCRE2_UCHAR *)message, message_size);
	return false;
}

enum match pattern_match(
    struct pattern *pattern, struct matcher *matcher, const char *subject, size_t size)
{
	int error;
	size_t offset;
	pcre2_code *code = compiled(pattern, &error, &offset);

	if (!code)
		return MATCH_NO;
	int result = pcre2_match(code, (PCRE2_SPTR)subject, size, 0, PCRE2_NO_UTF_CHECK,
	    matcher->data, matcher->context);
	if (result >= 0)
		return MATCH_YES;
	return result == PCRE2_ERROR_NOMATCH ? MATCH_NO : MATCH_LIMIT;
}
