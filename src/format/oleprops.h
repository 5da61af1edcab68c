/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oleprops.h - what a compound file says of itself: its property sets
 * ([MS-OLEPS]). */
#ifndef EXTRACT_FORMAT_OLEPROPS_H
#define EXTRACT_FORMAT_OLEPROPS_H

#include "document/metadata.h"
#include "format/ole.h"

/* Adds title, subject, author, keywords, creator, created and modified from
 * SummaryInformation at the root. Returns the code page of its strings; 0: it
 * has none. Sets that cannot be read are none. */
unsigned oleprops_read(struct ole *o, struct metadata *m);

/* Seconds since 1970 of a moment in tenths of a microsecond since 1601
 * (FILETIME). */
int64_t oleprops_seconds(uint64_t filetime);

#endif
