/* Addresses of pages: a site is known by its host. */
#ifndef URL_H
#define URL_H

#include <stdbool.h>
#include <stddef.h>

/* A host has 253 characters at most (RFC 1035, 3.1, without the lengths and the root). */
enum { HOST_SIZE = 254 };

/*
 * The host of a URL, or of a host that stands alone, in small letters and
 * without user, port and path.  False, and an empty host, if there is none
 * or it is longer than a host can be.
 */
bool url_host(const char *url, size_t size, char host[HOST_SIZE]);

#endif
