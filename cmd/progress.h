/* --progress: how far the run is, on a terminal. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <time.h>

#include "options.h"

struct progress {
	bool shown;
	double begun, told; /* seconds */
	unsigned long long records;
	unsigned long long bytes; /* so far */
	unsigned long long total; /* of all files; 0 if it is not known */
};

void progress_begin(struct progress *progress, const struct options *options);
/* So many bytes were read, and records in them found. */
void progress_add(struct progress *progress, size_t size, size_t records);
void progress_end(struct progress *progress);

#endif
