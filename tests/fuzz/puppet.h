/* SPDX-License-Identifier: GPL-3.0-or-later */
/* puppet.h - a worker that does what a script says: in place of process.c, and
 * around frame_receive (ld --wrap), so that one thread can be both ends of a
 * real socket. */
#ifndef EXTRACT_TESTS_PUPPET_H
#define EXTRACT_TESTS_PUPPET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct puppet {
    /* Set by the target. The script is used up across workers; where it ends,
     * the worker at work dies. */
    const uint8_t *script;
    size_t left;
    size_t piece;     /* a frame comes in packets of so many bytes; 0: in one */
    bool patient;     /* deadlines are far: a silence is an end, too */
    unsigned refused; /* which start of a worker fails; 0: none */
    /* What came of it. */
    unsigned starts; /* attempts */
    unsigned alive;
    uint64_t frames; /* that the parent has taken */
};

extern struct puppet puppet;

#endif
