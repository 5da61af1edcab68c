/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tounicode.c - the ToUnicode CMap of a font (9.10.3), when it may be believed. */
#include <config.h>

#include "pdf/fontstate.h"

static const struct cmap *find_predefined(void *ctx, struct span name)
{
    return cmapfiles_cmap(ctx, NULL, name, NULL);
}

/* A CMap that says the same of all codes says nothing: some producers write a space, or
 * zero, for each glyph. Of one or two codes it may be true. */
static bool says_something(const struct cmap *c)
{
    uint32_t first[CMAP_UNICODE], other[CMAP_UNICODE];
    if (c->base)
        return true;
    if (c->range_count == 0)
        return false;
    size_t count = cmap_range_unicode(c, c->ranges, c->ranges->low, first);
    if (c->range_count < 3 || count > 1)
        return true;
    for (size_t i = 0; i < c->range_count; i++) {
        const struct cmap_range *r = c->ranges + i;
        if (r->high > r->low || cmap_range_unicode(c, r, r->low, other) != 1 ||
            *other != *first)
            return true;
    }
    return false;
}

const struct cmap *font_to_unicode(struct font_maker *m)
{
    const struct value *stream = objects_find(m->objects, m->dictionary, "ToUnicode");
    struct span text;
    if (stream->type != VALUE_STREAM ||
        objects_decode(m->objects, stream, &text) > OBJECTS_CUT)
        return NULL;
    const struct cmap *c = cmap_parse(text, m->arena, find_predefined, m->files);
    objects_release(m->objects, text);
    if (c && c->cut && !m->font->doubt)
        m->font->doubt = "a ToUnicode that is too long";
    return c && says_something(c) ? c : NULL;
}
