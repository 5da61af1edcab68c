/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-web.c - the bytes are a page of the web. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.html", "corpus/*.xhtml",
                                    "tests/fuzz/seeds/markup/*", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(&format_html, data, size, "x.html", NULL, FUZZ_UTF8);
    fuzz_document(&format_xhtml, data, size, "x.xhtml", NULL, FUZZ_UTF8);
    return 0;
}
