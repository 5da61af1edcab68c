/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cidfont.c - composite fonts (9.7): a CMap, and a CIDFont that it selects from. */
#include <config.h>

#include <math.h>
#include <string.h>

#include "pdf/fontfile.h"

/* A ToUnicode range that says of so many codes that they are their own characters may be
 * written without knowing. */
#define IDENTITY_SUSPECT 4096
/* Entries of one kind that are put into tables, of lists that may say all 65,536 CIDs
 * again and again. */
#define CID_WORK (1 << 22)
/* Tables of all CIDs are walked once or twice. */
#define CID_CODES 65536

struct cid {
    struct font_maker *m;
    struct font_composite *composite;
    const struct value *descendant, *descriptor;
    char collection[32]; /* "Adobe-Japan1", or what is said; "": nothing */
    bool ask_file; /* the font file is to tell what glyphs mean */
    uint32_t work;
    /* Codes that ToUnicode has for their own characters, as a whole; or high 0. */
    uint32_t identity_low, identity_high;
};

static const struct cmap *find_predefined(void *ctx, struct span name)
{
    struct cid *c = ctx;
    return cmapfiles_cmap(c->m->files, c->collection, name, NULL);
}

/* CIDSystemInfo as "Registry-Ordering". */
static void cid_collection(struct cid *c)
{
    struct objects *o = c->m->objects;
    const struct value *info = objects_find(o, c->descendant, "CIDSystemInfo");
    const char *const keys[] = { "Registry", "Ordering" };
    size_t used = 0;
    for (int i = 0; i < 2; i++) {
        const struct value *value = objects_find(o, info, keys[i]);
        if (value->type != VALUE_STRING)
            break;
        struct span text = objects_string(o, value, c->m->arena);
        for (; text.at < text.end && used < sizeof c->collection - 2; text.at++)
            if (*text.at > 32 && *text.at < 127)
                c->collection[used++] = (char)*text.at;
        if (i == 0)
            c->collection[used++] = '-';
    }
    c->collection[used] = '\0';
}

static bool cid_encoding_stream(struct cid *c, const struct value *stream)
{
    struct objects *o = c->m->objects;
    struct span text;
    if (objects_decode(o, stream, &text) > OBJECTS_CUT) {
        c->m->font->doubt = "a CMap that cannot be read";
        return true;
    }
    struct cmap *cmap = cmap_parse(text, c->m->arena, find_predefined, c);
    objects_release(o, text);
    if (!cmap)
        return false;
    const struct value *use = objects_find(o, stream, "UseCMap");
    if (use->type == VALUE_NAME && !cmap->base)
        cmap->base = find_predefined(c, use->text);
    cmap->vertical |= value_integer(objects_find(o, stream, "WMode"), 0) == 1;
    if (cmap->doubtful)
        c->m->font->doubt = "a CMap that is not known";
    c->composite->encoding = cmap;
    return true;
}

/* Encoding: the name of a CMap, or one in a stream. */
static bool cid_encoding(struct cid *c, const char **from)
{
    struct font *font = c->m->font;
    const struct value *encoding = objects_find(c->m->objects, c->m->dictionary,
                                                "Encoding");
    if (value_is_name(encoding, "Identity-H") || value_is_name(encoding, "Identity-V")) {
        font->vertical = value_is_name(encoding, "Identity-V");
        return true;
    }
    if (encoding->type == VALUE_NAME)
        c->composite->encoding =
            cmapfiles_cmap(c->m->files, c->collection, encoding->text, from);
    else if (encoding->type == VALUE_STREAM && !cid_encoding_stream(c, encoding))
        return false;
    if (!c->composite->encoding && !font->doubt)
        font->doubt = "a CMap that is not known";
    else if (c->composite->encoding)
        font->vertical = c->composite->encoding->vertical;
    return true;
}

static float *width_page(struct cid *c, uint32_t cid)
{
    float **page = c->composite->widths + (cid >> 8);
    if (!*page && (*page = arena_alloc_array(c->m->arena, 256, sizeof **page)))
        for (int i = 0; i < 256; i++)
            (*page)[i] = c->composite->width;
    return *page;
}

static struct font_down *down_page(struct cid *c, uint32_t cid)
{
    struct font_down **page = c->composite->downs + (cid >> 8);
    if (!*page && (*page = arena_alloc_array(c->m->arena, 256, sizeof **page)))
        for (int i = 0; i < 256; i++)
            (*page)[i].x = NAN;
    return *page;
}

