/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-content.c - content streams cut into operators, sound ones and broken ones,
 * and inline images. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "pdf/content.h"
#include "pdf/inline.h"

static struct span span_of(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    return (struct span){ at, at + strlen(text) };
}

/* What SIZE bytes are cut into, as text: operands, each behind a letter for its kind,
 * and the operator. */
static const char *cut_bytes(const char *bytes, size_t size, uint32_t *nonsense)
{
    static struct buffer b;
    struct arena *arena = arena_create(1 << 20);
    struct content c = { 0 };
    struct span s = { (const unsigned char *)bytes, (const unsigned char *)bytes + size };
    buffer_clear(&b);
    content_begin(&c, s, arena);
    while (content_next(&c)) {
        for (size_t i = 0; i < c.count; i++) {
            const struct content_operand *o = c.operands + i;
            buffer_append_char(&b, "o#s/[<"[o->kind]);
            if (o->kind == CONTENT_NUMBER)
                buffer_printf(&b, "%g", content_value(o));
            else if (o->kind == CONTENT_ARRAY)
                buffer_printf(&b, "%u", o->count);
            else if (o->kind != CONTENT_OTHER)
                buffer_append(&b, (const char *)o->text.at,
                              (size_t)(o->text.end - o->text.at));
            buffer_append_char(&b, ' ');
        }
        for (int shift = 16; shift >= 0; shift -= 8)
            if (c.operator >> shift & 0xff)
                buffer_append_char(&b, (char)(c.operator >> shift & 0xff));
        if (c.operator == CONTENT_UNKNOWN)
            buffer_append_char(&b, '?');
        buffer_append_char(&b, '\n');
    }
    if (nonsense)
        *nonsense = c.nonsense;
    cr_assert_not(c.over);
    content_free(&c);
    arena_destroy(arena);
    return buffer_string(&b);
}

static const char *cut(const char *text)
{
    return cut_bytes(text, strlen(text), NULL);
}

Test(content, operators_and_their_operands)
{
    cr_assert_str_eq(cut("BT/F1 12 Tf 1 0 0 1 72.5 -.25 Tm(a)Tj T* ET"),
                     "BT\n/F1 #12 Tf\n#1 #0 #0 #1 #72.5 #-0.25 Tm\nsa Tj\nT*\nET\n");
    cr_assert_str_eq(cut("[(A) -120 (B)12(C)]TJ"), "[5 sA #-120 sB #12 sC TJ\n");
    cr_assert_str_eq(cut("1 2(x)\" (y)'"), "#1 #2 sx \"\nsy '\n");
    cr_assert_str_eq(cut("/OC /MC0 BDC/Span<</ActualText(x>>)>>BDC EMC"),
                     "/OC /MC0 BDC\n/Span <<</ActualText(x>>)>> BDC\nEMC\n");
    cr_assert_str_eq(cut("% a (comment\n1 w true gs"), "#1 w\no gs\n");
    cr_assert_str_eq(cut("/A#20B#zz gs"), "/A B#zz gs\n");
}

Test(content, numbers_as_they_are_met)
{
    cr_assert_str_eq(cut("+1 -2 .5 4. 00.25 1-2 --3 - 1.5.25 x"),
                     "#1 #-2 #0.5 #4 #0.25 #12 #-3 #-0 #1.5 #0.25 x\n");
    cr_assert_str_eq(cut("12Tj 0.00000000000000000000001 99999999999999999999 w"),
                     "#12 Tj\n#0 #1e+18 w\n");
}

Test(content, strings_of_both_kinds)
{
    cr_assert_str_eq(cut("(a(b)c\\)\\\\)Tj"), "sa(b)c)\\ Tj\n");
    cr_assert_str_eq(cut("(\\101\\7x\\\r\nb\\q\r\n)Tj"), "sA\ax"
                                                           "bq\n Tj\n");
    cr_assert_str_eq(cut("<48 65 6C6c6>Tj<>Tj"), "sHell` Tj\ns Tj\n");
}

Test(content, nonsense_is_counted_and_passed)
{
    uint32_t nonsense;
    const char text[] = ") ] } > 1 w [ 1 2 m << /A 1 endstream (open";
    cr_assert_str_eq(cut_bytes(text, sizeof text - 1, &nonsense),
                     "#1 w\n[2 #1 #2 m\n");
    cr_assert_eq(nonsense, 6);
    cr_assert_str_eq(cut_bytes("1 w", 3, &nonsense), "#1 w\n");
    cr_assert_eq(nonsense, 0);
}

