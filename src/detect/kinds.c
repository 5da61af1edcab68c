/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kinds.c - which kind of Office Open XML a package is, by the content type of
 * its main part: that of a document and of a template differ in nothing else. */
#include <config.h>

#include <libdeflate.h>
#include <string.h>

#include "detect/magic.h"

/* Bytes of [Content_Types].xml that are looked at. Each part has a line of some
 * 150 bytes, and programs put the main part among the first. */
#define KINDS_XML ((size_t)64 << 10)

#define OPEN "application/vnd.openxmlformats-officedocument."

/* The content type of the main part, and the media type of the file. */
static const struct {
    const char *part, *file;
} kinds[] = {
    {OPEN "wordprocessingml.document.main+xml",
     OPEN "wordprocessingml.document"},
    {OPEN "wordprocessingml.template.main+xml",
     OPEN "wordprocessingml.template"},
    {"application/vnd.ms-word.document.macroEnabled.main+xml",
     "application/vnd.ms-word.document.macroEnabled.12"},
    {"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
     "application/vnd.ms-word.template.macroEnabled.12"},
    {OPEN "presentationml.presentation.main+xml",
     OPEN "presentationml.presentation"},
    {OPEN "presentationml.template.main+xml", OPEN "presentationml.template"},
    {OPEN "presentationml.slideshow.main+xml",
     OPEN "presentationml.slideshow"},
    {"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
     "application/vnd.ms-powerpoint.presentation.macroEnabled.12"},
    {"application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
     "application/vnd.ms-powerpoint.template.macroEnabled.12"},
    {"application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
     "application/vnd.ms-powerpoint.slideshow.macroEnabled.12"},
    {OPEN "spreadsheetml.sheet.main+xml", OPEN "spreadsheetml.sheet"},
    {OPEN "spreadsheetml.template.main+xml", OPEN "spreadsheetml.template"},
    {"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
     "application/vnd.ms-excel.sheet.macroEnabled.12"},
    {"application/vnd.ms-excel.template.macroEnabled.main+xml",
     "application/vnd.ms-excel.template.macroEnabled.12"},
    {"application/vnd.ms-excel.sheet.binary.macroEnabled.main",
     "application/vnd.ms-excel.sheet.binary.macroEnabled.12"},
    {"application/vnd.ms-visio.drawing.main+xml",
     "application/vnd.ms-visio.drawing.main+xml"},
};

static const char *kind_of(const char *xml, size_t size)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (memmem(xml, size, kinds[i].part, strlen(kinds[i].part)) != NULL)
            return kinds[i].file;
    }
    return NULL;
}

const char *kinds_find(const unsigned char *data, size_t size, unsigned method)
{
    char xml[KINDS_XML];
    size_t got = 0;
    if (method == 0)
        return kind_of((const char *)data, size);
    struct libdeflate_decompressor *d =
        method == 8 ? libdeflate_alloc_decompressor() : NULL;
    if (d == NULL)
        return NULL;
    enum libdeflate_result r =
        libdeflate_deflate_decompress(d, data, size, xml, sizeof xml, &got);
    libdeflate_free_decompressor(d);
    return r == LIBDEFLATE_SUCCESS ? kind_of(xml, got) : NULL;
}
