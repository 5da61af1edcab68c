/* SPDX-License-Identifier: GPL-3.0-or-later */
/* result.c - what became of one item, and the one place where its status is
 * decided. */
#include <config.h>

#include "document/result.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "layout/layout.h"

const char *status_name(enum status status)
{
    static const char *const names[STATUSES] = {
        [STATUS_OK] = "ok",
        [STATUS_PARTIAL] = "partial",
        [STATUS_FAILED] = "failed",
        [STATUS_SKIPPED] = "skipped",
    };

    return names[status];
}

struct result *result_create(struct item *item)
{
    struct result *r = xcalloc(1, sizeof *r);

    r->item = *item;
    *item = (struct item){0};
    r->admitted = clock_now();
    return r;
}

static bool joins(const struct page_error *row, int page, const struct error *e)
{
    return row->last + 1 == page && row->error.kind == e->kind &&
           strcmp(row->error.detail, e->detail) == 0;
}

void result_add_page_error(struct result *r, int page, const struct error *e)
{
    size_t count = r->page_error_count;

    r->pages_failed++;
    if (count > 0 && joins(&r->page_errors[count - 1], page, e)) {
        r->page_errors[count - 1].last = page;
        return;
    }
    if (count == RESULT_PAGE_ERRORS_MAX)
        return;
    /* Room doubles each time that COUNT is a power of two (or 0). */
    if ((count & (count - 1)) == 0)
        r->page_errors = xrealloc_array(r->page_errors, count ? 2 * count : 1,
                                        sizeof *r->page_errors);
    r->page_errors[r->page_error_count++] =
        (struct page_error){.first = page, .last = page, .error = *e};
}

static void add_no_text(struct result *r, int page)
{
    size_t count = r->no_text_count;

    r->pages_no_text++;
    if (count > 0 && r->no_text[count - 1].last + 1 == page) {
        r->no_text[count - 1].last = page;
        return;
    }
    if (count == RESULT_PAGE_ERRORS_MAX)
        return;
    if ((count & (count - 1)) == 0)
        r->no_text = xrealloc_array(r->no_text, count ? 2 * count : 1,
                                    sizeof *r->no_text);
    r->no_text[r->no_text_count++] = (struct page_span){page, page};
}

static void add_declined(struct result *r, int page, enum reader_reason reason,
                         const char *why)
{
    size_t count = r->declined_count;
    struct page_declined *last = count ? r->declined + count - 1 : NULL;

    r->pages_declined[reason]++;
    if (last && last->last + 1 == page && last->reason == reason &&
        !strcmp(last->why, why)) {
        last->last = page;
        return;
    }
    if (count == RESULT_PAGE_ERRORS_MAX)
        return;
    if ((count & (count - 1)) == 0)
        r->declined = xrealloc_array(r->declined, count ? 2 * count : 1,
                                     sizeof *r->declined);
    last = r->declined + r->declined_count++;
    *last = (struct page_declined){page, page, reason, ""};
    snprintf(last->why, sizeof last->why, "%s", why);
}

void result_add_page_flags(struct result *r, int page, unsigned flags, const char *why)
{
    unsigned reason = flags >> RESULT_REASON_SHIFT;
    if (reason > READER_NO_REASON && reason < READER_REASONS)
        add_declined(r, page, (enum reader_reason)reason, why ? why : "");
    if (flags & LAYOUT_GARBLED)
        r->pages_garbled++;
    else if (flags & LAYOUT_NO_TEXT)
        add_no_text(r, page);
}

bool result_has_no_text(const struct result *r)
{
    return r->pages > r->pages_failed &&
           r->pages_no_text == r->pages - r->pages_failed;
}

static enum status status_of(const struct result *r)
{
    bool some_good =
        r->pages > r->pages_failed || r->text_bytes > 0 || r->members > 0;

    if (r->error.kind == ERROR_NONE && r->pages_failed == 0)
        return STATUS_OK;
    if (some_good)
        return STATUS_PARTIAL;
    switch (r->error.kind) {
    case ERROR_UNSUPPORTED:
    case ERROR_FILTERED:
    case ERROR_UNCHANGED:
    case ERROR_GONE:
    case ERROR_NO_PAGES:
        return STATUS_SKIPPED;
    default:
        return STATUS_FAILED;
    }
}

void result_conclude(struct result *r)
{
    r->status = status_of(r);
    r->garbled =
        2 * r->pages_garbled > r->pages - r->pages_failed - r->pages_no_text;
    /* A document that failed by its pages alone names the first one's reason. */
    if (r->status == STATUS_FAILED && r->error.kind == ERROR_NONE &&
        r->page_error_count > 0)
        r->error = r->page_errors[0].error;
}

bool result_is_trouble(const struct result *r)
{
    switch (r->status) {
    case STATUS_PARTIAL:
    case STATUS_FAILED:
        return true;
    case STATUS_SKIPPED:
        return r->item.named && r->error.kind != ERROR_FILTERED &&
               r->error.kind != ERROR_UNCHANGED && r->error.kind != ERROR_GONE;
    default:
        return false;
    }
}

void result_destroy(struct result *r)
{
    if (!r)
        return;
    item_clear(&r->item);
    metadata_clear(&r->metadata);
    free(r->page_errors);
    free(r->no_text);
    free(r->declined);
    free(r->output);
    free(r->unfinished);
    free(r);
}
