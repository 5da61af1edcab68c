/* SPDX-License-Identifier: GPL-3.0-or-later */
/* glyphname.c - the large list has a table of hashes, since manuals have thousands of
 * fonts with names; the small one is searched as it stands, by halving the text; then come
 * the rules of "Unicode and Glyph Names" (Adobe Glyph List Specification 1.7). */
#include <config.h>

#include "pdf/glyphname.h"

#include <pthread.h>
#include <string.h>

/* The longest name of a list, and longer than what the rules make sense of. */
#define GLYPHNAME_LONGEST 128

static size_t span_size(struct span s)
{
    return (size_t)(s.end - s.at);
}

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_letter(unsigned char c)
{
    c |= 0x20;
    return c >= 'a' && c <= 'z';
}

/* As strcmp of NAME and the entry's name. */
static int entry_compare(struct span name, const char *entry)
{
    size_t size = span_size(name);
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)entry[i];
        if (c == ';')
            return 1;
        if (name.at[i] != c)
            return name.at[i] < c ? -1 : 1;
    }
    return entry[size] == ';' ? 0 : -1;
}

static size_t entry_codes(const char *at, uint32_t *unicode, size_t room)
{
    size_t count = 0;
    while (count < room) {
        uint32_t code = 0;
        for (; *at != ',' && *at != ' '; at++)
            code = code << 4 | (uint32_t)hex_digit((unsigned char)*at);
        unicode[count++] = code;
        if (*at++ == ' ')
            break;
    }
    return count;
}

/* Where entries of glyphname_list begin, plus 1, by the hash of their names; 0: none. It
 * is filled by half. */
#define GLYPHNAME_PLACES (1u << 14)
static uint32_t name_places[GLYPHNAME_PLACES];

static uint32_t name_place(const unsigned char *name, size_t size)
{
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ name[i]) * 16777619u;
    return (hash ^ hash >> 15) % GLYPHNAME_PLACES;
}

static void name_places_fill(void)
{
    const char *list = glyphname_list.text, *end = list + glyphname_list.size;
    for (const char *at = list; at < end;) {
        const char *size = memchr(at, ';', (size_t)(end - at));
        uint32_t place = name_place((const unsigned char *)at, (size_t)(size - at));
        while (name_places[place])
            place = (place + 1) % GLYPHNAME_PLACES;
        name_places[place] = (uint32_t)(at - list) + 1;
        at = (const char *)memchr(size, ' ', (size_t)(end - size)) + 1;
    }
}

/* What NAME is in glyphname_list. */
static size_t name_find(struct span name, uint32_t *unicode, size_t room)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, name_places_fill);
    size_t size = span_size(name);
    for (uint32_t place = name_place(name.at, size); name_places[place];
         place = (place + 1) % GLYPHNAME_PLACES) {
        const char *entry = glyphname_list.text + name_places[place] - 1;
        if (entry_compare(name, entry) == 0)
            return entry_codes(entry + size + 1, unicode, room);
    }
    return 0;
}

/* What NAME is in glyphname_dingbats. */
static size_t dingbat_find(struct span name, uint32_t *unicode, size_t room)
{
    const char *list = glyphname_dingbats.text;
    size_t low = 0, high = glyphname_dingbats.size; /* starts of entries */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        while (middle > low && list[middle - 1] != ' ')
            middle--;
        int order = entry_compare(name, list + middle);
        if (order == 0)
            return entry_codes(list + middle + span_size(name) + 1, unicode, room);
        if (order < 0) {
            high = middle;
        } else {
            while (list[middle] != ' ')
                middle++;
            low = middle + 1;
        }
    }
    return 0;
}

static bool is_scalar(uint32_t code)
{
    return code > 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
}

/* The number of the hexadecimal DIGITS at AT; false: they are none. */
static bool hex_number(const unsigned char *at, size_t digits, uint32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < digits; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return false;
        *number = *number << 4 | (uint32_t)digit;
    }
    return digits > 0;
}

