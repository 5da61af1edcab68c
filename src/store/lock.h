/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lock.h - one run at a time into one output. The lock dies with its owner. On
 * NFS it is as safe as flock(2) is there. */
#ifndef EXTRACT_STORE_LOCK_H
#define EXTRACT_STORE_LOCK_H

#include "base/error.h"

struct lock {
    int fd; /* -1: not held */
    char *path;
};

/* Takes the lock PATH for OUTPUT, which messages name. 0, or -1 and E: another
 * process has it, whose number is in E; or the file cannot be made. Where the
 * file system has no locks there is none. */
int lock_take(struct lock *l, const char *path, const char *output, struct error *e);

/* The process that has the lock PATH; 0: none, or it cannot be told. */
long lock_owner(const char *path);

/* Removes the file. Takes one that is not held. */
void lock_release(struct lock *l);

#endif
