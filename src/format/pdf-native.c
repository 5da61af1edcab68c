/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-native.c - the engine "native": src/pdf/, which reads text and draws nothing, and
 * declines what another may do better. */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "format/engine.h"
#include "format/pdf-apart.h"
#include "format/pdf-raw.h"
#include "pdf/reader.h"
#include "pdf/rtl.h"
#include "pdf/tail.h"

struct engine_document {
    struct reader *reader;
    struct buffer raw;
};

static void native_close(struct engine_document *d)
{
    if (!d)
        return;
    reader_close(d->reader);
    buffer_free(&d->raw);
    free(d);
}

static enum engine_answer native_decline(const struct reader_why *why, struct error *e)
{
    char text[READER_WHY];
    reader_why_text(why, text);
    error_set(e, ERROR_UNSUPPORTED, "not for the engine native: %s", text);
    return ENGINE_DECLINED;
}

/* What OUTLINE's visitor fills. */
struct native_bookmarks {
    struct metadata *metadata;
    int items;
};

static bool native_bookmark(void *ctx, const char *title, int page, int depth)
{
    struct native_bookmarks *b = ctx;
    bool more = ++b->items < METADATA_BOOKMARKS_MAX;
    return metadata_add_bookmark(b->metadata, title, page, depth + 1) && more;
}

static void native_describe(struct reader *reader, bool again, struct metadata *m)
{
    static const struct {
        const char *key, *name;
    } texts[] = {
        { "title", "Title" }, { "author", "Author" }, { "subject", "Subject" },
        { "keywords", "Keywords" }, { "creator", "Creator" }, { "producer", "Producer" },
    };
    char text[32];
    int64_t seconds;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        metadata_add(m, texts[i].key, reader_info(reader, texts[i].name));
    if (*reader_version(reader)) {
        snprintf(text, sizeof text, "PDF-%s", reader_version(reader));
        metadata_add(m, "version", text);
    }
    if (reader_date(reader, "CreationDate", &seconds))
        metadata_add_time(m, "created", seconds);
    if (reader_date(reader, "ModDate", &seconds))
        metadata_add_time(m, "modified", seconds);
    if (reader_is_encrypted(reader))
        metadata_add(m, "encrypted", "yes");
    unsigned attachments = reader_attachments(reader);
    snprintf(text, sizeof text, "%u", attachments);
    if (attachments)
        metadata_add(m, "attachments", text);
    struct native_bookmarks b = { m, 0 };
    if (!again)
        reader_outline(reader, native_bookmark, &b);
}

static enum engine_answer native_open(const struct format_input *in,
                                      struct engine_document **document,
                                      struct format_info *info,
                                      struct reader_why *why, struct error *e)
{
    struct span file = { in->data, in->data + in->size };
    struct reader *reader;
    switch (reader_open(file, in->password, &reader, why)) {
    case READER_DONE:
        break;
    case READER_LOCKED:
        error_set(e, ERROR_ENCRYPTED, "%s",
                  in->password ? "encrypted, and the password does not open it"
                               : "encrypted, and no password was given");
        return ENGINE_FAILED;
    case READER_KEYED:
        error_set(e, ERROR_ENCRYPTED, "encrypted by other means than a password");
        return ENGINE_FAILED;
    default:
        return native_decline(why, e);
    }
    struct engine_document *d = xcalloc(1, sizeof *d);
    d->reader = reader;
    info->pages = reader_pages(reader);
    if (tail_is_missing(file))
        error_set(&info->flaw, ERROR_TRUNCATED,
                  "truncated: its end is missing; pages found: %d", info->pages);
    native_describe(reader, in->again, &info->metadata);
    *document = d;
    return ENGINE_DONE;
}

/* In sizes of the font: a gap that is wider is a blank. */
#define NATIVE_BLANK 0.1f
/* Marks of footnotes: so small beside their text, with a gap, and no longer. */
#define NATIVE_SMALL 0.85f
#define NATIVE_MARK_GAP 0.05f
#define NATIVE_MARK 3
/* In sizes: what is nearer on a line belongs to it. */
#define NATIVE_NEAR 3.0f

/* Whether a blank belongs between B and A: the layout was tuned on poppler's blanks,
 * which sees one in a gap as wide. */
static bool native_is_gap(const struct glyph *b, const struct glyph *a)
{
    return a->x0 - b->x1 > NATIVE_BLANK * b->size && apart_gap(b, a) > NATIVE_BLANK &&
           a->code != ' ' && b->code != ' ' && !rtl_is(a->code) &&
           !rtl_is(b->code);
}

