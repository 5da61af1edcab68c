/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plausible.c - tells text from binary data, in UTF-8, UTF-16, UTF-32 and
 * the families of old charsets, without knowing which of them it is. */
#include <config.h>

#include "format/plausible.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/wide.h"

/* What is enough to see how NULs are spread. */
#define WIDE_SAMPLE 4096
#define WIDE_START 64

#define HOLED_SAMPLE 4096

/* --- control characters --- */

/* Those that texts have: BEL (terminal logs), BS (manual pages with
 * overstrike), TAB, LF, VT, FF, CR, ESC (colours, ISO-2022). */
static bool is_odd_control(uint32_t c)
{
    return (c < 0x20 && !(c >= 7 && c <= 13) && c != 0x1b) || c == 0x7f;
}

static size_t count_odd_controls(const unsigned char *data, size_t size)
{
    size_t count = 0;
    for (size_t i = 0; i < size; i++)
        count += is_odd_control(data[i]);
    return count;
}

/* --- UTF-16 and UTF-32 --- */

const char *plausible_mark(const unsigned char *data, size_t size, size_t *mark)
{
    static const struct {
        const char *bytes;
        size_t size;
        const char *name;
    } marks[] = {
        {"\xef\xbb\xbf", 3, "UTF-8"},
        {"\xff\xfe\0\0", 4, "UTF-32LE"}, /* before the mark of UTF-16LE */
        {"\0\0\xfe\xff", 4, "UTF-32BE"},
        {"\xff\xfe", 2, "UTF-16LE"},
        {"\xfe\xff", 2, "UTF-16BE"},
    };
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (size >= marks[i].size
            && memcmp(data, marks[i].bytes, marks[i].size) == 0) {
            *mark = marks[i].size;
            return marks[i].name;
        }
    }
    *mark = 0;
    return NULL;
}

static uint32_t unit_at(const unsigned char *p, size_t width, bool big)
{
    uint32_t value = 0;
    for (size_t i = 0; i < width; i++)
        value |= (uint32_t)p[big ? width - 1 - i : i] << (8 * i);
    return value;
}

/* Whether the units are characters, and at most one in ODD_SHARE (0: none)
 * of them an odd control. */
static bool wide_is_text(const unsigned char *data, size_t size, size_t width,
                         bool big, size_t odd_share)
{
    size_t units = size / width, odd = 0;
    for (size_t i = 0; i < units; i++) {
        uint32_t c = unit_at(data + i * width, width, big);
        if (width == 2 && c >= 0xd800 && c < 0xdc00) {
            if (i + 1 == units)
                break; /* cut, as the head of a file may be */
            uint32_t low = unit_at(data + ++i * width, width, big);
            if (low < 0xdc00 || low > 0xdfff)
                return false;
        } else if ((c >= 0xd800 && c < 0xe000) || c > 0x10ffff
                   || (c & 0xfffe) == 0xfffe) {
            return false;
        } else {
            odd += is_odd_control(c) || (c >= 0x80 && c < 0xa0);
        }
    }
    return odd * odd_share <= units && (odd_share > 0 || odd == 0);
}

/* Half of a Latin text in UTF-16 are NULs. In other scripts the blanks and
 * line ends alone have one, which takes more of them to tell from chance. */
static bool nuls_are_high_halves(size_t high, size_t low, size_t pairs)
{
    return low * 20 <= high
           && (high * 10 >= pairs * 6 || (high >= 16 && high * 10 >= pairs));
}

static bool has_high(const unsigned char *data, size_t size)
{
    unsigned char all = 0;
    for (size_t i = 0; i < size; i++)
        all |= data[i];
    return all >= 0x80;
}

/* Whether bytes without a NUL are UTF-8 rather than UTF-16, whose first units
 * have control characters for halves or are not valid. */
static bool is_plain(const unsigned char *data, size_t size)
{
    size_t start = size < WIDE_START ? size : WIDE_START;
    return count_odd_controls(data, start) == 0 &&
           (!has_high(data, start) ||
            utf8_valid_prefix((const char *)data, size) + 3 >= size);
}

