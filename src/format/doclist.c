/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doclist.c - tables of styles and lists. Lists that share a definition count
 * on from each other, as in Word. */
#include <config.h>

#include "format/doclist.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/little.h"
#include "base/utf8.h"

/* Styles that are based on each other; cycles end so. */
#define BASES 16

/* A number of 12 bits names a style, the last one none. */
enum { STYLES = 0xfff };

struct style {
    struct doc_run look; /* its list and level */
    uint16_t base;
    bool is_heading;
};

struct list {
    uint32_t id;
    struct word_count count;
};

/* What paragraphs refer to, from 1 on ([MS-DOC] 2.9.131, LFO). */
struct reference {
    struct list *list; /* NULL: one that is not there */
    struct word_change change;
};

struct doc_lists {
    struct style *styles;
    struct list *lists; /* sorted by id */
    struct reference *references;
    size_t style_count, list_count, reference_count;
};

/* Bytes that are read in order. */
struct rest {
    const unsigned char *p;
    size_t size;
};

/* Takes SIZE bytes; NULL: there are not so many. */
static const unsigned char *take(struct rest *r, size_t size)
{
    if (size > r->size)
        return NULL;
    const unsigned char *p = r->p;
    r->p += size;
    r->size -= size;
    return p;
}

/* --- styles --- */

/* A style's head, name, and what it changes ([MS-DOC] 2.9.258). */
static void style_read(const struct doc_file *f, struct rest r, size_t head,
                       struct style *style)
{
    enum { PARAGRAPH = 1, HEADING_FIRST = 1, HEADING_LAST = 9 };
    const unsigned char *p = take(&r, head);
    if (p == NULL || head < 6)
        return;
    unsigned number = little16(p) & 0xfff, kind = little16(p + 2) & 0xf;
    style->base = (uint16_t)(little16(p + 2) >> 4);
    style->is_heading = number >= HEADING_FIRST && number <= HEADING_LAST;
    const unsigned char *name = take(&r, 2);
    if (name == NULL || take(&r, 2 * (size_t)little16(name) + 2) == NULL)
        return;
    const unsigned char *changes = take(&r, 2);
    size_t size = changes != NULL ? little16(changes) : 0;
    /* Its own number, then changes. */
    changes = take(&r, size);
    if (kind == PARAGRAPH && changes != NULL && size > 2)
        doc_run_change(f, changes + 2, size - 2, &style->look);
}

static void styles_read(struct doc_lists *l, const struct doc_file *f)
{
    struct rest r = {0};
    r.p = doc_file_table(f, DOC_TABLE_STYLES, &r.size);
    const unsigned char *p = r.p != NULL ? take(&r, 2) : NULL;
    size_t size = p != NULL ? little16(p) : 0;
    if (p == NULL || (p = take(&r, size)) == NULL || size < 4)
        return;
    size_t count = little16(p), head = little16(p + 2);
    if (count > STYLES || count > r.size / 2)
        return;
    l->styles = xcalloc(count + 1, sizeof *l->styles);
    for (; l->style_count < count; l->style_count++) {
        struct style *style = &l->styles[l->style_count];
        style->look = DOC_RUN_NONE;
        style->base = STYLES;
        if ((p = take(&r, 2)) == NULL)
            return;
        size = little16(p);
        if ((p = take(&r, size)) == NULL)
            return;
        style_read(f, (struct rest){p, size}, head, style);
    }
}

/* --- lists --- */

static char kind_of(unsigned char format)
{
    enum { ROMAN = 1, SMALL_ROMAN, LETTER, SMALL_LETTER, ORDINAL,
           TWO_DIGITS = 22, BULLET, NONE = 255 };
    switch (format) {
    case ROMAN:
        return 'I';
    case SMALL_ROMAN:
        return 'i';
    case LETTER:
        return 'A';
    case SMALL_LETTER:
        return 'a';
    case ORDINAL:
        return 'o';
    case TWO_DIGITS:
        return '0';
    case BULLET:
        return '-';
    case NONE:
        return '\0';
    }
    return '1';
}

/* The text of a mark, in which 0 to 8 stand for the levels' numbers. */
static void pattern_read(const unsigned char *p, size_t count,
                         char pattern[WORD_PATTERN])
{
    struct buffer text = {0};
    for (size_t i = 0; i < count && text.size < WORD_PATTERN; i++) {
        unsigned c = little16(p + 2 * i);
        if (c < WORD_LEVELS)
            buffer_printf(&text, "%%%u", c + 1);
        else if (c >= ' ' && (c < 0xd800 || c > 0xdfff))
            utf8_append(&text, c);
    }
    if (text.size > 0 && text.size < WORD_PATTERN)
        memcpy(pattern, text.data, text.size);
    buffer_free(&text);
}

/* A level ([MS-DOC] 2.9.150) into LEVEL, zeroed; false: it is cut. */
static bool level_read(struct rest *r, struct word_level *level)
{
    enum { LEGAL = 4, RESTARTS = 8, HEAD = 28 };
    const unsigned char *p = take(r, HEAD);
    if (p == NULL)
        return false;
    uint32_t start = little32(p);
    level->start = start <= INT16_MAX ? (int)start : 1;
    level->kind = kind_of(p[4]);
    level->legal = (p[5] & LEGAL) != 0;
    level->restart = p[5] & RESTARTS ? p[26] : -1;
    if (take(r, (size_t)p[24] + p[25]) == NULL || (p = take(r, 2)) == NULL)
        return false;
    size_t count = little16(p);
    if ((p = take(r, 2 * count)) == NULL)
        return false;
    pattern_read(p, count, level->pattern);
    return true;
}

