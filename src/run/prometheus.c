/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prometheus.c - a family after the other, each with its HELP and TYPE once. Names have
 * base units and the endings that Prometheus' naming page asks for. */
#include <config.h>

#include "run/prometheus.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

#define PROMETHEUS_PREFIX "extract_"

void prometheus_append_label(struct buffer *b, const char *text)
{
    for (; *text; text++) {
        if (*text == '\n') {
            buffer_append_string(b, "\\n");
            continue;
        }
        if (*text == '\\' || *text == '"')
            buffer_append_char(b, '\\');
        buffer_append_char(b, *text);
    }
}

static void prometheus_family(struct buffer *b, const char *name, const char *type,
                              const char *help)
{
    buffer_printf(b, "# HELP " PROMETHEUS_PREFIX "%s %s\n# TYPE " PROMETHEUS_PREFIX
                  "%s %s\n", name, help, name, type);
}

/* The value of the sample whose name and labels were appended. */
static void prometheus_count(struct buffer *b, uint64_t value)
{
    buffer_printf(b, " %llu\n", (unsigned long long)value);
}

static void prometheus_value(struct buffer *b, double value)
{
    buffer_printf(b, " %.15g\n", value);
}

/* NAME with one LABEL. */
static void prometheus_name(struct buffer *b, const char *name, const char *label,
                            const char *text)
{
    buffer_printf(b, PROMETHEUS_PREFIX "%s{%s=\"", name, label);
    prometheus_append_label(b, text);
    buffer_append_string(b, "\"}");
}

static void prometheus_gauge(struct buffer *b, const char *name, const char *help,
                             double value)
{
    prometheus_family(b, name, "gauge", help);
    buffer_append_string(b, PROMETHEUS_PREFIX);
    buffer_append_string(b, name);
    prometheus_value(b, value);
}

static void prometheus_counter(struct buffer *b, const char *name, const char *help,
                               double value)
{
    prometheus_family(b, name, "counter", help);
    buffer_append_string(b, PROMETHEUS_PREFIX);
    buffer_append_string(b, name);
    prometheus_value(b, value);
}

/* A family whose samples differ in one label. */
struct prometheus_sample {
    const char *label;
    double value;
};

static void prometheus_samples(struct buffer *b, const char *name, const char *type,
                               const char *help, const char *label,
                               const struct prometheus_sample *samples, size_t count)
{
    prometheus_family(b, name, type, help);
    for (size_t i = 0; i < count; i++) {
        prometheus_name(b, name, label, samples[i].label);
        prometheus_value(b, samples[i].value);
    }
}
#define PROMETHEUS_SAMPLES(b, name, type, help, label, samples) \
    prometheus_samples(b, name, type, help, label, samples,     \
                       sizeof(samples) / sizeof *(samples))

/* NAME with the labels of TYPE in TIER, and the one of a STATUS. */
static void prometheus_cell(struct buffer *b, const char *name, const char *type, int tier,
                            const char *status, uint64_t value)
{
    buffer_printf(b, PROMETHEUS_PREFIX "%s{type=\"", name);
    prometheus_append_label(b, type);
    buffer_printf(b, "\",tier=\"%s\",status=\"%s\"}", tier_name((enum tier)tier), status);
    prometheus_count(b, value);
}

static bool prometheus_has(const struct metrics_cell *c)
{
    uint64_t sum = 0;
    for (int i = 0; i < STATUSES; i++)
        sum += c->documents[i];
    return sum > 0;
}

static void prometheus_documents(struct buffer *b, const struct metrics_snapshot *s)
{
    prometheus_family(b, "documents_total", "counter",
                      "Documents that have ended, by type, size tier and status.");
    for (int i = 0; i < s->type_count; i++)
        for (int tier = 0; tier < TIERS; tier++) {
            const struct metrics_cell *c = &s->types[i].tiers[tier];
            /* What is there stays: a counter that comes late would hide its first
             * step. */
            for (int status = 0; prometheus_has(c) && status < STATUSES; status++)
                prometheus_cell(b, "documents_total", s->types[i].name, tier,
                                status_name((enum status)status), c->documents[status]);
        }
    prometheus_family(b, "pages_total", "counter",
                      "Pages of documents that have ended, by type, size tier and status.");
    for (int i = 0; i < s->type_count; i++)
        for (int tier = 0; tier < TIERS; tier++) {
            const struct metrics_cell *c = &s->types[i].tiers[tier];
            if (!prometheus_has(c))
                continue;
            prometheus_cell(b, "pages_total", s->types[i].name, tier, "ok", c->pages);
            prometheus_cell(b, "pages_total", s->types[i].name, tier, "failed",
                            c->pages_failed);
        }
}

