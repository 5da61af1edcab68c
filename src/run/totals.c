/* SPDX-License-Identifier: GPL-3.0-or-later */
/* totals.c - see totals.h. */
#include <config.h>

#include "run/totals.h"

#include <unistd.h>

#include "base/clock.h"
#include "base/hardware.h"
#include "document/record.h"

double totals_quantile(const struct metrics_latency *l, double q)
{
    double wanted = q * (double)l->count, below = 0, from = 0;
    if (l->count == 0)
        return 0;
    for (int i = 0; i < METRICS_BOUNDS; i++) {
        double here = (double)l->buckets[i];
        if (here > 0 && below + here >= wanted)
            return from + (metrics_bounds[i] - from) * (wanted - below) / here;
        below += here;
        from = metrics_bounds[i];
    }
    return from;
}

static void totals_put_time(json_t *o, const char *key, double seconds)
{
    char text[RECORD_TIME_SIZE];
    record_time((int64_t)seconds * 1000000000, text);
    json_object_set_new(o, key, json_string(text));
}

static double totals_rate(uint64_t count, double seconds)
{
    return seconds > 0 ? (double)count / seconds * 60 : 0;
}

static json_t *totals_group(const struct metrics_group *g, double wall)
{
    uint64_t total = 0;
    json_t *o = json_object();
    for (int i = 0; i < STATUSES; i++) {
        json_object_set_new(o, status_name((enum status)i),
                            json_integer((json_int_t)g->documents[i]));
        total += g->documents[i];
    }
    json_object_set_new(o, "documents", json_integer((json_int_t)total));
    json_object_set_new(o, "pages", json_integer((json_int_t)g->pages));
    json_object_set_new(o, "bytes", json_integer((json_int_t)g->bytes));
    json_object_set_new(o, "lane_seconds", json_real(g->seconds));
    json_object_set_new(o, "pages_per_minute", json_real(totals_rate(g->pages, wall)));
    return o;
}

static json_t *totals_documents(const struct metrics_snapshot *t)
{
    json_t *o = json_object();
    json_object_set_new(o, "total", json_integer((json_int_t)t->admitted));
    for (int i = 0; i < STATUSES; i++)
        json_object_set_new(o, status_name((enum status)i),
                            json_integer((json_int_t)t->all.documents[i]));
    json_object_set_new(o, "not_reached", json_integer((json_int_t)t->not_reached));
    return o;
}

static json_t *totals_lanes(const struct metrics_snapshot *t)
{
    double all = t->wall_seconds * t->lanes;
    const struct metrics_steering *g = &t->steering;
    const char *reason = g->reason == GOVERNOR_NONE ? NULL : governor_reason_name(g->reason);
    return json_pack("{s:i, s:i, s:i, s:i, s:i, s:s?, s:f, s:f, s:f, s:f}",
                     "count", t->lanes, "limit", t->lanes_wanted, "active",
                     t->lanes_active, "idle", metrics_lanes_idle(t), "parked",
                     metrics_lanes_parked(t), "reason", reason, "busy_seconds", t->lanes_busy_seconds, "busy_share",
                     all > 0 ? t->lanes_busy_seconds / all : 0.0,
                     "idle_share_before_tail", t->lanes_idle_share,
                     "tail_seconds", t->tail_seconds);
}

static json_t *totals_workers(const struct metrics_snapshot *t)
{
    const struct metrics_workers *w = &t->workers;
    return json_pack("{s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}",
                     "alive", t->steering.workers.count, "memory_bytes",
                     (json_int_t)t->steering.workers.memory, "started", (json_int_t)w->started,
                     "crashed", (json_int_t)w->crashed,
                     "timed_out", (json_int_t)w->timed_out,
                     "out_of_memory", (json_int_t)w->out_of_memory,
                     "sandboxed", (json_int_t)w->trapped,
                     "killed", (json_int_t)w->killed,
                     "recycled", (json_int_t)w->recycled,
                     "peak_memory_bytes",
                     (json_int_t)hardware_peak_memory_of_children());
}

static json_t *totals_latency(const struct metrics_latency *l)
{
    return json_pack("{s:I, s:f, s:f, s:f}", "documents", (json_int_t)l->count,
                     "mean_seconds", l->count ? l->seconds / (double)l->count : 0.0,
                     "p50_seconds", totals_quantile(l, 0.5), "p99_seconds",
                     totals_quantile(l, 0.99));
}

static json_t *totals_writer(const struct writer_count *w)
{
    return json_pack("{s:I, s:I, s:I, s:I, s:I}", "entries", (json_int_t)w->entries,
                     "batches", (json_int_t)w->batches, "blocked",
                     (json_int_t)w->blocked, "waiting", (json_int_t)w->waiting,
                     "waiting_bytes", (json_int_t)w->waiting_bytes);
}

static json_t *totals_watch(const struct metrics_snapshot *t)
{
    const struct watch_counts *w = &t->watch;
    if (!t->watches)
        return json_null();
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:b}",
                     "events", (json_int_t)w->events, "merged", (json_int_t)w->merged,
                     "gone", (json_int_t)t->gone, "overflows",
                     (json_int_t)w->overflows, "rescans", (json_int_t)w->walks, "pauses",
                     (json_int_t)w->pauses, "batches", (json_int_t)w->batches,
                     "directories", (json_int_t)w->folders, "waiting",
                     (json_int_t)w->waiting, "at_work", (json_int_t)w->at_work, "paused",
                     w->paused, "blind", w->blind);
}

