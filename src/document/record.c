/* SPDX-License-Identifier: GPL-3.0-or-later */
/* record.c - jansson makes the JSON. */
#include <config.h>

#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "document/record.h"

json_t *record_string(const char *text)
{
    struct buffer b = { 0 };
    utf8_append_sanitized(&b, text, strlen(text));
    json_t *string = json_stringn(b.data ? b.data : "", b.size);
    buffer_free(&b);
    return string;
}

static json_t *record_error(const struct error *e)
{
    return json_pack("{s:s, s:o}", "kind", error_kind_name(e->kind), "reason",
                     record_string(e->detail));
}

static json_t *record_page_errors(const struct result *r)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < r->page_error_count; i++) {
        json_t *row = record_error(&r->page_errors[i].error);
        json_object_set_new(row, "first", json_integer(r->page_errors[i].first));
        json_object_set_new(row, "last", json_integer(r->page_errors[i].last));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *record_no_text(const struct result *r)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < r->no_text_count; i++)
        json_array_append_new(rows, json_pack("{s:i, s:i}", "first",
                                              r->no_text[i].first, "last",
                                              r->no_text[i].last));
    return rows;
}

json_t *record_metadata(const struct metadata *m)
{
    json_t *object = json_object();
    for (size_t i = 0; i < m->count; i++) {
        const struct metadata_entry *entry = m->entries + i;
        json_t *value = json_string(entry->value);
        json_t *old = json_object_get(object, entry->key);
        if (!old) {
            json_object_set_new(object, entry->key, value);
        } else if (json_is_array(old)) {
            json_array_append_new(old, value);
        } else {
            json_t *list = json_pack("[O, o]", old, value);
            json_object_set_new(object, entry->key, list);
        }
    }
    return object;
}

static json_t *record_bookmarks(const struct metadata *m)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < m->bookmark_count; i++) {
        const struct bookmark *bookmark = m->bookmarks + i;
        json_t *row = json_object();
        json_object_set_new(row, "title", json_string(bookmark->title));
        if (bookmark->page)
            json_object_set_new(row, "page", json_integer(bookmark->page));
        json_object_set_new(row, "depth", json_integer(bookmark->depth));
        json_array_append_new(rows, row);
    }
    return rows;
}

void record_put_path(json_t *row, const char *path)
{
    size_t size = strlen(path);
    json_object_set_new(row, "path", record_string(path));
    if (utf8_valid_prefix(path, size) == size)
        return;
    /* Not UTF-8: the exact bytes beside the readable ones. */
    char *base64 = g_base64_encode((const unsigned char *)path, size);
    json_object_set_new(row, "path_base64", json_string(base64));
    g_free(base64);
}

/* Whether PAGE is in one of the COUNT spans. */
static bool record_has_page(const struct page_span *spans, size_t count, int page)
{
    for (size_t i = 0; i < count; i++)
        if (page >= spans[i].first && page <= spans[i].last)
            return true;
    return false;
}

void record_time(int64_t nanoseconds, char *buffer)
{
    int64_t fraction = nanoseconds % 1000000000;
    time_t seconds = (time_t)(nanoseconds / 1000000000);
    struct tm tm;
    if (fraction < 0) {
        fraction += 1000000000;
        seconds--;
    }
    gmtime_r(&seconds, &tm);
    size_t size = strftime(buffer, RECORD_TIME_SIZE, "%Y-%m-%dT%H:%M:%S", &tm);
    if (fraction)
        snprintf(buffer + size, RECORD_TIME_SIZE - size, ".%09dZ", (int)fraction);
    else
        snprintf(buffer + size, RECORD_TIME_SIZE - size, "Z");
}

/* Which file it is, and in which state. */
static json_t *record_file(const struct result *r)
{
    char mtime[RECORD_TIME_SIZE];
    json_t *o = json_object();
    record_put_path(o, r->item.path);
    json_object_set_new(o, "type", r->media_type ? json_string(r->media_type)
                                                 : json_null());
    json_object_set_new(o, "tier", json_string(tier_name(r->tier)));
    json_object_set_new(o, "bytes", json_integer((json_int_t)r->item.bytes));
    if (r->item.error.kind == ERROR_NONE) {
        record_time(r->item.mtime_ns, mtime);
        json_object_set_new(o, "mtime", json_string(mtime));
    }
    if (r->sha256[0])
        json_object_set_new(o, "sha256", json_string(r->sha256));
    return o;
}

json_t *record_document(const struct result *r, unsigned flags)
{
    json_t *o = record_file(r);
    bool reached = r->error.kind != ERROR_INTERRUPTED;
    json_object_set_new(o, "status", json_string(reached ? status_name(r->status)
                                                         : "not_reached"));
    if (r->error.kind != ERROR_NONE)
        json_object_set_new(o, "error", record_error(&r->error));
    json_object_set_new(o, "pages", json_integer(r->pages));
    json_object_set_new(o, "pages_total", json_integer(r->pages_total));
    json_object_set_new(o, "pages_failed", json_integer(r->pages_failed));
    if (r->page_error_count)
        json_object_set_new(o, "page_errors", record_page_errors(r));
    if (r->pages_no_text) {
        json_object_set_new(o, "pages_without_text", json_integer(r->pages_no_text));
        json_object_set_new(o, "without_text", record_no_text(r));
    }
    if (r->pages_garbled) {
        json_object_set_new(o, "pages_garbled", json_integer(r->pages_garbled));
        json_object_set_new(o, "garbled", json_boolean(r->garbled));
    }
    if (r->engine)
        json_object_set_new(o, "engine", json_string(r->engine));
    if (r->metadata.count)
        json_object_set_new(o, "metadata", record_metadata(&r->metadata));
    if (r->metadata.bookmark_count)
        json_object_set_new(o, "bookmarks", record_bookmarks(&r->metadata));
    if (r->written)
        json_object_set_new(o, "output", record_string(r->output));
    if (flags & RECORD_TIMINGS) {
        json_object_set_new(o, "seconds", json_real(r->seconds));
        json_object_set_new(o, "lane_seconds", json_real(r->lane_seconds));
    }
    json_object_set_new(o, "text_bytes", json_integer((json_int_t)r->text_bytes));
    return o;
}

const struct error *record_page_error(const struct result *r, int page)
{
    for (size_t i = 0; i < r->page_error_count; i++)
        if (page >= r->page_errors[i].first && page <= r->page_errors[i].last)
            return &r->page_errors[i].error;
    return NULL;
}

json_t *record_page(const struct result *r, int page)
{
    const struct error *e = record_page_error(r, page);
    json_t *o = record_file(r);
    json_object_set_new(o, "page", json_integer(page));
    json_object_set_new(o, "pages_total", json_integer(r->pages_total));
    json_object_set_new(o, "status",
                        json_string(status_name(e ? STATUS_FAILED : STATUS_OK)));
    if (e)
        json_object_set_new(o, "error", record_error(e));
    json_object_set_new(o, "document_status", json_string(status_name(r->status)));
    if (r->error.kind != ERROR_NONE)
        json_object_set_new(o, "document_error", record_error(&r->error));
    if (record_has_page(r->no_text, r->no_text_count, page))
        json_object_set_new(o, "without_text", json_true());
    return o;
}

static int record_append(const char *data, size_t size, void *buffer)
{
    buffer_append(buffer, data, size);
    return 0;
}

void record_dump(struct buffer *b, json_t *value, size_t flags)
{
    if (json_dump_callback(value, record_append, b, flags | JSON_REAL_PRECISION(9)))
        diag_bug("record: a value that JSON cannot hold");
    json_decref(value);
}
