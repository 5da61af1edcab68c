/* SPDX-License-Identifier: GPL-3.0-or-later */
/* drawml.c - shapes are read in the order of the file, which is that from back
 * to front and most often that of reading; only a title is put first. */
#include <config.h>

#include "format/drawml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/element.h"
#include "format/flow.h"

/* A slide has a drawing, which has a chart. */
#define DRAW_NESTED 3

#define DRAW_LEVELS 9
#define DRAW_ALTERNATES 32

enum draw_name {
    DRAW_OTHER,
    DRAW_ALTERNATE,
    DRAW_AUTONUMBER,
    DRAW_BRANCH,
    DRAW_BREAK,
    DRAW_BULLET,
    DRAW_CATEGORIES,
    DRAW_CELL,
    DRAW_CHART,
    DRAW_DIAGRAM,
    DRAW_FIELD,
    DRAW_LOOK, /* a:pPr */
    DRAW_PARAGRAPH,
    DRAW_PLACEHOLDER,
    DRAW_POINT,
    DRAW_ROW,
    DRAW_SHAPE,
    DRAW_TABLE,
    DRAW_TEXT,
    DRAW_TITLED, /* c:tx: the name of a series */
    DRAW_VALUE,
    DRAW_WORDS /* cx:strDim */
};

struct draw {
    struct sax_handler handler;
    const struct opc *opc;
    struct opc_relations relations;
    enum drawml_kind kind;
    int nested;
    struct flow title, body;
    struct flow *flow;  /* where text goes: one of these */
    struct buffer lines[2]; /* theirs */
    int skip, paragraph, text;
    bool begun;
    bool aside; /* the shape at hand is not wanted */
    char mark[LINES_MARKER];
    int level;
    int numbers[DRAW_LEVELS]; /* of the paragraphs before, by level */
    int categories, words, titled; /* open elements of that kind */
    bool categorized; /* the categories of a series before are written */
    uint64_t produced;
    uint64_t alternates[DRAW_ALTERNATES];
    int alternate_depth;
};

static int draw_read(const struct opc *opc, int64_t member,
                     enum drawml_kind kind, int nested, struct buffer *out,
                     struct error *e);

static int draw_compare(const void *key, const void *entry)
{
    return strcmp(key, *(const char *const *)entry);
}

static enum draw_name draw_name(const char *name)
{
    static const struct {
        const char *name;
        enum draw_name what;
    } names[] = {
        { "AlternateContent", DRAW_ALTERNATE },
        { "Choice", DRAW_BRANCH },
        { "Fallback", DRAW_BRANCH },
        { "br", DRAW_BREAK },
        { "buAutoNum", DRAW_AUTONUMBER },
        { "buChar", DRAW_BULLET },
        { "cat", DRAW_CATEGORIES },
        { "chart", DRAW_CHART },
        { "fld", DRAW_FIELD },
        { "p", DRAW_PARAGRAPH },
        { "pPr", DRAW_LOOK },
        { "ph", DRAW_PLACEHOLDER },
        { "pt", DRAW_POINT },
        { "relIds", DRAW_DIAGRAM },
        { "sp", DRAW_SHAPE },
        { "strDim", DRAW_WORDS },
        { "t", DRAW_TEXT },
        { "tbl", DRAW_TABLE },
        { "tc", DRAW_CELL },
        { "tr", DRAW_ROW },
        { "tx", DRAW_TITLED },
        { "v", DRAW_VALUE },
    };
    const void *found = bsearch(name, names, sizeof names / sizeof *names,
                                sizeof *names, draw_compare);
    return found ? names[((const char *)found - (const char *)names) /
                         (ptrdiff_t)sizeof *names].what
                 : DRAW_OTHER;
}

/* --- paragraphs --- */

static void draw_begin(struct draw *d)
{
    if (d->begun)
        return;
    d->begun = true;
    flow_paragraph_start(d->flow, d->flow == &d->title);
    if (*d->mark)
        flow_mark(d->flow, d->mark, d->level);
}

static void draw_put(struct draw *d, const char *text, size_t size)
{
    if (d->aside || d->produced > OPC_TEXT)
        return;
    draw_begin(d);
    flow_text(d->flow, text, size);
    d->produced += size;
}

static void draw_paragraph_start(struct draw *d)
{
    d->paragraph++;
    d->begun = false;
    d->mark[0] = '\0';
    d->level = 0;
}

static void draw_paragraph_end(struct draw *d)
{
    d->paragraph--;
    if (!d->begun) /* empty: no blank line, boxes are full of them */
        return;
    if (!*d->mark)
        memset(d->numbers, 0, sizeof d->numbers);
    flow_paragraph_end(d->flow, d->flow == &d->title);
}

