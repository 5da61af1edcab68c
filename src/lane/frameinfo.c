/* SPDX-License-Identifier: GPL-3.0-or-later */
/* frameinfo.c - what frames say of documents and pages: errors, infos, options, flags. */
#include <config.h>

#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "document/result.h"
#include "format/engine.h"
#include "lane/frame.h"

void frame_put_error(struct buffer *b, const struct error *e)
{
    frame_put_u32(b, e ? (uint32_t)e->kind : 0);
    if (!e || e->kind == ERROR_NONE)
        return;
    frame_put_u32(b, (uint32_t)e->sys_errno);
    frame_put_string(b, e->detail);
}

#define FRAME_ENGINES 64
#define FRAME_ENGINE_MAX 255

void frame_put_info(struct buffer *b, const struct format_info *info)
{
    frame_put_u32(b, (uint32_t)info->pages);
    frame_put_string(b, info->engine ? info->engine : "");
    frame_put_error(b, &info->flaw);
    frame_put_u32(b, (uint32_t)info->metadata.count);
    for (size_t i = 0; i < info->metadata.count; i++) {
        frame_put_string(b, info->metadata.entries[i].key);
        frame_put_string(b, info->metadata.entries[i].value);
    }
    frame_put_u32(b, (uint32_t)info->metadata.bookmark_count);
    for (size_t i = 0; i < info->metadata.bookmark_count; i++) {
        const struct bookmark *bookmark = info->metadata.bookmarks + i;
        frame_put_u32(b, (uint32_t)bookmark->page);
        frame_put_u32(b, (uint32_t)bookmark->depth);
        frame_put_string(b, bookmark->title);
    }
}

/* The bits of an option that is on or off. */
#define FRAME_KEEP_HYPHENS 1u
#define FRAME_STRIP_HEADERS 2u
#define FRAME_ANNOTATIONS 4u
#define FRAME_ATTACHMENTS 8u
#define FRAME_NFC 16u
#define FRAME_OPTION_BITS 31u

void frame_put_options(struct buffer *b, const struct format_options *options)
{
    static const struct format_options none;
    const struct format_options *o = options ? options : &none;
    frame_put_u32(b, (uint32_t)o->layout);
    frame_put_u32(b, (o->keep_hyphens ? FRAME_KEEP_HYPHENS : 0) |
                         (o->strip_headers ? FRAME_STRIP_HEADERS : 0) |
                         (o->annotations ? FRAME_ANNOTATIONS : 0) |
                         (o->attachments ? FRAME_ATTACHMENTS : 0) |
                         (o->nfc ? FRAME_NFC : 0));
    frame_put_string(b, o->pdf_engine ? o->pdf_engine : "");
}

/* Those that formats and a lane in this process set. */
static bool frame_is_parsers(uint32_t kind)
{
    switch (kind) {
    case ERROR_MISSING:
    case ERROR_UNREADABLE:
    case ERROR_IO:
    case ERROR_EMPTY:
    case ERROR_TRUNCATED:
    case ERROR_DAMAGED:
    case ERROR_MISLABELLED:
    case ERROR_ENCRYPTED:
    case ERROR_UNKNOWN:
    case ERROR_UNSUPPORTED:
    case ERROR_NO_PAGES:
    case ERROR_LIMIT:
    case ERROR_MEMORY:
    case ERROR_INTERNAL:
        return true;
    default:
        return false;
    }
}

bool frame_get_error(struct frame_cursor *c, struct error *e)
{
    error_clear(e);
    uint32_t kind = frame_get_u32(c);
    if (c->bad || kind == ERROR_NONE)
        return false;
    uint32_t sys_errno = frame_get_u32(c);
    char *detail = frame_get_string(c, ERROR_DETAIL - 1);
    struct buffer clean = { 0 };
    utf8_append_sanitized(&clean, detail, strlen(detail));
    if (!frame_is_parsers(kind) || sys_errno > INT_MAX || clean.size == 0)
        c->bad = true;
    if (!c->bad) {
        error_set(e, (enum error_kind)kind, "%s", buffer_string(&clean));
        e->sys_errno = (int)sys_errno;
    }
    buffer_free(&clean);
    free(detail);
    return !c->bad;
}

/* Keys of metadata are static strings, so one is looked up, never made. */
static const char *frame_key(const char *name)
{
    for (size_t i = 0; metadata_keys[i]; i++)
        if (!strcmp(metadata_keys[i], name))
            return metadata_keys[i];
    return NULL;
}

