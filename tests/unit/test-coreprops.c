/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-coreprops.c - what a package says of itself. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/coreprops.h"

static void send(struct coreprops *p, const char *name, const char *text)
{
    p->handler.start(&p->handler, NULL, name, NULL, 0);
    if (text)
        p->handler.text(&p->handler, text, strlen(text));
    p->handler.end(&p->handler, name);
}

Test(coreprops, elements)
{
    struct coreprops p;
    struct metadata m = { 0 };
    coreprops_init(&p, &m);
    send(&p, "creator", "A\n Name");
    send(&p, "title", NULL);
    send(&p, "Application", "Writer");
    send(&p, "revision", "7");
    coreprops_clear(&p);
    cr_assert_eq(m.count, 2);
    cr_expect_str_eq(metadata_get(&m, "author"), "A Name");
    cr_expect_str_eq(metadata_get(&m, "creator"), "Writer");
    metadata_clear(&m);
}

/* However it is cut into pieces. */
Test(coreprops, a_long_one_is_cut)
{
    for (size_t piece = 1000; piece <= 20000; piece += 19000) {
        struct coreprops p;
        struct metadata m = { 0 };
        char *text = xcalloc(1, piece);
        memset(text, 'x', piece);
        coreprops_init(&p, &m);
        p.handler.start(&p.handler, NULL, "title", NULL, 0);
        for (size_t size = 0; size < 20000; size += piece)
            p.handler.text(&p.handler, text, piece);
        p.handler.end(&p.handler, "title");
        coreprops_clear(&p);
        cr_assert_eq(m.count, 1);
        cr_expect_eq(strlen(metadata_get(&m, "title")), METADATA_VALUE_MAX);
        metadata_clear(&m);
        free(text);
    }
}
