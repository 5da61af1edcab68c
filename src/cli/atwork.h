/* SPDX-License-Identifier: GPL-3.0-or-later */
/* atwork.h - the run that is at work on an output, by what it keeps beside the database
 * (publish.h). That file may be anybody's. */
#ifndef EXTRACT_CLI_ATWORK_H
#define EXTRACT_CLI_ATWORK_H

#include <jansson.h>
#include <stdbool.h>

/* The process at work on the output of the database PATH; 0: none, or it cannot be
 * told. */
long atwork_process(const char *path);

/* The figures of process PID, which is that one (totals.h); NULL: it has not given any
 * so far. To be released by json_decref. */
json_t *atwork_read(const char *path, long pid);

/* Prints them each two seconds, until no process is at work: in place on a terminal;
 * JSON: an object a line. 0, or -1 after a message. */
int atwork_follow(const char *path, bool json);

#endif
