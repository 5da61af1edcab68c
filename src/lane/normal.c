/* SPDX-License-Identifier: GPL-3.0-or-later */
/* normal.c - GLib normalizes, between places that no composition crosses. */
#include <config.h>

#include "lane/normal.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

/* Marks after marks without end: each so many bytes are normalized for
 * themselves. No script has more than a few on a letter. */
#define NORMAL_RUN ((size_t)4096)

/* Whether the character at P joins with none before it: letters of scripts whose
 * second halves of compositions are all marks. */
static bool normal_is_start(const char *p)
{
    unsigned char byte = (unsigned char)*p;
    if (byte < 0x80)
        return true;
    gunichar c = g_utf8_get_char(p);
    return (c >= 0xa0 && c < 0x300) || (c >= 0x370 && c < 0x483) ||
           (c >= 0x48a && c < 0x530) || (c >= 0x3041 && c < 0x3097) ||
           (c >= 0x30a1 && c < 0x30fb) || (c >= 0x3400 && c < 0x4dc0) ||
           (c >= 0x4e00 && c < 0xa000) || (c >= 0xac00 && c < 0xd7a4);
}

/* All below U+0300 is in form C when no mark follows, and none does here. */
static bool normal_is_plain(const struct buffer *b)
{
    for (size_t i = 0; i < b->size; i++) {
        if ((unsigned char)b->data[i] >= 0xcc)
            return false;
    }
    return true;
}

static void normal_flush(struct normal *n, struct buffer *out)
{
    if (normal_is_plain(&n->held)) {
        buffer_append(out, n->held.data, n->held.size);
    } else {
        char *text = g_utf8_normalize(n->held.data, (gssize)n->held.size,
                                      G_NORMALIZE_NFC);
        if (text)
            buffer_append(out, text, strlen(text));
        else
            buffer_append(out, n->held.data, n->held.size);
        g_free(text);
    }
    buffer_clear(&n->held);
}

void normal_feed(struct normal *n, const char *text, size_t size,
                 struct buffer *out)
{
    const char *end = text + size, *kept = text;
    for (const char *p = text; p < end;) {
        size_t length = (size_t)(g_utf8_next_char(p) - p);
        bool start = normal_is_start(p), full = n->run + length > NORMAL_RUN;
        if (full && !start) {
            buffer_append(&n->held, kept, (size_t)(p - kept));
            normal_flush(n, out);
            kept = p;
        }
        n->run = start || full ? length : n->run + length;
        p += length;
    }
    /* Up to the run that goes on. */
    size_t left = (size_t)(end - kept);
    if (n->run < left) {
        buffer_append(&n->held, kept, left - n->run);
        normal_flush(n, out);
        kept = end - n->run;
    } else if (n->run < n->held.size + left) {
        size_t open = n->run - left;
        struct buffer tail = { 0 };
        buffer_append(&tail, n->held.data + n->held.size - open, open);
        n->held.size -= open;
        normal_flush(n, out);
        buffer_move(&n->held, &tail);
    }
    buffer_append(&n->held, kept, (size_t)(end - kept));
}

void normal_finish(struct normal *n, struct buffer *out)
{
    normal_flush(n, out);
    n->run = 0;
}

void normal_free(struct normal *n)
{
    buffer_free(&n->held);
    n->run = 0;
}
