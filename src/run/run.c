/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.c - what a run is made of is made in order, each part borrowing from
 * those before it, and taken down in the reverse order. */
#include <config.h>

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/limits.h"
#include "base/map.h"
#include "base/notify.h"
#include "base/priority.h"
#include "base/signals.h"
#include "document/record.h"
#include "lane/worker.h"
#include "run/metrics.h"
#include "run/own.h"
#include "run/progress.h"
#include "run/report.h"
#include "run/resume.h"
#include "run/run.h"
#include "run/service.h"
#include "run/showing.h"
#include "run/stats.h"
#include "run/steer.h"
#include "run/survey.h"
#include "run/timeline.h"
#include "run/watching.h"
#include "sched/sched.h"
#include "sink/recorded.h"
#include "sink/sink.h"
#include "sink/sqlite.h"
#include "sink/writer.h"

/* Threads beside the lanes: the writer, the survey, the progress line, the
 * governor, a service's signs of life. */
#define RUN_THREADS 5
/* Descriptors that a lane may have open: its worker's socket, and for a moment
 * the other end or a pidfd; a document and its output, and those of a large one
 * that it comes back to. */
#define RUN_LANE_DESCRIPTORS 6
/* Those of all others: directories of two walks, a list, what is held back,
 * --stats, a file of records and the pipe of its guard. */
#define RUN_DESCRIPTORS 10

struct run {
    const struct settings *settings;
    int lanes;
    struct source_config source_config;
    struct filter filter; /* the same choice for members */
    struct metrics *metrics;
    struct stats *stats;
    struct timeline *timeline;
    struct report report;
    struct worker_pool pool;
    struct resume *resume; /* NULL: nothing is kept */
    struct forget *forget; /* NULL: what is gone while it is watched stays */
    struct watching *watching; /* NULL: nothing is */
    struct sink *sink;
    struct own own;
    struct writer *writer;
    struct sched *sched;
    struct steer *steer; /* NULL: there is one lane, and nobody looks */
    struct showing *show;
    struct survey *survey;
    struct progress *progress;
};

/* The signal thread and the writer's failure reach the scheduler by this. The
 * signal thread starts before it is there and goes on after its end; so the
 * lock is held while either stops it. */
static pthread_mutex_t run_lock = PTHREAD_MUTEX_INITIALIZER;
static struct sched *run_sched;

static void run_set_sched(struct sched *sched)
{
    pthread_mutex_lock(&run_lock);
    run_sched = sched;
    pthread_mutex_unlock(&run_lock);
}

static void run_end_sched(void (*end)(struct sched *sched))
{
    pthread_mutex_lock(&run_lock);
    if (run_sched)
        end(run_sched);
    pthread_mutex_unlock(&run_lock);
}

static void run_on_signal(void *ctx)
{
    (void)ctx;
    service_ends();
    run_end_sched(sched_stop);
}

static void run_on_sink_failure(void *ctx)
{
    (void)ctx;
    run_end_sched(sched_abort);
    /* The source may wait for the next line of a list: wake it as a signal
     * does. */
    if (signals_fd() >= 0)
        eventfd_write(signals_fd(), 1);
}

static struct lane *run_local_lane(void *ctx)
{
    (void)ctx;
    return lane_create_local();
}

static struct lane *run_worker_lane(void *pool)
{
    return lane_create_worker(pool);
}

/* How many lanes the limits on descriptors and threads allow, one at least; a
 * worker counts as a thread. What is short all the same is waited for. */
static int run_count_lanes(const struct settings *s)
{
    int each = s->isolated ? 2 : 1;
    /* The guard of a file of records is a process. */
    int others = RUN_THREADS + showing_threads(s) + (s->format == OUTPUT_JSONL && s->output);
    int threads = limits_threads(s->jobs * each + others) - others;
    int descriptors = limits_descriptors() - RUN_DESCRIPTORS - showing_descriptors(s);
    int by_threads = threads / each;
    int by_descriptors = descriptors / RUN_LANE_DESCRIPTORS;
    int lanes = by_threads < by_descriptors ? by_threads : by_descriptors;
    if (lanes >= s->jobs)
        return s->jobs;
    lanes = lanes > 1 ? lanes : 1;
    if (lanes < s->jobs)
        diag_warning(NULL, "only %d of %d threads at work: the limit on %s", lanes,
                     s->jobs, by_threads < by_descriptors
                                  ? "processes (ulimit -u) allows no more"
                                  : "open files (ulimit -n) allows no more");
    return lanes;
}

