/* SPDX-License-Identifier: GPL-3.0-or-later */
/* table.h - the status of an output for people. */
#ifndef EXTRACT_CLI_TABLE_H
#define EXTRACT_CLI_TABLE_H

#include <jansson.h>

#include "base/buffer.h"

/* Appends OVERVIEW (overview.c), in which anything may be missing. */
void table_append(struct buffer *b, const json_t *overview);

/* Appends the figures of a run that is at work (totals.h), of which the same holds. */
void table_append_running(struct buffer *b, const json_t *state);

#endif
