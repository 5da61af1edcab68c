/* SPDX-License-Identifier: GPL-3.0-or-later */
/* writer.c - a ring of entries under one mutex. The bound on bytes counts
 * text only, and an empty queue takes any entry, however big. */
#include <config.h>

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "sink/writer.h"

/* Enough that a writer that waits for the disk a moment does not stop the
 * lanes, little beside what the parsers need. */
#define WRITER_ENTRIES 10000
#define WRITER_BYTES ((size_t)32 << 20)
/* Microseconds that more may come in after a pause: to wake for each tiny document
 * cost a third of a run that finds nothing to do, and 2 % of others. */
#define WRITER_GATHER 200
#define WRITER_FEW 128

struct writer_entry {
    struct result *result;
    struct chunk chunk;
    struct result *outer; /* RESULT is admitted, as a member of this; or NULL */
    bool end;
};

struct writer {
    struct sink *sink;
    void (*on_fail)(void *ctx);
    void *ctx;
    pthread_t thread;

    pthread_mutex_t lock; /* all below */
    pthread_cond_t filled, drained, moved;
    struct writer_entry ring[WRITER_ENTRIES];
    size_t first, count;
    size_t bytes;
    bool closed, failed, abandoned;
    struct writer_count done; /* but for what waits */
    struct error error;
    /* Whose text the sink would not take; it ends later. The thread's own. */
    const struct result *culprit;
};

/* RESULT comes to its end after the sink has failed with E. */
static void writer_lose(struct writer *w, struct result *result,
                        const struct error *e)
{
    struct error why = *e;
    if (result != w->culprit && result->item.ordinal != w->sink->broken)
        error_set(&why, ERROR_INTERRUPTED, "not reached: the output failed");
    if (result == w->culprit)
        w->culprit = NULL;
    sink_lose(w->sink, result, &why);
}

static int writer_write(struct writer *w, struct writer_entry *entry,
                        struct error *e)
{
    if (entry->outer)
        return w->sink->ops->insert(w->sink, entry->result, entry->outer, e);
    /* Pages without any text leave the buffer NULL. */
    const char *text = entry->chunk.text.data ? entry->chunk.text.data : "";
    size_t start = 0;
    for (size_t i = 0; i < entry->chunk.mark_count; i++) {
        const struct chunk_mark *m = entry->chunk.marks + i;
        if (w->sink->ops->text(w->sink, entry->result, m->page, text + start,
                               m->end - start, m->complete, e) != 0) {
            w->culprit = entry->result;
            if (entry->end)
                writer_lose(w, entry->result, e);
            return -1;
        }
        start = m->end;
    }
    return entry->end ? w->sink->ops->end(w->sink, entry->result, e) : 0;
}

static void writer_fail(struct writer *w, const struct error *e)
{
    pthread_mutex_lock(&w->lock);
    w->failed = true;
    w->error = *e;
    pthread_cond_broadcast(&w->drained);
    pthread_cond_broadcast(&w->moved);
    pthread_mutex_unlock(&w->lock);
    if (w->sink->ops->lose)
        w->sink->ops->lose(w->sink, e);
    w->on_fail(w->ctx);
}

/* Takes the oldest entry; false at the end of all. Lets the sink know when it
 * has to wait. */
static bool writer_take(struct writer *w, struct writer_entry *entry,
                        bool *was_idle)
{
    pthread_mutex_lock(&w->lock);
    bool first = w->count == 0 || w->done.entries == 0;
    while (w->count == 0 && !w->closed) {
        if (!*was_idle && !w->failed && w->sink->ops->idle) {
            *was_idle = true;
            pthread_mutex_unlock(&w->lock);
            struct error e = { 0 };
            if (w->sink->ops->idle(w->sink, &e) != 0)
                writer_fail(w, &e);
            pthread_mutex_lock(&w->lock);
            continue;
        }
        pthread_cond_wait(&w->filled, &w->lock);
        if (w->count < WRITER_FEW && !w->closed) {
            pthread_mutex_unlock(&w->lock);
            usleep(WRITER_GATHER);
            pthread_mutex_lock(&w->lock);
        }
    }
    bool more = w->count > 0;
    if (more) {
        *was_idle = false;
        *entry = w->ring[w->first];
        w->first = (w->first + 1) % WRITER_ENTRIES;
        w->count--;
        w->done.entries++;
        w->done.batches += first;
        w->bytes -= entry->chunk.text.size;
        pthread_cond_broadcast(&w->drained);
    }
    pthread_mutex_unlock(&w->lock);
    return more;
}

