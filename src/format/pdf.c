/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf.c - PDF by poppler-glib, over bytes in memory.
 * Poppler's thread rule: a document belongs to one thread at a time. */
#include <config.h>

#include <gio/gio.h>
#include <poppler.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/library.h"
#include "format/registry.h"
#include "pdf/plain.h"

/* Readers look for startxref in the last 1,024 bytes (ISO 32000-1, Annex H,
 * note 18); poppler searches 24 KiB, and so do we before we call a file cut. */
#define PDF_TAIL 24576
/* The header may stand anywhere in the first 1,024 bytes (the same, note 13). */
#define PDF_HEADER_WITHIN 1024

struct format_document {
    PopplerDocument *poppler;
    GBytes *bytes;
    int pages;
    struct span file; /* as it is, without the inflated streams in BYTES */
    bool settled;     /* BYTES stay what they are */
};

#define PDF_CALLS(call)                            \
    call(g_memory_input_stream_new_from_bytes)     \
    call(g_object_unref)                           \
    call(poppler_document_get_author)              \
    call(poppler_document_get_creation_date)       \
    call(poppler_document_get_creator)             \
    call(poppler_document_get_keywords)            \
    call(poppler_document_get_modification_date)   \
    call(poppler_document_get_n_pages)             \
    call(poppler_document_get_page)                \
    call(poppler_document_get_pdf_version_string)  \
    call(poppler_document_get_producer)            \
    call(poppler_document_get_subject)             \
    call(poppler_document_get_title)               \
    call(poppler_document_new_from_bytes)          \
    call(poppler_document_new_from_stream)         \
    call(poppler_error_quark)                      \
    call(poppler_get_version)                      \
    call(poppler_page_get_selected_text)           \
    call(poppler_page_get_size)

LIBRARY(PDF_CALLS)

static void pdf_prepare(void);

static const unsigned char *pdf_find(const unsigned char *data, size_t size,
                                     const char *needle)
{
    return size ? memmem(data, size, needle, strlen(needle)) : NULL;
}

static int pdf_bid(const struct peek *peek)
{
    size_t size = peek->head_size < PDF_HEADER_WITHIN ? peek->head_size
                                                      : PDF_HEADER_WITHIN;
    const unsigned char *header = pdf_find(peek->head, size, "%PDF-");
    if (!header)
        return 0;
    if (header == peek->head)
        return 100;
    /* Further in, it may be a text or an archive that mentions the mark. */
    size_t at = (size_t)(header - peek->head) + 5;
    return at < size && g_ascii_isdigit(peek->head[at]) ? 60 : 0;
}

/* The last LENGTH bytes at most. */
static const unsigned char *pdf_tail(const struct format_input *in, size_t length,
                                     size_t *size)
{
    *size = in->size < length ? in->size : length;
    return in->data + (in->size - *size);
}

/* A file without its end has no startxref near it, or has objects after its
 * last end-of-file mark (an update, or a linearized file, that was cut). */
static bool pdf_is_truncated(const struct format_input *in)
{
    size_t size;
    const unsigned char *tail = pdf_tail(in, PDF_TAIL, &size);
    if (!pdf_find(tail, size, "startxref"))
        return true;
    const unsigned char *last = NULL, *end = tail + size;
    for (const unsigned char *p = tail;
         (p = pdf_find(p, (size_t)(end - p), "%%EOF")); p += 5)
        last = p + 5;
    if (!last)
        return false;
    const unsigned char *object = pdf_find(last, (size_t)(end - last), " obj");
    return object && !pdf_find(object, (size_t)(end - object), "startxref");
}

/* The Encrypt key stands in the trailer or in the dictionary of an xref
 * stream, neither of which is ever compressed or encrypted itself. */
static bool pdf_is_encrypted(const struct format_input *in)
{
    size_t tail_size, head_size = in->size < PEEK_HEAD ? in->size : PEEK_HEAD;
    const unsigned char *tail = pdf_tail(in, PDF_TAIL, &tail_size);
    return pdf_find(tail, tail_size, "/Encrypt") ||
           pdf_find(in->data, head_size, "/Encrypt");
}

static void pdf_add(struct metadata *m, const char *key, char *value)
{
    metadata_add(m, key, value);
    g_free(value);
}

static void pdf_metadata(PopplerDocument *poppler, const struct format_input *in,
                         struct metadata *m)
{
    pdf_add(m, "title", lib->poppler_document_get_title(poppler));
    pdf_add(m, "author", lib->poppler_document_get_author(poppler));
    pdf_add(m, "subject", lib->poppler_document_get_subject(poppler));
    pdf_add(m, "keywords", lib->poppler_document_get_keywords(poppler));
    pdf_add(m, "creator", lib->poppler_document_get_creator(poppler));
    pdf_add(m, "producer", lib->poppler_document_get_producer(poppler));
    pdf_add(m, "version", lib->poppler_document_get_pdf_version_string(poppler));
    time_t created = lib->poppler_document_get_creation_date(poppler);
    if (created != (time_t)-1)
        metadata_add_time(m, "created", created);
    time_t modified = lib->poppler_document_get_modification_date(poppler);
    if (modified != (time_t)-1)
        metadata_add_time(m, "modified", modified);
    if (pdf_is_encrypted(in))
        metadata_add(m, "encrypted", "yes");
}

