/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archivename.h - names of members that are in no character set that is told: DOS
 * and Windows wrote them in that of the country. Any thread. */
#ifndef EXTRACT_FORMAT_ARCHIVENAME_H
#define EXTRACT_FORMAT_ARCHIVENAME_H

#include <stdbool.h>
#include <stddef.h>

/* The code page that the names in DATA, all of one archive, most probably are in,
 * for codepage_append. Those of Western Europe unless more of the characters are
 * letters that go together in another one. */
unsigned archivename_page(const unsigned char *data, size_t size);

/* Whether NAME has bytes that are no UTF-8. */
bool archivename_is_foreign(const char *name);

/* NAME in UTF-8, to be freed. */
char *archivename_convert(const char *name, unsigned page);

#endif
