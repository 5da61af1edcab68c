/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-epub.c - the format "epub": bids, pages and their faults, passwords,
 * and archives that are cut, damaged or lie. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "book.h"
#include "detect/magic.h"
#include "format/registry.h"

#define OPF                                                                   \
    { "b.opf",                                                                \
      "<package version='3.0'><metadata/><manifest>"                          \
      "<item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>"      \
      "<item id='b' href='b.xhtml' media-type='application/xhtml+xml'/>"      \
      "<item id='c' href='c.svg' media-type='image/svg+xml'/></manifest>"     \
      "<spine><itemref idref='a'/><itemref idref='b'/><itemref idref='c'/>"   \
      "</spine></package>",                                                   \
      NULL }

#define LONG_TEXT                                                   \
    "<html><body><p>A chapter that is long enough to be deflated, " \
    "not only stored.</p></body></html>"

static const struct book_member good[] = {
    BOOK_MIMETYPE,
    BOOK_CONTAINER("b.opf"),
    OPF,
    { "a.xhtml", "<html><body><p>first</p></body></html>", NULL },
    { "b.xhtml", LONG_TEXT, NULL },
    { "c.svg", "<svg><text>third</text></svg>", NULL },
    { NULL, NULL, NULL },
};

struct book {
    unsigned char *data;
    size_t size;
    struct format_document *document;
    struct format_info info;
    struct error error;
};

struct collector {
    struct emit emit;
    struct buffer text;
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    cr_expect_eq(utf8_valid_prefix(text, size), size);
    buffer_append(&((struct collector *)emit)->text, text, size);
    return 0;
}

static int refuse(struct emit *emit, const char *text, size_t size)
{
    (void)emit;
    (void)text;
    (void)size;
    return -1;
}

/* B->data and B->size are set. */
static void book_open(struct book *b, const char *password)
{
    struct format_input input = {
        .data = b->data, .size = b->size, .name = "x.epub", .password = password,
    };
    memset(&b->info, 0, sizeof b->info);
    error_clear(&b->error);
    b->document = format_epub.open(&input, &b->info, &b->error);
}

static void book_close(struct book *b)
{
    format_epub.close(b->document);
    metadata_clear(&b->info.metadata);
}

static void expect_page(struct book *b, int page, const char *text,
                        enum error_kind kind)
{
    struct collector c = { .emit = { .text = collect } };
    error_clear(&b->error);
    int r = format_epub.page(b->document, page, &c.emit, &b->error);
    cr_expect_str_eq(buffer_string(&c.text), text);
    cr_expect_eq(r, kind == ERROR_NONE ? 0 : -1);
    cr_expect_eq(b->error.kind, kind, "%s", b->error.detail);
    buffer_free(&c.text);
}

static int bid(const unsigned char *data, size_t size)
{
    size_t tail = size < PEEK_TAIL ? size : PEEK_TAIL;
    struct peek peek = {
        .head = data,
        .head_size = size < PEEK_HEAD ? size : PEEK_HEAD,
        .tail = data + size - tail,
        .tail_size = tail,
        .size = size,
        .name = "x",
    };
    peek.container = container_type(&peek);
    return format_epub.bid(&peek);
}

/* Where the content of the member NAME begins. */
static unsigned char *content_of(struct book *b, const char *name)
{
    unsigned char *p = memmem(b->data, b->size, name, strlen(name));
    cr_assert_not_null(p);
    p -= 30;
    cr_assert_eq(memcmp(p, "PK\3\4", 4), 0);
    return p + 30 + p[26] + 256 * p[27] + p[28] + 256 * p[29];
}

