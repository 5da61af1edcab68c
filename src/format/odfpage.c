/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfpage.c - a stack of targets, each with lines of its own. */
#include <config.h>

#include "format/odfpage.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct odf_target *odf_target(struct odf_writer *w)
{
    return w->count ? &w->targets[w->count - 1] : NULL;
}

bool odf_push(struct odf_writer *w, enum odf_slot slot)
{
    if (w->count == ODF_TARGETS)
        return false;
    struct odf_target *t = &w->targets[w->count++];
    *t = (struct odf_target){ .slot = slot };
    t->prose = prose_create(&t->text);
    return true;
}

bool odf_spend(struct odf_writer *w, size_t bytes)
{
    if (w->budget < bytes)
        return false;
    w->budget -= bytes;
    return true;
}

/* A blank line between what is there and what comes. */
static void odf_part(struct buffer *to, size_t start, const struct buffer *text)
{
    if (text->size == 0)
        return;
    if (to->size > start)
        buffer_append_char(to, '\n');
    buffer_append(to, text->data, text->size);
}

void odf_flush_boxes(struct odf_target *t)
{
    static const char block[] = "div";
    struct sax_handler *h = prose_handler(t->prose);
    if (t->boxes.size == 0)
        return;
    h->start(h, NULL, block, NULL, 0);
    prose_keep(t->prose, t->boxes.data, t->boxes.size - 1);
    h->end(h, block);
    buffer_clear(&t->boxes);
}

static void odf_page_end(struct odf_writer *w, struct odf_target *t)
{
    size_t start = w->text.size;
    odf_part(&w->text, start, &t->text);
    odf_part(&w->text, start, &t->boxes);
    for (int slot = ODF_SLOT_FOOTNOTES; slot <= ODF_SLOT_NOTES; slot++) {
        odf_part(&w->text, start, &w->slots[slot]);
        buffer_clear(&w->slots[slot]);
    }
    if (w->pages == w->room) {
        w->room = w->room ? 2 * w->room : 16;
        w->ends = xrealloc_array(w->ends, w->room, sizeof *w->ends);
    }
    w->ends[w->pages++] = w->text.size;
}

/* First pages and left pages often have the same one. */
static void odf_margin_end(struct odf_writer *w, struct odf_target *t)
{
    struct buffer *to = &w->slots[t->slot];
    if (t->text.size == 0 || w->margins++ >= ODF_MARGINS ||
        (to->size > 0 && memmem(to->data, to->size, t->text.data, t->text.size)))
        return;
    buffer_append(to, t->text.data, t->text.size);
}

static void odf_slot_end(struct odf_writer *w, struct odf_target *t,
                         const char *mark)
{
    struct buffer *to = &w->slots[t->slot];
    odf_part(&t->text, 0, &t->boxes);
    if (t->slot == ODF_SLOT_BOX)
        to = &odf_target(w)->boxes;
    if (t->text.size > 0)
        buffer_append_string(to, mark);
    buffer_append(to, t->text.data, t->text.size);
}

void odf_pop(struct odf_writer *w, const char *mark)
{
    struct odf_target *t = &w->targets[--w->count];
    prose_finish(t->prose);
    if (t->slot == ODF_SLOT_PAGE)
        odf_page_end(w, t);
    else if (t->slot == ODF_SLOT_HEADERS || t->slot == ODF_SLOT_FOOTERS)
        odf_margin_end(w, t);
    else
        odf_slot_end(w, t, mark);
    buffer_free(&t->text);
    buffer_free(&t->boxes);
}

void odf_writer_finish(struct odf_writer *w)
{
    while (w->count > 0)
        odf_pop(w, "");
    const struct buffer *headers = &w->slots[ODF_SLOT_HEADERS];
    const struct buffer *footers = &w->slots[ODF_SLOT_FOOTERS];
    if (w->pages == 0 || headers->size + footers->size == 0)
        return;
    struct buffer all = { 0 };
    const struct buffer first = { .data = w->text.data, .size = w->ends[0] };
    odf_part(&all, 0, headers);
    odf_part(&all, 0, &first);
    odf_part(&all, 0, footers);
    size_t more = all.size - first.size;
    buffer_append(&all, w->text.data + first.size, w->text.size - first.size);
    for (size_t i = 0; i < w->pages; i++)
        w->ends[i] += more;
    buffer_free(&w->text);
    buffer_move(&w->text, &all);
}

void odf_writer_clear(struct odf_writer *w)
{
    for (; w->count > 0; w->count--) {
        struct odf_target *t = &w->targets[w->count - 1];
        prose_finish(t->prose);
        buffer_free(&t->text);
        buffer_free(&t->boxes);
    }
    for (int slot = 0; slot < ODF_SLOTS; slot++)
        buffer_free(&w->slots[slot]);
    buffer_free(&w->text);
    free(w->ends);
    *w = (struct odf_writer){ 0 };
}
