/* SPDX-License-Identifier: GPL-3.0-or-later */
/* font.c - the cache of a document's fonts, and the way from bytes to glyphs. */
#include <config.h>

#include "pdf/font.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/fontstate.h"

/* All that is known of a document's fonts. */
#define FONTS_ARENA ((size_t)96 << 20)
#define FONTS_BUCKETS 1024
/* What making one costs at least. */
#define FONTS_COST 4096

/* What poppler takes where nothing is said. */
#define FONT_ASCENT 0.95
#define FONT_DESCENT (-0.35)

/* What a font is known by: the number of its object, or the address of a direct one. */
struct fonts_entry {
    struct fonts_entry *next;
    uintptr_t key;
    bool direct;
    struct font *font;
};

struct fonts {
    struct objects *objects;
    struct arena *arena;
    struct cmapfiles *files;
    struct fontwide wide;
    struct fonts_entry *buckets[FONTS_BUCKETS];
    uint32_t page;
    struct font nothing; /* when there is no room for more */
};

static const double thousandth[6] = { 0.001, 0, 0, 0.001, 0, 0 };

struct fonts *fonts_create(struct objects *o)
{
    struct fonts *f = calloc(1, sizeof *f);
    if (!f)
        return NULL;
    f->objects = o;
    f->arena = arena_create(FONTS_ARENA);
    f->files = cmapfiles_create(NULL);
    f->nothing = (struct font){ .ascent = FONT_ASCENT,
                                .descent = FONT_DESCENT,
                                .scale = 1,
                                .doubt = "more fonts than there is room for" };
    memcpy(f->nothing.matrix, thousandth, sizeof thousandth);
    if (f->arena && f->files)
        return f;
    fonts_destroy(f);
    return NULL;
}

void fonts_destroy(struct fonts *f)
{
    if (!f)
        return;
    cmapfiles_destroy(f->files);
    fontwide_free(&f->wide);
    arena_destroy(f->arena);
    free(f);
}

static void font_set_matrix(struct font_maker *m)
{
    const struct value *matrix = objects_find(m->objects, m->dictionary, "FontMatrix");
    for (uint32_t i = 0; i < 6; i++)
        m->font->matrix[i] = value_number(objects_at(m->objects, matrix, i),
                                          thousandth[i]);
}

void fonts_begin_page(struct fonts *f)
{
    f->page++;
}

bool fonts_are_over(const struct fonts *f)
{
    return arena_is_over(f->arena) || cmapfiles_are_over(f->files);
}

static struct font *font_make(struct fonts *f, const struct value *dictionary)
{
    struct font *font = arena_alloc(f->arena, sizeof *font);
    if (!font)
        return &f->nothing;
    struct font_maker m = { f->objects, f->arena, f->files, dictionary, font };
    const struct value *subtype = objects_find(f->objects, dictionary, "Subtype");
    const struct value *name = objects_find(f->objects, dictionary, "BaseFont");
    if (name->type == VALUE_NAME)
        font->name = name->text;
    memcpy(font->matrix, thousandth, sizeof thousandth);
    font->ascent = FONT_ASCENT;
    font->descent = FONT_DESCENT;
    font->scale = 1;
    bool good = true;
    if (dictionary->type != VALUE_DICTIONARY) {
        font->doubt = "a font that is none";
    } else if (value_is_name(subtype, "Type0")) {
        good = cidfont_make(&m);
        if (font->composite && !font->composite->encoding && !font->vertical)
            font->composite->wide = &f->wide;
    } else {
        font->type3 = value_is_name(subtype, "Type3");
        if (font->type3)
            font_set_matrix(&m);
        good = simplefont_make(&m);
    }
    /* What had no room, as a table of ToUnicode, may have been passed over. */
    return good && !arena_is_over(f->arena) ? font : &f->nothing;
}

/* No file can know which keys meet in a bucket. */
static struct fonts_entry **fonts_bucket(struct fonts *f, uintptr_t key)
{
    uint64_t hash = (key ^ (uintptr_t)f >> 4) * UINT64_C(0x9E3779B97F4A7C15);
    return f->buckets + (hash >> 32) % FONTS_BUCKETS;
}

static struct font *fonts_charge(struct fonts *f, struct font *font)
{
    if (font->page != f->page)
        objects_charge(f->objects, font->cost);
    font->page = f->page;
    return font;
}

