/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-mail.c - the bytes are a message, and a mailbox. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "format/mailscan.h"
#include "format/registry.h"
#include "fuzz.h"

const char *const fuzz_corpus[] = {
    "corpus/*.eml", "corpus/*.emlx", "corpus/*.mbox", NULL,
};

/* Messages begin at lines, one after the other. */
static void box(const uint8_t *data, size_t size)
{
    struct mailscan_box found;
    mailscan_box((const char *)data, size, &found);
    fuzz_must((found.count > 0) == (size > 0));
    for (size_t i = 0; i < found.count; i++) {
        fuzz_must(found.starts[i] < size);
        fuzz_must(i == 0 ? found.starts[i] == 0
                         : found.starts[i] > found.starts[i - 1] &&
                               data[found.starts[i] - 1] == '\n');
    }
    free(found.starts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct peek peek = {
        .head = data, .head_size = size < PEEK_HEAD ? size : PEEK_HEAD,
        .size = size, .name = "x.eml",
    };
    const struct format *const formats[] = { &format_eml, &format_emlx, &format_mbox };
    box(data, size);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        int bid = formats[i]->bid(&peek);
        fuzz_must(bid >= 0 && bid <= 100);
        fuzz_document(formats[i], data, size, "x", NULL, FUZZ_UTF8);
    }
    return 0;
}
