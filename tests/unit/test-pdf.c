/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf.c - PDF's syntax, cross-references, and the section of inflated
 * streams; files are put together here, sound ones and broken ones. */
#include <config.h>

#include <criterion/criterion.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buffer.h"
#include "pdf/flate.h"
#include "pdf/plain.h"
#include "pdf/predict.h"
#include "pdf/syntax.h"
#include "pdf/xref.h"
#include "pdffile.h"

#define ROOM ((size_t)1 << 20)

static struct span span_of(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    return (struct span){ at, at + strlen(text) };
}

static void expect_span(struct span s, const char *text)
{
    cr_assert(syntax_is(s, text), "'%.*s' is not '%s'", (int)(s.end - s.at), s.at,
              text);
}

Test(syntax, objects_of_all_kinds)
{
    static const char *const objects[] = {
        "12", "-3.5", "12 0 R", "/Name", "(a (nested) \\) string)", "<48 65>",
        "[1 2 [3 (])] <</A ]>>]", "<</A<</B(>>)>>/C[<<>>]>>", "true", "null",
    };
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        struct buffer b = { 0 };
        struct span value;
        buffer_printf(&b, " %%comment\r %s/next", objects[i]);
        struct span s = span_of(buffer_string(&b));
        /* "]" within a dictionary makes no sense. */
        bool sound = !strstr(objects[i], "/A ]");
        cr_assert(syntax_object(&s, &value) || !sound, "%s", objects[i]);
        if (sound) {
            expect_span(value, objects[i]);
            expect_span(s, "/next");
        }
        buffer_free(&b);
    }
}

Test(syntax, objects_that_do_not_end)
{
    static const char *const objects[] = { "",   "   ", "%only", "(open", "(a\\",
                                           "<48", "[1 2", "<</A 1", "]",   ">>",
                                           ")",  "}",   ">" };
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        struct span s = span_of(objects[i]), value;
        cr_assert_not(syntax_object(&s, &value), "%s", objects[i]);
    }
}

Test(syntax, depth_costs_nothing)
{
    size_t depth = 1000000;
    char *text = malloc(2 * depth + 1);
    memset(text, '[', depth);
    memset(text + depth, ']', depth);
    text[2 * depth] = '\0';
    struct span s = span_of(text), value;
    cr_assert(syntax_object(&s, &value));
    cr_assert_eq(s.at, s.end);
    free(text);
}

Test(syntax, numbers)
{
    static const struct {
        const char *text;
        bool good;
        uint64_t value;
    } cases[] = { { "0", true, 0 },
                  { " 017 ", true, 17 },
                  { "9999999999999999999", true, 9999999999999999999U },
                  { "99999999999999999999", false, 0 },
                  { "-1", false, 0 },
                  { "1.5", false, 0 },
                  { "12a", false, 0 },
                  { "", false, 0 } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span s = span_of(cases[i].text);
        uint64_t value;
        cr_assert_eq(syntax_integer(&s, &value), cases[i].good, "%s", cases[i].text);
        if (cases[i].good)
            cr_assert_eq(value, cases[i].value);
    }
}

Test(syntax, keys_are_found_once)
{
    struct span s = span_of("<</A 1/B 2/B 3/Length 7 0 R/C<</D 4>>>>"), inside;
    struct span value;
    uint64_t number;
    cr_assert(syntax_dictionary(&s, &inside));
    cr_assert(syntax_find_integer(inside, "A", &number));
    cr_assert_eq(number, 1U);
    cr_assert_not(syntax_find(inside, "B", &value), "it is there twice");
    cr_assert_not(syntax_find(inside, "D", &value), "it is in another one");
    cr_assert_not(syntax_find_integer(inside, "Length", &number));
    cr_assert(syntax_find(inside, "Length", &value));
    expect_span(value, "7 0 R");
    inside = span_of("/A 1 2/B 3");
    cr_assert_not(syntax_find(inside, "A", &value), "there is no sense in it");
}

