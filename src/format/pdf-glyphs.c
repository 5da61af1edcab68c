/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-glyphs.c - poppler makes a page's words once and keeps them with the page;
 * each call here selects among them, which costs 2-3 % of making them. */
#include <config.h>

#include "format/pdf-glyphs.h"

#include <stdlib.h>
#include <string.h>

#include "format/library.h"
#include "format/pdf-fields.h"

#define GLYPHS_CALLS(call)                           \
    call(poppler_page_free_text_attributes)          \
    call(poppler_page_get_selected_text)             \
    call(poppler_page_get_size)                      \
    call(poppler_page_get_text_attributes_for_area)  \
    call(poppler_page_get_text_layout_for_area)

LIBRARY(GLYPHS_CALLS)

/* How far over the page's edges is selected, in points: poppler drops glyphs
 * that begin outside of the page (its CropBox), so that this holds all others. */
#define GLYPHS_OVER 1e4

/* What poppler puts around the runs of right-to-left text that it reorders. */
#define GLYPHS_LRE 0x202a
#define GLYPHS_RLE 0x202b
#define GLYPHS_PDF 0x202c

/* Whether most letters of TEXT, which is valid, are of scripts that are written
 * from the right. These begin at U+0590, of which the first byte is 0xd6. */
static bool glyphs_are_right_to_left(const char *text)
{
    const unsigned char *bytes = (const unsigned char *)text;
    long count = 0, others = 0;
    while (*bytes && *bytes < 0xd6)
        bytes++;
    if (!*bytes)
        return false;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        gunichar c = g_utf8_get_char(p);
        if ((c >= 0x590 && c < 0x900) || (c >= 0xfb1d && c < 0xff00))
            count++;
        else
            others += g_unichar_isalpha(c);
    }
    return count > others;
}

static size_t glyphs_visible(const char *text)
{
    size_t count = 0;
    for (const char *p = text; *p; p++)
        count += !g_ascii_isspace(*p);
    return count;
}

/* The text of PAGE by selecting all of it: AREA. poppler_page_get_text selects
 * the page's own rectangle, and loses letters that reach over its edge
 * (pdftotext does not; what lies outside of the crop box is gone in any case); and
 * a selection goes from its upper left to its lower right end, which loses lines
 * of right-to-left pages: these are selected the other way. NULL: none. */
static char *glyphs_select(PopplerPage *page, PopplerRectangle *area)
{
    double width, height;
    lib->poppler_page_get_size(page, &width, &height);
    *area = (PopplerRectangle){ -GLYPHS_OVER, -GLYPHS_OVER, width + GLYPHS_OVER,
                                height + GLYPHS_OVER };
    char *text = lib->poppler_page_get_selected_text(page, POPPLER_SELECTION_GLYPH,
                                                     area);
    if (!text || !g_utf8_validate(text, -1, NULL) || !glyphs_are_right_to_left(text))
        return text;
    PopplerRectangle mirrored = { area->x2, area->y1, area->x1, area->y2 };
    char *other = lib->poppler_page_get_selected_text(
        page, POPPLER_SELECTION_GLYPH, &mirrored);
    if (other && glyphs_visible(other) > glyphs_visible(text)) {
        *area = mirrored;
        g_free(text);
        return other;
    }
    g_free(other);
    return text;
}

/* The character at *P, which is passed. Not valid: one byte, as U+FFFD. */
static uint32_t glyphs_next_code(const char **p)
{
    gunichar c = g_utf8_get_char_validated(*p, -1);
    if (c >= 0x110000) {
        ++*p;
        return 0xfffd;
    }
    *p = g_utf8_next_char(*p);
    return c;
}

static void glyphs_reverse(uint32_t *codes, size_t from, size_t to)
{
    for (; from + 1 < to; from++, to--) {
        uint32_t code = codes[from];
        codes[from] = codes[to - 1];
        codes[to - 1] = code;
    }
}

/* TEXT's characters in the order of poppler's rectangles, which is that of the
 * glyphs on their line from left to right: runs that it reordered (a run from
 * the right, with runs from the left in it) are put back, and the marks around
 * them, which have no rectangle, go. Returns their number. */
