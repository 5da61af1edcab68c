/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-hostile.c - files that would take for ever, or all memory: each ends at once,
 * and costs no page but its own. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pdf/reader.h"
#include "pdffile.h"

/* Without its bound each of them takes a minute and more. */
#define SOON 20

static struct file f;
static struct reader *reader;
static struct reader_page page;
static struct reader_why why;

/* Begins a file of two pages: CATALOG, RESOURCES and PAGE are keys of the catalogue, the
 * first page's resources and the first page, whose content object 3 is to be; object 2
 * is Helvetica, and the second page says "B". */
static void begin(const char *catalog, const char *resources, const char *keys)
{
    file_begin(&f);
    buffer_printf(&f.b, "1 0 obj<</Type/Catalog/Pages 90 0 R%s>>endobj\n", catalog);
    f.offsets[f.count++] = f.b.size;
    file_object(&f, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    buffer_printf(&f.b, "90 0 obj<</Kids[91 0 R 92 0 R]/Count 2/MediaBox[0 0 99 99]"
                        "/Resources<</Font<</F 2 0 R>>%s>>>>endobj\n"
                        "91 0 obj<</Type/Page/Contents 3 0 R%s>>endobj\n"
                        "92 0 obj<</Type/Page/Contents 93 0 R>>endobj\n"
                        "93 0 obj<</Length 99>>stream\nBT/F 9 Tf 9 9 Td(B)Tj ET\nendstream "
                        "endobj\n", resources, keys);
}

/* Object 3: HEAD, then TIMES times TEXT. */
static void content(const char *head, const char *text, size_t times)
{
    struct buffer b = { 0 };
    buffer_append_string(&b, head);
    while (times--)
        buffer_append_string(&b, text);
    file_bytes(&f, "", NULL, b.data, b.size);
    buffer_free(&b);
}

/* Adds object NUMBER: HEAD, TIMES times TEXT, TAIL. */
static void list(int number, const char *head, const char *text, size_t times,
                 const char *tail)
{
    buffer_printf(&f.b, "%d 0 obj%s", number, head);
    while (times--)
        buffer_append_string(&f.b, text);
    buffer_printf(&f.b, "%s endobj\n", tail);
}

/* Reads page 1, which must end as REASON says, and page 2, which must be fine. */
static void end(enum reader_reason reason)
{
    buffer_append_string(&f.b, "trailer<</Root 1 0 R>>");
    cr_assert_eq(reader_open(file_span(&f), NULL, &reader, &why), READER_DONE);
    reader_read(reader, 1, &page, &why);
    cr_assert_eq(why.reason, reason, "%s: %s", reader_reason_name(why.reason), why.detail);
    cr_assert_eq(reader_read(reader, 2, &page, &why), READER_DONE);
    cr_assert_eq(page.count, 1);
    cr_assert_eq(page.glyphs[0].code, 'B');
    reader_close(reader);
    buffer_free(&f.b);
}

/* --- content --- */

Test(hostile, dictionaries_without_an_end, .timeout = SOON)
{
    begin("", "", "");
    content("", "<<", 1 << 20);
    end(READER_OPERATOR);
}

Test(hostile, inline_images_without_an_end, .timeout = SOON)
{
    begin("", "", "");
    content("", "BI/A[", 400000);
    end(READER_OPERATOR);
}

Test(hostile, one_stream_again_and_again, .timeout = SOON)
{
    struct buffer b = { 0 };
    for (int i = 0; i < 100000; i++)
        buffer_append_string(&b, "4 0 R ");
    begin("", "", "");
    buffer_printf(&f.b, "91 0 obj<</Type/Page/Contents[%s]>>endobj\n", buffer_string(&b));
    list(4, "<<>>stream\n", "0 0 m 9 9 l S                 ", 10000, "\nendstream");
    end(READER_LIMIT);
    buffer_free(&b);
}

/* Its filter takes all and gives nothing. */
Test(hostile, forms_of_nothing, .timeout = SOON)
{
    begin("", "/XObject<</X 4 0 R>>", "");
    content("", "/X Do ", 100000);
    list(4, "<</Subtype/Form/Filter/AHx>>stream\n", "          ", 1 << 18, "\nendstream");
    end(READER_LIMIT);
}

Test(hostile, strings_that_show_nothing, .timeout = SOON)
{
    begin("", "", "");
    content("BT/F 1 Tf 500 0 Td ", "(abcdefghijklmnopqrstuvwxyzabcdefghijklmnop)Tj ", 500000);
    end(READER_LIMIT);
}

/* --- what content names --- */

Test(hostile, a_state_of_many_entries, .timeout = SOON)
{
    begin("", "/ExtGState<</S 4 0 R>>", "");
    content("", "/S gs ", 100000);
    list(4, "<<", "/A 0", 200000, ">>");
    end(READER_LIMIT);
}

Test(hostile, an_image_of_many_entries, .timeout = SOON)
{
    begin("", "/XObject<</X 4 0 R>>", "");
    content("", "/X Do ", 100000);
    list(4, "<<", "/A 0", 200000, ">>stream\n\nendstream");
    end(READER_LIMIT);
}

Test(hostile, a_field_of_many_states, .timeout = SOON)
{
    struct buffer b = { 0 };
    buffer_append_string(&b, "/Annots[");
    for (int i = 0; i < 10000; i++)
        buffer_append_string(&b, "5 0 R ");
    buffer_append_string(&b, "]");
    begin("", "", buffer_string(&b));
    content("", "", 0);
    list(4, "<<", "/A 0", 200000, ">>");
    list(5, "<</Subtype/Widget/Rect[0 0 9 9]/AS/B/AP<</N 4 0 R>>>>", "", 0, "");
    end(READER_LIMIT);
    buffer_free(&b);
}

/* 200 to the 16th of terms. */
Test(hostile, expressions_within_each_other, .timeout = SOON)
{
    char next[16];
    begin("", "/Properties<</L 5 0 R>>", "");
    content("", "/OC/L BDC EMC ", 1);
    list(5, "<</Type/OCMD/VE 10 0 R>>", "", 0, "");
    for (int i = 10; i < 27; i++) {
        snprintf(next, sizeof next, " %d 0 R", i + 1);
        list(i, "[/And", next, 200, "]");
    }
    list(27, "<</Type/OCG>>", "", 0, "");
    end(READER_NO_REASON);
}

Test(hostile, as_many_layers_on_as_there_are, .timeout = SOON)
{
    begin("/OCProperties<</OCGs 5 0 R/D<</BaseState/OFF/ON 5 0 R>>>>", "", "");
    content("", "", 0);
    list(5, "[", "90 0 R ", 400000, "]");
    end(READER_NO_REASON);
}

/* --- fonts --- */

/* Fonts from object 100 on, each with KEYS, all of which page 1 shows. */
static void fonts(int count, const char *keys)
{
    struct buffer resources = { 0 }, shown = { 0 };
    buffer_append_string(&resources, "/Font<<");
    for (int i = 0; i < count; i++) {
        buffer_printf(&resources, "/F%d %d 0 R", i, 100 + i);
        buffer_printf(&shown, "/F%d 9 Tf ", i);
    }
    buffer_append_string(&resources, ">>");
    begin("", "", "");
    buffer_printf(&f.b, "91 0 obj<</Type/Page/Contents 3 0 R/Resources<<%s>>>>endobj\n",
                  buffer_string(&resources));
    content(buffer_string(&shown), "", 0);
    for (int i = 0; i < count; i++)
        list(100 + i, "<</Type/Font", keys, 1, ">>");
    buffer_free(&resources);
    buffer_free(&shown);
}

Test(hostile, names_of_many_differences, .timeout = SOON)
{
    fonts(2000, "/Subtype/Type1/Encoding 5 0 R");
    list(5, "<</Differences[", "/a ", 400000, "]>>");
    end(READER_LIMIT);
}

Test(hostile, widths_for_all_again_and_again, .timeout = SOON)
{
    fonts(2000, "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W 5 0 R>>]");
    list(5, "[9223372036854775000[1 2]", "0 65535 500 ", 100000, "]");
    end(READER_LIMIT);
}

Test(hostile, characters_for_all_again_and_again, .timeout = SOON)
{
    fonts(2000, "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]/ToUnicode 5 0 R");
    list(5, "<<>>stream\nbeginbfrange ", "<0000><FFFFFFFF><41>\n", 100000, "\nendstream");
    end(READER_LIMIT);
}

/* CIDs where characters should stand, whose number is that of no string. */
Test(hostile, a_string_that_is_not_there)
{
    fonts(1, "/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<<>>]/ToUnicode 5 0 R");
    list(5, "<<>>stream\nbegincidrange <0000><0001>", "2147483653", 1, "\nendstream");
    end(READER_NO_REASON);
}

/* More fonts than there is memory for, on page 1: page 2 has its own as if it came
 * first. */
Test(hostile, fonts_that_fill_all_memory, .timeout = SOON)
{
    enum { FORMS = 18, FONTS = 1000 };
    struct buffer forms = { 0 }, drawn = { 0 };
    buffer_append_string(&forms, "/XObject<<");
    for (int i = 0; i < FORMS; i++) {
        buffer_printf(&forms, "/X%d %d 0 R", i, 10 + i);
        buffer_printf(&drawn, "/X%d Do ", i);
    }
    buffer_append_string(&forms, ">>");
    begin("", buffer_string(&forms), "");
    content(buffer_string(&drawn), "", 0);
    buffer_free(&forms);
    buffer_free(&drawn);
    for (int i = 0; i < FORMS; i++) {
        struct buffer body = { 0 };
        buffer_printf(&f.b, "%d 0 obj<</Subtype/Form/Resources<</Font<<", 10 + i);
        for (int k = 0; k < FONTS; k++) {
            buffer_printf(&f.b, "/F%d<</Subtype/Type1>>", k);
            buffer_printf(&body, "/F%d 9 Tf ", k);
        }
        buffer_printf(&f.b, ">>>>>>stream\n%s\nendstream endobj\n", buffer_string(&body));
        buffer_free(&body);
    }
    end(READER_LIMIT);
}

/* --- the file --- */

Test(hostile, streams_without_an_end, .timeout = SOON)
{
    struct buffer b = { 0 };
    enum { STREAMS = 100000 };
    for (int i = 0; i < STREAMS; i++)
        buffer_printf(&b, "%d 0 R ", 100 + i);
    begin("", "", "");
    buffer_printf(&f.b, "91 0 obj<</Type/Page/Contents[%s]>>endobj\n", buffer_string(&b));
    for (int i = 0; i < STREAMS; i++)
        list(100 + i, "<<>>stream\n", "", 0, "");
    end(READER_NO_REASON);
    buffer_free(&b);
}

Test(hostile, a_page_of_many_entries_again_and_again, .timeout = SOON)
{
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/Pages 2 0 R>>");
    list(2, "<</Kids[", "3 0 R ", 100000, "]>>");
    list(3, "<<", "/A 0", 200000, ">>");
    buffer_append_string(&f.b, "trailer<</Root 1 0 R>>");
    cr_assert_eq(reader_open(file_span(&f), NULL, &reader, &why), READER_DECLINED);
    cr_assert_eq(why.reason, READER_LIMIT);
    cr_assert_null(reader);
    buffer_free(&f.b);
}

/* Objects that say to be in an object stream of many others. */
Test(hostile, a_stream_that_lacks_its_objects, .timeout = SOON)
{
    enum { OBJECTS = 200000, PAIRS = 200000 };
    struct buffer pairs = { 0 }, rows = { 0 };
    file_begin(&f);
    file_object(&f, "<</Type/Catalog/Pages 2 0 R>>");
    file_object(&f, "<</Kids[3 0 R]>>");
    buffer_printf(&f.b, "3 0 obj<</Annots[");
    size_t first = f.b.size;
    f.offsets[f.count++] = first - strlen("3 0 obj<</Annots[");
    for (int i = 0; i < OBJECTS; i++)
        buffer_printf(&f.b, "%d 0 R ", 10 + i);
    buffer_append_string(&f.b, "]>>endobj\n");
    for (int i = 0; i < PAIRS; i++)
        buffer_append_string(&pairs, "1 0 ");
    file_bytes(&f, "/Type/ObjStm/N 200000/First 800000", NULL, pairs.data, pairs.size);
    for (int i = 0; i < 10 + OBJECTS; i++) {
        size_t place = i < 5 ? f.offsets[i] : 4;
        const char row[5] = { i == 0 || (i > 4 && i < 10) ? 0 : i < 5 ? 1 : 2,
                              (char)(place >> 24), (char)(place >> 16),
                              (char)(place >> 8), (char)place };
        buffer_append(&rows, row, sizeof row);
    }
    size_t start = f.b.size;
    file_bytes(&f, "/Type/XRef/W[1 4 0]/Root 1 0 R/Size 200010", NULL, rows.data, rows.size);
    buffer_printf(&f.b, "startxref\n%zu\n%%%%EOF", start);
    cr_assert_eq(reader_open(file_span(&f), NULL, &reader, &why), READER_DONE);
    cr_assert_eq(reader_read(reader, 1, &page, &why), READER_DECLINED);
    cr_assert_eq(why.reason, READER_LIMIT);
    reader_close(reader);
    buffer_free(&f.b);
    buffer_free(&pairs);
    buffer_free(&rows);
}