/* PNG's five filters over rows of four bytes (RFC 2083, section 6). */
Test(predict, png)
{
    unsigned char rows[] = { 0, 1,  2, 3, 4,  1, 1, 1, 1, 1, 2, 1, 1, 1, 1,
                             3, 10, 0, 0, 0,  4, 1, 0, 0, 0 };
    static const unsigned char wanted[] = { 1,  2,  3, 4, 1,  2,  3, 4, 2, 3,
                                            4,  5,  11, 7, 5, 5, 12, 7, 5, 5 };
    const struct predict p = { 15, 1, 8, 4 };
    cr_assert_eq(predict_undo(&p, rows, sizeof rows), sizeof wanted);
    cr_assert_arr_eq(rows, wanted, sizeof wanted);
}

/* The section for F, as a string; "" when there is none. */
static char *plain_of(const struct file *f, size_t room)
{
    unsigned char *out = calloc(1, room + 1);
    size_t size = plain_write(file_span(f), f->b.size, out, room);
    cr_assert_leq(size, room);
    out[size] = '\0';
    return (char *)out;
}

static void expect_plain(const struct file *f, const char *needle, bool there)
{
    char *out = plain_of(f, ROOM);
    cr_assert_eq(strstr(out, needle) != NULL, there, "'%s' in '%s'", needle, out);
    free(out);
}

Test(plain, streams_are_given_again)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_stream(&f, "/Filter/FlateDecode/A(>>)/B[1 0 R]", NULL, "the first");
    file_object(&f, "20");
    file_stream(&f, "/Filter [ /FlateDecode ]", NULL, "the second");
    file_end(&f, "/Info 3 0 R/ID[<00><00>]");
    char *out = plain_of(&f, ROOM);
    cr_assert_not_null(strstr(out, "2 0 obj\n<</A (>>)/B [1 0 R]/Length 9>>\n"
                                   "stream\nthe first\nendstream\nendobj\n"));
    cr_assert_not_null(strstr(out, "4 0 obj\n<</Length 10>>\nstream\nthe second\n"));
    cr_assert_not_null(strstr(out, "/Root 1 0 R/Info 3 0 R/ID [<00><00>]/Size 5/Prev "));

    /* The whole is a file again, in which the new objects count. */
    buffer_append_string(&f.b, out);
    struct flate *inflater = flate_create();
    struct xref x;
    cr_assert(xref_read(&x, file_span(&f), inflater));
    cr_assert_eq(x.count, 5U);
    cr_assert_eq(x.entries[1].offset, f.offsets[1]);
    cr_assert_gt(x.entries[2].offset, f.offsets[4]);
    struct span s = file_span(&f);
    s.at += x.entries[4].offset;
    uint64_t number, generation;
    cr_assert(syntax_header(&s, &number, &generation));
    cr_assert_eq(number, 4U);
    xref_clear(&x);
    flate_destroy(inflater);
    free(out);
    buffer_free(&f.b);
}

/* What is not as it should be stays as it is, and costs nothing else. */
Test(plain, odd_streams_stay)
{
    static const struct {
        const char *keys, *length;
    } odd[] = {
        { "/Filter/FlateDecode/Subtype/Image", NULL },
        { "/Filter/FlateDecode/Type/EmbeddedFile", NULL },
        { "/Filter/FlateDecode/Type/Metadata", NULL },
        { "/Filter/FlateDecode/DecodeParms<</Predictor 12>>", NULL },
        { "/Filter[/ASCII85Decode/FlateDecode]", NULL },
        { "/Filter/FlateDecode/Filter/FlateDecode", NULL },
        { "/Filter/FlateDecode/F(other)", NULL },
        { "/Fil#74er/FlateDecode", NULL },
        { "/Filter/FlateDecode", "3" },
        { "/Filter/FlateDecode", "99999999" },
        { "/Filter/FlateDecode", "-4" },
        { "/Filter/FlateDecode", "9 0 R" },
        { "/Filter/FlateDecode", "1 0 R" },
        { "", NULL },
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        struct file f;
        file_begin(&f);
        file_object(&f, "<</Type/Catalog>>");
        file_stream(&f, odd[i].keys, odd[i].length, "an odd one");
        file_stream(&f, "/Filter/FlateDecode", NULL, "a sound one");
        file_end(&f, "");
        expect_plain(&f, "an odd one", false);
        expect_plain(&f, "a sound one", true);
        buffer_free(&f.b);
    }
}

