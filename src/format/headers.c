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
/* The white between a header and the body is more than what is between most lines
 * of the page, in heights of letters: by a quarter of a size, more than lines are
 * off from an even pitch, and half of what is set between paragraphs. */
#define HEADERS_MORE 0.5f
/* Nor is it a white that the body has again and again, one in ten: then it may be
 * that between groups of a table's rows, or paragraphs. That near, in heights of
 * letters, is the same: rounding. */
#define HEADERS_AGAIN 10
#define HEADERS_NEARLY 0.1f
/* Of fewer lines it cannot be told how far lines are apart: taken for half a blank
 * line between each two, in heights of letters. */
#define HEADERS_LINES 4
#define HEADERS_SPACED 2.0f

/* Words are farther apart, letters of a word less, in heights of boxes, which are
 * a size or more: a blank is a quarter of a size. */
#define HEADERS_BLANK 0.125f

/* All that stands at a height that no white crosses: N boxes from FIRST on. */
struct headers_band {
    float y0, y1;
    size_t first, n;
};

/* The whites between the lines of a page's body, sorted. */
struct headers_body {
    const float *whites;
    size_t count;
};

/* A glyph's middle half: fonts say more height than their letters have, so
 * that neighbouring lines would touch. */
static float headers_top(const struct glyph *b)
{
    return b->y0 + (b->y1 - b->y0) / 4;
}

static float headers_bottom(const struct glyph *b)
{
    return b->y1 - (b->y1 - b->y0) / 4;
}

static bool headers_is_seen(const struct glyph *b)
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
    const struct glyph *x = a, *y = b;
    if (x->x0 != y->x0)
        return x->x0 < y->x0 ? -1 : 1;
    return (x->code > y->code) - (x->code < y->code);
}

static bool headers_go_on(const struct glyph *a, const struct glyph *b)
{
    return b->x0 - a->x1 < HEADERS_BLANK * (a->y1 - a->y0) &&
           ((g_unichar_isdigit(a->code) && g_unichar_isdigit(b->code)) ||
            (g_unichar_isalpha(a->code) && g_unichar_isalpha(b->code)));
}

/* How many boxes from B on, of at most COUNT, are one number or word, or else a
 * mark. */
static size_t headers_run(const struct glyph *b, size_t count)
{
    size_t n = 1;
    while (n < count && headers_go_on(b + n - 1, b + n))
        n++;
    return n;
}

/* What the COUNT letters are in Roman figures, up to 399; 0: none. The figures
 * have to be as they are written (IV, never IIII). */
static uint32_t headers_roman(const struct glyph *b, size_t count)
{
    static const struct {
        char figures[3];
        uint8_t value, most;
    } parts[] = { { "c", 100, 3 }, { "xc", 90, 1 }, { "l", 50, 1 }, { "xl", 40, 1 },
                  { "x", 10, 3 },  { "ix", 9, 1 },  { "v", 5, 1 },  { "iv", 4, 1 },
                  { "i", 1, 3 } };
    uint32_t value = 0;
    size_t at = 0;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t size = strlen(parts[i].figures);
        for (unsigned n = 0; n < parts[i].most && at + size <= count; n++, at += size) {
            size_t k = 0;
            while (k < size && g_unichar_tolower(b[at + k].code) ==
                                   (gunichar)parts[i].figures[k])
                k++;
            if (k < size)
                break;
            value += parts[i].value;
        }
    }
    return at == count ? value : 0;
}

/* What the run of COUNT boxes is as a number, if it is *ONE. */
static uint32_t headers_number(const struct glyph *b, size_t count, bool *one)
{
    uint32_t value = 0;
    *one = g_unichar_isdigit(b->code);
    for (size_t i = 0; *one && i < count; i++)
        value = value * 10 + (uint32_t)g_unichar_digit_value(b[i].code);
    if (!*one) {
        value = headers_roman(b, count);
        *one = value > 0;
    }
    return value;
}

/* ROW's contents: FNV-1a over the letters from left to right, where a number is
 * one digit, whichever it is. */
static void headers_read(struct headers_row *row, struct glyph *b, size_t count)
{
    bool last = false;
    row->print = 0xcbf29ce484222325u;
    qsort(b, count, sizeof *b, headers_by_column);
    for (size_t i = 0, n; i < count; i += n) {
        n = headers_run(b + i, count - i);
        bool number;
        uint32_t value = headers_number(b + i, n, &number);
        if (number && row->numbers < HEADERS_NUMBERS)
            row->values[row->numbers] = value;
        if (number && row->numbers <= HEADERS_NUMBERS)
            row->numbers++;
        row->lettered = row->lettered || (!number && g_unichar_isalpha(b[i].code));
        for (size_t k = 0; k < n && !(number && (k > 0 || last)); k++)
            row->print = (row->print ^ (number ? '0' : b[i + k].code)) *
                         0x100000001b3u;
        last = number;
    }
}

/* Cuts SEEN, which is sorted, into bands from above; returns how many. */
static size_t headers_cut(const struct boxes *seen, struct headers_band *bands)
{
    const struct glyph *b = seen->data;
    size_t count = 0;
    for (size_t i = 0, n; i < seen->count; i += n, count++) {
        float y0 = headers_top(b + i), y1 = headers_bottom(b + i);
        for (n = 1; i + n < seen->count && headers_top(b + i + n) <= y1; n++)
            y1 = MAX(y1, headers_bottom(b + i + n));
        bands[count] = (struct headers_band){ y0, y1, i, n };
    }
    return count;
}

