/* SPDX-License-Identifier: GPL-3.0-or-later */
/* timeline.c - lines go through stdio under a mutex; there is one a range, so
 * that neither costs anything beside the pages. */
#include <config.h>

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "run/timeline.h"

struct timeline {
    const char *path;
    double origin;
    pthread_mutex_t lock; /* all below */
    FILE *file;
    int errnum; /* of the first line that could not be written */
};

struct timeline *timeline_create(const char *path, struct error *e)
{
    FILE *file = fopen(path, "we");
    if (!file) {
        error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", path);
        return NULL;
    }
    struct timeline *t = xcalloc(1, sizeof *t);
    t->path = path;
    t->file = file;
    t->origin = clock_now();
    pthread_mutex_init(&t->lock, NULL);
    return t;
}

void timeline_add(struct timeline *t, int lane, double start,
                  const struct result *r, int first, int count)
{
    if (!t)
        return;
    double end = clock_now();
    pthread_mutex_lock(&t->lock);
    int n = fprintf(t->file,
                    "{\"lane\": %d, \"start\": %.6f, \"end\": %.6f, "
                    "\"document\": %" PRIu64 ", \"tier\": \"%s\", "
                    "\"first\": %d, \"pages\": %d}\n",
                    lane, start - t->origin, end - t->origin, r->item.ordinal,
                    tier_name(r->tier), first, count);
    if (n < 0 && !t->errnum)
        t->errnum = errno;
    pthread_mutex_unlock(&t->lock);
}

int timeline_close(struct timeline *t, struct error *e)
{
    if (!t)
        return 0;
    int rc = 0;
    if (fclose(t->file) != 0 && !t->errnum)
        t->errnum = errno;
    if (t->errnum)
        rc = error_set_errno(e, ERROR_OUTPUT, t->errnum, "cannot write %s", t->path);
    pthread_mutex_destroy(&t->lock);
    free(t);
    return rc;
}