Test(plain, damaged_data_stays)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_stream(&f, "/Filter/FlateDecode", NULL, "its checksum is wrong");
    f.b.data[f.b.size - strlen("\nendstream\nendobj\n") - 1] ^= 1;
    file_end(&f, "");
    expect_plain(&f, "xref", false);
    buffer_free(&f.b);
}

Test(plain, length_may_stand_elsewhere)
{
    unsigned char data[64];
    struct file f;
    char number[32];
    snprintf(number, sizeof number, "%zu", deflate("elsewhere", 9, data, sizeof data));
    file_begin(&f);
    file_object(&f, number);
    file_stream(&f, "/Filter/FlateDecode", "1 0 R", "elsewhere");
    file_end(&f, "");
    expect_plain(&f, "elsewhere", true);
    buffer_free(&f.b);
}

/* Files that a reader has to decrypt, or may have to repair. */
Test(plain, odd_files_stay)
{
    static const char *const trailers[] = {
        "/Encrypt 2 0 R", "/Encr#79pt 2 0 R", "/Prev 0", "/Prev 999999", "/Prev 1 0 R",
        "/XRefStm 5",
    };
    for (size_t i = 0; i < sizeof trailers / sizeof *trailers; i++) {
        struct file f;
        file_begin(&f);
        file_object(&f, "<</Type/Catalog>>");
        file_stream(&f, "/Filter/FlateDecode", NULL, "the text");
        file_end(&f, trailers[i]);
        expect_plain(&f, "the text", false);
        buffer_free(&f.b);
    }
    for (size_t i = 1; i < 3; i++) {
        struct file f;
        file_begin(&f);
        file_object(&f, "<</Type/Catalog>>");
        file_stream(&f, "/Filter/FlateDecode", NULL, "the text");
        f.offsets[i]++;
        file_end(&f, "");
        expect_plain(&f, "the text", false);
        buffer_free(&f.b);
    }
}

/* A reader would scan the file for what the table does not have. */
Test(plain, tables_that_lack_an_object)
{
    for (int what = 0; what < 3; what++) {
        struct file f;
        file_begin(&f);
        file_object(&f, "<</Type/Catalog>>");
        file_stream(&f, "/Filter/FlateDecode", NULL,
                    what == 0 ? "with 5 0 obj in it" : "the text");
        if (what == 1)
            buffer_append_string(&f.b, "7 0 obj\nnull\nendobj\n");
        if (what == 2)
            buffer_append_string(&f.b, "2 0\nobj\nnull\nendobj\n");
        file_end(&f, "");
        expect_plain(&f, "xref", false);
        buffer_free(&f.b);
    }
}

Test(plain, a_table_may_lie)
{
    static const char *const tables[] = {
        "xref\n0 99999999999\n", "xref\n99999999 1\n0000000009 00000 n \n",
        "xref\n1 1\n0000000000 65535 f \n", "xref\n0 1\n99999999999999999999 0 n \n",
        "xref\n", "xref", "", "2 0 obj<</Type/XRef/W[1 2 9]/Size 1/Length 1>>stream\nx",
        "2 0 obj<</Type/XRef/W[0 0 0]/Size 9/Length 1>>stream\nx",
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct file f;
        file_begin(&f);
        file_stream(&f, "/Filter/FlateDecode", NULL, "the text");
        size_t start = f.b.size;
        buffer_printf(&f.b, "%strailer\n<</Root 1 0 R/Size 3>>\nstartxref\n%zu\n",
                      tables[i], start);
        expect_plain(&f, "the text", false);
        buffer_free(&f.b);
    }
}

