/* SPDX-License-Identifier: GPL-3.0-or-later */
/* publish.c - the first files come after a second, so that a run of a moment writes
 * none, and what they cost does not depend on how many documents there were. */
#include <config.h>

#include "run/publish.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/replace.h"
#include "document/record.h"
#include "run/prometheus.h"
#include "run/totals.h"

#define PUBLISH_FIRST_SECONDS 1
#define PUBLISH_SECONDS 2
#define PUBLISH_NEW "-new"

struct publish {
    struct publish_config config;
    bool complained;
    pthread_t thread;
    pthread_mutex_t lock; /* of: */
    pthread_cond_t ended;
    bool stopping;
};

int publish_metrics(const char *path, const struct metrics_snapshot *s, bool running,
                    struct error *e)
{
    struct buffer b = { 0 };
    prometheus_append(&b, s, running);
    int rc = replace_file(path, b.data, b.size, e);
    buffer_free(&b);
    return rc;
}

/* Under a name of its own that the next run knows, should this one be killed here: the
 * output's lock keeps others away. */
static int publish_state(const char *path, const struct metrics_snapshot *s,
                         struct error *e)
{
    char *temporary = xasprintf("%s" PUBLISH_NEW, path);
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
    struct buffer b = { 0 };
    record_dump(&b, totals_json(s, true), JSON_COMPACT);
    errno = fd < 0 ? errno : ENOSPC; /* unless a call knows better */
    bool good = fd >= 0 && write(fd, b.data, b.size) == (ssize_t)b.size;
    good = good && rename(temporary, path) == 0;
    int rc = good ? 0 : error_set_errno(e, ERROR_OUTPUT, errno, "cannot write %s", path);
    if (fd >= 0)
        close(fd);
    if (fd >= 0 && !good)
        unlink(temporary);
    free(temporary);
    buffer_free(&b);
    return rc;
}

void publish_clean(const char *state)
{
    char *temporary = xasprintf("%s" PUBLISH_NEW, state);
    unlink(state);
    unlink(temporary);
    free(temporary);
}

static void publish_judge(struct publish *p, int rc, const struct error *e)
{
    if (rc != 0 && !p->complained) {
        p->complained = true;
        diag_warning(NULL, "%s", e->detail);
    }
}

static void publish_all(struct publish *p)
{
    struct metrics_snapshot s;
    struct error e = { 0 };
    view_look(p->config.view, &s);
    if (p->config.stats)
        publish_judge(p, stats_show(p->config.stats, &s, &e), &e);
    if (p->config.metrics)
        publish_judge(p, publish_metrics(p->config.metrics, &s, true, &e), &e);
    if (p->config.state)
        publish_judge(p, publish_state(p->config.state, &s, &e), &e);
}

/* False: the run is over. */
static bool publish_wait(struct publish *p, struct timespec *until, int seconds)
{
    int rc = 0;
    until->tv_sec += seconds;
    pthread_mutex_lock(&p->lock);
    while (!p->stopping && rc == 0)
        rc = pthread_cond_timedwait(&p->ended, &p->lock, until);
    bool more = !p->stopping;
    pthread_mutex_unlock(&p->lock);
    return more;
}

static void *publish_main(void *ctx)
{
    struct publish *p = ctx;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    for (int seconds = PUBLISH_FIRST_SECONDS; publish_wait(p, &until, seconds);
         seconds = PUBLISH_SECONDS) {
        publish_all(p);
        /* A slow disk is not written to without a pause. */
        clock_gettime(CLOCK_MONOTONIC, &until);
    }
    return NULL;
}

struct publish *publish_start(const struct publish_config *config)
{
    struct publish *p = xcalloc(1, sizeof *p);
    pthread_condattr_t attr;
    p->config = *config;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&p->ended, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&p->lock, NULL);
    int errnum = pthread_create(&p->thread, NULL, publish_main, p);
    if (errnum == 0)
        return p;
    diag_warning(NULL, "no figures are shown during the run: no thread: %s",
                 strerror(errnum));
    pthread_cond_destroy(&p->ended);
    pthread_mutex_destroy(&p->lock);
    free(p);
    return NULL;
}

void publish_stop(struct publish *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_signal(&p->ended);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    if (p->config.state)
        unlink(p->config.state);
    pthread_cond_destroy(&p->ended);
    pthread_mutex_destroy(&p->lock);
    free(p);
}
