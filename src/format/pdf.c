/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf.c - PDF: each page is asked of the engines in turn, so that the one that
 * reads it depends on the document alone. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "document/result.h"
#include "format/boxes.h"
#include "format/engine.h"
#include "format/headers.h"
#include "format/pdf-letters.h"
#include "format/registry.h"
#include "format/text.h"

/* The header may stand anywhere in the first 1,024 bytes (ISO 32000-1, Annex
 * H, note 13). */
#define PDF_HEADER_WITHIN 1024
/* What has one behind that may be mail, whose bid is higher. */
#define PDF_BID_LATE 40

/* So much of the end readers look at for the place of the cross-references. */
#define PDF_END_WITHIN 1200

/* An engine of a document: open, or not asked so far, or of no use for it. */
struct pdf_engine {
    struct engine_document *document;
    bool declined;
    struct reader_why why;
};

/* A page that was read, for itself and to be compared with its neighbours. */
struct pdf_page {
    int number; /* 0: none */
    struct boxes boxes;
    struct layout_page layout; /* without its boxes */
    struct headers_edges edges;
    struct error error; /* why there are no boxes */
    struct reader_why why; /* why it was declined by an engine; or no reason */
    const char *flaw;   /* as struct engine_page has it */
};

/* A page and all that it is compared with. */
#define PDF_KEPT (HEADERS_NEAR + 1)

struct format_document {
    struct pdf_engine engines[ENGINES_MOST];
    struct format_options options;
    int pages;
    struct pdf_page kept[PDF_KEPT]; /* page N at N % PDF_KEPT; to strip headers */
    const char *flaw; /* of the page that was read last */
    struct reader_why why;
    char why_text[READER_WHY];
    struct buffer text;
    struct format_input input; /* for engines that are opened later; its strings
                                  are this struct's own */
    char *name, *password;
};

/* Whether nothing but what printers and editors put there is before the header. */
static bool pdf_begins(const struct peek *peek, const unsigned char *header)
{
    static const char job[] = "\x1b%-12345X";
    const unsigned char *p = peek->head;
    if (memcmp(p, job, sizeof job - 1) == 0)
        return true;
    while (p < header && memchr(" \t\r\n\0\xef\xbb\xbf", *p, 8))
        p++;
    return p == header;
}

static bool pdf_has_end(const struct peek *peek)
{
    static const char end[] = "startxref";
    size_t last = peek->tail_size < PDF_END_WITHIN ? peek->tail_size : PDF_END_WITHIN;
    return memmem(peek->tail + peek->tail_size - last, last, end, sizeof end - 1);
}

/* What reads as text is a PDF file when an object is behind the header, and the
 * place of the cross-references stands at the end: a text about PDF has one of
 * these at most, and none of its words may be lost. */
static bool pdf_has_objects(const struct peek *peek, const unsigned char *header)
{
    static const char object[] = " 0 obj";
    size_t behind = peek->head_size - (size_t)(header - peek->head);
    return (header[-1] == '\n' || header[-1] == '\r') &&
           memmem(header, behind, object, sizeof object - 1) && pdf_has_end(peek);
}

/* Whether objects come first, but for comments. */
static bool pdf_has_object_first(const struct peek *peek)
{
    const unsigned char *p = peek->head, *end = p + peek->head_size;
    while (p < end && memchr("% \t\r\n", *p, 5)) {
        bool comment = *p++ == '%';
        while (comment && p < end && *p != '\n' && *p != '\r')
            p++;
    }
    const unsigned char *number = p;
    while (p < end && *p >= '0' && *p <= '9')
        p++;
    return p > number && end - p > 6 && memcmp(p, " 0 obj", 6) == 0;
}

/* A file that has lost its header, or more of its beginning. The place of the
 * cross-references stands at the end, and objects come first; or it is not text; or it is
 * named so, as which it needs one of these marks only. */
static bool pdf_lacks_header(const struct peek *peek)
{
    static const char mark[] = "endobj";
    bool has_end = pdf_has_end(peek), named = text_is_named(peek->name, "pdf");
    if (has_end && (pdf_has_object_first(peek) || named || text_bid(peek) == 0))
        return true;
    return named && memmem(peek->head, peek->head_size, mark, sizeof mark - 1);
}

/* Whether the header stands farther in, behind what a server or a printer put there: with a
 * line of its own, an object behind it, and an end that is a PDF file's. */
