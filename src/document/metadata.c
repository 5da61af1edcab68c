/* SPDX-License-Identifier: GPL-3.0-or-later */
/* metadata.c - the list of what a document says of itself. Values come from
 * documents: each is bounded, and made one line of valid UTF-8. */
#include <config.h>

#include "document/metadata.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/utf8.h"

/* Bytes of a raw value that are looked at. Four times what is kept leaves
 * room for white space to fold; a value of megabytes is not scanned. */
#define RAW_MAX ((size_t)4 * METADATA_VALUE_MAX)

const char *const metadata_keys[] = {
    "title",   "author",   "subject", "keywords", "language",  "publisher",
    "identifier", "creator", "producer", "created", "modified", "version",
    "encrypted", "charset",  "narrator", "duration",  "attachments", NULL,
};

/* How many bytes of the valid UTF-8 at P are a blank or a control character
 * (both end as one blank): C0, space, DEL, C1, no-break space, and the line
 * and paragraph separators U+2028 and U+2029. 0: none. */
static size_t blank_at(const unsigned char *p, size_t size)
{
    if (p[0] <= 0x20 || p[0] == 0x7f)
        return 1;
    if (size >= 2 && p[0] == 0xc2 && p[1] <= 0xa0)
        return 2;
    if (size >= 3 && p[0] == 0xe2 && p[1] == 0x80 &&
        (p[2] == 0xa8 || p[2] == 0xa9))
        return 3;
    return 0;
}

/* Appends the valid UTF-8 in RAW to B with its blanks folded and trimmed. */
static void append_folded(struct buffer *b, const struct buffer *raw)
{
    const unsigned char *p = (const unsigned char *)raw->data;
    bool gap = false;

    for (size_t i = 0; i < raw->size;) {
        size_t blank = blank_at(p + i, raw->size - i);

        if (blank > 0) {
            gap = b->size > 0;
            i += blank;
            continue;
        }
        if (gap)
            buffer_append_char(b, ' ');
        gap = false;
        buffer_append_char(b, raw->data[i++]);
    }
}

/* Cuts B at MOST bytes, between two characters, not after a blank. */
static void cut(struct buffer *b, size_t most)
{
    if (b->size <= most)
        return;
    b->size = utf8_valid_prefix(b->data, most);
    if (b->size > 0 && b->data[b->size - 1] == ' ')
        b->size--;
}

/* Puts VALUE as the header has it, at most MOST bytes long, into FOLDED, which is
 * empty. */
static void fold(struct buffer *folded, const char *value, size_t most)
{
    struct buffer raw = {0};
    size_t size = strnlen(value, RAW_MAX);
    size_t tail;

    if (size == RAW_MAX && utf8_ends_inside(value, size, &tail))
        size -= tail;
    utf8_append_sanitized(&raw, value, size);
    append_folded(folded, &raw);
    cut(folded, most);
    buffer_free(&raw);
}

void metadata_add(struct metadata *m, const char *key, const char *value)
{
    if (!value || m->count == METADATA_ENTRIES_MAX)
        return;

    struct buffer folded = {0};

    fold(&folded, value, METADATA_VALUE_MAX);
    if (folded.size > 0) {
        m->entries = xrealloc_array(m->entries, m->count + 1,
                                    sizeof *m->entries);
        m->entries[m->count++] = (struct metadata_entry){
            .key = key,
            .value = xstrndup(folded.data, folded.size),
        };
    }
    buffer_free(&folded);
}

bool metadata_add_bookmark(struct metadata *m, const char *title, int page,
                           int depth)
{
    if (m->bookmark_count == METADATA_BOOKMARKS_MAX || depth < 1 ||
        depth > METADATA_BOOKMARK_DEPTH)
        return false;
    if (!title)
        return true;

    struct buffer folded = {0};
    bool room;

    fold(&folded, title, METADATA_BOOKMARK_MAX);
    room = folded.size <= METADATA_BOOKMARKS_BYTES - m->bookmark_bytes;
    if (folded.size > 0 && room) {
        if (m->bookmark_count == m->bookmark_room) {
            m->bookmark_room = m->bookmark_room ? 2 * m->bookmark_room : 16;
            m->bookmarks = xrealloc_array(m->bookmarks, m->bookmark_room,
                                          sizeof *m->bookmarks);
        }
        m->bookmarks[m->bookmark_count++] = (struct bookmark){
            .title = xstrndup(folded.data, folded.size),
            .page = page,
            .depth = depth,
        };
        m->bookmark_bytes += folded.size;
    }
    buffer_free(&folded);
    return room;
}

void metadata_add_time(struct metadata *m, const char *key, int64_t seconds)
{
    time_t moment = (time_t)seconds;
    struct tm tm;
    char text[80];

    /* ISO 8601 has four digits for the year; other years are damage. */
    if (!gmtime_r(&moment, &tm) || tm.tm_year < -1900 || tm.tm_year > 8099)
        return;
    /* Not strftime: whether its %Y is padded to four digits varies. */
    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ",
             tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
             tm.tm_min, tm.tm_sec);
    metadata_add(m, key, text);
}

const char *metadata_get(const struct metadata *m, const char *key)
{
    for (size_t i = 0; i < m->count; i++) {
        if (strcmp(m->entries[i].key, key) == 0)
            return m->entries[i].value;
    }
    return NULL;
}

void metadata_move(struct metadata *to, struct metadata *from)
{
    metadata_clear(to);
    *to = *from;
    *from = (struct metadata){0};
}

void metadata_clear(struct metadata *m)
{
    for (size_t i = 0; i < m->count; i++)
        free(m->entries[i].value);
    for (size_t i = 0; i < m->bookmark_count; i++)
        free(m->bookmarks[i].title);
    free(m->entries);
    free(m->bookmarks);
    *m = (struct metadata){0};
}
