/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-markup.c - the bytes are XHTML, or HTML that only looks like it: the
 * way from any charset through libxml2 or the soup to text. */
#include <config.h>

#include <string.h>

#include "base/utf8.h"
#include "format/markup.h"
#include "fuzz.h"

/* A text may be this many times as long as its markup, and a bit. */
#define GROWTH 8
#define GROWTH_START 4096

const char *const fuzz_corpus[] = { NULL };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buffer source = { 0 }, text = { 0 };
    struct error e = { 0 };
    buffer_append(&source, data, size);
    if (markup_render(&source, &text, &e) < 0)
        fuzz_must_be_error(&e);
    fuzz_must(text.size <= GROWTH * size + GROWTH_START);
    if (text.size > 0) {
        fuzz_must(utf8_valid_prefix(text.data, text.size) == text.size);
        fuzz_must(text.data[text.size - 1] == '\n');
        fuzz_must(!memchr(text.data, '\0', text.size));
    }
    buffer_free(&source);
    buffer_free(&text);
    return 0;
}