/* A string for ever that is equal to NAME; NULL for an empty one, and past as many
 * as there are formats, a few times: a worker may send any. */
static const char *frame_engine(const char *name)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static char *known[FRAME_ENGINES];
    const char *found = NULL;
    if (!*name)
        return NULL;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < FRAME_ENGINES && !found; i++) {
        if (!known[i]) {
            struct buffer clean = { 0 };
            utf8_append_sanitized(&clean, name, strlen(name));
            known[i] = xstrdup(buffer_string(&clean));
            found = known[i];
            buffer_free(&clean);
        } else if (!strcmp(known[i], name)) {
            found = known[i];
        }
    }
    pthread_mutex_unlock(&lock);
    return found;
}

static void frame_get_bookmarks(struct frame_cursor *c, struct format_info *info)
{
    uint32_t count = frame_get_u32(c);
    for (uint32_t i = 0; !c->bad && i < count; i++) {
        uint32_t page = frame_get_u32(c), depth = frame_get_u32(c);
        char *title = frame_get_string(c, METADATA_BOOKMARK_MAX);
        if (page > (uint32_t)info->pages || depth > METADATA_BOOKMARK_DEPTH ||
            !metadata_add_bookmark(&info->metadata, title, (int)page, (int)depth))
            c->bad = true;
        free(title);
    }
}

bool frame_get_info(struct frame_cursor *c, struct format_info *info)
{
    uint32_t pages = frame_get_u32(c);
    char *engine = frame_get_string(c, FRAME_ENGINE_MAX);
    info->engine = c->bad ? NULL : frame_engine(engine);
    free(engine);
    frame_get_error(c, &info->flaw);
    uint32_t count = frame_get_u32(c);
    if (pages < 1 || pages > INT_MAX || count > METADATA_ENTRIES_MAX)
        c->bad = true;
    info->pages = (int)pages;
    for (uint32_t i = 0; !c->bad && i < count; i++) {
        char *name = frame_get_string(c, 64);
        char *value = frame_get_string(c, METADATA_VALUE_MAX);
        const char *key = frame_key(name);
        if (key)
            metadata_add(&info->metadata, key, value);
        else
            c->bad = true;
        free(name);
        free(value);
    }
    frame_get_bookmarks(c, info);
    return !c->bad;
}

bool frame_get_options(struct frame_cursor *c, struct format_options *options)
{
    uint32_t layout = frame_get_u32(c), bits = frame_get_u32(c);
    char *name = frame_get_string(c, 64);
    const struct engine *engine = *name ? engine_find(name) : NULL;
    if (layout > FORMAT_PHYSICAL ||
        bits > FRAME_OPTION_BITS || (*name && !engine))
        c->bad = true;
    free(name);
    if (c->bad)
        return false;
    *options = (struct format_options){
        .layout = (enum format_layout)layout,
        .keep_hyphens = bits & FRAME_KEEP_HYPHENS,
        .strip_headers = bits & FRAME_STRIP_HEADERS,
        .annotations = bits & FRAME_ANNOTATIONS,
        .attachments = bits & FRAME_ATTACHMENTS,
        .nfc = bits & FRAME_NFC,
        .pdf_engine = engine ? engine->name : NULL,
    };
    return true;
}

void frame_put_flags(struct buffer *b, unsigned flags, const char *why)
{
    frame_put_u32(b, flags);
    if (flags >> RESULT_REASON_SHIFT)
        frame_put_string(b, why ? why : "");
}

/* The words of a reason: they come before people's eyes. */
static void frame_get_why(struct frame_cursor *c, char why[READER_WHY])
{
    char *text = frame_get_string(c, READER_WHY - 1);
    for (const char *p = text; *p; p++)
        c->bad |= (unsigned char)*p < ' ' || (unsigned char)*p > '~';
    if (!c->bad)
        strcpy(why, text);
    free(text);
}

unsigned frame_get_flags(struct frame_cursor *c, char why[READER_WHY])
{
    uint32_t flags = frame_get_u32(c);
    *why = '\0';
    if (flags >= RESULT_FLAGS_END ||
        (flags & ((1u << RESULT_REASON_SHIFT) - 1)) > (LAYOUT_NO_TEXT | LAYOUT_GARBLED))
        c->bad = true;
    else if (flags >> RESULT_REASON_SHIFT)
        frame_get_why(c, why);
    return c->bad ? 0 : flags;
}
