/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-ole.c - compound files, read and written; strings by code pages; the
 * compressed RTF of Outlook and what it wraps. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/codepage.h"
#include "format/lzfu.h"
#include "format/msgrtf.h"
#include "format/ole.h"
#include "format/olewrite.h"
#include "format/registry.h"

static void read_sample(const char *name, struct buffer *out)
{
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/corpus/%s", srcdir != NULL ? srcdir : ".", name);
    FILE *file = fopen(path, "rb");
    char bytes[4096];
    size_t got;
    cr_assert_not_null(file, "%s", path);
    while ((got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_append(out, bytes, got);
    fclose(file);
    free(path);
}

static struct ole *open_bytes(const struct buffer *b)
{
    struct error e = {0};
    struct ole *o = ole_open((const unsigned char *)b->data, b->size, &e);
    cr_assert_not_null(o, "%s", e.detail);
    return o;
}

/* --- compound files --- */

Test(ole, finds_and_reads)
{
    struct buffer file = {0}, out = {0};
    struct error e = {0};
    read_sample("good-outlook.msg", &file);
    struct ole *o = open_bytes(&file);
    int attachment = ole_find(o, OLE_ROOT, "__ATTACH_version1.0_#00000000");
    cr_assert_geq(attachment, 0, "names are found in any case");
    cr_expect(ole_is_storage(o, attachment));
    int data = ole_find(o, attachment, "__substg1.0_37010102");
    cr_expect_eq(ole_read(o, data, 1000, &out, &e), 0);
    cr_expect_str_eq(buffer_string(&out), "The attached text.\n");
    buffer_clear(&out);
    cr_expect_eq(ole_read(o, data, 3, &out, &e), -1);
    cr_expect_eq(e.kind, ERROR_LIMIT);
    cr_expect_eq(out.size, 3);
    cr_expect_eq(ole_read(o, attachment, 1000, &out, &e), -1, "no stream");
    cr_expect_eq(e.kind, ERROR_MISSING);
    cr_expect_eq(ole_find(o, OLE_ROOT, "nothing"), -1);
    cr_expect_eq(ole_find(o, -1, "nothing"), -1);
    ole_close(o);
    buffer_free(&file);
    buffer_free(&out);
}

/* Wherever the file ends, and whatever is read of it, nothing is asked for
 * behind its end (which a sanitizer sees). */
Test(ole, cut_anywhere)
{
    struct buffer file = {0};
    read_sample("good-word.doc", &file);
    for (size_t size = 0; size < file.size; size += 61) {
        unsigned char *copy = xmalloc(size + 1);
        struct buffer out = {0};
        struct error e = {0};
        memcpy(copy, file.data, size);
        struct ole *o = ole_open(copy, size, &e);
        cr_expect(o != NULL || e.kind != ERROR_NONE);
        for (int i = o != NULL ? ole_first(o, OLE_ROOT) : -1; i >= 0;
             i = ole_next(o, i))
            ole_read(o, i, SIZE_MAX, &out, &e);
        cr_expect_leq(out.size, 8 * file.size);
        ole_close(o);
        buffer_free(&out);
        free(copy);
    }
    buffer_free(&file);
}

/* A chain that bites its tail gives as many bytes as the stream claims, and
 * no more than the file has. */
Test(ole, chain_without_end)
{
    unsigned char file[512 * 4] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    struct error e = {0};
    struct buffer out = {0};
    file[30] = 9;
    file[32] = 6;
    file[44] = 1;
    memset(file + 60, 0xfe, 4);
    memset(file + 68, 0xfe, 4);
    file[76] = 1; /* the table of chains is sector 1, the directory 0 */
    unsigned char *table = file + 1024, *root = file + 512, *stream = root + 128;
    memset(table, 0xff, 512);
    memset(table, 0xfe, 4);
    table[8] = 2;
    table[9] = table[10] = table[11] = 0; /* sector 2 follows itself */
    root[66] = 5;
    memset(root + 68, 0xff, 8);
    root[76] = 1;
    stream[0] = 'a';
    stream[66] = 2;
    memset(stream + 68, 0xff, 12);
    stream[116] = 2;
    memset(stream + 120, 0x7f, 4);
    struct ole *o = ole_open(file, sizeof file, &e);
    cr_assert_not_null(o);
    cr_expect_eq(ole_read(o, ole_find(o, OLE_ROOT, "a"), SIZE_MAX, &out, &e), -1);
    cr_expect_leq(out.size, sizeof file);
    ole_close(o);
    buffer_free(&out);
}

/* The parts of a directory may point at each other in circles. */
Test(ole, tree_without_end)
{
    struct buffer file = {0};
    read_sample("good-outlook.msg", &file);
    for (size_t at = 512; at + 80 < file.size; at += 128) {
        struct buffer copy = {0};
        struct error e = {0};
        buffer_append(&copy, file.data, file.size);
        for (size_t link = 68; link <= 76; link += 4)
            memset(copy.data + at + link, link == 72 ? 1 : 0, 1);
        struct ole *o =
            ole_open((const unsigned char *)copy.data, copy.size, &e);
        int count = 0;
        for (int i = ole_first(o, OLE_ROOT); i >= 0; i = ole_next(o, i))
            count++;
        cr_expect_leq((size_t)count, file.size / 128);
        ole_close(o);
        buffer_free(&copy);
    }
    buffer_free(&file);
}

static void expect_same(struct ole *a, int at, struct ole *b, int bt)
{
    int i = ole_first(a, at), j = ole_first(b, bt);
    for (; i >= 0 && j >= 0; i = ole_next(a, i), j = ole_next(b, j)) {
        char name[OLE_NAME], other[OLE_NAME];
        ole_name(a, i, name);
        ole_name(b, j, other);
        cr_expect_str_eq(name, other);
        if (ole_is_storage(a, i)) {
            expect_same(a, i, b, j);
            continue;
        }
        struct buffer x = {0}, y = {0};
        cr_expect_eq(ole_read(a, i, SIZE_MAX, &x, NULL), 0);
        cr_expect_eq(ole_read(b, j, SIZE_MAX, &y, NULL), 0);
        cr_expect(x.size == y.size
                  && (x.size == 0 || memcmp(x.data, y.data, x.size) == 0), "%s",
                  name);
        buffer_free(&x);
        buffer_free(&y);
    }
    cr_expect_eq(i, -1);
    cr_expect_eq(j, -1);
}

Test(ole, written_again)
{
    struct buffer file = {0}, copy = {0};
    struct error e = {0};
    read_sample("good-outlook.msg", &file);
    struct ole *o = open_bytes(&file);
    cr_assert_eq(olewrite(o, OLE_ROOT, NULL, 0, 0, &copy, &e), 0);
    struct ole *again = open_bytes(&copy);
    expect_same(o, OLE_ROOT, again, OLE_ROOT);
    ole_close(o);
    ole_close(again);
    buffer_free(&file);
    buffer_free(&copy);
}

/* --- attachments --- */

struct collected {
    struct emit emit;
    struct buffer text, data;
    char names[8][64];
    int members;
};

static int take_text(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct collected *)emit)->text, text, size);
    return 0;
}

