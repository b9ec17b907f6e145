#include "error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_at(struct declutter_error *error, const char *file, unsigned line, unsigned column,
    const char *format, ...)
{
	va_list arguments;

	snprintf(error->file, sizeof error->file, "%s", file);
	error->line = line;
	error->column = column;
	va_start(arguments, format);
	vsnprintf(error->message, sizeof error->message, format, arguments);
	va_end(arguments);
	return false;
}

bool error_memory(struct declutter_error *error)
{
	return error_at(error, "", 0, 0, "out of memory");
}
