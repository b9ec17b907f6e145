#include "progress.h"

#include <sys/stat.h>
#include <unistd.h>

/* Seconds between two lines. */
static const double interval = 0.5;

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The size of all files together, or 0 if one is no file. */
static unsigned long long total_size(char **files)
{
	unsigned long long total = 0;

	for (; *files; files++) {
		struct stat about;
		if (stat(*files, &about) != 0 || !S_ISREG(about.st_mode))
			return 0;
		total += (unsigned long long)about.st_size;
	}
	return total;
}

void progress_begin(struct progress *progress, const struct options *options)
{
	*progress = (struct progress){.shown = options->progress && isatty(STDERR_FILENO)};
	if (!progress->shown)
		return;
	progress->begun = progress->told = now();
	/* What is compressed is counted after it is unpacked. */
	progress->total = options->wet ? 0 : total_size(options->files);
}

static void show(struct progress *progress, double time)
{
	double seconds = time - progress->begun, rate = (double)progress->bytes / 1e6 / seconds;

	dprintf(STDERR_FILENO, "\r%.1f MB, %llu records, %.1f MB/s", (double)progress->bytes / 1e6,
	    progress->records, rate);
	if (progress->total > 0 && rate > 0) {
		double left = ((double)progress->total - (double)progress->bytes) / 1e6 / rate;
		dprintf(STDERR_FILENO, ", %.0f %%, %.0f s to go ",
		    100.0 * (double)progress->bytes / (double)progress->total, left);
	}
	dprintf(STDERR_FILENO, "\033[K");
}

void progress_add(struct progress *progress, size_t size, size_t records)
{
	double time;

	progress->bytes += size;
	progress->records += records;
	if (!progress->shown || (time = now()) < progress->told + interval)
		return;
	progress->told = time;
	show(progress, time);
}

void progress_end(struct progress *progress)
{
	if (!progress->shown)
		return;
	show(progress, now());
	dprintf(STDERR_FILENO, "\n");
}
