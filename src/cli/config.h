/* SPDX-License-Identifier: GPL-3.0-or-later */
/* config.h - options from elsewhere than the command line: a file of the user's and
 * the environment, each above the one before it and below what is typed. */
#ifndef EXTRACT_CLI_CONFIG_H
#define EXTRACT_CLI_CONFIG_H

#include <stdbool.h>

#include "cli/options.h"

/* The file is $XDG_CONFIG_HOME/extract/config, else ~/.config/extract/config (XDG Base
 * Directory Specification 0.8: a path that is not absolute counts as unset); or what
 * --config names, which must be there. --no-config: neither file nor environment.
 *
 * A line is NAME = VALUE, or NAME for an option without a value, which also takes yes
 * and no; '#' starts a comment at the start of a line or behind a blank. A value may
 * stand in double quotes, with \" and \\ in it. The environment has EXTRACT_NAME, with
 * '_' for '-'. */

/* Longest line of the file, in bytes. */
#define CONFIG_LINE_MAX 65536

/* Puts what they say in front of the options in TYPED. False: it is wrong, which was
 * said, with the file and the line or the variable. */
bool config_load(struct typed *typed);

/* Whether SPEC may stand in a file: not what prints an answer or says where the file
 * is. */
bool config_takes(const struct options_spec *spec);

#endif
