/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-chm.c - the bytes are compiled HTML help. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.chm", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
#ifdef HAVE_LIBMSPACK
    fuzz_document(&format_chm, data, size, "x.chm", NULL, FUZZ_UTF8);
#else
    (void)data, (void)size;
#endif
    return 0;
}
