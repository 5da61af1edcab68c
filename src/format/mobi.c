/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mobi.c - the formats "mobi" (Mobipocket, and Kindle's AZW and AZW3) and
 * "palmdoc", by libmobi: a part of the book that begins on a new page is a page.
 * It has the markup of the whole book in memory at once. */
#include <config.h>

#include <ctype.h>
#include <mobi.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/charset.h"
#include "format/library.h"
#include "format/markup.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/sax.h"

/* Bytes of the whole book's markup: the largest have some 50 MiB, Bibles and
 * dictionaries. libmobi makes room for what the headers promise. */
#define MOBI_MARKUP ((size_t)256 << 20)

/* How many times as long as it is a file that is cut may have been, and how many
 * bytes its last record is given. */
#define MOBI_FILLED 8
#define MOBI_LAST 4

/* Parts that are told apart; all the rest is in the last one. */
#define MOBI_PARTS 100000

#define MOBI_CALLS(call)          \
    call(mobi_dump_rawml)         \
    call(mobi_free)               \
    call(mobi_free_rawml)         \
    call(mobi_get_fullname)       \
    call(mobi_get_text_maxsize)   \
    call(mobi_init)               \
    call(mobi_init_rawml)         \
    call(mobi_is_encrypted)       \
    call(mobi_is_kf8)             \
    call(mobi_is_mobipocket)      \
    call(mobi_is_replica)         \
    call(mobi_load_file)          \
    call(mobi_meta_get_author)    \
    call(mobi_meta_get_isbn)      \
    call(mobi_meta_get_language)  \
    call(mobi_meta_get_publishdate) \
    call(mobi_meta_get_publisher) \
    call(mobi_meta_get_subject)   \
    call(mobi_meta_get_title)     \
    call(mobi_parse_rawml_opt)    \
    call(mobi_version)

LIBRARY(MOBI_CALLS)

/* Bytes of the markup. */
struct mobi_part {
    size_t start, end;
};

struct format_document {
    struct buffer markup; /* of all parts, one behind the other */
    struct mobi_part *parts;
    size_t count, room;
    const char *charset; /* of the markup, static */
    bool is_plain;       /* no markup at all */
    bool is_cut;         /* the end of the file is missing */
};

static void mobi_load(void)
{
    LIBRARY_LOAD(LIBMOBI_SONAME);
}

static bool mobi_load_library(const char **why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, mobi_load);
    *why = lib_missing;
    return lib_missing == NULL;
}

static void mobi_prepare(void)
{
    const char *why;
    mobi_load_library(&why);
    sax_prepare(&why);
    charset_prepare(&why);
}

static bool mobi_has(const struct peek *peek, const char *mark)
{
    /* Type and creator of a Palm database. */
    return peek->head_size >= 78 && memcmp(peek->head + 60, mark, 8) == 0;
}

static int mobi_bid(const struct peek *peek)
{
    return mobi_has(peek, "BOOKMOBI") ? 100 : 0;
}

static int palmdoc_bid(const struct peek *peek)
{
    return mobi_has(peek, "TEXtREAd") ? 100 : 0;
}

static void mobi_close(struct format_document *d)
{
    if (!d)
        return;
    buffer_free(&d->markup);
    free(d->parts);
    free(d);
}

static void mobi_add_part(struct format_document *d, size_t start, size_t end)
{
    if (d->count == d->room) {
        d->room = d->room ? 2 * d->room : 16;
        d->parts = xrealloc_array(d->parts, d->room, sizeof *d->parts);
    }
    d->parts[d->count++] = (struct mobi_part){ start, end };
}

/* Whether there is anything but tags and white space from START to END. */
static bool mobi_has_text(const char *data, size_t start, size_t end)
{
    bool in_tag = false;
    for (size_t i = start; i < end; i++) {
        if (data[i] == '<')
            in_tag = true;
        else if (data[i] == '>')
            in_tag = false;
        else if (!in_tag && !isspace((unsigned char)data[i]))
            return true;
    }
    return false;
}

