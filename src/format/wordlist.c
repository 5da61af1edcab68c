/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordlist.c - styles.xml and numbering.xml as sorted arrays. Lists that share
 * an abstract list count on from each other, as in Word. */
#include <config.h>

#include "format/wordlist.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"

/* Styles that are based on each other; cycles end so. */
#define WORD_BASES 16

struct word_style {
    char *id, *base;
    struct word_look look;
};

struct word_abstract {
    int id;
    char *link; /* the style that has the real one; or NULL */
    struct word_count count;
};

struct word_number {
    int id, abstract; /* abstractNumId */
    struct word_change change;
};

struct word_lists {
    struct word_style *styles;
    struct word_abstract *abstracts;
    struct word_number *numbers;
    size_t style_count, abstract_count, number_count;
};

/* --- reading --- */

struct word_reading {
    struct sax_handler handler;
    struct word_lists *out;
    size_t styles, abstracts, numbers; /* capacities */
    struct word_style *style;          /* at hand, or NULL */
    struct word_abstract *abstract;
    struct word_number *number;
    int level;               /* -1: none at hand */
    struct word_level *into; /* what lvl tells of, or NULL */
};

/* A place for one more of the items that ITEMS points to. */
#define WORD_GROW(items, count, capacity)                                   \
    do {                                                                    \
        if ((count) == (capacity)) {                                        \
            (capacity) = (capacity) ? 2 * (capacity) : 16;                  \
            (items) = xrealloc_array((items), (capacity), sizeof *(items)); \
        }                                                                   \
        memset(&(items)[(count)++], 0, sizeof *(items));                    \
    } while (0)

static char *word_copy(const struct sax_attribute *a)
{
    return a ? xstrndup(a->value, a->size) : xstrdup("");
}

static void styles_style(struct word_reading *r,
                         const struct sax_attribute *attributes, size_t count)
{
    struct word_lists *w = r->out;
    WORD_GROW(w->styles, w->style_count, r->styles);
    r->style = &w->styles[w->style_count - 1];
    r->style->id = word_copy(opc_attribute(attributes, count, "styleId"));
    r->style->look = WORD_LOOK_NONE;
}

/* "heading 1", "Title": names that are the same in all languages. */
static void styles_name(struct word_reading *r, const struct sax_attribute *val)
{
    if (val && val->size == 9 && strncasecmp(val->value, "heading ", 8) == 0 &&
        r->style->look.outline < 0)
        r->style->look.outline = val->value[8] - '1';
    else if (opc_is(val, "Title"))
        r->style->look.outline = 0;
}

static void styles_start(struct sax_handler *handler, const char *prefix,
                         const char *name,
                         const struct sax_attribute *attributes, size_t count)
{
    struct word_reading *r = (struct word_reading *)handler;
    const struct sax_attribute *val = opc_attribute(attributes, count, "val");
    (void)prefix;
    if (strcmp(name, "style") == 0) {
        styles_style(r, attributes, count);
        return;
    }
    if (!r->style)
        return;
    if (strcmp(name, "basedOn") == 0 && !r->style->base)
        r->style->base = word_copy(val);
    else if (strcmp(name, "name") == 0)
        styles_name(r, val);
    else if (strcmp(name, "numId") == 0)
        r->style->look.number = opc_int(val, -1);
    else if (strcmp(name, "ilvl") == 0)
        r->style->look.level = opc_int(val, -1);
    else if (strcmp(name, "outlineLvl") == 0)
        r->style->look.outline = opc_int(val, -1);
    else if (strcmp(name, "vanish") == 0)
        r->style->look.hidden = opc_is_on(val);
}

static void word_no_end(struct sax_handler *handler, const char *name)
{
    struct word_reading *r = (struct word_reading *)handler;
    if (strcmp(name, "style") == 0)
        r->style = NULL;
    else if (strcmp(name, "lvl") == 0)
        r->into = NULL;
    else if (strcmp(name, "lvlOverride") == 0)
        r->level = -1;
}

