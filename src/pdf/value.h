/* SPDX-License-Identifier: GPL-3.0-or-later */
/* value.h - PDF's objects, parsed (ISO 32000-1, 7.3). They live in an arena; names and
 * strings without escapes are spans of the bytes that were parsed, which must stay. */
#ifndef EXTRACT_PDF_VALUE_H
#define EXTRACT_PDF_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "pdf/arena.h"
#include "pdf/syntax.h"

enum value_type {
    VALUE_NULL, /* also all that is missing */
    VALUE_BOOLEAN,
    VALUE_INTEGER,
    VALUE_REAL,
    VALUE_NAME,   /* decoded: without the slash and #xx */
    VALUE_STRING, /* decoded: bytes without escapes, not yet decrypted */
    VALUE_ARRAY,
    VALUE_DICTIONARY,
    VALUE_STREAM, /* a dictionary with bytes behind it */
    VALUE_REFERENCE,
    VALUE_KEYWORD /* an operator of a content stream, "endobj" and the like */
};

/* Manuals have a million of them, which are written once and mostly read once: what counts
 * is their size. */
struct value {
    enum value_type type : 8;
    /* Of a string or stream: the object that it is in, for decryption, as much of it as
     * makes a key (7.6.2, algorithm 1); 0: none. */
    uint32_t number : 24;
    uint16_t generation;
    union {
        bool boolean;
        int64_t integer;
        double real;
        struct span text;                /* name, string, keyword */
        struct {
            struct value *items; /* dictionary, stream: key, value, key, value ... */
            uint32_t count;      /* of items */
        } list;
        struct {
            uint32_t number, generation;
        } reference;
    };
};

/* What is missing is this; never written to. */
extern const struct value value_null;

/* Nesting of arrays and dictionaries, and items of one; what is more is VALUE_NULL. */
#define VALUE_DEPTH 64
#define VALUE_ITEMS (1 << 20)

#define VALUE_NUMBER 0xFFFFFF /* what a number in a value has room for */

/* Parses the next object at S, which moves behind it, into V and ARENA; also keywords,
 * one at a time. REFERENCES: "12 0 R" is one (not in content streams). False: the end,
 * or ARENA is over. What makes no sense is passed by a byte at least and is VALUE_NULL. */
bool value_parse(struct span *s, struct arena *arena, bool references, struct value *v);

/* Makes a dictionary that value_parse gave the stream of BYTES, as they stand in the file;
 * these of a stream. */
void value_set_stream(struct value *v, struct span bytes);
struct span value_stream(const struct value *v);

/* Of a dictionary or stream, the last of that name (KEY without the slash); of an
 * array, by its place. value_null where there is none. References are not followed:
 * see objects.h. */
const struct value *value_get(const struct value *v, const char *key);
const struct value *value_at(const struct value *v, uint32_t index);

bool value_is_name(const struct value *v, const char *name);
/* Integers and reals; FALLBACK for all else, and what is not finite. */
double value_number(const struct value *v, double fallback);
int64_t value_integer(const struct value *v, int64_t fallback);

#endif
