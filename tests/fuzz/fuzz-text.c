/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-text.c - the bytes are a plain text: as its charset is found out, and
 * as one of some charsets that is not its own. */
#include <config.h>

#include "base/utf8.h"
#include "format/charset.h"
#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = { "corpus/*.txt", "corpus/*.md", NULL };

/* Of one, two and four bytes, with states, with shifts, and not known. */
static const char *const charsets[] = {
    "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-7",
    "WINDOWS-1252", "WINDOWS-1258", "SHIFT_JIS", "EUC-JP", "ISO-2022-JP",
    "ISO-2022-KR", "ISO-2022-CN", "GB18030", "BIG5-HKSCS", "HZ-GB-2312",
    "TIS-620", "UHC", "JOHAB", "NONSENSE",
};

static int text_take(struct emit *emit, const char *text, size_t size)
{
    (void)emit;
    fuzz_must(size <= CHARSET_PIECE);
    fuzz_must(utf8_valid_prefix(text, size) == size);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_document(&format_text, data, size, "a.txt", NULL, FUZZ_UTF8);
    charset_is_plausible(data, size, size % 2 == 0);
    struct emit emit = { .text = text_take };
    size_t count = sizeof charsets / sizeof charsets[0];
    uint64_t bad = 0;
    /* The last byte chooses, so that a file of text is a good seed. */
    size_t chosen = size > 0 ? data[size - 1] % count : 0;
    fuzz_must(charset_convert(data, size, charsets[chosen], &emit, &bad) == 0);
    fuzz_must(bad <= size);
    return 0;
}