static char numbering_kind(const struct sax_attribute *val)
{
    static const struct {
        const char *name;
        char kind;
    } kinds[] = {
        { "bullet", '-' },     { "lowerLetter", 'a' }, { "upperLetter", 'A' },
        { "lowerRoman", 'i' }, { "upperRoman", 'I' },  { "none", '\0' },
        { "decimalZero", '0' }, { "ordinal", 'o' },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (opc_is(val, kinds[i].name))
            return kinds[i].kind;
    }
    return '1';
}

static void numbering_level(struct word_level *level, const char *name,
                            const struct sax_attribute *val)
{
    if (strcmp(name, "start") == 0)
        level->start = opc_int(val, 1);
    else if (strcmp(name, "numFmt") == 0)
        level->kind = numbering_kind(val);
    else if (strcmp(name, "lvlRestart") == 0)
        level->restart = opc_int(val, -1);
    else if (strcmp(name, "isLgl") == 0)
        level->legal = opc_is_on(val);
    else if (strcmp(name, "lvlText") == 0 && val && val->size < WORD_PATTERN)
        snprintf(level->pattern, sizeof level->pattern, "%.*s", (int)val->size,
                 val->value);
}

static void numbering_abstract(struct word_reading *r,
                               const struct sax_attribute *id)
{
    struct word_lists *w = r->out;
    WORD_GROW(w->abstracts, w->abstract_count, r->abstracts);
    r->abstract = &w->abstracts[w->abstract_count - 1];
    r->abstract->id = opc_int(id, -1);
    word_count_begin(&r->abstract->count);
}

static void numbering_number(struct word_reading *r,
                             const struct sax_attribute *id)
{
    struct word_lists *w = r->out;
    WORD_GROW(w->numbers, w->number_count, r->numbers);
    r->number = &w->numbers[w->number_count - 1];
    r->number->id = opc_int(id, -1);
    r->number->abstract = -1;
    word_change_begin(&r->number->change);
    r->abstract = NULL;
    r->level = -1;
}

/* lvl of an abstractNum, or within lvlOverride, where it stands for the whole
 * level of the abstract list. */
static void numbering_begin_level(struct word_reading *r, int level)
{
    r->into = NULL;
    if (r->number && r->level >= 0)
        level = r->level;
    if (level < 0 || level >= WORD_LEVELS)
        return;
    if (!r->number) {
        r->into = r->abstract ? &r->abstract->count.levels[level] : NULL;
        return;
    }
    r->into = word_change_level(&r->number->change, level);
}

static void numbering_start(struct sax_handler *handler, const char *prefix,
                            const char *name,
                            const struct sax_attribute *attributes,
                            size_t count)
{
    struct word_reading *r = (struct word_reading *)handler;
    const struct sax_attribute *val = opc_attribute(attributes, count, "val");
    (void)prefix;
    if (strcmp(name, "abstractNum") == 0) {
        numbering_abstract(
            r, opc_attribute(attributes, count, "abstractNumId"));
    } else if (strcmp(name, "num") == 0) {
        numbering_number(r, opc_attribute(attributes, count, "numId"));
    } else if (strcmp(name, "lvl") == 0) {
        numbering_begin_level(
            r, opc_int(opc_attribute(attributes, count, "ilvl"), -1));
    } else if (strcmp(name, "lvlOverride") == 0) {
        int level = opc_int(opc_attribute(attributes, count, "ilvl"), -1);
        r->level = level < WORD_LEVELS ? level : -1;
    } else if (r->into) {
        numbering_level(r->into, name, val);
    } else if (r->number) {
        if (strcmp(name, "abstractNumId") == 0)
            r->number->abstract = opc_int(val, -1);
        else if (strcmp(name, "startOverride") == 0 && r->level >= 0)
            r->number->change.start[r->level] = opc_int(val, -1);
    } else if (r->abstract && !r->abstract->link &&
               strcmp(name, "numStyleLink") == 0) {
        r->abstract->link = word_copy(val);
    }
}

static int styles_compare(const void *a, const void *b)
{
    return strcmp(((const struct word_style *)a)->id,
                  ((const struct word_style *)b)->id);
}

static int abstracts_compare(const void *a, const void *b)
{
    int x = ((const struct word_abstract *)a)->id;
    int y = ((const struct word_abstract *)b)->id;
    return (x > y) - (x < y);
}

