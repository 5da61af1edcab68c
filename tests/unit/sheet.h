/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheet.h - pages for the layout's tests: text set into boxes, each letter half
 * as wide as high, square ones as wide as high. */
#ifndef EXTRACT_TESTS_SHEET_H
#define EXTRACT_TESTS_SHEET_H

#include <glib.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "layout/character.h"
#include "layout/layout.h"

struct sheet {
    struct glyph *boxes;
    size_t count, room;
    bool content_order;
};

static inline void sheet_box(struct sheet *s, struct glyph box)
{
    if (s->count == s->room) {
        s->room = s->room * 2 + 64;
        s->boxes = xrealloc_array(s->boxes, s->room, sizeof *s->boxes);
    }
    s->boxes[s->count++] = box;
}

static inline float sheet_advance(uint32_t code, float size)
{
    unsigned class = character_class(code);
    return class & CHARACTER_MARK ? 0 : class & CHARACTER_WIDE ? size : size / 2;
}

/* TEXT, in UTF-8, from X on, on the baseline Y; returns where it ends. As with
 * any line of an engine, a space follows. */
static inline float sheet_put(struct sheet *s, float x, float y, float size,
                              const char *text)
{
    for (; *text; text = g_utf8_next_char(text)) {
        uint32_t code = g_utf8_get_char(text);
        float to = x + sheet_advance(code, size);
        sheet_box(s, (struct glyph){ x, y - size * 0.8f, to, y + size * 0.2f,
                                     size, code, 0, 0, 0 });
        x = to;
    }
    sheet_box(s, (struct glyph){ x, y - size, x, y, size, '\n', 0, 0, 0 });
    return x;
}

/* Lines, parted by newlines, 1.2 sizes apart; returns the next baseline. */
static inline float sheet_lines(struct sheet *s, float x, float y, float size,
                                const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line; line++, y += size * 1.2f)
        if (**line)
            sheet_put(s, x, y, size, *line);
    g_strfreev(lines);
    return y;
}

/* Its text, which the caller frees with free(); FLAGS may be NULL. The sheet is
 * empty then. */
static inline char *sheet_read(struct sheet *s, enum layout_mode mode,
                               bool dehyphenate, unsigned *flags)
{
    struct layout_page page = { s->boxes, s->count, 600, 800, s->content_order };
    struct layout_options options = { mode, dehyphenate };
    struct buffer out = { 0 };
    unsigned found = layout_text(&page, &options, &out);
    if (flags)
        *flags = found;
    char *text = xstrdup(buffer_string(&out));
    buffer_free(&out);
    free(s->boxes);
    *s = (struct sheet){ 0 };
    return text;
}

#endif
