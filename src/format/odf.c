/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odf.c - the formats of OpenDocument and OpenOffice 1, as archives and as one
 * XML file. Their text is made when they are opened: all of it is in one
 * member. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/load.h"
#include "format/markup.h"
#include "format/odfbody.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/sax.h"
#include "format/zipfile.h"

/* Bytes of content.xml, or of a flat file. It is held as a whole; sheets of a
 * million full rows have some 100 MiB. */
#define ODF_CONTENT_SIZE ((size_t)192 << 20)

/* Of the other parts. */
#define ODF_PART_SIZE ((size_t)16 << 20)

enum { ODF_STYLES_PART, ODF_META_PART, ODF_CONTENT_PART, ODF_PARTS };
static const char *const odf_names[ODF_PARTS] = {
    "styles.xml", "meta.xml", "content.xml",
};

struct format_document {
    struct odf *odf;
};

struct odf_part {
    struct buffer source;
    bool tolerant;
    struct error error; /* why it is not whole */
};

/* --- bids --- */

/* The first member says it, uncompressed (ODF 1.2, part 3, 3.3). Local header
 * (APPNOTE 4.3.7): method at 8, the length of the name at 26, of extra fields at
 * 28, then these, then the content. */
static int odf_bid_archive(const struct peek *peek, const char *type)
{
    const unsigned char *p = peek->head;
    size_t size = strlen(type);
    if (peek->head_size < 38 || memcmp(p, "PK\3\4", 4) != 0 || p[8] || p[9] ||
        p[26] != 8 || p[27] || memcmp(p + 30, "mimetype", 8) != 0)
        return 0;
    size_t start = 38 + ((size_t)p[28] | (size_t)p[29] << 8);
    if (peek->head_size < start + size || memcmp(p + start, type, size) != 0)
        return 0;
    unsigned char next = peek->head_size > start + size ? p[start + size] : 0;
    return next == '-' || next == '.' || (next >= 'a' && next <= 'z') ? 0 : 100;
}

static bool odf_head_has(const struct peek *peek, const char *text)
{
    return memmem(peek->head, peek->head_size, text, strlen(text)) != NULL;
}

/* The root's type comes after its many namespaces, so maybe past the head:
 * text is what there is most of. */
static int odf_bid_flat(const struct peek *peek, const char *type)
{
    static const char quotes[] = "\"'";
    char whole[64] = "office:mimetype=";
    size_t used = strlen(whole);
    const unsigned char *p = peek->head;
    size_t i = peek->head_size >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < peek->head_size && (p[i] == ' ' || (p[i] >= 9 && p[i] <= 13)))
        i++;
    if (i >= peek->head_size || p[i] != '<' ||
        !odf_head_has(peek, "<office:document "))
        return 0;
    if (!odf_head_has(peek, whole))
        return strstr(type, ".text") ? 94 : 0;
    for (const char *q = quotes; *q; q++) {
        whole[used] = *q;
        strcpy(whole + used + 1, "application/vnd.oasis.opendocument.");
        size_t size = strlen(whole);
        const unsigned char *at = memmem(p, peek->head_size, whole, size);
        const char *kind = strrchr(type, '.') + 1;
        size_t length = strcspn(kind, "-");
        if (at && at + size + length <= p + peek->head_size &&
            memcmp(at + size, kind, length) == 0)
            return 95;
    }
    return 0;
}

/* --- open --- */

static bool odf_is_encrypted(struct zipfile *zip)
{
    struct buffer manifest = { 0 };
    struct error e;
    int64_t member = zipfile_find(zip, "META-INF/manifest.xml");
    if (member >= 0)
        zipfile_read(zip, member, ODF_PART_SIZE, &manifest, &e);
    bool encrypted = manifest.size > 0 &&
                     memmem(manifest.data, manifest.size, "encryption-data", 15);
    buffer_free(&manifest);
    return encrypted;
}

static bool odf_is_sheets(struct zipfile *zip)
{
    struct buffer type = { 0 };
    struct error e;
    int64_t member = zipfile_find(zip, "mimetype");
    if (member >= 0)
        zipfile_read(zip, member, 256, &type, &e);
    bool sheets = type.size > 0 &&
                  (memmem(type.data, type.size, "spreadsheet", 11) ||
                   memmem(type.data, type.size, ".calc", 5));
    buffer_free(&type);
    return sheets;
}