static bool run_wants_progress(const struct settings *s)
{
    /* Not beside text on the same terminal: the two would mix. */
    if (s->progress == PROGRESS_AUTO)
        return isatty(STDERR_FILENO) && s->level > DIAG_QUIET &&
               (s->output || !isatty(STDOUT_FILENO));
    return s->progress == PROGRESS_ALWAYS;
}

static struct sink *run_create_jsonl(struct run *r, struct error *e)
{
    const struct settings *s = r->settings;
    struct sink_jsonl config = {
        .path = s->output,
        .keep = r->resume ? resume_keep(r->resume) : 0,
        .in_order = s->order == ORDER_INPUT,
        .hold_bytes = s->hold_bytes,
        .pages = s->page_records,
        .flags = s->timings ? RECORD_TIMINGS : 0,
    };
    return sink_create_jsonl(&config, &r->report.sink, e);
}

static struct sink *run_create_sink(struct run *r, struct error *e)
{
    const struct settings *s = r->settings;
    if (s->format == OUTPUT_JSONL)
        return run_create_jsonl(r, e);
    if (s->format == OUTPUT_SQLITE)
        return sink_create_sqlite(resume_manifest(r->resume), r->forget, s->output, s->hold_bytes,
                                  &r->report.sink, e);
    return sink_create_stream(STDOUT_FILENO, s->order == ORDER_INPUT, s->hold_bytes,
                              &r->report.sink);
}

/* A tree makes the directory that its manifest is in; a file is cut to what the
 * manifest says. */
static int run_prepare_output(struct run *r, struct error *e)
{
    const struct settings *s = r->settings;
    bool tree = s->output && s->format == OUTPUT_TEXT;
    if (tree && !(r->sink = sink_create_tree(s->output, &r->report.sink, e)))
        return -1;
    if (s->output && !(r->resume = resume_open(s, e)))
        return -1;
    if (tree) {
        resume_set_remove(r->resume, sink_tree_remove, r->sink);
        if (resume_keep_names(r->resume, sink_tree_naming(r->sink), e) != 0)
            return -1;
    }
    if (s->watch.on && s->watch.prunes &&
        !(r->forget = forget_create(resume_manifest(r->resume),
                                    tree ? sink_tree_remove : NULL, r->sink, e)))
        return -1;
    if (tree && s->watch.on)
        naming_set_lasting(sink_tree_naming(r->sink));
    if (!tree && !(r->sink = run_create_sink(r, e)))
        return -1;
    if (r->resume && s->format != OUTPUT_SQLITE)
        r->sink = sink_create_recorded(r->sink, resume_manifest(r->resume), r->forget);
    return 0;
}

static void run_create_steer(struct run *r)
{
    const struct settings *s = r->settings;
    struct governor_config config = {
        .minimum = s->min_jobs < r->lanes ? s->min_jobs : r->lanes, /* all with -j */
        .maximum = r->lanes,
        .yields = s->preset != PRESET_MAX,
        .target = s->cpu_target,
        .reserve = s->memory_reserve,
    };
    r->steer = steer_create(&config, &r->pool);
}