Test(content, operands_beyond_the_bound_are_dropped)
{
    struct buffer b = { 0 };
    struct arena *arena = arena_create(1 << 20);
    struct content c = { 0 };
    buffer_append_char(&b, '[');
    for (int i = 0; i < 2 * CONTENT_OPERANDS; i++)
        buffer_append_string(&b, "1 ");
    buffer_append_string(&b, "]TJ");
    content_begin(&c, span_of(buffer_string(&b)), arena);
    cr_assert(content_next(&c));
    cr_assert_eq(c.count, CONTENT_OPERANDS);
    cr_assert_eq(c.operands[0].count, CONTENT_OPERANDS - 1);
    cr_assert(c.nonsense > 0);
    cr_assert_not(c.over);
    cr_assert_not(content_next(&c));
    content_free(&c);
    arena_destroy(arena);
    buffer_free(&b);
}

Test(content, exponents_of_numbers)
{
    uint32_t nonsense;
    static const char odd[] = "1e2 -2.5E-1 Td 125.e-02 .5e+1 0e9 Td [1e1(x)-2e3]TJ "
                              "1e-999 1e999 3e0 m";

    cr_assert_str_eq(cut_bytes(odd, sizeof odd - 1, &nonsense),
                     "#100 #-0.25 Td\n#1.25 #5 #0 Td\n[3 #10 sx #-2000 TJ\n"
                     "#0 #1e+17 #3 m\n");
    cr_assert_eq(nonsense, 0);
    /* What looks like them. */
    cr_assert_str_eq(cut("1 e2 1ET 1e (x)e1 [1]e1 1e1x e1"),
                     "#1 e2\n#1 ET\n#1 e\nsx e1\n[1 #1 e1\n#1 e1x\ne1\n");
}

/* --- inline images --- */

Test(inline_image, ends_where_its_size_says)
{
    /* "EI" between blanks is a part of the second row. */
    cr_assert_str_eq(cut("q BI/W 4/H 2/BPC 8/CS/G ID abcd EI  EI Q"), "q\nBI\nQ\n");
    cr_assert_str_eq(cut("BI/W 4/H 2/BPC 8/CS[/I/RGB 1<00>] ID abcd EI  EI Q"),
                     "BI\nQ\n");
    cr_assert_str_eq(cut("BI/W 8/H 1/IM true ID x EI Q"), "BI\nQ\n");
}

Test(inline_image, ends_where_content_follows)
{
    static const char filtered[] = "BI/W 9/H 9/F/Fl ID x EI \x81\x02 EI\x90 EI Q";
    uint32_t nonsense;
    cr_assert_str_eq(cut_bytes(filtered, sizeof filtered - 1, &nonsense), "BI\nQ\n");
    cr_assert_eq(nonsense, 0);
    cr_assert_str_eq(cut("BI/W 9/H 9/F/A85 ID abc~>EI Q"), "BI\nQ\n");
    cr_assert_str_eq(cut("BI/W 9 ID abc\nEI"), "BI\n");
    cr_assert_str_eq(cut("BI/W 4/H 2/BPC 8/CS/G ID a EI cdefEI ghi\nEI Q"), "BI\nQ\n",
                     "longer than it says, and words in it");
    cr_assert_str_eq(cut("BI/W 9 ID x EI abc\nEI /F 2 Tf"), "BI\n/F #2 Tf\n");
    cr_assert_str_eq(cut("BI/W 9 ID x EI [(EI) 1]TJ"), "BI\n[2 sEI #1 TJ\n");
    cr_assert_str_eq(cut("BI/W 9 ID x EI what EI"), "BI\n", "the end is as good");
    cr_assert_str_eq(cut("BI/W 9 ID x EI what"), "BI\n?\n", "better than none");
}

Test(inline_image, broken_ones_are_nonsense)
{
    uint32_t nonsense;
    static const char *const broken[] = { "BI/W 9 ID never ends", "BI /W", "BI",
                                          "BI 1 2 3 ID x EI" };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        cut_bytes(broken[i], strlen(broken[i]), &nonsense);
        cr_assert(nonsense > 0, "%s", broken[i]);
    }
    /* A size that is more than there is. */
    cr_assert_str_eq(cut("BI/W 4000000000/H 4000000000/BPC 16/CS/CMYK ID x\nEI Q"),
                     "BI\nQ\n");
}
