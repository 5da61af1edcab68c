/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sandbox.h - what a worker gives up before it sees a document. */
#ifndef EXTRACT_LANE_SANDBOX_H
#define EXTRACT_LANE_SANDBOX_H

#include <stdint.h>

#include "base/buffer.h"

enum sandbox_mode {
    SANDBOX_AUTO,    /* each layer that the kernel has */
    SANDBOX_REQUIRE, /* all layers, or no worker */
    SANDBOX_OFF      /* resource limits alone */
};

/* Closes the sandbox around the calling, single-threaded process: resource
 * limits (data MEMORY_LIMIT bytes, files, no core), no_new_privs, Landlock
 * (reading of poppler-data and of the C library's character set modules, and
 * nothing else), seccomp. Layers that could not be had are named in MISSING,
 * comma-separated. A system call that is not allowed is reported by ON_TRAP,
 * which runs in a signal handler and must not return. */
void sandbox_enter(enum sandbox_mode mode, uint64_t memory_limit,
                   void (*on_trap)(int syscall), struct buffer *missing);

/* The name of system call NUMBER, to be freed. */
char *sandbox_syscall_name(uint32_t number);

#endif
