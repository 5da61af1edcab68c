/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-plain.c - the bytes are a PDF, whose streams are given once more,
 * inflated, in a section that stands behind them. */
#include <config.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "pdf/plain.h"
#include "fuzz.h"

/* As pdf.c has it, and little enough for many runs. */
#define RATIO 16
#define GAP 7

const char *const fuzz_corpus[] = { "corpus/*.pdf", NULL };

/* The number behind the last "startxref" lies in the section. */
static void plain_must_end(const unsigned char *section, size_t size, size_t at)
{
    char tail[64] = "";
    uint64_t start = 0;
    size_t length = size < sizeof tail ? size : sizeof tail - 1;
    memcpy(tail, section + size - length, length);
    const char *mark = NULL, *p = tail;
    while ((p = memmem(p, (size_t)(tail + length - p), "\nstartxref\n", 11)))
        mark = p++;
    fuzz_must(mark && sscanf(mark, "\nstartxref\n%" SCNu64 "\n", &start) == 1);
    fuzz_must(start >= at && start < at + size);
    fuzz_must(size > 6 && !memcmp(section + size - 6, "%%EOF\n", 6));
}

/* FILE with its section in ROOM bytes of their own, so that one too many
 * shows; returns how many it took. *BOTH: all of it, to be freed. */
static size_t plain_with(const uint8_t *data, size_t size, size_t room,
                         unsigned char **both)
{
    struct span file = { data, data + size };
    size_t at = size + GAP;
    unsigned char *out = xmalloc(room + 1);
    size_t written = plain_write(file, at, out, room);
    fuzz_must(written <= room);
    if (written > 0)
        plain_must_end(out, written, at);
    *both = xmalloc(at + written);
    memcpy(*both, data, size);
    memset(*both + size, '\n', GAP);
    memcpy(*both + at, out, written);
    free(out);
    return written;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned char *both, *again;
    if (size == 0)
        return 0;
    size_t written = plain_with(data, size, RATIO * size, &both);
    /* What it wrote is read like any file. */
    if (written > 0) {
        plain_with(both, size + GAP + written, RATIO * size, &again);
        free(again);
    }
    free(both);
    /* With less room than that it takes fewer streams, or none. */
    if (written > 0) {
        fuzz_must(plain_with(data, size, written - 1, &both) < written);
        free(both);
    }
    return 0;
}
