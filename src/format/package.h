/* SPDX-License-Identifier: GPL-3.0-or-later */
/* package.h - an EPUB's package document (OPF, EPUB 2 and 3): its metadata,
 * and its spine as a list of pages. */
#ifndef EXTRACT_FORMAT_PACKAGE_H
#define EXTRACT_FORMAT_PACKAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "document/metadata.h"
#include "format/zipfile.h"

enum package_fault {
    PACKAGE_FINE,
    PACKAGE_NO_TEXT,   /* fine too: an image or the like; or a place within
                          a document ("a.xhtml#b") that is a page before */
    PACKAGE_NO_ITEM,   /* the manifest has no such item */
    PACKAGE_NO_MEMBER, /* the archive has no such member */
    PACKAGE_ENCRYPTED
};

struct package_page {
    enum package_fault fault;
    int64_t member; /* -1 with PACKAGE_NO_ITEM and PACKAGE_NO_MEMBER */
    bool bound;     /* data for a program of the book (bindings), for want of a
                       fallback: it may be binary */
    char *label;    /* what is missing, for messages; else NULL */
};

/* A zeroed struct is empty. */
struct package {
    struct package_page *pages; /* in the order of the spine */
    size_t count;
    const char *scheme; /* who encrypted some members; NULL: none are */
    struct metadata metadata;
    struct error flaw; /* found by guesses, or cut */
};

/* Items of the manifest and of the spine that are kept: as many as members
 * of the archive may be. */
#define PACKAGE_ITEMS ZIPFILE_MEMBERS

/* Bytes of the document: 160 for each of PACKAGE_ITEMS. */
#define PACKAGE_SIZE ((size_t)16 << 20)

/* Returns 0, or -1 and E: there is no page that could be read. ERROR_ENCRYPTED
 * when that is so because of DRM. Clear P in both cases. */
int package_read(struct zipfile *zip, struct package *p, struct error *e);

void package_clear(struct package *p);

#endif
