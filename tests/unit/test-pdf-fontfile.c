/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-fontfile.c - what TrueType and CFF programs tell of their glyphs; whole, cut
 * anywhere, and with each byte changed. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/cff.h"
#include "pdf/truetype.h"

/* Tables cmap (formats 4, 6 and 12), maxp and post (format 2), of 7 glyphs. */
static const unsigned char truetype[] = {
    0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0x63, 0x6D, 0x61, 0x70, 0, 0, 0, 0, 0, 0, 0,
    0x3C, 0, 0, 0, 0x66, 0x6D, 0x61, 0x78, 0x70, 0, 0, 0, 0, 0, 0, 0, 0xA2, 0, 0, 0, 6,
    0x70, 0x6F, 0x73, 0x74, 0, 0, 0, 0, 0, 0, 0, 0xA8, 0, 0, 0, 0x3E, 0, 0, 0, 3, 0, 1,
    0, 0, 0, 0, 0, 0x3C, 0, 3, 0, 1, 0, 0, 0, 0x1C, 0, 3, 0, 0x0A, 0, 0, 0, 0x4A, 0, 4,
    0, 0x20, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0x42, 0xFF, 0xFF, 0, 0, 0, 0x41, 0xFF,
    0xFF, 0xFF, 0xC2, 0, 1, 0, 0, 0, 0, 0, 6, 0, 0x0E, 0, 0, 0, 0x41, 0, 2, 0, 3, 0, 4,
    0, 0x0C, 0, 0, 0, 0, 0, 0x1C, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0xF6, 0, 0, 1, 0xF6, 1,
    0, 0, 0, 5, 0, 1, 0, 0, 0, 7, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 1, 0, 3, 0, 0x24, 0, 0x25,
    1, 2, 1, 3, 5, 0x61, 0x6C, 0x70, 0x68, 0x61, 7, 0x75, 0x6E, 0x69, 0x30, 0x30, 0x34,
    0x32,
};

/* Glyphs A, alpha and f_i by names; codes from 0x41 on, and one more, 0x50. */
static const unsigned char cff[] = {
    1, 0, 4, 1, 0, 1, 1, 1, 2, 0x58, 0, 1, 1, 1, 0x13, 0x1D, 0, 0, 0, 0x31, 0x0F, 0x1D,
    0, 0, 0, 0x38, 0x10, 0x1D, 0, 0, 0, 0x41, 0x11, 0, 2, 1, 1, 6, 9, 0x61, 0x6C, 0x70,
    0x68, 0x61, 0x66, 0x5F, 0x69, 0, 0, 0, 0, 0x22, 1, 0x87, 1, 0x88, 0x80, 3, 0x41,
    0x42, 0x43, 1, 0x50, 1, 0x87, 0, 4, 1, 1, 2, 3, 4, 5, 0x0E, 0x0E, 0x0E, 0x0E,
};

/* SIZE bytes of DATA in memory of just that size, to be freed. */
static struct span copy(const unsigned char *data, size_t size)
{
    unsigned char *bytes = malloc(size ? size : 1);
    memcpy(bytes, data, size);
    return (struct span){ bytes, bytes + size };
}

static void read_all(struct span file)
{
    struct truetype t;
    struct cff c;
    uint32_t glyphs[256], unicode[32];
    uint16_t sids[32] = { 0 }, codes[256];
    if (truetype_open(file, &t)) {
        truetype_unicode(&t, unicode, 32);
        truetype_codes(&t, true, glyphs);
    }
    if (cff_open(file, &c) && c.glyphs <= 32) {
        cff_charset(&c, sids, 32);
        cff_encoding(&c, sids, codes);
        for (uint32_t i = 0; i < c.glyphs; i++) {
            struct span name;
            cff_name(&c, sids[i], &name, unicode);
            cr_assert(!name.at || (name.at >= file.at && name.end <= file.end));
        }
    }
}

static void damage(const unsigned char *data, size_t size)
{
    for (size_t cut = 0; cut < size; cut++) {
        struct span s = copy(data, cut);
        read_all(s);
        free((void *)s.at);
    }
    for (size_t i = 0; i < 3 * size; i++) {
        struct span s = copy(data, size);
        unsigned char *bytes = (unsigned char *)s.at;
        bytes[i / 3] = i % 3 == 0 ? 0xFF : i % 3 == 1 ? 0 : bytes[i / 3] ^ 0x81;
        read_all(s);
        free(bytes);
    }
}

/* Puts the glyphs of codes below 0x300 into an array. */
static void put_low(void *ctx, uint32_t code, uint32_t glyph)
{
    if (code < 0x300)
        ((uint32_t *)ctx)[code] = glyph;
}

/* Walks a font of one table, "cmap", of one subtable for Unicode: its SIZE bytes BYTES,
 * with MORE zeros between the first FIRST of them and the others. Then cut anywhere. */
