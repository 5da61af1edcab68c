/* SPDX-License-Identifier: GPL-3.0-or-later */
/* container.c - tells apart what comes in a ZIP archive, from the members that
 * are named within the head and the tail. */
#include <config.h>

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "detect/magic.h"

static unsigned get16(const unsigned char *p)
{
    return (unsigned)p[0] | (unsigned)p[1] << 8;
}

static uint32_t get32(const unsigned char *p)
{
    return (uint32_t)get16(p) | (uint32_t)get16(p + 2) << 16;
}

/* The part of the file from OFFSET on that the head or the tail holds. */
static const unsigned char *part_at(const struct peek *peek, uint64_t offset,
                                    size_t *size)
{
    uint64_t tail_at = peek->size - peek->tail_size;
    if (offset < peek->head_size) {
        *size = peek->head_size - (size_t)offset;
        return peek->head + offset;
    }
    if (offset >= tail_at && offset < peek->size) {
        *size = (size_t)(peek->size - offset);
        return peek->tail + (offset - tail_at);
    }
    *size = 0;
    return NULL;
}

/* --- ZIP --- */

/* What member names say. */
enum trait {
    OPC = 1,        /* [Content_Types].xml */
    WORD = 2,
    POWERPOINT = 4,
    EXCEL = 8,
    VISIO = 16,
    XPS = 32,
    JAR = 64,
    APK = 128,
    EPUB = 256,
    IMAGES = 512,
    COMIC = 1024,   /* ComicInfo.xml */
    OTHERS = 2048,  /* a file that is none of these */
    IWORK = 4096    /* of iWork since 2013, whose text is packed by its own rules */
};

struct name_rule {
    const char *name;
    unsigned trait;
};

static const struct name_rule name_rules[] = {
    {"[Content_Types].xml", OPC},
    {"AndroidManifest.xml", APK},
    {"ComicInfo.xml", COMIC},
    {"FixedDocSeq.fdseq", XPS},
    {"FixedDocumentSequence.fdseq", XPS},
    {"META-INF/MANIFEST.MF", JAR},
    {"META-INF/container.xml", EPUB},
    {"Index/Document.iwa", IWORK},
};

static const struct name_rule prefix_rules[] = {
    {"word/", WORD}, {"ppt/", POWERPOINT}, {"xl/", EXCEL}, {"visio/", VISIO},
    /* .NET had them so. */
    {"word\\", WORD}, {"ppt\\", POWERPOINT}, {"xl\\", EXCEL},
};

static const char *const image_extensions[] = {
    ".jpg", ".jpeg", ".png", ".gif", ".webp",
};

static bool ends_with(const char *name, size_t size, const char *end)
{
    size_t length = strlen(end);
    return size > length && strncasecmp(name + size - length, end, length) == 0;
}

static unsigned trait_of(const char *name, size_t size)
{
    for (size_t i = 0; i < sizeof name_rules / sizeof name_rules[0]; i++) {
        if (size == strlen(name_rules[i].name)
            && memcmp(name, name_rules[i].name, size) == 0)
            return name_rules[i].trait;
    }
    for (size_t i = 0; i < sizeof prefix_rules / sizeof prefix_rules[0]; i++) {
        size_t length = strlen(prefix_rules[i].name);
        if (size > length && memcmp(name, prefix_rules[i].name, length) == 0)
            return prefix_rules[i].trait;
    }
    for (size_t i = 0;
         i < sizeof image_extensions / sizeof image_extensions[0]; i++) {
        if (ends_with(name, size, image_extensions[i]))
            return IMAGES;
    }
    return size > 0 && name[size - 1] == '/' ? 0 : OTHERS;
}

/* Headers of one kind that stand one behind the other: where in a header the
 * sizes of its parts are (APPNOTE 4.3.7 and 4.3.12). */
struct header_kind {
    const char *mark;
    size_t size, name_at;
    bool is_local;
};

static const struct header_kind local_header = {"PK\3\4", 30, 26, true};
static const struct header_kind central_header = {"PK\1\2", 46, 28, false};

/* What the names from P on say. *TYPES: the header of [Content_Types].xml, when
 * it is among them. */
static unsigned traits_from(const unsigned char *p, size_t size,
                            const struct header_kind *kind,
                            const unsigned char **types)
{
    unsigned traits = 0;
    while (size >= kind->size && memcmp(p, kind->mark, 4) == 0) {
        size_t name = get16(p + kind->name_at);
        size_t rest = get16(p + kind->name_at + 2);
        if (kind->is_local)
            rest += get32(p + 18);
        else
            rest += get16(p + 32);
        if (name > size - kind->size)
            break;
        unsigned trait = trait_of((const char *)p + kind->size, name);
        if (trait == OPC)
            *types = p;
        traits |= trait;
        /* Bit 3: the size of the data is only known behind it. */
        bool is_open = kind->is_local && (get16(p + 6) & 8) != 0
                       && get32(p + 18) == 0;
        size_t step = kind->size + name + rest;
        if (is_open || step > size)
            break;
        p += step;
        size -= step;
    }
    return traits;
}

