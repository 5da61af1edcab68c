/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-poppler.c - the engine "poppler": poppler-glib over bytes in memory.
 * Poppler's thread rule: a document belongs to one thread at a time. */
#include <config.h>

#include <gio/gio.h>
#include <poppler.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/engine.h"
#include "format/library.h"
#include "format/pdf-glyphs.h"
#include "format/pdf-notes.h"
#include "format/pdf-outline.h"
#include "pdf/plain.h"
#include "pdf/reader.h"
#include "pdf/tail.h"

struct engine_document {
    PopplerDocument *poppler;
    GBytes *bytes;
    struct span file; /* as it is, without the inflated streams in BYTES */
    bool settled;     /* BYTES stay what they are */
    struct pdf_glyphs glyphs;
};

#define POP_CALLS(call)                            \
    call(g_memory_input_stream_new_from_bytes)     \
    call(g_object_unref)                           \
    call(poppler_document_get_author)              \
    call(poppler_document_get_creation_date)       \
    call(poppler_document_get_creator)             \
    call(poppler_document_get_keywords)            \
    call(poppler_document_get_modification_date)   \
    call(poppler_document_get_n_attachments)       \
    call(poppler_document_get_n_pages)             \
    call(poppler_document_get_page)                \
    call(poppler_document_get_pdf_version_string)  \
    call(poppler_document_get_producer)            \
    call(poppler_document_get_subject)             \
    call(poppler_document_get_title)               \
    call(poppler_document_new_from_bytes)          \
    call(poppler_document_new_from_stream)         \
    call(poppler_error_quark)                      \
    call(poppler_get_version)

LIBRARY(POP_CALLS)

static void pop_prepare(void);

static void pop_add(struct metadata *m, const char *key, char *value)
{
    metadata_add(m, key, value);
    g_free(value);
}

static void pop_count_attachments(PopplerDocument *poppler, struct metadata *m)
{
    char count[16];
    unsigned attachments = lib->poppler_document_get_n_attachments(poppler);
    snprintf(count, sizeof count, "%u", attachments);
    if (attachments)
        metadata_add(m, "attachments", count);
}

static void pop_metadata(const struct engine_document *d, struct metadata *m)
{
    PopplerDocument *poppler = d->poppler;
    pop_add(m, "title", lib->poppler_document_get_title(poppler));
    pop_add(m, "author", lib->poppler_document_get_author(poppler));
    pop_add(m, "subject", lib->poppler_document_get_subject(poppler));
    pop_add(m, "keywords", lib->poppler_document_get_keywords(poppler));
    pop_add(m, "creator", lib->poppler_document_get_creator(poppler));
    pop_add(m, "producer", lib->poppler_document_get_producer(poppler));
    pop_add(m, "version", lib->poppler_document_get_pdf_version_string(poppler));
    time_t created = lib->poppler_document_get_creation_date(poppler);
    if (created != (time_t)-1)
        metadata_add_time(m, "created", created);
    time_t modified = lib->poppler_document_get_modification_date(poppler);
    if (modified != (time_t)-1)
        metadata_add_time(m, "modified", modified);
    if (tail_is_encrypted(d->file))
        metadata_add(m, "encrypted", "yes");
    pop_count_attachments(poppler, m);
}

/* Inflated streams are kept up to so many bytes for an open document, and up to
 * so many times its size (a manual of 2,415 pages has 3.7 times as much). */
#define POP_PLAIN_MOST ((size_t)64 << 20)
#define POP_PLAIN_RATIO 16

/* The file's bytes, with its streams inflated behind them where that can be
 * had; IN moves with them. */
static GBytes *pop_bytes(struct format_input *in)
{
    size_t size = in->size, at, room = POP_PLAIN_MOST;
    if (size < room / POP_PLAIN_RATIO)
        room = size * POP_PLAIN_RATIO;
    unsigned char *out = in->map ? map_extend(in->map, room, &at) : NULL;
    if (out) {
        in->data = map_data(in->map);
        struct span file = { in->data, in->data + in->size };
        size_t written = plain_write(file, at, out, room);
        map_trim(in->map, written);
        if (written)
            size = at + written;
    }
    return g_bytes_new_static(in->data, size);
}

/* What counts of a password (ISO 32000-2, 7.6.4.3.3). Poppler 22.12 writes past
 * its buffer with more. */
#define POP_PASSWORD_MOST 127

/* Tries without a password first, and with one through a stream: in
 * poppler-glib 22.12 new_from_bytes and new_from_data dereference a null
 * pointer when the password is wrong (their stream's copy is of another
 * class). */
