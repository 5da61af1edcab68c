/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-objects.c - the objects of PDF files by number, and their pages: sound files,
 * files that lie, and files that mean harm. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/objects.h"
#include "pdf/pagetree.h"
#include "pdffile.h"

static struct objects *opened(const struct file *f)
{
    struct objects *o;
    cr_assert_eq(objects_open(file_span(f), NULL, &o), OBJECTS_OPEN);
    return o;
}

static void done(struct file *f, struct objects *o)
{
    objects_close(o);
    buffer_free(&f->b);
}

static void expect_text(struct objects *o, uint32_t number, enum objects_decoded end,
                        const char *text)
{
    struct span bytes;
    cr_assert_eq(objects_decode(o, objects_get(o, number), &bytes), end);
    cr_assert(syntax_is(bytes, text), "'%.*s' is not '%s'", (int)(bytes.end - bytes.at),
              bytes.at, text);
    objects_release(o, bytes);
}

static void expect_integer(struct objects *o, uint32_t number, int64_t wanted)
{
    cr_assert_eq(value_integer(objects_get(o, number), -1), wanted, "object %u", number);
}

Test(objects, by_a_table)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/A 3 0 R/B[3 0 R 5 0 R]/C 4 0 R>>");
    file_stream(&f, "/Filter/FlateDecode", "3 0 R", "what it holds");
    file_object(&f, "21");
    file_object(&f, "4 0 R");
    file_object(&f, "3 0 R");
    file_end(&f, "");
    struct objects *o = opened(&f);
    const struct value *root = objects_find(o, objects_trailer(o), "Root");
    cr_assert_eq(value_integer(objects_find(o, root, "A"), 0), 21);
    const struct value *b = value_get(root, "B");
    cr_assert_eq(value_integer(objects_at(o, b, 0), 0), 21);
    cr_assert_eq(value_integer(objects_at(o, b, 1), 0), 21, "over two references");
    cr_assert_eq(objects_find(o, root, "C")->type, VALUE_NULL, "a cycle");
    cr_assert_eq(objects_get(o, 9)->type, VALUE_NULL);
    expect_text(o, 2, OBJECTS_WHOLE, "what it holds");
    cr_assert_not(objects_are_repaired(o));
    done(&f, o);
}

/* An xref stream, and an object stream with the catalogue in it. */
static void packed(struct file *f)
{
    unsigned char rows[7][4] = { { 0, 0, 0, 255 } };
    file_begin(f);
    f->count = 2;
    file_stream(f, "/Type/ObjStm/N 3/First 16/Filter/FlateDecode", NULL,
                "1 0 4 26 5 29   <</Type/Catalog/A 4 0 R>> 44 [1 0 R]");
    file_object(f, "33");
    for (unsigned i = 1; i < 6; i++) {
        static const int place[] = { 0, 0, -1, -1, 1, 2 };
        size_t offset = place[i] < 0 ? f->offsets[i] : 2;
        rows[i][0] = place[i] < 0 ? 1 : 2;
        rows[i][1] = (unsigned char)(offset >> 8);
        rows[i][2] = (unsigned char)offset;
        rows[i][3] = place[i] < 0 ? 0 : (unsigned char)place[i];
    }
    f->count = 6;
    size_t start = f->b.size;
    rows[6][0] = 1;
    rows[6][1] = (unsigned char)(start >> 8);
    rows[6][2] = (unsigned char)start;
    file_bytes(f, "/Type/XRef/Size 7/W[1 2 1]/Root 1 0 R", NULL, rows, sizeof rows);
    buffer_printf(&f->b, "startxref\n%zu\n%%%%EOF\n", start);
}

Test(objects, by_streams)
{
    struct file f;
    packed(&f);
    struct objects *o = opened(&f);
    const struct value *root = objects_find(o, objects_trailer(o), "Root");
    cr_assert_eq(value_integer(objects_find(o, root, "A"), 0), 44);
    expect_integer(o, 3, 33);
    cr_assert_eq(objects_at(o, objects_get(o, 5), 0), root);
    cr_assert_not(objects_are_repaired(o));
    done(&f, o);
}

