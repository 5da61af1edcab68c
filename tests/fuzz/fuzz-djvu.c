/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-djvu.c - the bytes are a DjVu file. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.djvu", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(&format_djvu, data, size, "a.djvu", NULL, FUZZ_UTF8);
    return 0;
}
