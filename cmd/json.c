#include "json.h"

#include <string.h>

#include "explain.h"
#include "lib/text.h"
#include "visible.h"

/* One character of a string in JSON; returns how many bytes it takes there. */
static size_t escape(uint32_t c, char bytes[8])
{
	/* The line may be looked at on a terminal. */
	if (c != '"' && c != '\\' && !visible_commands(c))
		return text_encode(c, bytes);
	if (c == '"' || c == '\\')
		return (size_t)snprintf(bytes, 8, "\\%c", (char)c);
	if (c == '\n' || c == '\t')
		return (size_t)snprintf(bytes, 8, "\\%c", c == '\n' ? 'n' : 't');
	return (size_t)snprintf(bytes, 8, "\\u%04x", (unsigned)c);
}

bool json_escape(struct buffer *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		char bytes[8];
		uint32_t c;
		at += text_decode(text + at, size - at, &c);
		if (!buffer_append(out, bytes, escape(c, bytes)))
			return false;
	}
	return true;
}

void json_string(FILE *out, const char *text, size_t size)
{
	putc('"', out);
	for (size_t at = 0; at < size;) {
		char bytes[8];
		uint32_t c;
		at += text_decode(text + at, size - at, &c);
		size_t length = escape(c, bytes);
		fwrite(bytes, 1, length, out);
	}
	putc('"', out);
}

static void write_member(const char *name, const char *text)
{
	printf(",\"%s\":", name);
	json_string(stdout, text, strlen(text));
}

/* --explain=json: an object for each paragraph and for the blank lines before it. */
void explain_json(const struct explain *explain, const struct declutter_verdict *verdict)
{
	fputs("{\"document\":", stdout);
	json_string(stdout, explain->name, strlen(explain->name));
	printf(",\"line\":%lu,\"kept\":%s", verdict->line, verdict->kept ? "true" : "false");
	write_member("reason", verdict->rule ? "rule" : explain_reason(verdict));
	if (verdict->rule) {
		char source[EXPLAIN_SOURCE];
		explain_source(verdict, source);
		write_member("group", verdict->rule->group);
		write_member("rule", source);
		write_member("pattern", verdict->rule->pattern);
	}
	if (verdict->reason != DECLUTTER_BLANK)
		printf(",\"evidence\":%.2f,\"lead\":%.2f", verdict->evidence / 100.0,
		    verdict->lead / 100.0);
	fputs(",\"text\":", stdout);
	json_string(stdout, verdict->bytes, verdict->size);
	fputs("}\n", stdout);
}