/* Whether the glyphs before I are a mark at a line's beginning, as those of footnotes
 * are: what follows is a word of its own. */
static bool native_follows_mark(const struct reader_page *p, size_t i)
{
    const struct glyph *a = p->glyphs + i, *b = a - 1;
    float gap = a->x0 - b->x1, small = NATIVE_SMALL * a->size;
    if (!(b->size < small) || !(gap > NATIVE_MARK_GAP * a->size) ||
        !(gap < a->size) || !(b->y1 < a->y1 && b->y1 > a->y0))
        return false;
    size_t k = i - 1;
    while (k > 0 && i - k < NATIVE_MARK && p->glyphs[k - 1].size < small &&
           p->glyphs[k - 1].y0 == b->y0)
        k--;
    if (k == 0)
        return true;
    const struct glyph *before = p->glyphs + k - 1, *first = p->glyphs + k;
    return !(before->y1 > first->y0 && before->y0 < first->y1 &&
             fabsf(first->x0 - before->x1) < NATIVE_NEAR * a->size);
}

/* What has to be looked at more closely than most glyphs: A, which is about as large as
 * B before it and touches it, has no blank before it and is not set apart. A gap that
 * is a little narrower than NATIVE_BLANK is none however it is rounded. */
static bool native_touches(const struct glyph *b, const struct glyph *a)
{
    return a->marks & GLYPH_JOINED || (a->x0 - b->x1 <= NATIVE_BLANK * 0.999f * b->size &&
                                       b->size >= NATIVE_SMALL * a->size);
}

/* Marks where blanks belong, and has letters touch that are set apart: the glyphs
 * themselves are what the layout gets. */
static void native_boxes(const struct reader_page *p, struct engine_page *page)
{
    struct apart apart = { 0 };
    for (size_t i = 0; i + 1 < p->count; i++) {
        struct glyph *g = p->glyphs + i;
        if (native_touches(g, g + 1))
            continue;
        if (apart_joins(&apart, p->glyphs, p->count, i))
            g->x1 = g[1].x0;
        else if (native_is_gap(g, g + 1) || native_follows_mark(p, i + 1))
            g[1].marks |= GLYPH_SPACED;
    }
    *page = (struct engine_page){
        .layout = { .boxes = p->glyphs, .count = p->count, .width = p->width,
                    .height = p->height, .content_order = !p->fields },
        .flaw = p->flaw,
    };
}

static void native_raw(struct engine_document *d, const struct reader_page *p,
                       struct engine_page *page)
{
    struct apart apart = { 0 };
    for (size_t i = 0; i + 1 < p->count; i++) {
        struct glyph *g = p->glyphs + i;
        if (!native_touches(g, g + 1) && apart_joins(&apart, p->glyphs, p->count, i))
            g->x1 = g[1].x0;
    }
    buffer_clear(&d->raw);
    raw_append(p, &d->raw);
    *page = (struct engine_page){ .raw = buffer_string(&d->raw),
                                  .raw_size = d->raw.size,
                                  .flaw = p->flaw };
}

/* What is amiss with a declined page for all engines: of damaged content none has all. */
static const char *native_flaw(const struct reader_page *p, enum reader_reason reason)
{
    bool damaged = reason == READER_STREAM || reason == READER_BROKEN;
    return p->flaw || !damaged ? p->flaw : "its content is damaged";
}

static enum engine_answer native_page(struct engine_document *d, int number, bool raw,
                                      struct engine_page *page, struct reader_why *why,
                                      struct error *e)
{
    struct reader_page p;
    bool declined = reader_read(d->reader, number, &p, why) != READER_DONE;
    if (raw)
        native_raw(d, &p, page);
    else
        native_boxes(&p, page);
    if (!declined)
        return ENGINE_DONE;
    /* What is too much for this one would keep another busy until its time is up. */
    if (why->reason == READER_LIMIT && p.width > 0) {
        page->flaw = "there is more on it than is read";
        return ENGINE_DONE;
    }
    page->flaw = native_flaw(&p, why->reason);
    page->unmeant = p.unmeant;
    return native_decline(why, e);
}

static char *native_library(void)
{
    return xstrdup("native " PACKAGE_VERSION);
}

const struct engine engine_native = {
    .name = "native",
    .open = native_open,
    .page = native_page,
    .close = native_close,
    .library = native_library,
};
