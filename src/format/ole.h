/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ole.h - a bounded reader of OLE compound files ([MS-CFB]) that lie in memory:
 * the container of DOC, XLS, PPT and MSG. Chains that loop or leave the file
 * end there, and what was read until then counts. */
#ifndef EXTRACT_FORMAT_OLE_H
#define EXTRACT_FORMAT_OLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

struct ole; /* opaque; belongs to one thread at a time */

/* The storage that all others are in. */
#define OLE_ROOT 0

/* Bytes for a name as UTF-8: 31 characters of UTF-16, and a NUL. */
#define OLE_NAME 97

/* Whether DATA begins as a compound file does. */
bool ole_is(const unsigned char *data, size_t size);

/* DATA stays the caller's and as it is until ole_close. NULL and E:
 * ERROR_DAMAGED: it is none; ERROR_TRUNCATED: the list of streams is behind
 * the end. */
struct ole *ole_open(const unsigned char *data, size_t size, struct error *e);

/* The file's end is missing, and with it where streams go on: they are taken
 * for being in one piece. Sets FLAW to ERROR_TRUNCATED then, unless it is set. */
void ole_flaw(const struct ole *o, struct error *flaw);

/* -1, and E: a stream NAME, without which nothing goes, is not there. */
int ole_missing(const struct ole *o, const char *name, struct error *e);

/* What is in STORAGE, in the order of the names (shorter ones first), each
 * once: the first, and the one after ENTRY; or -1. */
int ole_first(const struct ole *o, int storage);
int ole_next(const struct ole *o, int entry);

bool ole_is_storage(const struct ole *o, int entry);

/* NAME as valid UTF-8, with its NUL. */
void ole_name(const struct ole *o, int entry, char name[OLE_NAME]);

/* The name as the directory has it, in the first 66 bytes of RAW (128 bytes),
 * and the class at 80. */
void ole_copy_name(const struct ole *o, int entry, unsigned char *raw);

/* As the directory says: nothing to allocate by. */
uint64_t ole_size(const struct ole *o, int entry);

/* What STORAGE has by that name, without regard to the case of ASCII letters;
 * or -1. A STORAGE of -1 has nothing. */
int ole_find(const struct ole *o, int storage, const char *name);

/* Appends the content of the stream ENTRY to OUT, LIMIT bytes at most.
 * Returns 0, or -1 and E (ERROR_MISSING: ENTRY is -1 or no stream;
 * ERROR_TRUNCATED, ERROR_DAMAGED, ERROR_LIMIT): OUT has what could be read. */
int ole_read(struct ole *o, int entry, size_t limit, struct buffer *out,
             struct error *e);

void ole_close(struct ole *o); /* takes NULL */

#endif
