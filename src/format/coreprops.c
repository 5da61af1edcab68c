/* SPDX-License-Identifier: GPL-3.0-or-later */
/* coreprops.c - by the elements' local names, as each is of one vocabulary only. */
#include <config.h>

#include "format/coreprops.h"

#include <string.h>

static const char *coreprops_key(const char *name)
{
    static const struct {
        const char *name, *key;
    } keys[] = {
        { "title", "title" },       { "creator", "author" },
        { "subject", "subject" },   { "keywords", "keywords" },
        { "language", "language" }, { "identifier", "identifier" },
        { "created", "created" },   { "modified", "modified" },
        { "Application", "creator" }, { "Company", "publisher" },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(keys[i].name, name) == 0)
            return keys[i].key;
    }
    return NULL;
}

static void coreprops_start(struct sax_handler *handler, const char *prefix,
                            const char *name,
                            const struct sax_attribute *attributes, size_t count)
{
    struct coreprops *p = (struct coreprops *)handler;
    (void)prefix, (void)attributes, (void)count;
    p->key = coreprops_key(name);
    buffer_clear(&p->value);
}

static void coreprops_end(struct sax_handler *handler, const char *name)
{
    struct coreprops *p = (struct coreprops *)handler;
    (void)name;
    if (p->key)
        metadata_add(p->metadata, p->key, buffer_string(&p->value));
    p->key = NULL;
}

/* Twice as much as is kept: blanks in it may be folded. */
static void coreprops_text(struct sax_handler *handler, const char *text, size_t size)
{
    struct coreprops *p = (struct coreprops *)handler;
    size_t room = 2 * METADATA_VALUE_MAX - p->value.size;
    if (p->key)
        buffer_append(&p->value, text, size < room ? size : room);
}

void coreprops_init(struct coreprops *p, struct metadata *m)
{
    *p = (struct coreprops){
        .handler = { .start = coreprops_start,
                     .end = coreprops_end,
                     .text = coreprops_text },
        .metadata = m,
    };
}

void coreprops_clear(struct coreprops *p)
{
    buffer_free(&p->value);
}
