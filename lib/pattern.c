#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"

#include <pcre2.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Far beyond what a sane phrase needs on a paragraph, and still a few milliseconds. */
enum { MATCH_LIMIT_STEPS = 200000, DEPTH_LIMIT = 20000, HEAP_LIMIT_KIB = 4096 };

/*
 * Making machine code costs as much as some hundred matches: about so many
 * tries show a need.  It takes memory, too: in a long text a pattern must be
 * tried once in so many times, or all that ever occurs would earn it.
 */
enum { TRIES_TO_EARN = 100, RARE = 512 };

struct matcher {
	pcre2_match_data *data;
	pcre2_match_context *context;
	uint64_t tries;
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
	struct analysis *analysis = calloc(1, sizeof *analysis);
	struct compiled *compiled = calloc(1, sizeof *compiled);
	char *copy = malloc(size + 1);

	if (!pattern || !analysis || !compiled || !copy || !analysis_init(analysis, text, size)) {
		free(pattern);
		free(analysis);
		free(compiled);
		free(copy);
		return NULL;
	}
	memcpy(copy, text, size);
	copy[size] = '\0';
	pattern->text = copy;
	pattern->size = size;
	pattern->search = search;
	pattern->caseful = caseful;
	pattern->exact = analysis->exact;
	pattern->edges = analysis_edges(analysis);
	pattern->analysis = analysis;
	pattern->compiled = compiled;
	return pattern;
}

void pattern_free(struct pattern *pattern)
{
	if (!pattern)
		return;
	analysis_fini((struct analysis *)pattern->analysis);
	free((struct analysis *)pattern->analysis);
	compiled_fini(pattern->compiled);
	free(pattern->compiled);
	free((char *)pattern->text);
	free(pattern);
}

bool pattern_takes_literals(const struct pattern *pattern)
{
	return !pattern->search && !pattern->caseful && !pattern->analysis->constrained;
}

/*
 * What makes matching faster takes a tenth of the time that a small page does,
 * and most patterns are tried a few times only.
 */
#define IN_HASTE (PCRE2_NO_START_OPTIMIZE | PCRE2_NO_AUTO_POSSESS)
#define WHOLE_SUBJECT (PCRE2_ANCHORED | PCRE2_ENDANCHORED)

static pcre2_code *compile_as(
    const struct pattern *pattern, uint32_t options, int *error, size_t *offset)
{
	options |= PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_NO_AUTO_CAPTURE;
	if (!pattern->caseful)
		options |= PCRE2_CASELESS;
	return pcre2_compile(
	    (PCRE2_SPTR)pattern->text, pattern->size, options, error, offset, NULL);
}

static pcre2_code *compile(const struct pattern *pattern, int *error, size_t *offset)
{
	return compile_as(pattern, pattern->search ? 0 : WHOLE_SUBJECT, error, offset);
}

/* pcre2_compile's error that is no fault of the pattern's. */
static bool is_memory(int error)
{
	return error == PCRE2_ERROR_HEAP_FAILED;
}

enum compiles pattern_compiles(
    const struct pattern *pattern, size_t *offset, char *message, size_t message_size)
{
	int error = 0;
	pcre2_code *code = compile(pattern, &error, offset);

	if (code) {
		pcre2_code_free(code);
		return COMPILES;
	}
	pcre2_get_error_message(error, (PCRE2_UCHAR *)message, message_size);
	return is_memory(error) ? COMPILES_FAILED : COMPILES_NOT;
}

/* Whether a match could begin with the bytes: there is one if more followed, or with them all. */
static enum match can_begin(
    pcre2_code *code, struct matcher *matcher, const char *subject, size_t size)
{
	int result = pcre2_match(code, (PCRE2_SPTR)subject, size, 0,
	    PCRE2_NO_UTF_CHECK | PCRE2_PARTIAL_HARD, matcher->data, matcher->context);

	if (result == PCRE2_ERROR_NOMEMORY)
		return MATCH_FAILED;
	return result == PCRE2_ERROR_PARTIAL ||
	               (result >= 0 && pcre2_get_ovector_pointer(matcher->data)[1] == size)
	           ? MATCH_YES
	           : MATCH_NO;
}