static bool pdf_has_late_header(const struct peek *peek)
{
    static const char mark[] = "%PDF-", last[] = "%%EOF";
    const unsigned char *end = peek->tail + peek->tail_size;
    const unsigned char *header =
        memmem(peek->head, peek->head_size, mark, sizeof mark - 1);
    size_t behind = header ? peek->head_size - (size_t)(header - peek->head) : 0;
    if (behind < 9 || !memchr("\r\n", header[8], 2) || !pdf_has_end(peek) ||
        !memmem(header, behind, " 0 obj", 6))
        return false;
    while (end > peek->tail && (end[-1] == '\n' || end[-1] == '\r'))
        end--;
    return end - peek->tail >= 5 && memcmp(end - 5, last, 5) == 0;
}

/* "%!PS-Adobe-3.0 PDF-1.4" is a header, too (ISO 32000-1, Annex H, note 13). */
static bool pdf_is_in_postscript(const struct peek *peek)
{
    static const char start[] = "%!PS-Adobe-";
    size_t size = sizeof start - 1;
    if (peek->head_size < size + 16 || memcmp(peek->head, start, size) != 0)
        return false;
    return memmem(peek->head + size, 16, " PDF-", 5) != NULL;
}

static int pdf_bid(const struct peek *peek)
{
    static const char mark[] = "%PDF-";
    size_t size = peek->head_size < PDF_HEADER_WITHIN ? peek->head_size
                                                      : PDF_HEADER_WITHIN;
    const unsigned char *header =
        size ? memmem(peek->head, size, mark, sizeof mark - 1) : NULL;
    if (!header && pdf_is_in_postscript(peek))
        return FORMAT_CERTAIN;
    if (!header)
        return pdf_lacks_header(peek) ? 60 : pdf_has_late_header(peek) ? PDF_BID_LATE : 0;
    if (header == peek->head)
        return FORMAT_CERTAIN;
    /* Further in, it may be a text or an archive that mentions the mark. */
    size_t at = (size_t)(header - peek->head) + sizeof mark - 1;
    bool numbered = at < size && peek->head[at] >= '0' && peek->head[at] <= '9';
    bool is_pdf = numbered && (pdf_begins(peek, header) || text_bid(peek) == 0 ||
                               pdf_has_objects(peek, header));
    return is_pdf ? 60 : 0;
}

static void pdf_close(struct format_document *d)
{
    if (!d)
        return;
    for (size_t i = 0; engine_registry[i]; i++)
        engine_registry[i]->close(d->engines[i].document);
    for (int i = 0; i < PDF_KEPT; i++)
        boxes_free(&d->kept[i].boxes);
    buffer_free(&d->text);
    free(d->name);
    if (d->password)
        explicit_bzero(d->password, strlen(d->password));
    free(d->password);
    free(d);
}

/* Whether pages may be read by engine I: unless another one is wanted. */
static bool pdf_reads(const struct format_document *d, size_t i)
{
    const char *wanted = d->options.pdf_engine;
    return !wanted || !strcmp(wanted, engine_registry[i]->name);
}

static enum engine_answer pdf_open_engine(struct format_document *d, size_t i,
                                          struct format_info *info, struct error *e)
{
    struct pdf_engine *own = d->engines + i;
    enum engine_answer answer =
        engine_registry[i]->open(&d->input, &own->document, info, &own->why, e);
    own->declined = answer == ENGINE_DECLINED;
    if (answer == ENGINE_DONE)
        return answer;
    metadata_clear(&info->metadata);
    *info = (struct format_info){ 0 };
    return answer;
}

static struct format_document *pdf_open(const struct format_input *given,
                                        struct format_info *info,
                                        struct error *e)
{
    struct format_document *d = xcalloc(1, sizeof *d);
    d->input = *given;
    d->input.options = NULL;
    if (given->options)
        d->options = *given->options;
    d->input.name = d->name = xstrdup(given->name ? given->name : "");
    if (given->password)
        d->input.password = d->password = xstrdup(given->password);
    enum engine_answer answer = ENGINE_DECLINED;
    for (size_t i = 0; answer == ENGINE_DECLINED && engine_registry[i]; i++)
        if (pdf_reads(d, i))
            answer = pdf_open_engine(d, i, info, e);
    if (answer != ENGINE_DONE) {
        pdf_close(d);
        return NULL;
    }
    /* The engine that is open has extended it, and it may not move any more. */
    d->input.map = NULL;
    d->input.again = true;
    if (given->map)
        d->input.data = map_data(given->map);
    d->pages = info->pages;
    return d;
}

/* Has page NUMBER read by the first engine that does not decline it; D knows why the
 * first one did. When that has no letters more than one that declined, it is the earlier
 * one's reading: in the order of the content. So it is when letters are lost in it. 0, or
 * -1 and E. */
