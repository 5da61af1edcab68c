/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-detect.c - types by content: the formats' own, the known ones that
 * are not taken, what is only text, and what must not be taken for text. */
#include <config.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "detect/magic.h"
#include "detecting.h"

/* --- formats, text, and names that lie --- */

Test(detect, formats_of_this_build)
{
    cr_expect_eq(detect("x", "%PDF-1.7\n", 9).format, &format_pdf);
    cr_expect_eq(detect("x.txt", "%PDF-1.7\n", 9).format, &format_pdf);
    cr_expect_eq(detect("x.txt", "%PDF-1.7\n", 9).error.kind, ERROR_NONE);
    cr_expect_eq(detect("x", "hello\n", 6).format, &format_text);
    cr_expect_eq(detect(NULL, "hello\n", 6).format, &format_text);
    cr_expect_eq(detect("x.md", "hello\n", 6).format, &format_markdown);
    for (size_t i = 0; format_registry[i] != NULL; i++)
        cr_expect_eq(format_find(format_registry[i]->name),
                     format_registry[i]);
    static const char alone[] = "From a@b Mon Jan  1 00:00:00 2024\n\nx\n";
    cr_expect_eq(detect("x", alone, sizeof alone - 1).format, &format_text);
    cr_expect_eq(detect("x.mbox", alone, sizeof alone - 1).format, &format_mbox);
    cr_expect_null(format_find("PDF"));
    cr_expect_null(format_find(""));
}

Test(detect, nothing_and_unknown)
{
    struct detection found = detect("x.pdf", "", 0);
    cr_expect_null(found.format);
    cr_expect_eq(found.error.kind, ERROR_EMPTY);
    cr_expect_str_eq(found.error.detail, "empty file");
    found = detect("x.pdf", "\1\2\3\0\0\4\5", 7);
    cr_expect_null(found.format);
    cr_expect_null(found.media_type);
    cr_expect_eq(found.error.kind, ERROR_UNKNOWN);
    found = detect("x.pdf", "\x89PNG\r\n\x1a\n\0\0", 10);
    cr_expect_eq(found.error.kind, ERROR_UNSUPPORTED);
    cr_expect_str_eq(found.error.detail, "image/png is not supported");
}

Test(detect, mislabelled_text)
{
    static const char *const lying[] = {"x.pdf", "a.b/X.PDF", "x.epub",
                                        "x.DocX", "x.jpg", "x.md.zip"};
    static const char page[] = "<html><body><p>not found</p></body></html>";
    static const char *const honest[] = {"x.txt", "x", "pdf", "x.pdf.log",
                                         "a.pdf/x", "x.", ".", "x.pd", "x.c",
                                         "graph.dot", "molecule.pdb", "x.doc",
                                         "x.XLS", "x.dat", "x.pot", "x.pkg", "x.msg"};
    for (size_t i = 0; i < sizeof lying / sizeof lying[0]; i++) {
        struct detection found = detect(lying[i], "not found\n", 10);
        cr_expect_eq(found.format, &format_text);
        cr_expect_eq(found.error.kind, ERROR_MISLABELLED, "%s", lying[i]);
    }
    for (size_t i = 0; i < sizeof honest / sizeof honest[0]; i++)
        cr_expect_eq(detect(honest[i], "hello\n", 6).error.kind, ERROR_NONE,
                     "%s", honest[i]);
    cr_expect_eq(detect("x.xls", page, sizeof page - 1).format, &format_html);
    cr_expect_eq(detect("x.xls", page, sizeof page - 1).error.kind, ERROR_NONE);
    cr_expect_str_eq(detect("x.pdf", page, sizeof page - 1).error.detail,
                     "named .pdf, but its content is a web page");
    cr_expect_str_eq(detect("a/x.PDF", "hello\n", 6).error.detail,
                     "named .PDF, but its content is plain text");
}

/* --- textual types --- */

