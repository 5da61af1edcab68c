/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontfile.c - tells font programs apart, and asks the one that it is. */
#include <config.h>

#include "pdf/fontfile.h"

#include <stdlib.h>
#include <string.h>

#include "pdf/cff.h"
#include "pdf/glyphname.h"
#include "pdf/truetype.h"
#include "pdf/type1.h"

static enum fontfile_kind kind_of(struct span bytes)
{
    size_t size = (size_t)(bytes.end - bytes.at);
    if (size < 16)
        return FONTFILE_NONE;
    if (!memcmp(bytes.at, "%!", 2) || (bytes.at[0] == 0x80 && bytes.at[1] == 1))
        return FONTFILE_TYPE1;
    if (!memcmp(bytes.at, "\0\1\0\0", 4) || !memcmp(bytes.at, "true", 4) ||
        !memcmp(bytes.at, "ttcf", 4) || !memcmp(bytes.at, "OTTO", 4))
        return FONTFILE_TRUETYPE;
    return bytes.at[0] == 1 && bytes.at[2] >= 4 ? FONTFILE_CFF : FONTFILE_NONE;
}

/* The stream of the font program that DESCRIPTOR names, from *KEY on. */
static const struct value *next_stream(struct font_maker *m, const struct value *descriptor,
                                       size_t *key)
{
    static const char *const keys[] = { "FontFile", "FontFile2", "FontFile3" };
    while (*key < sizeof keys / sizeof *keys) {
        const struct value *stream =
            objects_find(m->objects, descriptor, keys[(*key)++]);
        if (stream->type == VALUE_STREAM)
            return stream;
    }
    return NULL;
}

bool fontfile_is_embedded(struct font_maker *m, const struct value *descriptor)
{
    size_t key = 0;
    return next_stream(m, descriptor, &key) != NULL;
}

static bool cff_part(const struct fontfile *file, struct cff *c)
{
    struct truetype t;
    if (file->kind == FONTFILE_CFF)
        return cff_open(file->bytes, c);
    return file->kind == FONTFILE_TRUETYPE && truetype_open(file->bytes, &t) &&
           t.cff.at < t.cff.end && cff_open(t.cff, c);
}

/* The part of Type 1 fonts that is not encrypted is shorter: a few KiB. */
#define FONTFILE_CLEAR 65536

/* A glyph, which may have a name, costs as much as so many bytes of content. */
#define FONTFILE_GLYPH 32

static void charge_glyphs(struct font_maker *m, const struct fontfile *file)
{
    struct truetype t;
    struct cff c;
    uint64_t glyphs = 0;
    if (file->kind == FONTFILE_TRUETYPE && truetype_open(file->bytes, &t))
        glyphs += t.glyphs;
    if (cff_part(file, &c))
        glyphs += c.glyphs;
    objects_charge(m->objects, glyphs * FONTFILE_GLYPH);
}

/* Of a Type 1 font what is in the clear: it is a sixth of it, and all that is read. */
static bool fontfile_open_clear(struct font_maker *m, const struct value *stream,
                                struct fontfile *file)
{
    int64_t clear = value_integer(objects_find(m->objects, stream, "Length1"), 0);
    if (clear <= 0 || clear > FONTFILE_CLEAR ||
        !objects_decode_start(m->objects, stream, (size_t)clear, &file->bytes))
        return false;
    size_t size = (size_t)(file->bytes.end - file->bytes.at);
    file->kind = kind_of(file->bytes);
    if (file->kind == FONTFILE_TYPE1 && memmem(file->bytes.at, size, "eexec", 5))
        return true;
    fontfile_close(m, file);
    return false;
}

void fontfile_open(struct font_maker *m, const struct value *descriptor,
                   struct fontfile *file)
{
    const struct value *stream;
    size_t key = 0;
    *file = (struct fontfile){ 0 };
    while ((stream = next_stream(m, descriptor, &key))) {
        if (key == 1 && fontfile_open_clear(m, stream, file))
            return;
        if (objects_decode(m->objects, stream, &file->bytes) <= OBJECTS_CUT) {
            file->kind = kind_of(file->bytes);
            charge_glyphs(m, file);
            return;
        }
        file->bytes = (struct span){ NULL, NULL };
    }
}

void fontfile_close(struct font_maker *m, struct fontfile *file)
{
    if (file->bytes.at)
        objects_release(m->objects, file->bytes);
    *file = (struct fontfile){ 0 };
}

