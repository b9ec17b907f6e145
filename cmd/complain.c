#include "complain.h"

void complain(const char *what, const char *why)
{
	fprintf(stderr, "declutter: %s: %s\n", what, why);
}

void complain_error(const struct declutter_error *error)
{
	fprintf(stderr, "declutter: ");
	if (error->file[0])
		fprintf(stderr, "%s:", error->file);
	if (error->line > 0)
		fprintf(stderr, "%u:%u:", error->line, error->column);
	fprintf(stderr, "%s%s\n", error->file[0] ? " " : "", error->message);
}

bool refuse(const char *what, const char *why)
{
	complain(what, why);
	return false;
}
