/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.c - called by the sink, in the writer thread, so in the order of the
 * output. */
#include <config.h>

#include <string.h>

#include "base/diag.h"
#include "run/report.h"

/* Rows of bad pages that are shown for one document; --stats has more. */
#define REPORT_ROWS 20

static void report_pages(const struct result *r)
{
    int shown = 0;
    for (size_t i = 0; i < r->page_error_count && i < REPORT_ROWS; i++) {
        const struct page_error *row = r->page_errors + i;
        if (row->first == row->last)
            diag_error(r->item.path, "page %d: %s", row->first, row->error.detail);
        else
            diag_error(r->item.path, "pages %d-%d: %s", row->first, row->last,
                       row->error.detail);
        shown += row->last - row->first + 1;
    }
    if (r->pages_failed > shown)
        diag_error(r->item.path, "%d more pages failed", r->pages_failed - shown);
}

/* Pages that a person might want to look at; nothing is wrong with them. */
static void report_text(const struct result *r)
{
    bool pdf = r->format && !strcmp(r->format, "pdf");
    const char *what = pdf ? "no text (a scan?)" : "no text";
    int shown = 0;
    for (size_t i = 0; i < r->no_text_count && i < REPORT_ROWS; i++) {
        const struct page_span *row = r->no_text + i;
        if (row->first == row->last)
            diag_note(r->item.path, "page %d: %s", row->first, what);
        else
            diag_note(r->item.path, "pages %d-%d: %s", row->first, row->last, what);
        shown += row->last - row->first + 1;
    }
    if (r->pages_no_text > shown)
        diag_note(r->item.path, "%d more pages have no text",
                  r->pages_no_text - shown);
    if (r->garbled)
        diag_note(r->item.path,
                  "garbled: its fonts do not say what their letters are");
}

/* Pages that were left to another PDF engine. */
static void report_declined(const struct result *r)
{
    int left = 0;
    for (int i = READER_NO_REASON + 1; i < READER_REASONS; i++)
        left += r->pages_declined[i];
    for (size_t i = 0; i < r->declined_count && i < REPORT_ROWS; i++) {
        const struct page_declined *row = r->declined + i;
        const char *why = *row->why ? row->why : reader_reason_text(row->reason);
        if (row->first == row->last)
            diag_note(r->item.path, "page %d: left to another PDF engine: %s",
                      row->first, why);
        else
            diag_note(r->item.path, "pages %d-%d: left to another PDF engine: %s",
                      row->first, row->last, why);
        left -= row->last - row->first + 1;
    }
    if (left > 0)
        diag_note(r->item.path, "more pages were left to another PDF engine: %d", left);
}

static void report_verbose(const struct result *r)
{
    /* What nothing had come of may be a file of ours, or of an editor. */
    if (r->item.error.kind == ERROR_GONE && !r->forgotten)
        return;
    if (r->error.kind == ERROR_UNCHANGED || r->error.kind == ERROR_GONE) {
        diag_note(r->item.path, "%s", r->error.detail);
        return;
    }
    report_text(r);
    report_declined(r);
    const char *attachments = metadata_get(&r->metadata, "attachments");
    if (attachments && !r->members)
        diag_note(r->item.path,
                  "embedded files: %s, and those on pages (see --attachments)",
                  attachments);
    const char *title = metadata_get(&r->metadata, "title");
    diag_note(r->item.path, "%s, %s, %s, %d pages, %.3f s%s%s",
              status_name(r->status), r->media_type ? r->media_type : "unknown",
              tier_name(r->tier), r->pages, r->seconds, title ? ", " : "",
              title ? title : "");
}

static void report_finished(struct sink_report *sink, struct result *r)
{
    struct report *report = (struct report *)sink;
    metrics_finish(report->metrics, r);
    if (r->error.kind != ERROR_INTERRUPTED && !r->lost) {
        bool silent = r->error.kind == ERROR_FILTERED ||
                      r->error.kind == ERROR_UNCHANGED ||
                      r->error.kind == ERROR_GONE || r->error.kind == ERROR_NONE;
        if (!silent)
            diag_error(r->item.path, "%s", r->error.detail);
        if (r->status == STATUS_PARTIAL)
            report_pages(r);
        if (diag_level() >= DIAG_VERBOSE)
            report_verbose(r);
    }
    if (report->stats && r->error.kind != ERROR_GONE)
        stats_add(report->stats, r);
    if (report->landed)
        report->landed(report->landed_ctx, r);
    result_destroy(r);
}

void report_init(struct report *report, struct metrics *metrics,
                 struct stats *stats)
{
    *report = (struct report){
        .sink = { report_finished }, .metrics = metrics, .stats = stats
    };
}
