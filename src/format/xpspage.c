/* SPDX-License-Identifier: GPL-3.0-or-later */
/* xpspage.c - RenderTransform of what lies around, UnicodeString, and Indices
 * (ECMA-388, 12.1.3) with the advances that are not the font's. */
#include <config.h>

#include "format/xpspage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Lengths are in units of 1/96 inch; layout takes points. */
#define XPS_POINTS 0.75

/* Where no font says how wide a glyph is. */
#define XPS_ADVANCE 0.5f
#define XPS_ADVANCE_WIDE 1.0f

/* How far glyphs reach above and below their line, in ems, for most fonts. */
#define XPS_ASCENT 0.8
#define XPS_DESCENT 0.2

static const struct xps_matrix identity = { 1, 0, 0, 1, 0, 0 };

static double number(const struct sax_attribute *value, double fallback)
{
    char text[64];
    if (!value || value->size == 0 || value->size >= sizeof text)
        return fallback;
    memcpy(text, value->value, value->size);
    text[value->size] = '\0';
    char *end;
    double d = strtod(text, &end);
    return end > text && isfinite(d) ? d : fallback;
}

/* "a,b,c,d,e,f"; false: it is none, a reference to a resource, say. */
static bool matrix_parse(const struct sax_attribute *value, struct xps_matrix *m)
{
    char text[256];
    double n[6];
    if (!value || value->size >= sizeof text)
        return false;
    memcpy(text, value->value, value->size);
    text[value->size] = '\0';
    char *p = text;
    for (int i = 0; i < 6; i++) {
        char *end;
        p += strspn(p, ", \t\r\n");
        n[i] = strtod(p, &end);
        if (end == p || !isfinite(n[i]))
            return false;
        p = end;
    }
    *m = (struct xps_matrix){ n[0], n[1], n[2], n[3], n[4], n[5] };
    return true;
}

/* First M, then BY. */
static struct xps_matrix matrix_times(const struct xps_matrix *m,
                                      const struct xps_matrix *by)
{
    return (struct xps_matrix){
        m->a * by->a + m->b * by->c, m->a * by->b + m->b * by->d,
        m->c * by->a + m->d * by->c, m->c * by->b + m->d * by->d,
        m->e * by->a + m->f * by->c + by->e,
        m->e * by->b + m->f * by->d + by->f,
    };
}

/* A Glyphs element while its boxes are made. */
struct run {
    struct xpspage *page;
    const struct xps_matrix *matrix;
    const struct xpsfont *font;
    double x, y, em;
    double advance; /* of a glyph, -1 or 1: to the left or the right */
    const char *text, *end; /* valid UTF-8 */
    const char *index, *index_end;
};

/* The character at *TEXT, valid UTF-8, which goes behind it. */
static uint32_t next_code(const char **text)
{
    const unsigned char *p = (const unsigned char *)*text;
    int more = p[0] < 0x80 ? 0 : p[0] < 0xe0 ? 1 : p[0] < 0xf0 ? 2 : 3;
    uint32_t code = more == 0 ? p[0] : p[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++)
        code = code << 6 | (p[i] & 0x3f);
    *text += more + 1;
    return code;
}

static bool is_wide(uint32_t code)
{
    return (code >= 0x1100 && code < 0x1200) || (code >= 0x2e80 && code < 0xd7b0) ||
           (code >= 0xf900 && code < 0xfb00) || (code >= 0xff00 && code < 0xff60) ||
           (code >= 0x20000 && code < 0x40000);
}

/* A glyph's entry in Indices: "index,advance,u,v", all of which may be left out. */
struct entry {
    unsigned glyph;
    double advance; /* in ems; negative: the font's */
    unsigned codes, glyphs; /* of the cluster that begins here: UTF-16 units */
};

static unsigned whole_number(const char **p, const char *end)
{
    unsigned n = 0;
    while (*p < end && **p >= '0' && **p <= '9' && n < 100000)
        n = 10 * n + (unsigned)(*(*p)++ - '0');
    return n;
}

