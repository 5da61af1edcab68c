/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codenames.c - what the codes of a simple font are called, and what names mean: a base,
 * which Encoding names, or the font file has, or goes without saying; Differences over it
 * (9.6.6). */
#include <config.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pdf/codetables.h"
#include "pdf/glyphname.h"
#include "pdf/glyphnumbers.h"
#include "pdf/simplestate.h"

enum numeral { NUMERAL_DECIMAL, NUMERAL_HEX, NUMERAL_36, NUMERALS };

/* Codes that have no name yet get that of encoding E. */
static void names_from_table(struct simple *s, enum encoding e)
{
    for (int code = 0; code < 256; code++)
        if (!s->named[code] && !s->names[code].name.at && !s->names[code].unicode)
            s->names[code].unicode = encoding_table[e][code];
}

/* The font file's own encoding. False: it has none. */
static bool names_from_file(struct simple *s)
{
    struct fontfile_name own[256];
    if (!fontfile_encoding(&s->file, own))
        return false;
    for (int code = 0; code < 256; code++)
        if (!s->named[code])
            s->names[code] = own[code];
    return true;
}

/* The character NAME stands at its place of the standard encoding, if no code has it. */
static void name_as_standard(struct simple *s, struct span name)
{
    uint32_t unicode[FONT_UNICODE];
    int free = -1;
    size_t size = (size_t)(name.end - name.at);
    if (glyphname_unicode(name, false, unicode, FONT_UNICODE) != 1)
        return;
    for (int code = 0; code < 256; code++) {
        const struct span own = s->names[code].name;
        if (own.at && (size_t)(own.end - own.at) == size && !memcmp(own.at, name.at, size))
            return;
        if (encoding_table[ENCODING_STANDARD][code] == *unicode && !own.at)
            free = code;
    }
    if (free >= 0 && !s->named[free] && !s->names[free].unicode)
        s->names[free].unicode = *unicode;
}

/* A damaged Type 1 font may have lost codes of its own encoding. CharSet has the names of
 * its glyphs (9.8.1), which are no more than the codes of one that is whole. */