static int pdf_read(struct format_document *d, int number, bool raw,
                    struct engine_page *page, struct error *e)
{
    enum engine_answer answer = ENGINE_DECLINED;
    const char *flaw = NULL;
    struct engine_page offer = { 0 };
    bool offered = false, unmeant = false;
    d->why.reason = READER_NO_REASON;
    *page = (struct engine_page){ 0 };
    for (size_t i = 0; answer == ENGINE_DECLINED && engine_registry[i]; i++) {
        struct pdf_engine *own = d->engines + i;
        struct format_info unused = { 0 };
        struct reader_why page_why, *why = &own->why;
        if (!pdf_reads(d, i))
            continue;
        if (own->declined) {
            d->why = d->why.reason ? d->why : *why;
            continue;
        }
        answer = own->document ? ENGINE_DONE : pdf_open_engine(d, i, &unused, e);
        metadata_clear(&unused.metadata);
        if (answer == ENGINE_DONE)
            answer = engine_registry[i]->page(own->document, number, raw, page,
                                              why = &page_why, e);
        if (answer == ENGINE_DECLINED && !d->why.reason)
            d->why = *why;
        flaw = flaw ? flaw : page->flaw;
        unmeant |= answer == ENGINE_DECLINED && page->unmeant;
        if (answer == ENGINE_DECLINED && !offered) {
            offer = *page;
            offered = offer.raw_size || offer.layout.count;
        }
    }
    enum letters letters = LETTERS_OTHER;
    if ((offered || unmeant) && answer == ENGINE_DONE)
        letters = letters_compare(&offer, page);
    if (unmeant && letters != LETTERS_OTHER)
        flaw = flaw ? flaw : "glyphs without meaning, whose text is lost";
    if (offered && (answer == ENGINE_FAILED || letters == LETTERS_MORE)) {
        error_clear(e);
        flaw = flaw ? flaw : "its content is damaged";
    }
    if (offered && (answer == ENGINE_FAILED || letters != LETTERS_OTHER)) {
        answer = ENGINE_DONE;
        *page = offer;
    }
    d->flaw = flaw;
    return answer == ENGINE_DONE ? 0 : -1;
}

/* Page NUMBER, which is read unless it is kept. Never NULL; see its error. */
static struct pdf_page *pdf_keep(struct format_document *d, int number)
{
    struct pdf_page *kept = d->kept + number % PDF_KEPT;
    struct engine_page page;
    if (kept->number == number)
        return kept;
    kept->number = number;
    kept->boxes.count = 0;
    kept->edges = (struct headers_edges){ 0 };
    kept->flaw = NULL;
    error_clear(&kept->error);
    if (pdf_read(d, number, false, &page, &kept->error) != 0)
        return kept;
    kept->why = d->why;
    kept->layout = page.layout;
    kept->flaw = d->flaw;
    headers_find(&page.layout, &kept->edges);
    boxes_reserve(&kept->boxes, page.layout.count);
    for (size_t i = 0; i < page.layout.count; i++)
        boxes_add(&kept->boxes, page.layout.boxes[i]);
    return kept;
}

/* Whether row AT of EDGE of page NUMBER is on those near it too. Towards the
 * ends of the document there are more of them on the other side. */
static bool pdf_repeats(struct format_document *d, int number, int edge, int at)
{
    struct headers_search search = { 0 };
    int first = number - HEADERS_NEAR / 2;
    if (first > d->pages - HEADERS_NEAR)
        first = d->pages - HEADERS_NEAR;
    if (first < 1)
        first = 1;
    const struct headers_edges *own = &pdf_keep(d, number)->edges;
    for (int page = first; page <= first + HEADERS_NEAR && page <= d->pages; page++) {
        if (page != number)
            headers_look(&search, own, edge, at, &pdf_keep(d, page)->edges,
                         page - number);
        /* The pages ahead may cost more than to look at them. */
        if (headers_are_two(&search))
            break;
    }
    return headers_repeat(&search, &own->rows[edge][at]);
}

/* Page NUMBER as it is kept, without its headers and footers: from the edge up
 * to the first row that is of this page alone. */
static int pdf_read_stripped(struct format_document *d, int number,
                             struct layout_page *layout, struct error *e)
{
    struct pdf_page *page = pdf_keep(d, number);
    if (page->error.kind != ERROR_NONE) {
        *e = page->error;
        return -1;
    }
    for (int edge = 0; edge < 2; edge++) {
        for (int at = 0; at < page->edges.count[edge]; at++) {
            if (!pdf_repeats(d, number, edge, at))
                break;
            headers_drop(&page->boxes, &page->edges.rows[edge][at]);
        }
    }
    d->why = page->why;
    d->flaw = page->flaw;
    *layout = page->layout;
    layout->boxes = page->boxes.data;
    layout->count = page->boxes.count;
    return 0;
}

