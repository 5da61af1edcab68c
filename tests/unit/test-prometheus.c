/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-prometheus.c - figures in Prometheus' text format, and how a run went of late. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "run/metrics.h"
#include "run/prometheus.h"
#include "run/totals.h"
#include "run/trail.h"

static char *text_of(const struct metrics_snapshot *s)
{
    struct buffer b = {0};

    prometheus_append(&b, s, true);
    char *text = xstrdup(buffer_string(&b));
    buffer_free(&b);
    return text;
}

#define HAS(text, line) cr_assert_not_null(strstr(text, "\n" line "\n"), "no line: %s", line)

/* Ends one of FORMAT that took SECONDS. */
static void finish(struct metrics *m, const char *format, enum status status, double seconds)
{
    struct item item = {.path = xstrdup("x"), .bytes = 1000};
    struct result *r = result_create(&item);

    metrics_admit(m, &r->item);
    r->format = format;
    r->status = status;
    r->pages = r->pages_total = 3;
    r->pages_failed = status == STATUS_PARTIAL;
    r->admitted = clock_now() - seconds;
    metrics_finish(m, r);
    result_destroy(r);
}

/* Ends one that is gone, which was known at FIRST. */
static void finish_gone(struct metrics *m, bool first)
{
    struct item item = {.path = xstrdup("x"), .bytes = first ? 0 : 1000};
    if (first)
        error_set(&item.error, ERROR_GONE, "is gone");
    struct result *r = result_create(&item);

    metrics_admit(m, &r->item);
    error_set(&r->error, ERROR_GONE, "is gone");
    r->status = STATUS_SKIPPED;
    r->forgotten = first;
    metrics_finish(m, r);
    result_destroy(r);
}

Test(prometheus, labels_are_escaped)
{
    struct buffer b = {0};

    prometheus_append_label(&b, "a \"b\" \\ c\nd \xc3\xa9");
    cr_assert_str_eq(buffer_string(&b), "a \\\"b\\\" \\\\ c\\nd \xc3\xa9");
    buffer_free(&b);

    struct metrics *m = metrics_create(1);
    struct metrics_snapshot s;

    finish(m, "o\"dd", STATUS_OK, 0);
    metrics_read(m, &s);
    char *text = text_of(&s);
    HAS(text, "extract_documents_total{type=\"o\\\"dd\",tier=\"tiny\",status=\"ok\"} 1");
    free(text);
    metrics_destroy(m);
}

Test(prometheus, by_type_tier_and_status)
{
    struct metrics *m = metrics_create(3);
    struct metrics_snapshot s;

    finish(m, "pdf", STATUS_OK, 0);
    finish(m, "pdf", STATUS_PARTIAL, 0);
    finish(m, "text", STATUS_FAILED, 0);
    metrics_read(m, &s);
    char *text = text_of(&s);
    HAS(text, "extract_documents_total{type=\"pdf\",tier=\"tiny\",status=\"ok\"} 1");
    HAS(text, "extract_documents_total{type=\"pdf\",tier=\"tiny\",status=\"partial\"} 1");
    HAS(text, "extract_documents_total{type=\"text\",tier=\"tiny\",status=\"failed\"} 1");
    HAS(text, "extract_pages_total{type=\"pdf\",tier=\"tiny\",status=\"ok\"} 5");
    HAS(text, "extract_pages_total{type=\"pdf\",tier=\"tiny\",status=\"failed\"} 1");
    HAS(text, "extract_lanes{state=\"idle\"} 3");
    HAS(text, "extract_running 1");
    cr_assert_null(strstr(text, "extract_machine_"), "nobody has looked at it");
    free(text);
    metrics_destroy(m);
}

Test(prometheus, latency_is_cumulative)
{
    struct metrics *m = metrics_create(1);
    struct metrics_snapshot s;

    finish(m, "pdf", STATUS_OK, 0);
    finish(m, "pdf", STATUS_OK, 0.2);
    finish(m, "pdf", STATUS_FAILED, 0.2);
    finish(m, "pdf", STATUS_OK, 1000);
    finish(m, "pdf", STATUS_SKIPPED, 7); /* is not among them */
    metrics_read(m, &s);
    char *text = text_of(&s);
#define BUCKET(le, n) \
    HAS(text, "extract_document_latency_seconds_bucket{tier=\"tiny\",le=\"" le "\"} " n)
    BUCKET("0.1", "1");
    BUCKET("0.25", "3");
    BUCKET("300", "3");
    BUCKET("+Inf", "4");
    HAS(text, "extract_document_latency_seconds_count{tier=\"tiny\"} 4");
    HAS(text, "extract_document_latency_seconds_count{tier=\"huge\"} 0");
    const char *sum = strstr(text, "extract_document_latency_seconds_sum{tier=\"tiny\"} ");
    cr_assert_not_null(sum);
    cr_assert_float_eq(atof(strchr(sum, ' ')), 1000.4, 0.5);
    free(text);

    const struct metrics_latency *l = &s.latency[TIER_TINY];
    cr_assert_float_eq(totals_quantile(l, 0.5), 0.1 + 0.15 / 2, 1e-9);
    cr_assert_eq(totals_quantile(l, 0.99), 300, "past the last bound");
    cr_assert_eq(totals_quantile(&s.latency[TIER_HUGE], 0.5), 0);
    metrics_destroy(m);
}

