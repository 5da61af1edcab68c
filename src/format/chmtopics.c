/* SPDX-License-Identifier: GPL-3.0-or-later */
/* chmtopics.c - /#SYSTEM and the sitemap that it names (.hhc), as the HTML Help
 * Workshop writes them. */
#include <config.h>

#include "format/chmtopics.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "format/markup.h"
#include "format/soup.h"

/* Its records are of at most 64 KiB, and some twenty kinds. */
#define CHMTOPICS_SYSTEM ((size_t)2 << 20)

/* Longest path that is looked up. */
#define CHMTOPICS_PATH 1024

enum { SYSTEM_CONTENTS = 0, SYSTEM_TITLE = 3, SYSTEM_COMPILER = 9 };

struct reader {
    struct sax_handler handler;
    struct chmfile *chm;
    struct chmtopics *topics;
    bool *taken; /* for each file */
};

static bool is_page(const char *name)
{
    static const char *const ends[] = { ".htm", ".html", ".xhtml", ".xhtm" };
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++)
        if (strcasecmp(dot, ends[i]) == 0)
            return true;
    return false;
}

static void add(struct reader *r, size_t file)
{
    if (r->taken[file])
        return;
    r->taken[file] = true;
    r->topics->files[r->topics->count++] = file;
}

/* The file that a sitemap's Local points to: "mk:@MSITStore:x.chm::/a.htm#b" is
 * "a.htm", which may be of another help. */
static void add_local(struct reader *r, const struct sax_attribute *value)
{
    char path[CHMTOPICS_PATH];
    size_t n = 0;
    if (!value || value->size >= sizeof path)
        return;
    for (; n < value->size && value->value[n] != '#' && value->value[n] != '\0'; n++)
        path[n] = value->value[n] == '\\' ? '/' : value->value[n];
    path[n] = '\0';
    char *start = strstr(path, "::");
    start = start ? start + 2 : path;
    while (start[0] == '/' || (start[0] == '.' && start[1] == '/'))
        start++;
    long file = chmfile_find(r->chm, start);
    if (file >= 0 && is_page(start))
        add(r, (size_t)file);
}

static void reader_start(struct sax_handler *handler, const char *prefix,
                         const char *name, const struct sax_attribute *attributes,
                         size_t count)
{
    const struct sax_attribute *key = sax_find(attributes, count, "name");
    (void)prefix;
    if (strcmp(name, "param") == 0 && key && key->size == 5 &&
        strncasecmp(key->value, "Local", 5) == 0)
        add_local((struct reader *)handler, sax_find(attributes, count, "value"));
}

static void read_contents(struct reader *r, size_t file)
{
    struct buffer source = { 0 };
    struct error unused = { 0 };
    /* What of it can be read orders as much. */
    (void)chmfile_read(r->chm, file, CHMTOPICS_CONTENTS, &source, &unused);
    if (markup_decode(&source) && source.size)
        soup_parse(source.data, source.size, true, &r->handler);
    buffer_free(&source);
}

/* A value of /#SYSTEM, in the charset of who made the help. */
static void add_value(struct metadata *m, const char *key, const char *value,
                      size_t size)
{
    struct buffer text = { 0 };
    buffer_append(&text, value, strnlen(value, size));
    if (text.size && markup_decode(&text))
        metadata_add(m, key, buffer_string(&text));
    buffer_free(&text);
}

/* Goes through the records of /#SYSTEM: a code and a length of two bytes each,
 * behind a version of four. *CONTENTS: the sitemap, -1 when none is named. */
static void read_system(struct chmfile *chm, struct metadata *m, long *contents)
{
    struct buffer system = { 0 };
    struct error unused = { 0 };
    long file = chmfile_find(chm, "#SYSTEM");
    if (file >= 0)
        (void)chmfile_read(chm, (size_t)file, CHMTOPICS_SYSTEM, &system, &unused);
    const unsigned char *data = (const unsigned char *)system.data;
    for (size_t at = 4; at + 4 <= system.size;) {
        unsigned code = data[at] | (unsigned)data[at + 1] << 8;
        size_t size = data[at + 2] | (size_t)data[at + 3] << 8;
        at += 4;
        if (size > system.size - at)
            break;
        const char *value = system.data + at;
        if (code == SYSTEM_CONTENTS) {
            char *name = xstrndup(value, size);
            *contents = chmfile_find(chm, name[0] == '/' ? name + 1 : name);
            free(name);
        } else if (code == SYSTEM_TITLE) {
            add_value(m, "title", value, size);
        } else if (code == SYSTEM_COMPILER) {
            add_value(m, "creator", value, size);
        }
        at += size;
    }
    buffer_free(&system);
}

void chmtopics_read(struct chmfile *chm, struct chmtopics *t, struct metadata *m)
{
    size_t count = chmfile_count(chm);
    struct reader r = {
        .handler = { .start = reader_start,
                      .end = sax_no_end,
                      .text = sax_no_text },
        .chm = chm,
        .topics = t,
        .taken = xcalloc(count + 1, sizeof *r.taken),
    };
    long contents = -1;
    t->files = xcalloc(count + 1, sizeof *t->files);
    read_system(chm, m, &contents);
    for (size_t i = 0; i < count && contents < 0; i++) {
        const char *dot = strrchr(chmfile_name(chm, i), '.');
        if (dot && strcasecmp(dot, ".hhc") == 0)
            contents = (long)i;
    }
    if (contents >= 0)
        read_contents(&r, (size_t)contents);
    for (size_t i = 0; i < count; i++)
        if (is_page(chmfile_name(chm, i)))
            add(&r, i);
    free(r.taken);
}

void chmtopics_clear(struct chmtopics *t)
{
    free(t->files);
    *t = (struct chmtopics){ 0 };
}
