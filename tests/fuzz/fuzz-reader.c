/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-reader.c - the bytes are a PDF for the engine of this house, or, when they do not
 * begin as one, the content of a page. */
#include <config.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "pdf/reader.h"
#include "fuzz.h"

/* More pages only take longer. */
#define PAGES 8

const char *const fuzz_corpus[] = { "corpus/*.pdf", NULL };

/* Around the content: a font of each kind of string, a form, layers. */
static const char before[] =
    "%PDF-1.5\n"
    "1 0 obj<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>>>"
    "endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 9 0 R/Resources<<"
    "/Font<</F 5 0 R/G 8 0 R>>/XObject<</X 7 0 R/Y 9 0 R>>/Properties<</A 6 0 R>>"
    "/ExtGState<</S<</Font[5 0 R 9]>>>>>>>>endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
    "6 0 obj<</Type/OCG>>endobj\n"
    "7 0 obj<</Subtype/Form/Length 25>>stream\nBT/F 9 Tf(in a form)Tj ET\nendstream "
    "endobj\n"
    "8 0 obj<</Type/Font/Subtype/Type0/BaseFont/H/Encoding/Identity-H/DescendantFonts["
    "<</Type/Font/Subtype/CIDFontType2/BaseFont/H>>]>>endobj\n"
    "9 0 obj<</Subtype/Form/Length ";
static const char behind[] = "\nendstream endobj\ntrailer<</Root 1 0 R>>\n";

static bool fuzz_title(void *ctx, const char *title, int page, int depth)
{
    int *left = ctx;
    fuzz_must(page >= 0 && depth >= 0);
    return strlen(title) && --*left > 0;
}

/* What is told of a page. */
struct told {
    enum reader_end end;
    enum reader_reason reason;
    size_t count;
    double sum;
};

/* What base/glyph.h promises of G when it is joined; as far as floats can tell. */
static void fuzz_joined(const struct glyph *g, bool first)
{
    if (!(g->marks & GLYPH_JOINED))
        return;
    fuzz_must(!first);
    const struct glyph *last = g - 1;
    float off = 1e-6f * (fabsf(g->x0) + fabsf(last->x0) + 1);
    fuzz_must(g->y0 == last->y0 && g->y1 == last->y1 && g->size == last->size);
    fuzz_must(g->x0 - last->x0 > 0.1f * g->size - off);
    fuzz_must(fabsf(g->x0 - last->x1) < 0.06f * g->size + off);
    fuzz_must(g->x1 < 1e6f);
}

static struct told fuzz_page(struct reader *r, int number)
{
    struct reader_page p;
    struct reader_why why;
    struct told told = { .end = reader_read(r, number, &p, &why) };
    if (told.end != READER_DONE) {
        fuzz_must(why.reason > READER_NO_REASON && why.reason < READER_REASONS);
        fuzz_must(why.detail && *reader_reason_name(why.reason));
        for (const char *c = why.what; *c; c++)
            fuzz_must(*c >= ' ' && *c < 127);
        told.reason = why.reason;
        return told;
    }
    told.count = p.count;
    for (size_t i = 0; i < p.count; i++) {
        const struct glyph *g = p.glyphs + i;
        fuzz_must(isfinite(g->x0) && isfinite(g->y0) && isfinite(g->x1) &&
                  isfinite(g->y1) && isfinite(g->size));
        fuzz_must(g->x0 <= g->x1 && g->y0 <= g->y1);
        fuzz_joined(g, i == 0);
        told.sum += (double)g->x0 + 2 * (double)g->y1 + g->code;
    }
    return told;
}

/* The pages from the last to the first are what they were the other way round. */
static void fuzz_again(struct span file, const char *password, const struct told *first,
                       int pages)
{
    struct reader *r;
    struct reader_why why;
    fuzz_must(reader_open(file, password, &r, &why) == READER_DONE);
    for (int i = pages; i >= 1; i--) {
        struct told told = fuzz_page(r, i);
        const struct told *was = first + i - 1;
        fuzz_must(told.end == was->end && told.reason == was->reason &&
                  told.count == was->count && told.sum == was->sum);
    }
    reader_close(r);
}

static void fuzz_file(const uint8_t *data, size_t size, const char *password)
{
    struct span file = { data, data + size };
    struct told told[PAGES];
    struct reader *r;
    struct reader_why why;
    int left = 100;
    if (reader_open(file, password, &r, &why) != READER_DONE) {
        fuzz_must(!r);
        return;
    }
    fuzz_must(reader_pages(r) > 0);
    int pages = reader_pages(r) < PAGES ? reader_pages(r) : PAGES;
    reader_outline(r, fuzz_title, &left);
    reader_info(r, "Title");
    reader_attachments(r);
    for (int i = 1; i <= pages; i++)
        told[i - 1] = fuzz_page(r, i);
    reader_close(r);
    if (pages > 1)
        fuzz_again(file, password, told, pages);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 5 && !memcmp(data, "%PDF-", 5)) {
        fuzz_file(data, size, size % 2 ? "secret" : NULL);
        return 0;
    }
    struct buffer b = { 0 };
    buffer_append(&b, before, sizeof before - 1);
    buffer_printf(&b, "%zu>>stream\n", size);
    buffer_append(&b, (const char *)data, size);
    buffer_append(&b, behind, sizeof behind - 1);
    fuzz_file((const uint8_t *)b.data, b.size, NULL);
    buffer_free(&b);
    return 0;
}
