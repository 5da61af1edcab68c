/* SPDX-License-Identifier: GPL-3.0-or-later */
/* simplefont.c - fonts of one-byte codes (9.6). The encoding is put together as poppler
 * does, since producers test with that: a base, which Encoding names, or the font file
 * has, or goes without saying; Differences over it; ToUnicode over all. */
#include <config.h>

#include <string.h>

#include "pdf/codetables.h"
#include "pdf/fontfile.h"
#include "pdf/glyphname.h"
#include "pdf/standardfont.h"

/* Of a descriptor (9.8.2). */
#define FLAG_SERIF 2
#define FLAG_SYMBOLIC 4

struct simple {
    struct font_maker *m;
    struct font_slot *slots;
    struct fontfile_name names[256];
    struct fontfile file;
    const struct value *encoding, *descriptor;
    const struct standardfont *standard; /* one of the 14, or NULL */
    bool explicit; /* the base encoding is said */
    bool dingbats;
    bool numeric; /* names without a meaning are numbers of characters */
    bool hex;     /* in hexadecimal */
};

static void names_from_table(struct fontfile_name names[256], enum encoding e, bool holes)
{
    for (int code = 0; code < 256; code++)
        if (!holes || (!names[code].name.at && !names[code].unicode))
            names[code] = (struct fontfile_name){ { NULL, NULL },
                                                  encoding_table[e][code] };
}

static bool encoding_named(const struct value *name, enum encoding *e)
{
    static const char *const known[] = { "StandardEncoding", "WinAnsiEncoding",
                                         "MacRomanEncoding", "MacExpertEncoding" };
    for (unsigned i = 0; i < sizeof known / sizeof *known; i++)
        if (value_is_name(name, known[i])) {
            *e = (enum encoding)i;
            return true;
        }
    return false;
}

/* The base: 9.6.6, and what is not written there. */
static void simple_base(struct simple *s)
{
    enum encoding e;
    const struct value *base = s->encoding->type == VALUE_DICTIONARY
                                   ? objects_find(s->m->objects, s->encoding, "BaseEncoding")
                                   : s->encoding;
    s->explicit = encoding_named(base, &e);
    if (s->explicit) {
        names_from_table(s->names, e, false);
    } else if (fontfile_encoding(&s->file, s->names)) {
        /* Fonts in CFF may lack accents that their own glyphs are made of. */
        if (s->file.kind == FONTFILE_CFF)
            names_from_table(s->names, ENCODING_STANDARD, true);
    } else if (s->standard && s->file.kind == FONTFILE_NONE) {
        names_from_table(s->names, standardfont_encoding(s->standard), false);
        s->explicit = true;
    } else {
        e = s->file.kind == FONTFILE_TRUETYPE ||
                    value_is_name(objects_find(s->m->objects, s->m->dictionary, "Subtype"),
                                  "TrueType")
                ? ENCODING_WIN_ANSI
                : ENCODING_STANDARD;
        names_from_table(s->names, e, false);
    }
}

/* Whether all names of DIFFERENCES are numbers, for codes that begin low: then a program
 * has numbered its glyphs by their characters. As poppler tells it. */
static bool differences_are_numbers(struct simple *s, const struct value *differences)
{
    uint32_t number;
    for (uint32_t i = 0; i < differences->list.count; i++) {
        const struct value *item = objects_at(s->m->objects, differences, i);
        if (item->type == VALUE_NAME ? !glyphname_number(item->text, s->hex, &number)
                                     : item->type != VALUE_INTEGER || item->integer > 5)
            return false;
    }
    return true;
}

static void simple_differences(struct simple *s)
{
    const struct value *differences =
        objects_find(s->m->objects, s->encoding, "Differences");
    int64_t code = 0;
    if (differences->type != VALUE_ARRAY)
        return;
    for (uint32_t i = 0; i < differences->list.count; i++) {
        const struct value *item = objects_at(s->m->objects, differences, i);
        if (item->type == VALUE_INTEGER) {
            code = item->integer;
        } else if (item->type == VALUE_NAME) {
            if (code >= 0 && code < 256) {
                s->names[code] = (struct fontfile_name){ item->text, 0 };
                s->hex |= glyphname_is_hex(item->text);
            }
            code += code < 256;
        }
    }
    s->numeric = differences_are_numbers(s, differences);
}

/* Names without digits are those of symbols that have no character ("bracehtipup"): all
 * readers pass them by. Others are numbers of glyphs, whose meaning got lost. */
