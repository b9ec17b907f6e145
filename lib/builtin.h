/* The rules of rules/ as tables, made from them when the library is built. */
#ifndef BUILTIN_H
#define BUILTIN_H

#include "evidence.h"
#include "index.h"
#include "packed.h"
#include "rules.h"

/* Written by tools/compile.c. */
extern const struct packed_rules builtin_rules;
extern const uint8_t builtin_states[]; /* of a selection that asks for nothing */
extern const uint32_t builtin_runs[];  /* numbers of the run rules */
extern const uint32_t builtin_run_count;
extern const bool builtin_asks_for_seen; /* there is a "once" */
extern const struct index builtin_index;
extern const struct evidence builtin_evidence;
extern const struct setting_value builtin_settings[];
extern const char builtin_hash[];

#endif