static void draw_look(struct draw *d, const struct sax_attribute *level)
{
    d->level = opc_int(level, 0);
    if (d->level < 0 || d->level >= DRAW_LEVELS)
        d->level = DRAW_LEVELS - 1;
}

/* "arabicPeriod", "alphaLcParenR", "romanUcParenBoth" (ST_TextAutonumberScheme) */
static void draw_autonumber(struct draw *d, const struct sax_attribute *type,
                            int start)
{
    char number[ELEMENT_NUMBER], scheme[32] = "";
    if (type && type->size < sizeof scheme)
        memcpy(scheme, type->value, type->size);
    char kind = strncmp(scheme, "alphaLc", 7) == 0   ? 'a'
                : strncmp(scheme, "alphaUc", 7) == 0 ? 'A'
                : strncmp(scheme, "romanLc", 7) == 0 ? 'i'
                : strncmp(scheme, "romanUc", 7) == 0 ? 'I'
                                                     : '1';
    for (int i = d->level + 1; i < DRAW_LEVELS; i++)
        d->numbers[i] = 0;
    int64_t value = (int64_t)start + d->numbers[d->level]++;
    element_number(value, kind, number);
    bool both = strstr(scheme, "ParenBoth") != NULL;
    snprintf(d->mark, sizeof d->mark, "%s%s%s ", both ? "(" : "", number,
             strstr(scheme, "Paren")   ? ")"
             : strstr(scheme, "Plain") ? ""
                                       : ".");
}

/* --- shapes --- */

static bool draw_is_one(const struct sax_attribute *type,
                        const char *const *names)
{
    while (*names && !opc_is(type, *names))
        names++;
    return *names != NULL;
}

static void draw_placeholder(struct draw *d, const struct sax_attribute *type)
{
    static const char *const titles[] = { "title", "ctrTitle", NULL };
    static const char *const beside_notes[] = { "sldNum", "dt", "sldImg", NULL };
    static const char *const printed[] = { "hdr", "ftr", "dt", "sldNum", NULL };
    if (d->kind == DRAWML_SLIDE && draw_is_one(type, titles))
        d->flow = &d->title;
    d->aside |= d->kind == DRAWML_MASTER ||
                (d->kind == DRAWML_NOTES && draw_is_one(type, beside_notes)) ||
                (d->kind == DRAWML_PRINT_MASTER && !draw_is_one(type, printed));
}

static void draw_shape_end(struct draw *d)
{
    d->flow = &d->body;
    d->aside = false;
    memset(d->numbers, 0, sizeof d->numbers);
}

static void draw_other_part(struct draw *d, const struct sax_attribute *id)
{
    const struct opc_relation *r =
        id ? opc_by_id(&d->relations, id->value, id->size) : NULL;
    struct buffer lines = { 0 };
    if (!r || r->member < 0 || d->nested >= DRAW_NESTED)
        return;
    draw_read(d->opc, r->member, DRAWML_PART, d->nested + 1, &lines, NULL);
    flow_block(&d->body, &lines, false);
    d->produced += lines.size;
    buffer_free(&lines);
}

/* --- charts --- */

static void draw_value_start(struct draw *d)
{
    if (d->categories > 0 || d->words > 0)
        flow_tab(d->flow);
    else if (d->titled > 0 && d->paragraph == 0)
        draw_paragraph_start(d);
    else
        return;
    d->text++;
}

static void draw_value_end(struct draw *d)
{
    if (d->text == 0)
        return;
    d->text--;
    if (d->categories == 0 && d->words == 0)
        draw_paragraph_end(d);
}

/* One line for all of them; those of further series are the same. */
static void draw_categories_start(struct draw *d, int *open)
{
    if (d->categorized) {
        d->skip = 1;
        return;
    }
    ++*open;
    draw_paragraph_start(d);
}

static void draw_categories_end(struct draw *d, int *open)
{
    --*open;
    d->categorized = true;
    draw_paragraph_end(d);
}

/* --- elements --- */

static void draw_branch(struct draw *d)
{
    int depth = d->alternate_depth;
    if (depth > 0 && depth <= DRAW_ALTERNATES &&
        d->alternates[depth - 1] != d->produced)
        d->skip = 1;
}

