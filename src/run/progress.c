/* SPDX-License-Identifier: GPL-3.0-or-later */
/* progress.c - reads the metrics five times a second and draws a line. What
 * remains is known when the survey is through, or never (a list from a pipe):
 * then there is no bar and no ETA, but all counts. */
#include <config.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/diag.h"
#include "run/progress.h"

#define PROGRESS_TERMINAL_SECONDS 0.2
#define PROGRESS_PLAIN_SECONDS 2.0
/* Columns of the bar, brackets not counted: what the figures leave of the
 * line, and none when that is too little to see anything move. */
#define PROGRESS_BAR_MOST 24
#define PROGRESS_BAR_LEAST 4
/* What a document costs beside its bytes, as bytes: opening a tiny file takes
 * as long as reading some 20 KB of text from a big one. */
#define PROGRESS_DOCUMENT_BYTES 20000.0

struct progress {
    struct metrics *metrics;
    const struct survey *survey;
    bool terminal;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool stop; /* under lock */
};

static uint64_t progress_documents(const struct metrics_snapshot *m)
{
    return m->admitted - m->not_reached;
}

/* 12345678 as "12,345,678". */
static void progress_number(struct buffer *b, uint64_t n)
{
    char digits[32];
    int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)n);
    for (int i = 0; i < size; i++) {
        buffer_append_char(b, digits[i]);
        if (i + 1 < size && (size - i - 1) % 3 == 0)
            buffer_append_char(b, ',');
    }
}

static void progress_time(struct buffer *b, double seconds)
{
    unsigned long s = (unsigned long)(seconds + 0.5);
    if (s >= 3600)
        buffer_printf(b, "%lu:%02lu:%02lu", s / 3600, s / 60 % 60, s % 60);
    else
        buffer_printf(b, "%lu:%02lu", s / 60, s % 60);
}

static void progress_rate(struct buffer *b, uint64_t pages, double seconds)
{
    progress_number(b, seconds > 0 ? (uint64_t)((double)pages / seconds * 60) : 0);
    buffer_append_string(b, " pages/min");
}

/* The share of the work that is done, 0 to 1. */
static double progress_share(const struct metrics_snapshot *m, uint64_t documents,
                             uint64_t bytes)
{
    double all = (double)documents * PROGRESS_DOCUMENT_BYTES + (double)bytes;
    double done = (double)progress_documents(m) * PROGRESS_DOCUMENT_BYTES +
                  (double)m->bytes_live;
    return all <= 0 ? 1 : done > all ? 1 : done / all;
}

static void progress_bar(struct buffer *b, double share, int columns)
{
    int full = (int)(share * columns);
    buffer_append_char(b, '[');
    for (int i = 0; i < columns; i++)
        buffer_append_char(b, i < full ? '=' : i == full ? '>' : ' ');
    buffer_append_string(b, "] ");
}

/* "38/300 done, 2 failed, 262 left, 764 pages, 18,344 pages/min, ETA 0:12", 72
 * columns, so that it fits a terminal of 80; longer figures, with partial ones say,
 * lose the pages. */
static void progress_figures(struct buffer *b, const struct metrics_snapshot *m,
                             bool known, uint64_t documents, double share,
                             bool with_pages)
{
    uint64_t done = progress_documents(m);
    progress_number(b, done);
    if (known) {
        buffer_append_char(b, '/');
        progress_number(b, documents);
    }
    buffer_append_string(b, " done, ");
    progress_number(b, m->all.documents[STATUS_FAILED]);
    buffer_append_string(b, " failed, ");
    if (m->all.documents[STATUS_PARTIAL]) {
        progress_number(b, m->all.documents[STATUS_PARTIAL]);
        buffer_append_string(b, " partial, ");
    }
    if (known) {
        progress_number(b, documents > done ? documents - done : 0);
        buffer_append_string(b, " left, ");
    }
    if (with_pages) {
        progress_number(b, m->pages_live);
        buffer_append_string(b, " pages, ");
    }
    progress_rate(b, m->pages_live, m->wall_seconds);
    if (known && share > 0.01) {
        buffer_append_string(b, ", ETA ");
        progress_time(b, m->wall_seconds / share * (1 - share));
    }
}

