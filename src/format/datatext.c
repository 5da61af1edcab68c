/* SPDX-License-Identifier: GPL-3.0-or-later */
/* datatext.c - one rule: where an element follows one that has ended, a new
 * line is due, unless text stood beside them. */
#include <config.h>

#include "format/datatext.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "format/lines.h"

struct datatext {
    struct sax_handler handler;
    struct lines lines;
    size_t depth;
    bool after_end; /* an element has ended since the last text */
    bool mixed[SAX_DEPTH + 8]; /* by depth: there was text beside elements */
};

#define DATATEXT_LEVELS (SAX_DEPTH + 8)

static bool *datatext_mixed(struct datatext *d)
{
    return &d->mixed[d->depth < DATATEXT_LEVELS ? d->depth : DATATEXT_LEVELS - 1];
}

static void datatext_start(struct sax_handler *handler, const char *prefix,
                           const char *name,
                           const struct sax_attribute *attributes, size_t count)
{
    struct datatext *d = (struct datatext *)handler;
    (void)prefix;
    (void)name;
    (void)attributes;
    (void)count;
    if (d->after_end && !*datatext_mixed(d))
        lines_ask(&d->lines, 1);
    d->after_end = false;
    d->depth++;
    *datatext_mixed(d) = false;
}

static void datatext_end(struct sax_handler *handler, const char *name)
{
    struct datatext *d = (struct datatext *)handler;
    (void)name;
    d->depth--;
    d->after_end = true;
}

static bool datatext_is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (text[i] != ' ' && text[i] != '\n' && text[i] != '\t' && text[i] != '\r')
            return false;
    }
    return true;
}

static void datatext_text(struct sax_handler *handler, const char *text,
                          size_t size)
{
    struct datatext *d = (struct datatext *)handler;
    if (!datatext_is_blank(text, size)) {
        *datatext_mixed(d) = true;
        d->after_end = false;
    }
    lines_fold(&d->lines, text, size);
}

struct datatext *datatext_create(struct buffer *out)
{
    struct datatext *d = xcalloc(1, sizeof *d);
    d->handler = (struct sax_handler){ .start = datatext_start,
                                       .end = datatext_end,
                                       .text = datatext_text };
    d->lines.out = out;
    return d;
}

struct sax_handler *datatext_handler(struct datatext *d)
{
    return &d->handler;
}

void datatext_finish(struct datatext *d)
{
    if (d->lines.out->size > 0)
        buffer_append_char(d->lines.out, '\n');
    free(d);
}
