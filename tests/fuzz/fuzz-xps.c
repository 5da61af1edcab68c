/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-xps.c - the bytes are an XPS document: the archive, by way of libzip, its parts and fonts. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.xps", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(&format_xps, data, size, "a.xps", NULL, FUZZ_UTF8);
    return 0;
}