/* A line of at most COLUMNS. */
static void progress_draw(struct progress *p, struct buffer *b, size_t columns)
{
    struct metrics_snapshot m;
    uint64_t documents = 0, bytes = 0;
    metrics_read(p->metrics, &m);
    bool known = survey_read(p->survey, &documents, &bytes);
    documents += m.members;
    bytes += m.member_bytes;
    double share = known ? progress_share(&m, documents, bytes) : 0;
    struct buffer figures = { 0 };
    progress_figures(&figures, &m, known, documents, share, true);
    if (figures.size > columns) {
        buffer_clear(&figures);
        progress_figures(&figures, &m, known, documents, share, false);
    }
    size_t left = columns > figures.size ? columns - figures.size : 0;
    if (known && p->terminal && left >= PROGRESS_BAR_LEAST + 3)
        progress_bar(b, share, left - 3 < PROGRESS_BAR_MOST ? (int)left - 3
                                                            : PROGRESS_BAR_MOST);
    buffer_append(b, figures.data, figures.size);
    buffer_free(&figures);
}

static size_t progress_columns(void)
{
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 10)
        return size.ws_col;
    return 80;
}

static void progress_show(struct progress *p)
{
    struct buffer b = { 0 };
    /* One column less, or some terminals wrap. */
    size_t columns = p->terminal ? progress_columns() - 1 : SIZE_MAX;
    progress_draw(p, &b, columns);
    if (p->terminal) {
        if (b.size > columns)
            b.size = columns;
        diag_status(buffer_string(&b));
    } else {
        diag_line(buffer_string(&b));
    }
    buffer_free(&b);
}

static void *progress_thread(void *arg)
{
    struct progress *p = arg;
    double period = p->terminal ? PROGRESS_TERMINAL_SECONDS : PROGRESS_PLAIN_SECONDS;
    pthread_mutex_lock(&p->lock);
    while (!p->stop) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_sec += (time_t)period;
        until.tv_nsec += (long)((period - (double)(time_t)period) * 1e9);
        if (until.tv_nsec >= 1000000000) {
            until.tv_sec++;
            until.tv_nsec -= 1000000000;
        }
        pthread_cond_timedwait(&p->ended, &p->lock, &until);
        if (!p->stop)
            progress_show(p);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

struct progress *progress_start(struct metrics *metrics, const struct survey *survey,
                                bool terminal)
{
    struct progress *p = xcalloc(1, sizeof *p);
    p->metrics = metrics;
    p->survey = survey;
    p->terminal = terminal;
    pthread_mutex_init(&p->lock, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&p->ended, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&p->thread, NULL, progress_thread, p) == 0)
        return p;
    free(p);
    return NULL;
}

void progress_stop(struct progress *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stop = true;
    pthread_cond_signal(&p->ended);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    diag_status(NULL);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->ended);
    free(p);
}

void progress_summary(struct metrics *metrics)
{
    struct metrics_snapshot m;
    struct buffer b = { 0 };
    metrics_read(metrics, &m);
    progress_number(&b, progress_documents(&m));
    buffer_append_string(&b, progress_documents(&m) == 1 ? " document, "
                                                         : " documents, ");
    progress_number(&b, m.all.pages);
    buffer_append_string(&b, m.all.pages == 1 ? " page, " : " pages, ");
    progress_number(&b, m.all.documents[STATUS_FAILED]);
    buffer_append_string(&b, " failed, ");
    progress_number(&b, m.all.documents[STATUS_PARTIAL]);
    buffer_append_string(&b, " partial, ");
    progress_number(&b, m.all.documents[STATUS_SKIPPED]);
    buffer_append_string(&b, " skipped");
    if (m.not_reached) {
        buffer_append_string(&b, ", ");
        progress_number(&b, m.not_reached);
        buffer_append_string(&b, " not reached");
    }
    buffer_printf(&b, "; %.1f s, ", m.wall_seconds);
    progress_rate(&b, m.all.pages, m.wall_seconds);
    diag_line(buffer_string(&b));
    buffer_free(&b);
}
