/* What the targets of records share: a worker, and a record after another. */
#ifndef FUZZ_RECORDS_H
#define FUZZ_RECORDS_H

#include "cmd/record.h"
#include "fuzz.h"

/* A worker with the built-in rules that lives as long as the process. */
struct worker *records_worker(void);

/*
 * Call check for each record; where it ends must be the same for bytes that
 * come in pieces.  What is left at the end is a record, too.
 */
void records_each(const struct record_format *format, const char *bytes, size_t size, size_t piece,
    void (*check)(const char *bytes, size_t size));

/* Whether all of the bytes are, in this order, among the others. */
bool records_selects(const struct buffer *out, const char *bytes, size_t size);

#endif
