/* Many records, on many cores: one reader, workers, output in the order of the input. */
#ifndef RECORDS_H
#define RECORDS_H

#include "options.h"
#include "stats.h"

/* Filter the records of the files; false after a complaint.  Adds to the stats. */
bool records_filter(
    const struct options *options, const struct declutter_rules *rules, struct stats *stats);

#endif
