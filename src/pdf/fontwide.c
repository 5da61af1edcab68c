/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontwide.c - slots that are not to be had cost time alone. */
#include <config.h>

#include "pdf/fontwide.h"

#include <stdlib.h>

/* 6 KiB each. */
#define FONTWIDE_PAGES 2048

struct font_slot *fontwide_add(struct fontwide *w)
{
    struct fontwide_page *page =
        w->count < FONTWIDE_PAGES ? calloc(1, sizeof *page) : NULL;
    if (!page)
        return NULL;
    page->next = w->pages;
    w->pages = page;
    w->count++;
    return page->slots;
}

void fontwide_fill(struct font_slot *slot, const struct font_glyph *g)
{
    slot->unicode = g->unicode[0];
    slot->width = (float)g->width;
    slot->count = g->count;
    slot->unmapped = g->unmapped;
    slot->flags = g->told ? FONT_TOLD : 0;
    slot->shape = font_shape(slot) | FONT_FILLED;
}

void fontwide_free(struct fontwide *w)
{
    for (struct fontwide_page *page = w->pages, *next; page; page = next) {
        next = page->next;
        free(page);
    }
    *w = (struct fontwide){ 0 };
}