static void draw_start(struct sax_handler *handler, const char *prefix,
                       const char *name,
                       const struct sax_attribute *attributes, size_t count)
{
    struct draw *d = (struct draw *)handler;
    (void)prefix;
    if (d->skip > 0) {
        d->skip++;
        return;
    }
    switch (draw_name(name)) {
    case DRAW_OTHER:
        break;
    case DRAW_PLACEHOLDER:
        draw_placeholder(d, opc_attribute(attributes, count, "type"));
        break;
    case DRAW_SHAPE:
        draw_shape_end(d);
        break;
    case DRAW_PARAGRAPH:
        draw_paragraph_start(d);
        break;
    case DRAW_LOOK:
        draw_look(d, sax_find(attributes, count, "lvl"));
        break;
    case DRAW_BULLET:
        strcpy(d->mark, "- ");
        break;
    case DRAW_AUTONUMBER:
        draw_autonumber(d, sax_find(attributes, count, "type"),
                        opc_int(sax_find(attributes, count, "startAt"), 1));
        break;
    case DRAW_TEXT:
        d->text += d->paragraph > 0;
        break;
    case DRAW_FIELD: /* of a master it has no value yet */
        if (d->kind == DRAWML_MASTER || d->kind == DRAWML_PRINT_MASTER)
            d->skip = 1;
        break;
    case DRAW_BREAK:
        if (d->paragraph > 0 && d->begun)
            flow_break(d->flow);
        break;
    case DRAW_TABLE:
        flow_table_start(&d->body);
        break;
    case DRAW_ROW:
        flow_row_start(&d->body);
        break;
    case DRAW_CELL:
        flow_cell_start(&d->body);
        break;
    case DRAW_CHART:
        draw_other_part(d, opc_prefixed(attributes, count, "id"));
        break;
    case DRAW_DIAGRAM:
        draw_other_part(d, opc_prefixed(attributes, count, "dm"));
        break;
    case DRAW_TITLED:
        d->titled++;
        break;
    case DRAW_CATEGORIES:
        draw_categories_start(d, &d->categories);
        break;
    case DRAW_WORDS:
        draw_categories_start(d, &d->words);
        break;
    case DRAW_VALUE:
        draw_value_start(d);
        break;
    case DRAW_POINT:
        if (d->words > 0)
            draw_value_start(d);
        break;
    case DRAW_ALTERNATE:
        if (d->alternate_depth++ < DRAW_ALTERNATES)
            d->alternates[d->alternate_depth - 1] = d->produced;
        break;
    case DRAW_BRANCH:
        draw_branch(d);
        break;
    }
}

static void draw_end(struct sax_handler *handler, const char *name)
{
    struct draw *d = (struct draw *)handler;
    if (d->skip > 0) {
        d->skip--;
        return;
    }
    switch (draw_name(name)) {
    case DRAW_SHAPE:
        draw_shape_end(d);
        break;
    case DRAW_PARAGRAPH:
        draw_paragraph_end(d);
        break;
    case DRAW_TEXT:
        d->text -= d->paragraph > 0;
        break;
    case DRAW_TABLE:
        flow_table_end(&d->body);
        break;
    case DRAW_ROW:
        flow_row_end(&d->body);
        break;
    case DRAW_CELL:
        flow_cell_end(&d->body);
        break;
    case DRAW_TITLED:
        d->titled--;
        break;
    case DRAW_CATEGORIES:
        draw_categories_end(d, &d->categories);
        break;
    case DRAW_WORDS:
        draw_categories_end(d, &d->words);
        break;
    case DRAW_VALUE:
        draw_value_end(d);
        break;
    case DRAW_POINT:
        if (d->words > 0)
            draw_value_end(d);
        break;
    case DRAW_ALTERNATE:
        d->alternate_depth--;
        break;
    default:
        break;
    }
}

static void draw_text(struct sax_handler *handler, const char *text,
                      size_t size)
{
    struct draw *d = (struct draw *)handler;
    if (d->skip == 0 && d->text > 0)
        draw_put(d, text, size);
}

static int draw_read(const struct opc *opc, int64_t member,
                     enum drawml_kind kind, int nested, struct buffer *out,
                     struct error *e)
{
    struct draw *d = xcalloc(1, sizeof *d);
    d->handler = (struct sax_handler){ .start = draw_start,
                                      .end = draw_end,
                                      .text = draw_text };
    d->opc = opc;
    d->kind = kind;
    d->nested = nested;
    d->title.lines.out = &d->lines[0];
    d->body.lines.out = &d->lines[1];
    d->flow = &d->body;
    opc_relations_read(opc, member, &d->relations);
    int r = opc_parse(opc, member, &d->handler, e);
    flow_finish(&d->title);
    flow_finish(&d->body);
    buffer_append(out, d->lines[0].data, d->lines[0].size);
    if (d->lines[0].size > 0 && d->lines[1].size > 0)
        buffer_append_char(out, '\n');
    buffer_append(out, d->lines[1].data, d->lines[1].size);
    if (r == 0 && d->produced > OPC_TEXT)
        r = opc_too_long(opc, member, e);
    opc_relations_clear(&d->relations);
    buffer_free(&d->lines[0]);
    buffer_free(&d->lines[1]);
    free(d);
    return r;
}

int drawml_read(const struct opc *opc, int64_t member, enum drawml_kind kind,
                struct buffer *out, struct error *e)
{
    return draw_read(opc, member, kind, 0, out, e);
}
