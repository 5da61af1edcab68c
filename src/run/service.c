/* SPDX-License-Identifier: GPL-3.0-or-later */
/* service.c - what is sent when; how, notify.h knows. */
#include <config.h>

#include "run/service.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/diag.h"
#include "base/notify.h"

struct service {
    struct sched *sched;
    double pause; /* seconds between two signs of life */
    bool running; /* there is a thread */
    pthread_t thread;
    pthread_mutex_t lock; /* of: */
    pthread_cond_t ended;
    bool stopping;
};

static void service_notice(void *ctx, enum watch_notice notice)
{
    (void)ctx;
    if (notice == WATCH_WALKED)
        notify("STATUS=What was there is done; watching");
}

/* A scheduler that hangs does not give its lock, and this thread hangs with it. */
static void service_live(struct service *s)
{
    struct sched_glance glance;
    char state[128];

    sched_look(s->sched, &glance);
    snprintf(state, sizeof state, "WATCHDOG=1\nSTATUS=%d of %d lanes at work, %d waiting",
             glance.at_work, glance.lanes, glance.waiting + glance.parked);
    notify(state);
}

static bool service_wait(struct service *s)
{
    struct timespec until;
    double whole, part = modf(s->pause, &whole);
    int rc = 0;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += (time_t)whole;
    until.tv_nsec += (long)(part * 1e9);
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&s->lock);
    while (!s->stopping && rc == 0)
        rc = pthread_cond_timedwait(&s->ended, &s->lock, &until);
    bool more = !s->stopping;
    pthread_mutex_unlock(&s->lock);
    return more;
}

static void *service_main(void *ctx)
{
    struct service *s = ctx;
    do
        service_live(s);
    while (service_wait(s));
    return NULL;
}

struct service *service_start(struct watching *watching, struct sched *sched)
{
    struct service *s = xcalloc(1, sizeof *s);
    pthread_condattr_t attr;

    s->sched = sched;
    s->pause = notify_watchdog();
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&s->ended, &attr);
    pthread_condattr_destroy(&attr);
    pthread_mutex_init(&s->lock, NULL);
    watching_set_notice(watching, service_notice, s);
    /* Not only once all is done that was there: that may take hours. */
    notify("READY=1\nSTATUS=Looking at what is there");
    if (s->pause <= 0)
        return s;
    int errnum = pthread_create(&s->thread, NULL, service_main, s);
    s->running = errnum == 0;
    if (errnum != 0)
        diag_warning(NULL, "no thread for signs of life: %s", strerror(errnum));
    return s;
}

void service_ends(void)
{
    notify("STOPPING=1\nSTATUS=Finishing what is at work");
}

void service_stop(struct service *s)
{
    if (!s)
        return;
    if (s->running) {
        pthread_mutex_lock(&s->lock);
        s->stopping = true;
        pthread_cond_signal(&s->ended);
        pthread_mutex_unlock(&s->lock);
        pthread_join(s->thread, NULL);
    }
    pthread_cond_destroy(&s->ended);
    pthread_mutex_destroy(&s->lock);
    free(s);
}
