#include "records.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "complain.h"
#include "file.h"
#include "progress.h"
#include "record.h"

enum {
	PIECE = 1 << 16,         /* bytes read at once */
	BATCH_BYTES = 1 << 18,   /* records worked on together, if there are so many */
	FLIGHT_BYTES = 1 << 20,  /* read and not written, above which nothing more is read */
	KEPT_CAPACITY = 1 << 20, /* of buffers; what a large record needed is given back */
	SLOTS_EACH = 2,          /* batches a worker may have waiting */
	MESSAGES_SHOWN = 20,     /* about bad records; more are only counted */
};

enum slot_state { SLOT_FREE, SLOT_READ, SLOT_DONE };

/* Some records in a row on their way. */
struct slot {
	enum slot_state state;
	struct buffer bytes; /* as they were read */
	size_t *ends;        /* of each record */
	size_t count, capacity;
	unsigned long first; /* number of the first record, from 1 */
	struct buffer out;
	struct buffer messages;
	unsigned long bad;
	bool stopped, failed; /* at a bad record; for want of memory */
};

struct records {
	const struct options *options;
	const struct record_format *format;
	const char *name; /* of the file at hand */
	struct progress progress;

	/* the reader's */
	gzFile zip; /* reads what is compressed, and what is not */
	int fd;
	struct buffer rest; /* read already, but of the next batch */
	size_t searched;
	bool ended, read_failed;
	bool stopped;         /* nothing more is to be written */
	unsigned long number; /* records so far */
	unsigned long bad, shown;
	size_t in_flight;

	/* the slots are a ring, read, worked on and written in this order */
	struct slot *slots;
	size_t slot_count;
	unsigned long next_read, next_work, next_written;

	pthread_mutex_t lock;
	pthread_cond_t work, done;
	bool closing;
	struct warnings warnings;
	struct thread *threads;
	size_t thread_count; /* 0: the reader does all */
	struct worker worker;
};

struct thread {
	pthread_t id;
	struct records *records;
	struct worker worker;
};

/* ---- work ---- */

static bool add_message(
    struct records *records, struct slot *slot, unsigned long number, const char *message)
{
	static const char *const what[] = {"passed through", "skipped", "stopped there"};
	char text[RECORD_MESSAGE + 128];
	int size = snprintf(text, sizeof text, "record %lu: %s; %s\n", number, message,
	    what[records->options->bad]);

	slot->bad++;
	return slot->bad > MESSAGES_SHOWN || (buffer_append(&slot->messages, text, (size_t)size));
}

/* What becomes of a record that is bad. */
static bool handle_bad(struct records *records, struct slot *slot, unsigned long number,
    const char *bytes, size_t size, const char *message)
{
	if (!add_message(records, slot, number, message))
		return false;
	slot->stopped = records->options->bad == BAD_STOP;
	return records->options->bad != BAD_PASS || buffer_append(&slot->out, bytes, size);
}

static void work_on(struct records *records, struct worker *worker, struct slot *slot)
{
	char message[RECORD_MESSAGE];

	for (size_t i = 0, at = 0; i < slot->count && !slot->stopped && !slot->failed; i++) {
		const char *bytes = slot->bytes.data + at;
		size_t size = slot->ends[i] - at, before = slot->out.size;
		enum record_result result =
		    records->format->process(worker, bytes, size, &slot->out, message);
		if (result == RECORD_BAD) {
			slot->out.size = before;
			slot->failed =
			    !handle_bad(records, slot, slot->first + i, bytes, size, message);
		}
		if (result == RECORD_FAILED) {
			slot->out.size = before;
			slot->failed = true;
		}
		at = slot->ends[i];
	}
}

