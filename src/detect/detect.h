/* SPDX-License-Identifier: GPL-3.0-or-later */
/* detect.h - a file's type by its content. Formats bid on the peeked bytes;
 * a table of magic numbers names what no format takes. */
#ifndef EXTRACT_DETECT_DETECT_H
#define EXTRACT_DETECT_DETECT_H

#include "base/error.h"
#include "format/format.h"

struct detection {
    const struct format *format; /* NULL: none takes it */
    const char *media_type;      /* NULL when nothing is known; static */
    /* ERROR_MISLABELLED when the name is one that only packed documents have and
     * the content is plain text or a web page (an error saved as .pdf, say);
     * ERROR_EMPTY, ERROR_UNREADABLE (a file of the kernel's, whose size nobody
     * knows), ERROR_UNKNOWN, ERROR_UNSUPPORTED when format is NULL. */
    struct error error;
};

/* Bids are settled: the highest wins, the earlier in the registry at a tie. */
void detect_peek(const struct peek *peek, struct detection *found);

/* Reads the head and tail of FD (pread; the offset stays) and settles.
 * SIZE is from fstat. Returns 0, or -1 and E when reading failed. */
int detect_file(int fd, uint64_t size, const char *name,
                struct detection *found, struct error *e);

#endif
