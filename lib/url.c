#include "url.h"

#include <string.h>

/* Where the first of the characters is, or the end. */
static const char *find(const char *at, const char *end, const char *characters)
{
	while (at < end && !strchr(characters, *at))
		at++;
	return at;
}

bool url_host(const char *url, size_t size, char host[HOST_SIZE])
{
	const char *end = url + size;
	const char *scheme = memmem(url, size, "://", 3);
	const char *at = scheme ? scheme + 3 : url;

	host[0] = '\0';
	end = find(at, end, "/?#");
	const char *user = memchr(at, '@', (size_t)(end - at));
	at = user ? user + 1 : at;
	end = find(at, end, ":");
	if (at == end || end - at >= HOST_SIZE)
		return false;
	for (; at < end; at++)
		*host++ = (char)(*at >= 'A' && *at <= 'Z' ? *at + ('a' - 'A') : *at);
	*host = '\0';
	return true;
}