static void *run(void *context)
{
	struct thread *thread = context;
	struct records *records = thread->records;

	pthread_mutex_lock(&records->lock);
	for (;;) {
		while (records->next_work == records->next_read && !records->closing)
			pthread_cond_wait(&records->work, &records->lock);
		if (records->next_work == records->next_read)
			break;
		struct slot *slot = &records->slots[records->next_work++ % records->slot_count];
		pthread_mutex_unlock(&records->lock);
		work_on(records, &thread->worker, slot);
		pthread_mutex_lock(&records->lock);
		slot->state = SLOT_DONE;
		pthread_cond_signal(&records->done);
	}
	pthread_mutex_unlock(&records->lock);
	return NULL;
}

/* ---- reading ---- */

static void shrink(struct buffer *buffer)
{
	buffer->size = 0;
	if (buffer->capacity > KEPT_CAPACITY)
		buffer_fini(buffer);
}

static bool add_end(struct slot *slot, size_t end)
{
	if (!grow(&slot->ends, &slot->capacity, slot->count + 1, sizeof *slot->ends))
		return false;
	slot->ends[slot->count++] = end;
	return true;
}

/* Up to a piece more, for which there is room; false at the end, or after a complaint. */
static bool read_piece(struct records *records, struct buffer *bytes)
{
	ssize_t size;
	char *place = bytes->data + bytes->size;
	size = records->zip ? gzread(records->zip, place, PIECE)
	                    : file_read_some(records->fd, place, PIECE);
	if (size < 0) {
		int number;
		complain(
		    records->name, records->zip ? gzerror(records->zip, &number) : strerror(errno));
		records->read_failed = true;
	}
	records->ended = size <= 0;
	bytes->size += size > 0 ? (size_t)size : 0;
	progress_add(&records->progress, size > 0 ? (size_t)size : 0, 0);
	return size > 0;
}

/* The whole records among the slot's bytes from the start-th on; what follows waits. */
static bool find_records(struct records *records, struct slot *slot, size_t start)
{
	const char *bytes = slot->bytes.data;

	for (size_t end; start < slot->bytes.size; start = end) {
		size_t size = records->format->find_end(
		    bytes + start, slot->bytes.size - start, &records->searched);
		if (size == 0)
			break;
		end = start + size;
		records->searched = 0;
		if (!add_end(slot, end))
			return false;
	}
	return true;
}

/* Fill a slot with records; at the end of the input what is left is one, too. */
static bool read_batch(struct records *records, struct slot *slot)
{
	struct buffer empty = slot->bytes;
	bool done = true;

	empty.size = 0;
	slot->bytes = records->rest;
	records->rest = empty;
	slot->count = 0;
	slot->bad = 0;
	slot->first = records->number + 1;
	do
		done = find_records(records, slot, slot->count ? slot->ends[slot->count - 1] : 0);
	while (
	    done && !records->ended &&
	    (slot->count == 0 || (slot->bytes.size < BATCH_BYTES && file_is_ready(records->fd))) &&
	    (done = buffer_reserve(&slot->bytes, slot->bytes.size + PIECE)) &&
	    read_piece(records, &slot->bytes));
	size_t whole = slot->count ? slot->ends[slot->count - 1] : 0;
	if (records->ended && whole < slot->bytes.size) {
		done = done && add_end(slot, slot->bytes.size);
		whole = slot->bytes.size;
	}
	done = done &&
	       buffer_append(&records->rest, slot->bytes.data + whole, slot->bytes.size - whole);
	slot->bytes.size = whole;
	records->number += slot->count;
	progress_add(&records->progress, 0, slot->count);
	return done || refuse(records->name, "out of memory");
}

/* ---- writing ---- */

static void tell_messages(struct records *records, const struct slot *slot)
{
	for (size_t at = 0; at < slot->messages.size;) {
		const char *line = slot->messages.data + at;
		size_t size =
		    (size_t)((const char *)memchr(line, '\n', slot->messages.size - at) - line) + 1;
		if (records->shown++ < MESSAGES_SHOWN)
			fprintf(stderr, "declutter: %s: %.*s", records->name, (int)size, line);
		at += size;
	}
	records->bad += slot->bad;
}

