/* SPDX-License-Identifier: GPL-3.0-or-later */
/* held.c - the bytes of all pages are one queue of the spill; beside it stands
 * how many of them each page has. */
#include <config.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "sink/held.h"

struct held_page {
    int page;
    bool ended;
    uint64_t size;
};

struct held {
    struct held_store *store;
    struct held *next, *previous; /* in the store */
    struct spill_queue queue;
    struct held_page *pages;
    size_t count, capacity;
};

struct held_store {
    struct spill *spill;
    struct held *first;
};

struct held_store *held_store_create(struct spill *spill)
{
    struct held_store *store = xcalloc(1, sizeof *store);
    store->spill = spill;
    return store;
}

static struct held *held_of(struct held_store *store, struct result *result)
{
    if (!result->sink_data) {
        struct held *h = xcalloc(1, sizeof *h);
        h->store = store;
        h->next = store->first;
        if (h->next)
            h->next->previous = h;
        store->first = h;
        result->sink_data = h;
    }
    return result->sink_data;
}

static struct held_page *held_page_of(struct held *h, int page)
{
    if (h->count && !h->pages[h->count - 1].ended &&
        h->pages[h->count - 1].page == page)
        return h->pages + h->count - 1;
    if (h->count == h->capacity) {
        /* Most documents have few pages. */
        h->capacity = h->capacity * 2 + 4;
        h->pages = xrealloc_array(h->pages, h->capacity, sizeof *h->pages);
    }
    h->pages[h->count] = (struct held_page){ .page = page };
    return h->pages + h->count++;
}

int held_append(struct held_store *store, struct result *result, int page,
                const char *text, size_t size, bool end_of_page,
                struct error *e)
{
    struct held *h = held_of(store, result);
    struct held_page *p = held_page_of(h, page);
    if (size && spill_store(store->spill, &h->queue, text, size, e) != 0)
        return -1;
    p->size += size;
    p->ended = end_of_page;
    return 0;
}

struct held *held_take(struct result *result)
{
    struct held *h = result->sink_data;
    result->sink_data = NULL;
    return h;
}

struct held_reader {
    const struct held *held;
    size_t at;            /* the page at hand */
    uint64_t done;        /* bytes of it that came */
    struct buffer joined; /* the begin of a character, and what follows it */
    int (*out)(void *ctx, int page, const char *text, size_t size,
               bool end_of_page, struct error *e);
    void *ctx;
};

/* SIZE bytes more of the page at hand; the spill cuts anywhere. */
static int held_give(struct held_reader *r, const char *data, size_t size,
                     struct error *e)
{
    const struct held_page *p = r->held->pages + r->at;
    size_t tail = 0;
    r->done += size;
    bool last = r->done == p->size;
    if (r->joined.size) {
        buffer_append(&r->joined, data, size);
        data = r->joined.data;
        size = r->joined.size;
    }
    if (!last && !utf8_ends_inside(data, size, &tail))
        tail = 0;
    size -= tail;
    if (r->out(r->ctx, p->page, data, size, last && p->ended, e) != 0)
        return -1;
    char begin[4];
    memcpy(begin, data + size, tail);
    buffer_clear(&r->joined);
    buffer_append(&r->joined, begin, tail);
    if (last) {
        r->at++;
        r->done = 0;
    }
    return 0;
}

/* The pages at hand that are empty. */
static int held_give_empty(struct held_reader *r, struct error *e)
{
    while (r->at < r->held->count && r->held->pages[r->at].size == 0)
        if (held_give(r, "", 0, e) != 0)
            return -1;
    return 0;
}

static int held_read(void *ctx, const char *data, size_t size, struct error *e)
{
    struct held_reader *r = ctx;
    while (size) {
        if (held_give_empty(r, e) != 0)
            return -1;
        uint64_t left = r->held->pages[r->at].size - r->done;
        size_t most = HELD_PIECE - r->joined.size;
        size_t part = size < most ? size : most;
        if (part > left)
            part = (size_t)left;
        if (held_give(r, data, part, e) != 0)
            return -1;
        data += part;
        size -= part;
    }
    return 0;
}

int held_replay(struct held *h,
                int (*out)(void *ctx, int page, const char *text, size_t size,
                           bool end_of_page, struct error *e),
                void *ctx, struct error *e)
{
    struct held_reader r = { .held = h, .out = out, .ctx = ctx };
    int rc = spill_replay(h->store->spill, &h->queue, held_read, &r, e);
    if (rc == 0)
        rc = held_give_empty(&r, e);
    buffer_free(&r.joined);
    h->count = 0;
    return rc;
}

void held_drop(struct held *h)
{
    if (!h)
        return;
    if (h->previous)
        h->previous->next = h->next;
    else
        h->store->first = h->next;
    if (h->next)
        h->next->previous = h->previous;
    spill_drop(h->store->spill, &h->queue);
    free(h->pages);
    free(h);
}

void held_store_destroy(struct held_store *store)
{
    if (!store)
        return;
    while (store->first)
        held_drop(store->first);
    free(store);
}