static PopplerDocument *pop_load(const struct format_input *in, GBytes *bytes,
                                 GError **gerror)
{
    PopplerDocument *poppler =
        lib->poppler_document_new_from_bytes(bytes, NULL, gerror);
    if (poppler || !in->password ||
        !g_error_matches(*gerror, lib->poppler_error_quark(),
                         POPPLER_ERROR_ENCRYPTED))
        return poppler;
    g_clear_error(gerror);
    char password[POP_PASSWORD_MOST + 1];
    g_strlcpy(password, in->password, sizeof password);
    GInputStream *stream = lib->g_memory_input_stream_new_from_bytes(bytes);
    poppler = lib->poppler_document_new_from_stream(stream, (goffset)in->size,
                                                    password, NULL, gerror);
    lib->g_object_unref(stream);
    return poppler;
}

/* As pop_load, from the bytes with inflated streams; from the file as it is
 * when poppler does not take those. *BYTES are the ones that it took. */
static PopplerDocument *pop_load_either(struct format_input *in, GBytes **bytes,
                                        GError **gerror)
{
    *bytes = pop_bytes(in);
    PopplerDocument *poppler = pop_load(in, *bytes, gerror);
    if (poppler || g_bytes_get_size(*bytes) == in->size)
        return poppler;
    g_clear_error(gerror);
    g_bytes_unref(*bytes);
    *bytes = g_bytes_new_static(in->data, in->size);
    return pop_load(in, *bytes, gerror);
}

/* Whether no password opens FILE, which poppler does not tell. */
static bool pop_is_keyed(struct span file)
{
    struct reader *reader;
    struct reader_why why;
    enum reader_end end = reader_open(file, NULL, &reader, &why);
    reader_close(reader);
    return end == READER_KEYED;
}

static enum engine_answer pop_open_error(const struct format_input *in,
                                         GError *gerror, struct error *e)
{
    struct span file = { in->data, in->data + in->size };
    if (g_error_matches(gerror, lib->poppler_error_quark(),
                        POPPLER_ERROR_ENCRYPTED))
        error_set(e, ERROR_ENCRYPTED, "%s",
                  pop_is_keyed(file) ? "encrypted by other means than a password"
                  : in->password ? "encrypted, and the password does not open it"
                                 : "encrypted, and no password was given");
    else if (tail_is_missing(file))
        error_set(e, ERROR_TRUNCATED, "truncated: nothing could be recovered");
    else
        error_set(e, ERROR_DAMAGED, "damaged: %s",
                  gerror ? gerror->message : "cannot be opened");
    g_clear_error(&gerror);
    return ENGINE_FAILED;
}

static void pop_close(struct engine_document *d)
{
    if (!d)
        return;
    pdf_glyphs_free(&d->glyphs);
    if (d->poppler)
        lib->g_object_unref(d->poppler);
    g_bytes_unref(d->bytes);
    free(d);
}

/* D's pages and what there is to say of it. Bookmarks have poppler read all pages'
 * objects (150 ms of 2 s for a manual of 1,158 pages), so AGAIN does without. */
static enum engine_answer pop_describe(const struct engine_document *d, bool again,
                                       struct format_info *info, struct error *e)
{
    bool truncated = tail_is_missing(d->file);
    info->pages = lib->poppler_document_get_n_pages(d->poppler);
    if (info->pages < 1) {
        error_set(e, truncated ? ERROR_TRUNCATED : ERROR_DAMAGED,
                  truncated ? "truncated: no page could be recovered"
                            : "damaged: it has no pages");
        return ENGINE_FAILED;
    }
    if (truncated)
        error_set(&info->flaw, ERROR_TRUNCATED,
                  "truncated: its end is missing; pages found: %d", info->pages);
    pop_metadata(d, &info->metadata);
    if (!again)
        outline_read(d->poppler, info->pages, &info->metadata);
    return ENGINE_DONE;
}

static enum engine_answer pop_open(const struct format_input *given,
                                   struct engine_document **document,
                                   struct format_info *info, struct reader_why *why,
                                   struct error *e)
{
    (void)why; /* it declines nothing */
    struct format_input moved = *given, *in = &moved;
    GError *gerror = NULL;
    pop_prepare();
    const char *missing = lib_missing           ? lib_missing
                          : pdf_glyphs_missing() ? pdf_glyphs_missing()
                          : notes_missing()      ? notes_missing()
                                                 : outline_missing();
    if (missing) {
        error_set(e, ERROR_UNSUPPORTED, "poppler-glib is missing: %s", missing);
        return ENGINE_FAILED;
    }
    struct engine_document *d = xcalloc(1, sizeof *d);
    d->poppler = pop_load_either(in, &d->bytes, &gerror);
    d->file = (struct span){ in->data, in->data + in->size };
    d->settled = g_bytes_get_size(d->bytes) == in->size;
    enum engine_answer answer = d->poppler ? pop_describe(d, in->again, info, e)
                                           : pop_open_error(in, gerror, e);
    if (answer == ENGINE_DONE)
        *document = d;
    else
        pop_close(d);
    return answer;
}

