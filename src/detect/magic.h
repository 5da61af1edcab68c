/* SPDX-License-Identifier: GPL-3.0-or-later */
/* magic.h - names the types that are known by their bytes, whether or not a
 * format of this build takes them. */
#ifndef EXTRACT_DETECT_MAGIC_H
#define EXTRACT_DETECT_MAGIC_H

#include "format/format.h"

/* How sure a guess is, on the scale of the formats' bids. */
enum {
    /* A signature of binary data. It counts when the bytes are not plausible
     * as text: "BM" begins words too. */
    MAGIC_BINARY = 5,
    /* Textual types (HTML, RTF ...): above text, which takes them all, and
     * above a PDF mark that stands somewhere within. */
    MAGIC_TEXTUAL = 70
};

struct magic {
    const char *media_type; /* static; NULL: nothing known */
    int confidence;
};

struct magic magic_find(const struct peek *peek);

/* signatures.c: by marks at fixed places of the head, whatever else is in it. */
struct magic signature_find(const struct peek *peek);

/* container.c: the media type of a ZIP archive by its members. Never NULL. */
const char *container_zip_type(const struct peek *peek);

/* compound.c: that of an OLE compound file by its streams. Never NULL. */
const char *container_ole_type(const struct peek *peek);

/* The bid of a format of that media type: 95, or 0 when it is another one, or
 * no compound file. */
int container_ole_bid(const struct peek *peek, const char *media_type);

/* Where such a file's directory begins: worth to be peeked at, as what is in
 * between. 0: it is no compound file. */
uint64_t container_ole_directory(const unsigned char *head, size_t size);
/* What it is of the two; NULL when it is neither. Formats find it in the peek. */
const char *container_type(const struct peek *peek);

/* kinds.c: the media type of a package by its content types: DATA, compressed
 * by METHOD of ZIP. NULL: not known by them, or they are too long. */
const char *kinds_find(const unsigned char *data, size_t size, unsigned method);

/* textual.c: HTML, XML, RTF, PostScript; NULL when it is none of them, and
 * in all doubt: plain text is the safe answer. */
const char *textual_type(const struct peek *peek);

/* Whether an element comes behind what may stand before the root of XML. */
bool textual_has_root(const struct peek *peek);

#endif
