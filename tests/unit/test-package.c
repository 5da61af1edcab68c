/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-package.c - archives, containers and package documents: what points
 * where, and what is missing. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "book.h"
#include "format/ocf.h"
#include "format/package.h"
#include "format/sax.h"

#define OPF(version, metadata, manifest, spine)                         \
    "<package xmlns='http://www.idpf.org/2007/opf' version='" version   \
    "' xmlns:dc='http://purl.org/dc/elements/1.1/' "                    \
    "xmlns:opf='http://www.idpf.org/2007/opf'><metadata>" metadata      \
    "</metadata><manifest>" manifest "</manifest><spine>" spine         \
    "</spine></package>"
#define ITEM(id, href, type)                                         \
    "<item id='" id "' href='" href "' media-type='" type "'/>"
#define REF(id) "<itemref idref='" id "'/>"
#define XHTML "application/xhtml+xml"

struct fixture {
    unsigned char *data;
    struct zipfile *zip;
    struct package package;
    struct error error;
    int result;
};

static void make(struct fixture *f, const struct book_member *members)
{
    size_t size;
    memset(f, 0, sizeof *f);
    f->data = book_make(members, &size);
    f->zip = zipfile_open(f->data, size, NULL, &f->error);
    cr_assert_not_null(f->zip);
    f->result = package_read(f->zip, &f->package, &f->error);
}

static void done(struct fixture *f)
{
    package_clear(&f->package);
    zipfile_close(f->zip);
    free(f->data);
}

/* Page I (from 0) is the member of that name. */
static void expect_page(struct fixture *f, size_t i, const char *name)
{
    cr_assert_lt(i, f->package.count);
    cr_expect_eq(f->package.pages[i].fault, PACKAGE_FINE);
    cr_expect_str_eq(zipfile_name(f->zip, f->package.pages[i].member), name);
}

static void expect_value(struct fixture *f, const char *key, const char *value)
{
    const char *found = metadata_get(&f->package.metadata, key);
    cr_assert_not_null(found, "%s", key);
    cr_expect_str_eq(found, value);
}