/* Sets the metrics of CID from ITEMS[AT ...]. */
typedef bool metrics_setter(struct cid *c, uint32_t cid, const struct value *items,
                            uint32_t at);

static float number_at(struct cid *c, const struct value *items, uint32_t at)
{
    return font_measure(value_number(objects_at(c->m->objects, items, at), 0) / 1000);
}

static bool set_width(struct cid *c, uint32_t cid, const struct value *items, uint32_t at)
{
    float *page = width_page(c, cid);
    if (page)
        page[cid & 255] = number_at(c, items, at);
    return page != NULL;
}

static bool set_down(struct cid *c, uint32_t cid, const struct value *items, uint32_t at)
{
    struct font_down *page = down_page(c, cid);
    if (page)
        page[cid & 255] = (struct font_down){ number_at(c, items, at),
                                              number_at(c, items, at + 1),
                                              number_at(c, items, at + 2) };
    return page != NULL;
}

/* W and W2 (9.7.4.3): "first [w ...]" and "first last w", of STEP numbers each. Every
 * array costs its length, every range at most all CIDs; the work is bounded for all. */
static bool cid_metrics(struct cid *c, const char *key, uint32_t step, metrics_setter *set)
{
    struct objects *o = c->m->objects;
    const struct value *list = objects_find(o, c->descendant, key);
    c->work = 0;
    for (uint32_t i = 0; list->type == VALUE_ARRAY && i + 1 < list->list.count;) {
        int64_t first = value_integer(objects_at(o, list, i), -1);
        const struct value *next = objects_at(o, list, i + 1);
        int64_t last = value_integer(next, -1);
        bool array = next->type == VALUE_ARRAY;
        if (first > 65535) /* it is of no CID */
            last = -1;
        else if (array)
            last = first + next->list.count / step - 1;
        if (last > 65535)
            last = 65535;
        for (int64_t cid = first; first >= 0 && cid <= last; cid++) {
            uint32_t at = array ? (uint32_t)(cid - first) * step : i + 2;
            if (++c->work > CID_WORK)
                return true;
            if (!set(c, (uint32_t)cid, array ? next : list, at))
                return false;
        }
        i += array ? 2 : 2 + step;
    }
    return true;
}

static bool cid_widths(struct cid *c)
{
    struct objects *o = c->m->objects;
    const struct value *down = objects_find(o, c->descendant, "DW2");
    c->composite->width =
        font_measure(value_number(objects_find(o, c->descendant, "DW"), 1000) / 1000);
    c->composite->origin_y = font_measure(value_number(objects_at(o, down, 0), 880) / 1000);
    c->composite->down = font_measure(value_number(objects_at(o, down, 1), -1000) / 1000);
    return cid_metrics(c, "W", 1, set_width) &&
           (!c->m->font->vertical || cid_metrics(c, "W2", 3, set_down));
}

/* Puts what range R of a ToUnicode CMap says of its codes into the table. */
static bool cid_put_range(struct cid *c, const struct cmap_range *r)
{
    uint32_t high = r->high < 65535 ? r->high : 65535;
    for (uint32_t code = r->low; code <= high; code++) {
        uint32_t value = FONT_SEVERAL;
        if (++c->work > CID_WORK) {
            c->m->font->doubt = "a CMap of overlapping ranges";
            return true;
        }
        if (!(r->value & CMAP_POOL)) {
            value = r->value + (code - r->low);
            if (!font_is_readable(value)) {
                value = 0;
                c->ask_file = true;
            }
        }
        if (!font_table_put(&c->composite->by_code, c->m->arena, code, value))
            return false;
    }
    return true;
}

/* The table of what a ToUnicode CMap says. */
static bool cid_to_unicode(struct cid *c)
{
    struct font_table *table = &c->composite->by_code;
    const struct cmap *cmap = font_to_unicode(c->m);
    c->work = 0;
    c->composite->to_unicode = cmap;
    c->ask_file = !cmap;
    for (size_t i = 0; cmap && i < cmap->range_count; i++) {
        const struct cmap_range *r = cmap->ranges + i;
        if (r->value == r->low && r->high - r->low >= IDENTITY_SUSPECT) {
            c->ask_file = true;
            c->identity_low = r->low;
            c->identity_high = r->high;
        } else if (!cid_put_range(c, r)) {
            return false;
        }
    }
    for (uint32_t code = 0; cmap && cmap->base && code < 65536; code++)
        if (!font_table_get(table, code) &&
            !font_table_put(table, c->m->arena, code, FONT_SEVERAL))
            return false;
    return true;
}

