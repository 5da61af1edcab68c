/* SPDX-License-Identifier: GPL-3.0-or-later */
/* targets.c - a stack of targets, each with lines of its own. */
#include <config.h>

#include "format/targets.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

struct target *targets_top(struct targets *w)
{
    return w->count ? &w->targets[w->count - 1] : NULL;
}

bool targets_push(struct targets *w, enum slot slot)
{
    if (w->count == TARGETS_DEPTH)
        return false;
    struct target *t = &w->targets[w->count++];
    *t = (struct target){ .slot = slot };
    t->prose = prose_create(&t->text);
    return true;
}

bool targets_spend(struct targets *w, size_t bytes)
{
    if (w->budget < bytes)
        return false;
    w->budget -= bytes;
    return true;
}

/* A blank line between what is there and what comes. */
static void targets_part(struct buffer *to, size_t start, const struct buffer *text)
{
    if (text->size == 0)
        return;
    if (to->size > start)
        buffer_append_char(to, '\n');
    buffer_append(to, text->data, text->size);
}

void targets_flush_boxes(struct target *t)
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

static void targets_page_end(struct targets *w, struct target *t)
{
    size_t start = w->text.size;
    targets_part(&w->text, start, &t->text);
    targets_part(&w->text, start, &t->boxes);
    for (int slot = SLOT_FOOTNOTES; slot <= SLOT_COMMENTS; slot++) {
        targets_part(&w->text, start, &w->slots[slot]);
        buffer_clear(&w->slots[slot]);
    }
    if (w->pages == w->room) {
        w->room = w->room ? 2 * w->room : 16;
        w->ends = xrealloc_array(w->ends, w->room, sizeof *w->ends);
    }
    w->ends[w->pages++] = w->text.size;
}

/* First pages and left pages often have the same one. */
static void targets_margin_end(struct targets *w, struct target *t)
{
    struct buffer *to = &w->slots[t->slot];
    if (t->text.size == 0 || w->margins++ >= TARGETS_MARGINS ||
        (to->size > 0 && memmem(to->data, to->size, t->text.data, t->text.size)))
        return;
    buffer_append(to, t->text.data, t->text.size);
}

static void targets_slot_end(struct targets *w, struct target *t,
                         const char *mark)
{
    struct buffer *to = &w->slots[t->slot];
    targets_part(&t->text, 0, &t->boxes);
    if (t->slot == SLOT_BOX)
        to = &targets_top(w)->boxes;
    if (t->text.size > 0)
        buffer_append_string(to, mark);
    buffer_append(to, t->text.data, t->text.size);
}

void targets_pop(struct targets *w, const char *mark)
{
    struct target *t = &w->targets[--w->count];
    prose_finish(t->prose);
    if (t->slot == SLOT_PAGE)
        targets_page_end(w, t);
    else if (t->slot == SLOT_HEADERS || t->slot == SLOT_FOOTERS)
        targets_margin_end(w, t);
    else
        targets_slot_end(w, t, mark);
    buffer_free(&t->text);
    buffer_free(&t->boxes);
}

void targets_finish(struct targets *w)
{
    while (w->count > 0)
        targets_pop(w, "");
    const struct buffer *headers = &w->slots[SLOT_HEADERS];
    const struct buffer *footers = &w->slots[SLOT_FOOTERS];
    if (w->pages == 0 || headers->size + footers->size == 0)
        return;
    struct buffer all = { 0 };
    const struct buffer first = { .data = w->text.data, .size = w->ends[0] };
    targets_part(&all, 0, headers);
    targets_part(&all, 0, &first);
    targets_part(&all, 0, footers);
    size_t more = all.size - first.size;
    buffer_append(&all, w->text.data + first.size, w->text.size - first.size);
    for (size_t i = 0; i < w->pages; i++)
        w->ends[i] += more;
    buffer_free(&w->text);
    buffer_move(&w->text, &all);
}

void targets_clear(struct targets *w)
{
    for (; w->count > 0; w->count--) {
        struct target *t = &w->targets[w->count - 1];
        prose_finish(t->prose);
        buffer_free(&t->text);
        buffer_free(&t->boxes);
    }
    for (int slot = 0; slot < SLOTS; slot++)
        buffer_free(&w->slots[slot]);
    buffer_free(&w->text);
    free(w->ends);
    *w = (struct targets){ 0 };
}
