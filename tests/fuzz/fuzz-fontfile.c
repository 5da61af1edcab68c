/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-fontfile.c - the bytes are a font program: TrueType, CFF, and Type 1. */
#include <config.h>

#include <stdlib.h>

#include "fuzz.h"
#include "pdf/cff.h"
#include "pdf/glyphname.h"
#include "pdf/truetype.h"
#include "pdf/type1.h"

const char *const fuzz_corpus[] = { NULL };

static void must_be_inside(struct span part, struct span whole)
{
    fuzz_must(part.at >= whole.at && part.at <= part.end && part.end <= whole.end);
    uint32_t unicode[4];
    fuzz_must(glyphname_unicode(part, true, unicode, 4) <= 4);
}

static void cff(struct span file)
{
    struct cff c;
    uint16_t codes[256];
    if (!cff_open(file, &c))
        return;
    fuzz_must(c.glyphs > 0 && c.glyphs < 65536);
    uint16_t *sids = malloc(c.glyphs * sizeof *sids);
    if (!sids)
        return;
    cff_charset(&c, sids, c.glyphs);
    cff_encoding(&c, sids, codes);
    for (uint32_t i = 0; i < c.glyphs && i < 512; i++) {
        struct span name;
        uint32_t unicode;
        cff_name(&c, sids[i], &name, &unicode);
        fuzz_must(!name.at || unicode == 0);
        if (name.at)
            must_be_inside(name, file);
    }
    free(sids);
}

static void truetype(struct span file)
{
    struct truetype t;
    uint32_t glyphs[256];
    if (!truetype_open(file, &t))
        return;
    uint32_t *unicode = malloc(t.glyphs * sizeof *unicode);
    if (!unicode)
        return;
    fuzz_must(truetype_unicode(&t, unicode, t.glyphs) <= t.glyphs);
    for (uint32_t i = 0; i < t.glyphs; i++)
        fuzz_must(unicode[i] <= 0x1FFFFF + 65535);
    truetype_codes(&t, true, glyphs);
    truetype_codes(&t, false, glyphs);
    free(unicode);
    cff(t.cff);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span file = { data, data + size }, names[256];
    truetype(file);
    cff(file);
    if (type1_encoding(file, names) == TYPE1_OWN)
        for (int i = 0; i < 256; i++)
            if (names[i].at)
                must_be_inside(names[i], file);
    return 0;
}