Test(epub, bids)
{
    static const struct book_member late[] = {
        { "a.txt", "a", NULL },
        BOOK_CONTAINER("b.opf"),
        { NULL, NULL, NULL },
    };
    static const struct book_member other[] = {
        { "mimetype", "application/vnd.adobe.indesign-idml", NULL },
        BOOK_CONTAINER("b.opf"),
        { NULL, NULL, NULL },
    };
    static const struct book_member plain[] = {
        { "a.txt", "a", NULL },
        { NULL, NULL, NULL },
    };
    static const struct book_member library[] = {
        { "a.epub", "PK\3\4 META-INF/container.xml", NULL },
        { NULL, NULL, NULL },
    };
    const struct book_member *books[] = { good, late, other, plain, library };
    static const int bids[] = { 100, 90, 0, 0, 0 };
    for (size_t i = 0; i < sizeof bids / sizeof *bids; i++) {
        size_t size;
        unsigned char *data = book_make(books[i], &size);
        cr_expect_eq(bid(data, size), bids[i], "book %zu", i);
        /* Cut anywhere, nothing past the end is read. */
        for (size_t n = 0; n < size && n < 200; n++) {
            unsigned char *cut = malloc(n ? n : 1);
            memcpy(cut, data, n);
            bid(cut, n);
            free(cut);
        }
        free(data);
    }
}

Test(epub, pages)
{
    struct book b;
    struct emit stop = { .text = refuse };
    b.data = book_make(good, &b.size);
    book_open(&b, NULL);
    cr_assert_not_null(b.document);
    cr_expect_eq(b.info.pages, 3);
    cr_expect_eq(b.info.flaw.kind, ERROR_NONE);
    cr_expect_str_eq(metadata_get(&b.info.metadata, "version"), "EPUB 3.0");
    expect_page(&b, 3, "third\n", ERROR_NONE);
    expect_page(&b, 1, "first\n", ERROR_NONE);
    expect_page(&b, 1, "first\n", ERROR_NONE);
    expect_page(&b, 4, "", ERROR_NO_PAGES);
    cr_expect_eq(format_epub.page(b.document, 1, &stop, NULL), -1);
    book_close(&b);
    free(b.data);
    format_epub.close(NULL);
}

Test(epub, missing_chapter)
{
    struct book_member members[sizeof good / sizeof *good];
    struct book b;
    memcpy(members, good, sizeof good);
    members[4].name = "elsewhere";
    b.data = book_make(members, &b.size);
    book_open(&b, NULL);
    cr_assert_not_null(b.document);
    expect_page(&b, 1, "first\n", ERROR_NONE);
    expect_page(&b, 2, "", ERROR_DAMAGED);
    cr_expect_str_eq(b.error.detail, "b.xhtml: not in the archive");
    expect_page(&b, 3, "third\n", ERROR_NONE);
    book_close(&b);
    free(b.data);
}

Test(epub, damaged_chapters)
{
    struct book b;
    b.data = book_make(good, &b.size);
    /* In a stored member all text comes, and the checksum tells. */
    memcpy(memmem(b.data, b.size, "first", 5), "fIrst", 5);
    memset(content_of(&b, "b.xhtml"), 0xff, 8);
    book_open(&b, NULL);
    cr_assert_not_null(b.document);
    expect_page(&b, 1, "fIrst\n", ERROR_DAMAGED);
    cr_expect_str_eq(b.error.detail, "a.xhtml: the checksum is wrong");
    expect_page(&b, 2, "", ERROR_DAMAGED);
    expect_page(&b, 3, "third\n", ERROR_NONE);
    book_close(&b);
    free(b.data);
}

/* The sizes in all headers of the members are made enormous. */
Test(epub, lying_sizes)
{
    struct book b;
    b.data = book_make(good, &b.size);
    unsigned char *end = b.data + b.size, *p = b.data;
    while ((p = memmem(p, (size_t)(end - p), "PK\1\2", 4))) {
        memset(p + 24, 0xf0, 4);
        p += 4;
    }
    book_open(&b, NULL);
    if (b.document)
        for (int page = 1; page <= b.info.pages; page++) {
            struct collector c = { .emit = { .text = collect } };
            format_epub.page(b.document, page, &c.emit, NULL);
            buffer_free(&c.text);
        }
    else
        cr_expect_neq(b.error.kind, ERROR_NONE);
    book_close(&b);
    free(b.data);
}