static int numbers_compare(const void *a, const void *b)
{
    int x = ((const struct word_number *)a)->id;
    int y = ((const struct word_number *)b)->id;
    return (x > y) - (x < y);
}

struct word_lists *word_lists_read(const struct opc *opc, int64_t styles,
                                   int64_t numbering)
{
    struct word_lists *w = xcalloc(1, sizeof *w);
    struct word_reading r = {
        .handler = { .start = styles_start, .end = word_no_end, .text = sax_no_text },
        .out = w,
        .level = -1,
    };
    if (styles >= 0)
        opc_parse(opc, styles, &r.handler, NULL);
    r.handler.start = numbering_start;
    if (numbering >= 0)
        opc_parse(opc, numbering, &r.handler, NULL);
    if (w->style_count > 0)
        qsort(w->styles, w->style_count, sizeof *w->styles, styles_compare);
    if (w->abstract_count > 0)
        qsort(w->abstracts, w->abstract_count, sizeof *w->abstracts,
              abstracts_compare);
    if (w->number_count > 0)
        qsort(w->numbers, w->number_count, sizeof *w->numbers, numbers_compare);
    return w;
}

void word_lists_destroy(struct word_lists *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->style_count; i++) {
        free(w->styles[i].id);
        free(w->styles[i].base);
    }
    for (size_t i = 0; i < w->abstract_count; i++)
        free(w->abstracts[i].link);
    for (size_t i = 0; i < w->number_count; i++)
        word_change_end(&w->numbers[i].change);
    free(w->styles);
    free(w->abstracts);
    free(w->numbers);
    free(w);
}

/* --- using --- */

static const struct word_style *word_style(const struct word_lists *w,
                                           const char *id)
{
    const struct word_style key = { .id = (char *)id };
    return w->style_count == 0 ? NULL
                               : bsearch(&key, w->styles, w->style_count,
                                         sizeof key, styles_compare);
}

static void word_fill(int *value, int from)
{
    if (*value < 0)
        *value = from;
}

void word_lists_apply(const struct word_lists *w, const char *id, size_t size,
                      struct word_look *look)
{
    char name[256];
    if (size >= sizeof name)
        return;
    memcpy(name, id, size);
    name[size] = '\0';
    const struct word_style *style = word_style(w, name);
    for (int i = 0; style && i < WORD_BASES; i++) {
        word_fill(&look->number, style->look.number);
        word_fill(&look->level, style->look.level);
        word_fill(&look->outline, style->look.outline);
        word_fill(&look->hidden, style->look.hidden);
        style = style->base ? word_style(w, style->base) : NULL;
    }
}

static struct word_number *word_number(struct word_lists *w, int id)
{
    const struct word_number key = { .id = id };
    return w->number_count == 0 ? NULL
                                : bsearch(&key, w->numbers, w->number_count,
                                          sizeof key, numbers_compare);
}

static struct word_abstract *word_abstract(struct word_lists *w, int id)
{
    const struct word_abstract key = { .id = id };
    return w->abstract_count == 0
               ? NULL
               : bsearch(&key, w->abstracts, w->abstract_count, sizeof key,
                         abstracts_compare);
}

/* The list that NUMBER counts in: its own, or that of a style it links to. */
static struct word_abstract *word_list_of(struct word_lists *w,
                                          const struct word_number *number)
{
    struct word_abstract *a = word_abstract(w, number->abstract);
    const struct word_style *style =
        a && a->link ? word_style(w, a->link) : NULL;
    const struct word_number *other =
        style ? word_number(w, style->look.number) : NULL;
    struct word_abstract *real =
        other ? word_abstract(w, other->abstract) : NULL;
    return real ? real : a;
}

void word_lists_mark(struct word_lists *w, int number, int level,
                     char mark[LINES_MARKER])
{
    mark[0] = '\0';
    struct word_number *n = number > 0 ? word_number(w, number) : NULL;
    struct word_abstract *a = n ? word_list_of(w, n) : NULL;
    if (!a)
        return;
    level = level < 0 ? 0 : level >= WORD_LEVELS ? WORD_LEVELS - 1 : level;
    word_count_item(&a->count, &n->change, level, mark);
}