const struct font *fonts_get(struct fonts *f, const struct value *reference,
                             const struct value *dictionary)
{
    bool direct = reference->type != VALUE_REFERENCE;
    uintptr_t key = direct ? (uintptr_t)dictionary : reference->reference.number;
    struct fonts_entry **bucket = fonts_bucket(f, key);
    for (struct fonts_entry *e = *bucket; e; e = e->next)
        if (e->key == key && e->direct == direct)
            return fonts_charge(f, e->font);
    struct fonts_entry *entry = arena_alloc(f->arena, sizeof *entry);
    if (!entry)
        return &f->nothing;
    uint64_t before = objects_cost(f->objects);
    *entry = (struct fonts_entry){ *bucket, key, direct, font_make(f, dictionary) };
    *bucket = entry;
    objects_charge(f->objects, FONTS_COST);
    if (entry->font != &f->nothing)
        entry->font->cost = objects_cost(f->objects) - before;
    if (entry->font != &f->nothing && !direct)
        entry->font->number = reference->reference.number;
    entry->font->page = f->page;
    return entry->font;
}

bool font_ask_later(struct font_maker *m, void (*ask)(struct font_maker *m))
{
    struct font_later *later = arena_alloc(m->arena, sizeof *later);
    if (later)
        *later = (struct font_later){ .maker = *m, .ask = ask };
    m->font->later = later;
    return later != NULL;
}

void font_ask(const struct font *f)
{
    struct font_later *l = f->later;
    if (!l)
        return;
    if (!l->asked) {
        uint64_t before = objects_cost(l->maker.objects);
        l->asked = true;
        l->ask(&l->maker);
        l->cost = objects_cost(l->maker.objects) - before;
    } else if (l->page != f->page) {
        objects_charge(l->maker.objects, l->cost);
    }
    l->page = f->page;
}

bool font_table_put(struct font_table *t, struct arena *arena, uint32_t code,
                    uint32_t value)
{
    if (code > 65535)
        return true;
    uint32_t **page = t->pages + (code >> 8);
    if (!*page && !(*page = arena_alloc_array(arena, 256, sizeof **page)))
        return false;
    (*page)[code & 255] = value;
    return true;
}

bool font_is_readable(uint32_t unicode)
{
    if (unicode < 0x20)
        return unicode == '\t' || unicode == '\n' || unicode == '\r';
    return (unicode < 0x7F || unicode >= 0xA0) && (unicode < 0xD800 || unicode > 0xDFFF) &&
           (unicode & 0xFFFE) != 0xFFFE && (unicode < 0xFDD0 || unicode > 0xFDEF) &&
           unicode != 0xFFFD && unicode <= 0x10FFFF;
}

/* As poppler does: signs that are wrong are turned, and what cannot be is left. */
void font_describe(struct font_maker *m, const struct value *descriptor)
{
    double ascent = fabs(value_number(objects_find(m->objects, descriptor, "Ascent"), 0));
    double descent = fabs(value_number(objects_find(m->objects, descriptor, "Descent"), 0));
    if (ascent > 0 && ascent < 3000)
        m->font->ascent = ascent / 1000;
    if (descent > 0 && descent < 3000)
        m->font->descent = -descent / 1000;
}

static void glyph_characters(struct font_glyph *g, const uint32_t *unicode, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!font_is_readable(unicode[i])) {
            g->unmapped = true;
            return;
        }
        g->unicode[i] = unicode[i];
    }
    g->count = (uint8_t)count;
}

static bool next_simple(const struct font *f, struct span *s, struct font_glyph *g)
{
    if (s->at >= s->end)
        return false;
    const struct font_slot *slot = f->slots + *s->at;
    if (slot->unmapped || slot->flags & FONT_TOLD)
        font_ask(f);
    g->code = *s->at++;
    g->size = 1;
    g->space = g->code == 32;
    g->unmapped = slot->unmapped;
    g->lost = slot->flags & FONT_LOST;
    g->count = slot->count;
    g->width = (double)slot->width;
    g->down = g->origin_x = g->origin_y = 0;
    g->unicode[0] = slot->unicode;
    if (slot->count > 1)
        memcpy(g->unicode, slot->more, slot->count * sizeof *slot->more);
    return true;
}

