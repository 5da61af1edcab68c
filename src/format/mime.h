/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mime.h - what a part of a message is made of: header fields, a body and its
 * encoding. Parts are slices of the message, found in linear time; gmime reads
 * what is small and has many forms: encoded words, parameters, dates, base64.
 * Its own parser recurses on what it is given. */
#ifndef EXTRACT_FORMAT_MIME_H
#define EXTRACT_FORMAT_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* Loads gmime, unless it is there; any thread. False and *WHY: it is missing. */
bool mime_prepare(const char **why);

/* "gmime 3.2.13"; "(missing)". To be freed. */
char *mime_library_version(void);

struct slice {
    const char *at, *end;
};

struct mime_field {
    struct slice name;  /* without the colon */
    struct slice value; /* raw: folded, encoded */
};

/* The next field of HEAD, which moves behind it; lines that are no fields are
 * passed over. False: there is none. */
bool mime_next_field(struct slice *head, struct mime_field *field);

/* Whether FIELD has that name, whatever the case. */
bool mime_is_named(const struct mime_field *field, const char *name);

/* The first field of that name; false: there is none. */
bool mime_find_field(struct slice head, const char *name, struct mime_field *field);

/* Appends VALUE as people read it: one line, encoded words decoded (RFC 2047),
 * raw bytes beyond ASCII by a guess at their charset. Valid UTF-8. */
void mime_decode_text(struct slice value, struct buffer *out);

/* Seconds since 1970 of a date; false: it is none. */
bool mime_decode_date(struct slice value, int64_t *seconds);

enum mime_encoding {
    MIME_PLAIN, /* 7bit, 8bit, binary */
    MIME_QUOTED,
    MIME_BASE64,
    MIME_UUENCODE
};

/* A part, or the message itself. Strings are lower case where case does not
 * count, and never NULL. */
struct mime_part {
    struct slice head, body;
    char type[64], subtype[96];
    char boundary[256];   /* "": none */
    char charset[64];     /* "": none said */
    char smime_type[32];  /* of application/pkcs7-mime */
    bool flowed, delsp;   /* RFC 3676 */
    bool is_typed;        /* a Content-Type was there */
    bool is_attachment, is_inline; /* by Content-Disposition */
    enum mime_encoding encoding;
    char name[512];       /* of the file, UTF-8; "": none */
};

/* Splits BYTES into head and body and reads what the head says of it. IN_DIGEST:
 * what has no type is a message, not a text. */
void mime_read_part(struct slice bytes, bool in_digest, struct mime_part *part);

bool mime_is_type(const struct mime_part *part, const char *type,
                  const char *subtype); /* SUBTYPE NULL: any */

/* The content of PART, decoded, to TAKE in pieces of at most 64 KiB. TAKE
 * returns -1 to stop, which is returned. */
int mime_decode_body(const struct mime_part *part,
                     int (*take)(void *ctx, const char *data, size_t size),
                     void *ctx);

/* Uuencoded lines, as they stand in texts, those with "begin" and "end" left
 * out. */
int mime_decode_uu(struct slice lines,
                   int (*take)(void *ctx, const char *data, size_t size),
                   void *ctx);

#endif