/* "uni0041", "uni00410042", "u1F600". */
static size_t name_by_code(struct span name, uint32_t *unicode, size_t room)
{
    size_t size = span_size(name), count = 0;
    uint32_t code;
    if (size >= 7 && size % 4 == 3 && !memcmp(name.at, "uni", 3)) {
        for (size_t i = 3; i < size && count < room; i += 4) {
            if (!hex_number(name.at + i, 4, &code) || !is_scalar(code))
                return 0;
            unicode[count++] = code;
        }
        return count;
    }
    if (size >= 5 && size <= 7 && name.at[0] == 'u' &&
        hex_number(name.at + 1, size - 1, &code) && is_scalar(code) && room > 0) {
        *unicode = code;
        return 1;
    }
    return 0;
}

/* TeX's large delimiters and operators: "parenleftbig", "summationdisplay". */
static size_t name_of_size(struct span name, uint32_t *unicode, size_t room)
{
    static const char *const sizes[] = { "big", "Big", "bigg", "Bigg", "text", "display" };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        size_t size = strlen(sizes[i]);
        if (span_size(name) <= size + 2 || memcmp(name.end - size, sizes[i], size) != 0)
            continue;
        struct span stem = { name.at, name.end - size };
        size_t count = name_find(stem, unicode, room);
        if (count > 0)
            return count;
    }
    return 0;
}

static size_t name_of_part(struct span name, bool dingbats, uint32_t *unicode, size_t room)
{
    size_t count = 0;
    if (name.end - name.at == 1 && is_letter(*name.at) && room > 0) {
        *unicode = *name.at; /* half of all names */
        return 1;
    }
    if (dingbats)
        count = dingbat_find(name, unicode, room);
    if (count == 0)
        count = name_find(name, unicode, room);
    if (count == 0)
        count = name_by_code(name, unicode, room);
    if (count == 0)
        count = name_of_size(name, unicode, room);
    return count;
}

size_t glyphname_unicode(struct span name, bool dingbats, uint32_t *unicode, size_t room)
{
    if (span_size(name) > GLYPHNAME_LONGEST || name.at == name.end)
        return 0;
    const unsigned char *dot = memchr(name.at, '.', span_size(name));
    if (dot)
        name.end = dot; /* "a.swash"; nothing is left of ".notdef" */
    size_t count = 0;
    while (name.at < name.end && count < room) {
        const unsigned char *bar = memchr(name.at, '_', span_size(name));
        struct span part = { name.at, bar ? bar : name.end };
        if (part.at < part.end)
            count += name_of_part(part, dingbats, unicode + count, room - count);
        name.at = bar ? bar + 1 : name.end;
    }
    return count;
}

uint32_t glyphname_one(struct span name)
{
    static const char *const ligatures[] = { "ff", "fi", "fl", "ffi", "ffl", NULL, "st" };
    uint32_t unicode[4];
    char letters[4] = { 0 };
    size_t count = glyphname_unicode(name, false, unicode, 4);
    if (count == 1)
        return *unicode;
    for (size_t i = 0; i < count && count < 4; i++)
        letters[i] = unicode[i] < 128 ? (char)unicode[i] : '?';
    for (uint32_t i = 0; i < sizeof ligatures / sizeof *ligatures; i++)
        if (ligatures[i] && !strcmp(letters, ligatures[i]))
            return 0xFB00 + i;
    return 0;
}

bool glyphname_is_hex(struct span name)
{
    if (span_size(name) == 3 && is_letter(*name.at))
        name.at++;
    uint32_t number;
    return span_size(name) == 2 && hex_number(name.at, 2, &number) &&
           (is_letter(name.at[0]) || is_letter(name.at[1]));
}

bool glyphname_number(struct span name, bool hex, uint32_t *number)
{
    const unsigned char *at = name.at, *end = name.end;
    if (hex) {
        if (end - at == 3 && is_letter(*at))
            at++;
        return end - at == 2 && hex_number(at, 2, number);
    }
    for (int i = 0; i < 2 && at < end && is_letter(*at); i++)
        at++;
    *number = 0;
    if (at == end || end - at > 7)
        return false;
    for (; at < end; at++) {
        if (*at < '0' || *at > '9')
            return false;
        *number = *number * 10 + (uint32_t)(*at - '0');
    }
    return true;
}
