/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remarks.h - comments on slides and sheets, and who wrote them. Old and new
 * kinds differ in names only: p:cm, p188:cm and p188:reply; x:comment and
 * threadedComment. */
#ifndef EXTRACT_FORMAT_REMARKS_H
#define EXTRACT_FORMAT_REMARKS_H

#include "base/buffer.h"
#include "base/error.h"
#include "format/opc.h"

/* A zeroed struct knows nobody. */
struct remarks_authors {
    struct remarks_author {
        char *id, *name;
    } *items;
    size_t count, capacity;
};

/* Adds the authors that MEMBER lists; nothing for -1. */
void remarks_read_authors(struct remarks_authors *a, const struct opc *opc,
                          int64_t member);
void remarks_authors_clear(struct remarks_authors *a);

/* Appends the comments in MEMBER as lines to OUT, which is empty: "Comment by
 * NAME (B2): text". Comments that only stand in for threaded ones are left
 * out. Returns 0; or -1 and E: OUT has what could be read. */
int remarks_read(const struct remarks_authors *a, const struct opc *opc,
                 int64_t member, struct buffer *out, struct error *e);

#endif