static void *writer_thread(void *arg)
{
    struct writer *w = arg;
    struct writer_entry entry;
    bool was_idle = false;
    while (writer_take(w, &entry, &was_idle)) {
        struct error e = { 0 };
        /* Only this thread sets it. */
        if (w->failed) {
            if (entry.end)
                writer_lose(w, entry.result, &w->error);
        } else if (writer_write(w, &entry, &e) != 0) {
            writer_fail(w, &e);
        }
        if (entry.end) {
            pthread_mutex_lock(&w->lock);
            pthread_cond_broadcast(&w->moved);
            pthread_mutex_unlock(&w->lock);
        }
        chunk_free(&entry.chunk);
    }
    struct error e = { 0 };
    if (!w->failed && w->sink->ops->flush &&
        w->sink->ops->flush(w->sink, &e) != 0)
        writer_fail(w, &e);
    return NULL;
}

struct writer *writer_create(struct sink *sink, void (*on_fail)(void *ctx),
                             void *ctx, struct error *e)
{
    struct writer *w = xcalloc(1, sizeof *w);
    w->sink = sink;
    w->on_fail = on_fail;
    w->ctx = ctx;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->filled, NULL);
    pthread_cond_init(&w->drained, NULL);
    pthread_cond_init(&w->moved, NULL);
    int rc = pthread_create(&w->thread, NULL, writer_thread, w);
    if (rc != 0) {
        error_set_errno(e, ERROR_INTERNAL, rc, "cannot start the writer thread");
        free(w);
        return NULL;
    }
    return w;
}

int writer_admit(struct writer *w, struct result *result)
{
    pthread_mutex_lock(&w->lock);
    while (!w->failed && !w->abandoned &&
           result->item.ordinal >= w->sink->horizon)
        pthread_cond_wait(&w->moved, &w->lock);
    bool stop = w->failed || w->abandoned;
    pthread_mutex_unlock(&w->lock);
    if (stop)
        return -1;
    if (w->sink->ops->admit)
        w->sink->ops->admit(w->sink, result);
    return 0;
}

bool writer_keeps_order(const struct writer *w)
{
    return w->sink->horizon != UINT64_MAX;
}

static int writer_push(struct writer *w, struct writer_entry *entry)
{
    pthread_mutex_lock(&w->lock);
    size_t size = entry->chunk.text.size;
    bool blocked = false;
    while (!w->failed && (w->count == WRITER_ENTRIES ||
                          (w->count && w->bytes + size > WRITER_BYTES))) {
        w->done.blocked += !blocked;
        blocked = true;
        pthread_cond_wait(&w->drained, &w->lock);
    }
    /* A failed writer still takes ends, to count them; room comes at once. */
    while (entry->end && w->count == WRITER_ENTRIES)
        pthread_cond_wait(&w->drained, &w->lock);
    bool take = entry->end || !w->failed;
    if (take) {
        w->ring[(w->first + w->count) % WRITER_ENTRIES] = *entry;
        w->count++;
        w->bytes += size;
        pthread_cond_signal(&w->filled);
    }
    int rc = w->failed ? -1 : 0;
    pthread_mutex_unlock(&w->lock);
    if (!take)
        chunk_free(&entry->chunk);
    return rc;
}

void writer_admit_member(struct writer *w, struct result *result,
                         struct result *outer)
{
    if (w->sink->ops->admit_member)
        w->sink->ops->admit_member(w->sink, result, outer);
    if (!w->sink->ops->insert)
        return;
    struct writer_entry entry = { .result = result, .outer = outer };
    writer_push(w, &entry);
}

int writer_put(struct writer *w, struct result *result, struct chunk *chunk)
{
    struct writer_entry entry = { .result = result };
    chunk_move(&entry.chunk, chunk);
    return writer_push(w, &entry);
}

void writer_end(struct writer *w, struct result *result)
{
    struct writer_entry entry = { .result = result, .end = true };
    writer_push(w, &entry);
}

void writer_abandon(struct writer *w)
{
    pthread_mutex_lock(&w->lock);
    w->abandoned = true;
    pthread_cond_broadcast(&w->moved);
    pthread_mutex_unlock(&w->lock);
}

void writer_look(struct writer *w, struct writer_count *count)
{
    pthread_mutex_lock(&w->lock);
    *count = w->done;
    count->waiting = w->count;
    count->waiting_bytes = w->bytes;
    pthread_mutex_unlock(&w->lock);
}

int writer_drain(struct writer *w, struct error *e)
{
    pthread_mutex_lock(&w->lock);
    bool drained = w->closed;
    w->closed = true;
    pthread_cond_signal(&w->filled);
    pthread_mutex_unlock(&w->lock);
    if (!drained)
        pthread_join(w->thread, NULL);
    if (w->failed)
        *e = w->error;
    return w->failed ? -1 : 0;
}

int writer_finish(struct writer *w, struct error *e)
{
    int rc = writer_drain(w, e);
    pthread_mutex_destroy(&w->lock);
    pthread_cond_destroy(&w->filled);
    pthread_cond_destroy(&w->drained);
    pthread_cond_destroy(&w->moved);
    free(w);
    return rc;
}
