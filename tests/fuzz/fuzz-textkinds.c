/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-textkinds.c - the bytes are a table, subtitles, JSON or LaTeX. */
#include <config.h>

#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.csv", "corpus/*.srt", "corpus/*.vtt",
                                    "corpus/*.txt", NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct peek peek = {
        .head = data, .head_size = size < PEEK_HEAD ? size : PEEK_HEAD,
        .size = size, .name = "x",
    };
    const struct format *const formats[] = { &format_csv, &format_tsv, &format_srt,
                                             &format_vtt, &format_json,
                                             &format_latex };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        int bid = formats[i]->bid(&peek);
        fuzz_must(bid >= 0 && bid <= 100);
        fuzz_document(formats[i], data, size, "x", NULL, FUZZ_UTF8);
    }
    return 0;
}