Test(package, spine)
{
    static const struct book_member members[] = {
        BOOK_MIMETYPE,
        BOOK_CONTAINER("OEBPS/x/book.opf"),
        { "OEBPS/x/book.opf",
          OPF("3.0", "",
              ITEM("a", "a.xhtml", XHTML)
              ITEM("b", "../text/b%20b.xhtml#top", XHTML)
              ITEM("c", "/../../../C.XHTML", "text/html")
              ITEM("m", "gone.xhtml", XHTML)
              ITEM("i", "i.jpg", "image/jpeg")
              "<item id='s' href='s.bin' media-type='x/y' fallback='t'/>"
              "<item id='t' href='t.bin' media-type='x/y' fallback='a'/>"
              "<item id='u' href='u.bin' media-type='x/y' fallback='u'/>",
              REF("b") REF("a") REF("a") REF("c") REF("m") REF("none")
              "<itemref idref='i' linear='no'/>" REF("s") REF("u")), NULL },
        { "OEBPS/x/a.xhtml", "a", NULL },
        { "OEBPS/text/b b.xhtml", "b", NULL },
        { "c.xhtml", "c", NULL },
        { "OEBPS/x/i.jpg", "i", NULL },
        { "OEBPS/x/u.bin", "u", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.result, 0);
    cr_expect_eq(f.package.flaw.kind, ERROR_NONE);
    cr_assert_eq(f.package.count, 9);
    expect_page(&f, 0, "OEBPS/text/b b.xhtml");
    expect_page(&f, 1, "OEBPS/x/a.xhtml");
    expect_page(&f, 2, "OEBPS/x/a.xhtml");
    expect_page(&f, 3, "c.xhtml");
    cr_expect_eq(f.package.pages[4].fault, PACKAGE_NO_MEMBER);
    cr_expect_str_eq(f.package.pages[4].label, "gone.xhtml");
    cr_expect_eq(f.package.pages[5].fault, PACKAGE_NO_ITEM);
    cr_expect_str_eq(f.package.pages[5].label, "none");
    cr_expect_eq(f.package.pages[6].fault, PACKAGE_NO_TEXT);
    expect_page(&f, 7, "OEBPS/x/a.xhtml");
    expect_page(&f, 8, "OEBPS/x/u.bin");
    done(&f);
}

#define BOUND "application/x-quiz"
#define SMIL "application/smil+xml"

/* Neither the overlays of chapters nor programs of bindings are text, wherever
 * they are listed; what a reader without the program sees is. */
Test(package, overlays_and_bindings)
{
    static const struct book_member members[] = {
        BOOK_MIMETYPE,
        BOOK_CONTAINER("b.opf"),
        { "b.opf",
          "<package version='3.0'><metadata>"
          "<meta property='media:duration' refines='#o'>0:00:05</meta>"
          "<meta property='media:duration'>0:01:36</meta>"
          "<meta property='media:narrator'>Nora Reader</meta>"
          "<meta property='media:narrator'>Second Voice</meta>"
          "<meta property='media:active-class'>active</meta></metadata><manifest>"
          "<item id='a' href='a.xhtml' media-type='" XHTML "' media-overlay='o'/>"
          ITEM("o", "a.smil", SMIL) ITEM("l", "l.pls", "application/pls+xml")
          ITEM("p", "p.css", "text/css") ITEM("n", "n.ncx", "application/x-dtbncx+xml")
          "<item id='q' href='q.bin' media-type='" BOUND "' fallback='f'/>"
          ITEM("r", "r.bin", BOUND) ITEM("u", "u.bin", "x/y")
          ITEM("f", "f.xhtml", XHTML)
          "<item id='h' href='h.xhtml' media-type='" XHTML "' properties='scripted'/>"
          "<item id='x' href='x.bin' media-type='x/y' fallback='y'/>"
          "<item id='y' href='y.bin' media-type='x/y' fallback='x'/></manifest>"
          "<spine><itemref idref='a' linear='no'/>" REF("o") REF("l") REF("p") REF("n")
          REF("q") REF("r") REF("u") REF("x")
          "</spine><bindings><mediaType handler='h' media-type='" BOUND "'/></bindings>"
          "</package>", NULL },
        { "a.xhtml", "a", NULL }, { "a.smil", "o", NULL },  { "l.pls", "l", NULL },
        { "p.css", "p", NULL },   { "n.ncx", "n", NULL },   { "q.bin", "q", NULL },
        { "r.bin", "r", NULL },   { "u.bin", "u", NULL },   { "f.xhtml", "f", NULL },
        { "h.xhtml", "h", NULL }, { "x.bin", "x", NULL },   { "y.bin", "y", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.result, 0);
    cr_assert_eq(f.package.count, 9);
    expect_page(&f, 0, "a.xhtml");
    for (size_t i = 1; i < 5; i++)
        cr_expect_eq(f.package.pages[i].fault, PACKAGE_NO_TEXT, "%zu", i);
    expect_page(&f, 5, "f.xhtml");
    cr_expect_not(f.package.pages[5].bound);
    expect_page(&f, 6, "r.bin");
    cr_expect(f.package.pages[6].bound);
    expect_page(&f, 7, "u.bin");
    cr_expect_not(f.package.pages[7].bound);
    expect_page(&f, 8, "x.bin");
    expect_value(&f, "duration", "0:01:36");
    expect_value(&f, "narrator", "Nora Reader");
    cr_expect_eq(f.package.metadata.count, 4);
    done(&f);
}

/* Nor when all items have to do for a spine. */
Test(package, bindings_without_spine)
{
    static const struct book_member members[] = {
        BOOK_CONTAINER("b.opf"),
        { "b.opf",
          "<package version='3.0'><metadata/><manifest>"
          ITEM("a", "a.xhtml", XHTML) ITEM("h", "h.xhtml", XHTML)
          ITEM("o", "a.smil", SMIL) "</manifest><bindings>"
          "<mediaType media-type='" BOUND "' handler='h'/><mediaType/></bindings>"
          "</package>", NULL },
        { "a.xhtml", "a", NULL },
        { "a.smil", "o", NULL },
        { "h.xhtml", "h", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.result, 0);
    cr_assert_eq(f.package.count, 1);
    expect_page(&f, 0, "a.xhtml");
    done(&f);
}

/* Several renditions: the first is the one that stands for the book. */
Test(package, renditions)
{
    static const struct book_member members[] = {
        BOOK_MIMETYPE,
        { "META-INF/container.xml",
          "<container><rootfiles>"
          "<rootfile full-path='gone.opf' "
          "media-type='application/oebps-package+xml'/>"
          "<rootfile full-path='one.opf' "
          "media-type='application/oebps-package+xml'/>"
          "<rootfile full-path='two.opf' "
          "media-type='application/oebps-package+xml'/></rootfiles></container>",
          NULL },
        { "one.opf", OPF("3.0", "", ITEM("a", "a.xhtml", XHTML), REF("a")), NULL },
        { "two.opf", OPF("3.0", "", ITEM("b", "b.xhtml", XHTML), REF("b")), NULL },
        { "a.xhtml", "a", NULL },
        { "b.xhtml", "b", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.result, 0);
    cr_assert_eq(f.package.count, 1);
    expect_page(&f, 0, "a.xhtml");
    done(&f);
}

/* Some tools list each section of a chapter as a page of its own. */
Test(package, sections)
{
    static const struct book_member members[] = {
        BOOK_CONTAINER("b.opf"),
        { "b.opf",
          OPF("2.0", "", ITEM("a", "a.html", XHTML) ITEM("b", "a.html#b", XHTML),
              REF("a") REF("b")), NULL },
        { "a.html", "a", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.package.count, 2);
    expect_page(&f, 0, "a.html");
    cr_expect_eq(f.package.pages[1].fault, PACKAGE_NO_TEXT);
    done(&f);
}

Test(package, metadata)
{
    static const struct book_member members[] = {
        BOOK_CONTAINER("b.opf"),
        { "b.opf",
          OPF("3.0",
              "<dc:title>A\n  title &amp; more</dc:title><dc:creator>One"
              "</dc:creator><dc:creator opf:role='ill'>Two</dc:creator>"
              "<dc:language>de</dc:language><dc:publisher>P</dc:publisher>"
              "<dc:identifier>urn:x</dc:identifier><dc:subject>S</dc:subject>"
              "<dc:date opf:event='modification'>2001</dc:date>"
              "<dc:date>1999-02-03</dc:date><meta name='generator' "
              "content='gen 1'/><meta property='dcterms:modified'>"
              "2020-01-01T00:00:00Z</meta>",
              ITEM("a", "a", XHTML), REF("a")), NULL },
        { "a", "a", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.result, 0);
    expect_value(&f, "title", "A title & more");
    expect_value(&f, "author", "One");
    expect_value(&f, "language", "de");
    expect_value(&f, "publisher", "P");
    expect_value(&f, "identifier", "urn:x");
    expect_value(&f, "subject", "S");
    expect_value(&f, "modified", "2001");
    expect_value(&f, "created", "1999-02-03");
    expect_value(&f, "creator", "gen 1");
    expect_value(&f, "version", "EPUB 3.0");
    size_t authors = 0;
    for (size_t i = 0; i < f.package.metadata.count; i++)
        authors += strcmp(f.package.metadata.entries[i].key, "author") == 0;
    cr_expect_eq(authors, 2);
    done(&f);
}

Test(package, without_container)
{
    static const struct book_member members[] = {
        { "x/b.OPF", OPF("2.0", "", ITEM("a", "a", XHTML), REF("a")), NULL },
        { "x/a", "a", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.result, 0);
    expect_page(&f, 0, "x/a");
    cr_expect_eq(f.package.flaw.kind, ERROR_DAMAGED);
    done(&f);
}

Test(package, damaged_document)
{
    static const struct book_member members[] = {
        BOOK_CONTAINER("b.opf"),
        { "b.opf",
          "<package version='2.0'><metadata><dc:title>A &oops B</dc:title>"
          "</metadata><manifest>" ITEM("a", "a", XHTML) "<item id='b' href='b'"
          " media-type='" XHTML "'></manifest><spine>" REF("b") REF("a"), NULL },
        { "a", "a", NULL },
        { "b", "b", NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, members);
    cr_assert_eq(f.result, 0);
    cr_assert_eq(f.package.count, 2);
    expect_page(&f, 0, "b");
    expect_page(&f, 1, "a");
    expect_value(&f, "title", "A &oops B");
    cr_expect_eq(f.package.flaw.kind, ERROR_DAMAGED);
    done(&f);
}

Test(package, nothing_there)
{
    static const struct book_member no_package[] = {
        BOOK_CONTAINER("b.opf"),
        { NULL, NULL, NULL },
    };
    static const struct book_member no_pages[] = {
        BOOK_CONTAINER("b.opf"),
        { "b.opf", OPF("3.0", "", "", ""), NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, no_package);
    cr_expect_eq(f.result, -1);
    cr_expect_eq(f.error.kind, ERROR_DAMAGED);
    done(&f);
    make(&f, no_pages);
    cr_expect_eq(f.result, -1);
    cr_expect_eq(f.error.kind, ERROR_DAMAGED);
    done(&f);
}

#define ENCRYPTED(method, uri)                                              \
    "<enc:EncryptedData><enc:EncryptionMethod Algorithm='" method "'/>"     \
    "<enc:CipherData><enc:CipherReference URI='" uri "'/></enc:CipherData>" \
    "</enc:EncryptedData>"
#define ENCRYPTION(list)                                                  \
    "<encryption xmlns:enc='http://www.w3.org/2001/04/xmlenc#'>" list     \
    "</encryption>"
#define AES "http://www.w3.org/2001/04/xmlenc#aes128-cbc"

Test(package, encrypted)
{
    static const struct book_member some[] = {
        BOOK_CONTAINER("b.opf"),
        { "b.opf", OPF("3.0", "", ITEM("a", "a", XHTML) ITEM("b", "b b", XHTML)
                       ITEM("c", "c", XHTML), REF("a") REF("b") REF("c")),
          NULL },
        { "a", "a", NULL }, { "b b", "b", NULL }, { "c", "c", NULL },
        { "META-INF/rights.xml", "<rights/>", NULL },
        { "META-INF/encryption.xml",
          ENCRYPTION(ENCRYPTED("http://www.idpf.org/2008/embedding", "a")
                     ENCRYPTED("http://ns.adobe.com/pdf/enc#RC", "c")
                     ENCRYPTED(AES, "b%20b")), NULL },
        { NULL, NULL, NULL },
    };
    static const struct book_member all[] = {
        BOOK_CONTAINER("b.opf"),
        { "b.opf", OPF("3.0", "", ITEM("a", "a", XHTML), REF("a")), NULL },
        { "a", "a", NULL },
        { "META-INF/license.lcpl", "{}", NULL },
        { "META-INF/encryption.xml", ENCRYPTION(ENCRYPTED(AES, "a")), NULL },
        { NULL, NULL, NULL },
    };
    struct fixture f;
    make(&f, some);
    cr_assert_eq(f.result, 0);
    expect_page(&f, 0, "a");
    cr_expect_eq(f.package.pages[1].fault, PACKAGE_ENCRYPTED);
    expect_page(&f, 2, "c");
    cr_expect_str_eq(f.package.scheme, "Adobe ADEPT");
    done(&f);
    make(&f, all);
    cr_expect_eq(f.result, -1);
    cr_expect_eq(f.error.kind, ERROR_ENCRYPTED);
    cr_expect_str_eq(f.error.detail, "encrypted by Readium LCP");
    done(&f);
}

Test(package, paths)
{
    static const struct book_member members[] = {
        { "a/b.x", "1", NULL },
        { "A/B.X", "2", NULL },
        { "100%25", "3", NULL },
        { NULL, NULL, NULL },
    };
    size_t size;
    unsigned char *data = book_make(members, &size);
    struct zipfile *zip = zipfile_open(data, size, NULL, NULL);
    static const struct {
        const char *base, *href;
        int64_t member;
    } cases[] = {
        { NULL, "a/b.x", 0 },          { NULL, "A/B.X", 1 },
        { NULL, "a/B.x", 1 },          { "a/c", "b.x", 0 },
        { "a/c", "./../a//b.x#y", 0 }, { "a/c", "../../../a/b.x", 0 },
        { "a/c", "/a/b.x", 0 },        { NULL, "%61/b%2Ex", 0 },
        { NULL, "100%25", 2 },         { NULL, "a/b.x%00", -1 },
        { NULL, "", -1 },              { NULL, "#y", -1 },
        { NULL, "..", -1 },            { NULL, "http://a/b.x", -1 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *href = cases[i].href;
        int64_t found = ocf_find(zip, cases[i].base, href, strlen(href));
        cr_expect_eq(found, cases[i].member, "%s: %d", href, (int)found);
    }
    zipfile_close(zip);
    free(data);
}