/* Inflated streams are kept up to so many bytes for an open document, and up to
 * so many times its size (a manual of 2,415 pages has 3.7 times as much). */
#define PDF_PLAIN_MOST ((size_t)64 << 20)
#define PDF_PLAIN_RATIO 16

/* The file's bytes, with its streams inflated behind them where that can be
 * had; IN moves with them. */
static GBytes *pdf_bytes(struct format_input *in)
{
    size_t size = in->size, at, room = PDF_PLAIN_MOST;
    if (size < room / PDF_PLAIN_RATIO)
        room = size * PDF_PLAIN_RATIO;
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
#define PDF_PASSWORD_MOST 127

/* Tries without a password first, and with one through a stream: in
 * poppler-glib 22.12 new_from_bytes and new_from_data dereference a null
 * pointer when the password is wrong (their stream's copy is of another
 * class). */
static PopplerDocument *pdf_load(const struct format_input *in, GBytes *bytes,
                                 GError **gerror)
{
    PopplerDocument *poppler =
        lib->poppler_document_new_from_bytes(bytes, NULL, gerror);
    if (poppler || !in->password ||
        !g_error_matches(*gerror, lib->poppler_error_quark(),
                         POPPLER_ERROR_ENCRYPTED))
        return poppler;
    g_clear_error(gerror);
    char password[PDF_PASSWORD_MOST + 1];
    g_strlcpy(password, in->password, sizeof password);
    GInputStream *stream = lib->g_memory_input_stream_new_from_bytes(bytes);
    poppler = lib->poppler_document_new_from_stream(stream, (goffset)in->size,
                                               password, NULL, gerror);
    lib->g_object_unref(stream);
    return poppler;
}

/* As pdf_load, from the bytes with inflated streams; from the file as it is
 * when poppler does not take those. *BYTES are the ones that it took. */
static PopplerDocument *pdf_load_either(struct format_input *in, GBytes **bytes,
                                        GError **gerror)
{
    *bytes = pdf_bytes(in);
    PopplerDocument *poppler = pdf_load(in, *bytes, gerror);
    if (poppler || g_bytes_get_size(*bytes) == in->size)
        return poppler;
    g_clear_error(gerror);
    g_bytes_unref(*bytes);
    *bytes = g_bytes_new_static(in->data, in->size);
    return pdf_load(in, *bytes, gerror);
}

static void pdf_open_error(const struct format_input *in, GError *gerror,
                           struct error *e)
{
    if (g_error_matches(gerror, lib->poppler_error_quark(),
                        POPPLER_ERROR_ENCRYPTED))
        error_set(e, ERROR_ENCRYPTED, "%s",
                  in->password ? "encrypted, and the password does not open it"
                               : "encrypted, and no password was given");
    else if (pdf_is_truncated(in))
        error_set(e, ERROR_TRUNCATED, "truncated: nothing could be recovered");
    else
        error_set(e, ERROR_DAMAGED, "damaged: %s",
                  gerror ? gerror->message : "cannot be opened");
    g_clear_error(&gerror);
}

static struct format_document *pdf_open(const struct format_input *given,
                                        struct format_info *info,
                                        struct error *e)
{
    struct format_input moved = *given, *in = &moved;
    GError *gerror = NULL;
    pdf_prepare();
    if (lib_missing) {
        error_set(e, ERROR_UNSUPPORTED, "poppler-glib is missing: %s",
                  lib_missing);
        return NULL;
    }
    GBytes *bytes;
    PopplerDocument *poppler = pdf_load_either(in, &bytes, &gerror);
    if (!poppler) {
        pdf_open_error(in, gerror, e);
        g_bytes_unref(bytes);
        return NULL;
    }
    bool truncated = pdf_is_truncated(in);
    int pages = lib->poppler_document_get_n_pages(poppler);
    if (pages < 1) {
        error_set(e, truncated ? ERROR_TRUNCATED : ERROR_DAMAGED,
                  truncated ? "truncated: no page could be recovered"
                            : "damaged: it has no pages");
        lib->g_object_unref(poppler);
        g_bytes_unref(bytes);
        return NULL;
    }
    if (truncated)
        error_set(&info->flaw, ERROR_TRUNCATED,
                  "truncated: its end is missing; pages found: %d", pages);
    info->pages = pages;
    pdf_metadata(poppler, in, &info->metadata);

    struct format_document *d = xmalloc(sizeof *d);
    *d = (struct format_document){ poppler, bytes, pages,
                                   { in->data, in->data + in->size },
                                   g_bytes_get_size(bytes) == in->size };
    return d;
}

/* The letters of right-to-left scripts in TEXT, and all others. */
static void pdf_count_letters(const char *text, long *right_to_left, long *others)
{
    *right_to_left = *others = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if ((c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xff00))
            ++*right_to_left;
        else if (g_unichar_isalpha(c))
            ++*others;
    }
}

