/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-cmap.c - CMaps: well-formed, odd and hostile. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/cmap.h"
#include "pdf/cmapfiles.h"

static struct arena *arena;

static struct span text(const char *s)
{
    const unsigned char *at = (const unsigned char *)s;
    return (struct span){ at, at + strlen(s) };
}

static struct cmap *parse(const char *s)
{
    arena = arena_create(1 << 20);
    struct cmap *c = cmap_parse(text(s), arena, NULL, NULL);
    cr_assert_not_null(c);
    return c;
}

/* The only character of CODE; 0: none, 1: several. */
static uint32_t unicode(const struct cmap *c, uint32_t code)
{
    uint32_t all[CMAP_UNICODE];
    size_t count = cmap_unicode(c, code, all);
    return count == 1 ? *all : count > 1;
}

Test(cmap, to_unicode)
{
    struct cmap *c = parse("2 beginbfchar <41> <0391> <0042> <D83DDE00> endbfchar "
                           "4 beginbfrange <50> <52> <0061> <60> <61> [<0078> <00660069>] "
                           "<70> <72> <0066 0061> <5> <6> <30> endbfrange");
    uint32_t all[CMAP_UNICODE];
    cr_assert_eq(unicode(c, 0x41), 0x391);
    cr_assert_eq(unicode(c, 0x42), 0x1F600);
    cr_assert_eq(unicode(c, 0x52), 'c');
    cr_assert_eq(unicode(c, 0x53), 0);
    cr_assert_eq(unicode(c, 0x60), 'x');
    cr_assert_eq(cmap_unicode(c, 0x61, all), 2);
    cr_assert_eq(cmap_unicode(c, 0x72, all), 2);
    cr_assert(all[0] == 'f' && all[1] == 'c');
    cr_assert_eq(unicode(c, 6), 0x31);
    arena_destroy(arena);
}

Test(cmap, longest_to_unicode)
{
    for (size_t count = CMAP_UNICODE; count <= CMAP_UNICODE + 1; count++) {
        char text[64 + 4 * (CMAP_UNICODE + 1)] = "beginbfchar <41> <";
        for (size_t i = 0; i < count; i++)
            strcat(text, "0061");
        struct cmap *c = parse(strcat(text, "> endbfchar"));
        uint32_t all[CMAP_UNICODE];
        cr_assert_eq(cmap_unicode(c, 0x41, all), CMAP_UNICODE);
        cr_assert_eq(c->cut, count > CMAP_UNICODE);
        arena_destroy(arena);
    }
}

Test(cmap, later_entries_win)
{
    struct cmap *c = parse("beginbfrange <00> <FF> <0100> <41> <41> <0061> endbfrange "
                           "beginbfchar <41> <0062> <10> <0063> endbfchar");
    cr_assert_eq(unicode(c, 0x41), 'b');
    cr_assert_eq(unicode(c, 0x10), 'c');
    cr_assert_eq(unicode(c, 0x42), 0x142);
    arena_destroy(arena);
}

Test(cmap, codes_and_cids)
{
    struct cmap *c = parse("/WMode 1 def 2 begincodespacerange <00> <80> <8140> <9FFC> "
                           "endcodespacerange begincidrange <20> <7e> 1 <8140> <817e> 633 "
                           "endcidrange begincidchar <817f> 5 endcidchar");
    uint32_t code, cid;
    cr_assert(c->vertical);
    cr_assert_eq(cmap_next(c, text("A"), &code), 1);
    cr_assert(cmap_cid(c, code, 1, &cid) && cid == 34);
    cr_assert_eq(cmap_next(c, text("\x81\x41"), &code), 2);
    cr_assert(cmap_cid(c, code, 2, &cid) && cid == 634);
    cr_assert(cmap_cid(c, 0x817F, 2, &cid) && cid == 5);
    cr_assert_not(cmap_cid(c, 0x41, 2, &cid));
    cr_assert_eq(cmap_next(c, text("\x81"), &code), 1);
    cr_assert_eq(cmap_next(c, text("\xFF\x41"), &code), 1);
    cr_assert_eq(cmap_next(c, text("\x81\x20"), &code), 2);
    cr_assert_eq(cmap_next(c, text(""), &code), 0);
    arena_destroy(arena);
}

