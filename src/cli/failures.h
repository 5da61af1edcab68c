/* SPDX-License-Identifier: GPL-3.0-or-later */
/* failures.h - the paths of failed and partial documents as a list, which
 * --files-from and --files0-from read. */
#ifndef EXTRACT_CLI_FAILURES_H
#define EXTRACT_CLI_FAILURES_H

#include "store/database.h"

/* Writes the paths in D, each once and ended by SEPARATOR, to FILE ("-": standard
 * output), which then is made anew. 0; or -1 and E: a path holds the separator, FILE
 * is the database, cannot be written...; FILE is as it was unless it is the disk that
 * is full. */
int failures_write(struct database *d, const char *file, char separator,
                   struct error *e);

#endif
