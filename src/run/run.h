/* SPDX-License-Identifier: GPL-3.0-or-later */
/* run.h - one run from resolved settings to an exit status: puts source,
 * scheduler, writer, sink, progress and statistics together. */
#ifndef EXTRACT_RUN_RUN_H
#define EXTRACT_RUN_RUN_H

#include "cli/settings.h"

/* Returns an exit status (status.h), all said on stderr. May be called once.
 * Does not return when the run ended by a signal or a closed pipe: the program
 * dies of it, after everything was written. */
int run(const struct settings *settings);

#endif