/* Write a slot that is done and free it; false when that is the end. */
static bool write_slot(struct records *records, struct slot *slot)
{
	bool done;

	tell_messages(records, slot);
	fwrite(slot->out.data, 1, slot->out.size, stdout);
	done = !ferror(stdout) && !slot->stopped && !slot->failed;
	records->stopped |= !done;
	if (slot->failed)
		complain(records->name, "out of memory");
	records->in_flight -= slot->bytes.size;
	shrink(&slot->bytes);
	shrink(&slot->out);
	slot->messages.size = 0;
	slot->state = SLOT_FREE;
	return done;
}

/* ---- the run ---- */

static struct slot *slot_at(struct records *records, unsigned long number)
{
	return &records->slots[number % records->slot_count];
}

/* Without threads: read, work and write, one batch after the other. */
static bool run_alone(struct records *records)
{
	struct slot *slot = &records->slots[0];
	bool done = true;

	while (done && !(records->ended && records->rest.size == 0)) {
		done = read_batch(records, slot);
		records->in_flight += slot->bytes.size;
		if (done)
			work_on(records, &records->worker, slot);
		done = done && write_slot(records, slot) && fflush(stdout) == 0;
	}
	return done;
}

/* Whether the next batch is to be read now; the lock is held. */
static bool may_read(const struct records *records, bool done)
{
	return done && !(records->ended && records->rest.size == 0) &&
	       records->next_read - records->next_written < records->slot_count &&
	       records->in_flight <= FLIGHT_BYTES &&
	       (records->next_read == records->next_written || records->rest.size > 0 ||
	           file_is_ready(records->fd));
}

static bool run_threads(struct records *records)
{
	bool done = true;

	pthread_mutex_lock(&records->lock);
	for (;;) {
		struct slot *oldest = slot_at(records, records->next_written);
		bool waiting = records->next_written < records->next_read;
		if (waiting && oldest->state == SLOT_DONE) {
			pthread_mutex_unlock(&records->lock);
			done = (done && write_slot(records, oldest)) && done;
			oldest->state = SLOT_FREE;
			if (done && records->next_written + 1 == records->next_read)
				done = fflush(stdout) == 0;
			pthread_mutex_lock(&records->lock);
			records->next_written++;
		} else if (may_read(records, done)) {
			struct slot *slot = slot_at(records, records->next_read);
			pthread_mutex_unlock(&records->lock);
			done = read_batch(records, slot);
			pthread_mutex_lock(&records->lock);
			records->in_flight += slot->bytes.size;
			slot->state = SLOT_READ;
			records->next_read += done;
			pthread_cond_signal(&records->work);
		} else if (waiting) {
			pthread_cond_wait(&records->done, &records->lock);
		} else {
			break;
		}
	}
	pthread_mutex_unlock(&records->lock);
	return done;
}

/* A new file: what was read of the last one is all dealt with. */
static void begin_file(struct records *records, const char *name, int fd)
{
	records->name = name;
	records->fd = fd;
	records->zip = NULL;
	records->rest.size = records->searched = 0;
	records->ended = records->read_failed = false;
	records->number = 0;
	records->in_flight = 0;
	/* The workers look at these while they wait. */
	pthread_mutex_lock(&records->lock);
	records->next_read = records->next_work = records->next_written = 0;
	pthread_mutex_unlock(&records->lock);
}

static bool filter_descriptor(struct records *records, const char *name, int fd)
{
	bool done;

	begin_file(records, name, fd);
	if (records->format == &record_wet) {
		records->zip = gzdopen(dup(fd), "rb");
		if (!records->zip)
			return refuse(name, "out of memory");
		bool compressed = !gzdirect(records->zip);
		records->worker.compress = compressed;
		for (size_t i = 0; i < records->thread_count; i++)
			records->threads[i].worker.compress = compressed;
	}
	done = records->thread_count > 0 ? run_threads(records) : run_alone(records);
	if (records->zip && gzclose_r(records->zip) == Z_BUF_ERROR)
		done = refuse(name, "the compressed text ends too early");
	return done && !records->read_failed;
}

