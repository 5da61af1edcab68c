/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-objects.c - the bytes are a PDF, of which all is read that can be without fonts:
 * each object and stream, the pages and what it says of itself. */
#include <config.h>

#include <stdlib.h>

#include "pdf/about.h"
#include "pdf/bookmarks.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.pdf", NULL };

static bool objects_visit(void *ctx, const char *title, int page, int depth)
{
    int *left = ctx;
    fuzz_must(title && page >= 0 && depth >= 0 && depth < 64);
    return --*left > 0;
}

static void objects_read_streams(struct objects *o)
{
    uint32_t count = objects_count(o);
    for (uint32_t number = 0; number < count && number < 4096; number++) {
        struct span bytes;
        const struct value *v = objects_get(o, number);
        fuzz_must(v && v == objects_get(o, number));
        if (objects_cost(o) > (uint64_t)32 << 20)
            break;
        enum objects_decoded end = objects_decode(o, v, &bytes);
        fuzz_must(bytes.at <= bytes.end);
        fuzz_must(end == OBJECTS_WHOLE || end == OBJECTS_CUT || bytes.at == bytes.end);
        if (number % 2) /* the others are left for objects_close */
            objects_release(o, bytes);
    }
}

static void objects_read_pages(struct objects *o)
{
    struct pagetree *p = pagetree_create(o);
    struct pagetree_page page;
    int left = 1000;
    fuzz_must(p != NULL);
    for (int i = 1; i <= pagetree_count(p) && i < 1000; i++) {
        if (!pagetree_get(p, i, &page))
            continue;
        fuzz_must(page.crop.x0 <= page.crop.x1 && page.crop.y0 <= page.crop.y1);
        fuzz_must(page.crop.x0 >= page.media.x0 && page.crop.y1 <= page.media.y1);
        fuzz_must(page.rotate % 90 == 0 && page.rotate >= 0 && page.rotate < 360);
    }
    bookmarks_walk(o, p, objects_visit, &left);
    pagetree_destroy(p);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct objects *o;
    int64_t seconds;
    int major, minor;
    struct span file = { data, data + size };
    /* The last bytes are a password, too. */
    char password[9] = "";
    for (size_t i = 0; i < 8 && i < size; i++)
        password[i] = (char)data[size - 1 - i];
    if (objects_open(file, password, &o) != OBJECTS_OPEN)
        return 0;
    struct arena *arena = arena_create((size_t)1 << 20);
    about_version(o, &major, &minor);
    about_date(o, "CreationDate", &seconds);
    about_text(o, "Title", arena);
    about_attachments(o);
    objects_read_pages(o);
    objects_read_streams(o);
    arena_destroy(arena);
    objects_close(o);
    return 0;
}
