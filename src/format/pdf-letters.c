/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-letters.c - both pages' letters, sorted. */
#include <config.h>

#include <stdint.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "format/pdf-letters.h"
#include "layout/character.h"

/* One letter in so many may be there in vain. */
#define LETTERS_IN_VAIN 20
/* Or may be missing, as long as no letter of a short page is: damage is read in as many
 * ways as there are engines. */
#define LETTERS_LESS 500
/* A page that has lost text lacks one letter in so many, and not just a few. */
#define LETTERS_LOST 5
#define LETTERS_MANY 20
#define LETTERS_BLANK 0xa0

struct letters_list {
    uint32_t *codes;
    size_t count, room;
};

/* The character at *AT, before END, and moves on; what is no UTF-8 is U+FFFD. */
static uint32_t letters_next(const unsigned char **at, const unsigned char *end)
{
    uint32_t code = *(*at)++;
    int more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : code >= 0xc0 ? 1 : 0;
    if (code < 0x80)
        return code;
    if (!more || end - *at < more)
        return 0xfffd;
    code &= 0x3fu >> more;
    while (more--)
        code = code << 6 | (*(*at)++ & 0x3fu);
    return code;
}

static void letters_put(struct letters_list *l, const char *text, size_t size)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + size;
    while (at < end) {
        if (l->count == l->room) {
            l->room = l->room ? 2 * l->room : 1024;
            l->codes = xrealloc_array(l->codes, l->room, sizeof *l->codes);
        }
        l->codes[l->count++] = letters_next(&at, end);
    }
}

static void letters_add(struct letters_list *l, uint32_t code)
{
    unsigned none = CHARACTER_NONE | CHARACTER_UNKNOWN | CHARACTER_SPACE | CHARACTER_SOFT;
    char bytes[CHARACTER_BYTES];
    if (code != LETTERS_BLANK && !(character_class(code) & none))
        letters_put(l, bytes, character_write(code, bytes));
}

static int letters_order(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static struct letters_list letters_of(const struct engine_page *page)
{
    struct letters_list l = { NULL, 0, 0 };
    const unsigned char *at = (const unsigned char *)page->raw;
    const unsigned char *end = at + page->raw_size;
    for (size_t i = 0; !page->raw && i < page->layout.count; i++)
        letters_add(&l, page->layout.boxes[i].code);
    while (page->raw && at < end)
        letters_add(&l, letters_next(&at, end));
    if (l.count)
        qsort(l.codes, l.count, sizeof *l.codes, letters_order);
    return l;
}

enum letters letters_compare(const struct engine_page *a, const struct engine_page *b)
{
    struct letters_list all = letters_of(a), some = letters_of(b);
    size_t i = 0, k = 0, both = 0;
    while (i < all.count && k < some.count) {
        uint32_t one = all.codes[i], other = some.codes[k];
        both += one == other;
        i += one <= other;
        k += other <= one;
    }
    bool whole = some.count - both <= some.count / LETTERS_LESS &&
                 all.count - both <= all.count / LETTERS_IN_VAIN;
    bool more = some.count - both <= some.count / LETTERS_LOST &&
                all.count >= LETTERS_MANY + some.count + some.count / LETTERS_LOST;
    free(all.codes);
    free(some.codes);
    return whole ? LETTERS_ALL : more ? LETTERS_MORE : LETTERS_OTHER;
}