Test(detect, markup)
{
    TYPE("text/html", "<!DOCTYPE html>\n<title>x</title>");
    TYPE("text/html", "\xef\xbb\xbf \n<!-- hi -->\n<!doctype HTML PUBLIC \"\">");
    TYPE("text/html", "<HTML lang=en>");
    TYPE("text/html", "<head><title>x</title></head><body>");
    TYPE("text/html", "\xff\xfe<\0h\0t\0m\0l\0>\0");
    TYPE("text/html", "\xfe\xff\0<\0h\0t\0m\0l\0>");
    TYPE("application/xml", "<?xml version='1.0'?>\n<x/>");
    TYPE("application/xhtml+xml", "<?xml version='1.0'?>\n<!DOCTYPE html "
         "PUBLIC 'x' [<!ENTITY a 'b'>]>\n<html xmlns='x'>");
    TYPE("image/svg+xml", "<?xml version='1.0'?><!-- x --><svg width='1'>");
    TYPE("image/svg+xml", "<?xml version='1.0'?><svg:svg>");
    TYPE("image/svg+xml", "\n<svg xmlns='http://www.w3.org/2000/svg'>");
    TYPE("application/x-fictionbook+xml", "<?xml version='1.0'?><FictionBook>");
    TYPE("application/docbook+xml", "<?xml version='1.0'?><!DOCTYPE book "
         "PUBLIC \"-//OASIS//DTD DocBook XML V4.5//EN\" \"x\"><book>");
    TYPE("application/vnd.ms-wordml", "<?xml version='1.0'?>"
         "<?mso-application progid='Word.Document'?><w:wordDocument xmlns:w='x'>");
    TYPE("application/vnd.ms-spreadsheetml", "<?xml version='1.0'?>"
         "<Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>");
    TYPE("application/xml", "<?xml version='1.0'?><Workbook>");
    TYPE("application/rss+xml", "<?xml version='1.0'?><rdf:RDF "
         "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://purl.org/rss/1.0/'>");
    TYPE("application/xml", "<?xml version='1.0'?><rdf:RDF "
         "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>");
    TYPE("application/json", "{\"json\": true}\n");
    TYPE("text/vtt", "WEBVTT\n\n");
    TYPE("application/x-subrip", "\xef\xbb\xbf" "1\r\n00:00:01,000 --> 00:00:02,000\r\nx\r\n");
    TYPE("text/x-tex", "% a paper\n\\documentclass{article}\n");
    TYPE("application/rtf", "{\\rtf1\\ansi hello}");
    TYPE("application/postscript", "%!PS-Adobe-3.0\n");
    TYPE("application/postscript", "\x1b%-12345X@PJL\n%!PS-Adobe-3.0\n");
    TYPE("application/pdf", "\x1b%-12345X@PJL ENTER LANGUAGE=PDF\n%PDF-1.4\n");
    TYPE("text/html", "<?xml version='1.0'?><link href='x' />\n<title>x</title>\n"
                      "<script>\n</script></head>\n<body>x");
    TYPE("application/xml", "<?xml version='1.0'?><link href='x' />");
}