/* Cuts the one document that old books are at its page breaks. */
static void mobi_cut(struct format_document *d)
{
    static const char mark[] = "<mbp:pagebreak";
    const char *data = d->markup.data;
    size_t size = d->markup.size, start = 0, at = 0;
    while (!d->is_plain && d->count < MOBI_PARTS - 1 && at < size) {
        const char *p = memchr(data + at, '<', size - at);
        if (!p || (size_t)(data + size - p) < sizeof mark)
            break;
        at = (size_t)(p - data);
        if (strncasecmp(p, mark, sizeof mark - 1) != 0) {
            at++;
            continue;
        }
        if (mobi_has_text(data, start, at)) {
            mobi_add_part(d, start, at);
            start = at;
        }
        at += sizeof mark - 1;
    }
    if (d->count == 0 || d->is_plain || mobi_has_text(data, start, size))
        mobi_add_part(d, start, size);
}

/* --- from libmobi --- */

static ssize_t mobi_collect(void *cookie, const char *data, size_t size)
{
    struct buffer *markup = cookie;
    if (size > MOBI_MARKUP - markup->size)
        return 0;
    buffer_append(markup, data, size);
    return (ssize_t)size;
}

/* The text records as they are, up to one that cannot be read. False when one
 * cannot. */
static bool mobi_read_raw(struct format_document *d, const MOBIData *m)
{
    cookie_io_functions_t functions = { .write = mobi_collect };
    FILE *file = fopencookie(&d->markup, "w", functions);
    if (!file)
        return false;
    MOBI_RET r = lib->mobi_dump_rawml(m, file);
    bool good = fclose(file) == 0 && r == MOBI_SUCCESS;
    /* What is missing reads as NULs, see mobi_fill(). */
    if (d->is_cut && d->markup.size)
        d->markup.size = strnlen(d->markup.data, d->markup.size);
    return good;
}

/* KF8: skeletons and fragments, put together to one document for each part. */
static bool mobi_read_parts(struct format_document *d, const MOBIData *m)
{
    MOBIRawml *rawml = lib->mobi_init_rawml(m);
    bool good = rawml && lib->mobi_parse_rawml_opt(rawml, m, false, false, true) ==
                             MOBI_SUCCESS;
    for (const MOBIPart *p = good ? rawml->markup : NULL; p; p = p->next) {
        size_t start = d->markup.size;
        if (p->type != T_HTML || p->size > MOBI_MARKUP - start ||
            d->count == MOBI_PARTS)
            continue;
        buffer_append(&d->markup, p->data, p->size);
        if (mobi_has_text(d->markup.data, start, d->markup.size))
            mobi_add_part(d, start, d->markup.size);
    }
    lib->mobi_free_rawml(rawml);
    return d->count > 0;
}

static void mobi_add_value(struct metadata *m, const char *key, char *value)
{
    metadata_add(m, key, value);
    free(value);
}

/* libmobi puts several into one, with a semicolon in between. */
static void mobi_add_authors(struct metadata *m, char *authors)
{
    char *next = authors;
    for (char *author; (author = strsep(&next, ";"));)
        metadata_add(m, "author", author);
    free(authors);
}

static void mobi_describe(const MOBIData *m, struct metadata *to)
{
    char name[METADATA_VALUE_MAX];
    char *title = lib->mobi_meta_get_title(m);
    if (!title && lib->mobi_get_fullname(m, name, sizeof name - 1) == MOBI_SUCCESS)
        title = xstrdup(name);
    /* What a Palm knows of a text is the name of its database. */
    if (!title && m->ph)
        title = xstrndup(m->ph->name, sizeof m->ph->name);
    mobi_add_value(to, "title", title);
    mobi_add_authors(to, lib->mobi_meta_get_author(m));
    mobi_add_value(to, "subject", lib->mobi_meta_get_subject(m));
    mobi_add_value(to, "language", lib->mobi_meta_get_language(m));
    mobi_add_value(to, "publisher", lib->mobi_meta_get_publisher(m));
    mobi_add_value(to, "identifier", lib->mobi_meta_get_isbn(m));
    mobi_add_value(to, "created", lib->mobi_meta_get_publishdate(m));
}

