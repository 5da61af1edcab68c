/* SPDX-License-Identifier: GPL-3.0-or-later */
/* help.h - what the program says of itself: --help, --version and lists. */
#ifndef EXTRACT_CLI_HELP_H
#define EXTRACT_CLI_HELP_H

#include <stdio.h>

#include "cli/options.h"

/* Writes the answer of ID (options_is_answer) to OUT. */
void help_answer(enum options_id id, FILE *out);

/* --list-options, for scripts and tests. A line for each option, with fields
 * between tabs and "-" for what is not there: letter, name, "none" "required"
 * or "optional" (the value), placeholder, kind ("flag" "number" "seconds" "size" "text"
 * "file" "directory" "word" "types"), words between blanks, default, "repeats"
 * or "once". */
void help_list_options(FILE *out);

#endif
