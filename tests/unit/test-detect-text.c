/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-detect-text.c - texts that look like something else at first sight. */
#include <config.h>

#include <stdio.h>
#include <string.h>

#include "detecting.h"

/* A text that is about PDF is no PDF, however broken. */
Test(detect, text_with_a_header_of_pdf)
{
    static const char body[] = "1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n";
    char whole[256];
    TYPE("text/plain", "Hello all,\nit starts with %PDF-1.7 and ends with %%EOF\n");
    TYPE("text/plain", "It starts so:\n%PDF-1.7\nand goes on with objects.\n");
    TYPE("text/plain", "is_pdf = b.startswith(b\"%PDF-1.4\")\n");
    TYPE("application/pdf", "\n \n%PDF-1.7\ncut");
    TYPE("application/pdf", "\xef\xbb\xbf%PDF-1.7\ncut");
    TYPE("application/pdf", "junk\n%PDF-1.7\n%\1\2\3\4\n");
    int size = snprintf(whole, sizeof whole, "Content-Type: x\n\n%%PDF-1.4\n%s", body);
    expect_type("application/pdf", whole, (size_t)size);
    size = snprintf(whole, sizeof whole, "write(\"%%PDF-1.4\\n%s\")\n", body);
    expect_type("text/plain", whole, (size_t)size);
}

/* A header behind more than readers pass over, as long as the file ends as one does. */
Test(detect, text_before_a_header_of_pdf)
{
    static const char *const ends[] = {
        "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n",
        "%PDF-1.4\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\nSo it ends.\n",
        "%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
        "%PDF-1.4\\n1 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n",
    };
    char whole[2048];
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        int size = snprintf(whole, sizeof whole, "%01500d%s", 0, ends[i]);
        expect_type(i ? "text/plain" : "application/pdf", whole, (size_t)size);
    }
}

/* What a crash leaves: NULs in a log, and zeros up to the end of the block. */
Test(detect, text_with_nuls)
{
    char log[6000];
    TYPE("text/plain", "good line one\nbad \0\0\0 line\ngood line three\n");
    TYPE("text/plain", "words here\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    memset(log, 0, sizeof log);
    memcpy(log, "last words\n", 11);
    expect_type("text/plain", log, sizeof log);
    log[5990] = '\1';
    expect_type("unknown", log, sizeof log);
    TYPE("unknown", "name\0value\0other\0x\n\0y");
    TYPE("unknown", "\0\0\0words\n");
    TYPE("application/x-avro", "Obj\1words\nmore words\0and others of them\n");
    TYPE("image/vnd.adobe.photoshop", "8BPS\nwords and more of them\n\0more\n");
}

/* A page without a mark shows its width by the NULs around its first bracket. */
Test(detect, markup_in_wide_units)
{
    TYPE("text/html", "<\0h\0t\0m\0l\0>\0<\0b\0o\0d\0y\0>\0");
    TYPE("text/html", "\0<\0h\0t\0m\0l\0>\0<\0b\0o\0d\0y\0>");
    TYPE("text/html", "\xff\xfe\0\0<\0\0\0h\0\0\0t\0\0\0m\0\0\0l\0\0\0>\0\0\0");
    TYPE("text/html", "\0\0\xfe\xff\0\0\0<\0\0\0h\0\0\0t\0\0\0m\0\0\0l\0\0\0>");
    TYPE("text/html", "<\0\0\0h\0\0\0t\0\0\0m\0\0\0l\0\0\0>\0\0\0");
    TYPE("text/plain", "a\0<\0h\0t\0m\0l\0>\0");
}

/* A DTD, or another part that XML documents take in, has the declaration too. */
Test(detect, parts_of_xml_documents)
{
    TYPE("text/plain", "<?xml version='1.0'?>\n<!-- x -->\n<!ELEMENT a (b, c?)>\n");
    TYPE("text/plain", "<?xml version='1.0'?>\n<!ENTITY % x 'y'>\n%x;\n");
    TYPE("text/plain", "<?xml version='1.0' encoding='UTF-8'?>\n%names;\n");
    TYPE("application/xml", "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x 'y'>]>\n<a/>");
    TYPE("application/xml", "<?xml version='1.0'?>\n<!-- and no more");
    static const char part[] = "<!-- x -->\n<!ENTITY x 'y'>\n", root[] = "<!-- x --><a/>";
    cr_expect_eq(detect("x.xml", part, sizeof part - 1).format, &format_text);
    cr_expect_eq(detect("x.xml", root, sizeof root - 1).format, &format_xml);
}

Test(detect, outlines)
{
    TYPE("text/x-opml", "<?xml version='1.0'?><opml version='2.0'><head/></opml>");
    TYPE("text/x-opml", "<opml version='1.0'><head/></opml>");
}
