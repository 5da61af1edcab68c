/* SPDX-License-Identifier: GPL-3.0-or-later */
/* djvufile.c - chunks after the "Lizardtech DjVu Reference" (DjVu 3): FORM:DJVM
 * and its DIRM, FORM:DJVU, TXTa and TXTz, ANTa and ANTz. */
#include <config.h>

#include "format/djvufile.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "format/bzz.h"

/* Bytes of the directory's packed part: sizes, flags and names of all files. */
#define DJVUFILE_DIRECTORY ((size_t)16 << 20)

/* A file's kind, in the lower bits of its flags. */
enum { FILE_PAGE = 1, FILE_SHARED = 3, FILE_KIND = 0x3f };

struct chunk {
    char id[4];
    const unsigned char *data;
    size_t size;
    bool is_cut; /* the file ends before it does */
};

static uint32_t get24(const unsigned char *p)
{
    return (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
}

static uint32_t get32(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | get24(p + 1);
}

/* The chunk at *AT, which goes behind it; they begin at even places. False at
 * the end. */
static bool next_chunk(const unsigned char *data, size_t size, size_t *at,
                       struct chunk *c)
{
    *at += *at & 1;
    if (*at > size || size - *at < 8)
        return false;
    memcpy(c->id, data + *at, 4);
    c->size = get32(data + *at + 4);
    c->data = data + *at + 8;
    size_t left = size - *at - 8;
    c->is_cut = c->size > left;
    if (c->is_cut)
        c->size = left;
    *at += 8 + c->size;
    return true;
}

static bool has_id(const struct chunk *c, const char *id)
{
    return memcmp(c->id, id, 4) == 0;
}

/* Whether C is a FORM of KIND; its chunks stand behind that. */
static bool is_form(const struct chunk *c, const char *kind)
{
    return has_id(c, "FORM") && c->size >= 4 && memcmp(c->data, kind, 4) == 0;
}

/* The first chunk of PAGE with one of the two names. */
static bool find_chunk(const struct djvu_page *page, const char *plain,
                       const char *packed, struct chunk *c)
{
    size_t at = 0;
    while (page->data && next_chunk(page->data, page->size, &at, c))
        if (has_id(c, plain) || has_id(c, packed))
            return true;
    return false;
}

/* Appends the content of C, which is packed when its name ends so. */
static int unpack(const struct chunk *c, size_t limit, struct buffer *out,
                  struct error *e)
{
    if (c->id[3] == 'z')
        return bzz_unpack(c->data, c->size, limit, out, e);
    buffer_append(out, c->data, c->size < limit ? c->size : limit);
    return 0;
}

static void add_page(struct djvufile *d, const unsigned char *data, size_t size)
{
    d->pages[d->count++] = (struct djvu_page){ data, size };
}

/* The file of a document that begins at OFFSET. */
static struct djvu_page component(const unsigned char *data, size_t size,
                                  size_t offset)
{
    struct chunk c;
    if (offset < size && next_chunk(data, size, &offset, &c) &&
        has_id(&c, "FORM") && c.size >= 4)
        return (struct djvu_page){ c.data + 4, c.size - 4 };
    return (struct djvu_page){ NULL, 0 };
}

/* The directory C of the whole file. 0, or -1 and E: it cannot be read. */
static int read_directory(const unsigned char *data, size_t size,
                          const struct chunk *c, struct djvufile *d,
                          struct error *e)
{
    struct buffer packed = { 0 };
    if (c->size < 3)
        return error_set(e, ERROR_DAMAGED, "the directory is damaged");
    bool is_bundled = c->data[0] & 0x80;
    unsigned version = c->data[0] & 0x7f;
    size_t count = (size_t)c->data[1] << 8 | c->data[2];
    /* The first version had sizes of three bytes beside the offsets. */
    size_t entry = !is_bundled ? 0 : version == 0 ? 7 : 4;
    size_t sizes = version == 0 ? 0 : 3 * count;
    if (!is_bundled)
        return error_set(e, ERROR_UNSUPPORTED, "its pages are files of their own");
    if (c->size - 3 < entry * count)
        return error_set(e, ERROR_DAMAGED, "the directory is cut");
    size_t start = 3 + entry * count;
    int r = bzz_unpack(c->data + start, c->size - start, DJVUFILE_DIRECTORY,
                       &packed, e);
    if (r == 0 && packed.size < sizes + count)
        r = error_set(e, ERROR_DAMAGED, "the directory is damaged");
    for (size_t i = 0; r == 0 && i < count; i++) {
        unsigned flags = (unsigned char)packed.data[sizes + i];
        struct djvu_page file = component(data, size, get32(c->data + 3 + entry * i));
        bool is_page = version == 0 ? flags & 1 : (flags & FILE_KIND) == FILE_PAGE;
        if (is_page)
            add_page(d, file.data, file.size);
        else if (version > 0 && (flags & FILE_KIND) == FILE_SHARED)
            d->shared = file;
    }
    buffer_free(&packed);
    return r;
}

/* Without a directory: the pages as they follow each other. */
static void walk_pages(const struct chunk *form, struct djvufile *d)
{
    struct chunk c;
    size_t at = 4;
    d->count = 0;
    while (d->count < DJVUFILE_PAGES &&
           next_chunk(form->data, form->size, &at, &c))
        if (is_form(&c, "DJVU"))
            add_page(d, c.data + 4, c.size - 4);
}

static int read_document(const unsigned char *data, size_t size,
                         const struct chunk *form, struct djvufile *d,
                         struct error *e)
{
    struct chunk c;
    struct error why = { 0 };
    size_t at = 4;
    d->pages = xcalloc(DJVUFILE_PAGES, sizeof *d->pages);
    if (!next_chunk(form->data, form->size, &at, &c) || !has_id(&c, "DIRM"))
        error_set(&why, ERROR_DAMAGED, "the directory is missing");
    else if (read_directory(data, size, &c, d, &why) == 0 && d->count > 0)
        return 0;
    walk_pages(form, d);
    if (d->count > 0)
        error_set(&d->flaw, ERROR_DAMAGED,
                  "%s; went by the order of the pages in the file", why.detail);
    else if (why.kind == ERROR_NONE)
        return error_set(e, ERROR_DAMAGED, "the document has no pages");
    else
        return error_set(e, why.kind, "%s", why.detail);
    return 0;
}

int djvufile_read(const unsigned char *data, size_t size, struct djvufile *d,
                  struct error *e)
{
    struct chunk form;
    size_t at = 4; /* behind "AT&T" */
    if (!next_chunk(data, size, &at, &form) || !has_id(&form, "FORM") ||
        form.size < 4)
        return error_set(e, ERROR_DAMAGED, "no chunk begins where it should");
    if (form.is_cut)
        error_set(&d->flaw, ERROR_TRUNCATED, "the end of the file is missing");
    if (is_form(&form, "DJVM"))
        return read_document(data, size, &form, d, e);
    d->pages = xcalloc(1, sizeof *d->pages);
    add_page(d, form.data + 4, form.size - 4);
    return 0;
}

int djvufile_text(const struct djvu_page *page, struct buffer *out,
                  struct error *e)
{
    struct chunk c;
    struct buffer layer = { 0 };
    if (!page->data)
        return error_set(e, ERROR_DAMAGED, "the page is not where it should be");
    if (!find_chunk(page, "TXTa", "TXTz", &c))
        return 0;
    int r = unpack(&c, DJVUFILE_TEXT, &layer, e);
    size_t length = 0;
    if (layer.size >= 3) {
        length = get24((const unsigned char *)layer.data);
        if (length > layer.size - 3) {
            length = layer.size - 3;
            if (r == 0)
                r = error_set(e, ERROR_TRUNCATED, "the text layer is cut");
        }
        buffer_append(out, layer.data + 3, length);
    } else if (r == 0) {
        r = error_set(e, ERROR_DAMAGED, "the text layer is damaged");
    }
    buffer_free(&layer);
    return r;
}

void djvufile_clear(struct djvufile *d)
{
    free(d->pages);
    *d = (struct djvufile){ 0 };
}

/* --- annotations: S-expressions, with "(metadata (title "...") ...)" --- */

/* Skips white space. False at the end. */
static bool skip_blanks(const char **p, const char *end)
{
    while (*p < end && strchr(" \t\r\n", **p) && **p)
        (*p)++;
    return *p < end;
}

static int octal(const char **p, const char *end)
{
    int code = 0;
    for (int i = 0; i < 3 && *p < end && **p >= '0' && **p <= '7'; i++)
        code = code << 3 | (*(*p)++ - '0');
    return code & 0xff;
}

/* The string whose first quote is at *P, which goes behind its last. */
static void read_string(const char **p, const char *end, struct buffer *value)
{
    buffer_clear(value);
    for ((*p)++; *p < end && **p != '"';) {
        char c = *(*p)++;
        if (c == '\\' && *p < end) {
            if (**p >= '0' && **p <= '7') {
                c = (char)octal(p, end);
            } else {
                c = *(*p)++;
                c = c == 'n' || c == 't' || c == 'r' ? ' ' : c;
            }
        }
        if (value->size < METADATA_VALUE_MAX)
            buffer_append_char(value, c);
    }
    if (*p < end)
        (*p)++;
}

static void add_value(struct metadata *m, const char *name, size_t size,
                      struct buffer *value)
{
    static const char *const keys[][2] = {
        { "title", "title" },       { "author", "author" },
        { "subject", "subject" },   { "keywords", "keywords" },
        { "creator", "creator" },   { "producer", "producer" },
        { "language", "language" }, { "publisher", "publisher" },
    };
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strlen(keys[i][0]) == size && strncasecmp(name, keys[i][0], size) == 0 &&
            !metadata_get(m, keys[i][1]))
            metadata_add(m, keys[i][1], buffer_string(value));
}

/* The pairs behind "(metadata". */
static void read_pairs(const char *p, const char *end, struct metadata *m)
{
    struct buffer value = { 0 };
    while (skip_blanks(&p, end) && *p == '(') {
        p++;
        if (!skip_blanks(&p, end))
            break;
        const char *name = p;
        while (p < end && !strchr(" \t\r\n()\"", *p))
            p++;
        size_t size = (size_t)(p - name);
        if (!skip_blanks(&p, end) || *p != '"')
            break;
        read_string(&p, end, &value);
        add_value(m, name, size, &value);
        if (!skip_blanks(&p, end) || *p != ')')
            break;
        p++;
    }
    buffer_free(&value);
}

void djvufile_metadata(const struct djvu_page *page, struct metadata *m)
{
    static const char mark[] = "(metadata";
    struct chunk c;
    struct buffer text = { 0 };
    struct error unused = { 0 };
    if (find_chunk(page, "ANTa", "ANTz", &c))
        (void)unpack(&c, DJVUFILE_TEXT, &text, &unused);
    const char *p = text.size ? memmem(text.data, text.size, mark, sizeof mark - 1)
                              : NULL;
    if (p)
        read_pairs(p + sizeof mark - 1, text.data + text.size, m);
    buffer_free(&text);
}