static struct entry next_entry(struct run *r)
{
    struct entry e = { 0, -1, 1, 1 };
    const char *p = r->index, *end = r->index_end;
    const char *stop = p < end ? memchr(p, ';', (size_t)(end - p)) : NULL;
    r->index = stop ? stop + 1 : end;
    if (!stop)
        stop = end;
    while (p < stop && *p == ' ')
        p++;
    if (p < stop && *p == '(') {
        p++;
        e.codes = whole_number(&p, stop);
        if (p < stop && *p == ':') {
            p++;
            e.glyphs = whole_number(&p, stop);
        }
        while (p < stop && *p != ')')
            p++;
        p += p < stop;
    }
    e.glyph = whole_number(&p, stop);
    if (p < stop && *p == ',') {
        const char *comma = memchr(p + 1, ',', (size_t)(stop - p - 1));
        struct sax_attribute value = { .value = p + 1 };
        value.size = (size_t)((comma ? comma : stop) - p - 1);
        e.advance = number(&value, -1) / 100;
    }
    return e;
}

static double advance_of(const struct run *r, const struct entry *e, uint32_t code)
{
    if (e->advance >= 0)
        return e->advance;
    unsigned glyph = e->glyph ? e->glyph : xpsfont_glyph(r->font, code);
    float advance = glyph ? xpsfont_advance(r->font, glyph) : -1;
    if (advance < 0)
        advance = is_wide(code) ? XPS_ADVANCE_WIDE : XPS_ADVANCE;
    return (double)advance;
}

static void add_box(struct run *r, uint32_t code, double advance)
{
    struct xpspage *p = r->page;
    const struct xps_matrix *m = r->matrix;
    double left = r->x, right = r->x + r->advance * advance * r->em;
    double ys[2] = { r->y - XPS_ASCENT * r->em, r->y + XPS_DESCENT * r->em };
    double xs[2] = { fmin(left, right), fmax(left, right) };
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int i = 0; i < 4; i++) {
        double x = xs[i & 1] * m->a + ys[i >> 1] * m->c + m->e;
        double y = xs[i & 1] * m->b + ys[i >> 1] * m->d + m->f;
        x0 = fmin(x0, x), x1 = fmax(x1, x);
        y0 = fmin(y0, y), y1 = fmax(y1, y);
    }
    r->x = left + r->advance * advance * r->em;
    if (p->boxes.count == XPSPAGE_BOXES) {
        p->is_cut = true;
        return;
    }
    double scale = sqrt(fabs(m->a * m->d - m->b * m->c));
    boxes_add(&p->boxes, (struct glyph){
        .x0 = (float)(x0 * XPS_POINTS), .y0 = (float)(y0 * XPS_POINTS),
        .x1 = (float)(x1 * XPS_POINTS), .y1 = (float)(y1 * XPS_POINTS),
        .size = (float)(r->em * scale * XPS_POINTS),
        .code = code,
    });
}

/* A cluster: E is its first glyph, whose width and that of the others its
 * characters share. */
static void add_cluster(struct run *r, const struct entry *e)
{
    uint32_t codes[16];
    unsigned count = 0, units = 0;
    while (units < e->codes && r->text < r->end && count < 16) {
        codes[count] = next_code(&r->text);
        units += codes[count++] >= 0x10000 ? 2 : 1;
    }
    if (count == 0)
        return;
    double total = advance_of(r, e, codes[0]);
    for (unsigned i = 1; i < e->glyphs && r->index < r->index_end; i++) {
        struct entry more = next_entry(r);
        total += advance_of(r, &more, codes[0]);
    }
    for (unsigned i = 0; i < count; i++)
        add_box(r, codes[i], total / count);
}

static void add_run(struct run *r)
{
    buffer_append(&r->page->raw, r->text, (size_t)(r->end - r->text));
    buffer_append_char(&r->page->raw, '\n');
    while (r->text < r->end && !r->page->is_cut) {
        const char *before = r->text;
        struct entry e = next_entry(r);
        if (e.codes == 0)
            e.codes = 1;
        add_cluster(r, &e);
        if (r->text == before)
            break;
    }
}