Test(detect, mail)
{
    TYPE("message/rfc822", "Received: from x\n\tby y\nFrom: a@b\n"
                           "Date: Mon, 1 Jan 2024\n"
                           "Content-Type: multipart/mixed\n\nhello\n");
    TYPE("message/rfc822", "Received: from x\r\n\tby y\r\nFrom: a@b\r\n"
                           "Date: Mon, 1 Jan 2024\r\n\r\nhello\r\n");
    TYPE("message/rfc822", "From: <Saved by Blink>\nSubject: x\n"
                           "MIME-Version: 1.0\n"
                           "Content-Type: multipart/related\n\nhello\n");
    TYPE("message/rfc822", "From: a@b\nTo: c\nSubject: x\nDate: d\n\nhello\n");
    TYPE("message/rfc822", "From: a@b\nContent-Type: multipart/digest\n\nhello\n");
    TYPE("message/rfc822", "Content-Type: text/plain\nMIME-Version: 1.0\n\nhello\n");
    TYPE("text/plain", "Content-Type: text/plain\nX: y\n\nhello\n");
    TYPE("application/mbox", "From a@b Mon Jan  1 00:00:00 2024\n"
                             "Received: from x\n\nhello\n");
    TYPE("application/mbox", "From - Mon Jan 01 00:00:00 2024\n"
                             "X-Mozilla-Status: 0001\n\nhello\n");
    TYPE("message/x-emlx", "44        \nReceived: from x\nFrom: a@b\n"
                           "Subject: c\n\nhello\n<?xml version='1.0'?>\n");
}

/* Long traces fill the head of the file. */
Test(detect, mail_with_long_headers)
{
    char text[2 * PEEK_HEAD] = "Return-Path: <a@b>\nReceived: from x\n";
    memset(text + strlen(text), 'x', sizeof text - strlen(text) - 1);
    memcpy(text + 37, "X-Long: ", 8);
    expect_type("message/rfc822", text, strlen(text));
}

