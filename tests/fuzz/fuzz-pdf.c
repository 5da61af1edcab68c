/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-pdf.c - the bytes are a PDF. Poppler is not ours; what stands around
 * it is, and has to take whatever poppler makes of damage. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.pdf", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *password = size % 2 ? "secret" : NULL;
    fuzz_document(&format_pdf, data, size, "a.pdf", password, FUZZ_ANY_BYTES);
    return 0;
}