/* The central directory, or what of it is in the tail. */
static unsigned central_traits(const struct peek *peek,
                               const unsigned char **types)
{
    const unsigned char *end = NULL, *tail = peek->tail;
    for (size_t i = peek->tail_size; i >= 22 && end == NULL; i--) {
        if (memcmp(tail + i - 22, "PK\5\6", 4) == 0)
            end = tail + i - 22;
    }
    const unsigned char *start = NULL;
    if (end != NULL && get32(end + 12) <= (size_t)(end - tail))
        start = end - get32(end + 12);
    if (start == NULL || memcmp(start, central_header.mark, 4) != 0)
        start = memmem(tail, peek->tail_size, central_header.mark, 4);
    if (start == NULL)
        return 0;
    return traits_from(start, (size_t)(tail + peek->tail_size - start),
                       &central_header, types);
}

/* The kind of package, by the content types whose header in the central
 * directory is at TYPES; NULL when they are not within the head or the tail. */
static const char *package_type(const struct peek *peek,
                                const unsigned char *types)
{
    size_t size;
    const unsigned char *p = part_at(peek, get32(types + 42), &size);
    if (p == NULL || size < local_header.size
        || memcmp(p, local_header.mark, 4) != 0)
        return NULL;
    size_t start = local_header.size + get16(p + 26) + get16(p + 28);
    uint32_t length = get32(types + 20);
    if (start > size || length > size - start)
        return NULL;
    return kinds_find(p + start, length, get16(types + 10));
}

/* A first member "mimetype" that is stored, as ODF and EPUB have it, holds
 * one of these (ODF 1.3, part 3, appendix C, and those of OpenOffice 1 that are
 * not read). */
static const char *const stored_types[] = {
    "application/epub+zip",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.text-master",
    "application/vnd.oasis.opendocument.text-master-template",
    "application/vnd.oasis.opendocument.text-web",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet-template",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.presentation-template",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.graphics-template",
    "application/vnd.oasis.opendocument.graphics",
    "application/vnd.oasis.opendocument.chart",
    "application/vnd.oasis.opendocument.chart-template",
    "application/vnd.oasis.opendocument.image",
    "application/vnd.oasis.opendocument.image-template",
    "application/vnd.oasis.opendocument.formula",
    "application/vnd.oasis.opendocument.formula-template",
    "application/vnd.oasis.opendocument.database",
    "application/vnd.oasis.opendocument.base",
    "application/vnd.sun.xml.math",
    "application/vnd.sun.xml.base",
};

static const char *stored_type(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 38 || memcmp(p, "PK\3\4", 4) != 0
        || get16(p + 8) != 0 || get16(p + 26) != 8
        || memcmp(p + 30, "mimetype", 8) != 0)
        return NULL;
    size_t start = 38 + (size_t)get16(p + 28);
    for (size_t i = 0; i < sizeof stored_types / sizeof stored_types[0]; i++) {
        size_t length = strlen(stored_types[i]);
        if (start + length > peek->head_size
            || memcmp(p + start, stored_types[i], length) != 0)
            continue;
        unsigned char next =
            start + length < peek->head_size ? p[start + length] : 0;
        if (next != '-' && next != '.' && (next < 'a' || next > 'z'))
            return stored_types[i];
    }
    return NULL;
}

const char *container_zip_type(const struct peek *peek)
{
    const char *type = stored_type(peek);
    if (type != NULL)
        return type;
    const unsigned char *local = NULL, *central = NULL;
    unsigned traits =
        traits_from(peek->head, peek->head_size, &local_header, &local)
        | central_traits(peek, &central);
    if (traits & OPC) {
        type = central != NULL ? package_type(peek, central) : NULL;
        if (type != NULL)
            return type;
        if (traits & WORD)
            return "application/vnd.openxmlformats-officedocument"
                   ".wordprocessingml.document";
        if (traits & POWERPOINT)
            return "application/vnd.openxmlformats-officedocument"
                   ".presentationml.presentation";
        if (traits & EXCEL)
            return "application/vnd.openxmlformats-officedocument"
                   ".spreadsheetml.sheet";
        if (traits & VISIO)
            return "application/vnd.ms-visio.drawing.main+xml";
        if (traits & XPS)
            return "application/vnd.ms-xpsdocument";
    }
    if (traits & EPUB)
        return "application/epub+zip";
    if (traits & IWORK)
        return "application/vnd.apple.iwork";
    if (traits & APK)
        return "application/vnd.android.package-archive";
    if (traits & JAR)
        return "application/java-archive";
    if ((traits & COMIC) || traits == IMAGES)
        return "application/vnd.comicbook+zip";
    return "application/zip";
}

static bool begins(const struct peek *peek, const char *mark, size_t size)
{
    return peek->head_size >= size && memcmp(peek->head, mark, size) == 0;
}

const char *container_type(const struct peek *peek)
{
    if (begins(peek, "PK\3\4", 4) || begins(peek, "PK\5\6", 4)
        || begins(peek, "PK\7\10PK\3\4", 8))
        return container_zip_type(peek);
    if (begins(peek, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
        return container_ole_type(peek);
    return NULL;
}
