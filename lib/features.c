#include "features.h"

#include <string.h>

static const char *const names[] = {
#define X(enumerator, name) name,
    FEATURES(X)
#undef X
};

static const char *const endings[] = {"plain", "sentence", "colon", "comma", "ellipsis"};

const char *feature_name(enum feature feature)
{
	return names[feature];
}

static int find(const char *const *list, int count, const char *name, size_t size)
{
	for (int i = 0; i < count; i++)
		if (strlen(list[i]) == size && memcmp(list[i], name, size) == 0)
			return i;
	return -1;
}

enum feature feature_find(const char *name, size_t size)
{
	int found = find(names, FEATURE_COUNT, name, size);
	return found < 0 ? FEATURE_COUNT : (enum feature)found;
}

int ending_find(const char *name, size_t size)
{
	return find(endings, sizeof endings / sizeof *endings, name, size);
}
