/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archivename.c - each code page in question is tried, and what comes out is
 * looked at: too little text for a guess by the frequency of letters. */
#include <config.h>

#include "format/archivename.h"

#include <stdint.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/codepage.h"

enum archivename_script { LATIN, CYRILLIC, JAPANESE, CHINESE, KOREAN };

static const struct {
    unsigned page;
    enum archivename_script script;
} archivename_pages[] = {
    /* Among equals the earlier. */
    { 437, LATIN },    { 1252, LATIN },  { 866, CYRILLIC }, { 1251, CYRILLIC },
    { 932, JAPANESE }, { 949, KOREAN },  { 936, CHINESE },  { 950, CHINESE },
};

/* One character of UTF-8 that is known to be valid. */
static uint32_t archivename_next(const unsigned char **p)
{
    uint32_t c = *(*p)++;
    int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
    if (more)
        c &= 0x3fu >> more;
    while (more-- > 0)
        c = c << 6 | (*(*p)++ & 0x3f);
    return c;
}

/* Whether C is what names in SCRIPT are made of. RUN: the characters beyond
 * ASCII that stand in a row up to C. */
static bool archivename_fits(enum archivename_script script, uint32_t c, int run)
{
    switch (script) {
    case LATIN: /* hardly three accents in a row */
        return c >= 0xc0 && c <= 0xff && c != 0xd7 && c != 0xf7 && run < 3;
    case CYRILLIC:
        return (c >= 0x410 && c <= 0x44f) || c == 0x401 || c == 0x451;
    case JAPANESE:
        return (c >= 0x3001 && c <= 0x30ff) || (c >= 0x4e00 && c <= 0x9fff);
    case KOREAN:
        return c >= 0xac00 && c <= 0xd7a3;
    case CHINESE:
        return (c >= 0x3001 && c <= 0x3011) || (c >= 0x4e00 && c <= 0x9fff);
    }
    return false;
}

/* How many in a thousand of the characters beyond ASCII fit. */
static unsigned archivename_score(enum archivename_script script,
                                  const struct buffer *text)
{
    const unsigned char *p = (const unsigned char *)text->data, *end = p + text->size;
    uint64_t all = 0, good = 0;
    int run = 0;
    while (p < end) {
        uint32_t c = archivename_next(&p);
        if (c < 0x80) {
            run = 0;
            continue;
        }
        run++;
        all++;
        good += archivename_fits(script, c, run);
    }
    return all ? (unsigned)(good * 1000 / all) : 0;
}

unsigned archivename_page(const unsigned char *data, size_t size)
{
    unsigned best = 0, page = archivename_pages[0].page;
    for (size_t i = 0; i < sizeof archivename_pages / sizeof *archivename_pages; i++) {
        struct buffer text = { 0 };
        codepage_append(&text, archivename_pages[i].page, data, size);
        unsigned score = archivename_score(archivename_pages[i].script, &text);
        buffer_free(&text);
        if (score > best) {
            best = score;
            page = archivename_pages[i].page;
        }
    }
    return page;
}

bool archivename_is_foreign(const char *name)
{
    size_t size = strlen(name);
    return utf8_valid_prefix(name, size) != size;
}

char *archivename_convert(const char *name, unsigned page)
{
    struct buffer text = { 0 };
    codepage_append(&text, page, (const unsigned char *)name, strlen(name));
    char *converted = xstrndup(text.data ? text.data : "", text.size);
    buffer_free(&text);
    return converted;
}
