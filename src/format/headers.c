/* SPDX-License-Identifier: GPL-3.0-or-later */
/* headers.c - boxes are sorted by height and cut into rows where a white band
 * crosses the page; rows are compared by a hash of what is in them. */
#include <config.h>

#include "format/headers.h"

#include <glib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How far the same row may stand from one page to the next, in heights of its
 * letters (about half a size): less than the next line is off, which is one
 * height or more; more than letters of another font, or rounding, move it. */
#define HEADERS_SHIFT 0.4f

/* A glyph's middle half: fonts say more height than their letters have, so
 * that neighbouring lines would touch. */
static float headers_top(const struct layout_box *b)
{
    return b->y0 + (b->y1 - b->y0) / 4;
}

static float headers_bottom(const struct layout_box *b)
{
    return b->y1 - (b->y1 - b->y0) / 4;
}

static bool headers_is_seen(const struct layout_box *b)
{
    return isfinite(b->x0) && isfinite(b->y0) && isfinite(b->y1) &&
           g_unichar_isgraph(b->code);
}

static int headers_by_height(const void *a, const void *b)
{
    float x = headers_top(a), y = headers_top(b);
    return (x > y) - (x < y);
}

static int headers_by_column(const void *a, const void *b)
{
    const struct layout_box *x = a, *y = b;
    if (x->x0 != y->x0)
        return x->x0 < y->x0 ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

static bool headers_is_roman(const struct layout_box *b, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (b[i].code >= 0x80 || !strchr("ivxlcIVXLC", (int)b[i].code))
            return false;
    return true;
}

/* Whether numbers may differ: beside letters, or alone. Rows of a table of
 * figures are no headers. */
static bool headers_counts(const struct layout_box *b, size_t count)
{
    size_t numbers = 0;
    bool number = false;
    for (size_t i = 0; i < count; i++) {
        bool digit = g_unichar_isdigit(b[i].code);
        if (g_unichar_isalpha(b[i].code))
            return true;
        numbers += digit && !number;
        number = digit;
    }
    return numbers == 1;
}

/* FNV-1a over the row's letters from left to right. A number that may differ is
 * one digit, whichever it is; so is a row that is one in Roman letters. */
static uint64_t headers_print(struct layout_box *row, size_t count)
{
    uint64_t print = 0xcbf29ce484222325u;
    bool number = false;
    qsort(row, count, sizeof *row, headers_by_column);
    bool roman = headers_is_roman(row, count), counts = headers_counts(row, count);
    for (size_t i = 0; i < count; i++) {
        bool digit = roman || (counts && g_unichar_isdigit(row[i].code));
        if (digit && number)
            continue;
        number = digit;
        print = (print ^ (digit ? '0' : row[i].code)) * 0x100000001b3u;
    }
    return print;
}

/* The rows from one edge, of the COUNT boxes in SEEN, which are sorted. */
static void headers_rows(struct layout_box *seen, size_t count, bool below,
                         struct headers_edges *edges)
{
    int *rows = edges->count + below;
    *rows = 0;
    while (count > 0 && *rows < HEADERS_ROWS) {
        size_t n = 1;
        struct layout_box *first = below ? seen + count - 1 : seen;
        float y0 = headers_top(first), y1 = headers_bottom(first);
        for (; n < count; n++) {
            const struct layout_box *b = below ? seen + count - 1 - n : seen + n;
            if (below ? headers_bottom(b) < y0 : headers_top(b) > y1)
                break;
            y0 = MIN(y0, headers_top(b));
            y1 = MAX(y1, headers_bottom(b));
        }
        struct layout_box *row = below ? seen + count - n : seen;
        uint64_t print = headers_print(row, n);
        edges->rows[below][(*rows)++] = (struct headers_row){ y0, y1, print };
        count -= n;
        seen += below ? 0 : n;
    }
}

void headers_find(const struct layout_page *page, struct headers_edges *edges)
{
    struct boxes seen = { 0 };
    for (size_t i = 0; i < page->count; i++)
        if (headers_is_seen(page->boxes + i))
            boxes_add(&seen, page->boxes[i]);
    for (int below = 0; below < 2; below++) {
        if (seen.count)
            qsort(seen.data, seen.count, sizeof *seen.data, headers_by_height);
        headers_rows(seen.data, seen.count, below, edges);
    }
    boxes_free(&seen);
}

static bool headers_are_alike(const struct headers_row *a,
                              const struct headers_row *b)
{
    float height = MIN(a->y1 - a->y0, b->y1 - b->y0);
    return a->print == b->print && fabsf(a->y0 - b->y0) <= HEADERS_SHIFT * height;
}

void headers_look(struct headers_search *s, const struct headers_edges *own,
                  int edge, int at, const struct headers_edges *other)
{
    const struct headers_row *rows = other->rows[edge];
    for (int i = 0; i < other->count[edge]; i++) {
        if (headers_are_alike(rows + i, own->rows[edge] + at)) {
            s->seen++;
            return;
        }
    }
    if (at < other->count[edge])
        s->others[s->other_count++] = rows[at];
}

bool headers_are_two(const struct headers_search *s)
{
    return s->seen >= 2;
}

bool headers_repeat(const struct headers_search *s)
{
    for (int i = 0; s->seen == 1 && i < s->other_count; i++)
        for (int k = 0; k < i; k++)
            if (headers_are_alike(s->others + i, s->others + k))
                return true;
    return headers_are_two(s);
}

void headers_drop(struct boxes *boxes, const struct headers_row *row)
{
    size_t kept = 0;
    for (size_t i = 0; i < boxes->count; i++) {
        float middle = (boxes->data[i].y0 + boxes->data[i].y1) / 2;
        if (!(middle >= row->y0 && middle <= row->y1))
            boxes->data[kept++] = boxes->data[i];
    }
    boxes->count = kept;
}