Test(prometheus, the_machine_and_decisions)
{
    struct metrics *m = metrics_create(4);
    struct metrics_snapshot s;
    struct machine_sample machine = {.cpus = 4, .busy = 2.5, .memory_available = 1 << 20,
                                     .memory_total = UINT64_MAX};
    struct roster_use use = {.count = 3, .memory = 4096};

    metrics_set_machine(m, &machine, &use);
    metrics_set_lanes(m, 3, GOVERNOR_START);
    metrics_set_lanes(m, 1, GOVERNOR_MEMORY);
    metrics_lane_busy(m);
    metrics_lane_busy(m);
    metrics_read(m, &s);
    cr_assert_eq(metrics_lanes_idle(&s), 0);
    cr_assert_eq(metrics_lanes_parked(&s), 2, "one still ends its work");
    char *text = text_of(&s);
    HAS(text, "extract_lanes_limit 1");
    HAS(text, "extract_lane_decisions_total{reason=\"start\"} 1");
    HAS(text, "extract_lane_last_decision{reason=\"start\"} 0");
    HAS(text, "extract_lane_last_decision{reason=\"memory\"} 1");
    HAS(text, "extract_machine_busy_cpus 2.5");
    HAS(text, "extract_machine_memory_available_bytes 1048576");
    HAS(text, "extract_workers 3");
    cr_assert_null(strstr(text, "extract_machine_memory_bytes"), "it is not known");
    free(text);
    metrics_destroy(m);
}

Test(prometheus, what_is_watched)
{
    struct metrics *m = metrics_create(1);
    struct metrics_snapshot s;
    struct watch_counts counts = {.events = 7, .merged = 2, .pauses = 1, .waiting = 3,
                                  .paused = true};

    metrics_read(m, &s);
    char *text = text_of(&s);
    cr_assert_null(strstr(text, "extract_watch_"), "nothing is");
    free(text);
    metrics_set_watch(m, &counts);
    finish_gone(m, true);
    finish_gone(m, false);
    metrics_read(m, &s);
    text = text_of(&s);
    HAS(text, "extract_watch_events_total 7");
    HAS(text, "extract_watch_events_merged_total 2");
    HAS(text, "extract_watch_gone_total 1");
    cr_assert_eq(s.admitted, 0, "what is gone is no document");
    cr_assert_eq(s.admitted_bytes, 0);
    cr_assert_eq(s.not_reached, 0);
    cr_assert_eq(s.all.documents[STATUS_SKIPPED], 0);
    HAS(text, "extract_watch_pauses_total 1");
    HAS(text, "extract_watch_paths{state=\"waiting\"} 3");
    HAS(text, "extract_watch_paused 1");
    free(text);
    metrics_destroy(m);
}

Test(trail, forgets_the_oldest)
{
    static struct trail t;
    struct metrics_snapshot s = {0};

    cr_assert_eq(trail_rate(&t, 0, 0), 0);
    cr_assert_float_eq(trail_rate(&t, 30, 100), 200, 1e-9, "from the beginning");
    for (int i = 0; i < TRAIL_POINTS + 10; i++) {
        s.wall_seconds = 2 * i;
        s.pages_live = (uint64_t)(i < 400 ? 0 : 10 * (i - 400));
        s.all.documents[STATUS_FAILED] = (uint64_t)i;
        trail_add(&t, &s);
    }
    json_t *o = trail_json(&t);
    json_t *failed = json_object_get(o, "failed");
    cr_assert_eq(json_array_size(failed), TRAIL_POINTS);
    cr_assert_eq(json_integer_value(json_array_get(failed, 0)), 10);
    cr_assert_eq(json_integer_value(json_array_get(failed, TRAIL_POINTS - 1)),
                 TRAIL_POINTS + 9);
    json_decref(o);
    cr_assert_float_eq(trail_rate(&t, s.wall_seconds, s.pages_live), 300, 1e-9,
                       "of the last minute");
    cr_assert_eq(trail_rate(&t, s.wall_seconds, 0), 0);
}