static bool cff_names(const struct cff *c, struct fontfile_name names[256])
{
    uint16_t *sids = calloc(c->glyphs, sizeof *sids), codes[256];
    if (!sids)
        return false;
    cff_charset(c, sids, c->glyphs);
    bool own = cff_encoding(c, sids, codes);
    free(sids);
    for (int code = 0; own && code < 256; code++)
        if (codes[code])
            cff_name(c, codes[code], &names[code].name, &names[code].unicode);
    return own;
}

static bool type1_names(const struct fontfile *file, struct fontfile_name names[256])
{
    struct span own[256];
    if (type1_encoding(file->bytes, own) != TYPE1_OWN)
        return false;
    for (int code = 0; code < 256; code++)
        names[code].name = own[code];
    return true;
}

bool fontfile_encoding(const struct fontfile *file, struct fontfile_name names[256])
{
    struct cff c;
    for (int code = 0; code < 256; code++)
        names[code] = (struct fontfile_name){ { NULL, NULL }, 0 };
    if (file->kind == FONTFILE_TYPE1)
        return type1_names(file, names);
    return cff_part(file, &c) && cff_names(&c, names);
}

bool fontfile_codes(const struct fontfile *file, bool symbolic, uint32_t unicode[256])
{
    struct truetype t;
    uint32_t glyphs[256];
    if (file->kind != FONTFILE_TRUETYPE || !truetype_open(file->bytes, &t) ||
        !truetype_codes(&t, symbolic, glyphs))
        return false;
    uint32_t *meanings = calloc(t.glyphs, sizeof *meanings);
    if (!meanings)
        return false;
    bool any = truetype_unicode(&t, meanings, t.glyphs) > 0;
    for (int code = 0; code < 256; code++)
        unicode[code] = glyphs[code] < t.glyphs ? meanings[glyphs[code]] : 0;
    free(meanings);
    return any;
}

void fontfile_draws(const struct fontfile *file, bool symbolic, bool drawn[256])
{
    struct truetype t;
    uint32_t glyphs[256];
    bool good = file->kind == FONTFILE_TRUETYPE && truetype_open(file->bytes, &t) &&
                truetype_codes(&t, symbolic, glyphs);
    for (int code = 0; code < 256; code++)
        drawn[code] = good && glyphs[code] > 0 && glyphs[code] < t.glyphs;
}

bool fontfile_is_cff(const struct fontfile *file)
{
    struct cff c;
    return cff_part(file, &c);
}

/* Fills *CIDS, to be freed, of COUNT glyphs; NULL: glyphs are their own. False: memory is
 * out. */
static bool cff_cids(const struct fontfile *file, size_t count, uint16_t **cids)
{
    struct cff c;
    *cids = NULL;
    if (!cff_part(file, &c) || !c.by_cid)
        return true;
    *cids = calloc(count, sizeof **cids);
    if (*cids)
        cff_charset(&c, *cids, count);
    return *cids != NULL;
}

static bool truetype_glyphs(struct font_maker *m, const struct fontfile *file,
                            const struct truetype *t, struct font_table *table)
{
    uint32_t *meanings = calloc(t->glyphs, sizeof *meanings);
    uint16_t *cids;
    bool good = cff_cids(file, t->glyphs, &cids) && meanings;
    if (good)
        truetype_unicode(t, meanings, t->glyphs);
    for (uint32_t glyph = 0; good && glyph < t->glyphs; glyph++) {
        uint32_t cid = cids ? cids[glyph] : glyph;
        if (meanings[glyph] && (cid || !glyph))
            good = font_table_put(table, m->arena, cid, meanings[glyph]);
    }
    free(cids);
    free(meanings);
    return good;
}

/* Glyphs that have names; those by CID mean what their collection says. */
static bool cff_glyphs(struct font_maker *m, const struct cff *c, struct font_table *table)
{
    uint16_t *sids = c->by_cid ? NULL : calloc(c->glyphs, sizeof *sids);
    bool good = c->by_cid || sids;
    if (sids)
        cff_charset(c, sids, c->glyphs);
    for (uint32_t glyph = 0; sids && good && glyph < c->glyphs; glyph++) {
        struct span name;
        uint32_t unicode;
        cff_name(c, sids[glyph], &name, &unicode);
        if (name.at)
            unicode = glyphname_one(name);
        good = !unicode || font_table_put(table, m->arena, glyph, unicode);
    }
    free(sids);
    return good;
}

bool fontfile_glyphs(struct font_maker *m, const struct fontfile *file,
                     struct font_table *table)
{
    struct truetype t;
    struct cff c;
    if (file->kind == FONTFILE_TRUETYPE && truetype_open(file->bytes, &t) &&
        !truetype_glyphs(m, file, &t, table))
        return false;
    return !cff_part(file, &c) || cff_glyphs(m, &c, table);
}
