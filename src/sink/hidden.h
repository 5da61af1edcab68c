/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hidden.h - files of a tree that have no name of their own yet, to be removed when
 * the program is ended at once. */
#ifndef EXTRACT_SINK_HIDDEN_H
#define EXTRACT_SINK_HIDDEN_H

/* Names are below DIRECTORY, a descriptor that stays open, from now on. */
void hidden_begin(int directory);

/* NAME is kept by its address until it is removed; past 64 at once they would be left
 * behind. */
void hidden_add(char *name);
void hidden_remove(char *name);

#endif