static int take_begin(struct emit *emit, const struct member *member)
{
    struct collected *c = (struct collected *)emit;
    snprintf(c->names[c->members++], sizeof c->names[0], "%s", member->name);
    buffer_clear(&c->data);
    return 0;
}

static int take_data(struct emit *emit, const void *data, size_t size)
{
    buffer_append(&((struct collected *)emit)->data, data, size);
    return 0;
}

static int take_end(struct emit *emit, const struct error *e)
{
    (void)emit;
    cr_expect_null(e);
    return 0;
}

static void collect(const struct format *format, const struct buffer *file,
                    struct collected *c)
{
    struct format_input input = {.data = (const unsigned char *)file->data,
                                 .size = file->size, .name = "a"};
    struct format_info info = {0};
    struct error e = {0};
    c->emit = (struct emit){.text = take_text, .member_begin = take_begin,
                            .member_data = take_data, .member_end = take_end};
    struct format_document *d = format->open(&input, &info, &e);
    cr_assert_not_null(d, "%s", e.detail);
    cr_expect_eq(format->page(d, 1, &c->emit, &e), 0, "%s", e.detail);
    format->close(d);
    metadata_clear(&info.metadata);
}

Test(ole, attached_messages_are_files)
{
    struct buffer file = {0};
    struct collected outer = {0}, inner = {0};
    read_sample("good-outlook.msg", &file);
    collect(&format_msg, &file, &outer);
    cr_assert_eq(outer.members, 2);
    cr_expect_str_eq(outer.names[0], "note.txt");
    cr_expect_str_eq(outer.names[1], "Inner.msg");
    collect(&format_msg, &outer.data, &inner);
    cr_expect_str_eq(buffer_string(&inner.text),
                     "Subject: Inner\nFrom: Ann Author <ann@example.org>\n"
                     "Date: Fri, 1 Mar 2024 12:00:00 +0000\n\nhello world\n");
    buffer_free(&file);
    buffer_free(&outer.text);
    buffer_free(&outer.data);
    buffer_free(&inner.text);
    buffer_free(&inner.data);
}