static void composite_unicode(const struct font *f, uint32_t cid, struct font_glyph *g)
{
    const struct font_composite *c = f->composite;
    uint32_t unicode[CMAP_UNICODE];
    unicode[0] = font_table_get(&c->by_code, g->code);
    size_t count = unicode[0] != 0;
    if (c->to_unicode && (g->code > 65535 || unicode[0] == FONT_SEVERAL))
        count = cmap_unicode(c->to_unicode, g->code, unicode);
    if (count == 0 && c->cids && cid < c->cid_count) {
        unicode[0] = c->cids[cid];
        count = unicode[0] != 0;
    }
    if (count == 0) {
        g->told = true;
        font_ask(f);
        unicode[0] = font_table_get(&c->by_cid, cid);
        count = unicode[0] != 0;
    }
    if (count > 0)
        glyph_characters(g, unicode, count);
    else
        g->unmapped = true;
}

static void composite_metrics(const struct font *f, uint32_t cid, struct font_glyph *g)
{
    const struct font_composite *c = f->composite;
    const float *page = cid < 65536 ? c->widths[cid >> 8] : NULL;
    g->width = (double)(page ? page[cid & 255] : c->width);
    g->down = g->origin_x = g->origin_y = 0;
    if (!f->vertical)
        return;
    const struct font_down *downs = cid < 65536 ? c->downs[cid >> 8] : NULL;
    g->down = (double)c->down;
    g->origin_x = g->width / 2;
    g->origin_y = (double)c->origin_y;
    if (downs && !isnan(downs[cid & 255].x)) {
        g->down = (double)downs[cid & 255].down;
        g->origin_x = (double)downs[cid & 255].x;
        g->origin_y = (double)downs[cid & 255].y;
    }
}

static bool next_composite(const struct font *f, struct span *s, struct font_glyph *g)
{
    const struct font_composite *c = f->composite;
    uint32_t cid = 0;
    g->unmapped = g->lost = g->told = false;
    g->count = 0;
    if (c->encoding) {
        g->size = (uint8_t)cmap_next(c->encoding, *s, &g->code);
        if (g->size == 0)
            return false;
        cmap_cid(c->encoding, g->code, g->size, &cid);
    } else {
        if (s->at >= s->end)
            return false;
        g->size = s->end - s->at > 1 ? 2 : 1;
        g->code = g->size == 2 ? (uint32_t)s->at[0] << 8 | s->at[1] : s->at[0];
        cid = g->code;
    }
    s->at += g->size;
    g->space = g->size == 1 && g->code == 32;
    composite_metrics(f, cid, g);
    composite_unicode(f, cid, g);
    return true;
}

bool font_next(const struct font *f, struct span *s, struct font_glyph *g)
{
    if (f->slots)
        return next_simple(f, s, g);
    if (f->composite)
        return next_composite(f, s, g);
    if (s->at >= s->end)
        return false;
    *g = (struct font_glyph){ .code = *s->at++, .size = 1, .unmapped = true };
    return true;
}

const struct font_slot *font_slots(const struct font *f)
{
    return f->slots;
}

struct font_slot *const *font_wide_slots(const struct font *f)
{
    return f->composite && f->composite->wide ? f->composite->slots : NULL;
}

const struct font_slot *font_wide_slot(const struct font *f, uint32_t code)
{
    struct font_slot **page = f->composite->slots + (code >> 8);
    if (!*page && !(*page = fontwide_add(f->composite->wide)))
        return NULL;
    struct font_slot *slot = *page + (code & 255);
    if (!(slot->shape & FONT_FILLED)) {
        const unsigned char bytes[2] = { (unsigned char)(code >> 8), (unsigned char)code };
        struct span s = { bytes, bytes + sizeof bytes };
        struct font_glyph g;
        font_next(f, &s, &g);
        fontwide_fill(slot, &g);
    }
    return slot;
}

bool font_is_vertical(const struct font *f)
{
    return f->vertical;
}

double font_ascent(const struct font *f)
{
    return f->ascent;
}

double font_descent(const struct font *f)
{
    return f->descent;
}

double font_scale(const struct font *f)
{
    return f->scale;
}

struct span font_name(const struct font *f)
{
    return f->name;
}

uint32_t font_number(const struct font *f)
{
    return f->number;
}

const char *font_doubt(const struct font *f)
{
    return f->doubt;
}

bool font_is_broken(const struct font *f)
{
    return f->broken;
}
