/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfobject.c - an object has the same parts as a document, but only the content
 * is text. */
#include <config.h>

#include "format/odfobject.h"

#include <string.h>

#include "format/markup.h"
#include "format/odfbody.h"

/* Bytes of a member's name; longer ones are no directory of an object. */
#define NAME 256

static void append_pages(const struct odf *odf, struct buffer *out)
{
    bool cut;
    size_t pages = odf_pages(odf, &cut);
    for (size_t i = 0; i < pages; i++) {
        size_t size;
        const char *text = odf_page_text(odf, i, &size);
        if (size > 0 && out->size > 0)
            buffer_append_char(out, '\n');
        buffer_append(out, text, size);
    }
}

/* Whether it is a formula, in MathML. */
static bool append_content(struct buffer *source, struct buffer *out)
{
    struct metadata unused = { 0 };
    struct odf *odf = NULL;
    if (!markup_decode(source))
        return false;
    if (!memmem(source->data, source->size, "office:body", 11)) {
        markup_render(source, out, NULL);
        return true;
    }
    for (int tolerant = 0; tolerant < 2; tolerant++) {
        odf_destroy(odf);
        odf = odf_create(&unused, false, true, NULL);
        if (odf_read(odf, source, tolerant > 0) == 0)
            break;
    }
    odf_finish(odf);
    append_pages(odf, out);
    odf_destroy(odf);
    metadata_clear(&unused);
    return false;
}

bool odf_object_read(struct odf_objects *objects, const char *href, size_t size,
                     struct buffer *out)
{
    static const char content[] = "/content.xml";
    char name[NAME];
    struct buffer source = { 0 };
    if (size > 2 && memcmp(href, "./", 2) == 0) {
        href += 2;
        size -= 2;
    }
    while (size > 0 && href[size - 1] == '/')
        size--;
    if (size == 0 || size + sizeof content > sizeof name ||
        memchr(href, '\0', size) || objects->count == ODF_OBJECTS)
        return false;
    objects->count++;
    memcpy(name, href, size);
    memcpy(name + size, content, sizeof content);
    int64_t member = zipfile_find(objects->zip, name);
    bool formula = false;
    if (member >= 0 && zipfile_read(objects->zip, member, ODF_OBJECT_SIZE, &source,
                                    NULL) == 0)
        formula = append_content(&source, out);
    buffer_free(&source);
    return formula;
}
