/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ledger.h - a set of 64-bit values on disk, below DIRECTORY/.extract/written,
 * for what cannot be noted at the files themselves. Any thread, and several
 * processes at once. */
#ifndef EXTRACT_SINK_LEDGER_H
#define EXTRACT_SINK_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

/* What this program keeps for itself in an output directory. */
#define LEDGER_STORE ".extract"

/* KEY says where VALUE (never 0) is looked for: the same one for all values
 * that come after each other for one thing. Both are well-spread hashes. A
 * value that was cut by a crash is as none. DIRECTORY is a descriptor. */

/* 0, or an errno. */
int ledger_add(int directory, uint64_t key, uint64_t value);

bool ledger_has(int directory, uint64_t key, uint64_t value);

/* What cannot be removed stays. */
void ledger_remove(int directory, uint64_t key, uint64_t value);

/* Whether there is anything in it. */
bool ledger_is_there(int directory);

#endif
