/* SPDX-License-Identifier: GPL-3.0-or-later */
/* biff.h - a stream of Excel's: records, each with a number, a length and its
 * bytes; and the strings in them, which may go on in the next record. */
#ifndef EXTRACT_FORMAT_BIFF_H
#define EXTRACT_FORMAT_BIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* Numbers of records ([MS-XLS] 2.3). Those of old versions stand beside. */
enum biff_id {
    BIFF_EOF = 0x0a,
    BIFF_HEADER = 0x14,
    BIFF_FOOTER = 0x15,
    BIFF_NOTE = 0x1c,
    BIFF_EPOCH = 0x22,
    BIFF_FILEPASS = 0x2f,
    BIFF_CONTINUE = 0x3c,
    BIFF_CODEPAGE = 0x42,
    BIFF_OBJ = 0x5d,
    BIFF_SHEET = 0x85,
    BIFF_MULRK = 0xbd,
    BIFF_RSTRING = 0xd6,
    BIFF_XF = 0xe0,
    BIFF_XF3 = 0x243,
    BIFF_XF4 = 0x443,
    BIFF_SST = 0xfc,
    BIFF_LABELSST = 0xfd,
    BIFF_TXO = 0x1b6,
    BIFF_NUMBER = 0x203,
    BIFF_LABEL = 0x204,
    BIFF_BOOLERR = 0x205,
    BIFF_STRING = 0x207,
    BIFF_FORMULA3 = 0x206,
    BIFF_FORMULA4 = 0x406,
    BIFF_FORMULA = 0x06,
    BIFF_RK = 0x27e,
    BIFF_FORMAT = 0x41e,
    BIFF_FORMAT3 = 0x1e,
    BIFF_SERIESTEXT = 0x100d,
    /* Cells of Excel 2 */
    BIFF2_INTEGER = 0x02,
    BIFF2_NUMBER = 0x03,
    BIFF2_LABEL = 0x04,
    BIFF2_BOOLERR = 0x05,
    BIFF2_STRING = 0x07,
};

struct biff {
    const unsigned char *data; /* borrowed */
    size_t size;
    size_t next;            /* where the next record begins */
    unsigned version;       /* 2, 3, 4, 5 (also Excel 95), 8; by the reader */
    unsigned codepage;      /* of strings of a byte each, below 8 */
    unsigned id;            /* the record at hand */
    const unsigned char *p; /* its bytes */
    size_t length;
    size_t at;              /* of them, where strings are read */
};

/* Goes to the next record; false: there is none that is whole. */
bool biff_next(struct biff *b);

/* The number of the next record; -1: none. */
int biff_peek(const struct biff *b);

/* The version of the beginning of a stream at the record at hand, and what
 * begins (0x0005 workbook, 0x0010 sheet, ...); 0: it is none. */
unsigned biff_begin(const struct biff *b, unsigned *what);

/* Appends COUNT characters from B->at on; of version 8 the byte with the
 * options of the string stands there first. Follows into records that
 * continue this one. False: they are not all there. */
bool biff_characters(struct biff *b, size_t count, struct buffer *out);

/* Goes SIZE bytes on from B->at, into records that continue this one. */
bool biff_skip(struct biff *b, size_t size);

/* A string with its length, of one byte or two (WIDTH), at B->at. */
bool biff_string(struct biff *b, int width, struct buffer *out);

/* A number in four bytes ([MS-XLS] 2.5.217). */
double biff_rk(const unsigned char *p);

/* "#DIV/0!" and the like by its number; "#N/A" when it is not known. */
const char *biff_error(unsigned code);

/* The next entry of the table of shared strings. */
bool biff_shared(struct biff *b, struct buffer *out);

#endif
