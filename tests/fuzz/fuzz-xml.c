/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-xml.c - the bytes are XML: data, a drawing, a book or a feed. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.xml", "corpus/*.svg", "corpus/*.fb2",
                                    "corpus/*.dbk", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct format *const formats[] = { &format_xml, &format_svg, &format_fb2,
                                             &format_docbook, &format_rss,
                                             &format_atom, &format_opml,
                                             &format_plist };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        fuzz_document(formats[i], data, size, "x", NULL, FUZZ_UTF8);
    return 0;
}
