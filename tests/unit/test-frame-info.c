/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-frame-info.c - what a frame says of a document and of how to read it, right
 * and wrong. */
#include <config.h>

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "document/result.h"
#include "format/engine.h"
#include "lane/frame.h"

static struct buffer built;

static void end(void)
{
    buffer_free(&built);
}

TestSuite(frame_info, .fini = end, .timeout = 300);

/* What is built, as a frame that was received. */
static struct frame_cursor cursor(void)
{
    struct frame frame = { FRAME_INFO, built.data + 8, built.size - 8 };
    return frame_cursor(&frame);
}

Test(frame_info, info)
{
    struct format_info info = { .pages = 12, .engine = "one 1.0" }, got = { 0 };
    metadata_add(&info.metadata, "title", "A title");
    metadata_add(&info.metadata, "author", "One");
    metadata_add(&info.metadata, "author", "Two");
    metadata_add_bookmark(&info.metadata, "First", 12, 1);
    metadata_add_bookmark(&info.metadata, "Below", 0, 2);
    error_set(&info.flaw, ERROR_TRUNCATED, "the end is missing");
    frame_begin(&built, FRAME_INFO);
    frame_put_info(&built, &info);
    struct frame_cursor c = cursor();
    cr_assert(frame_get_info(&c, &got));
    cr_assert_eq(got.pages, 12);
    cr_assert_str_eq(got.engine, "one 1.0");
    cr_assert_eq(got.metadata.count, 3);
    cr_assert_str_eq(metadata_get(&got.metadata, "author"), "One");
    cr_assert_eq(got.flaw.kind, ERROR_TRUNCATED);
    cr_assert_eq(got.metadata.bookmark_count, 2);
    cr_assert_str_eq(got.metadata.bookmarks[0].title, "First");
    cr_assert_eq(got.metadata.bookmarks[0].page, 12);
    cr_assert_eq(got.metadata.bookmarks[1].page, 0);
    cr_assert_eq(got.metadata.bookmarks[1].depth, 2);
    metadata_clear(&got.metadata);
    metadata_clear(&info.metadata);
}

Test(frame_info, options)
{
    struct format_options options = { FORMAT_PHYSICAL, true, false, "poppler", true,
                                      false, true };
    struct format_options got = { .strip_headers = true };
    frame_begin(&built, FRAME_REQUEST);
    frame_put_options(&built, NULL);
    frame_put_options(&built, &options);
    struct frame_cursor c = cursor();
    cr_assert(frame_get_options(&c, &got));
    cr_assert_eq(got.layout, FORMAT_READING);
    cr_assert_not(got.keep_hyphens || got.strip_headers || got.pdf_engine);
    cr_assert(frame_get_options(&c, &got));
    cr_assert_eq(got.layout, FORMAT_PHYSICAL);
    cr_assert(got.keep_hyphens && !got.strip_headers);
    cr_assert(got.annotations && !got.attachments && got.nfc);
    cr_assert_eq(got.pdf_engine, engine_find("poppler")->name);
    cr_assert_eq(c.left, 0);
}

Test(frame_info, options_and_flags_that_lie)
{
    static const struct {
        uint32_t layout, bits;
        const char *engine;
    } cases[] = { { FORMAT_PHYSICAL + 1, 0, "" }, { UINT32_MAX, 0, "" },
                  { 0, 32, "" }, { 0, UINT32_MAX, "" }, { 0, 0, "no engine" } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct format_options got;
        frame_begin(&built, FRAME_REQUEST);
        frame_put_u32(&built, cases[i].layout);
        frame_put_u32(&built, cases[i].bits);
        frame_put_string(&built, cases[i].engine);
        struct frame_cursor c = cursor();
        cr_assert_not(frame_get_options(&c, &got), "case %zu", i);
        cr_assert(c.bad);
    }
    for (uint32_t flags = 0; flags < 5; flags++) {
        frame_begin(&built, FRAME_PAGE);
        frame_put_u32(&built, flags == 4 ? UINT32_MAX : flags);
        struct frame_cursor c = cursor();
        char why[READER_WHY];
        cr_assert_eq(frame_get_flags(&c, why), flags == 4 ? 0 : flags);
        cr_assert_eq(c.bad, flags == 4);
    }
}

