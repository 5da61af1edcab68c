/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-archive.c - the bytes are an archive, or one compressed file. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

/* ZIP archives there are among the samples; others are seeds. */
const char *const fuzz_corpus[] = { "corpus/*.cbz", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(&format_zip, data, size, "x.gz", "secret", FUZZ_UTF8);
    return 0;
}
