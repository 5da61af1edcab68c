/* SPDX-License-Identifier: GPL-3.0-or-later */
/* feed.c - the text of an element that may hold HTML is gathered up to its end,
 * which tells whether it does. */
#include <config.h>

#include "format/feed.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/soup.h"

/* The longest name of a character, "CounterClockwiseContourIntegral". */
#define FEED_NAME 32

struct feed {
    struct sax_handler handler;
    struct prose *prose;
    struct sax_handler *next;
    struct metadata *metadata;
    size_t depth;
    size_t channel;  /* depth of what the feed's own title is in; 0: not open */
    size_t rich;     /* that of an element which may hold HTML */
    bool has_elements; /* it has, as elements: they are HTML's */
    const char *key; /* of the metadata that it is; or NULL */
    struct buffer value;
};

static bool feed_is_rich(const char *name)
{
    static const char *const names[] = {"content",  "description", "encoded", "info",
                                        "subtitle", "summary",     "tagline", "title"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i]) == 0)
            return true;
    }
    return false;
}

static const char *feed_key(const char *name)
{
    static const struct {
        const char *name, *key;
    } keys[] = {{"title", "title"},      {"description", "subject"},
                {"subtitle", "subject"}, {"tagline", "subject"},
                {"language", "language"}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (strcmp(name, keys[i].name) == 0)
            return keys[i].key;
    }
    return NULL;
}

/* Whether TEXT has a tag, or a character by its name. */
static bool feed_is_html(const char *text, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++) {
        char c = text[i + 1];
        if (text[i] == '<' && (isalpha((unsigned char)c) || c == '/' || c == '!'))
            return true;
        size_t most = size - i < FEED_NAME ? size - i : FEED_NAME;
        if (text[i] == '&' && (isalpha((unsigned char)c) || c == '#')
            && memchr(text + i, ';', most) != NULL)
            return true;
    }
    return false;
}

/* What was gathered, as text. */
static void feed_flush(struct feed *f)
{
    struct buffer text = { 0 };
    if (feed_is_html(f->value.data, f->value.size)) {
        struct prose *prose = prose_create(&text);
        soup_parse(f->value.data, f->value.size, true, prose_handler(prose));
        prose_finish(prose);
        if (text.size > 0)
            text.size--; /* the newline at its end */
        prose_keep(f->prose, text.data, text.size);
    } else if (f->value.size > 0) {
        f->next->text(f->next, f->value.data, f->value.size);
        buffer_append(&text, f->value.data, f->value.size);
    }
    if (f->key && !metadata_get(f->metadata, f->key))
        metadata_add(f->metadata, f->key, buffer_string(&text));
    buffer_free(&text);
    buffer_clear(&f->value);
}

/* An outline's text stands in its attributes: a line, and a note below it. */
static void feed_outline(struct feed *f, const struct sax_attribute *attributes,
                         size_t count)
{
    const struct sax_attribute *text = sax_find(attributes, count, "text");
    const struct sax_attribute *note = sax_find(attributes, count, "_note");
    if (!text)
        text = sax_find(attributes, count, "title");
    f->key = NULL;
    if (text) {
        buffer_append(&f->value, text->value, text->size);
        feed_flush(f);
    }
    if (!note)
        return;
    f->next->start(f->next, NULL, "div", NULL, 0);
    if (feed_is_html(note->value, note->size)) {
        buffer_append(&f->value, note->value, note->size);
        feed_flush(f);
    } else {
        prose_keep(f->prose, note->value, note->size);
    }
    f->next->end(f->next, "div");
}

static void feed_start(struct sax_handler *handler, const char *prefix,
                       const char *name, const struct sax_attribute *attributes,
                       size_t count)
{
    struct feed *f = (struct feed *)handler;
    f->depth++;
    if (f->rich) {
        feed_flush(f);
        f->has_elements = true;
        f->next->start(f->next, prefix, name, attributes, count);
        return;
    }
    bool is_item = strcmp(name, "item") == 0 || strcmp(name, "entry") == 0;
    if (strcmp(name, "outline") == 0) {
        f->next->start(f->next, NULL, "div", NULL, 0);
        feed_outline(f, attributes, count);
        return;
    }
    const char *key = f->channel && f->depth == f->channel + 1 ? feed_key(name) : NULL;
    f->next->start(f->next, NULL, is_item ? "section" : "div", NULL, 0);
    if (feed_is_rich(name) || key) {
        f->rich = f->depth;
        f->key = key;
        f->has_elements = false;
    } else if (strcmp(name, "channel") == 0 || strcmp(name, "feed") == 0 ||
               strcmp(name, "head") == 0) {
        f->channel = f->depth;
    }
}

static void feed_end(struct sax_handler *handler, const char *name)
{
    struct feed *f = (struct feed *)handler;
    if (f->rich == f->depth) {
        feed_flush(f);
        f->rich = 0;
        f->key = NULL;
    }
    if (f->channel == f->depth)
        f->channel = 0;
    f->depth--;
    f->next->end(f->next, name);
}

static void feed_text(struct sax_handler *handler, const char *text, size_t size)
{
    struct feed *f = (struct feed *)handler;
    if (f->rich && !f->has_elements)
        buffer_append(&f->value, text, size);
    else
        f->next->text(f->next, text, size);
}

struct feed *feed_create(struct prose *prose, struct metadata *m)
{
    struct feed *f = xcalloc(1, sizeof *f);
    f->handler = (struct sax_handler){ .start = feed_start,
                                       .end = feed_end,
                                       .text = feed_text };
    f->prose = prose;
    f->next = prose_handler(prose);
    f->metadata = m;
    return f;
}

struct sax_handler *feed_handler(struct feed *f)
{
    return &f->handler;
}

void feed_destroy(struct feed *f)
{
    if (!f)
        return;
    buffer_free(&f->value);
    free(f);
}
