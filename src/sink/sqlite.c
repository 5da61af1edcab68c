/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sqlite.c - the row of a document by the manifest, those of its pages by a
 * statement of its own; triggers keep the index. Results are reported when they are
 * committed. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "sink/beside.h"
#include "sink/held.h"
#include "sink/sqlite.h"

/* A page's text is cut into rows of as many bytes: a text file is one page. */
#define SQLITE_PART ((size_t)16 << 20)

struct sqlite {
    struct sink sink;
    struct manifest *manifest;
    struct forget *forget; /* NULL: nothing is */
    struct beside beside;
    struct spill *spill;
    struct held_store *held;
    sqlite3_stmt *put_page;
    /* Of the document that is being put. */
    int64_t document;
    int page, part;
    struct buffer text;
    struct result *written[MANIFEST_BATCH]; /* not committed */
    int written_count;
};

static int sqlite_text(struct sink *sink, struct result *r, int page, const char *text,
                       size_t size, bool end_of_page, struct error *e)
{
    struct sqlite *s = (struct sqlite *)sink;
    return held_append(s->held, r, page, text, size, end_of_page, e);
}

static int sqlite_put_part(struct sqlite *s, struct error *e)
{
    sqlite3_bind_int64(s->put_page, 1, s->document);
    sqlite3_bind_int(s->put_page, 2, s->page);
    sqlite3_bind_int(s->put_page, 3, s->part++);
    sqlite3_bind_text64(s->put_page, 4, s->text.data ? s->text.data : "", s->text.size,
                        SQLITE_STATIC, SQLITE_UTF8);
    int rc = database_write(manifest_database(s->manifest), s->put_page, e);
    buffer_clear(&s->text);
    manifest_count(s->manifest);
    return rc;
}

/* A piece of a page that was held. */
static int sqlite_put_text(void *ctx, int page, const char *text, size_t size,
                           bool end_of_page, struct error *e)
{
    struct sqlite *s = ctx;
    if (page != s->page) {
        s->page = page;
        s->part = 0;
    }
    buffer_append(&s->text, text, size);
    return end_of_page || s->text.size >= SQLITE_PART ? sqlite_put_part(s, e) : 0;
}

static int sqlite_put(struct sqlite *s, const struct result *r, struct held *held,
                      struct error *e)
{
    s->page = 0;
    if (manifest_put(s->manifest, r, &s->document, e) != 0)
        return -1;
    if (!held)
        return 0;
    if (held_replay(held, sqlite_put_text, s, e) != 0)
        return -1;
    /* The last page was cut before its end. */
    return s->text.size ? sqlite_put_part(s, e) : 0;
}

static int sqlite_commit(struct sink *sink, struct error *e)
{
    struct sqlite *s = (struct sqlite *)sink;
    if (manifest_commit(s->manifest, e) != 0)
        return -1;
    for (int i = 0; i < s->written_count; i++)
        sink->report->finished(sink->report, s->written[i]);
    s->written_count = 0;
    /* Who was told may have taken out rows, which nothing else may commit for long. */
    return manifest_commit(s->manifest, e);
}

static int sqlite_end(struct sink *sink, struct result *r, struct error *e)
{
    struct sqlite *s = (struct sqlite *)sink;
    struct held *held = held_take(r);
    int rc = manifest_wants(r) ? sqlite_put(s, r, held, e)
             : r->touched      ? manifest_touch(s->manifest, r, e)
             : r->error.kind == ERROR_GONE && s->forget
                 ? forget_path(s->forget, r->item.path, &r->forgotten, e)
                 : 0;
    held_drop(held);
    if (rc != 0) {
        sink_lose(sink, r, e);
        return -1;
    }
    s->written[s->written_count++] = r;
    return s->written_count == MANIFEST_BATCH || manifest_is_due(s->manifest)
               ? sqlite_commit(sink, e)
               : 0;
}

static void sqlite_lose(struct sink *sink, const struct error *e)
{
    struct sqlite *s = (struct sqlite *)sink;
    for (int i = 0; i < s->written_count; i++)
        sink_lose(sink, s->written[i], e);
    s->written_count = 0;
}

static bool sqlite_owns(struct sink *sink, const char *path, const struct stat *st)
{
    struct sqlite *s = (struct sqlite *)sink;
    return beside_has(&s->beside, path, st);
}

static void sqlite_destroy(struct sink *sink)
{
    struct sqlite *s = (struct sqlite *)sink;
    for (int i = 0; i < s->written_count; i++)
        result_destroy(s->written[i]);
    held_store_destroy(s->held);
    spill_destroy(s->spill);
    sqlite3_finalize(s->put_page);
    buffer_free(&s->text);
    beside_clear(&s->beside);
    free(s);
}

static const struct sink_ops sqlite_ops = {
    .text = sqlite_text,
    .end = sqlite_end,
    .idle = sqlite_commit,
    .flush = sqlite_commit,
    .lose = sqlite_lose,
    .owns = sqlite_owns,
    .destroy = sqlite_destroy,
};

struct sink *sink_create_sqlite(struct manifest *manifest, struct forget *forget,
                                const char *path,
                                size_t hold_bytes, struct sink_report *report,
                                struct error *e)
{
    sqlite3_stmt *put_page =
        database_prepare(manifest_database(manifest),
                         "INSERT INTO pages(document, page, part, text)"
                         " VALUES(?, ?, ?, ?)", e);
    if (!put_page)
        return NULL;
    struct sqlite *s = xcalloc(1, sizeof *s);
    sink_init(&s->sink, &sqlite_ops, report);
    s->manifest = manifest;
    s->forget = forget;
    beside_init(&s->beside, path);
    s->spill = spill_create(hold_bytes);
    s->held = held_store_create(s->spill);
    s->put_page = put_page;
    return &s->sink;
}
