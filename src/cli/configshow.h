/* SPDX-License-Identifier: GPL-3.0-or-later */
/* configshow.h - --show-config: what holds, and from where. */
#ifndef EXTRACT_CLI_CONFIGSHOW_H
#define EXTRACT_CLI_CONFIGSHOW_H

#include <stdio.h>

#include "cli/settings.h"

/* Writes each option of S, resolved, to OUT as a line of a file that --config reads:
 * NAME = VALUE  # origin. What is not set, and passwords, are comments. */
void configshow_print(const struct settings *s, FILE *out);

#endif
