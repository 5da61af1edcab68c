/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ahead.c - a descriptor is open for the call alone: hundreds of documents wait,
 * and a read that the kernel has begun goes on without one. */
#include <config.h>

#include <fcntl.h>
#include <unistd.h>

#include "sched/ahead.h"

uint64_t ahead_ask(struct ahead *ahead, const char *path, uint64_t size)
{
    uint64_t wanted = size < AHEAD_OF_ONE ? size : AHEAD_OF_ONE;
    if (wanted == 0 || ahead->bytes + wanted > AHEAD_OF_ALL)
        return 0;
    /* Without waiting for a FIFO's writer that took the file's place. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0)
        return 0;
    int rc = posix_fadvise(fd, 0, (off_t)wanted, POSIX_FADV_WILLNEED);
    close(fd);
    if (rc != 0)
        return 0;
    ahead->bytes += wanted;
    return wanted;
}

void ahead_give_back(struct ahead *ahead, uint64_t bytes)
{
    ahead->bytes -= bytes;
}