static void prometheus_totals(struct buffer *b, const struct metrics_snapshot *s)
{
    prometheus_counter(b, "documents_admitted_total",
                       "Documents taken from the source, members of others included.",
                       (double)s->admitted);
    prometheus_counter(b, "pages_put_out_total",
                       "Pages that lanes have put out, failed ones included.",
                       (double)s->pages_live);
    prometheus_counter(b, "input_bytes_total", "Bytes of the documents that have ended.",
                       (double)s->all.bytes);
    prometheus_counter(b, "text_bytes_total", "Bytes of text.", (double)s->text_bytes);
    prometheus_counter(b, "pages_without_text_total", "Pages without text.",
                       (double)s->pages_no_text);
    prometheus_counter(b, "pages_garbled_total", "Pages whose text is mostly none.",
                       (double)s->pages_garbled);
    prometheus_family(b, "errors_total", "counter",
                      "Errors of documents and of series of pages, by kind.");
    for (int i = ERROR_NONE + 1; i < ERROR_KINDS; i++) {
        prometheus_name(b, "errors_total", "kind", error_kind_name((enum error_kind)i));
        prometheus_count(b, s->errors[i]);
    }
    prometheus_gauge(b, "pages_per_minute", "Pages a minute, of the last one.",
                     s->pages_per_minute);
}

static void prometheus_latency(struct buffer *b, const struct metrics_snapshot *s)
{
    prometheus_family(b, "document_latency_seconds", "histogram",
                      "From a document's admission to its output, by size tier.");
    for (int tier = 0; tier < TIERS; tier++) {
        const struct metrics_latency *l = &s->latency[tier];
        const char *name = tier_name((enum tier)tier);
        uint64_t below = 0;
        for (int i = 0; i <= METRICS_BOUNDS; i++) {
            below += l->buckets[i];
            buffer_printf(b, PROMETHEUS_PREFIX "document_latency_seconds_bucket{tier=\"%s\","
                          "le=\"", name);
            if (i < METRICS_BOUNDS)
                buffer_printf(b, "%g", metrics_bounds[i]);
            else
                buffer_append_string(b, "+Inf");
            buffer_append_string(b, "\"}");
            prometheus_count(b, below);
        }
        prometheus_name(b, "document_latency_seconds_sum", "tier", name);
        prometheus_value(b, l->seconds);
        prometheus_name(b, "document_latency_seconds_count", "tier", name);
        prometheus_count(b, l->count);
    }
}

static void prometheus_lanes(struct buffer *b, const struct metrics_snapshot *s)
{
    const struct prometheus_sample queue[] = { { "waiting", s->waiting },
                                               { "parked", s->parked } };
    const struct prometheus_sample lanes[] = { { "active", s->lanes_active },
                                               { "idle", metrics_lanes_idle(s) },
                                               { "parked", metrics_lanes_parked(s) } };
    struct prometheus_sample decisions[GOVERNOR_REASONS - 1];
    struct prometheus_sample last[GOVERNOR_REASONS - 1];
    for (int i = 1; i < GOVERNOR_REASONS; i++) {
        const char *name = governor_reason_name((enum governor_reason)i);
        decisions[i - 1] = (struct prometheus_sample){
            name, (double)s->steering.decisions[i]
        };
        last[i - 1] = (struct prometheus_sample){ name, (int)s->steering.reason == i };
    }
    PROMETHEUS_SAMPLES(b, "queue_documents", "gauge",
                       "Documents that wait: for a lane, or parked for a permit.", "state",
                       queue);
    PROMETHEUS_SAMPLES(b, "lanes", "gauge", "Lanes by what they do.", "state", lanes);
    prometheus_gauge(b, "lanes_limit", "Lanes that may be at work now.", s->lanes_wanted);
    prometheus_gauge(b, "lanes_max", "Lanes that may be at work at most.", s->lanes);
    prometheus_counter(b, "lanes_busy_seconds_total", "Seconds of lanes at work.",
                       s->lanes_busy_seconds);
    PROMETHEUS_SAMPLES(b, "lane_decisions_total", "counter",
                       "Changes of the number of lanes, by reason.", "reason", decisions);
    PROMETHEUS_SAMPLES(b, "lane_last_decision", "gauge", "1 for the reason of the last one.",
                       "reason", last);
}

static void prometheus_workers(struct buffer *b, const struct metrics_snapshot *s)
{
    const struct metrics_workers *w = &s->workers;
    const struct prometheus_sample ends[] = {
        { "crashed", (double)w->crashed },     { "timed_out", (double)w->timed_out },
        { "out_of_memory", (double)w->out_of_memory },
        { "sandboxed", (double)w->trapped },   { "killed", (double)w->killed },
        { "recycled", (double)w->recycled },
    };
    prometheus_gauge(b, "workers", "Worker processes that are alive.",
                     s->steering.workers.count);
    prometheus_gauge(b, "workers_memory_bytes",
                     "Memory of their own that worker processes have together.",
                     (double)s->steering.workers.memory);
    prometheus_counter(b, "workers_started_total", "Worker processes started.",
                       (double)w->started);
    PROMETHEUS_SAMPLES(b, "worker_restarts_total", "counter",
                       "Worker processes that had to be replaced, by reason.", "reason",
                       ends);
}