Test(objects, are_found_without_tables)
{
    struct file f;
    packed(&f);
    char *word = memmem(f.b.data, f.b.size, "startxref", 9);
    memset(word, ' ', 9);
    struct objects *o = opened(&f);
    expect_integer(o, 3, 33);
    expect_integer(o, 4, 44);
    cr_assert(objects_are_repaired(o));
    done(&f, o);
}

Test(objects, the_newest_counts)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_object(&f, "1");
    file_object(&f, "1");
    file_end(&f, "");
    size_t previous = 0;
    sscanf(strstr(buffer_string(&f.b), "startxref"), "startxref %zu", &previous);
    size_t offset = f.b.size;
    buffer_append_string(&f.b, "2 0 obj 2 endobj\n");
    size_t start = f.b.size;
    buffer_printf(&f.b, "xref\n2 2\n%010zu 00000 n \n0000000000 00001 f \n", offset);
    buffer_printf(&f.b, "trailer <</Root 1 0 R/Size 4/Prev %zu>>\n", previous);
    buffer_printf(&f.b, "startxref\n%zu\n%%%%EOF\n", start);
    struct objects *o = opened(&f);
    expect_integer(o, 2, 2);
    done(&f, o);
}

/* What a hybrid's table says is free stands in its stream (7.5.8.4). */
Test(objects, hybrids)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_bytes(&f, "/Type/ObjStm/N 1/First 4", NULL, "4 0 55", 6);
    size_t stream = f.b.size;
    unsigned char row[4] = { 2, 0, 2, 0 };
    file_bytes(&f, "/Type/XRef/Size 5/Index[4 1]/W[1 2 1]", NULL, row, sizeof row);
    size_t start = f.b.size;
    buffer_printf(&f.b,
                  "xref\n0 5\n0000000000 65535 f \n%010zu 00000 n \n%010zu 00000 n \n"
                  "%010zu 00000 n \n0000000000 00000 f \n"
                  "trailer<</Root 1 0 R/Size 5/XRefStm %zu>>\nstartxref\n%zu\n%%%%EOF\n",
                  f.offsets[1], f.offsets[2], f.offsets[3], stream, start);
    struct objects *o = opened(&f);
    expect_integer(o, 4, 55);
    done(&f, o);
}

/* A table that is wrong about one object: the others are where it says. */
Test(objects, one_wrong_offset)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_object(&f, "7");
    file_object(&f, "8");
    f.offsets[2] += 3;
    file_end(&f, "");
    struct objects *o = opened(&f);
    expect_integer(o, 3, 8);
    cr_assert_not(objects_are_repaired(o));
    expect_integer(o, 2, 7);
    cr_assert(objects_are_repaired(o));
    done(&f, o);
}

/* Numbers far apart, of the table and of a scan. */
Test(objects, next)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/A 5000000 0 R>>");
    file_end(&f, "");
    buffer_append_string(&f.b, "5000000 0 obj 5 endobj");
    struct objects *o = opened(&f);
    expect_integer(o, 5000000, 5);
    cr_assert_leq(objects_next(o, 0), 1U);
    uint32_t steps = 0, last = 0;
    for (uint32_t n = 0; (n = objects_next(o, n)) < objects_count(o); n++, steps++)
        last = n;
    cr_assert_eq(last, 5000000U);
    cr_assert_lt(steps, 1000U);
    done(&f, o);
}

Test(objects, without_a_catalogue)
{
    struct objects *o;
    static const char *const files[] = { "", "%PDF-1.4\n", "%PDF-1.4\n1 0 obj 5 endobj",
                                         "trailer<</Root 1 0 R>>startxref 0" };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        const unsigned char *at = (const unsigned char *)files[i];
        struct span file = { at, at + strlen(files[i]) };
        cr_assert_eq(objects_open(file, NULL, &o), OBJECTS_BROKEN);
        cr_assert_null(o);
    }
}