/* The markup of M, whose records are loaded. 0, or -1 and E. */
static int mobi_read(struct format_document *d, const MOBIData *m,
                     struct error *flaw, struct error *e)
{
    if (lib->mobi_is_encrypted(m))
        return error_set(e, ERROR_ENCRYPTED, "encrypted by Mobipocket's DRM");
    if (lib->mobi_is_replica(m))
        return error_set(e, ERROR_UNSUPPORTED, "a Print Replica is not supported");
    if (lib->mobi_get_text_maxsize(m) > MOBI_MARKUP)
        return error_set(e, ERROR_LIMIT, "promises more than %zu MiB of text",
                         MOBI_MARKUP >> 20);
    d->is_plain = !lib->mobi_is_mobipocket(m);
    bool is_utf8 = m->mh && m->mh->text_encoding && *m->mh->text_encoding == MOBI_UTF8;
    d->charset = is_utf8 ? "UTF-8" : "WINDOWS-1252";
    if (lib->mobi_is_kf8(m) && mobi_read_parts(d, m))
        return 0;
    if (lib->mobi_is_kf8(m))
        error_set(flaw, ERROR_DAMAGED, "the book's parts cannot be put together");
    if (!mobi_read_raw(d, m))
        error_set(flaw, ERROR_DAMAGED, "a part of the text is damaged or missing");
    if (d->markup.size == 0)
        return error_set(e, ERROR_DAMAGED, "no text can be read");
    mobi_cut(d);
    return 0;
}

static int mobi_fault(MOBI_RET code, struct error *e)
{
    switch (code) {
    case MOBI_FILE_ENCRYPTED:
    case MOBI_DRM_KEYNOTFOUND:
    case MOBI_DRM_UNSUPPORTED:
        return error_set(e, ERROR_ENCRYPTED, "encrypted by Mobipocket's DRM");
    case MOBI_FILE_UNSUPPORTED:
        return error_set(e, ERROR_UNSUPPORTED, "a kind of book that is not known");
    case MOBI_MALLOC_FAILED:
        return error_set(e, ERROR_MEMORY, "out of memory");
    default:
        return error_set(e, ERROR_DAMAGED, "the list of records is damaged");
    }
}

/* libmobi makes room for a record before it looks whether there is as much, and
 * one that ends before it begins is to it of 4 GiB. And it takes no file that ends
 * before its last record begins: fills WHOLE with DATA and with NULs up to there, if
 * that is near enough to believe it; an empty WHOLE: nothing is missing. False: the
 * list of records cannot be true. */
static bool mobi_fill(const unsigned char *data, size_t size, struct buffer *whole)
{
    size_t count = size >= 78 ? (size_t)data[76] << 8 | data[77] : 0;
    size_t last = 0;
    for (size_t i = 0; i < count && 78 + 8 * (i + 1) <= size; i++) {
        const unsigned char *p = data + 78 + 8 * i;
        size_t at = (size_t)p[0] << 24 | (size_t)p[1] << 16 | (size_t)p[2] << 8 | p[3];
        if (at < last)
            return false;
        last = at;
    }
    if (last < size)
        return true;
    if (last > MOBI_FILLED * size)
        return false;
    buffer_reserve(whole, last + MOBI_LAST);
    memcpy(whole->data, data, size);
    memset(whole->data + size, 0, last + MOBI_LAST - size);
    whole->size = last + MOBI_LAST;
    return true;
}

/* Loads the records of DATA, or of WHOLE when that is filled. */
static MOBI_RET mobi_load_records(MOBIData *m, const unsigned char *data, size_t size,
                                  const struct buffer *whole)
{
    FILE *file = whole->size ? fmemopen(whole->data, whole->size, "r")
                             : fmemopen((void *)data, size, "r");
    MOBI_RET code = file && m ? lib->mobi_load_file(m, file) : MOBI_MALLOC_FAILED;
    if (file)
        fclose(file);
    return code;
}

