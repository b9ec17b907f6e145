/* What the command says on standard error. */
#ifndef COMPLAIN_H
#define COMPLAIN_H

#include "lib/declutter.h"

void complain(const char *what, const char *why);
void complain_error(const struct declutter_error *error);
/* Complain and return false, so that a function can end with it. */
bool refuse(const char *what, const char *why);

#endif
