/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plausible.h - whether bytes read as text, by looking at them alone. For
 * charset.c; nothing here allocates. */
#ifndef EXTRACT_FORMAT_PLAUSIBLE_H
#define EXTRACT_FORMAT_PLAUSIBLE_H

#include <stdbool.h>
#include <stddef.h>

/* The charset that a byte order mark names, and its length; or NULL and 0. */
const char *plausible_mark(const unsigned char *data, size_t size, size_t *mark);

/* "UTF-16LE" and the like when the NULs of an unmarked text stand so; else
 * NULL. */
const char *plausible_wide(const unsigned char *data, size_t size);

/* Whether DATA is UTF-8 apart from a few bytes: a character beyond ASCII at
 * least, and ten of them for every place that is not valid. A character cut
 * by the end is no such place. */
bool plausible_mostly_utf8(const unsigned char *data, size_t size);

#endif