static int run_prepare(struct run *r, struct error *e)
{
    const struct settings *s = r->settings;
    r->lanes = run_count_lanes(s);
    r->metrics = metrics_create(r->lanes);
    if (s->stats && !(r->stats = stats_create(s->stats, e)))
        return -1;
    if (s->timeline && !(r->timeline = timeline_create(s->timeline, e)))
        return -1;
    report_init(&r->report, r->metrics, r->stats);
    r->pool.memory_limit = s->memory_limit;
    r->pool.page_timeout = s->page_timeout;
    r->pool.retries = s->retries;
    r->pool.sandbox = s->sandbox;
    worker_pool_init(&r->pool);
    /* Before anything of an earlier output goes. */
    if (!(r->show = showing_create(s, r->metrics, &r->pool, e)))
        return -1;
    if (run_prepare_output(r, e) != 0)
        return -1;
    own_init(&r->own, s, r->sink);
    r->source_config.owns = own_has;
    r->source_config.owns_ctx = &r->own;
    r->source_config.owns_since = r->own.since;
    if (s->watch.on) {
        r->watching = watching_create(s, &r->source_config, r->resume, r->forget,
                                      r->metrics, &r->report);
        r->source_config.watch = watching_watch(r->watching);
    }
    r->writer = writer_create(r->sink, run_on_sink_failure, NULL, e);
    if (!r->writer)
        return -1;
    r->filter = (struct filter){
        .includes = s->source.includes,
        .include_count = s->source.include_count,
        .excludes = s->source.excludes,
        .exclude_count = s->source.exclude_count,
    };
    /* For one lane it looks at the machine for others to see. */
    if (r->lanes > 1 || s->metrics_file || s->listens)
        run_create_steer(r);
    struct sched_config config = {
        .lanes = r->lanes,
        .lanes_start = r->steer ? steer_lanes(r->steer) : r->lanes,
        .split_pages = s->split_pages,
        .permits = s->epub_jobs,
        .limits = s->tiers,
        .pages = s->pages,
        .password = s->password,
        .options = &s->options,
        .types = s->types,
        .type_count = s->type_count,
        .timeout = s->timeout,
        .retries = s->retries,
        .hash = s->hash,
        .is_done = r->resume ? resume_is_done : NULL,
        .is_done_ctx = r->resume,
        .nest = s->nest,
        .filter = &r->filter,
        .journals = r->resume ? resume_journals(r->resume) : NULL,
        .timeline = r->timeline,
        .lane_create = s->isolated ? run_worker_lane : run_local_lane,
        .lane_ctx = &r->pool,
    };
    if (r->watching)
        watching_join(r->watching, &config);
    r->sched = sched_create(&config, r->writer, r->metrics);
    run_set_sched(r->sched);
    if (signals_caught())
        sched_stop(r->sched);
    showing_begin(r->show, r->sched, r->writer, r->stats,
               r->resume ? resume_state(r->resume) : NULL);
    return 0;
}

static void run_show_progress(struct run *r)
{
    r->survey = survey_start(&r->source_config);
    r->progress = progress_start(r->metrics, r->survey, isatty(STDERR_FILENO));
}

/* 0, or -1 and E: why the run could not go to its end. */
static int run_extract(struct run *r, struct error *e)
{
    bool shown = run_wants_progress(r->settings);
    if (shown)
        run_show_progress(r);
    /* Not for the survey, which need not be exact. */
    struct source_config config = r->source_config;
    config.retries = r->settings->retries;
    struct source *source = source_create(&config);
    if (r->steer)
        steer_start(r->steer, r->sched, r->metrics);
    struct service *service =
        r->watching ? service_start(r->watching, r->sched) : NULL;
    int rc = sched_run(r->sched, source, e);
    service_stop(service);
    steer_stop(r->steer);
    r->steer = NULL;
    source_destroy(source);
    /* There is nothing left to stop, and the writer goes. */
    run_set_sched(NULL);

    struct error sink_error = { 0 };
    writer_drain(r->writer, &sink_error);
    showing_forget(r->show);
    int sink_rc = writer_finish(r->writer, &sink_error);
    r->writer = NULL;
    progress_stop(r->progress);
    survey_stop(r->survey);
    if (shown)
        progress_summary(r->metrics);
    if (sink_rc != 0) {
        *e = sink_error;
        return -1;
    }
    return rc;
}

/* The end of a watch that was told to end: what was not reached is found again. */
static bool run_is_ended(const struct run *r)
{
    return r->watching && signals_caught();
}

static int run_status(const struct run *r, int rc, const struct metrics_snapshot *m)
{
    if (rc != 0 || m->errors[ERROR_OUTPUT] > 0 || r->pool.refused)
        return EXIT_STATUS_RUN;
    if (run_is_ended(r))
        return EXIT_STATUS_OK;
    bool trouble = m->trouble > 0 || (r->resume && resume_failed_before(r->resume) > 0);
    return trouble ? EXIT_STATUS_TROUBLE : EXIT_STATUS_OK;
}