static bool name_tells_nothing(struct span name)
{
    for (const unsigned char *p = name.at; p < name.end; p++)
        if (*p >= '0' && *p <= '9')
            return true;
    return name.end - name.at < 3;
}

static bool slot_set(struct simple *s, struct font_slot *slot, const uint32_t *unicode,
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

static bool slot_by_name(struct simple *s, struct font_slot *slot,
                         const struct fontfile_name *name)
{
    uint32_t unicode[FONT_UNICODE], number;
    if (name->unicode)
        return slot_set(s, slot, &name->unicode, 1);
    if (!name->name.at || syntax_is(name->name, ".notdef"))
        return true;
    size_t count = glyphname_unicode(name->name, s->dingbats, unicode, FONT_UNICODE);
    if (count == 0 && s->numeric && glyphname_number(name->name, s->hex, &number)) {
        *unicode = number;
        count = 1;
    }
    if (count > 0)
        return slot_set(s, slot, unicode, count);
    slot->unmapped = name_tells_nothing(name->name);
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
        if (readable ? !slot_set(s, s->slots + code, unicode, count) : false)
            return false;
    }
    return true;
}

/* A symbolic TrueType font whose encoding is its own: what its file tells comes first;
 * without that WinAnsi is a guess, which holds for letters. */
static void simple_symbolic(struct simple *s)
{
    uint32_t unicode[256];
    int64_t flags = value_integer(
        objects_find(s->m->objects, s->descriptor, "Flags"), 0);
    if (s->file.kind != FONTFILE_TRUETYPE || s->explicit ||
        !fontfile_codes(&s->file, flags & FLAG_SYMBOLIC, unicode))
        return;
    for (int code = 0; code < 256; code++)
        if (!s->names[code].name.at && unicode[code])
            s->names[code].unicode = unicode[code];
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
        s->slots[code].width = (float)(missing * 0.001);
    for (uint32_t i = 0; widths->type == VALUE_ARRAY && i < widths->list.count &&
                         first + i < 256; i++) {
        const struct value *width = objects_at(o, widths, i);
        if (width->type == VALUE_INTEGER || width->type == VALUE_REAL)
            s->slots[first + i].width = (float)(value_number(width, 0) * scale);
    }
    if (widths->type == VALUE_ARRAY)
        return;
    for (unsigned code = 0; code < 256; code++) {
        double width = standardfont_width(s->standard, code, s->slots[code].unicode);
        if (width > 0)
            s->slots[code].width = (float)(width / 1000);
    }
}

/* "ABCDEF+Name" is a subset of Name. */
static struct span base_name(struct simple *s)
{
    const struct value *name = objects_find(s->m->objects, s->m->dictionary, "BaseFont");
    return name->type == VALUE_NAME ? name->text : (struct span){ NULL, NULL };
}

static bool ends_with(struct span s, const char *end)
{
    size_t size = strlen(end);
    return (size_t)(s.end - s.at) >= size && !memcmp(s.end - size, end, size);
}

static bool simple_slots(struct simple *s)
{
    for (int code = 0; code < 256; code++)
        if (!slot_by_name(s, s->slots + code, s->names + code))
            return false;
    return simple_to_unicode(s);
}

bool simplefont_make(struct font_maker *m)
{
    struct simple s = { .m = m };
    struct span name = base_name(&s);
    s.descriptor = objects_find(m->objects, m->dictionary, "FontDescriptor");
    s.encoding = objects_find(m->objects, m->dictionary, "Encoding");
    s.dingbats = ends_with(name, "ZapfDingbats");
    s.slots = arena_alloc_array(m->arena, 256, sizeof *s.slots);
    if (!s.slots)
        return false;
    fontfile_open(m, s.descriptor, &s.file);
    if (!m->font->type3)
        s.standard = standardfont_find(name);
    standardfont_describe(s.standard, &m->font->ascent, &m->font->descent);
    if (!s.standard || s.file.kind != FONTFILE_NONE)
        font_describe(m, s.descriptor);
    simple_base(&s);
    simple_symbolic(&s);
    simple_differences(&s);
    bool good = simple_slots(&s);
    /* Without a descriptor poppler takes one with serifs. */
    if (!s.standard)
        s.standard = standardfont_like(
            value_integer(objects_find(m->objects, s.descriptor, "Flags"), FLAG_SERIF));
    simple_widths(&s);
    fontfile_close(m, &s.file);
    m->font->slots = s.slots;
    return good;
}
