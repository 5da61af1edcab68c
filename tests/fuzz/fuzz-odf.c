/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-odf.c - the bytes are an OpenDocument file: an archive, or flat XML. */
#include <config.h>

#include <string.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.od?", "corpus/*.fod?", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool archive = size >= 2 && memcmp(data, "PK", 2) == 0;
    fuzz_document(archive ? &format_odt : &format_fodt, data, size, "a.odt", NULL,
                  FUZZ_UTF8);
    return 0;
}
