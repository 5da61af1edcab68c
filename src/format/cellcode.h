/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cellcode.h - a section of a cell's format code, taken apart: between
 * cellformat.c, cellcode.c and celldate.c. */
#ifndef EXTRACT_FORMAT_CELLCODE_H
#define EXTRACT_FORMAT_CELLCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"

enum cellcode_kind {
    CELLCODE_LITERAL, /* text as it is */
    CELLCODE_DIGIT,   /* one of 0 # ? */
    CELLCODE_POINT,
    CELLCODE_COMMA,
    CELLCODE_PERCENT,
    CELLCODE_EXPONENT, /* "E+" or "E-" */
    CELLCODE_SLASH,    /* of a fraction, or a literal one */
    CELLCODE_GENERAL,
    CELLCODE_TEXT,     /* @ */
    CELLCODE_DATE,     /* a run of one of y m d h s e g b, in lower case */
    CELLCODE_ELAPSED,  /* [h] [m] [s], without the brackets */
    CELLCODE_NOON      /* "AM/PM" or "A/P" */
};

struct cellcode_token {
    enum cellcode_kind kind;
    const char *text;
    size_t size;
};

/* Tokens of one section; the rest is left out. */
#define CELLCODE_TOKENS 200

struct cellcode {
    struct cellcode_token tokens[CELLCODE_TOKENS];
    size_t count;
    bool is_date;
    bool has_noon;
    bool has_condition;
    char condition[2]; /* "<", "<=", ... */
    double bound;
};

/* Reads the section at CODE; returns its end, at ';' or NUL. */
const char *cellcode_read(const char *code, struct cellcode *c);

/* Whether the section's condition holds for VALUE. */
bool cellcode_holds(const struct cellcode *c, double value);

/* Appends the moment VALUE by a section that is a date. False: it is none that
 * a sheet can show. */
bool celldate_append(const struct cellcode *c, double value, bool epoch_1904,
                     struct buffer *out);

#endif
