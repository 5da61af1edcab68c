/* SPDX-License-Identifier: GPL-3.0-or-later */
/* objects.h - the objects of a file, by number: found by its cross-reference tables and
 * streams (7.5.4 to 7.5.8: hybrids and updates too), or, when these lie, by scanning.
 * Object streams are inflated once; strings and streams are decrypted (7.6). All is kept
 * for the document, in a bounded arena. One thread at a time. */
#ifndef EXTRACT_PDF_OBJECTS_H
#define EXTRACT_PDF_OBJECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pdf/value.h"

struct objects; /* opaque */

enum objects_end {
    OBJECTS_OPEN,
    OBJECTS_LOCKED,  /* encrypted, and the password (or none) does not open it */
    OBJECTS_UNKNOWN, /* encrypted in a way that is not done here */
    OBJECTS_KEYED,   /* encrypted by other means than a password */
    OBJECTS_BROKEN   /* no catalogue is to be found, by scanning either */
};

/* Opens FILE, borrowed until objects_close. PASSWORD in UTF-8; NULL: none. *OBJECTS is
 * NULL unless OBJECTS_OPEN. */
enum objects_end objects_open(struct span file, const char *password,
                              struct objects **objects);

bool objects_are_encrypted(const struct objects *o);
/* The tables were wrong, and a scan has found the objects. */
bool objects_are_repaired(const struct objects *o);

/* From here on what is found does not depend on what was asked for before. */
void objects_settle(struct objects *o);

/* Memory or work was more than a file of this size may cost, so objects are missing: what
 * is read from it is not to be trusted. */
bool objects_are_over(const struct objects *o);

const struct value *objects_trailer(const struct objects *o);

/* Object NUMBER; value_null where there is none, or it is damaged, or being looked up
 * already (a cycle). Stays until objects_close. */
const struct value *objects_get(struct objects *o, uint32_t number);

/* The bytes that the object which REFERENCE names begins with, and what stands behind it:
 * for a look that costs less than to parse and keep it. False: REFERENCE is none, or it
 * does not stand where the file's tables say. */
bool objects_peek(struct objects *o, const struct value *reference, struct span *bytes);
/* Numbers are below this. */
uint32_t objects_count(const struct objects *o);
/* The first from NUMBER on that may be of an object; objects_count: none is. */
uint32_t objects_next(const struct objects *o, uint32_t number);

/* V, or what it refers to, over any chain of references of up to 32. */
const struct value *objects_resolve(struct objects *o, const struct value *v);

/* value_get and value_at, resolved. */
const struct value *objects_find(struct objects *o, const struct value *v,
                                 const char *key);
const struct value *objects_at(struct objects *o, const struct value *v, uint32_t index);

/* A string's bytes, decrypted; into ARENA where they change. */
struct span objects_string(struct objects *o, const struct value *v, struct arena *arena);

/* Bounds of what streams unpack to. */
#define OBJECTS_STREAM_MOST ((size_t)128 << 20) /* bytes of one */
#define OBJECTS_RATIO 1100                      /* deflate does 1032 at best */

enum objects_decoded {
    OBJECTS_WHOLE,
    OBJECTS_CUT,     /* damaged: what came before the damage */
    OBJECTS_IMAGE,   /* a filter of images (DCT, JPX, CCITT, JBIG2) is in it: nothing */
    OBJECTS_REFUSED  /* an unknown filter, over a bound, or memory is out: nothing */
};

/* The bytes of STREAM, decrypted and through its filters: FlateDecode (libdeflate, zlib
 * for what is damaged), LZWDecode, ASCII85Decode, ASCIIHexDecode, RunLengthDecode, with
 * predictors; Crypt. They are freed by objects_release, or at objects_close. */
enum objects_decoded objects_decode(struct objects *o, const struct value *stream,
                                    struct span *bytes);
/* The first MOST bytes of STREAM, or all if there are less: where it is deflated and no
 * more, so that they cost less than the whole. False: it is not, or is damaged. */
bool objects_decode_start(struct objects *o, const struct value *stream, size_t most,
                          struct span *bytes);
void objects_release(struct objects *o, struct span bytes);

/* What all that was asked for has cost so far, for bounds: a byte that a filter took or
 * gave is 1, an entry of a list or dictionary that was looked at OBJECTS_ENTRY. Objects
 * are looked up for nothing: the same costs the same whatever was asked for before. */
#define OBJECTS_ENTRY 4
uint64_t objects_cost(const struct objects *o);
/* Adds what something else did; and ENTRIES that were looked at. */
void objects_charge(struct objects *o, uint64_t cost);
void objects_charge_entries(struct objects *o, uint64_t entries);

void objects_close(struct objects *o); /* takes NULL */

#endif