static void names_from_charset(struct simple *s)
{
    struct objects *o = s->m->objects;
    const struct value *value = objects_find(o, s->descriptor, "CharSet");
    size_t codes = 0, names = 0;
    if (s->file.kind != FONTFILE_TYPE1 || value->type != VALUE_STRING)
        return;
    struct span all = objects_string(o, value, s->m->arena);
    for (int code = 0; code < 256; code++)
        codes += s->names[code].name.at || s->names[code].unicode;
    for (const unsigned char *at = all.at; at < all.end; at++)
        names += *at == '/';
    while (names > codes && names <= 256 && all.at < all.end) {
        struct span name = { all.at + 1, all.at + 1 };
        while (name.end < all.end && *name.end != '/')
            name.end++;
        if (*all.at == '/')
            name_as_standard(s, name);
        all.at = name.end;
    }
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

/* What Encoding says the base to be. */
static bool simple_explicit(struct simple *s, enum encoding *e)
{
    const struct value *base = s->encoding;
    if (base->type == VALUE_DICTIONARY)
        base = objects_find(s->m->objects, base, "BaseEncoding");
    return encoding_named(base, e);
}

/* Fonts of pictures, which letters would stand for. */
static bool is_pictorial(struct span name)
{
    size_t size = (size_t)(name.end - name.at);
    return name.at && (memmem(name.at, size, "Wingdings", 9) ||
                       memmem(name.at, size, "Webdings", 8));
}

/* Whether the file is one whose codes choose glyphs by its tables. Those of CFF in
 * OpenType do by their names, as in CFF without it. */
static bool file_is_truetype(const struct simple *s)
{
    const struct value *subtype =
        objects_find(s->m->objects, s->m->dictionary, "Subtype");
    return s->file.kind == FONTFILE_TRUETYPE &&
           (value_is_name(subtype, "TrueType") || !fontfile_is_cff(&s->file));
}

/* The base: 9.6.6, and what is not written there. */
static void simple_base(struct simple *s)
{
    enum encoding e;
    if (simple_explicit(s, &e)) {
        names_from_table(s, e);
    } else if (names_from_file(s)) {
        /* Fonts in CFF may lack accents that their own glyphs are made of. */
        if (fontfile_is_cff(&s->file))
            names_from_table(s, ENCODING_STANDARD);
        else
            names_from_charset(s);
    } else if (s->standard && (!s->embedded || standardfont_is_symbolic(s->standard))) {
        names_from_table(s, standardfont_encoding(s->standard));
    } else if (is_pictorial(s->base_name)) {
        s->closed = true;
    } else {
        const struct value *subtype =
            objects_find(s->m->objects, s->m->dictionary, "Subtype");
        bool truetype = file_is_truetype(s) || value_is_name(subtype, "TrueType");
        names_from_table(s, truetype ? ENCODING_WIN_ANSI : ENCODING_STANDARD);
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

/* The number that NAME is in one of the ways that programs have to write codes. */
static bool name_number(struct span name, enum numeral numeral, uint32_t *number)
{
    size_t size = (size_t)(name.end - name.at);
    if (numeral == NUMERAL_DECIMAL) /* "a65": dvips */
        return glyphname_number(name, false, number);
    if (numeral == NUMERAL_HEX) /* "x41" */
        return glyphname_number(name, true, number);
    if (size != 2 || name.at[0] < 'A' || name.at[0] > 'H') /* "BT": Ghostscript */
        return false;
    unsigned c = name.at[1];
    bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'A' || c > 'Z'))
        return false;
    *number = (name.at[0] - 'A') * 36u + (digit ? c - '0' : c - 'A' + 10);
    return true;
}

/* Whether names that mean nothing else are numbers of their codes: then all that they
 * tell is that the program had no names, and codes are taken for characters. */
static bool names_are_codes(struct simple *s, enum numeral numeral)
{
    uint32_t unicode[1], number;
    bool any = false;
    for (uint32_t code = 0; code < 256; code++) {
        struct span name = s->names[code].name;
        if (!name.at || glyphname_unicode(name, s->dingbats, unicode, 1) > 0 ||
            !name_number(name, numeral, &number))
            continue;
        if (number != code)
            return false;
        any = true;
    }
    return any;
}

static bool simple_is_symbolic(const struct simple *s)
{
    int64_t flags = value_integer(objects_find(s->m->objects, s->descriptor, "Flags"), 0);
    return flags & FLAG_SYMBOLIC;
}

/* What the font file (TrueType) shows for codes. False: it tells nothing. */
static bool simple_shows(struct simple *s, uint32_t unicode[256])
{
    return fontfile_codes(&s->file, simple_is_symbolic(s), unicode);
}

/* Whether the font file knows another character for a code than s->characters. */
static bool file_contradicts(struct simple *s)
{
    struct fontfile_name own[256];
    uint32_t unicode[256] = { 0 };
    if (s->embedded && s->file.kind == FONTFILE_NONE)
        fontfile_open(s->m, s->descriptor, &s->file);
    if (file_is_truetype(s)) {
        if (!simple_shows(s, unicode))
            return false;
    } else if (s->file.kind != FONTFILE_NONE && fontfile_encoding(&s->file, own)) {
        for (int code = 0; code < 256; code++)
            if (own[code].unicode)
                unicode[code] = own[code].unicode;
            else if (own[code].name.at)
                glyphname_unicode(own[code].name, s->dingbats, unicode + code, 1);
    }
    for (int code = 0; code < 256; code++)
        if (s->characters[code] && unicode[code] && unicode[code] != s->characters[code])
            return true;
    return false;
}

/* Names that mean nothing else may be numbers of characters, where no other source says
 * what the font's letters are: ToUnicode, the file, or other names. */
static void names_as_characters(struct simple *s)
{
    struct span names[256];
    uint32_t unicode[1];
    for (int code = 0; code < 256; code++) {
        struct span name = s->names[code].name;
        names[code] = (struct span){ NULL, NULL };
        if (!name.at || syntax_is(name, ".notdef"))
            continue;
        if (glyphname_unicode(name, s->dingbats, unicode, 1) == 0)
            names[code] = name;
        else if (*unicode != ' ' && *unicode != 0xA0)
            return;
    }
    bool good = glyphnumbers_read(names, s->characters) && !file_contradicts(s);
    for (int code = 0; code < 256 && good; code++)
        good = !s->characters[code] || !s->mapped[code] ||
               s->slots[code].unicode == s->characters[code];
    if (!good)
        memset(s->characters, 0, sizeof s->characters);
}

void codenames_differences(struct simple *s)
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
                s->named[code] = true;
                s->hex |= glyphname_is_hex(item->text);
            }
            code += code < 256;
        }
    }
    s->numeric = differences_are_numbers(s, differences);
}

/* Names in words ("bracehtipup", "rests.2", "brace12") are mostly those of symbols that
 * have no character. Others number glyphs whose meaning got lost. */
static bool name_is_a_number(struct span name)
{
    static const char *const counted[] = { "glyph", "char", "index", "code", "cid", "gid" };
    struct span word = name;
    while (word.end > word.at && (word.end[-1] | 0x20) >= 'a' && (word.end[-1] | 0x20) <= 'z')
        word.end--;
    if (word.at == word.end)
        return name.end - name.at < 3;
    const unsigned char *end = name.at;
    while (end < name.end && (*end | 0x20) >= 'a' && (*end | 0x20) <= 'z')
        end++;
    word = (struct span){ name.at, end };
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        if (syntax_is(word, counted[i]))
            return true;
    return word.end - word.at < 4;
}

