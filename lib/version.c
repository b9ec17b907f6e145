#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include "builtin.h"
#include "declutter.h"

const char *declutter_version(void)
{
	return DECLUTTER_VERSION;
}

void declutter_pcre2_version(char *text, size_t size)
{
	char version[64] = "";

	/* At most 24 characters: pcre2api(3), PCRE2_CONFIG_VERSION. */
	pcre2_config(PCRE2_CONFIG_VERSION, version);
	snprintf(text, size, "%s", version);
}

const char *declutter_builtin_hash(void)
{
	return builtin_hash;
}
