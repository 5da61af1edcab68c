/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-cmap.c - the bytes are a CMap, and then the string that it is asked about. */
#include <config.h>

#include <stdlib.h>

#include "fuzz.h"
#include "pdf/cmap.h"

#define ARENA (16 << 20)

const char *const fuzz_corpus[] = { NULL };

static const struct cmap *find(void *ctx, struct span name)
{
    struct cmap **base = ctx;
    fuzz_must(name.at <= name.end);
    return *base;
}

static void ask(const struct cmap *c, struct span s)
{
    uint32_t all[CMAP_UNICODE];
    for (size_t i = 0; i < c->range_count; i++)
        fuzz_must(cmap_range_unicode(c, c->ranges + i, c->ranges[i].high, all) <=
                  CMAP_UNICODE);
    while (s.at < s.end) {
        uint32_t code, cid = 0, unicode[CMAP_UNICODE];
        size_t size = cmap_next(c, s, &code);
        fuzz_must(size >= 1 && size <= 4 && size <= (size_t)(s.end - s.at));
        cmap_cid(c, code, size, &cid);
        fuzz_must(cmap_unicode(c, code, unicode) <= CMAP_UNICODE);
        s.at += size;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span text = { data, data + size };
    struct cmap *none = NULL, *base;
    struct arena *arena = arena_create(ARENA);
    if (!arena)
        return 0;
    base = cmap_parse(text, arena, find, &none);
    fuzz_must(base != NULL || arena_is_over(arena));
    if (base) {
        ask(base, text);
        struct cmap *c = cmap_parse(text, arena, find, &base);
        if (c)
            ask(c, text);
    }
    arena_destroy(arena);
    return 0;
}
