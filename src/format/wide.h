/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wide.h - UTF-16 without a mark and with few NULs: texts in other scripts
 * than Latin; and UTF-32. For plausible.c; nothing here allocates. */
#ifndef EXTRACT_FORMAT_WIDE_H
#define EXTRACT_FORMAT_WIDE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether SIZE bytes, whose units are all characters, are a text in UTF-16 of
 * that byte order: in one script, or of common characters of eastern Asia.
 * Random bytes are not from 10 bytes on. */
bool wide_is_script(const unsigned char *data, size_t size, bool big);

/* Whether nine in ten units of UTF-32 are of the first plane, or what texts have
 * beyond it. */
bool wide_is_quads(const unsigned char *data, size_t size, bool big);

#endif