Test(ole, embedded_documents_are_files)
{
    struct buffer file = {0};
    struct collected outer = {0}, inner = {0};
    read_sample("good-word.doc", &file);
    collect(&format_doc, &file, &outer);
    cr_assert_eq(outer.members, 2);
    cr_expect_str_eq(outer.names[0], "note.txt");
    cr_expect_str_eq(outer.names[1], "_2.xls");
    collect(&format_xls, &outer.data, &inner);
    cr_expect_not_null(strstr(buffer_string(&inner.text), "a label"));
    buffer_free(&file);
    buffer_free(&outer.text);
    buffer_free(&outer.data);
    buffer_free(&inner.text);
}

/* --- RTF --- */

/* The examples of [MS-OXRTFCP] 4. */
Test(lzfu, examples)
{
    static const unsigned char first[] =
        "\x2d\0\0\0\x2b\0\0\0\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\0\x0a\0\x72\x63"
        "\x70\x67\x31\x32\x35\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\0\x20\x62\x77"
        "\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0";
    static const unsigned char second[] =
        "\x1a\0\0\0\x1c\0\0\0\x4c\x5a\x46\x75\xe2\xd4\x4b\x51\x41\0\x04\x20\x57"
        "\x58\x59\x5a\x0d\x6e\x7d\x01\x0e\xb0";
    struct buffer out = {0};
    struct error e = {0};
    cr_expect_eq(lzfu_expand(first, sizeof first - 1, 1000, &out, &e), 0, "%s",
                 e.detail);
    cr_expect_str_eq(buffer_string(&out),
                     "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
    buffer_clear(&out);
    cr_expect_eq(lzfu_expand(second, sizeof second - 1, 1000, &out, &e), 0, "%s",
                 e.detail);
    cr_expect_str_eq(buffer_string(&out), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
    buffer_clear(&out);
    cr_expect_eq(lzfu_expand(second, sizeof second - 1, 5, &out, &e), -1);
    cr_expect_eq(e.kind, ERROR_LIMIT);
    cr_expect_eq(lzfu_expand(second, 22, 1000, &out, &e), -1);
    cr_expect_eq(e.kind, ERROR_TRUNCATED);
    buffer_free(&out);
}

static void expect_unwrapped(const char *rtf, enum msgrtf kind, const char *text)
{
    struct buffer out = {0};
    cr_expect_eq(msgrtf_unwrap(rtf, strlen(rtf), &out), kind);
    cr_expect_str_eq(buffer_string(&out), text);
    buffer_free(&out);
}

Test(msgrtf, unwraps)
{
    expect_unwrapped("{\\rtf1\\ansi\\ansicpg1251\\fromhtml1{\\fonttbl{\\f0 Arial;}}"
                     "{\\*\\htmltag18 <p>}\\htmlrtf{\\f0 away\\htmlrtf0 \\'ec\\u1086?"
                     "\\htmlrtf \\par}\\htmlrtf0{\\*\\htmltag26 </p>}"
                     "{\\*\\mhtmltag <gone>}}",
                     MSGRTF_HTML, "<p>\u043c\u043e</p>");
    expect_unwrapped("{\\rtf1\\fromtext one\\par\ntwo\\tab{\\*\\unknown x}"
                     "\\uc1\\u-10179?\\u-8542?\\{\\}}}}",
                     MSGRTF_TEXT, "one\ntwo\t\U0001f6a2{}");
    expect_unwrapped("{\\rtf1 its own\\par}", MSGRTF_NONE, "");
}

/* --- code pages --- */

static void expect_page(unsigned page, const char *bytes, const char *text)
{
    struct buffer out = {0};
    codepage_append(&out, page, (const unsigned char *)bytes, strlen(bytes));
    cr_expect_str_eq(buffer_string(&out), text, "%u", page);
    buffer_free(&out);
}

Test(codepage, to_utf8)
{
    expect_page(1252, "\x93" "caf\xe9\x94 \x80", "\u201ccaf\u00e9\u201d \u20ac");
    expect_page(0, "\x85", "\u2026");
    expect_page(1251, "\xec\xee\xf0\xe5", "\u043c\u043e\u0440\u0435");
    expect_page(932, "\x8a\x43", "\u6d77");
    expect_page(10000, "\x8e", "\u00e9");
    expect_page(28592, "\xb3", "\u0142");
    expect_page(65001, "\xc3\xa9", "\u00e9");
    expect_page(99999, "\xe9", "\u00e9");
    cr_expect_eq(codepage_of_language(0x0419), 1251);
    cr_expect_eq(codepage_of_language(0x0404), 950);
    cr_expect_eq(codepage_of_language(0x0804), 936);
    cr_expect_eq(codepage_of_language(0x0409), 1252);
}
