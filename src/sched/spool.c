/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spool.c - who gets a descriptor may belong to an attacker, so that it is one
 * for reading alone. */
#include <config.h>

#include "sched/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/temporary.h"

void spool_init(struct spool *s)
{
    *s = (struct spool){ .fd = -1 };
}

static int spool_write(struct spool *s, const char *data, size_t size,
                       struct error *e)
{
    while (size > 0) {
        ssize_t n = write(s->fd, data, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set_errno(e, ERROR_IO, errno,
                                   "cannot write to the temporary file");
        data += n;
        size -= (size_t)n;
    }
    return 0;
}

/* From memory to FD, which the spool has from now on. */
static int spool_move(struct spool *s, int fd, struct error *e)
{
    s->fd = fd;
    int rc = fd < 0 ? -1 : spool_write(s, s->memory.data, s->memory.size, e);
    buffer_free(&s->memory);
    return rc;
}

int spool_append(struct spool *s, const void *data, size_t size, struct error *e)
{
    s->size += size;
    if (s->fd < 0 && s->size > SPOOL_MEMORY &&
        spool_move(s, temporary_open(ERROR_IO, e), e) != 0)
        return -1;
    if (s->fd >= 0)
        return spool_write(s, data, size, e);
    buffer_append(&s->memory, data, size);
    return 0;
}

/* Waits a while when no descriptor is free. */
static int spool_memory_file(struct error *e)
{
    int attempt = 0, fd;
    do
        fd = memfd_create("member", MFD_CLOEXEC);
    while (fd < 0 && limits_wait_descriptor(errno, &attempt));
    if (fd < 0)
        error_set_errno(e, ERROR_IO, errno, "cannot make a file in memory");
    return fd;
}

int spool_open(struct spool *s, struct error *e)
{
    if (s->fd < 0 && spool_move(s, spool_memory_file(e), e) != 0)
        return -1;
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", s->fd);
    int fd, attempt = 0;
    do
        fd = open(self, O_RDONLY | O_CLOEXEC);
    while (fd < 0 && limits_wait_descriptor(errno, &attempt));
    /* Without /proc. */
    if (fd < 0)
        fd = fcntl(s->fd, F_DUPFD_CLOEXEC, 3);
    return fd < 0 ? error_set_errno(e, ERROR_IO, errno, "%s", "") : fd;
}

void spool_clear(struct spool *s)
{
    buffer_free(&s->memory);
    if (s->fd >= 0)
        close(s->fd);
    spool_init(s);
}
