/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-epub.c - the bytes are an EPUB: the archive's structures, by way of
 * libzip, and all that is in it. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.epub", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *password = size % 2 ? "secret" : NULL;
    fuzz_document(&format_epub, data, size, "a.epub", password, FUZZ_UTF8);
    return 0;
}
