/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fallback.c - a local lane behind a lock: parsers whose global state nobody
 * has warmed up here are used by one thread at a time. */
#include <config.h>

#include <pthread.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/map.h"
#include "lane/fallback.h"

struct fallback {
    pthread_mutex_t lock;
    struct lane *lane; /* NULL: not needed so far; under the lock */
};

struct fallback *fallback_create(void)
{
    struct fallback *f = xcalloc(1, sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    return f;
}

/* Locks F and sees to it that there is a lane, needed for the reason in WHY. */
static void fallback_enter(struct fallback *f, const struct error *why)
{
    pthread_mutex_lock(&f->lock);
    if (f->lane)
        return;
    diag_error(NULL, "%s", why->detail);
    diag_error(NULL, "going on in one process without isolation: a document "
                     "that crashes the parser will end the run, and what is in "
                     "archives and mail is left out");
    map_install_guard();
    f->lane = lane_create_local();
}

int fallback_open(struct fallback *f, const struct lane_document *document,
                  struct format_info *info, struct error *e)
{
    fallback_enter(f, e);
    error_clear(e);
    int rc = lane_open(f->lane, document, info, e);
    pthread_mutex_unlock(&f->lock);
    return rc;
}

int fallback_pages(struct fallback *f, const struct lane_document *document,
                   const int *pages, int count, struct lane_output *out,
                   const struct error *why, struct error *e)
{
    fallback_enter(f, why);
    /* Its members would need the lane while it is at work. */
    struct lane_document alone = *document;
    alone.members = false;
    int rc = lane_pages(f->lane, &alone, pages, count, out, e);
    pthread_mutex_unlock(&f->lock);
    return rc;
}

void fallback_close(struct fallback *f, uint64_t id)
{
    pthread_mutex_lock(&f->lock);
    if (f->lane)
        lane_close(f->lane, id);
    pthread_mutex_unlock(&f->lock);
}

void fallback_destroy(struct fallback *f)
{
    if (!f)
        return;
    lane_destroy(f->lane);
    pthread_mutex_destroy(&f->lock);
    free(f);
}
