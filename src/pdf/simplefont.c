/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simplefont.c - fonts of one-byte codes (9.6). The encoding is put together as poppler
 * does, since producers test with that: names of codes (codenames.c), ToUnicode over
 * them. */
#include <config.h>

#include <math.h>
#include <string.h>

#include "pdf/simplestate.h"

bool simplefont_set(struct simple *s, struct font_slot *slot, const uint32_t *unicode,
                     size_t count)
{
    slot->unmapped = false;
    slot->count = (uint8_t)count;
    slot->unicode = *unicode;
    slot->more = NULL;
    for (size_t i = 0; i < count; i++)
        if (!font_is_readable(unicode[i])) {
            slot->unmapped = true;
            slot->count = 0;
            return true;
        }
    if (count < 2)
        return true;
    uint32_t *more = arena_alloc_array(s->m->arena, count, sizeof *more);
    if (!more)
        return false;
    memcpy(more, unicode, count * sizeof *more);
    slot->more = more;
    return true;
}

static bool simple_to_unicode(struct simple *s)
{
    const struct cmap *c = font_to_unicode(s->m);
    uint32_t unicode[CMAP_UNICODE];
    for (uint32_t code = 0; c && code < 256; code++) {
        size_t count = cmap_unicode(c, code, unicode);
        bool readable = count > 0;
        for (size_t i = 0; i < count; i++)
            readable &= font_is_readable(unicode[i]);
        if (readable && !simplefont_set(s, s->slots + code, unicode, count))
            return false;
        s->mapped[code] = readable;
    }
    return true;
}

static void simple_widths(struct simple *s)
{
    struct objects *o = s->m->objects;
    const struct value *widths = objects_find(o, s->m->dictionary, "Widths");
    int64_t first = value_integer(objects_find(o, s->m->dictionary, "FirstChar"), 0);
    double missing = value_number(objects_find(o, s->descriptor, "MissingWidth"), 0);
    double scale = s->m->font->type3 ? s->m->font->matrix[0] : 0.001;
    if (first < 0 || first > 255)
        first = 0;
    for (uint32_t code = 0; code < 256; code++)
        s->slots[code].width = font_measure(missing * 0.001);
    for (uint32_t i = 0; widths->type == VALUE_ARRAY && i < widths->list.count &&
                         first + i < 256; i++) {
        const struct value *width = objects_at(o, widths, i);
        if (width->type == VALUE_INTEGER || width->type == VALUE_REAL)
            s->slots[first + i].width = font_measure(value_number(width, 0) * scale);
    }
    s->widths = widths->type == VALUE_ARRAY;
}

static void simple_standard_widths(struct simple *s)
{
    /* Without a descriptor poppler takes one with serifs. */
    if (!s->standard)
        s->standard = standardfont_like(
            value_integer(objects_find(s->m->objects, s->descriptor, "Flags"), FLAG_SERIF));
    for (unsigned code = 0; code < 256; code++) {
        double width = standardfont_width(s->standard, code, s->slots[code].unicode);
        if (width > 0)
            s->slots[code].width = (float)(width / 1000);
    }
}

/* How large letters of a Type 3 font are: poppler's guess, by the width of an m, of a
 * letter, or of anything, so that lines of such fonts are as high as with poppler. */
static void simple_scale(struct simple *s)
{
    double m = 0, letter = 0, any = 0, *matrix = s->m->font->matrix;
    for (int code = 255; code >= 0; code--) {
        const struct fontfile_name *name = s->names + code;
        double width = (double)s->slots[code].width;
        bool one = name->name.at ? name->name.end - name->name.at == 1 : name->unicode > 0;
        unsigned c = name->name.at && one ? *name->name.at : name->unicode;
        if (one && c == 'm')
            m = width;
        if (one && c < 128 && ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
            letter = width;
        if (width > 0 && (name->name.at || name->unicode))
            any = width;
    }
    double scale = m > 0 ? m / 0.6 : letter > 0 ? letter / 0.5 : any > 0 ? any / 0.5 : 1;
    if (matrix[0] != 0 && matrix[3] != 0)
        scale *= fabs(matrix[3] / matrix[0]);
    s->m->font->scale = isfinite(scale) ? scale : 1;
}

static bool ends_with(struct span s, const char *end)
{
    size_t size = strlen(end);
    return (size_t)(s.end - s.at) >= size && !memcmp(s.end - size, end, size);
}

/* False: the arena is over. */
static bool simple_begin(struct simple *s, struct font_maker *m)
{
    *s = (struct simple){ .m = m, .base_name = m->font->name };
    s->descriptor = objects_find(m->objects, m->dictionary, "FontDescriptor");
    s->encoding = objects_find(m->objects, m->dictionary, "Encoding");
    s->dingbats = ends_with(s->base_name, "Dingbats");
    s->embedded = fontfile_is_embedded(m, s->descriptor);
    s->slots = arena_alloc_array(m->arena, 256, sizeof *s->slots);
    if (!m->font->type3)
        s->standard = standardfont_find(s->base_name);
    return s->slots != NULL;
}

/* What codes mean, for which their widths should be known. */
static bool simple_meanings(struct simple *s)
{
    codenames_differences(s);
    bool good = simple_to_unicode(s);
    codenames_find(s);
    for (uint32_t code = 0; good && code < 256; code++)
        good = s->mapped[code] || codenames_slot(s, code);
    return good;
}

/* Has the font file tell of codes that have no meaning without it. */
static void simple_ask_late(struct font_maker *m)
{
    struct simple s;
    if (!simple_begin(&s, m))
        return;
    s.asked = true;
    bool good = simple_meanings(&s);
    fontfile_close(m, &s.file);
    for (int code = 0; good && code < 256; code++) {
        struct font_slot *slot = m->font->slots + code;
        s.slots[code].width = slot->width;
        if (!slot->unmapped || s.slots[code].unmapped)
            continue;
        *slot = s.slots[code];
        slot->flags = FONT_TOLD;
        slot->shape = font_shape(slot);
    }
}

bool simplefont_make(struct font_maker *m)
{
    struct simple s;
    bool unmapped = false;
    if (!simple_begin(&s, m))
        return false;
    standardfont_describe(s.standard, &m->font->ascent, &m->font->descent);
    if (!s.standard || s.embedded)
        font_describe(m, s.descriptor);
    simple_widths(&s);
    bool good = simple_meanings(&s);
    for (int code = 0; code < 256; code++)
        unmapped |= s.slots[code].unmapped;
    if (unmapped && s.embedded && !m->font->type3)
        good &= font_ask_later(m, simple_ask_late);
    if (!s.widths)
        simple_standard_widths(&s);
    for (int code = 0; code < 256; code++)
        s.slots[code].shape = font_shape(s.slots + code);
    if (m->font->type3)
        simple_scale(&s);
    fontfile_close(m, &s.file);
    m->font->slots = s.slots;
    return good;
}
