/* --merge-stats: the sum of what several runs wrote with --stats=json. */
#ifndef MERGE_H
#define MERGE_H

#include <stdbool.h>

/* Write the sum of the files' statistics as one object; false after a complaint. */
bool merge_stats(char *const *files);

#endif