static int pdf_read_boxes(struct format_document *d, int number,
                          struct layout_page *layout, struct error *e)
{
    struct engine_page page;
    if (d->options.strip_headers)
        return pdf_read_stripped(d, number, layout, e);
    if (pdf_read(d, number, false, &page, e) != 0)
        return -1;
    *layout = page.layout;
    return 0;
}

/* The engine that knows of what goes with pages, open; or NULL. It need not be one that
 * reads them. */
static const struct engine *pdf_companion(struct format_document *d,
                                          struct engine_document **document)
{
    for (size_t i = 0; engine_registry[i]; i++) {
        struct pdf_engine *own = d->engines + i;
        struct format_info unused = { 0 };
        if (!engine_registry[i]->annotations || own->declined)
            continue;
        bool open = own->document ||
                    pdf_open_engine(d, i, &unused, NULL) == ENGINE_DONE;
        metadata_clear(&unused.metadata);
        *document = own->document;
        if (open)
            return engine_registry[i];
    }
    return NULL;
}

/* The annotations of page NUMBER, after a blank line when there is text before them,
 * and its attachments. */
static int pdf_emit_notes(struct format_document *d, int number, bool has_text,
                          struct emit *emit)
{
    bool attachments = d->options.attachments && emit->member_begin;
    struct engine_document *document;
    const struct engine *engine =
        d->options.annotations || attachments ? pdf_companion(d, &document) : NULL;
    if (!engine)
        return 0;
    buffer_clear(&d->text);
    if (d->options.annotations) {
        if (has_text)
            buffer_append_char(&d->text, '\n');
        engine->annotations(document, number, &d->text);
    }
    if (d->text.size > has_text && emit->text(emit, d->text.data, d->text.size) != 0)
        return -1;
    return attachments ? engine->attachments(document, number, emit) : 0;
}

static int pdf_page_raw(struct format_document *d, int number, struct emit *emit,
                        struct error *e)
{
    struct engine_page page;
    if (pdf_read(d, number, true, &page, e) != 0)
        return -1;
    if (page.raw_size && emit->text(emit, page.raw, page.raw_size) != 0)
        return -1;
    return pdf_emit_notes(d, number, page.raw_size > 0, emit);
}

static int pdf_page_laid_out(struct format_document *d, int number, struct emit *emit,
                             struct error *e)
{
    struct layout_page layout;
    struct layout_options options = {
        .mode = d->options.layout == FORMAT_PHYSICAL ? LAYOUT_PHYSICAL
                                                     : LAYOUT_READING,
        .dehyphenate = !d->options.keep_hyphens,
    };
    if (pdf_read_boxes(d, number, &layout, e) != 0)
        return -1;
    buffer_clear(&d->text);
    emit->flags |= layout_text(&layout, &options, &d->text);
    bool has_text = d->text.size > 0;
    if (has_text && emit->text(emit, d->text.data, d->text.size) != 0)
        return -1;
    return pdf_emit_notes(d, number, has_text, emit);
}

static int pdf_page(struct format_document *d, int number, struct emit *emit,
                    struct error *e)
{
    int rc = d->options.layout == FORMAT_RAW ? pdf_page_raw(d, number, emit, e)
                                             : pdf_page_laid_out(d, number, emit, e);
    if (d->why.reason) {
        reader_why_text(&d->why, d->why_text);
        emit->flags |= (unsigned)d->why.reason << RESULT_REASON_SHIFT;
        emit->why = d->why_text;
    }
    return rc == 0 && d->flaw ? error_set(e, ERROR_DAMAGED, "damaged: %s", d->flaw) : rc;
}

static void pdf_prepare(void)
{
    for (size_t i = 0; engine_registry[i]; i++)
        if (engine_registry[i]->prepare)
            engine_registry[i]->prepare();
}

static char *pdf_library(void)
{
    struct buffer b = { 0 };
    for (size_t i = 0; engine_registry[i]; i++) {
        if (!engine_registry[i]->library)
            continue;
        char *one = engine_registry[i]->library();
        buffer_printf(&b, "%s%s", b.size ? ", " : "", one);
        free(one);
    }
    char *all = b.size ? xstrdup(buffer_string(&b)) : NULL;
    buffer_free(&b);
    return all;
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