Test(cmap, hostile)
{
    const char *const bad[] = {
        "", "beginbfchar", "beginbfchar <41>", "beginbfrange <41> <42> [", "<",
        "beginbfrange <00> <FFFFFFFF> <0000> endbfrange",
        "beginbfrange <FFFFFFFF> <FFFFFFFF> [<41> <42>]",
        "begincidrange <00> <FFFFFFFF> 4294967295 endcidrange", "/X usecmap",
        "begincodespacerange <> <> <0000000000> <FFFFFFFFFF> endcodespacerange", "((((", "[[[",
        "beginbfchar <41> <D800> <42> <> endbfchar", "beginbfrange <42> <41> <0041> endbfrange"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct cmap *c = parse(bad[i]);
        uint32_t all[CMAP_UNICODE], code;
        cmap_unicode(c, 0x41, all);
        cmap_unicode(c, UINT32_MAX, all);
        cr_assert_eq(cmap_next(c, text("\xFF"), &code), 1);
        arena_destroy(arena);
    }
}

Test(cmap, arena_bounds_it)
{
    size_t size = 0, room = 1 << 20;
    char *many = malloc(room + 64);
    size = (size_t)sprintf(many, "beginbfchar ");
    for (unsigned i = 0; size < room; i++)
        size += (size_t)sprintf(many + size, "<%04X><0041>", (i * 7919) & 0xFFFF);
    arena = arena_create(64 << 10);
    struct span s = { (unsigned char *)many, (unsigned char *)many + size };
    cr_assert_null(cmap_parse(s, arena, NULL, NULL));
    cr_assert(arena_is_over(arena));
    arena_destroy(arena);
    arena = arena_create(8 << 20);
    struct cmap *c = cmap_parse(s, arena, NULL, NULL);
    cr_assert_not_null(c);
    cr_assert_eq(unicode(c, 7919), 'A');
    arena_destroy(arena);
    free(many);
}

Test(cmapfiles, predefined)
{
    struct cmapfiles *f = cmapfiles_create(NULL);
    const char *from = NULL;
    const struct cmap *c = cmapfiles_cmap(f, NULL, text("90ms-RKSJ-V"), &from);
    if (!c)
        cr_skip("poppler-data is not installed");
    cr_assert_str_eq(from, "Adobe-Japan1");
    cr_assert(c->vertical && c->base && !c->base->vertical);
    uint32_t code, cid;
    struct span kanji = text("\x88\x9F");
    cr_assert_eq(cmap_next(c, kanji, &code), 2);
    cr_assert(cmap_cid(c, code, 2, &cid));
    size_t count;
    const uint32_t *cids = cmapfiles_cids(f, from, &count);
    cr_assert(cid < count && cids[cid] == 0x4E9C);
    cr_assert_eq(cids[115], 0x2020, "which poppler's list has not");
    cr_assert_eq(cids[0], 0);
    cr_assert_eq(cmapfiles_cmap(f, NULL, text("90ms-RKSJ-V"), NULL), c);
    cr_assert_null(cmapfiles_cmap(f, NULL, text("../../../etc/passwd"), NULL));
    cr_assert_null(cmapfiles_cmap(f, NULL, text("No-Such-H"), NULL));
    cr_assert_null(cmapfiles_cids(f, "Adobe-Identity", &count));
    cids = cmapfiles_cids(f, "Adobe-KR", &count);
    cr_assert(cids && count > 3000 && cids[3000] >= 0xAC00, "by Adobe's list alone");
    cr_assert_eq(cmapfiles_cids(f, "Adobe-KR", &count), cids);
    cmapfiles_destroy(f);
    f = cmapfiles_create("/nowhere");
    cr_assert_null(cmapfiles_cmap(f, "Adobe-Japan1", text("H"), NULL));
    cr_assert_null(cmapfiles_cids(f, "Adobe-Japan1", &count));
    cmapfiles_destroy(f);
}
