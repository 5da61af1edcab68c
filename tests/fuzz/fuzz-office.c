/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-office.c - the bytes are a document of Word, Excel, PowerPoint or
 * Outlook before 2007: the compound file, and what is in it. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.doc", "corpus/*.xls",
                                    "corpus/*.ppt", "corpus/*.msg",
                                    "corpus/*.dat", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct format *const formats[] = { &format_doc, &format_xls,
                                             &format_ppt, &format_msg,
                                             &format_tnef };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        fuzz_document(formats[i], data, size, "a", NULL, FUZZ_UTF8);
    return 0;
}
