#include "forbidden.h"

#include <stdbool.h>
#include <string.h>

static bool begins(const char *at, const char *end, const char *text)
{
	size_t size = strlen(text);

	return (size_t)(end - at) >= size && memcmp(at, text, size) == 0;
}

static const char *find(const char *at, const char *end, const char *text)
{
	const char *found = memmem(at, (size_t)(end - at), text, strlen(text));

	return found ? found + strlen(text) : end;
}

/* After a class such as [^]a-z[:alpha:]\]], which begins here. */
static const char *pass_class(const char *at, const char *end)
{
	at++;
	at += at < end && *at == '^';
	at += at < end && *at == ']';
	while (at < end && *at != ']') {
		if (begins(at, end, "\\Q"))
			at = find(at + 2, end, "\\E");
		else if (begins(at, end, "[:"))
			at = find(at + 2, end, ":]");
		else
			at += *at == '\\' && end - at > 1 ? 2 : 1;
	}
	return at < end ? at + 1 : end;
}

const char *forbidden_find(const char *pattern, size_t size, size_t *offset)
{
	const char *at = pattern, *end = pattern + size;

	while (at < end) {
		*offset = (size_t)(at - pattern);
		if (begins(at, end, "(*"))
			return "(*VERBS) are not allowed: write \\(\\* for the characters";
		if (begins(at, end, "(?C"))
			return "callouts are not allowed: write \\(\\?C for the characters";
		if (begins(at, end, "\\Q"))
			at = find(at + 2, end, "\\E");
		else if (begins(at, end, "(?#"))
			at = find(at, end, ")");
		else if (*at == '[')
			at = pass_class(at, end);
		else
			at += *at == '\\' && end - at > 1 ? 2 : 1;
	}
	return NULL;
}
