/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-layout.c - the bytes are flags and boxes: 7 bytes a box where they are
 * coordinates of a page, and all bits of a number where they are not. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "layout/layout.h"
#include "fuzz.h"

/* More boxes only take longer. */
#define BOXES 4096
/* What a box may come to: a presentation form of 18 letters, and blanks. */
#define BOX_BYTES 512
#define BLANKS 65536

enum { FLAG_WILD = 1, FLAG_PHYSICAL = 2, FLAG_CONTENT_ORDER = 4, FLAG_HYPHENS = 8 };

const char *const fuzz_corpus[] = { NULL };

/* A box within a page: x, y (3 bytes), width, size, code (2 bytes). */
static struct glyph layout_tame(const uint8_t *d)
{
    float x = (float)(d[0] << 2 | d[2] >> 6), y = (float)(d[1] << 2 | (d[2] >> 4 & 3));
    float size = (float)(d[4] & 31);
    return (struct glyph){
        .x0 = x, .y0 = y, .x1 = x + (float)d[3] / 8, .y1 = y + (float)(d[4] >> 3),
        .size = size, .code = (uint32_t)(d[5] << 8 | d[6]),
    };
}

/* Any bits: no numbers, no code points. */
static struct glyph layout_wild(const uint8_t *d)
{
    struct glyph box;
    memcpy(&box, d, sizeof box);
    return box;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    int flags = *data++;
    size--;
    size_t step = flags & FLAG_WILD ? sizeof(struct glyph) : 7;
    size_t count = size / step < BOXES ? size / step : BOXES;
    struct glyph *boxes = xmalloc((count + 1) * sizeof *boxes);
    struct glyph *twice = xmalloc((count + 1) * sizeof *twice);
    for (size_t i = 0; i < count; i++)
        boxes[i] = flags & FLAG_WILD ? layout_wild(data + i * step)
                                     : layout_tame(data + i * step);
    memcpy(twice, boxes, count * sizeof *boxes);
    struct layout_page page = { boxes, count, 1024, 1024, flags & FLAG_CONTENT_ORDER };
    struct layout_options options = {
        flags & FLAG_PHYSICAL ? LAYOUT_PHYSICAL : LAYOUT_READING, flags & FLAG_HYPHENS
    };
    struct buffer first = { 0 }, again = { 0 };
    unsigned found = layout_text(&page, &options, &first);
    fuzz_must(found <= (LAYOUT_NO_TEXT | LAYOUT_GARBLED));
    if (first.size > 0) {
        fuzz_must(utf8_valid_prefix(first.data, first.size) == first.size);
        fuzz_must(first.data[first.size - 1] == '\n');
        fuzz_must(!memchr(first.data, '\f', first.size));
    }
    fuzz_must(first.size <= count * BOX_BYTES + BLANKS);
    page.boxes = twice;
    fuzz_must(layout_text(&page, &options, &again) == found);
    fuzz_must(first.size == again.size &&
              (first.size == 0 || !memcmp(first.data, again.data, first.size)));
    buffer_free(&first);
    buffer_free(&again);
    free(boxes);
    free(twice);
    return 0;
}
