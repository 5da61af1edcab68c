/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-layout-hostile.c - what boxes come to that no engine should give. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "sheet.h"

/* Valid UTF-8 in bounds, whatever the boxes are. */
static void check_hostile(struct sheet *s, size_t most)
{
    for (int mode = LAYOUT_READING; mode <= LAYOUT_PHYSICAL; mode++) {
        struct layout_page page = { s->boxes, s->count, 1e30f, NAN, mode == 0 };
        struct layout_options options = { (enum layout_mode)mode, true };
        struct buffer out = { 0 };
        layout_text(&page, &options, &out);
        cr_assert_eq(utf8_valid_prefix(out.data ? out.data : "", out.size), out.size);
        cr_assert_leq(out.size, most);
        cr_assert(out.size == 0 || out.data[out.size - 1] == '\n');
        buffer_free(&out);
    }
    free(s->boxes);
}

Test(layout_hostile, survives_boxes_that_are_none)
{
    struct sheet s = { 0 };
    float odd[] = { NAN, INFINITY, -INFINITY, 1e30f, -1e9f, 0, 1e9f, 12, 5e5f };
    uint32_t codes[] = { 'a', 0, 0xd800, 0x110000, 0xffffffff, 0x3042, 0x5d0, 0x301,
                         0xfb03, 0xad, '-', 0xfdfa, 0xfe70 };
    for (size_t i = 0; i < 9 * 9 * 9 * 9; i++)
        sheet_box(&s, (struct glyph){ odd[i % 9], odd[i / 9 % 9], odd[i / 81 % 9],
                                      odd[i / 729], odd[i * 7 % 9],
                                      codes[i % 13], 0, 0, 0 });
    check_hostile(&s, 1 << 20);
}

Test(layout_hostile, is_bounded_for_letters_all_over_the_place, .timeout = 60)
{
    struct sheet s = { 0 };
    uint32_t seed = 1;
    for (int i = 0; i < 300000; i++) {
        seed = seed * 1664525 + 1013904223;
        float x = (float)(seed >> 20), y = (float)(seed >> 8 & 4095);
        sheet_box(&s, (struct glyph){ x, y, x + 5, y + 10, (float)(seed & 15),
                                      'a' + (seed & 15), 0, 0, 0 });
    }
    check_hostile(&s, 300000 * 100);
}

Test(layout_hostile, is_bounded_for_columns_without_end, .timeout = 60)
{
    struct sheet s = { 0 };
    for (int i = 0; i < 500; i++)
        for (int k = 0; k < 100; k++)
            sheet_put(&s, 40 * (float)k, 12 * (float)i + (float)(k % 7), 10, "abcdef");
    check_hostile(&s, 500 * 100 * 100);
}