/* The table by CIDs, of one by glyphs: CIDToGIDMap (9.7.4.2). *MAPPED: there is one; on
 * entry, that there may be. */
static bool cid_map_glyphs(struct cid *c, const struct font_table *by_glyph, bool *mapped)
{
    struct objects *o = c->m->objects;
    const struct value *stream = objects_find(o, c->descendant, "CIDToGIDMap");
    struct span map;
    *mapped = *mapped && stream->type == VALUE_STREAM &&
              objects_decode(o, stream, &map) <= OBJECTS_CUT;
    if (!*mapped) {
        c->composite->by_cid = *by_glyph;
        return true;
    }
    bool good = true;
    size_t count = (size_t)(map.end - map.at) / 2;
    for (uint32_t cid = 0; good && cid < count && cid < 65536; cid++) {
        uint32_t glyph = (uint32_t)map.at[2 * cid] << 8 | map.at[2 * cid + 1];
        uint32_t unicode = font_table_get(by_glyph, glyph);
        good = !unicode ||
               font_table_put(&c->composite->by_cid, c->m->arena, cid, unicode);
    }
    objects_release(o, map);
    return good;
}

/* Whether codes are their own characters, as ToUnicode says: if the font file agrees, for
 * the most part; or, when it tells nothing, if a map of glyphs makes it possible. */
static bool cid_is_identity(struct cid *c, bool mapped)
{
    uint32_t known = 0, same = 0;
    for (uint32_t cid = 0; cid < 65536; cid++) {
        uint32_t unicode = font_table_get(&c->composite->by_cid, cid);
        known += unicode != 0;
        same += unicode == cid && unicode != 0;
    }
    return known ? same * 2 > known : mapped;
}

static bool cid_ask_file(struct cid *c)
{
    struct font_table by_glyph = { 0 };
    struct fontfile file;
    fontfile_open(c->m, c->descriptor, &file);
    bool mapped = !fontfile_is_cff(&file);
    bool good = fontfile_glyphs(c->m, &file, &by_glyph);
    fontfile_close(c->m, &file);
    if (!good || !cid_map_glyphs(c, &by_glyph, &mapped))
        return false;
    const struct cmap_range identity = { c->identity_low, c->identity_high,
                                         c->identity_low, 0 };
    return !c->identity_high || !cid_is_identity(c, mapped) || cid_put_range(c, &identity);
}

static void cid_begin(struct cid *c, struct font_maker *m)
{
    const struct value *descendants = objects_find(m->objects, m->dictionary,
                                                   "DescendantFonts");
    *c = (struct cid){ .m = m, .composite = m->font->composite };
    c->descendant = objects_at(m->objects, descendants, 0);
    c->descriptor = objects_find(m->objects, c->descendant, "FontDescriptor");
}

/* What the font file means by CIDs that nothing else tells of. */
static void cid_ask_late(struct font_maker *m)
{
    struct cid c;
    cid_begin(&c, m);
    cid_ask_file(&c);
}

static bool cid_meaning(struct cid *c, const char *from)
{
    if (!cid_to_unicode(c))
        return false;
    /* The text is in what its CMap is for, should the font say another collection. */
    if (from)
        c->composite->cids = cmapfiles_cids(c->m->files, from, &c->composite->cid_count);
    if (!c->composite->cids)
        c->composite->cids = cmapfiles_cids(c->m->files, c->collection,
                                            &c->composite->cid_count);
    if (c->ask_file && !c->composite->cids && c->descendant->type != VALUE_DICTIONARY) {
        c->m->font->doubt = "a composite font without its descendant";
        c->m->font->broken = true;
    }
    if (c->ask_file && !c->composite->cids)
        return cid_ask_file(c);
    return font_ask_later(c->m, cid_ask_late);
}

bool cidfont_make(struct font_maker *m)
{
    struct cid c;
    const char *from = NULL;
    m->font->composite = arena_alloc(m->arena, sizeof *m->font->composite);
    if (!m->font->composite)
        return false;
    cid_begin(&c, m);
    font_describe(m, c.descriptor);
    cid_collection(&c);
    bool good = cid_encoding(&c, &from) && cid_widths(&c) && cid_meaning(&c, from);
    objects_charge(m->objects, c.work + CID_CODES);
    return good;
}
