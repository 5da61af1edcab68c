/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ooxml.h - what the kinds of Office Open XML have in common: how they are
 * told apart and opened. */
#ifndef EXTRACT_FORMAT_OOXML_H
#define EXTRACT_FORMAT_OOXML_H

#include <stdint.h>

#include "format/format.h"
#include "format/load.h"
#include "format/opc.h"

/* The content of the main part decides, see container.c: sure when its type
 * makes the file one of MEDIA_TYPE. */
int ooxml_bid(const struct peek *peek, const char *media_type);

/* Opens the package of INPUT and reads its properties into INFO. *MAIN: the
 * main part, *RELATIONS: its relations, to be cleared. Returns 0; or -1 and E
 * with nothing to close. */
int ooxml_open(const struct format_input *input, struct opc *opc,
               int64_t *main, struct opc_relations *relations,
               struct format_info *info, struct error *e);

/* The member of the main part, or -1. */
int64_t ooxml_main(const struct opc *opc);

/* Keeps the first of the errors of a page's parts. */
void ooxml_fault(struct error *first, int r, const struct error *e);

/* Appends BLOCK with a blank line before it, when there is something on both
 * sides; empties it. */
void ooxml_append(struct buffer *out, struct buffer *block);

/* One of several kinds that differ in their media type alone. */
#define OOXML_KIND(kind, media, ending, what, more, base)             \
    static int kind##_bid(const struct peek *peek)                    \
    {                                                                 \
        return ooxml_bid(peek, media);                                \
    }                                                                 \
    const struct format format_##kind = {                             \
        .name = ending,                                               \
        .media_type = media,                                          \
        .extensions = ending,                                         \
        .description = what,                                          \
        .flags = more,                                                \
        .bid = kind##_bid,                                            \
        .open = base##_open,                                          \
        .page = base##_page,                                          \
        .close = base##_close,                                        \
        .prepare = load_packed,                                       \
        .library = load_packed_library,                               \
    };

#endif
