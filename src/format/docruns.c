/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docruns.c - the properties of characters and paragraphs: pages of 512 bytes
 * in the main stream, each with the places where its runs begin and with the
 * changes (sprms) that make their properties ([MS-DOC] 2.9.33, 2.9.175). */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/docfile.h"

#define PAGE 512

/* Most lists that paragraphs refer to ([MS-DOC] 2.6.2, sprmPIlfo); above are
 * those that a paragraph is not in any more. */
#define LISTS 0x7fe

/* One kind of pages: the size of what points to a run's properties, and how
 * its changes are understood. */
struct kind {
    bool of_paragraphs;
    bool is_old;
    size_t pointer;
};

/* --- changes --- */

struct sprm {
    unsigned code;
    const unsigned char *operand;
    size_t size;
};

/* Bytes of operand by the code's upper three bits; 0: a byte says. */
static const unsigned char operand_sizes[8] = {1, 1, 2, 4, 2, 2, 0, 3};

/* Word 6 numbers them from 2 to 118 without a rule: bytes of operand, V: a
 * byte says, X: not known, so what follows cannot be read. */
#define V 254
#define X 255
static const unsigned char old_sizes[] = {
    X, X, 2, V, 1, 1, 1, 1, 1, 1, 1, 1, V, 1, 1, V, 2, 2, 2, 2,  /* 0 */
    4, 2, 2, X, 1, 1, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 2, 1, 2, 2,  /* 20 */
    2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 1, 1, X, X, X, X, X, X, X, X,  /* 40 */
    X, X, X, X, X, 1, 1, 1, V, 2, 4, 1, 2, 3, V, 1, X, X, X, X,  /* 60 */
    2, V, V, 0, X, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 3, 2, 2, 1, 2,  /* 80 */
    1, 2, 1, V, 1, V, V, 2, V, 2, 2, X, X, X, X, X, X, 1, 1,     /* 100 */
};

/* Takes a change off the front of P; false: none that can be read is left. */
static bool sprm_next(const struct kind *kind, const unsigned char **p,
                      size_t *left, struct sprm *s)
{
    size_t head = kind->is_old ? 1 : 2;
    if (*left < head)
        return false;
    s->code = kind->is_old ? **p : little16(*p);
    unsigned size = V;
    if (kind->is_old)
        size = s->code < sizeof old_sizes ? old_sizes[s->code] : X;
    else if (operand_sizes[s->code >> 13] != 0)
        size = operand_sizes[s->code >> 13];
    *p += head;
    *left -= head;
    if (size == X)
        return false;
    if (size == V) {
        if (*left < 1)
            return false;
        size = **p;
        ++*p;
        --*left;
    }
    if (size > *left)
        return false;
    s->operand = *p;
    s->size = size;
    *p += size;
    *left -= size;
    return true;
}

static void flag_set(struct doc_run *run, unsigned flag, unsigned char value)
{
    /* 0x80: as the style has it, 0x81: not so; styles hide nothing. */
    if ((value & 1) != 0)
        run->flags |= (uint16_t)flag;
    else
        run->flags &= (uint16_t)~flag;
}

static void sprm_apply(const struct kind *kind, const struct sprm *s,
                       struct doc_run *run, uint16_t *marks)
{
    enum { VANISH = 0x083c, DELETED = 0x0800, SYMBOL = 0x6a09,
           IN_TABLE = 0x2416, ROW_END = 0x2417, LEVEL = 0x260a, LIST = 0x460b,
           OLD_DELETED = 65, OLD_VANISH = 92, OLD_IN_TABLE = 24,
           OLD_ROW_END = 25 };
    if (s->size == 0)
        return;
    if (kind->of_paragraphs) {
        if (s->code == (kind->is_old ? OLD_IN_TABLE : IN_TABLE))
            flag_set(run, DOC_IN_TABLE, s->operand[0]);
        else if (s->code == (kind->is_old ? OLD_ROW_END : ROW_END))
            flag_set(run, DOC_ROW_END, s->operand[0]);
        else if (!kind->is_old && s->code == LEVEL)
            run->level = s->operand[0];
        else if (!kind->is_old && s->code == LIST)
            run->list = little16(s->operand) <= LISTS ? little16(s->operand) : 0;
    } else if (s->code == (kind->is_old ? OLD_VANISH : VANISH)) {
        *marks = (uint16_t)((*marks & ~1) | (s->operand[0] & 1));
    } else if (s->code == (kind->is_old ? OLD_DELETED : DELETED)) {
        *marks = (uint16_t)((*marks & ~2) | (s->operand[0] & 1) << 1);
    } else if (!kind->is_old && s->code == SYMBOL) {
        run->symbol = little16(s->operand + 2);
    }
}