static size_t reach_of(pcre2_code *code, struct matcher *matcher, const char *subject, size_t size)
{
	for (size_t reach = 0, next; reach < size; reach = next) {
		next = reach + 1;
		while (next < size && (subject[next] & 0xc0) == 0x80)
			next++;
		enum match match = can_begin(code, matcher, subject, next);
		if (match != MATCH_YES)
			return match == MATCH_NO ? reach : PATTERN_REACH_FAILED;
	}
	return size;
}

size_t pattern_reach(const struct pattern *pattern, const char *subject, size_t size)
{
	int error;
	size_t offset;

	if (pattern->search)
		return size;
	struct matcher *matcher = matcher_new();
	/* PCRE2 has no partial matches of patterns that are anchored at the end. */
	pcre2_code *code = compile_as(pattern, PCRE2_ANCHORED, &error, &offset);
	size_t reach =
	    code && matcher ? reach_of(code, matcher, subject, size) : PATTERN_REACH_FAILED;
	pcre2_code_free(code);
	matcher_free(matcher);
	return reach;
}

/* The code there, or else this one from now on: when two threads compile at once. */
static pcre2_code *publish(_Atomic(struct pcre2_real_code_8 *) *place, pcre2_code *code)
{
	pcre2_code *there = NULL;

	if (atomic_compare_exchange_strong(place, &there, code))
		return code;
	pcre2_code_free(code);
	return there;
}

static pcre2_code *code_of(const struct pattern *pattern)
{
	pcre2_code *code = atomic_load_explicit(&pattern->compiled->code, memory_order_acquire);
	int error;
	size_t offset;

	if (code)
		return code;
	code = pattern->search ? compile(pattern, &error, &offset)
	                       : compile_as(pattern, IN_HASTE | WHOLE_SUBJECT, &error, &offset);
	return code ? publish(&pattern->compiled->code, code) : NULL;
}

/*
 * A second compiled form gets machine code: the first may be in use by
 * other threads meanwhile.  Where there is none for the machine it stays NULL.
 */
static void make_fast(const struct pattern *pattern)
{
	int error;
	size_t offset;
	pcre2_code *code = compile(pattern, &error, &offset);

	if (code && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0)
		publish(&pattern->compiled->fast, code);
	else
		pcre2_code_free(code);
}

static enum match meaning(int result)
{
	if (result >= 0)
		return MATCH_YES;
	if (result == PCRE2_ERROR_NOMEMORY)
		return MATCH_FAILED;
	return result == PCRE2_ERROR_NOMATCH ? MATCH_NO : MATCH_LIMIT;
}

bool pattern_may_match(const struct pattern *pattern, const char *subject, size_t size)
{
	return pattern->search || size == 0 || edges_allow(&pattern->edges, subject, size);
}

enum match pattern_match(
    const struct pattern *pattern, struct matcher *matcher, const char *subject, size_t size)
{
	struct compiled *compiled = pattern->compiled;
	pcre2_code *fast = atomic_load_explicit(&compiled->fast, memory_order_acquire);

	matcher->tries++;
	if (fast) {
		int result = pcre2_jit_match(fast, (PCRE2_SPTR)subject, size, 0, PCRE2_NO_UTF_CHECK,
		    matcher->data, matcher->context);
		/* Its stack is smaller than what the limits allow. */
		if (result != PCRE2_ERROR_JIT_STACKLIMIT)
			return meaning(result);
	}
	pcre2_code *code = code_of(pattern);
	/* That it compiles was seen when it was read. */
	if (!code)
		return MATCH_FAILED;
	uint64_t tries = atomic_fetch_add_explicit(&compiled->tries, 1, memory_order_relaxed);
	if (tries > 0 && tries % TRIES_TO_EARN == 0 && tries * RARE >= matcher->tries)
		make_fast(pattern);
	return meaning(pcre2_match(code, (PCRE2_SPTR)subject, size, 0, PCRE2_NO_UTF_CHECK,
	    matcher->data, matcher->context));
}

void compiled_fini(struct compiled *compiled)
{
	pcre2_code_free(atomic_load(&compiled->code));
	pcre2_code_free(atomic_load(&compiled->fast));
}