/* Only the content must be there. */
static int odf_read_archive(struct zipfile *zip, struct odf_part *parts,
                            struct error *e)
{
    for (int i = 0; i < ODF_PARTS; i++) {
        struct odf_part *part = &parts[i];
        int64_t member = zipfile_find(zip, odf_names[i]);
        if (member < 0 && i == ODF_CONTENT_PART)
            return error_set(e, ERROR_DAMAGED, "content.xml is not in the archive");
        struct error why = { 0 };
        if (member < 0)
            continue;
        int r = zipfile_read(zip, member, i == ODF_CONTENT_PART
                             ? ODF_CONTENT_SIZE : ODF_PART_SIZE,
                             &part->source, &why);
        if (!markup_decode(&part->source)) {
            buffer_clear(&part->source);
            if (r == 0)
                r = error_set(&why, ERROR_DAMAGED, "no text, but binary data");
        }
        if (r < 0)
            error_set(&part->error, why.kind, "%s: %s", odf_names[i], why.detail);
        part->tolerant = r < 0;
    }
    return 0;
}

/* Styles of lists say how items are marked; many files define them all, and have
 * no item. */
static bool odf_has_items(const struct buffer *source)
{
    static const char item[] = "<text:list-item";
    return source->size > 0 &&
           memmem(source->data, source->size, item, sizeof item - 1);
}

/* ZIP, or NULL, has objects. Strictly first, and all anew with tolerance for the part that has a fault:
 * what was made of it up to there may lack what follows. */
static struct odf *odf_parse(struct odf_part *parts, struct zipfile *zip,
                             bool sheets, struct metadata *metadata)
{
    bool items = false;
    for (int i = 0; i < ODF_PARTS && !items; i++)
        items = odf_has_items(&parts[i].source);
    for (;;) {
        struct odf_objects objects = { .zip = zip };
        struct odf *odf = odf_create(metadata, sheets, items, zip ? &objects : NULL);
        int i = 0;
        while (i < ODF_PARTS &&
               (parts[i].source.size == 0 ||
                odf_read(odf, &parts[i].source, parts[i].tolerant) == 0))
            i++;
        if (i == ODF_PARTS) {
            odf_finish(odf);
            return odf;
        }
        odf_destroy(odf);
        metadata_clear(metadata);
        parts[i].tolerant = true;
        error_set(&parts[i].error, ERROR_DAMAGED, "%s is not well-formed",
                  odf_names[i]);
    }
}

static void odf_close(struct format_document *document)
{
    if (!document)
        return;
    odf_destroy(document->odf);
    free(document);
}

static struct format_document *odf_open_parts(struct odf_part *parts,
                                              struct zipfile *zip,
                                              struct format_info *info,
                                              struct error *e)
{
    struct format_document *document = xcalloc(1, sizeof *document);
    bool cut;
    document->odf = odf_parse(parts, zip, zip && odf_is_sheets(zip),
                              &info->metadata);
    size_t pages = odf_pages(document->odf, &cut);
    for (int i = ODF_PARTS - 1; i >= 0; i--) {
        if (info->flaw.kind == ERROR_NONE)
            info->flaw = parts[i].error;
    }
    if (cut && info->flaw.kind == ERROR_NONE)
        error_set(&info->flaw, ERROR_LIMIT, "more than %d pages", ODF_PAGES);
    if (pages == 0) {
        if (info->flaw.kind == ERROR_NONE)
            error_set(&info->flaw, ERROR_DAMAGED, "there is no body");
        *e = info->flaw;
        odf_close(document);
        return NULL;
    }
    info->pages = (int)pages; /* at most ODF_PAGES */
    return document;
}

static struct format_document *odf_open_archive(const struct format_input *input,
                                                struct format_info *info,
                                                struct error *e)
{
    struct odf_part parts[ODF_PARTS] = { 0 };
    struct format_document *document = NULL;
    struct zipfile *zip =
        sax_require(e) ? zipfile_open(input->data, input->size, NULL, e) : NULL;
    if (!zip)
        return NULL;
    if (odf_is_encrypted(zip)) {
        error_set(e, ERROR_ENCRYPTED, "encrypted");
        metadata_add(&info->metadata, "encrypted", "yes");
    } else if (odf_read_archive(zip, parts, e) == 0) {
        document = odf_open_parts(parts, zip, info, e);
    }
    zipfile_close(zip);
    for (int i = 0; i < ODF_PARTS; i++)
        buffer_free(&parts[i].source);
    return document;
}