/* Ends the run where it is kept, unless it was stopped, which RC says too. Returns
 * the exit status. */
static int run_conclude_resume(struct run *r, int rc, const struct metrics_snapshot *m)
{
    struct error e = { 0 };
    int status = run_status(r, rc, m);
    uint64_t before = r->resume ? resume_failed_before(r->resume) : 0;
    if (before > 0 && !r->watching && r->settings->level > DIAG_QUIET)
        diag_warning(NULL, "%llu %s in an earlier run (--retry-failed takes up what did)",
                     (unsigned long long)before,
                     before == 1 ? "document failed" : "documents failed");
    uint64_t failed =
        m->all.documents[STATUS_FAILED] + m->all.documents[STATUS_PARTIAL];
    bool whole = rc == 0 && !signals_caught();
    int ended = signals_caught() && !run_is_ended(r) ? 128 + signals_caught() : status;
    if (r->resume && whole &&
        resume_finish(r->resume, m->admitted, m->errors[ERROR_MISSING], failed, status,
                      &e) != 0) {
        diag_error(NULL, "%s", e.detail);
        status = EXIT_STATUS_RUN;
    }
    /* What stopped it has been said; a full disk may stop this, too. */
    if (r->resume && !whole)
        resume_end(r->resume, m->admitted, failed, ended, &e);
    /* The sink first: it may use the manifest. */
    sink_destroy(r->sink);
    r->sink = NULL;
    forget_destroy(r->forget);
    r->forget = NULL;
    resume_close(r->resume);
    r->resume = NULL;
    return status;
}

/* Says how it ended and gives the exit status. */
static int run_conclude(struct run *r, int rc, const struct error *e)
{
    struct metrics_snapshot m;
    struct error stats_error = { 0 };
    showing_read(r->show, &m);
    bool closed_pipe = rc != 0 && e->kind == ERROR_OUTPUT && e->sys_errno == EPIPE;
    if (rc != 0 && !closed_pipe)
        diag_error(NULL, "%s", e->detail);
    if (m.not_reached > 0 && !closed_pipe && !run_is_ended(r))
        diag_error(NULL, "%llu %s not reached", (unsigned long long)m.not_reached,
                   m.not_reached == 1 ? "document was" : "documents were");
    if (r->stats && stats_write(r->stats, &m, &stats_error) != 0) {
        diag_error(NULL, "%s", stats_error.detail);
        rc = -1;
    }
    if (showing_conclude(r->show, &m, &stats_error) != 0) {
        diag_error(NULL, "%s", stats_error.detail);
        rc = -1;
    }
    if (timeline_close(r->timeline, &stats_error) != 0) {
        diag_error(NULL, "%s", stats_error.detail);
        rc = -1;
    }
    r->timeline = NULL;
    if (closed_pipe)
        signals_die(SIGPIPE);
    int status = run_conclude_resume(r, rc, &m);
    if (signals_caught() && !run_is_ended(r))
        signals_die(signals_caught());
    return status;
}

int run(const struct settings *settings)
{
    struct run r = { .settings = settings, .source_config = settings->source };
    struct error e = { 0 };
    int status;
    limits_raise_descriptors();
    if (settings->preset == PRESET_LOW)
        priority_lower();
    if (settings->watch.on) {
        notify_start();
        watching_prepare();
    }
    signals_start(run_on_signal, NULL);
    r.source_config.wake_fd = signals_fd();
    /* A limit on the size of files is an error of the write then. */
    signal(SIGXFSZ, SIG_IGN);
    if (!settings->isolated)
        map_install_guard();
    if (run_prepare(&r, &e) != 0) {
        diag_error(NULL, "%s", e.detail);
        status = EXIT_STATUS_RUN;
    } else {
        int rc = run_extract(&r, &e);
        status = run_conclude(&r, rc, &e);
    }
    steer_stop(r.steer);
    showing_destroy(r.show);
    sched_destroy(r.sched);
    worker_pool_clear(&r.pool);
    sink_destroy(r.sink);
    watching_destroy(r.watching);
    own_clear(&r.own);
    forget_destroy(r.forget);
    resume_close(r.resume);
    timeline_close(r.timeline, NULL);
    stats_destroy(r.stats);
    metrics_destroy(r.metrics);
    return status;
}