static int list_compare(const void *a, const void *b)
{
    const struct list *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The heads of all lists, then the levels of each: one or nine. */
static void lists_read(struct doc_lists *l, const struct doc_file *f)
{
    enum { HEAD = 28, SIMPLE = 1 };
    struct rest r = {0};
    size_t size;
    const unsigned char *heads, *p = doc_file_table(f, DOC_TABLE_LISTS, &size);
    if (p == NULL)
        return;
    /* The table's size is that of the heads alone. */
    r.p = p;
    r.size = f->tables.size - (size_t)(p - (unsigned char *)f->tables.data);
    if ((p = take(&r, 2)) == NULL)
        return;
    size_t count = little16(p);
    if ((heads = take(&r, HEAD * count)) == NULL || count == 0)
        return;
    l->lists = xcalloc(count, sizeof *l->lists);
    bool is_whole = true;
    while (is_whole && l->list_count < count) {
        const unsigned char *head = heads + HEAD * l->list_count;
        struct list *list = &l->lists[l->list_count++];
        list->id = little32(head);
        word_count_begin(&list->count);
        int levels = head[26] & SIMPLE ? 1 : WORD_LEVELS;
        for (int i = 0; i < levels && is_whole; i++)
            is_whole = level_read(&r, &list->count.levels[i]);
    }
    qsort(l->lists, l->list_count, sizeof *l->lists, list_compare);
}

/* What REFERENCE changes of its list, COUNT levels; false: they are cut. */
static bool changes_read(struct rest *r, unsigned count,
                         struct reference *reference)
{
    enum { LEVEL = 0xf, HAS_START = 0x10, HAS_LEVEL = 0x20 };
    if (take(r, 4) == NULL)
        return false;
    for (unsigned i = 0; i < count; i++) {
        const unsigned char *p = take(r, 8);
        if (p == NULL)
            return false;
        uint32_t start = little32(p);
        unsigned at = p[4] & LEVEL;
        bool starts = (p[4] & HAS_START) != 0;
        if (p[4] & HAS_LEVEL) {
            struct word_level other;
            struct word_level *level =
                at < WORD_LEVELS ? word_change_level(&reference->change, (int)at)
                                 : &other;
            if (!level_read(r, level))
                return false;
            start = (uint32_t)level->start;
        }
        if (starts && at < WORD_LEVELS && start <= INT16_MAX)
            reference->change.start[at] = (int)start;
    }
    return true;
}

static void references_read(struct doc_lists *l, const struct doc_file *f)
{
    enum { SIZE = 16 };
    struct rest r = {0};
    r.p = doc_file_table(f, DOC_TABLE_LIST_REFERENCES, &r.size);
    const unsigned char *p = r.p != NULL ? take(&r, 4) : NULL;
    if (p == NULL)
        return;
    size_t count = little32(p);
    if (count == 0 || count > r.size / SIZE)
        return;
    const unsigned char *heads = take(&r, SIZE * count);
    l->references = xcalloc(count, sizeof *l->references);
    l->reference_count = count;
    bool is_whole = true;
    for (size_t i = 0; i < count; i++) {
        struct reference *reference = &l->references[i];
        struct list key = {.id = little32(heads + SIZE * i)};
        reference->list = bsearch(&key, l->lists, l->list_count,
                                  sizeof *l->lists, list_compare);
        word_change_begin(&reference->change);
        is_whole = is_whole && changes_read(&r, heads[SIZE * i + 12], reference);
    }
}

struct doc_lists *doc_lists_read(const struct doc_file *f)
{
    struct doc_lists *l = xcalloc(1, sizeof *l);
    lists_read(l, f);
    if (l->list_count > 0)
        references_read(l, f);
    if (l->reference_count > 0)
        styles_read(l, f);
    if (l->reference_count > 0)
        return l;
    doc_lists_destroy(l);
    return NULL;
}

void doc_lists_destroy(struct doc_lists *l)
{
    if (l == NULL)
        return;
    for (size_t i = 0; i < l->reference_count; i++)
        word_change_end(&l->references[i].change);
    free(l->styles);
    free(l->lists);
    free(l->references);
    free(l);
}

/* --- using --- */

/* Fills what LOOK does not say from its style and those below; whether one of
 * them is a heading's. */
static bool styles_apply(const struct doc_lists *l, struct doc_run *look)
{
    bool is_heading = false;
    size_t at = look->style;
    for (int i = 0; i < BASES && at < l->style_count; i++) {
        const struct style *style = &l->styles[at];
        if (look->list == DOC_NO_LIST)
            look->list = style->look.list;
        if (look->level == DOC_NO_LEVEL)
            look->level = style->look.level;
        is_heading = is_heading || style->is_heading;
        at = style->base;
    }
    return is_heading;
}

void doc_lists_mark(struct doc_lists *l, const struct doc_run *paragraph,
                    char mark[LINES_MARKER], int *level)
{
    mark[0] = '\0';
    *level = 0;
    if (l == NULL || paragraph == NULL)
        return;
    struct doc_run look = *paragraph;
    bool is_heading = styles_apply(l, &look);
    if (look.list == 0 || look.list > l->reference_count)
        return;
    struct reference *reference = &l->references[look.list - 1];
    if (reference->list == NULL)
        return;
    int at = look.level < WORD_LEVELS ? look.level : 0;
    word_count_item(&reference->list->count, &reference->change, at, mark);
    *level = is_heading ? 0 : at;
}
