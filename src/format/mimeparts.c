/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mimeparts.c - a boundary counts where a line begins, whatever is around it. */
#include <config.h>

#include "format/mimeparts.h"

#include <stdio.h>
#include <string.h>

#include "format/mailscan.h"

/* What stands behind a boundary at P, which is one: its last, or another. */
enum mimeparts_mark { MIMEPARTS_NONE, MIMEPARTS_BETWEEN, MIMEPARTS_LAST };

static enum mimeparts_mark mimeparts_after_mark(const char *p, const char *end,
                                                const char **next)
{
    enum mimeparts_mark mark = MIMEPARTS_BETWEEN;
    if (end - p >= 2 && p[0] == '-' && p[1] == '-') {
        mark = MIMEPARTS_LAST;
        p += 2;
    }
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    /* Behind the last one anything may follow. */
    if (p < end && *p != '\n' && mark == MIMEPARTS_BETWEEN)
        return MIMEPARTS_NONE;
    *next = mailscan_next_line(p, end);
    return mark;
}

/* The next boundary in PARTS; *BEFORE is the end of what comes before it, and
 * *NEXT the line after it. */
static enum mimeparts_mark mimeparts_find_mark(const struct mimeparts *parts,
                                               const char **before,
                                               const char **next)
{
    const char *start = parts->rest.at, *end = parts->rest.end, *p = start;
    while (p < end && parts->mark_size &&
           (p = memmem(p, (size_t)(end - p), parts->mark, parts->mark_size))) {
        if (p == start || p[-1] == '\n') {
            enum mimeparts_mark mark =
                mimeparts_after_mark(p + parts->mark_size, end, next);
            *before = p;
            if (mark != MIMEPARTS_NONE)
                return mark;
        }
        p += parts->mark_size;
    }
    *before = *next = end;
    return MIMEPARTS_NONE;
}

/* A boundary that nobody named, or another one than is there: the first line
 * that looks like one, with a field after it. */
static void mimeparts_guess_mark(const struct mime_part *multipart,
                                 struct mimeparts *parts)
{
    const char *p = multipart->body.at, *end = multipart->body.end;
    while (p < end) {
        const char *next = mailscan_next_line(p, end), *last = next;
        while (last > p && (last[-1] == '\n' || last[-1] == '\r' || last[-1] == ' '))
            last--;
        size_t size = (size_t)(last - p);
        if (size > 2 && size < sizeof parts->mark && memcmp(p, "--", 2) == 0 &&
            next < end && mailscan_name(next, end) > 0) {
            memcpy(parts->mark, p, size);
            parts->mark_size = size;
            return;
        }
        p = next;
    }
}

void mimeparts_open(const struct mime_part *multipart, struct mimeparts *parts,
                    struct slice *preamble)
{
    const char *before, *next;
    memset(parts, 0, sizeof *parts);
    parts->rest = multipart->body;
    if (multipart->boundary[0])
        parts->mark_size = (size_t)snprintf(parts->mark, sizeof parts->mark, "--%s",
                                            multipart->boundary);
    enum mimeparts_mark first = mimeparts_find_mark(parts, &before, &next);
    if (first == MIMEPARTS_NONE) {
        parts->mark_size = 0;
        mimeparts_guess_mark(multipart, parts);
        first = mimeparts_find_mark(parts, &before, &next);
    }
    parts->closed = first == MIMEPARTS_LAST;
    if (preamble)
        *preamble = (struct slice){ multipart->body.at, before };
    parts->rest.at = next;
}

bool mimeparts_next(struct mimeparts *parts, struct slice *bytes)
{
    const char *before, *next;
    if (parts->closed || parts->rest.at == parts->rest.end)
        return false;
    enum mimeparts_mark mark = mimeparts_find_mark(parts, &before, &next);
    *bytes = (struct slice){ parts->rest.at, before };
    if (mark != MIMEPARTS_NONE) { /* the line end before it is the boundary's */
        if (bytes->end > bytes->at)
            bytes->end--;
        if (bytes->end > bytes->at && bytes->end[-1] == '\r')
            bytes->end--;
    }
    parts->closed = mark == MIMEPARTS_LAST;
    parts->rest.at = next;
    return true;
}