static int headers_by_number(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Writes the whites between COUNT bands, sorted, to WHITES, without those that may
 * be of headers; returns how many. */
static size_t headers_whites(const struct headers_band *bands, size_t count,
                             float *whites)
{
    size_t n = 0;
    for (size_t i = HEADERS_ROWS; i + HEADERS_ROWS + 1 < count; i++)
        whites[n++] = bands[i + 1].y0 - bands[i].y1;
    if (n)
        qsort(whites, n, sizeof *whites, headers_by_number);
    return n;
}

/* Whether WHITE parts a row of such a height from BODY. */
static bool headers_part(float white, float height, const struct headers_body *body)
{
    if (body->count < HEADERS_LINES)
        return white > (HEADERS_SPACED + HEADERS_MORE) * height;
    if (!(white > body->whites[body->count / 2] + HEADERS_MORE * height))
        return false;
    size_t again = 0;
    for (size_t i = 0; i < body->count; i++)
        again += fabsf(body->whites[i] - white) <= HEADERS_NEARLY * height;
    return again * HEADERS_AGAIN < body->count;
}

/* The rows from one edge, of COUNT bands over the boxes at SEEN. */
static void headers_rows(struct glyph *seen, const struct headers_band *bands,
                         size_t count, const struct headers_body *body, bool below,
                         struct headers_edges *edges)
{
    size_t rows = MIN(count, HEADERS_ROWS);
    bool apart = false;
    edges->count[below] = (int)rows;
    for (size_t at = rows; at-- > 0;) {
        const struct headers_band *b = below ? bands + count - 1 - at : bands + at;
        float white = at + 1 == count ? INFINITY
                      : below         ? b->y0 - b[-1].y1
                                      : b[1].y0 - b->y1;
        apart = apart || headers_part(white, b->y1 - b->y0, body);
        struct headers_row *row = edges->rows[below] + at;
        *row = (struct headers_row){ .y0 = b->y0, .y1 = b->y1, .apart = apart };
        headers_read(row, seen + b->first, b->n);
    }
}

void headers_find(const struct layout_page *page, struct headers_edges *edges)
{
    struct boxes seen = { 0 };
    *edges = (struct headers_edges){ 0 };
    for (size_t i = 0; i < page->count; i++)
        if (headers_is_seen(page->boxes + i))
            boxes_add(&seen, page->boxes[i]);
    if (!seen.count)
        return;
    qsort(seen.data, seen.count, sizeof *seen.data, headers_by_height);
    struct headers_band *bands = xmalloc(seen.count * sizeof *bands);
    float *whites = xmalloc(seen.count * sizeof *whites);
    size_t count = headers_cut(&seen, bands);
    struct headers_body body = { whites, headers_whites(bands, count, whites) };
    for (int below = 0; below < 2; below++)
        headers_rows(seen.data, bands, count, &body, below, edges);
    free(whites);
    free(bands);
    boxes_free(&seen);
}

/* Whether a number of B is that of A and AHEAD more, and all others are the same:
 * the page's number. */
static bool headers_count(const struct headers_row *a, const struct headers_row *b,
                          int ahead)
{
    bool counts = false;
    if (a->numbers != b->numbers || a->numbers > HEADERS_NUMBERS)
        return false;
    for (unsigned i = 0; i < a->numbers; i++) {
        if (a->values[i] == b->values[i])
            continue;
        if (b->values[i] - a->values[i] != (uint32_t)ahead)
            return false;
        counts = true;
    }
    return counts;
}

/* Whether B, AHEAD pages ahead, may differ from A in its numbers: beside letters,
 * or if there is but one, or the page's. Rows of a table of figures are no
 * headers. */
static bool headers_may_differ(const struct headers_row *a,
                               const struct headers_row *b, int ahead)
{
    return a->lettered || (a->numbers == 1 && b->numbers == 1) ||
           headers_count(a, b, ahead) ||
           (a->numbers == b->numbers && a->numbers <= HEADERS_NUMBERS &&
            memcmp(a->values, b->values, sizeof a->values) == 0);
}

static bool headers_are_alike(const struct headers_row *a,
                              const struct headers_row *b, int ahead)
{
    float height = MIN(a->y1 - a->y0, b->y1 - b->y0);
    return a->print == b->print &&
           fabsf(a->y0 - b->y0) <= HEADERS_SHIFT * height &&
           headers_may_differ(a, b, ahead);
}

void headers_look(struct headers_search *s, const struct headers_edges *own,
                  int edge, int at, const struct headers_edges *other, int ahead)
{
    const struct headers_row *row = own->rows[edge] + at, *rows = other->rows[edge];
    for (int i = 0; i < other->count[edge]; i++) {
        if (headers_are_alike(row, rows + i, ahead)) {
            s->seen++;
            s->apart += rows[i].apart || headers_count(row, rows + i, ahead);
            return;
        }
    }
    if (at < other->count[edge]) {
        s->ahead[s->other_count] = ahead;
        s->others[s->other_count++] = rows[at];
    }
}

bool headers_are_two(const struct headers_search *s)
{
    return s->seen >= 2;
}

/* Whether two of those in its place are the same. */
static bool headers_others_repeat(const struct headers_search *s)
{
    for (int i = 0; i < s->other_count; i++)
        for (int k = 0; k < i; k++)
            if (headers_are_alike(s->others + k, s->others + i,
                                  s->ahead[i] - s->ahead[k]))
                return true;
    return false;
}

bool headers_repeat(const struct headers_search *s, const struct headers_row *row)
{
    return s->apart + row->apart >= 2 &&
           (headers_are_two(s) || (s->seen == 1 && headers_others_repeat(s)));
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