static void changes_apply(const struct kind *kind, const unsigned char *p,
                          size_t left, struct doc_run *run)
{
    struct sprm s;
    uint16_t marks = 0; /* 1: hidden, 2: deleted: each is taken back alone */
    while (sprm_next(kind, &p, &left, &s))
        sprm_apply(kind, &s, run, &marks);
    if (marks != 0)
        run->flags |= DOC_HIDDEN;
}

void doc_run_change(const struct doc_file *f, const unsigned char *p,
                    size_t size, struct doc_run *run)
{
    const struct kind kind = {.of_paragraphs = true, .is_old = f->is_old};
    changes_apply(&kind, p, size, run);
}

/* --- pages --- */

/* The changes of run I on PAGE, or NULL: its properties are the style's, which
 * is given for paragraphs in both cases. */
static const unsigned char *changes_of(const struct kind *kind,
                                       const unsigned char *page, size_t count,
                                       size_t i, size_t *size,
                                       uint16_t *style)
{
    size_t at = 2 * (size_t)page[4 * (count + 1) + kind->pointer * i];
    if (at == 0 || at >= PAGE - 1)
        return NULL;
    *size = page[at];
    at++;
    if (!kind->of_paragraphs) {
        /* as it is */
    } else if (kind->is_old) {
        *size *= 2;
    } else if (*size == 0) {
        *size = 2 * (size_t)page[at++];
    } else {
        *size = 2 * *size - 1;
    }
    /* The last byte of a page is how many runs it has. */
    if (*size > PAGE - 1 - at)
        *size = PAGE - 1 - at;
    if (kind->of_paragraphs) { /* the style's number comes first */
        if (*size < 2)
            return NULL;
        *style = little16(page + at);
        at += 2;
        *size -= 2;
    }
    return page + at;
}

static void run_add(struct doc_runs *runs, const struct doc_run *run)
{
    if ((runs->count & (runs->count - 1)) == 0)
        runs->items = xrealloc_array(runs->items,
                                     runs->count > 0 ? 2 * runs->count : 1,
                                     sizeof *runs->items);
    runs->items[runs->count++] = *run;
}

static void page_read(const struct kind *kind, const unsigned char *page,
                      struct doc_runs *runs)
{
    size_t count = page[PAGE - 1];
    if (4 * (count + 1) + kind->pointer * count > PAGE - 1)
        return;
    for (size_t i = 0; i < count; i++) {
        struct doc_run run = DOC_RUN_NONE;
        run.start = little32(page + 4 * i);
        run.end = little32(page + 4 * i + 4);
        size_t size;
        const unsigned char *p =
            changes_of(kind, page, count, i, &size, &run.style);
        if (p != NULL)
            changes_apply(kind, p, size, &run);
        if (run.end > run.start
            && (kind->of_paragraphs || run.flags != 0 || run.symbol != 0))
            run_add(runs, &run);
    }
}

static int run_compare(const void *a, const void *b)
{
    const struct doc_run *x = a, *y = b;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* Reads the pages that TABLE names: places where they begin, then their
 * numbers, of two bytes in old files and of four in new ones. */
static void pages_read(struct doc_file *f, enum doc_table table,
                       const struct kind *kind, struct doc_runs *runs)
{
    size_t size, width = kind->is_old ? 2 : 4;
    const unsigned char *p = doc_file_table(f, table, &size);
    if (p == NULL || size < 4)
        return;
    size_t count = (size - 4) / (4 + width), pages = f->stream.size / PAGE;
    /* Each page is named once, so more than there are is a lie. */
    for (size_t i = 0; i < count && i < pages; i++) {
        const unsigned char *q = p + 4 * (count + 1) + width * i;
        size_t number = kind->is_old ? little16(q) : little32(q) & 0x3fffff;
        if (number < pages)
            page_read(kind, (const unsigned char *)f->stream.data + PAGE * number,
                      runs);
    }
    if (runs->count > 0)
        qsort(runs->items, runs->count, sizeof *runs->items, run_compare);
}

void doc_runs_read(struct doc_file *f)
{
    struct kind characters = {false, f->is_old, 1};
    struct kind paragraphs = {true, f->is_old, f->is_old ? 7 : 13};
    pages_read(f, DOC_TABLE_CHARACTERS, &characters, &f->characters);
    pages_read(f, DOC_TABLE_PARAGRAPHS, &paragraphs, &f->paragraphs);
}

const struct doc_run *doc_runs_at(const struct doc_runs *runs, uint32_t offset,
                                  size_t *at)
{
    /* Pieces may stand in any order: a step back looks anew. */
    if (*at >= runs->count || runs->items[*at].start > offset) {
        size_t low = 0, high = runs->count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (runs->items[middle].start <= offset)
                low = middle + 1;
            else
                high = middle;
        }
        *at = low > 0 ? low - 1 : 0;
    }
    while (*at + 1 < runs->count && runs->items[*at + 1].start <= offset)
        ++*at;
    if (*at >= runs->count)
        return NULL;
    const struct doc_run *run = &runs->items[*at];
    return offset >= run->start && offset < run->end ? run : NULL;
}
