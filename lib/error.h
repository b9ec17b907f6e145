/* The one idiom for errors: a place and a sentence, for declutter.c to print. */
#ifndef ERROR_H
#define ERROR_H

#include "declutter.h"

/* Fill *error and return false, so that a function can end with it. */
__attribute__((format(printf, 5, 6))) bool error_at(struct declutter_error *error, const char *file,
    unsigned line, unsigned column, const char *format, ...);
bool error_memory(struct declutter_error *error);

#endif