static void walk_subtable(const unsigned char *bytes, size_t first, size_t more, size_t size,
                          uint32_t glyphs[0x300])
{
    static const unsigned char head[] = { 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 'c', 'm', 'a',
                                          'p', 0, 0, 0, 0, 0, 0, 0, 28, 0, 0, 16, 0, 0, 0,
                                          0, 1, 0, 3, 0, 1, 0, 0, 0, 12 };
    unsigned char file[1024] = { 0 };
    struct truetype t;
    memcpy(file, head, sizeof head);
    memcpy(file + sizeof head, bytes, first);
    memcpy(file + sizeof head + first + more, bytes + first, size - first);
    size_t whole = sizeof head + size + more;
    for (size_t cut = sizeof head; cut <= whole; cut++) {
        struct span s = copy(file, cut);
        memset(glyphs, 0, 0x300 * sizeof *glyphs);
        if (truetype_open(s, &t))
            truetype_walk(&t, 3, 1, put_low, glyphs);
        free((void *)s.at);
    }
}

Test(truetype, formats)
{
    static const unsigned char of_bytes[] = { 0, 0, 0, 6, 0, 0, 7, 9 };
    /* Codes of one byte from 0x41 on; 0x0181 and 0x0182 by a second subheader. */
    static const unsigned char mixed[] = {
        0, 2, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0x41, 0, 2, 0, 0, 0, 10, 0, 0x81, 0, 2, 0, 5,
        0, 6, 0, 3, 0, 4, 0, 10, 0, 0
    };
    static const unsigned char trimmed[] = { 0, 6, 0, 14, 0, 0, 0, 0x41, 0, 2, 0, 3, 0, 4 };
    static const unsigned char array[] = { 0, 10, 0, 0, 0, 0, 0, 24, 0, 0, 0, 0,
                                           0, 0, 0, 0x41, 0, 0, 0, 2, 0, 3, 0, 4 };
    static const unsigned char groups[] = { 0, 12, 0, 0, 0, 0, 0, 28, 0, 0, 0, 0, 0, 0,
                                            0, 1, 0, 0, 0, 0x41, 0, 0, 0, 0x42, 0, 0, 0, 3 };
    uint32_t glyphs[0x300];
    walk_subtable(of_bytes, 6, 0x41, sizeof of_bytes, glyphs);
    cr_assert(glyphs[0x41] == 7 && glyphs[0x42] == 9 && glyphs[0x40] == 0);
    /* The keys of 254 more first bytes stand behind the tenth byte. */
    walk_subtable(mixed, 10, 508, sizeof mixed, glyphs);
    cr_assert(glyphs[0x41] == 3 && glyphs[0x42] == 4 && glyphs[0x43] == 0);
    cr_assert(glyphs[0x181] == 15 && glyphs[0x182] == 0 && glyphs[0x81] == 0);
    walk_subtable(trimmed, sizeof trimmed, 0, sizeof trimmed, glyphs);
    cr_assert(glyphs[0x41] == 3 && glyphs[0x42] == 4);
    walk_subtable(array, sizeof array, 0, sizeof array, glyphs);
    cr_assert(glyphs[0x41] == 3 && glyphs[0x42] == 4);
    walk_subtable(groups, sizeof groups, 0, sizeof groups, glyphs);
    cr_assert(glyphs[0x41] == 3 && glyphs[0x42] == 4 && glyphs[0x43] == 0);
    unsigned char same[sizeof groups];
    memcpy(same, groups, sizeof same);
    same[1] = 13;
    walk_subtable(same, sizeof same, 0, sizeof same, glyphs);
    cr_assert(glyphs[0x41] == 3 && glyphs[0x42] == 3);
}

Test(truetype, glyphs)
{
    struct truetype t;
    uint32_t unicode[16], glyphs[256];
    struct span file = { truetype, truetype + sizeof truetype };
    cr_assert(truetype_open(file, &t));
    cr_assert_eq(t.glyphs, 7);
    /* 0x1F600 by format 12; A and B are not in it: by names of "post". */
    cr_assert_eq(truetype_unicode(&t, unicode, 16), 5);
    cr_assert_eq(unicode[5], 0x1F600);
    cr_assert_eq(unicode[6], 0x1F601);
    cr_assert_eq(unicode[2], ' ');
    cr_assert_eq(unicode[3], 'A');
    cr_assert_eq(unicode[4], 'B');
    cr_assert(truetype_codes(&t, false, glyphs));
    cr_assert(glyphs['A'] == 3 && glyphs['B'] == 4 && glyphs['C'] == 0);
    damage(truetype, sizeof truetype);
}

Test(cff, names)
{
    struct cff c;
    uint16_t sids[4], codes[256];
    struct span file = { cff, cff + sizeof cff }, name;
    uint32_t unicode;
    cr_assert(cff_open(file, &c));
    cr_assert(c.glyphs == 4 && !c.by_cid);
    cff_charset(&c, sids, 4);
    cff_name(&c, sids[1], &name, &unicode);
    cr_assert_eq(unicode, 'A');
    cff_name(&c, sids[3], &name, &unicode);
    cr_assert(syntax_is(name, "f_i"));
    cr_assert(cff_encoding(&c, sids, codes));
    cff_name(&c, codes[0x42], &name, &unicode);
    cr_assert(syntax_is(name, "alpha"));
    cr_assert_eq(codes[0x50], 391);
    cr_assert_eq(codes[0x44], 0);
    damage(cff, sizeof cff);
}