/* As much as there is room for, with a table of just that; or nothing. */
Test(plain, any_room)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_stream(&f, "/Filter/FlateDecode", NULL, "the first text");
    file_stream(&f, "/Filter/FlateDecode", NULL, "the second text");
    file_end(&f, "");
    int seen[3] = { 0 };
    for (size_t room = 0; room < 2000; room++) {
        char *out = plain_of(&f, room);
        int streams = !!strstr(out, "first text") + !!strstr(out, "second text");
        cr_assert_eq(streams == 0, *out == '\0');
        cr_assert(!streams || strstr(out, "startxref"));
        seen[streams]++;
        free(out);
    }
    cr_assert(seen[0] && seen[1] && seen[2]);
    buffer_free(&f.b);
}

/* Every file cut anywhere, and with each byte changed: no byte is read or
 * written outside (for AddressSanitizer), whatever comes out. */
Test(plain, any_damage)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_stream(&f, "/Filter/FlateDecode/X(a)", NULL, "the text");
    file_end(&f, "/ID[<00>]");
    for (size_t i = 0; i < f.b.size; i++) {
        struct file cut = { 0 };
        buffer_append(&cut.b, f.b.data, i);
        free(plain_of(&cut, ROOM / 64));
        buffer_free(&cut.b);
        for (int bit = 0; bit < 8; bit++) {
            struct file odd = { 0 };
            buffer_append(&odd.b, f.b.data, f.b.size);
            odd.b.data[i] = (char)(odd.b.data[i] ^ 1 << bit);
            free(plain_of(&odd, ROOM / 64));
            buffer_free(&odd.b);
        }
    }
    buffer_free(&f.b);
}

/* CPU seconds for a file of COUNT objects that open one within the other: the
 * least of three, as other work on the machine only adds to them. */
static double nested_seconds(size_t count)
{
    double seconds = HUGE_VAL;
    struct file f = { .count = 1 };
    size_t *offsets = calloc(count, sizeof *offsets);
    buffer_append_string(&f.b, "%PDF-1.5\n");
    for (size_t i = 1; i < count; i++) {
        offsets[i] = f.b.size;
        buffer_printf(&f.b, "%zu 0 obj\n<</A\n", i);
    }
    put_table(&f.b, offsets, count, "");
    for (int i = 0; i < 3; i++) {
        clock_t begin = clock();
        expect_plain(&f, "xref", false);
        seconds = fmin(seconds, (double)(clock() - begin) / CLOCKS_PER_SEC);
    }
    free(offsets);
    buffer_free(&f.b);
    return seconds;
}

/* Four times the objects take some four times as long, not 16 times. No more of
 * them: AddressSanitizer looks at all that a memmem could read. */
Test(plain, work_is_bounded)
{
    double few = nested_seconds(5000), many = nested_seconds(20000);
    cr_assert_lt(many, 10 * few + 0.1, "%f and %f s", few, many);
}

/* The newest section being a stream, the new one is a stream as well. */
Test(plain, streams_of_references)
{
    struct file f;
    file_begin(&f);
    file_object(&f, "<</Type/Catalog>>");
    file_stream(&f, "/Filter/FlateDecode", NULL, "the text");
    unsigned char rows[] = { 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0 };
    size_t start = f.b.size;
    size_t offsets[] = { 0, f.offsets[1], f.offsets[2], start };
    for (size_t i = 1; i < 4; i++) {
        rows[4 * i + 1] = (unsigned char)(offsets[i] >> 8);
        rows[4 * i + 2] = (unsigned char)offsets[i];
    }
    unsigned char data[128];
    size_t size = deflate(rows, sizeof rows, data, sizeof data);
    buffer_printf(&f.b, "3 0 obj\n<</Type/XRef/W[1 2 1]/Size 4/Root 1 0 R"
                        "/Filter/FlateDecode/Length %zu>>\nstream\n", size);
    buffer_append(&f.b, data, size);
    buffer_printf(&f.b, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", start);
    char *out = plain_of(&f, ROOM);
    cr_assert_not_null(strstr(out, "stream\nthe text\nendstream"));
    cr_assert_not_null(strstr(out, "3 0 obj\n<</Type/XRef/W[1 8 2]/Length 11"
                                   "/Index[2 1 ]/Root 1 0 R/Size 4/Prev "));
    free(out);
    buffer_free(&f.b);
}
