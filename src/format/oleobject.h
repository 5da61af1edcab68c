/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oleobject.h - what is embedded in a storage of a compound file: a file as a
 * package, or another program's document. */
#ifndef EXTRACT_FORMAT_OLEOBJECT_H
#define EXTRACT_FORMAT_OLEOBJECT_H

#include "base/buffer.h"
#include "base/error.h"
#include "format/format.h"
#include "format/ole.h"

/* Bytes of what is embedded. */
#define OLEOBJECT_LIMIT ((size_t)256 << 20)

/* Objects of a document that are handed on. */
#define OLEOBJECT_COUNT 10000

/* Appends the bytes of what is in STORAGE to BYTES and its name (that of the
 * file, or of the storage) to NAME, both empty. Returns 1; 0: nothing that is
 * known; or -1 and E: BYTES has what could be read. */
int oleobject_read(struct ole *o, int storage, struct buffer *bytes,
                   struct buffer *name, struct error *e);

/* Sends BYTES as a member; WHY: what is wrong with it, or NULL. 0, or -1:
 * stop. */
int oleobject_send(struct emit *emit, const char *name,
                   const struct buffer *bytes, const struct error *why);

/* Sends the object that FILE, a compound file, holds: the file that is in it,
 * by its own name or else NAME without ".bin", or FILE itself, when it is
 * the document of a program that is known. What is no compound file is sent as
 * it is. WHY: what is wrong with FILE, or NULL. 0, or -1: stop. */
int oleobject_send_file(struct emit *emit, const char *name,
                        const struct buffer *file, const struct error *why);

/* Sends what is embedded in each storage within PARENT whose name begins with
 * PREFIX (a PARENT of -1 has none), when members are wanted. 0, or -1: stop. */
int oleobject_send_all(struct ole *o, int parent, const char *prefix,
                       struct emit *emit);

#endif