static bool filter_file(struct records *records, const char *name)
{
	if (strcmp(name, "-") == 0)
		return filter_descriptor(records, "standard input", STDIN_FILENO);
	int fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return refuse(name, strerror(errno));
	bool done = filter_descriptor(records, name, fd);
	close(fd);
	return done;
}

/* ---- threads ---- */

static bool worker_init(
    struct worker *worker, struct records *records, const struct declutter_rules *rules)
{
	*worker = (struct worker){.options = records->options, .warnings = &records->warnings};
	if (!stats_init(&worker->stats, rules))
		return false;
	worker->rules = rules;
	return true;
}

static bool start_threads(struct records *records, const struct declutter_rules *rules)
{
	size_t count = records->options->jobs;

	if (count < 2)
		return worker_init(&records->worker, records, rules);
	records->threads = calloc(count, sizeof *records->threads);
	if (!records->threads)
		return false;
	for (; records->thread_count < count; records->thread_count++) {
		struct thread *thread = &records->threads[records->thread_count];
		thread->records = records;
		if (!worker_init(&thread->worker, records, rules) ||
		    pthread_create(&thread->id, NULL, run, thread) != 0) {
			stats_fini(&thread->worker.stats);
			return false;
		}
	}
	return true;
}

static void end_threads(struct records *records, struct stats *stats)
{
	pthread_mutex_lock(&records->lock);
	records->closing = true;
	pthread_cond_broadcast(&records->work);
	pthread_mutex_unlock(&records->lock);
	for (size_t i = 0; i < records->thread_count; i++) {
		struct thread *thread = &records->threads[i];
		pthread_join(thread->id, NULL);
		stats_add(stats, &thread->worker.stats);
		stats_fini(&thread->worker.stats);
	}
	if (records->worker.rules)
		stats_add(stats, &records->worker.stats);
	stats_fini(&records->worker.stats);
	free(records->threads);
}

static void records_fini(struct records *records)
{
	for (size_t i = 0; records->slots && i < records->slot_count; i++) {
		buffer_fini(&records->slots[i].bytes);
		buffer_fini(&records->slots[i].out);
		buffer_fini(&records->slots[i].messages);
		free(records->slots[i].ends);
	}
	free(records->slots);
	buffer_fini(&records->rest);
	buffer_fini(&records->warnings.said);
	pthread_mutex_destroy(&records->warnings.lock);
	pthread_mutex_destroy(&records->lock);
	pthread_cond_destroy(&records->work);
	pthread_cond_destroy(&records->done);
}

static const struct record_format *format_of(const struct options *options)
{
	if (options->jsonl)
		return &record_jsonl;
	return options->wet ? &record_wet : &record_null;
}

bool records_filter(
    const struct options *options, const struct declutter_rules *rules, struct stats *stats)
{
	static char *standard_input[] = {"-", NULL};
	struct records records = {.options = options,
	    .format = format_of(options),
	    .slot_count = SLOTS_EACH * options->jobs + 1,
	    .lock = PTHREAD_MUTEX_INITIALIZER,
	    .warnings = {.lock = PTHREAD_MUTEX_INITIALIZER},
	    .work = PTHREAD_COND_INITIALIZER,
	    .done = PTHREAD_COND_INITIALIZER};
	bool done;

	progress_begin(&records.progress, options);
	records.slots = calloc(records.slot_count, sizeof *records.slots);
	done = (records.slots && start_threads(&records, rules)) ||
	       refuse("records", "no memory or no threads for so many jobs; try a smaller -j");
	char **file = *options->files ? options->files : standard_input;
	for (bool started = done; started && *file && !records.stopped; file++)
		done &= filter_file(&records, *file);
	end_threads(&records, stats);
	stats->bad = records.bad;
	progress_end(&records.progress);
	if (records.bad > MESSAGES_SHOWN)
		fprintf(stderr, "declutter: %lu bad records in all\n", records.bad);
	records_fini(&records);
	return done;
}