static struct format_document *odf_open_flat(const struct format_input *input,
                                             struct format_info *info,
                                             struct error *e)
{
    struct odf_part parts[ODF_PARTS] = { 0 };
    struct odf_part *part = &parts[ODF_CONTENT_PART];
    struct format_document *document = NULL;
    size_t size = input->size;
    if (!sax_require(e))
        return NULL;
    if (size > ODF_CONTENT_SIZE) {
        size = ODF_CONTENT_SIZE;
        part->tolerant = true;
        error_set(&part->error, ERROR_LIMIT, "larger than %zu MiB", size >> 20);
    }
    buffer_append(&part->source, input->data, size);
    if (markup_decode(&part->source))
        document = odf_open_parts(parts, NULL, info, e);
    else
        error_set(e, ERROR_DAMAGED, "no text, but binary data");
    buffer_free(&part->source);
    return document;
}

static int odf_page(struct format_document *document, int page, struct emit *emit,
                    struct error *e)
{
    bool cut;
    size_t size;
    if (page < 1 || (size_t)page > odf_pages(document->odf, &cut))
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    const char *text = odf_page_text(document->odf, (size_t)page - 1, &size);
    return pieces_emit(emit, text, size);
}

/* --- the kinds --- */

#define ODF_KIND(id, how, type, about)                   \
    static int odf_bid_##id(const struct peek *peek)     \
    {                                                    \
        return odf_bid_##how(peek, type);                \
    }                                                    \
    const struct format format_##id = {                  \
        .name = #id,                                     \
        .media_type = type,                              \
        .extensions = #id,                               \
        .description = about,                            \
        .flags = FORMAT_NEEDS_PERMIT,                    \
        .bid = odf_bid_##id,                             \
        .open = odf_open_##how,                          \
        .page = odf_page,                                \
        .close = odf_close,                              \
        .prepare = load_packed,                          \
        .library = load_packed_library,                  \
    };

#define OASIS "application/vnd.oasis.opendocument."
#define SUN "application/vnd.sun.xml."
#define ODF_ARCHIVE(id, type, about) ODF_KIND(id, archive, type, about)
#define ODF_FLAT(id, type, about) ODF_KIND(id, flat, OASIS type "-flat-xml", about)

ODF_ARCHIVE(odt, OASIS "text", "OpenDocument texts")
ODF_ARCHIVE(ott, OASIS "text-template", "OpenDocument text templates")
ODF_ARCHIVE(odm, OASIS "text-master", "OpenDocument master documents")
ODF_ARCHIVE(otm, OASIS "text-master-template", "OpenDocument master templates")
ODF_ARCHIVE(oth, OASIS "text-web", "OpenDocument web pages")
ODF_ARCHIVE(ods, OASIS "spreadsheet", "OpenDocument spreadsheets")
ODF_ARCHIVE(ots, OASIS "spreadsheet-template", "OpenDocument spreadsheet templates")
ODF_ARCHIVE(odp, OASIS "presentation", "OpenDocument presentations")
ODF_ARCHIVE(otp, OASIS "presentation-template", "OpenDocument presentation templates")
ODF_ARCHIVE(odg, OASIS "graphics", "OpenDocument drawings")
ODF_ARCHIVE(otg, OASIS "graphics-template", "OpenDocument drawing templates")
ODF_ARCHIVE(odc, OASIS "chart", "OpenDocument charts")
ODF_ARCHIVE(odf, OASIS "formula", "OpenDocument formulas")
ODF_ARCHIVE(sxw, SUN "writer", "OpenOffice 1 texts")
ODF_ARCHIVE(stw, SUN "writer.template", "OpenOffice 1 text templates")
ODF_ARCHIVE(sxg, SUN "writer.global", "OpenOffice 1 master documents")
ODF_ARCHIVE(sxc, SUN "calc", "OpenOffice 1 spreadsheets")
ODF_ARCHIVE(stc, SUN "calc.template", "OpenOffice 1 spreadsheet templates")
ODF_ARCHIVE(sxi, SUN "impress", "OpenOffice 1 presentations")
ODF_ARCHIVE(sti, SUN "impress.template", "OpenOffice 1 presentation templates")
ODF_ARCHIVE(sxd, SUN "draw", "OpenOffice 1 drawings")
ODF_ARCHIVE(std, SUN "draw.template", "OpenOffice 1 drawing templates")
ODF_FLAT(fodt, "text", "flat OpenDocument texts")
ODF_FLAT(fods, "spreadsheet", "flat OpenDocument spreadsheets")
ODF_FLAT(fodp, "presentation", "flat OpenDocument presentations")
ODF_FLAT(fodg, "graphics", "flat OpenDocument drawings")
