#include "ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "look.h"

enum {
	SLOTS = 12,
	/* With so many batches waiting, the thread looks at the next one itself. */
	ENOUGH = SLOTS / 2
};

struct ahead {
	struct splitter *splitter;
	paragraph_taker *take; /* the splitter's own, and its context */
	void *context;
	pthread_t thread;

	/* the thread's */
	struct looker looker;
	struct buffer feeding; /* what is being split */
	struct batch *filling; /* a free slot's, or NULL */

	/* a ring: the thread fills the slots, the other one takes them in the same order */
	struct batch slots[SLOTS];

	pthread_mutex_t lock;        /* for what follows */
	pthread_cond_t work;         /* there are bytes, or there is a slot */
	pthread_cond_t ready;        /* there is a batch, or less to be split */
	struct buffer fed;           /* what comes after what is being split */
	size_t left;                 /* bytes to be split, with those that are being split */
	unsigned long filled, taken; /* slots so far */
	bool failed, closing;
};

/* Wait until the next slot is free, to fill it; false if that is not worth it any more. */
static bool wait_for_slot(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	while (ahead->filled - ahead->taken == SLOTS && !ahead->closing)
		pthread_cond_wait(&ahead->work, &ahead->lock);
	if (!ahead->closing)
		ahead->filling = &ahead->slots[ahead->filled % SLOTS];
	pthread_mutex_unlock(&ahead->lock);
	return ahead->filling != NULL;
}

static bool has_enough(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	bool enough = ahead->filled - ahead->taken >= ENOUGH;
	pthread_mutex_unlock(&ahead->lock);
	return enough;
}

/* Hand the batch that was filled, if any, to the other thread. */
static bool hand_over(struct ahead *ahead)
{
	struct batch *batch = ahead->filling;

	if (!batch)
		return true;
	if (!batch_copy(batch) || (has_enough(ahead) && !look_at(&ahead->looker, batch)))
		return false;
	ahead->filling = NULL;
	pthread_mutex_lock(&ahead->lock);
	ahead->filled++;
	pthread_cond_signal(&ahead->ready);
	pthread_mutex_unlock(&ahead->lock);
	return true;
}

static bool collect(void *context, const struct paragraph *paragraph)
{
	struct ahead *ahead = context;

	return (ahead->filling || wait_for_slot(ahead)) && batch_add(ahead->filling, paragraph) &&
	       (!batch_full(ahead->filling) || hand_over(ahead));
}

static void *run(void *context)
{
	struct ahead *ahead = context;
	bool done = true;

	pthread_mutex_lock(&ahead->lock);
	while (done && !ahead->closing) {
		if (ahead->fed.size == 0) {
			pthread_cond_wait(&ahead->work, &ahead->lock);
			continue;
		}
		struct buffer fed = ahead->fed;
		ahead->fed = ahead->feeding;
		ahead->feeding = fed;
		pthread_mutex_unlock(&ahead->lock);
		done = splitter_feed(ahead->splitter, fed.data, fed.size) && hand_over(ahead);
		ahead->feeding.size = 0;
		pthread_mutex_lock(&ahead->lock);
		ahead->left -= fed.size;
		ahead->failed = !done;
		pthread_cond_signal(&ahead->ready);
	}
	pthread_mutex_unlock(&ahead->lock);
	return NULL;
}

/* Signals are for the threads that the library is called from, but for a thread's own faults. */
static bool start(struct ahead *ahead)
{
	static const int own[] = {SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
	sigset_t others, before;

	sigfillset(&others);
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		sigdelset(&others, own[i]);
	pthread_sigmask(SIG_BLOCK, &others, &before);
	bool started = pthread_create(&ahead->thread, NULL, run, ahead) == 0;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return started;
}

static void destroy(struct ahead *ahead)
{
	for (size_t i = 0; i < SLOTS; i++)
		batch_fini(&ahead->slots[i]);
	looker_fini(&ahead->looker);
	buffer_fini(&ahead->feeding);
	buffer_fini(&ahead->fed);
	pthread_cond_destroy(&ahead->ready);
	pthread_cond_destroy(&ahead->work);
	pthread_mutex_destroy(&ahead->lock);
	free(ahead);
}

struct ahead *ahead_new(
    struct splitter *splitter, const struct declutter_rules *rules, bool models_article)
{
	struct ahead *ahead = calloc(1, sizeof *ahead);

	if (!ahead)
		return NULL;
	ahead->splitter = splitter;
	ahead->take = splitter->take;
	ahead->context = splitter->context;
	/* On Linux none of these can fail. */
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->work, NULL);
	pthread_cond_init(&ahead->ready, NULL);
	splitter->take = collect;
	splitter->context = ahead;
	if (!looker_init(&ahead->looker, rules, models_article) || !start(ahead)) {
		splitter->take = ahead->take;
		splitter->context = ahead->context;
		destroy(ahead);
		return NULL;
	}
	return ahead;
}

void ahead_free(struct ahead *ahead)
{
	if (!ahead)
		return;
	pthread_mutex_lock(&ahead->lock);
	ahead->closing = true;
	pthread_cond_signal(&ahead->work);
	pthread_mutex_unlock(&ahead->lock);
	pthread_join(ahead->thread, NULL);
	ahead->splitter->take = ahead->take;
	ahead->splitter->context = ahead->context;
	destroy(ahead);
}

bool ahead_feed(struct ahead *ahead, const char *bytes, size_t size)
{
	pthread_mutex_lock(&ahead->lock);
	bool done = buffer_append(&ahead->fed, bytes, size);
	if (done)
		ahead->left += size;
	pthread_cond_signal(&ahead->work);
	pthread_mutex_unlock(&ahead->lock);
	return done;
}

struct batch *ahead_next(struct ahead *ahead, size_t most_left, bool *failed)
{
	pthread_mutex_lock(&ahead->lock);
	while (ahead->filled == ahead->taken && ahead->left > most_left && !ahead->failed)
		pthread_cond_wait(&ahead->ready, &ahead->lock);
	bool ready = ahead->filled > ahead->taken;
	*failed = !ready && ahead->failed;
	pthread_mutex_unlock(&ahead->lock);
	return ready ? &ahead->slots[ahead->taken % SLOTS] : NULL;
}

void ahead_release(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->taken++;
	pthread_cond_signal(&ahead->work);
	pthread_mutex_unlock(&ahead->lock);
}

bool ahead_idle(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	bool idle = ahead->left == 0 && ahead->filled == ahead->taken;
	pthread_mutex_unlock(&ahead->lock);
	return idle;
}