static void prometheus_writer(struct buffer *b, const struct writer_count *w)
{
    prometheus_counter(b, "writer_entries_total", "Pieces of text and ends written.",
                       (double)w->entries);
    prometheus_counter(b, "writer_batches_total",
                       "Series of them between moments with nothing to write.",
                       (double)w->batches);
    prometheus_counter(b, "writer_blocked_total",
                       "Back-pressure: lanes that had to wait for room.",
                       (double)w->blocked);
    prometheus_gauge(b, "writer_queue_entries", "Entries that wait to be written.",
                     (double)w->waiting);
    prometheus_gauge(b, "writer_queue_bytes", "Bytes of their text.",
                     (double)w->waiting_bytes);
}

static void prometheus_process(struct buffer *b, const struct metrics_snapshot *s)
{
    prometheus_counter(b, "cpu_seconds_total",
                       "CPU time of the program and its workers.", s->cpu_seconds);
    prometheus_gauge(b, "memory_bytes", "Memory of its own that the program has.",
                     (double)s->memory);
    prometheus_gauge(b, "open_descriptors", "Descriptors that the program has open.",
                     s->descriptors);
    prometheus_gauge(b, "max_descriptors", "Descriptors that it may have open.",
                     s->descriptors_most);
}

static void prometheus_machine(struct buffer *b, const struct machine_sample *m)
{
    const struct prometheus_sample pressure[] = { { "cpu", m->cpu_pressure },
                                                  { "memory", m->memory_pressure },
                                                  { "io", m->io_pressure } };
    prometheus_gauge(b, "machine_cpus", "CPUs that the program may use.", m->cpus);
    prometheus_gauge(b, "machine_busy_cpus", "Of these, busy with anything.", m->busy);
    prometheus_gauge(b, "machine_own_cpus", "Of these, busy with this program.", m->own);
    prometheus_gauge(b, "machine_load1", "Load of the last minute.", m->load);
    PROMETHEUS_SAMPLES(b, "machine_pressure_ratio", "gauge",
                       "Share of the last ten seconds in which tasks waited.", "resource",
                       pressure);
    if (m->memory_available != UINT64_MAX)
        prometheus_gauge(b, "machine_memory_available_bytes", "Memory that can be had.",
                         (double)m->memory_available);
    if (m->memory_total != UINT64_MAX)
        prometheus_gauge(b, "machine_memory_bytes",
                         "Memory there is, or that the control group may have.",
                         (double)m->memory_total);
    prometheus_gauge(b, "machine_descriptors_ratio",
                     "Share of the descriptors that are open, of what may be.",
                     m->descriptors);
}

static void prometheus_watch(struct buffer *b, const struct metrics_snapshot *s)
{
    const struct watch_counts *w = &s->watch;
    const struct prometheus_sample paths[] = { { "waiting", (double)w->waiting },
                                               { "at_work", (double)w->at_work } };
    prometheus_counter(b, "watch_events_total", "Changes that the kernel told of.",
                       (double)w->events);
    prometheus_counter(b, "watch_events_merged_total",
                       "Of these, of a path that waited already (debounce).",
                       (double)w->merged);
    prometheus_counter(b, "watch_gone_total", "Inputs that are gone, with what came of them.",
                       (double)s->gone);
    prometheus_counter(b, "watch_overflows_total", "Times that changes were lost.",
                       (double)w->overflows);
    prometheus_counter(b, "watch_rescans_total", "Walks of all directories after the first.",
                       (double)w->walks);
    prometheus_counter(b, "watch_pauses_total",
                       "Back-pressure: times that no more changes were read.",
                       (double)w->pauses);
    prometheus_counter(b, "watch_batches_total", "Times that all that was due was done.",
                       (double)w->batches);
    prometheus_gauge(b, "watch_directories", "Directories that the kernel tells of.",
                     (double)w->folders);
    PROMETHEUS_SAMPLES(b, "watch_paths", "gauge", "Changed paths that wait or are at work.",
                       "state", paths);
    prometheus_gauge(b, "watch_paused", "1 while no more changes are read.", w->paused);
    prometheus_gauge(b, "watch_blind", "1 when not all directories are told of.", w->blind);
}

void prometheus_append(struct buffer *b, const struct metrics_snapshot *s, bool running)
{
    prometheus_family(b, "build_info", "gauge", "1, with the version.");
    prometheus_name(b, "build_info", "version", PACKAGE_VERSION);
    prometheus_count(b, 1);
    prometheus_gauge(b, "running", "1 while the run goes on, 0 once it has ended.",
                     running);
    prometheus_gauge(b, "start_time_seconds", "When the run began, since 1970.",
                     s->started);
    prometheus_gauge(b, "updated_time_seconds", "When this was written, since 1970.",
                     clock_time());
    prometheus_documents(b, s);
    prometheus_totals(b, s);
    prometheus_latency(b, s);
    prometheus_lanes(b, s);
    prometheus_workers(b, s);
    prometheus_writer(b, &s->writer);
    if (s->watches)
        prometheus_watch(b, s);
    prometheus_process(b, s);
    if (s->steering.looked)
        prometheus_machine(b, &s->steering.machine);
}
