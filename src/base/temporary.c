/* SPDX-License-Identifier: GPL-3.0-or-later */
/* temporary.c - O_TMPFILE, or a name that is removed at once where a file
 * system has none. */
#include <config.h>

#include "base/temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"

/* A descriptor, or -1 and errno. */
static int temporary_open_once(const char *dir)
{
    int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || errno == EMFILE || errno == ENFILE)
        return fd;
    char *name = xasprintf("%s/extract-XXXXXX", dir);
    fd = mkostemp(name, O_CLOEXEC);
    int errnum = errno;
    if (fd >= 0)
        unlink(name);
    free(name);
    errno = errnum;
    return fd;
}

int temporary_open(enum error_kind kind, struct error *e)
{
    const char *dir = getenv("TMPDIR");
    int attempt = 0, fd;
    if (!dir || !*dir)
        dir = "/tmp";
    do
        fd = temporary_open_once(dir);
    while (fd < 0 && limits_wait_descriptor(errno, &attempt));
    if (fd < 0)
        error_set_errno(e, kind, errno, "cannot make a temporary file in %s", dir);
    return fd;
}
