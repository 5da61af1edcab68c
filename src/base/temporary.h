/* SPDX-License-Identifier: GPL-3.0-or-later */
/* temporary.h - files without a name, which are gone when they are closed. */
#ifndef EXTRACT_BASE_TEMPORARY_H
#define EXTRACT_BASE_TEMPORARY_H

#include "base/error.h"

/* A file for reading and writing in TMPDIR, or in /tmp. Waits a while when no
 * descriptor is free. -1, and E of KIND. */
int temporary_open(enum error_kind kind, struct error *e);

#endif
