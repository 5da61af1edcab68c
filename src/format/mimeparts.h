/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mimeparts.h - the parts of a multipart: slices of its body, found in linear
 * time for each level, whatever boundaries are missing. */
#ifndef EXTRACT_FORMAT_MIMEPARTS_H
#define EXTRACT_FORMAT_MIMEPARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "format/mime.h"

/* The parts of a multipart, one after the other. */
struct mimeparts {
    struct slice rest;
    char mark[260]; /* "--" and the boundary; "": there is none to be found */
    size_t mark_size;
    bool closed;    /* the last boundary was there */
};

/* At the first part; PREAMBLE (which may be NULL) is what stands before it, all
 * when there is none. */
void mimeparts_open(const struct mime_part *multipart, struct mimeparts *parts,
                    struct slice *preamble);
bool mimeparts_next(struct mimeparts *parts, struct slice *bytes);

#endif
