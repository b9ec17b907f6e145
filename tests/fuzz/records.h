/* What the targets of records share: a worker, and a record after another. */
#ifndef FUZZ_RECORDS_H
#define FUZZ_RECORDS_H

#include "cmd/record.h"
#include "fuzz.h"

/* A worker with the built-in rules that lives as long as the process. */
struct worker *records_worker(void);

/* The end of the first record as find_end tells it for bytes that come in pieces. */
size_t records_end(
    const struct record_format *format, const char *bytes, size_t size, size_t piece);

/* Whether all of the bytes are, in this order, among the others. */
bool records_selects(const struct buffer *out, const char *bytes, size_t size);

#endif