/* Opens the file as it is, for a page that is not found otherwise. Once: a
 * file that has to be repaired costs a walk through all of it. */
static bool pop_reopen(struct engine_document *d)
{
    size_t size = (size_t)(d->file.end - d->file.at);
    if (d->settled)
        return false;
    d->settled = true;
    GBytes *bytes = g_bytes_new_static(d->file.at, size);
    PopplerDocument *poppler =
        lib->poppler_document_new_from_bytes(bytes, NULL, NULL);
    if (!poppler) {
        g_bytes_unref(bytes);
        return false;
    }
    lib->g_object_unref(d->poppler);
    g_bytes_unref(d->bytes);
    d->poppler = poppler;
    d->bytes = bytes;
    return true;
}

static PopplerPage *pop_get_page(struct engine_document *d, int number)
{
    PopplerPage *page = lib->poppler_document_get_page(d->poppler, number - 1);
    if (!page && pop_reopen(d))
        page = lib->poppler_document_get_page(d->poppler, number - 1);
    return page;
}

static enum engine_answer pop_page(struct engine_document *d, int number, bool raw,
                                   struct engine_page *page, struct reader_why *why,
                                   struct error *e)
{
    (void)why;
    PopplerPage *poppler = pop_get_page(d, number);
    if (!poppler) {
        error_set(e, ERROR_DAMAGED, "the page object is damaged");
        return ENGINE_FAILED;
    }
    if (raw)
        pdf_glyphs_read_raw(&d->glyphs, poppler, page);
    else
        pdf_glyphs_read(&d->glyphs, poppler, page);
    lib->g_object_unref(poppler);
    return ENGINE_DONE;
}

static void pop_annotations(struct engine_document *d, int number, struct buffer *text)
{
    PopplerPage *page = pop_get_page(d, number);
    if (!page)
        return;
    notes_read(page, text);
    lib->g_object_unref(page);
}

static int pop_attachments(struct engine_document *d, int number, struct emit *emit)
{
    int rc = number == 1 ? notes_attachments(d->poppler, emit) : 0;
    PopplerPage *page = rc == 0 ? pop_get_page(d, number) : NULL;
    if (!page)
        return rc;
    rc = notes_page_attachments(page, emit);
    lib->g_object_unref(page);
    return rc;
}

static void pop_log_nothing(const char *domain, GLogLevelFlags level,
                            const char *message, void *data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

/* One page of one line, so that opening and reading it runs through fonts and
 * colour spaces. */
static const char pop_warm_up[] =
    "%PDF-1.4\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 34>>stream\n"
    "1 0 0 rg BT /F 9 Tf 9 9 Td(a)Tj ET\n"
    "endstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "trailer<</Root 1 0 R/Size 6>>\n"
    "startxref\n0\n%%EOF\n";

static void pop_prepare_once(void)
{
    /* Poppler's complaints are many and name no file; what matters of them
     * comes back as errors of documents and pages. */
    g_log_set_default_handler(pop_log_nothing, NULL);
    if (!LIBRARY_LOAD(POPPLER_SONAME) || !pdf_glyphs_prepare() || !notes_prepare() ||
        !outline_prepare())
        return;

    /* Two reasons to keep a document open for the program's life: poppler's
     * first colour profile is created without a lock, and its global
     * parameters (with a scan of poppler-data) are made anew whenever no
     * document is open: 10 % of the CPU time on tiny files. */
    GBytes *bytes = g_bytes_new_static(pop_warm_up, sizeof pop_warm_up - 1);
    static PopplerDocument *kept;
    kept = lib->poppler_document_new_from_bytes(bytes, NULL, NULL);
    g_bytes_unref(bytes);
    PopplerPage *page = kept ? lib->poppler_document_get_page(kept, 0) : NULL;
    if (!page)
        return;
    struct pdf_glyphs glyphs = { 0 };
    struct engine_page unused;
    pdf_glyphs_read(&glyphs, page, &unused);
    pdf_glyphs_free(&glyphs);
    lib->g_object_unref(page);
}

static void pop_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, pop_prepare_once);
}

static char *pop_library(void)
{
    pop_prepare();
    return xasprintf("poppler %s", lib_missing ? "(missing)"
                                               : lib->poppler_get_version());
}

const struct engine engine_poppler = {
    .name = "poppler",
    .open = pop_open,
    .page = pop_page,
    .annotations = pop_annotations,
    .attachments = pop_attachments,
    .close = pop_close,
    .prepare = pop_prepare,
    .library = pop_library,
};
