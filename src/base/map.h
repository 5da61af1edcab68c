/* SPDX-License-Identifier: GPL-3.0-or-later */
/* map.h - the bytes of a file in memory, for parsers that want them all.
 * A file that shrinks while it is mapped, or cannot be read, would raise SIGBUS;
 * a handler puts zeros in place of the lost pages and marks the map, so that it
 * costs that document and not the run. */
#ifndef EXTRACT_BASE_MAP_H
#define EXTRACT_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct map; /* opaque */

/* Installs the SIGBUS handler; once, before the first map_create. */
void map_install_guard(void);

/* Maps (or, when small, reads) the whole regular file FD, which stays the
 * caller's and may be closed at once. NULL and E on failure. Free with
 * map_destroy. Any thread. */
struct map *map_create(int fd, struct error *e);

const unsigned char *map_data(const struct map *m); /* never NULL */
size_t map_size(const struct map *m);

/* True when a part of the file was lost after it was mapped, as far as that was
 * noticed: the lost pages were touched, or the read came short (map_size
 * is then what was read). A system call given lost bytes fails with EFAULT,
 * which is not noticed here. */
bool map_was_cut(const struct map *m);

/* Why a part of M was lost: FD, its file, was cut short; or it is as long as it
 * was and could not be read, which is EIO in E. Always -1. */
int map_lost(const struct map *m, int fd, struct error *e);

/* Makes ROOM bytes behind the data writable: they stand, zeroed, at offset *AT
 * of it, with nothing but zeros between. The data moves: map_data gives the
 * new place. Once for each map. NULL: there is no memory for it, and nothing
 * has changed. */
unsigned char *map_extend(struct map *m, size_t room, size_t *at);

/* Gives the room behind its first USED bytes back. */
void map_trim(struct map *m, size_t used);

void map_destroy(struct map *m); /* takes NULL */

#endif