Test(objects, streams_that_are_not_as_they_say)
{
    struct file f;
    char cut[64];
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_stream(&f, "/Filter/FlateDecode", "3", "short");
    file_stream(&f, "/Filter/FlateDecode", "99999", "long");
    file_stream(&f, "/Filter/FlateDecode", "4 0 R", "its own length");
    size_t size = deflate("whole, but without a checksum", 29, (unsigned char *)cut, 64);
    file_bytes(&f, "/Filter/FlateDecode", NULL, cut, size - 4);
    file_bytes(&f, "/Filter/FlateDecode", NULL, cut, size / 2);
    file_bytes(&f, "/Filter/DCTDecode", NULL, "x", 1);
    file_bytes(&f, "/Filter[/AHx/A85]", NULL, "38 37 63 55 52 44 5a 7e 3e>", 27);
    file_bytes(&f, "/Filter/Unknown", NULL, "x", 1);
    file_bytes(&f, "", NULL, "plain", 5);
    file_end(&f, "");
    struct objects *o = opened(&f);
    expect_text(o, 2, OBJECTS_WHOLE, "short");
    expect_text(o, 3, OBJECTS_WHOLE, "long");
    expect_text(o, 4, OBJECTS_WHOLE, "its own length");
    expect_text(o, 5, OBJECTS_WHOLE, "whole, but without a checksum");
    struct span bytes;
    cr_assert_eq(objects_decode(o, objects_get(o, 6), &bytes), OBJECTS_CUT);
    cr_assert_gt(bytes.end, bytes.at);
    objects_release(o, bytes);
    expect_text(o, 7, OBJECTS_IMAGE, "");
    expect_text(o, 8, OBJECTS_WHOLE, "Hello");
    expect_text(o, 9, OBJECTS_REFUSED, "");
    expect_text(o, 10, OBJECTS_WHOLE, "plain");
    expect_text(o, 1, OBJECTS_REFUSED, "");
    done(&f, o);
}

/* Object streams that inflate to more than is kept; and work that came to nothing is
 * counted, too. */
Test(objects, bombs)
{
    size_t size = (size_t)100 << 20;
    char *zeros = calloc(1, size), *bomb = malloc(size / 512);
    size_t packed = deflate(zeros, size, (unsigned char *)bomb, size / 512);
    struct file f;
    struct span bytes;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/A[3 0 R 4 0 R 5 0 R]>>");
    for (int i = 0; i < 2; i++)
        file_bytes(&f, "/Type/ObjStm/N 1/First 9/Filter/FlateDecode", NULL, bomb, packed);
    size = deflate(bomb, packed, (unsigned char *)zeros, size);
    file_bytes(&f, "/Filter[/Fl/Fl]", NULL, zeros, size);
    buffer_append_string(&f.b, "trailer<</Root 1 0 R>>");
    struct objects *o;
    cr_assert_eq(objects_open(file_span(&f), NULL, &o), OBJECTS_BROKEN);
    memset(memmem(f.b.data, f.b.size, "/ObjStm", 7), 'x', 7);
    o = opened(&f);
    cr_assert_not(objects_are_over(o));
    uint64_t before = objects_cost(o);
    cr_assert_eq(objects_decode(o, objects_get(o, 4), &bytes), OBJECTS_REFUSED);
    cr_assert_gt(objects_cost(o), before);
    done(&f, o);
    free(zeros);
    free(bomb);
}

/* The root says that it is a page; boxes without an area are none, nor is one that does
 * not meet the other. */
Test(pagetree, boxes_and_types_that_make_no_sense)
{
    struct file f;
    struct pagetree_page page;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/Pages 2 0 R>>");
    file_object(&f, "<</Type/Page/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 100 200]>>");
    file_object(&f, "<</Type/Page/CropBox[500 500 600 600]>>");
    file_object(&f, "<</Type/Page/MediaBox[0 0 0 0]/CropBox[5 5 5 90]>>");
    file_end(&f, "");
    struct objects *o = opened(&f);
    struct pagetree *p = pagetree_create(o);
    cr_assert_eq(pagetree_count(p), 2);
    cr_assert(pagetree_get(p, 1, &page));
    cr_assert_float_eq(page.crop.x1, 100, 1e-9);
    cr_assert(pagetree_get(p, 2, &page));
    cr_assert_float_eq(page.media.x1, 612, 1e-9);
    cr_assert_float_eq(page.crop.x1, 612, 1e-9);
    pagetree_destroy(p);
    objects_close(o);
    buffer_free(&f.b);
}

