/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replace.h - a small file whose readers see the old or the new one, never a part:
 * written under another name beside it, then renamed. */
#ifndef EXTRACT_BASE_REPLACE_H
#define EXTRACT_BASE_REPLACE_H

#include <stdio.h>

#include "base/error.h"

struct replace {
    FILE *file; /* to be written to */
    const char *path;
    char *temporary;
};

/* 0, or -1 and E: PATH could not be written so, since it is something else than a
 * regular file, or its folder takes none. */
int replace_check(const char *path, struct error *e);

/* Whether NAME is that of a file FILE, neither with a folder, or one that such a file
 * has before it is put in place. */
bool replace_is_name(const char *name, const char *file);

/* Begins a new PATH, borrowed until the end. Its mode is as the umask says. 0, or -1
 * and E. */
int replace_begin(struct replace *r, const char *path, struct error *e);

/* Puts it in place, if GOOD; else, and when that is not possible, what stood there
 * stays. 0, or -1 and E (untouched when not GOOD). */
int replace_end(struct replace *r, bool good, struct error *e);

/* All of it at once. */
int replace_file(const char *path, const char *data, size_t size, struct error *e);

#endif
