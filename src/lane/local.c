/* SPDX-License-Identifier: GPL-3.0-or-later */
/* local.c - a lane that runs the format's code in the calling thread.
 * Open documents are kept in a small cache, most recently used first. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/map.h"
#include "base/utf8.h"
#include "lane/lane.h"
#include "lane/normal.h"
#include "layout/layout.h"

/* Two, so that a lane that turns from the ranges of a huge document to a
 * quick one does not lose its place: opening costs a walk of the page tree
 * (0.2-0.45 s on 1,300-2,400 pages). */
#define LOCAL_HANDLES 2

struct local_handle {
    uint64_t id;
    const struct format *format; /* NULL: free */
    struct format_document *document;
    struct map *map;
};

struct local_lane {
    struct lane lane;
    struct local_handle handles[LOCAL_HANDLES];
};

/* What a format emits on its way to the lane's output. */
struct local_emit {
    struct emit emit;
    struct lane_output *out;
    int page;
    size_t left;       /* bytes that the page may still emit */
    bool marks_kept;   /* form feeds stay */
    bool text;         /* of the page, there is some */
    bool cut;
    bool stopped;
    bool in_member;
    struct buffer clean;
    struct normal *normal; /* NULL: text goes out as it is */
    struct buffer composed;
};

static void local_handle_close(struct local_handle *h)
{
    if (!h->format)
        return;
    h->format->close(h->document);
    map_destroy(h->map);
    *h = (struct local_handle){ 0 };
}

/* Moves handle AT to the front. */
static struct local_handle *local_handle_touch(struct local_lane *l, int at)
{
    struct local_handle h = l->handles[at];
    memmove(l->handles + 1, l->handles, (size_t)at * sizeof h);
    l->handles[0] = h;
    return l->handles;
}

static int local_handle_find(const struct local_lane *l, uint64_t id)
{
    for (int i = 0; i < LOCAL_HANDLES; i++)
        if (l->handles[i].format && l->handles[i].id == id)
            return i;
    return -1;
}

/* AGAIN as struct format_input has it. */
static struct local_handle *local_handle_open(struct local_lane *l,
                                              const struct lane_document *d, bool again,
                                              struct format_info *info,
                                              struct error *e)
{
    local_handle_close(&l->handles[LOCAL_HANDLES - 1]);
    struct map *map = map_create(d->fd, e);
    if (!map)
        return NULL;
    struct format_input input = {
        .data = map_data(map),
        .size = map_size(map),
        .map = map,
        .again = again,
        .name = d->path,
        .password = d->password,
        .options = d->options,
    };
    struct format_document *document = d->format->open(&input, info, e);
    if (!document) {
        if (map_was_cut(map))
            map_lost(map, d->fd, e);
        map_destroy(map);
        return NULL;
    }
    info->engine = format_engine(d->format);
    l->handles[LOCAL_HANDLES - 1] =
        (struct local_handle){ d->id, d->format, document, map };
    return local_handle_touch(l, LOCAL_HANDLES - 1);
}

/* The handle of D, which is opened (again) when there is none. */
static struct local_handle *local_handle_get(struct local_lane *l,
                                             const struct lane_document *d,
                                             struct error *e)
{
    int at = local_handle_find(l, d->id);
    if (at >= 0)
        return local_handle_touch(l, at);
    struct format_info info = { 0 };
    struct local_handle *h = local_handle_open(l, d, true, &info, e);
    metadata_clear(&info.metadata);
    return h;
}

static int local_open(struct lane *lane, const struct lane_document *d,
                      struct format_info *info, struct error *e)
{
    struct local_lane *l = (struct local_lane *)lane;
    lane_close(lane, d->id);
    return local_handle_open(l, d, false, info, e) ? 0 : -1;
}

/* Whether a letter or digit may be in TEXT: all that is not ASCII counts. */
static bool local_is_text(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x80 || (c >= '0' && c <= '9') ||
            ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            return true;
    }
    return false;
}

static int local_put(struct local_emit *le, const char *text, size_t size)
{
    le->text = le->text || local_is_text(text, size);
    if (le->out->text(le->out, le->page, text, size) == 0)
        return 0;
    le->stopped = true;
    return -1;
}

/* What has become final of the composed text. */
static int local_put_composed(struct local_emit *le)
{
    if (le->composed.size == 0)
        return 0;
    int rc = local_put(le, le->composed.data, le->composed.size);
    buffer_clear(&le->composed);
    return rc;
}

static int local_emit_out(struct local_emit *le, const char *text, size_t size)
{
    if (!le->normal)
        return local_put(le, text, size);
    normal_feed(le->normal, text, size, &le->composed);
    return local_put_composed(le);
}

/* Whether TEXT has U+00AD, the soft hyphen, which no format is to show. */
static bool local_has_soft(const char *text, size_t size)
{
    const char *end = text + size;
    while ((text = memchr(text, 0xc2, (size_t)(end - text))) && ++text < end)
        if (*text == '\xad')
            return true;
    return false;
}

/* Appends TEXT to B without NULs and soft hyphens; without MARKS form feeds are
 * newlines: page marks are ours to set. */
static void local_append_clean(struct buffer *b, const char *text, size_t size,
                               bool marks)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] == '\xc2' && i + 1 < size && text[i + 1] == '\xad')
            i++;
        else if (text[i] == '\f' && !marks)
            buffer_append_char(b, '\n');
        else if (text[i] != '\0')
            buffer_append_char(b, text[i]);
    }
}