/* "enc-29", "char7f": a control character, which is nothing to be read. */
static bool is_control(struct span name, uint32_t code)
{
    char numbers[2][16];
    if (code >= 32 && code != 127)
        return false;
    snprintf(numbers[0], sizeof numbers[0], "%u", (unsigned)code);
    snprintf(numbers[1], sizeof numbers[1], "%02x", (unsigned)code);
    for (int i = 0; i < 2; i++) {
        ptrdiff_t size = (ptrdiff_t)strlen(numbers[i]);
        const unsigned char *at = name.end - size;
        if (name.end - name.at > size && !memcmp(at, numbers[i], (size_t)size))
            return at[-1] < '0' || at[-1] > '9';
    }
    return false;
}

/* "noteheads.s2": so are variants of symbols called, of which music is full. */
static bool is_variant(struct span name)
{
    return memchr(name.at, '.', (size_t)(name.end - name.at)) != NULL;
}

bool codenames_slot(struct simple *s, uint32_t code)
{
    struct font_slot *slot = s->slots + code;
    const struct fontfile_name *name = s->names + code;
    uint32_t unicode[FONT_UNICODE], number;
    if (name->unicode)
        return simplefont_set(s, slot, &name->unicode, 1);
    if (!name->name.at || syntax_is(name->name, ".notdef")) {
        slot->unmapped = !name->name.at && (s->closed || s->drawn[code]);
        return !slot->unmapped || !s->shown[code] ||
               simplefont_set(s, slot, s->shown + code, 1);
    }
    size_t count = glyphname_unicode(name->name, s->dingbats, unicode, FONT_UNICODE);
    if (count == 0 && s->numeric && glyphname_number(name->name, s->hex, &number)) {
        *unicode = number;
        count = 1;
    }
    if (count == 0 && s->codes && name_is_a_number(name->name)) {
        *unicode = code;
        count = 1;
    }
    if (count == 0 && s->characters[code]) {
        *unicode = s->characters[code];
        count = 1;
    }
    if (count > 0)
        return simplefont_set(s, slot, unicode, count);
    if (s->shown[code])
        return simplefont_set(s, slot, s->shown + code, 1);
    bool lost = name_is_a_number(name->name) && !is_control(name->name, code);
    slot->flags = lost ? FONT_LOST : 0;
    slot->unmapped = lost || !is_variant(name->name);
    return true;
}

/* A symbolic TrueType font whose encoding is its own: what its file tells comes first;
 * without that WinAnsi is a guess, which holds for letters. */
static void simple_symbolic(struct simple *s)
{
    uint32_t unicode[256];
    enum encoding e;
    if (!file_is_truetype(s) || simple_explicit(s, &e) ||
        !simple_shows(s, unicode))
        return;
    for (int code = 0; code < 256; code++)
        if (!s->named[code] && unicode[code])
            s->names[code] = (struct fontfile_name){ { NULL, NULL }, unicode[code] };
}

/* Codes that TrueType draws something for, in a font that has no ToUnicode: with one,
 * those that it leaves out are blanks as a rule. */
static void simple_drawn(struct simple *s)
{
    for (int code = 0; code < 256; code++)
        if (s->mapped[code])
            return;
    if (file_is_truetype(s))
        fontfile_draws(&s->file, simple_is_symbolic(s), s->drawn);
}

/* A TrueType program shows codes whose names mean nothing by their numbers (9.6.6.4).
 * What it knows of private use only has no meaning. */
static void simple_shown(struct simple *s)
{
    if (!file_is_truetype(s) || !simple_shows(s, s->shown))
        memset(s->shown, 0, sizeof s->shown);
    for (int code = 0; code < 256; code++)
        if (s->shown[code] >= 0xE000 && s->shown[code] < 0xF900)
            s->shown[code] = 0;
}

/* Whether the font file is needed: for a code that has a width, and no name or character
 * yet. To unpack it costs more than all the rest. */
static bool simple_needs_file(struct simple *s)
{
    enum encoding e;
    if (!s->embedded || simple_explicit(s, &e))
        return false;
    for (int code = 0; code < 256; code++)
        if (!s->named[code] && !s->mapped[code] &&
            (!s->widths || fabsf(s->slots[code].width) > 0))
            return true;
    return false;
}

void codenames_find(struct simple *s)
{
    enum encoding e;
    bool open = s->asked || simple_needs_file(s);
    if (open)
        fontfile_open(s->m, s->descriptor, &s->file);
    s->closed = s->embedded && !open && !s->m->font->type3 && !simple_explicit(s, &e);
    if (!s->closed)
        simple_base(s);
    simple_symbolic(s);
    simple_drawn(s);
    for (int numeral = 0; numeral < NUMERALS && !s->numeric && !s->codes; numeral++)
        s->codes = names_are_codes(s, (enum numeral)numeral);
    if (!s->numeric && !s->codes)
        names_as_characters(s);
    if (s->asked)
        simple_shown(s);
}
