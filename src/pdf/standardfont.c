/* SPDX-License-Identifier: GPL-3.0-or-later */
/* standardfont.c - names are compared without what tells families of foundries apart. */
#include <config.h>

#include "pdf/standardfont.h"

#include <string.h>

enum family { FAMILY_HELVETICA, FAMILY_TIMES, FAMILY_COURIER, FAMILY_SYMBOL, FAMILY_DINGBATS };

struct standardfont {
    enum family family;
    bool bold, italic;
    double ascent, descent;
};

/* Heights are poppler's: for all of a family those of its upright face. */
static const struct standardfont fonts[] = {
    { FAMILY_HELVETICA, false, false, 0.718, -0.207 },
    { FAMILY_HELVETICA, true, false, 0.718, -0.207 },
    { FAMILY_HELVETICA, false, true, 0.718, -0.207 },
    { FAMILY_HELVETICA, true, true, 0.718, -0.207 },
    { FAMILY_TIMES, false, false, 0.683, -0.217 },
    { FAMILY_TIMES, true, false, 0.683, -0.217 },
    { FAMILY_TIMES, false, true, 0.683, -0.217 },
    { FAMILY_TIMES, true, true, 0.683, -0.217 },
    { FAMILY_COURIER, false, false, 0.629, -0.157 },
    { FAMILY_COURIER, true, false, 0.629, -0.157 },
    { FAMILY_COURIER, false, true, 0.629, -0.157 },
    { FAMILY_COURIER, true, true, 0.629, -0.157 },
    { FAMILY_SYMBOL, false, false, 1.010, -0.293 },
    { FAMILY_DINGBATS, false, false, 0.820, -0.143 },
};

static const struct {
    const char *name;
    enum family family;
} families[] = {
    { "Helvetica", FAMILY_HELVETICA },         { "ArialUnicodeMS", FAMILY_HELVETICA },
    { "ArialMT", FAMILY_HELVETICA },           { "Arial", FAMILY_HELVETICA },
    { "TimesNewRomanPSMT", FAMILY_TIMES },     { "TimesNewRomanPS", FAMILY_TIMES },
    { "TimesNewRoman", FAMILY_TIMES },         { "Times", FAMILY_TIMES },
    { "CourierNewPSMT", FAMILY_COURIER },      { "CourierNewPS", FAMILY_COURIER },
    { "CourierNew", FAMILY_COURIER },          { "Courier", FAMILY_COURIER },
    { "SymbolMT", FAMILY_SYMBOL },             { "Symbol", FAMILY_SYMBOL },
    { "ZapfDingbats", FAMILY_DINGBATS },
};

/* What may stand behind a family's name. */
static const struct {
    const char *name;
    bool bold, italic;
} styles[] = {
    { "", false, false },
    { "Roman", false, false },
    { "Regular", false, false },
    { "Bold", true, false },
    { "BoldMT", true, false },
    { "Italic", false, true },
    { "ItalicMT", false, true },
    { "Oblique", false, true },
    { "BoldItalic", true, true },
    { "BoldItalicMT", true, true },
    { "BoldOblique", true, true },
};

static const struct standardfont *find(enum family family, bool bold, bool italic)
{
    if (family == FAMILY_SYMBOL || family == FAMILY_DINGBATS)
        bold = italic = false;
    for (size_t i = 0; i < sizeof fonts / sizeof *fonts; i++)
        if (fonts[i].family == family && fonts[i].bold == bold && fonts[i].italic == italic)
            return fonts + i;
    return NULL;
}

const struct standardfont *standardfont_find(struct span name)
{
    char plain[40];
    size_t size = 0;
    for (const unsigned char *p = name.at; p < name.end; p++)
        if (*p != ' ') {
            if (size == sizeof plain - 1)
                return NULL;
            plain[size++] = *p == ',' ? '-' : (char)*p;
        }
    plain[size] = '\0';
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        size_t length = strlen(families[i].name);
        if (strncmp(plain, families[i].name, length) != 0)
            continue;
        const char *style = plain + length + (plain[length] == '-');
        for (size_t j = 0; j < sizeof styles / sizeof *styles; j++)
            if (!strcmp(style, styles[j].name))
                return find(families[i].family, styles[j].bold, styles[j].italic);
    }
    return NULL;
}

const struct standardfont *standardfont_like(int64_t flags)
{
    enum family family = flags & 1   ? FAMILY_COURIER
                         : flags & 2 ? FAMILY_TIMES
                                     : FAMILY_HELVETICA;
    return find(family, flags & (1 << 18), flags & (1 << 6));
}

bool standardfont_is_symbolic(const struct standardfont *f)
{
    return f->family == FAMILY_SYMBOL || f->family == FAMILY_DINGBATS;
}

enum encoding standardfont_encoding(const struct standardfont *f)
{
    return f->family == FAMILY_SYMBOL     ? ENCODING_SYMBOL
           : f->family == FAMILY_DINGBATS ? ENCODING_DINGBATS
                                          : ENCODING_STANDARD;
}

double standardfont_width(const struct standardfont *f, unsigned code, uint32_t unicode)
{
    if (standardfont_is_symbolic(f)) {
        const uint16_t *widths = f->family == FAMILY_SYMBOL ? base_symbol_widths
                                                            : base_dingbats_widths;
        return widths[code & 255];
    }
    if (f->family == FAMILY_COURIER)
        return 600;
    size_t face = f->family == FAMILY_HELVETICA ? f->bold
                                                : 2 + (size_t)f->bold + 2 * f->italic;
    size_t low = 0, high = BASE_ROWS;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (base_rows[middle].unicode == unicode)
            return base_rows[middle].width[face];
        if (base_rows[middle].unicode < unicode)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

void standardfont_describe(const struct standardfont *f, double *ascent, double *descent)
{
    if (!f)
        return;
    *ascent = f->ascent;
    *descent = f->descent;
}