static int local_emit_text(struct emit *emit, const char *text, size_t size)
{
    struct local_emit *le = (struct local_emit *)emit;
    if (le->cut)
        return -1;
    if (size > le->left) {
        size = utf8_valid_prefix(text, le->left);
        le->cut = true;
    }
    le->left -= size;
    bool marked = local_has_soft(text, size) ||
                  (!le->marks_kept &&
                   (memchr(text, '\f', size) || memchr(text, '\0', size)));
    if (!marked && utf8_valid_prefix(text, size) == size)
        return local_emit_out(le, text, size);

    buffer_clear(&le->clean);
    if (marked) {
        struct buffer raw = { 0 };
        local_append_clean(&raw, text, size, le->marks_kept);
        utf8_append_sanitized(&le->clean, raw.data, raw.size);
        buffer_free(&raw);
    } else {
        utf8_append_sanitized(&le->clean, text, size);
    }
    return local_emit_out(le, le->clean.data, le->clean.size);
}

static int local_stop(struct local_emit *le, int rc)
{
    le->stopped = le->stopped || rc < 0;
    return rc;
}

static int local_member_begin(struct emit *emit, const struct member *member)
{
    struct local_emit *le = (struct local_emit *)emit;
    struct member m = *member;
    char *cut = NULL;
    if (!m.name)
        m.name = "";
    if (strlen(m.name) > LANE_NAME_MAX)
        m.name = cut = xstrndup(m.name, LANE_NAME_MAX);
    int rc = local_stop(le, le->out->member_begin(le->out, le->page, &m));
    free(cut);
    le->in_member = rc == 0;
    return rc;
}

static int local_member_data(struct emit *emit, const void *data, size_t size)
{
    struct local_emit *le = (struct local_emit *)emit;
    return local_stop(le, le->out->member_data(le->out, data, size));
}

static int local_member_end(struct emit *emit, const struct error *e)
{
    struct local_emit *le = (struct local_emit *)emit;
    le->in_member = false;
    return local_stop(le, le->out->member_end(le->out, e));
}

/* The page came to its end, with the error in E if it failed: a member that
 * it has left open is not whole. */
static void local_close_member(struct local_emit *le, bool failed,
                               const struct error *e)
{
    struct error why;
    if (!le->in_member)
        return;
    error_set(&why, ERROR_TRUNCATED, "its end is missing");
    local_member_end(&le->emit, failed ? e : &why);
}

static int local_page(struct local_handle *h, const struct lane_document *d,
                      struct local_emit *le, struct lane_output *out, int page)
{
    struct error e = { 0 };
    le->emit.member_begin = d->members ? local_member_begin : NULL;
    le->emit.member_data = d->members ? local_member_data : NULL;
    le->emit.member_end = d->members ? local_member_end : NULL;
    le->page = page;
    le->cut = false;
    le->text = false;
    le->emit.flags = 0;
    le->emit.why = NULL;
    le->left = h->format->flags & FORMAT_SPLITS ? LANE_PAGE_TEXT_MAX : SIZE_MAX;
    int rc = h->format->page(h->document, page, &le->emit, &e);
    if (le->normal) {
        normal_finish(le->normal, &le->composed);
        if (!le->stopped)
            local_put_composed(le);
        buffer_clear(&le->composed);
    }
    if (!le->stopped)
        local_close_member(le, rc != 0, &e);
    if (le->stopped)
        return -1;
    if (map_was_cut(h->map))
        rc = map_lost(h->map, d->fd, &e);
    else if (le->cut)
        rc = error_set(&e, ERROR_LIMIT, "its text is longer than %d MiB",
                       LANE_PAGE_TEXT_MAX >> 20);
    bool none = !le->text && !(h->format->flags & FORMAT_ARCHIVE);
    out->flags = rc ? 0 : le->emit.flags | (none ? LAYOUT_NO_TEXT : 0);
    out->why = rc ? NULL : le->emit.why;
    /* All pages after this one would lack the lost bytes too. */
    if (rc && error_may_pass(&e))
        local_handle_close(h);
    rc = out->page_done(out, page, rc ? &e : NULL);
    out->flags = 0;
    out->why = NULL;
    return rc;
}

static int local_pages(struct lane *lane, const struct lane_document *d,
                       const int *pages, int count, struct lane_output *out,
                       struct error *e)
{
    struct local_lane *l = (struct local_lane *)lane;
    struct local_emit le = {
        .emit.text = local_emit_text,
        .out = out,
        .marks_kept = d->format->flags & FORMAT_KEEPS_MARKS,
    };
    struct normal normal = { 0 };
    if (d->options && d->options->nfc)
        le.normal = &normal;
    int rc = 0;
    for (int i = 0; rc == 0 && i < count; i++) {
        struct local_handle *h = local_handle_get(l, d, e);
        rc = h ? local_page(h, d, &le, out, pages[i]) : -1;
    }
    buffer_free(&le.clean);
    buffer_free(&le.composed);
    normal_free(&normal);
    return rc;
}

static void local_close(struct lane *lane, uint64_t id)
{
    struct local_lane *l = (struct local_lane *)lane;
    int at = local_handle_find(l, id);
    if (at >= 0)
        local_handle_close(&l->handles[at]);
}

static void local_destroy(struct lane *lane)
{
    struct local_lane *l = (struct local_lane *)lane;
    for (int i = 0; i < LOCAL_HANDLES; i++)
        local_handle_close(&l->handles[i]);
    free(l);
}

static const struct lane_ops local_ops = {
    .open = local_open,
    .pages = local_pages,
    .close = local_close,
    .destroy = local_destroy,
};

struct lane *lane_create_local(void)
{
    struct local_lane *l = xcalloc(1, sizeof *l);
    l->lane.ops = &local_ops;
    return &l->lane;
}