/* A number of bytes that may not be known. */
static json_t *totals_bytes(uint64_t bytes)
{
    return bytes == UINT64_MAX ? json_null() : json_integer((json_int_t)bytes);
}

static json_t *totals_machine(const struct metrics_steering *g)
{
    const struct machine_sample *m = &g->machine;
    if (!g->looked)
        return json_null();
    return json_pack("{s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:o, s:o, s:f}", "cpus", m->cpus,
                     "busy_cpus", m->busy, "own_cpus", m->own, "load", m->load,
                     "cpu_pressure", m->cpu_pressure, "memory_pressure",
                     m->memory_pressure, "io_pressure", m->io_pressure,
                     "memory_available_bytes", totals_bytes(m->memory_available),
                     "memory_total_bytes", totals_bytes(m->memory_total),
                     "descriptors_share", m->descriptors);
}

static json_t *totals_text(uint64_t documents, uint64_t pages)
{
    return json_pack("{s:I, s:I}", "documents", (json_int_t)documents, "pages",
                     (json_int_t)pages);
}

/* Pages that the first PDF engine left to another one, by why; NULL: none. */
static json_t *totals_declined(const struct metrics_snapshot *t)
{
    json_t *o = NULL;
    for (int i = READER_NO_REASON + 1; i < READER_REASONS; i++) {
        if (!t->pages_declined[i])
            continue;
        o = o ? o : json_object();
        json_object_set_new(o, reader_reason_name((enum reader_reason)i),
                            json_integer((json_int_t)t->pages_declined[i]));
    }
    return o;
}

json_t *totals_json(const struct metrics_snapshot *t, bool running)
{
    uint64_t documents = t->admitted - t->not_reached;
    json_t *o = json_object();
    json_object_set_new(o, "version", json_string(PACKAGE_VERSION));
    json_object_set_new(o, "running", json_boolean(running));
    json_object_set_new(o, "pid", json_integer(getpid()));
    totals_put_time(o, "started", t->started);
    totals_put_time(o, "updated", clock_time());
    json_object_set_new(o, "wall_seconds", json_real(t->wall_seconds));
    json_object_set_new(o, "cpu_seconds", json_real(t->cpu_seconds));
    json_object_set_new(o, "memory_bytes", json_integer((json_int_t)t->memory));
    json_object_set_new(o, "peak_memory_bytes",
                        json_integer((json_int_t)hardware_peak_memory()));
    json_object_set_new(o, "documents", totals_documents(t));
    json_object_set_new(o, "pages",
                        json_pack("{s:I, s:I}", "extracted",
                                  (json_int_t)t->all.pages, "failed",
                                  (json_int_t)t->pages_failed));
    json_object_set_new(o, "pages_per_minute",
                        json_real(totals_rate(t->all.pages, t->wall_seconds)));
    json_object_set_new(o, "pages_per_minute_of_late", json_real(t->pages_per_minute));
    json_object_set_new(o, "pages_so_far", json_integer((json_int_t)t->pages_live));
    json_object_set_new(o, "documents_per_minute",
                        json_real(totals_rate(documents, t->wall_seconds)));
    json_object_set_new(o, "text_bytes", json_integer((json_int_t)t->text_bytes));
    json_object_set_new(o, "without_text",
                        totals_text(t->documents_no_text, t->pages_no_text));
    json_object_set_new(o, "garbled",
                        totals_text(t->documents_garbled, t->pages_garbled));
    json_t *declined = totals_declined(t);
    if (declined)
        json_object_set_new(o, "pdf_pages_declined", declined);
    json_t *tiers = json_object();
    for (int i = 0; i < TIERS; i++)
        json_object_set_new(tiers, tier_name((enum tier)i),
                            totals_group(&t->tiers[i], t->wall_seconds));
    json_object_set_new(o, "by_tier", tiers);
    json_t *latency = json_object();
    for (int i = 0; i < TIERS; i++)
        json_object_set_new(latency, tier_name((enum tier)i),
                            totals_latency(&t->latency[i]));
    json_object_set_new(o, "latency", latency);
    json_t *types = json_object();
    for (int i = 0; i < t->type_count; i++)
        json_object_set_new(types, t->types[i].name,
                            totals_group(&t->types[i].group, t->wall_seconds));
    json_object_set_new(o, "by_type", types);
    json_t *errors = json_object();
    for (int i = ERROR_NONE + 1; i < ERROR_KINDS; i++)
        if (t->errors[i])
            json_object_set_new(errors, error_kind_name((enum error_kind)i),
                                json_integer((json_int_t)t->errors[i]));
    json_object_set_new(o, "errors", errors);
    json_object_set_new(o, "queue", json_pack("{s:i, s:i}", "waiting", t->waiting,
                                              "parked", t->parked));
    json_object_set_new(o, "lanes", totals_lanes(t));
    json_object_set_new(o, "workers", totals_workers(t));
    json_object_set_new(o, "writer", totals_writer(&t->writer));
    json_object_set_new(o, "watch", totals_watch(t));
    json_object_set_new(o, "descriptors", json_integer(t->descriptors));
    json_object_set_new(o, "machine", totals_machine(&t->steering));
    return o;
}