static size_t glyphs_codes(struct pdf_glyphs *g, const char *text)
{
    size_t size = strlen(text), count = 0, starts[2], depth = 0;
    if (size > g->code_room) {
        g->codes = xrealloc_array(g->codes, size, sizeof *g->codes);
        g->code_room = size;
    }
    while (*text) {
        uint32_t code = glyphs_next_code(&text);
        if ((code == GLYPHS_RLE && depth == 0) || (code == GLYPHS_LRE && depth == 1))
            starts[depth++] = count;
        else if (code == GLYPHS_PDF && depth > 0)
            glyphs_reverse(g->codes, starts[--depth], count);
        else if (code < GLYPHS_LRE || code > GLYPHS_PDF)
            g->codes[count++] = code;
    }
    return count;
}

/* The end of a line has a rectangle without extent. */
static bool glyphs_is_end(const PopplerRectangle *r)
{
    return r->x1 == r->x2 && r->y1 == r->y2;
}

/* Pairs COUNT characters with N rectangles one by one. There may be more of the
 * one or the other (poppler drops what is no character; a text ends at a NUL,
 * and may hold marks of its own): then only the rest of that line goes wrong. */
static void glyphs_pair(struct pdf_glyphs *g, size_t count,
                        const PopplerRectangle *r, size_t n)
{
    bool in_step = count == n;
    boxes_reserve(&g->boxes, n);
    for (size_t i = 0, k = 0; i < n; i++) {
        uint32_t code = k < count ? g->codes[k] : 0xfffd;
        if (!in_step && glyphs_is_end(r + i))
            while (k < count && g->codes[k] != '\n')
                k++;
        if (!in_step && code == '\n' && !glyphs_is_end(r + i))
            code = 0xfffd;
        else
            k++;
        g->boxes.data[g->boxes.count++] = (struct glyph){
            .x0 = (float)MIN(r[i].x1, r[i].x2),
            .y0 = (float)MIN(r[i].y1, r[i].y2),
            .x1 = (float)MAX(r[i].x1, r[i].x2),
            .y1 = (float)MAX(r[i].y1, r[i].y2),
            .code = glyphs_is_end(r + i) ? '\n' : code,
        };
    }
}

static void glyphs_add_sizes(struct pdf_glyphs *g, PopplerPage *page,
                             PopplerRectangle *area)
{
    GList *list = lib->poppler_page_get_text_attributes_for_area(page, area);
    for (GList *l = list; l; l = l->next) {
        const PopplerTextAttributes *a = l->data;
        for (gint i = a->start_index < 0 ? 0 : a->start_index;
             i <= a->end_index && (size_t)i < g->boxes.count; i++)
            g->boxes.data[i].size = (float)a->font_size;
    }
    lib->poppler_page_free_text_attributes(list);
}

void pdf_glyphs_read(struct pdf_glyphs *g, PopplerPage *poppler,
                     struct engine_page *page)
{
    PopplerRectangle area, *rectangles = NULL;
    guint count = 0;
    double width, height;
    char *text = glyphs_select(poppler, &area);
    g->boxes.count = 0;
    if (text && *text &&
        lib->poppler_page_get_text_layout_for_area(poppler, &area, &rectangles,
                                                   &count)) {
        glyphs_pair(g, glyphs_codes(g, text), rectangles, count);
        glyphs_add_sizes(g, poppler, &area);
    }
    g_free(rectangles);
    g_free(text);
    fields_read(poppler, &g->boxes, NULL);
    lib->poppler_page_get_size(poppler, &width, &height);
    *page = (struct engine_page){
        .layout = { .boxes = g->boxes.data, .count = g->boxes.count,
                    .width = (float)width, .height = (float)height },
    };
}

void pdf_glyphs_read_raw(struct pdf_glyphs *g, PopplerPage *poppler,
                         struct engine_page *page)
{
    PopplerRectangle area;
    char *text = glyphs_select(poppler, &area);
    buffer_clear(&g->raw);
    if (text)
        buffer_append_string(&g->raw, text);
    g_free(text);
    if (g->raw.size && g->raw.data[g->raw.size - 1] != '\n')
        buffer_append_char(&g->raw, '\n');
    fields_read(poppler, NULL, &g->raw);
    *page = (struct engine_page){ .raw = buffer_string(&g->raw),
                                  .raw_size = g->raw.size };
}

void pdf_glyphs_free(struct pdf_glyphs *g)
{
    boxes_free(&g->boxes);
    buffer_free(&g->raw);
    free(g->codes);
    *g = (struct pdf_glyphs){ 0 };
}

bool pdf_glyphs_prepare(void)
{
    return LIBRARY_LOAD(POPPLER_SONAME) && fields_prepare();
}

const char *pdf_glyphs_missing(void)
{
    return lib_missing ? lib_missing : fields_missing();
}