/* Words go with a reason only, and are few and plain. */
Test(frame, reasons_in_words)
{
    static const unsigned reason = READER_FONT << RESULT_REASON_SHIFT;
    char longest[READER_WHY], longer[READER_WHY + 1], why[READER_WHY];
    memset(longest, 'x', sizeof longest);
    memset(longer, 'x', sizeof longer);
    longest[READER_WHY - 1] = longer[READER_WHY] = '\0';
    const struct {
        unsigned flags;
        const char *said, *got; /* NULL: it is garbage */
    } cases[] = {
        { reason, "a font: X", "a font: X" }, { reason, NULL, "" }, { 0, "a font", "" },
        { LAYOUT_NO_TEXT, "a font", "" },     { reason, longest, longest },
        { reason, longer, NULL },             { reason, "a\x1b[31m", NULL },
        { reason, "two\nlines", NULL },       { reason, "\xc2\x9b", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        frame_begin(&built, FRAME_PAGE);
        frame_put_flags(&built, cases[i].flags, cases[i].said);
        struct frame_cursor c = cursor();
        unsigned flags = frame_get_flags(&c, why);
        cr_expect_eq(c.bad, !cases[i].got, "case %zu", i);
        cr_expect_eq(flags, cases[i].got ? cases[i].flags : 0, "case %zu", i);
        cr_expect_str_eq(why, cases[i].got ? cases[i].got : "", "case %zu", i);
    }
    /* One that is left out. */
    frame_begin(&built, FRAME_PAGE);
    frame_put_u32(&built, reason);
    struct frame_cursor c = cursor();
    cr_assert_eq(frame_get_flags(&c, why), 0);
    cr_assert(c.bad);
}

/* An info with PAGES, COUNT entries of KEY, and MARKS bookmarks to PAGE at DEPTH. */
static bool is_sound_with(uint32_t pages, uint32_t count, const char *key,
                          uint32_t marks, uint32_t page, uint32_t depth)
{
    struct format_info got = { 0 };
    frame_begin(&built, FRAME_INFO);
    frame_put_u32(&built, pages);
    frame_put_string(&built, "");
    frame_put_error(&built, NULL);
    frame_put_u32(&built, count);
    for (uint32_t i = 0; i < count && i < 100; i++) {
        frame_put_string(&built, key);
        frame_put_string(&built, "value");
    }
    frame_put_u32(&built, marks);
    for (uint32_t i = 0; i < marks && i < METADATA_BOOKMARKS_MAX + 1; i++) {
        frame_put_u32(&built, page);
        frame_put_u32(&built, depth);
        frame_put_string(&built, "bookmark");
    }
    struct frame_cursor c = cursor();
    bool sound = frame_get_info(&c, &got);
    metadata_clear(&got.metadata);
    return sound;
}

static bool is_sound(uint32_t pages, uint32_t count, const char *key)
{
    return is_sound_with(pages, count, key, 0, 0, 0);
}

Test(frame_info, bookmarks_that_lie)
{
    const uint32_t most = METADATA_BOOKMARKS_MAX, deepest = METADATA_BOOKMARK_DEPTH;
    cr_assert(is_sound_with(2, 0, "", most, 2, deepest));
    cr_assert(is_sound_with(2, 0, "", 1, 0, 1));
    cr_assert_not(is_sound_with(2, 0, "", most + 1, 2, 1));
    cr_assert_not(is_sound_with(2, 0, "", UINT32_MAX, 2, 1));
    cr_assert_not(is_sound_with(2, 0, "", 1, 3, 1));
    cr_assert_not(is_sound_with(2, 0, "", 1, UINT32_MAX, 1));
    cr_assert_not(is_sound_with(2, 0, "", 1, 2, 0));
    cr_assert_not(is_sound_with(2, 0, "", 1, 2, deepest + 1));
}

Test(frame_info, infos_that_lie)
{
    cr_assert(is_sound(1, 1, "title"));
    cr_assert(is_sound(INT_MAX, METADATA_ENTRIES_MAX, "title"));
    cr_assert_not(is_sound(0, 0, ""));
    cr_assert_not(is_sound((uint32_t)INT_MAX + 1, 0, ""));
    cr_assert_not(is_sound(UINT32_MAX, 0, ""));
    cr_assert_not(is_sound(1, 1, "no such key"));
    cr_assert_not(is_sound(1, METADATA_ENTRIES_MAX + 1, "title"));
    cr_assert_not(is_sound(1, UINT32_MAX, "title"));
}

/* The same one is the same string, and a worker cannot have any number kept. */
Test(frame_info, engines)
{
    const char *first = NULL;
    for (int i = 0; i < 1000; i++) {
        char name[16];
        struct format_info info = { .pages = 1, .engine = name }, got = { 0 };
        snprintf(name, sizeof name, "engine %d", i / 2);
        frame_begin(&built, FRAME_INFO);
        frame_put_info(&built, &info);
        struct frame_cursor c = cursor();
        cr_assert(frame_get_info(&c, &got));
        if (i % 2)
            cr_assert_eq(got.engine, first);
        first = got.engine;
    }
    cr_assert_null(first);
}