const char *plausible_wide(const unsigned char *data, size_t size)
{
    /* NULs at each of the four places of a UTF-32 unit. */
    size_t nuls[4] = {0};
    size_t sample = (size < WIDE_SAMPLE ? size : WIDE_SAMPLE) & ~(size_t)3;
    if (sample == 0)
        sample = size & ~(size_t)1;
    if (memchr(data, '\0', sample) == NULL && is_plain(data, sample))
        return NULL;
    for (size_t i = 0; i < sample; i++)
        nuls[i & 3] += data[i] == 0;
    size_t even = nuls[0] + nuls[2], odd = nuls[1] + nuls[3];
    size_t quads = sample / 4, pairs = sample / 2;
    /* Half of the characters are of the first plane. */
    if (quads > 1 && nuls[3] == quads && nuls[2] * 2 >= quads
        && nuls[0] * 3 <= quads && wide_is_quads(data, sample, false)
        && wide_is_text(data, sample, 4, false, 0))
        return "UTF-32LE";
    if (quads > 1 && nuls[0] == quads && nuls[1] * 2 >= quads
        && nuls[3] * 3 <= quads && wide_is_quads(data, sample, true)
        && wide_is_text(data, sample, 4, true, 0))
        return "UTF-32BE";
    if (nuls_are_high_halves(odd, even, pairs)
        && wide_is_text(data, sample, 2, false, 0))
        return "UTF-16LE";
    if (nuls_are_high_halves(even, odd, pairs)
        && wide_is_text(data, sample, 2, true, 0))
        return "UTF-16BE";
    sample = (size < WIDE_SAMPLE ? size : WIDE_SAMPLE) & ~(size_t)1;
    if (wide_is_script(data, sample, false)
        && wide_is_text(data, sample, 2, false, 0))
        return "UTF-16LE";
    if (wide_is_script(data, sample, true)
        && wide_is_text(data, sample, 2, true, 0))
        return "UTF-16BE";
    return NULL;
}

static bool marked_is_text(const char *name, const unsigned char *data,
                           size_t size)
{
    size_t width = strncmp(name, "UTF-32", 6) == 0 ? 4 : 2;
    return wide_is_text(data, size, width, name[strlen(name) - 2] == 'B', 50);
}

/* --- UTF-8 --- */

bool plausible_mostly_utf8(const unsigned char *data, size_t size)
{
    const char *text = (const char *)data;
    size_t characters = 0, bad = 0, tail;
    utf8_ends_inside(text, size, &tail);
    size -= tail;
    for (size_t i = 0; i < size;) {
        size_t valid = utf8_valid_prefix(text + i, size - i);
        for (size_t end = i + valid; i < end; i++)
            characters += data[i] >= 0xc0;
        if (i < size) {
            bad++;
            i++;
        }
    }
    return characters > 0 && bad * 10 <= characters;
}

/* --- the old charsets --- */

/* Which bytes above ASCII a family of charsets uses in ordinary text. Ranges
 * are pairs, 0 ends them. A family of two bytes has trail ranges. */
struct family {
    unsigned char lead[13];
    unsigned char trail[5];
    bool quads; /* a lead and a digit, twice, are a character too; and as such
                 * a family fits much, not one byte may be wrong */
};

static const struct family families[] = {
    {{0xa1, 0xfe}, {0xa1, 0xfe}, false},                  /* EUC, GB 2312 */
    {{0xa1, 0xf9}, {0x40, 0x7e, 0xa1, 0xfe}, false},      /* Big5 */
    {{0x81, 0x9f, 0xe0, 0xef}, {0x40, 0x7e, 0x80, 0xfc}, false}, /* Shift JIS */
    {{0x81, 0xfe}, {0x40, 0x7e, 0x80, 0xfe}, true},       /* GB 18030, GBK */
    {{0xc0, 0xff}, {0}, false}, /* KOI8, Windows Cyrillic, ISO Greek */
    {{0xaf, 0xb4, 0xba, 0xff}, {0}, false}, /* Windows, with Ukrainian letters */
    {{0xa1, 0xa2, 0xa8, 0xa8, 0xb2, 0xb3, 0xb8, 0xb8, 0xc0, 0xff}, {0},
     false}, /* Windows, with Belarusian letters */
    {{0x90, 0x90, 0x9a, 0x9f, 0xa3, 0xa3, 0xbc, 0xbe, 0xc0, 0xff}, {0},
     false}, /* Windows, with Serbian and Macedonian letters */
    {{0xa4, 0xa7, 0xad, 0xad, 0xc0, 0xff}, {0}, false}, /* KOI8-U */
    {{0x80, 0xaf, 0xe0, 0xf1}, {0}, false}, /* DOS Cyrillic */
    {{0xb0, 0xf1}, {0}, false},             /* ISO Cyrillic */
    {{0x80, 0x9f, 0xdd, 0xff}, {0}, false}, /* Mac Cyrillic */
    {{0x80, 0x9f, 0xb4, 0xb4, 0xb8, 0xbb, 0xdd, 0xff}, {0},
     false}, /* Mac Cyrillic, with Ukrainian letters */
    {{0xa1, 0xda, 0xdf, 0xfb}, {0}, false}, /* Thai */
};

