/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-rtf.c - the bytes are Rich Text Format. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.rtf", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(&format_rtf, data, size, "a.rtf", NULL, FUZZ_UTF8);
    return 0;
}
