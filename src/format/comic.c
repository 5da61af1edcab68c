/* SPDX-License-Identifier: GPL-3.0-or-later */
/* comic.c - the format "cbz": comic books, ZIP archives of images. Each image is
 * a page without text, as a scan in a PDF is; ComicInfo.xml says what it is. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/load.h"
#include "format/ocf.h"
#include "format/registry.h"
#include "format/sax.h"
#include "format/zipfile.h"
#include "layout/layout.h"

/* Bytes of ComicInfo.xml: some hundred for each page. */
#define COMIC_INFO ((size_t)16 << 20)

struct format_document {
    int pages;
};

static bool comic_ends(const char *name, const char *end)
{
    size_t size = strlen(name), length = strlen(end);
    return size > length && strcasecmp(name + size - length, end) == 0;
}

static bool comic_is_image(const char *name)
{
    static const char *const ends[] = { ".jpg", ".jpeg", ".png",  ".gif", ".webp",
                                        ".bmp", ".tif",  ".tiff", ".avif", ".jxl" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (comic_ends(name, ends[i]))
            return true;
    return false;
}

/* Photos in an archive are none: ComicInfo.xml, else the name has to say so. */
static int comic_bid(const struct peek *peek)
{
    static const char type[] = "application/vnd.comicbook+zip";
    static const char information[] = "ComicInfo.xml";
    if (!peek->container || strcmp(peek->container, type) != 0)
        return 0;
    if (memmem(peek->tail, peek->tail_size, information, sizeof information - 1))
        return 90;
    return peek->name && comic_ends(peek->name, ".cbz") ? 80 : 0;
}

/* --- ComicInfo.xml --- */

struct comic_info {
    struct sax_handler handler;
    struct metadata *metadata;
    struct buffer value, series, number, date;
};

static void comic_start(struct sax_handler *handler, const char *prefix,
                        const char *name, const struct sax_attribute *attributes,
                        size_t count)
{
    (void)prefix, (void)name, (void)attributes, (void)count;
    buffer_clear(&((struct comic_info *)handler)->value);
}

static void comic_text(struct sax_handler *handler, const char *text, size_t size)
{
    struct comic_info *c = (struct comic_info *)handler;
    if (c->value.size < 2 * METADATA_VALUE_MAX)
        buffer_append(&c->value, text, size);
}

static void comic_end(struct sax_handler *handler, const char *name)
{
    static const char *const keys[][2] = {
        { "Title", "title" },         { "Writer", "author" },
        { "Genre", "subject" },       { "Tags", "keywords" },
        { "Publisher", "publisher" }, { "LanguageISO", "language" },
        { "GTIN", "identifier" },
    };
    struct comic_info *c = (struct comic_info *)handler;
    const char *value = buffer_string(&c->value);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(name, keys[i][0]) == 0)
            metadata_add(c->metadata, keys[i][1], value);
    if (strcmp(name, "Series") == 0 && !c->series.size)
        buffer_append_string(&c->series, value);
    else if (strcmp(name, "Number") == 0 && !c->number.size)
        buffer_append_string(&c->number, value);
    else if (strcmp(name, "Year") == 0 && !c->date.size)
        buffer_printf(&c->date, "%04d", atoi(value));
    /* They follow each other so. */
    else if ((strcmp(name, "Month") == 0 && c->date.size == 4) ||
             (strcmp(name, "Day") == 0 && c->date.size == 7))
        buffer_printf(&c->date, "-%02d", atoi(value) % 100);
    buffer_clear(&c->value);
}

static void comic_restart(struct sax_handler *handler)
{
    struct comic_info *c = (struct comic_info *)handler;
    metadata_clear(c->metadata);
    buffer_clear(&c->series);
    buffer_clear(&c->number);
    buffer_clear(&c->date);
}

static void comic_describe(struct zipfile *zip, struct metadata *m)
{
    struct comic_info c = { .handler = { .start = comic_start,
                      .end = comic_end,
                      .text = comic_text },
                            .metadata = m };
    int64_t member = zipfile_find(zip, "ComicInfo.xml");
    if (member >= 0)
        (void)ocf_parse(zip, member, COMIC_INFO, &c.handler, comic_restart, NULL);
    /* An issue without a title of its own. */
    if (!metadata_get(m, "title") && c.series.size) {
        if (c.number.size)
            buffer_printf(&c.series, " #%s", buffer_string(&c.number));
        metadata_add(m, "title", buffer_string(&c.series));
    }
    if (c.date.size)
        metadata_add(m, "created", buffer_string(&c.date));
    buffer_free(&c.value);
    buffer_free(&c.series);
    buffer_free(&c.number);
    buffer_free(&c.date);
}

static void comic_close(struct format_document *d)
{
    free(d);
}

static struct format_document *comic_open(const struct format_input *input,
                                          struct format_info *info, struct error *e)
{
    struct zipfile *zip =
        zipfile_open(input->data, input->size, input->password, e);
    if (!zip)
        return NULL;
    int pages = 0;
    for (int64_t i = 0; i < zipfile_count(zip); i++)
        pages += comic_is_image(zipfile_name(zip, i));
    if (pages > 0)
        comic_describe(zip, &info->metadata);
    zipfile_close(zip);
    if (pages == 0) {
        error_set(e, ERROR_DAMAGED, "there are no images in it");
        return NULL;
    }
    struct format_document *d = xcalloc(1, sizeof *d);
    info->pages = d->pages = pages;
    return d;
}

static int comic_page(struct format_document *d, int page, struct emit *emit,
                      struct error *e)
{
    if (page < 1 || page > d->pages)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    emit->flags |= LAYOUT_NO_TEXT;
    return 0;
}

const struct format format_comic = {
    .name = "cbz",
    .media_type = "application/vnd.comicbook+zip",
    .extensions = "cbz",
    .description = "Comic books (pages without text)",
    .flags = FORMAT_NEEDS_PERMIT,
    .bid = comic_bid,
    .open = comic_open,
    .page = comic_page,
    .close = comic_close,
    .prepare = load_packed,
    .library = load_packed_library,
};
