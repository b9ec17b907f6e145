/* Giving up what a filter does not need, before it reads what others wrote. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "options.h"

/*
 * From now on this process can read the files and the directory that the
 * options name, and what the C library loads for an encoding; it can't write
 * to any file that is not open, start programs or reach the network.  Where
 * the kernel has neither Landlock nor seccomp, or the environment has
 * DECLUTTER_SANDBOX=off, nothing changes.
 */
void sandbox_enter(const struct options *options);

#endif