Test(detect, what_stays_text)
{
    static const char *const texts[] = {
        "Note: foo\n", "From: me\nTo: you\nSubject: x\n\nhello\n",
        "From: me\nDate: today\n\nDear you,\n", "From here on it rains.\n",
        "From A to B Mon is a day\n", "From a@b Mon, long ago, in 2024\nit was: fine\n",
        "<div align=center>\n# README\n", "<h1>Project</h1>\n\ntext\n",
        "<!-- note -->\n# Title\n", "<?php echo 1;\n", "<stdio.h> is a header\n",
        "#include <html.h>\n", "The <html> tag\n", "<p>one</p>\n",
        "<xml>no declaration</xml>\n", "<?xml", "<!--", "<", "<!doctype",
        "<title>of a book</title>\n", "Title: x\nDate: 2024-01-01\n\nText\n",
        "---\ntitle: x\n---\n", "a,b,c\n1,2,3\n",
        "#!/bin/sh\necho\n", "%!TEX root = x\n", "BM is short\n", "MZ too\n",
        "ID3 tags\n", "RIFF, WAVE\n", "GIF89a\n", "PK is not ZIP\n", "ustar\n",
        "true\n", "%PDF is a mark\n", "dex\n0\n", "BEGIN:VCARD\n",
        "Received: a\nMessage-ID: b\nFrom: c\nDate: d\nthis is a note\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        expect_type("text/plain", texts[i], strlen(texts[i]));
}

/* --- binary types --- */

Test(detect, signatures)
{
    TYPE("image/jpeg", "\xff\xd8\xff\xe0\0\x10JFIF\0");
    TYPE("application/vnd.ms-tnef", "\x78\x9f\x3e\x22\1\0\1\x06\x90\x08\0");
    TYPE("image/gif", "GIF89a\1\0\1\0\0\0\0");
    TYPE("image/webp", "RIFF\x10\0\0\0WEBPVP8 ");
    TYPE("audio/vnd.wave", "RIFF\x10\0\0\0WAVEfmt ");
    TYPE("image/tiff", "II*\0\x08\0\0\0");
    TYPE("image/bmp", "BM\x36\0\0\0\0\0\0\0\x36\0\0\0");
    TYPE("video/mp4", "\0\0\0\x18" "ftypisom\0\0\2\0");
    TYPE("video/quicktime", "\0\0\0\x18" "ftypqt  \0\0\2\0");
    TYPE("audio/mpeg", "ID3\3\0\0\0\0\0\0");
    TYPE("audio/mpeg", "\xff\xfb\x90\x64\0\0\0\0");
    TYPE("application/x-elf", "\x7f" "ELF\2\1\1\0");
    TYPE("application/java-vm", "\xca\xfe\xba\xbe\0\0\0\x34");
    TYPE("application/x-mach-binary", "\xca\xfe\xba\xbe\0\0\0\2");
    TYPE("application/gzip", "\x1f\x8b\x08\0\0\0\0\0");
    TYPE("application/x-xz", "\xfd" "7zXZ\0\0\4");
    TYPE("application/vnd.sqlite3", "SQLite format 3\0\x10\0");
    TYPE("application/vnd.debian.binary-package",
         "!<arch>\ndebian-binary   1\0\0");
    TYPE("image/vnd.djvu", "AT&TFORM\0\0\0\1DJVM");
    TYPE("font/ttf", "\0\1\0\0\0\x0f\0\x80");
    TYPE("application/zip", "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");

    TYPE("image/vnd.dwg", "AC1024\0\0");
    TYPE("image/heic", "\0\0\0\x18" "ftypheic\0\0\0\0");
    TYPE("image/x-portable-graymap", "P5\n8 8\n255\n\0\1\2");
    TYPE("application/x-shockwave-flash", "CWS\x08\0\1\0\0");
    TYPE("audio/opus", "OggS\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
                       "\0\0\1\x13OpusHead\1");
    TYPE("video/webm", "\x1a\x45\xdf\xa3\x42\x82\x84webm\0");
    TYPE("video/x-matroska", "\x1a\x45\xdf\xa3\x42\x82\x88matroska\0");
    TYPE("application/onenote", "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\0\xb1");
    TYPE("application/x-quattro-pro", "\xff\x57\x50\x43\0\0\0\0\1\x09");
    TYPE("application/vnd.wordperfect", "\xff\x57\x50\x43\0\0\0\0\1\x0a");
    TYPE("application/vnd.lotus-1-2-3", "\0\0\2\0\6\4\6\0\x08\0");
    TYPE("image/x-win-cursor", "\0\0\2\0\1\0\x20\x20\0\0");
    TYPE("application/x-netcdf", "CDF\1\0\0\0\0");
    TYPE("application/x-java-serialized-object", "\xac\xed\0\5sr");
    TYPE("application/x-lzma", "\x5d\0\0\x80\0\xff\xff\xff\xff\xff\xff\xff\xff");
    /* Though they read as text. */
    TYPE("application/fits", "SIMPLE  =                    T / hello\n");
    TYPE("text/plain", "SIMPLE = hello\n");
    TYPE("text/plain", "CWS is a word, and P5\n");
    /* of word processors and sheets that are not read */
    TYPE("application/x-msword2", "\xdb\xa5\x2d\0\0\0\x09\x04");
    TYPE("application/x-msword1", "\x9b\xa5\x21\0\0\0\x09\x04");
    TYPE("application/x-msword-mac", "\xfe\x37\0\x23\0\0\0\0");
    TYPE("application/vnd.ms-works", "\1\xfe\x32\0\0\xab\0\0");
    TYPE("application/x-quattro-pro", "\0\0\2\0\1\x10\0\0");
    char write[128] = "\x31\xbe\0\0\0\xab";
    expect_type("application/x-msword-dos", write, sizeof write);
    write[96] = 3;
    expect_type("application/x-mswrite", write, sizeof write);
    TYPE("text/plain", "WordPro is a word processor\n");

    char block[512] = "name";
    memcpy(block + 257, "ustar", 5);
    expect_type("application/x-tar", block, sizeof block);
    memcpy(block + 60, "BOOKMOBI", 8);
    expect_type("application/x-mobipocket-ebook", block, sizeof block);
    expect_type("unknown", block, 60);
}

Test(detect, binary_types_by_their_parts)
{
    TYPE("audio/mpeg", "\xff\xfb\x90\x64\0\0");
    TYPE("audio/mpeg", "\xff\xfd\x90\x64\0\0");
    TYPE("unknown", "\xff\xfb\xf0\x64\0\0");
    TYPE("audio/x-aac", "\xff\xf1\x50\x80\0\0");
    TYPE("application/zlib", "\x78\x9c\0\1\2\3\4\5");
    TYPE("unknown", "\x78\x9d\0\1\2\3\4\5");

    unsigned char bytes[600] = {0x47};
    bytes[188] = bytes[376] = bytes[564] = 0x47;
    expect_type("video/mp2t", bytes, sizeof bytes);
    bytes[376] = 0;
    expect_type("unknown", bytes, sizeof bytes);

    static const char signed_data[32] = "\x30\x82\x10\0\6\x09\x2a\x86\x48\x86\xf7"
                                        "\x0d\1\7\2";
    static const char certificate[32] = "\x30\x82\2\0\x30\x82\1\0\xa0\3\2\1\2";
    static const char key_store[32] = "\x30\x82\2\0\2\1\3\x30";
    expect_type("application/pkcs7-signature", signed_data, 32);
    expect_type("unknown", signed_data, 31);
    expect_type("application/x-x509-cert", certificate, 32);
    expect_type("application/x-pkcs12", key_store, 32);

    static const char encrypted[16] = "\x85\1\x0c\3\1\2\3\4\5\6\7\x08\1";
    static const char symmetric[16] = "\x8c\x0d\4\x09\3\2";
    static const char key[16] = "\x99\1\x0d\4\1\2\3\4\1";
    expect_type("application/pgp-encrypted", encrypted, 16);
    expect_type("application/pgp-encrypted", symmetric, 16);
    expect_type("application/pgp-keys", key, 16);

    char table[100] = "\3\x78\1\x1f\1\0\0\0\x41\0\x0a\0";
    expect_type("application/x-dbf", table, sizeof table);
    table[2] = 13;
    expect_type("unknown", table, sizeof table);

    unsigned char model[84 + 50] = {0};
    model[80] = 1;
    expect_type("model/x.stl-binary", model, sizeof model);
    expect_type("unknown", model, sizeof model - 1);

    unsigned char picture[44] = {0, 0, 2};
    memcpy(picture + 26, "TRUEVISION-XFILE.", 18);
    expect_type("image/x-tga", picture, sizeof picture);
}

/* --- OLE files --- */

Test(detect, encrypted_package)
{
    unsigned char file[2048] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    static const char name[] = "EncryptedPackage";
    file[30] = 9;
    file[48] = 1; /* the directory begins at (1 + 1) * 512 */
    for (size_t i = 0; i < sizeof name; i++)
        file[1024 + 128 + 2 * i] = (unsigned char)name[i];
    file[1024 + 128 + 64] = 2 * sizeof name;
    cr_expect_eq(detect("x", file, sizeof file).format, &format_encrypted);
}

static void expect_stream(const char *name, const char *type)
{
    unsigned char file[2048] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    file[30] = 9;
    file[48] = 1; /* the directory begins at (1 + 1) * 512 */
    for (size_t i = 0; name[i] != '\0'; i++)
        file[1024 + 128 + 2 * i] = (unsigned char)name[i];
    file[1024 + 128 + 64] = (unsigned char)(2 * (strlen(name) + 1));
    expect_type(type, file, sizeof file);
}

Test(detect, ole_kinds)
{
    expect_stream("Quill", "application/x-mspublisher");
    expect_stream("MatOST", "application/vnd.ms-works");
    expect_stream("StarDrawDocument3", "application/vnd.stardivision.draw");
    expect_stream("\005HwpSummaryInformation", "application/x-hwp-v5");
    expect_stream("Props12", "application/vnd.ms-project");
    expect_stream("VisioDocument", "application/vnd.visio");
}

Test(detect, ole_streams)
{
    unsigned char file[2048] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    file[30] = 9;
    file[48] = 1; /* the directory begins at (1 + 1) * 512 */
    expect_type("application/x-ole-storage", file, sizeof file);
    static const char name[] = "WordDocument";
    for (size_t i = 0; i < sizeof name; i++)
        file[1024 + 128 + 2 * i] = (unsigned char)name[i];
    file[1024 + 128 + 64] = 2 * sizeof name;
    expect_type("application/msword", file, sizeof file);
    file[1024 + 128] = 'w'; /* some writers know one case only */
    file[1024 + 128 + 2] = 'O';
    expect_type("application/msword", file, sizeof file);
    static const char older[] = "PP40"; /* PowerPoint 95 */
    unsigned char presentation[sizeof file];
    memcpy(presentation, file, sizeof file);
    memset(presentation + 1024 + 128, 0, 64);
    for (size_t i = 0; i < sizeof older; i++)
        presentation[1024 + 128 + 2 * i] = (unsigned char)older[i];
    presentation[1024 + 128 + 64] = 2 * sizeof older;
    expect_type("application/x-powerpoint95", presentation, sizeof presentation);
    expect_type("application/x-ole-storage", file, 1024 + 200);
    expect_type("application/x-ole-storage", file, 40);
    memset(file + 48, 0xff, 4);
    expect_type("application/x-ole-storage", file, sizeof file);
}

/* --- noise --- */

Test(detect, noise_is_not_text)
{
    static const size_t sizes[] = {64, 100, 300, 4096};
    unsigned char data[4096];
    srandom(1);
    for (int i = 0; i < 10000; i++) {
        size_t size = sizes[i % 4];
        for (size_t k = 0; k < size; k++)
            data[k] = (unsigned char)(random() >> 8);
        const struct format *format = detect("x.txt", data, size).format;
        cr_assert_null(format, "%zu bytes as %s", size, format->name);
    }
}

/* Signatures with noise behind them: nothing is read past the end. */
Test(detect, noise_behind_marks)
{
    static const char *const marks[] = {
        "PK\3\4", "PK\5\6", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "<?xml ",
        "<!DOCTYPE ", "<!--", "From ", "Received: ", "{\\rtf", "\xff\xfe<",
        "\xff\xfb", "RIFF",
    };
    srandom(2);
    for (int i = 0; i < 20000; i++) {
        const char *mark = marks[(size_t)i % (sizeof marks / sizeof marks[0])];
        size_t length = strlen(mark), size = length + (size_t)random() % 300;
        char *data = malloc(size);
        memcpy(data, mark, length);
        for (size_t k = length; k < size; k++)
            data[k] = (char)(random() >> 8 & (i % 2 ? 0xff : 0x7f));
        detect("x", data, size);
        free(data);
    }
}

Test(detect, what_systems_and_tex_leave)
{
    static const unsigned char metrics[72] = {
        0, 18, 0, 2, 0, 1, 0, 2, 0, 2, 0, 2, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1,
    };
    expect_type("application/x-tex-tfm", metrics, sizeof metrics);
    expect_type("unknown", metrics, sizeof metrics - 4);
    TYPE("application/x-dvi", "\xf7\2\1\x83\x92\xc0\x1c\x3b\0\0");
    TYPE("application/x-tex-pk", "\xf7\x59\x1fMETAFONT\0\1");
    TYPE("application/vnd.iccprofile", "\0\0\2\xe8MSFT\2\x10\0\0scnrRGB XYZ "
         "\7\xd1\0\x0b\0\x1d\0\x14\0\x14\0\x14" "acspMSFT\0\0\0\0");
    TYPE("application/tzif", "TZif2\0\0\0\0\0");
    TYPE("application/x-erlang-beam", "FOR1\0\0\1\0BEAM\0\0");
    TYPE("application/x-erlang-binary", "\x83P\0\0\1\2\x78\x9c\1\2\3");
    TYPE("image/x-xcursor", "Xcur\x10\0\0\0\0\0\1\0");
    TYPE("application/x-terminfo", "\x1a\1\x36\0\x26\0\x0f\0");
    TYPE("text/plain", "FOR1 and TZif are words here\n");
}

/* --- files --- */

static struct detection detect_sample(const char *name)
{
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/corpus/%s", srcdir != NULL ? srcdir : ".", name);
    int fd = open(path, O_RDONLY);
    struct stat st;
    struct detection found;
    struct error e;
    cr_assert_geq(fd, 0, "%s", path);
    cr_assert_eq(fstat(fd, &st), 0);
    cr_assert_eq(detect_file(fd, (uint64_t)st.st_size, path, &found, &e), 0);
    cr_expect_eq(lseek(fd, 0, SEEK_CUR), 0);
    close(fd);
    free(path);
    return found;
}

Test(detect, samples)
{
    static const struct {
        const char *name, *format;
        enum error_kind kind;
    } samples[] = {
        {"good-simple.pdf", "pdf", ERROR_NONE},
        {"good-pdf-named.txt", "pdf", ERROR_NONE},
        {"good-epub2.epub", "epub", ERROR_NONE},
        {"good-epub3.epub", "epub", ERROR_NONE},
        {"good-utf8.txt", "text", ERROR_NONE},
        {"good-utf16be.txt", "text", ERROR_NONE},
        {"good-utf16le.txt", "text", ERROR_NONE},
        {"good-latin1.txt", "text", ERROR_NONE},
        {"good-koi8-r.txt", "text", ERROR_NONE},
        {"good-shift-jis.txt", "text", ERROR_NONE},
        {"good-markdown.md", "markdown", ERROR_NONE},
        {"bad-empty.pdf", NULL, ERROR_EMPTY},
        {"bad-text.pdf", "text", ERROR_MISLABELLED},
        {"bad-png.pdf", NULL, ERROR_UNSUPPORTED},
        {"bad-garbage.pdf", NULL, ERROR_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        struct detection found = detect_sample(samples[i].name);
        cr_expect_eq(found.error.kind, samples[i].kind, "%s", samples[i].name);
        cr_expect_eq(found.format, samples[i].format != NULL
                                       ? format_find(samples[i].format)
                                       : NULL,
                     "%s", samples[i].name);
    }
}

/* They say 0 bytes and give more. */
Test(detect, files_of_the_kernel)
{
    int fd = open("/proc/self/status", O_RDONLY);
    struct detection found;
    struct error e;
    if (fd < 0)
        return;
    cr_assert_eq(detect_file(fd, 0, "x", &found, &e), 0);
    cr_expect_null(found.format);
    cr_expect_eq(found.error.kind, ERROR_UNREADABLE);
    close(fd);
}

Test(detect, large_and_shrunk_files)
{
    char path[] = "test-detect.XXXXXX";
    int fd = mkstemp(path);
    struct detection found;
    struct error e;
    cr_assert_geq(fd, 0);
    unlink(path);
    cr_assert_eq(pwrite(fd, "%PDF-1.7\n", 9, 0), 9);
    cr_assert_eq(ftruncate(fd, 1 << 20), 0);
    /* The right size; sizes from before the file shrank. */
    static const uint64_t sizes[] = {1 << 20, 2 << 20, UINT64_C(5) << 30};
    for (size_t i = 0; i < 3; i++) {
        cr_expect_eq(detect_file(fd, sizes[i], "x", &found, &e), 0);
        cr_expect_eq(found.format, &format_pdf);
    }
    cr_assert_eq(ftruncate(fd, 0), 0);
    cr_expect_eq(detect_file(fd, 100, "x", &found, &e), 0);
    cr_expect_eq(found.error.kind, ERROR_EMPTY);
    close(fd);
    cr_expect_eq(detect_file(fd, 100, "x", &found, &e), -1);
    cr_expect_eq(e.kind, ERROR_IO);
}