static size_t pdf_visible(const char *text)
{
    size_t count = 0;
    for (const char *p = text; *p; p++)
        count += !g_ascii_isspace(*p);
    return count;
}

/* The text of PAGE by selecting all of it. poppler_page_get_text selects the
 * page's own rectangle, and loses letters that reach over its edge (pdftotext
 * does not; what lies outside the crop box is gone in any case); and a selection goes from its upper left to its lower right end, which
 * loses lines of right-to-left pages: these are selected the other way. */
static char *pdf_page_text(PopplerPage *page)
{
    double width, height, over = 1e4;
    lib->poppler_page_get_size(page, &width, &height);
    PopplerRectangle area = { -over, -over, width + over, height + over };
    char *text = lib->poppler_page_get_selected_text(page, POPPLER_SELECTION_GLYPH,
                                                     &area);
    long right_to_left, others;
    if (!text || !g_utf8_validate(text, -1, NULL))
        return text;
    pdf_count_letters(text, &right_to_left, &others);
    if (right_to_left <= others)
        return text;
    PopplerRectangle mirrored = { area.x2, area.y1, area.x1, area.y2 };
    char *other = lib->poppler_page_get_selected_text(
        page, POPPLER_SELECTION_GLYPH, &mirrored);
    if (other && pdf_visible(other) > pdf_visible(text)) {
        g_free(text);
        return other;
    }
    g_free(other);
    return text;
}

/* Opens the file as it is, for a page that is not found otherwise. Once: a
 * file that has to be repaired costs a walk through all of it. */
static bool pdf_reopen(struct format_document *d)
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

static int pdf_page(struct format_document *d, int number, struct emit *emit,
                    struct error *e)
{
    PopplerPage *page = lib->poppler_document_get_page(d->poppler, number - 1);
    if (!page && pdf_reopen(d))
        page = lib->poppler_document_get_page(d->poppler, number - 1);
    if (!page)
        return error_set(e, ERROR_DAMAGED, "the page object is damaged");
    char *text = pdf_page_text(page);
    lib->g_object_unref(page);
    size_t size = text ? strlen(text) : 0;
    int rc = 0;
    if (size) {
        rc = emit->text(emit, text, size);
        if (rc == 0 && text[size - 1] != '\n')
            rc = emit->text(emit, "\n", 1);
    }
    g_free(text);
    return rc;
}

static void pdf_close(struct format_document *d)
{
    if (!d)
        return;
    lib->g_object_unref(d->poppler);
    g_bytes_unref(d->bytes);
    free(d);
}

static void pdf_log_nothing(const char *domain, GLogLevelFlags level,
                            const char *message, void *data)
{
    (void)domain, (void)level, (void)message, (void)data;
}

/* One page of one line, so that opening and reading it runs through fonts and
 * colour spaces. */
static const char pdf_warm_up[] =
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

static void pdf_prepare_once(void)
{
    /* Poppler's complaints are many and name no file; what matters of them
     * comes back as errors of documents and pages. */
    g_log_set_default_handler(pdf_log_nothing, NULL);
    if (!LIBRARY_LOAD(POPPLER_SONAME))
        return;

    /* Two reasons to keep a document open for the program's life: poppler's
     * first colour profile is created without a lock, and its global
     * parameters (with a scan of poppler-data) are made anew whenever no
     * document is open: 10 % of the CPU time on tiny files. */
    GBytes *bytes = g_bytes_new_static(pdf_warm_up, sizeof pdf_warm_up - 1);
    static PopplerDocument *kept;
    kept = lib->poppler_document_new_from_bytes(bytes, NULL, NULL);
    g_bytes_unref(bytes);
    PopplerPage *page = kept ? lib->poppler_document_get_page(kept, 0) : NULL;
    if (!page)
        return;
    g_free(pdf_page_text(page));
    lib->g_object_unref(page);
}

static void pdf_prepare(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, pdf_prepare_once);
}

static char *pdf_library(void)
{
    pdf_prepare();
    return xasprintf("poppler %s", lib_missing ? "(missing)"
                                               : lib->poppler_get_version());
}

const struct format format_pdf = {
    .name = "pdf",
    .media_type = "application/pdf",
    .extensions = "pdf",
    .description = "Portable Document Format",
    .flags = FORMAT_SPLITS,
    .bid = pdf_bid,
    .open = pdf_open,
    .page = pdf_page,
    .close = pdf_close,
    .prepare = pdf_prepare,
    .library = pdf_library,
};