static bool in_ranges(const unsigned char *ranges, unsigned char c)
{
    for (; ranges[0] != 0; ranges += 2) {
        if (c >= ranges[0] && c <= ranges[1])
            return true;
    }
    return false;
}

/* Whether the four bytes at DATA are one character of GB 18030; also when the
 * end cuts it. */
static bool is_quad(const unsigned char *data, size_t size)
{
    return data[1] >= '0' && data[1] <= '9' &&
           (size < 3 || (data[2] >= 0x81 && data[2] <= 0xfe)) &&
           (size < 4 || (data[3] >= '0' && data[3] <= '9'));
}

static bool family_fits(const struct family *family, const unsigned char *data,
                        size_t size)
{
    bool is_double = family->trail[0] != 0;
    size_t good = 0, bad = 0;
    for (size_t i = 0; i < size; i++) {
        if (data[i] < 0x80)
            continue;
        if (!in_ranges(family->lead, data[i])) {
            bad++;
        } else if (is_double) {
            if (i + 1 == size)
                break; /* cut */
            if (in_ranges(family->trail, data[i + 1])) {
                good++;
                i++;
            } else if (family->quads && is_quad(data + i, size - i)) {
                good++;
                i += 3;
            } else {
                bad++;
            }
        } else {
            good++;
        }
    }
    if (family->quads)
        return bad == 0;
    /* Two bytes that fit say more than one does. */
    return bad * (is_double ? 10 : 20) <= good;
}

static bool legacy_is_text(const unsigned char *data, size_t size)
{
    size_t high = 0;
    for (size_t i = 0; i < size; i++)
        high += data[i] >= 0x80;
    /* Latin letters with accents: half of random bytes are high, which one
     * text in many would be if a third of it were. */
    if (high * 10 <= size * 3)
        return true;
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++) {
        if (family_fits(&families[i], data, size))
            return true;
    }
    return false;
}

bool charset_is_plausible(const unsigned char *head, size_t size, bool is_cut)
{
    size_t mark, tail = 0;
    const char *name = plausible_mark(head, size, &mark);
    if (name != NULL && mark != 3)
        return marked_is_text(name, head + mark, size - mark);
    if (plausible_wide(head, size) != NULL)
        return true;
    head += mark;
    size -= mark;
    if (memchr(head, '\0', size) != NULL)
        return false;
    if (size > 0 && head[size - 1] == 0x1a)
        size--; /* the end of a text under DOS */
    size_t odd = count_odd_controls(head, size);
    const char *text = (const char *)head;
    if (is_cut)
        utf8_ends_inside(text, size, &tail);
    /* ISO-2022-KR (RFC 1557) turns to Korean and back by two of them. */
    if (size >= 4 && memcmp(head, "\x1b$)C", 4) == 0)
        odd = 0;
    if (utf8_valid_prefix(text, size - tail) == size - tail
        || plausible_mostly_utf8(head, size))
        return odd * 50 <= size;
    return odd * 200 <= size && legacy_is_text(head, size);
}

bool charset_is_holed(const unsigned char *data, size_t size)
{
    unsigned char rest[HOLED_SAMPLE];
    size_t kept = 0, holes = 0, tail;
    if (size > sizeof rest)
        size = sizeof rest;
    if (size == 0 || data[0] == 0)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (data[i] == 0)
            holes += data[i - 1] != 0;
        else if (is_odd_control(data[i])) /* soon, in most binary data */
            return false;
        else
            rest[kept++] = data[i];
    }
    if (holes == 0 || holes > 1 + kept / 20 || memchr(rest, '\n', kept) == NULL)
        return false;
    utf8_ends_inside((const char *)rest, kept, &tail);
    return utf8_valid_prefix((const char *)rest, kept - tail) == kept - tail;
}
