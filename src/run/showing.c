/* SPDX-License-Identifier: GPL-3.0-or-later */
/* showing.c - see showing.h. */
#include <config.h>

#include "run/showing.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "base/replace.h"
#include "run/publish.h"
#ifdef HAVE_LIBMICROHTTPD
#include "run/exporter.h"
#endif

struct showing {
    const struct settings *settings;
    struct view *view;
    struct publish *publish; /* NULL: nothing is to be */
#ifdef HAVE_LIBMICROHTTPD
    struct exporter *exporter; /* NULL: nobody is answered */
#endif
};

static bool showing_publishes(const struct settings *s)
{
    return s->output || s->stats || s->metrics_file || s->listens;
}

int showing_threads(const struct settings *s)
{
    return showing_publishes(s) + s->listens;
}

int showing_descriptors(const struct settings *s)
{
    int count = showing_publishes(s);
#ifdef HAVE_LIBMICROHTTPD
    if (s->listens)
        count += EXPORTER_CONNECTIONS + EXPORTER_DESCRIPTORS;
#endif
    return count;
}

static int showing_open(struct showing *w, struct error *e)
{
    const struct settings *s = w->settings;
    if (s->metrics_file && replace_check(s->metrics_file, e) != 0)
        return -1;
#ifdef HAVE_LIBMICROHTTPD
    if (s->listens && !(w->exporter = exporter_start(&s->endpoint, w->view, e)))
        return -1;
#endif
    return 0;
}

struct showing *showing_create(const struct settings *settings, struct metrics *metrics,
                         struct worker_pool *pool, struct error *e)
{
    struct showing *w = xcalloc(1, sizeof *w);
    w->settings = settings;
    w->view = view_create(metrics, pool);
    if (showing_open(w, e) == 0)
        return w;
    showing_destroy(w);
    return NULL;
}

void showing_begin(struct showing *w, struct sched *sched, struct writer *writer,
                struct stats *stats, const char *state)
{
    struct publish_config config = {
        .stats = stats,
        .metrics = w->settings->metrics_file,
        .state = state,
        .view = w->view,
    };
    view_watch(w->view, sched, writer);
    if (showing_publishes(w->settings))
        w->publish = publish_start(&config);
}

void showing_forget(struct showing *w)
{
    publish_stop(w->publish);
    w->publish = NULL;
    view_forget(w->view);
}

void showing_read(struct showing *w, struct metrics_snapshot *totals)
{
    view_read(w->view, totals);
}

int showing_conclude(struct showing *w, const struct metrics_snapshot *totals, struct error *e)
{
#ifdef HAVE_LIBMICROHTTPD
    exporter_conclude(w->exporter);
#endif
    return w->settings->metrics_file
               ? publish_metrics(w->settings->metrics_file, totals, false, e)
               : 0;
}

void showing_destroy(struct showing *w)
{
    if (!w)
        return;
    publish_stop(w->publish);
#ifdef HAVE_LIBMICROHTTPD
    exporter_stop(w->exporter);
#endif
    view_destroy(w->view);
    free(w);
}
