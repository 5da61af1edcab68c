/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfbox.c - text boxes, shapes and objects: behind the paragraph they stand in,
 * or a part of its line. */
#include <config.h>

#include "format/odfbox.h"

#include "format/odfflow.h"

void odf_box_start(struct odf *o, struct odf_frame *f,
                   const struct sax_attribute *anchor)
{
    const struct target *t = targets_top(&o->writer);
    if (t->paragraphs > 0 && odf_is(anchor, "as-char"))
        f->waits = true;
    else if (t->paragraphs > 0 || o->shapes > 0 ||
             (o->body == ODF_IN_SHEETS && t->cells > 0))
        odf_divert(o, f, SLOT_BOX);
    else
        odf_put(o, f, "div");
}

void odf_box_settle(struct odf *o)
{
    struct odf_frame *outer = o->depth > 1 ? odf_frame(o, o->depth - 1) : NULL;
    if (!outer || !outer->waits)
        return;
    outer->waits = false;
    odf_divert(o, outer, SLOT_BOX);
}

void odf_object(struct odf *o, struct odf_frame *f,
                const struct sax_attribute *href)
{
    struct buffer text = { 0 };
    struct odf_frame *outer = odf_frame(o, o->depth - 1);
    bool waits = outer && outer->waits;
    if (!href) {
        f->waits = waits;
        return;
    }
    bool formula = o->objects &&
                   odf_object_read(o->objects, href->value, href->size, &text);
    if (formula && waits && text.size > 1) {
        odf_say(o, text.data, text.size - 1);
    } else if (text.size > 1) {
        odf_box_settle(o);
        struct prose *prose = targets_top(&o->writer)->prose;
        odf_touch(o);
        odf_element(o, "div", false);
        prose_keep(prose, text.data, text.size - 1);
        struct sax_handler *h = prose_handler(prose);
        h->end(h, "div");
    }
    buffer_free(&text);
}

bool odf_box_waits(const struct odf *o)
{
    return o->depth > 0 && o->depth <= sizeof o->frames / sizeof *o->frames &&
           o->frames[o->depth - 1].waits;
}

void odf_formula_start(struct odf *o, struct odf_frame *f)
{
    odf_put(o, f, "math");
    o->formula = o->depth;
}