static void add_glyphs(struct xpspage *p, const struct sax_attribute *attributes,
                       size_t count)
{
    const struct sax_attribute *text = sax_find(attributes, count, "UnicodeString");
    const struct sax_attribute *indices = sax_find(attributes, count, "Indices");
    const struct sax_attribute *uri = sax_find(attributes, count, "FontUri");
    if (!text || text->size == 0)
        return;
    struct run r = {
        .page = p,
        .matrix = &p->stack[p->depth],
        .x = number(sax_find(attributes, count, "OriginX"), 0),
        .y = number(sax_find(attributes, count, "OriginY"), 0),
        .em = number(sax_find(attributes, count, "FontRenderingEmSize"), 10),
        .advance = 1,
        .text = text->value,
        .end = text->value + text->size,
        .index = indices ? indices->value : NULL,
        .index_end = indices ? indices->value + indices->size : NULL,
    };
    if ((int)fmod(number(sax_find(attributes, count, "BidiLevel"), 0), 2) != 0)
        r.advance = -1;
    /* "{}" keeps a brace at the start from being taken for markup. */
    if (text->size >= 2 && memcmp(text->value, "{}", 2) == 0)
        r.text += 2;
    r.font = p->fonts->find(p->fonts, uri ? uri->value : "", uri ? uri->size : 0);
    add_run(&r);
}

static void page_start(struct sax_handler *handler, const char *prefix,
                       const char *name, const struct sax_attribute *attributes,
                       size_t count)
{
    struct xpspage *p = (struct xpspage *)handler;
    (void)prefix;
    /* What stands there needs something that is not in the standard; there is
     * a Fallback for all others. */
    if (p->skipped > 0 || strcmp(name, "Choice") == 0) {
        p->skipped++;
        return;
    }
    struct xps_matrix own = identity, outer = p->stack[p->depth];
    matrix_parse(sax_find(attributes, count, "RenderTransform"), &own);
    if (p->depth < XPSPAGE_DEPTH)
        p->depth++;
    p->stack[p->depth] = matrix_times(&own, &outer);
    if (strcmp(name, "Glyphs") == 0) {
        add_glyphs(p, attributes, count);
    } else if (strcmp(name, "FixedPage") == 0) {
        p->width = (float)(number(sax_find(attributes, count, "Width"), 816) * XPS_POINTS);
        p->height = (float)(number(sax_find(attributes, count, "Height"), 1056) * XPS_POINTS);
    } else if (strcmp(name, "MatrixTransform") == 0 && p->depth >= 3) {
        /* Canvas, Canvas.RenderTransform, MatrixTransform: it holds for what
         * follows in the canvas. */
        if (matrix_parse(sax_find(attributes, count, "Matrix"), &own))
            p->stack[p->depth - 2] = matrix_times(&own, &p->stack[p->depth - 3]);
    }
}

static void page_end(struct sax_handler *handler, const char *name)
{
    struct xpspage *p = (struct xpspage *)handler;
    (void)name;
    if (p->skipped > 0)
        p->skipped--;
    else if (p->depth > 0)
        p->depth--;
}

void xpspage_start(struct xpspage *p, struct xps_fonts *fonts)
{
    p->handler = (struct sax_handler){ .start = page_start,
                      .end = page_end,
                      .text = sax_no_text };
    p->fonts = fonts;
    xpspage_restart(&p->handler);
}

void xpspage_restart(struct sax_handler *handler)
{
    struct xpspage *p = (struct xpspage *)handler;
    p->boxes.count = 0;
    buffer_clear(&p->raw);
    p->width = p->height = 0;
    p->depth = p->skipped = 0;
    p->is_cut = false;
    p->stack[0] = identity;
}

void xpspage_clear(struct xpspage *p)
{
    boxes_free(&p->boxes);
    buffer_free(&p->raw);
}
