/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-mobi.c - the bytes are a book of Mobipocket's or Kindle's, or a PalmDOC. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.mobi", "corpus/*.azw3", "corpus/*.pdb",
                                    NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
#ifdef HAVE_LIBMOBI
    fuzz_document(&format_mobi, data, size, "x", NULL, FUZZ_UTF8);
    fuzz_document(&format_palmdoc, data, size, "x", NULL, FUZZ_UTF8);
#else
    (void)data, (void)size;
#endif
    return 0;
}
