/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h - a slot for each object of a file, by number. Numbers may be far apart, so
 * slots come in groups, which are made when one of them is. */
#ifndef EXTRACT_PDF_TABLE_H
#define EXTRACT_PDF_TABLE_H

#include "pdf/value.h"

enum table_kind {
    TABLE_NONE, /* no section names it */
    TABLE_FREE,
    TABLE_PLAIN, /* "N G obj" stands at place */
    TABLE_PACKED /* in object stream `place`, as number `extra` of it */
};

struct table_slot {
    const struct value *value; /* NULL: not looked up so far */
    struct pack *pack;         /* of an object stream that was opened */
    uint64_t place;
    uint32_t extra; /* of plain ones: the generation */
    uint8_t kind;   /* enum table_kind */
    bool busy;      /* being looked up */
    bool is_pack;   /* found by a scan, and it says that it is an object stream */
    uint16_t section; /* which one names it, from 1 */
};

/* Highest object number (Annex C). */
#define TABLE_NUMBER_MOST 8388607
#define TABLE_GROUP 64

struct table {
    struct arena *arena; /* where the slots live */
    struct table_slot **groups;
    uint32_t room;  /* of groups */
    uint32_t count; /* the highest number that has a slot, and one */
};

/* The slot of NUMBER; NULL: there is none. */
struct table_slot *table_find(const struct table *t, uint64_t number);

/* The first number from NUMBER on that may have a slot; COUNT: there is none. What
 * begins with it and goes on with the one behind costs no more than there are slots. */
uint32_t table_next(const struct table *t, uint32_t number);

/* As table_find, and makes it. NULL: the number is too high, or memory is out. */
struct table_slot *table_slot(struct table *t, uint64_t number);

void table_free(struct table *t);

#endif