/* Whichever is asked for first: a stream whose length is an object that is kept in it. */
Test(objects, a_length_within_its_stream)
{
    for (uint32_t first = 2; first <= 3; first++) {
        struct file f;
        file_begin(&f);
        file_object(&f, "<</Type/Catalog>>");
        file_bytes(&f, "/Type/ObjStm/N 1/First 4", "3 0 R", "3 0 6", 5);
        size_t start = f.b.size;
        f.count++; /* the third is in the second */
        const char rows[] = { 0, 0, 0, 1, (char)(f.offsets[1] >> 8), (char)f.offsets[1],
                              1, (char)(f.offsets[2] >> 8), (char)f.offsets[2], 2, 0, 2 };
        file_bytes(&f, "/Type/XRef/W[1 2 0]/Root 1 0 R/Size 4", NULL, rows, sizeof rows);
        buffer_printf(&f.b, "startxref\n%zu\n%%%%EOF", start);
        struct objects *o = opened(&f);
        objects_get(o, first);
        expect_integer(o, 3, 6);
        expect_text(o, 2, OBJECTS_WHOLE, "3 0 6");
        done(&f, o);
    }
}

/* A tree with a page twice, a node within itself and a kid that is none. */
Test(pagetree, is_walked)
{
    struct file f;
    struct pagetree_page page;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/Pages 2 0 R>>");
    file_object(&f, "<</Kids[3 0 R 4 0 R 9 0 R]/Count 5/MediaBox[0 0 100 200]>>");
    file_object(&f, "<</Type/Page/Rotate -90/CropBox[190 150 10 -50]>>");
    file_object(&f, "<</Kids[2 0 R 5 0 R 4 0 R 3 0 R]/Rotate 450/Resources 6 0 R>>");
    file_object(&f, "<</MediaBox[0 0 1]/UserUnit 2>>");
    file_object(&f, "<</Font<<>>>>");
    file_end(&f, "");
    struct objects *o = opened(&f);
    struct pagetree *p = pagetree_create(o);
    cr_assert_eq(pagetree_count(p), 5, "as Count says");
    cr_assert(pagetree_get(p, 1, &page));
    cr_assert_eq(page.rotate, 270);
    cr_assert_float_eq(page.crop.x0, 10, 1e-9);
    cr_assert_float_eq(page.crop.y0, 0, 1e-9);
    cr_assert_float_eq(page.crop.x1, 100, 1e-9);
    cr_assert_float_eq(page.crop.y1, 150, 1e-9);
    cr_assert_eq(page.resources, &value_null);
    cr_assert(pagetree_get(p, 2, &page));
    cr_assert_eq(page.rotate, 90);
    cr_assert_eq(page.resources, objects_get(o, 6));
    cr_assert_float_eq(page.media.y1, 792, 1e-9, "four numbers make a box");
    cr_assert_float_eq(page.unit, 2, 1e-9);
    cr_assert(pagetree_get(p, 3, &page));
    cr_assert_eq(page.dictionary, objects_get(o, 3));
    cr_assert_not(pagetree_get(p, 4, &page));
    struct value reference = { .type = VALUE_REFERENCE };
    reference.reference.number = 3;
    cr_assert_eq(pagetree_number(p, &reference), 1, "the first of them");
    reference.reference.number = 5;
    cr_assert_eq(pagetree_number(p, &reference), 2);
    reference.reference.number = 6;
    cr_assert_eq(pagetree_number(p, &reference), 0);
    pagetree_destroy(p);
    done(&f, o);
}

/* Each node names the next one twice: 2^40 ways, and not one page. */
Test(pagetree, a_bush_ends)
{
    struct file f;
    char body[64];
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/Pages 2 0 R>>");
    for (int i = 2; i < 42; i++) {
        snprintf(body, sizeof body, "<</Kids[%d 0 R %d 0 R]/Count 9>>", i + 1, i + 1);
        file_object(&f, body);
    }
    file_end(&f, "");
    struct objects *o = opened(&f);
    struct pagetree *p = pagetree_create(o);
    cr_assert_eq(pagetree_count(p), 9);
    pagetree_destroy(p);
    done(&f, o);
}

/* Where there is no tree, what says that it is a page is one. */
Test(pagetree, pages_without_a_tree)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_object(&f, "<</Type/Page>>");
    file_object(&f, "<</Type/Font>>");
    file_object(&f, "<</Type/Page>>");
    file_end(&f, "");
    struct objects *o = opened(&f);
    struct pagetree *p = pagetree_create(o);
    cr_assert_eq(pagetree_count(p), 2);
    pagetree_destroy(p);
    done(&f, o);
}