Test(epub, bomb)
{
    size_t size = (size_t)70 << 20;
    char *text = malloc(size + 1);
    memset(text, 'a', size);
    memcpy(text, "<p>", 3);
    text[size] = '\0';
    struct book_member members[sizeof good / sizeof *good];
    struct book b;
    memcpy(members, good, sizeof good);
    members[4].content = text;
    b.data = book_make(members, &b.size);
    cr_expect_lt(b.size, 1 << 20);
    book_open(&b, NULL);
    cr_assert_not_null(b.document);
    struct collector c = { .emit = { .text = collect } };
    cr_expect_eq(format_epub.page(b.document, 2, &c.emit, &b.error), -1);
    cr_expect_eq(b.error.kind, ERROR_LIMIT);
    cr_expect_leq(c.text.size, (size_t)64 << 20);
    cr_expect_gt(c.text.size, (size_t)63 << 20);
    buffer_free(&c.text);
    expect_page(&b, 3, "third\n", ERROR_NONE);
    book_close(&b);
    free(b.data);
    free(text);
}

Test(epub, passwords)
{
    struct book_member members[sizeof good / sizeof *good];
    struct book b;
    memcpy(members, good, sizeof good);
    members[4].password = "secret";
    b.data = book_make(members, &b.size);
    static const struct {
        const char *password, *text;
        enum error_kind kind;
    } cases[] = {
        { NULL, "", ERROR_ENCRYPTED },
        { "wrong", "", ERROR_ENCRYPTED },
        { "secret",
          "A chapter that is long enough to be deflated, not only stored.\n",
          ERROR_NONE },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        book_open(&b, cases[i].password);
        cr_assert_not_null(b.document);
        expect_page(&b, 1, "first\n", ERROR_NONE);
        expect_page(&b, 2, cases[i].text, cases[i].kind);
        book_close(&b);
    }
    free(b.data);
    members[1].password = "secret"; /* the container */
    b.data = book_make(members, &b.size);
    book_open(&b, NULL);
    cr_expect_null(b.document);
    cr_expect_eq(b.error.kind, ERROR_ENCRYPTED);
    book_close(&b);
    free(b.data);
}

Test(epub, truncated)
{
    struct book b;
    b.data = book_make(good, &b.size);
    size_t whole = b.size;
    for (b.size = 0; b.size < whole; b.size++) {
        unsigned char *all = b.data;
        b.data = malloc(b.size ? b.size : 1);
        memcpy(b.data, all, b.size);
        book_open(&b, NULL);
        cr_expect_null(b.document);
        cr_expect_eq(b.error.kind, ERROR_TRUNCATED, "%zu: %s", b.size,
                     b.error.detail);
        book_close(&b);
        free(b.data);
        b.data = all;
    }
    free(b.data);
}

/* A small ZIP64 archive that promises more members than memory could hold. */
Test(epub, too_many_members)
{
    unsigned char end[30 + 56 + 20 + 22] = "PK\3\4";
    struct book b = { .data = end, .size = sizeof end };
    memcpy(end + 30, "PK\6\6", 4);
    memset(end + 30 + 24, 0x7f, 16);
    memcpy(end + 86, "PK\6\7", 4);
    end[86 + 8] = 30;
    memcpy(end + 106, "PK\5\6", 4);
    memset(end + 106 + 8, 0xff, 12);
    book_open(&b, NULL);
    cr_expect_null(b.document);
    cr_expect_eq(b.error.kind, ERROR_LIMIT);
}

/* Any bit may be wrong: no crash, and never an error without a reason. */
Test(epub, flipped_bits)
{
    struct book b;
    b.data = book_make(good, &b.size);
    for (size_t i = 0; i < 8 * b.size; i++) {
        b.data[i / 8] ^= (unsigned char)(1 << i % 8);
        book_open(&b, NULL);
        if (!b.document)
            cr_expect_neq(b.error.kind, ERROR_NONE);
        for (int page = 1; b.document && page <= b.info.pages; page++) {
            struct collector c = { .emit = { .text = collect } };
            error_clear(&b.error);
            if (format_epub.page(b.document, page, &c.emit, &b.error) < 0)
                cr_expect_neq(b.error.kind, ERROR_NONE);
            buffer_free(&c.text);
        }
        book_close(&b);
        b.data[i / 8] ^= (unsigned char)(1 << i % 8);
    }
    free(b.data);
}