static struct format_document *mobi_open(const struct format_input *input,
                                         struct format_info *info, struct error *e)
{
    const char *why;
    if (!mobi_load_library(&why)) {
        error_set(e, ERROR_UNSUPPORTED, "libmobi is missing: %s", why);
        return NULL;
    }
    struct format_document *d = xcalloc(1, sizeof *d);
    MOBIData *m = lib->mobi_init();
    struct buffer whole = { 0 };
    MOBI_RET code = mobi_fill(input->data, input->size, &whole)
                        ? mobi_load_records(m, input->data, input->size, &whole)
                        : MOBI_DATA_CORRUPT;
    d->is_cut = whole.size > 0;
    int r = code == MOBI_SUCCESS ? mobi_read(d, m, &info->flaw, e)
                                 : mobi_fault(code, e);
    if (r == 0)
        mobi_describe(m, &info->metadata);
    lib->mobi_free(m);
    buffer_free(&whole);
    if (r == 0 && d->is_cut)
        error_set(&info->flaw, ERROR_TRUNCATED, "the end of the file is missing");
    if (r < 0) {
        mobi_close(d);
        return NULL;
    }
    info->pages = (int)d->count; /* at most MOBI_PARTS */
    return d;
}

/* --- pages --- */

struct mobi_sink {
    struct emit emit;
    struct buffer text;
};

static int mobi_gather(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct mobi_sink *)emit)->text, text, size);
    return 0;
}

/* CR and CR LF to LF: plain texts come from every system. */
static void mobi_line_ends(struct buffer *text)
{
    size_t to = 0;
    for (size_t i = 0; i < text->size; i++) {
        char c = text->data[i];
        if (c == '\r' && i + 1 < text->size && text->data[i + 1] == '\n')
            continue;
        text->data[to++] = c == '\r' ? '\n' : c;
    }
    text->size = to;
}

static int mobi_page(struct format_document *d, int page, struct emit *emit,
                     struct error *e)
{
    if (page < 1 || (size_t)page > d->count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    const struct mobi_part *part = d->parts + page - 1;
    struct mobi_sink sink = { .emit = { .text = mobi_gather } };
    struct buffer text = { 0 };
    uint64_t bad;
    int r = 0;
    charset_convert((const unsigned char *)d->markup.data + part->start,
                    part->end - part->start, d->charset, &sink.emit, &bad);
    if (d->is_plain) {
        buffer_move(&text, &sink.text);
        mobi_line_ends(&text);
    } else {
        r = markup_render(&sink.text, &text, e);
    }
    if (text.size && text.data[text.size - 1] != '\n')
        buffer_append_char(&text, '\n');
    if (pieces_emit(emit, text.data, text.size) < 0)
        r = -1;
    buffer_free(&sink.text);
    buffer_free(&text);
    return r;
}

static char *mobi_library(void)
{
    const char *why;
    char *xml = sax_library_version();
    char *both = xasprintf("libmobi %s, libxml2 %s",
                           mobi_load_library(&why) ? lib->mobi_version() : "(missing)",
                           xml);
    free(xml);
    return both;
}

const struct format format_mobi = {
    .name = "mobi",
    .media_type = "application/x-mobipocket-ebook",
    .extensions = "mobi azw azw3 prc",
    .description = "Mobipocket and Kindle books",
    .flags = 0,
    .bid = mobi_bid,
    .open = mobi_open,
    .page = mobi_page,
    .close = mobi_close,
    .prepare = mobi_prepare,
    .library = mobi_library,
};

const struct format format_palmdoc = {
    .name = "palmdoc",
    .media_type = "application/x-palmdoc",
    .extensions = "pdb",
    .description = "PalmDOC texts",
    .flags = 0,
    .bid = palmdoc_bid,
    .open = mobi_open,
    .page = mobi_page,
    .close = mobi_close,
    .prepare = mobi_prepare,
    .library = mobi_library,
};
