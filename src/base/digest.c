/* SPDX-License-Identifier: GPL-3.0-or-later */
/* digest.c - GLib does the sums. */
#include <config.h>

#include <errno.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/digest.h"

#define DIGEST_BLOCK ((size_t)1 << 20)

/* Reads by pread: a file that shrinks meanwhile is no fault then. */
static int digest_read(GChecksum *sum, int fd, uint64_t size,
                       const atomic_bool *stop, struct error *e)
{
    unsigned char *block = xmalloc(size < DIGEST_BLOCK ? (size_t)size + 1
                                                       : DIGEST_BLOCK);
    int rc = 0;
    for (uint64_t done = 0; rc == 0 && done < size;) {
        uint64_t left = size - done;
        ssize_t n = pread(fd, block, left < DIGEST_BLOCK ? (size_t)left : DIGEST_BLOCK,
                          (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            break;
        if (n < 0) {
            rc = error_set_errno(e, ERROR_IO, errno, "%s", "");
        } else if (*stop) {
            rc = error_set(e, ERROR_INTERRUPTED, "stopped");
        } else {
            g_checksum_update(sum, block, n);
            done += (uint64_t)n;
        }
    }
    free(block);
    return rc;
}

int digest_sha256(int fd, uint64_t size, const atomic_bool *stop,
                  char digest[DIGEST_SIZE], struct error *e)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    int rc = digest_read(sum, fd, size, stop, e);
    if (rc == 0)
        strcpy(digest, g_checksum_get_string(sum));
    g_checksum_free(sum);
    return rc;
}
