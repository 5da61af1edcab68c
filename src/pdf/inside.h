/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inside.h - what objects.c shares with the modules that it is made of; see objects.h for
 * what the others may know. */
#ifndef EXTRACT_PDF_INSIDE_H
#define EXTRACT_PDF_INSIDE_H

#include "pdf/crypt.h"
#include "pdf/objects.h"
#include "pdf/stream.h"
#include "pdf/table.h"

struct objects {
    struct span file; /* from the header on: offsets count from there */
    struct arena *arena;
    struct table table; /* by the file's own tables */
    struct table found; /* by a scan */
    bool scanned, unpacked, repaired;
    bool opened, lied; /* pages are read; and the tables were wrong before that */
    bool tell_trailers; /* the scan did, or does */
    bool settled;       /* encryption is known */
    bool streams; /* the newest section is a stream: poppler believes those */
    struct value trailer;
    struct stream *stream;
    struct objects_crypt *crypt; /* NULL: it is not encrypted */
    struct objects_bytes *bytes; /* those given out, the newest first */
    uint64_t cost; /* see objects_cost */
    uint64_t work, work_most; /* bytes parsed and searched, so that lies end */
    uint64_t packed;          /* what object streams have cost, which are kept */
    const unsigned char *barren; /* from here on no "endstream" is */
    unsigned depth;           /* of objects that are being looked up */
    uint64_t refused;         /* what is being looked up already, and was asked for */
    bool over;
};

/* How what is encrypted is read. */
struct objects_crypt {
    enum crypt_method strings, streams;
    bool metadata; /* is encrypted too */
    size_t key_size;
    unsigned char key[CRYPT_KEY_MOST];
};

/* An object stream, inflated (7.5.7). */
struct pack {
    struct span text; /* from the first object on */
    uint32_t count;
    struct pack_entry {
        uint32_t number, offset;
    } *entries;
};

/* The "NUMBER GENERATION obj" at S, which moves behind it. */
bool objects_pass_header(struct span *s, uint32_t *number, uint32_t *generation);

/* The object NUMBER at S, behind its header, with the bytes of a stream. False: memory
 * or patience is out. */
bool objects_parse(struct objects *o, struct span s, uint32_t number,
                   uint32_t generation, struct value *v);

/* Takes SIZE bytes of work from what a file of its size may cost. False: too much. */
bool objects_spend(struct objects *o, uint64_t size);

/* Frees what objects_decode gave out. */
void objects_release_all(struct objects *o);

/* The object stream NUMBER; NULL: it is none. */
struct pack *pack_open(struct objects *o, uint32_t number);
/* Where its object NUMBER begins, which it should have as INDEX. False: it has none. */
bool pack_find(struct objects *o, const struct pack *pack, uint32_t number,
               uint32_t index, struct span *bytes);

/* Finds out how O is encrypted, if so, and the key: OBJECTS_OPEN, _LOCKED or _UNKNOWN. */
enum objects_end unlock_objects(struct objects *o, const char *password);
/* How STREAM is encrypted. False: in a way that is not known. */
bool unlock_stream_method(struct objects *o, const struct value *stream,
                          enum crypt_method *method);

/* Fills the table and the trailer by the file's sections. False: not all of them could
 * be read. */
bool sections_read(struct objects *o);

/* Fills the table of what is found by scanning; TRAILERS: and adds what trailers say to
 * the trailer. Once, or twice when trailers are wanted later. False: nothing was
 * found. */
bool repair_scan(struct objects *o, bool trailers);
/* Adds what is in object streams, once it is known how to decrypt. */
void repair_unpack(struct objects *o);
/* Sees to it that the trailer has a root. False: there is none. */
bool repair_root(struct objects *o);

#endif
