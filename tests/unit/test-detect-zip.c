/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-detect-zip.c - types of ZIP archives by their members. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "detecting.h"

static void put(struct buffer *b, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buffer_append_char(b, (char)(i < 8 ? value >> (8 * i) : 0));
}

/* An archive of stored members with these names, separated by '|'; each
 * holds CONTENT. STREAMED: sizes only behind the data, as some writers do. */
static void make_zip(const char *names, const char *content, bool streamed,
                     struct buffer *zip)
{
    struct buffer central = {0};
    unsigned members = 0;
    size_t data = strlen(content);
    buffer_clear(zip);
    while (*names != '\0') {
        size_t size = strcspn(names, "|"), at = zip->size;
        for (int is_central = 0; is_central < 2; is_central++) {
            struct buffer *b = is_central ? &central : zip;
            buffer_append(b, is_central ? "PK\1\2\24\0" : "PK\3\4",
                          is_central ? 6 : 4);
            put(b, 20, 2);
            put(b, streamed ? 8 : 0, 2);
            put(b, 0, 10); /* stored, time, checksum */
            put(b, streamed && !is_central ? 0 : data, 4);
            put(b, streamed && !is_central ? 0 : data, 4);
            put(b, size, 2);
            put(b, 0, 2);
            if (is_central) {
                put(b, 0, 8);
                put(b, 0, 2);
                put(b, at, 4);
            }
            buffer_append(b, names, size);
        }
        buffer_append(zip, content, data);
        if (streamed) {
            buffer_append(zip, "PK\7\10", 4);
            put(zip, 0, 4);
            put(zip, data, 4);
            put(zip, data, 4);
        }
        members++;
        names += size + (names[size] == '|');
    }
    size_t start = zip->size;
    buffer_append(zip, central.data, central.size);
    buffer_append(zip, "PK\5\6\0\0\0\0", 8);
    put(zip, members, 2);
    put(zip, members, 2);
    put(zip, central.size, 4);
    put(zip, start, 4);
    put(zip, 0, 2);
    buffer_free(&central);
}

Test(detect_zip, zip_members)
{
    static const struct {
        const char *names, *type;
    } archives[] = {
        {"Index/Document.iwa|Index/Tables/DataList.iwa|preview.jpg",
         "application/vnd.apple.iwork"},
        {"[Content_Types].xml|_rels/.rels|word/document.xml",
         "application/vnd.openxmlformats-officedocument.wordprocessingml"
         ".document"},
        {"[Content_Types].xml|_rels\\.rels|xl\\workbook.xml",
         "application/vnd.openxmlformats-officedocument.spreadsheetml"
         ".sheet"},
        {"_rels/.rels|ppt/presentation.xml|[Content_Types].xml",
         "application/vnd.openxmlformats-officedocument.presentationml"
         ".presentation"},
        {"[Content_Types].xml|docProps/app.xml|xl/workbook.xml",
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"[Content_Types].xml|FixedDocSeq.fdseq",
         "application/vnd.ms-xpsdocument"},
        {"META-INF/|META-INF/MANIFEST.MF|a/B.class",
         "application/java-archive"},
        {"META-INF/MANIFEST.MF|AndroidManifest.xml|classes.dex",
         "application/vnd.android.package-archive"},
        {"p/|p/1.jpg|p/2.PNG", "application/vnd.comicbook+zip"},
        {"p/1.jpg|readme.txt", "application/zip"},
        {"word/document.xml|a.txt", "application/zip"},
        {"a.txt", "application/zip"},
    };
    struct buffer zip = {0};
    char filler[6000];
    memset(filler, 'x', sizeof filler);
    filler[sizeof filler - 1] = '\0';
    for (size_t i = 0; i < sizeof archives / sizeof archives[0]; i++) {
        /* The later members stand in the head, or only in the directory. */
        for (int way = 0; way < 4; way++) {
            make_zip(archives[i].names, way & 1 ? filler : "x", way & 2, &zip);
            expect_type(archives[i].type, zip.data, zip.size);
        }
    }
    make_zip("mimetype|content.xml", "application/vnd.oasis.opendocument.text",
             false, &zip);
    expect_type("application/vnd.oasis.opendocument.text", zip.data, zip.size);
    make_zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet",
             false, &zip);
    expect_type("application/vnd.oasis.opendocument.spreadsheet", zip.data,
                zip.size);
    /* What begins as another type does is not that one. */
    static const char *const kinds[] = { "text-web", "text-master-template",
                                         "image-template", "chart-template",
                                         "formula-template", "base" };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        char type[80];
        snprintf(type, sizeof type, "application/vnd.oasis.opendocument.%s",
                 kinds[i]);
        make_zip("mimetype|content.xml", type, false, &zip);
        expect_type(type, zip.data, zip.size);
    }
    make_zip("mimetype|META-INF/container.xml", "application/epub+zip", false,
             &zip);
    cr_expect_eq(detect("x", zip.data, zip.size).format, &format_epub);
    buffer_free(&zip);
}

/* The content type of the main part tells kinds apart whose members have the
 * same names. */
Test(detect_zip, kinds_of_packages)
{
    static const struct {
        const char *part, *name, *format;
    } packages[] = {
        {"application/vnd.openxmlformats-officedocument.wordprocessingml"
         ".template.main+xml", "word/document.xml", "dotx"},
        {"application/vnd.ms-word.document.macroEnabled.main+xml",
         "word/document.xml", "docm"},
        {"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
         "word/document.xml", "dotm"},
        {"application/vnd.openxmlformats-officedocument.presentationml"
         ".slideshow.main+xml", "ppt/presentation.xml", "ppsx"},
        {"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
         "ppt/presentation.xml", "pptm"},
        {"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
         "xl/workbook.xml", "xlsm"},
        {"application/vnd.openxmlformats-officedocument.spreadsheetml"
         ".template.main+xml", "own/names.xml", "xltx"},
        {"no type that is known", "xl/workbook.xml", "xlsx"},
    };
    struct buffer zip = {0};
    char names[80];
    for (size_t i = 0; i < sizeof packages / sizeof packages[0]; i++) {
        snprintf(names, sizeof names, "[Content_Types].xml|%s",
                 packages[i].name);
        make_zip(names, packages[i].part, false, &zip);
        struct detection found = detect("x", zip.data, zip.size);
        cr_assert_not_null(found.format, "%s", packages[i].part);
        cr_expect_str_eq(found.format->name, packages[i].format);
    }
    make_zip("[Content_Types].xml|xl/workbook.bin",
             "application/vnd.ms-excel.sheet.binary.macroEnabled.main", false,
             &zip);
    expect_type("application/vnd.ms-excel.sheet.binary.macroEnabled.12",
                zip.data, zip.size);
    buffer_free(&zip);
}

Test(detect_zip, zip_cut_anywhere)
{
    struct buffer zip = {0};
    make_zip("[Content_Types].xml|word/document.xml|p/1.jpg", "x", false, &zip);
    for (size_t size = 4; size < zip.size; size++) {
        /* A copy of that size, so that a sanitizer sees what is read. */
        char *copy = malloc(size);
        memcpy(copy, zip.data, size);
        cr_expect_not_null(detect("x", copy, size).media_type);
        free(copy);
    }
    buffer_free(&zip);
}
