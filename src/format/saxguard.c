/* SPDX-License-Identifier: GPL-3.0-or-later */
/* saxguard.c - a pass over markup that knows just enough of XML to tell tags from
 * what looks like them. */
#include <config.h>

#include "format/saxguard.h"

#include <string.h>

#include "format/sax.h"

/* Past the next MARK, or NULL. */
static char *sax_after(char *p, const char *end, const char *mark)
{
    size_t size = strlen(mark);
    p = memmem(p, (size_t)(end - p), mark, size);
    return p ? p + size : NULL;
}

/* The end of the document type declaration that begins at P, or NULL. */
static char *sax_doctype_end(char *p, const char *end)
{
    bool subset = false;
    while (p && p < end) {
        char c = *p++;
        if (c == '"' || c == '\'') {
            p = memchr(p, c, (size_t)(end - p));
            if (p)
                p++;
        } else if (c == '[') {
            subset = true;
        } else if (c == ']') {
            subset = false;
        } else if (c == '>' && !subset) {
            return p;
        } else if (c == '<' && end - p >= 3 && memcmp(p, "!--", 3) == 0) {
            p = sax_after(p + 3, end, "-->");
        } else if (c == '<' && p < end && *p == '?') {
            p = sax_after(p, end, "?>");
        }
    }
    return NULL;
}

/* Past the end of the tag whose name begins at P; NULL when it has no end or
 * more attributes than are good. */
static char *sax_tag_end(char *p, const char *end)
{
    int attributes = 0;
    while (p < end) {
        char c = *p++;
        if (c == '>')
            return p;
        if (c == '<')
            return NULL;
        if (c == '=' && ++attributes > SAX_ATTRIBUTES)
            return NULL;
        if (c == '"' || c == '\'') {
            p = memchr(p, c, (size_t)(end - p));
            if (!p)
                return NULL;
            p++;
        }
    }
    return NULL;
}

/* Bytes by what they may be part of, in tags that are as plain as they come. */
enum { SAX_BLANK = 1, SAX_NAME = 2, SAX_VALUE = 4 };

static const unsigned char sax_bytes[256] = {
    ['\t'] = SAX_BLANK | SAX_VALUE, ['\n'] = SAX_BLANK | SAX_VALUE,
    ['\r'] = SAX_BLANK | SAX_VALUE, [' '] = SAX_BLANK | SAX_VALUE,
    ['!'] = SAX_VALUE,             ['#' ... '%'] = SAX_VALUE,
    ['(' ... ','] = SAX_VALUE,     ['-' ... '.'] = SAX_NAME | SAX_VALUE,
    ['/'] = SAX_VALUE,             ['0' ... ':'] = SAX_NAME | SAX_VALUE,
    [';'] = SAX_VALUE,             ['=' ... '@'] = SAX_VALUE,
    ['A' ... 'Z'] = SAX_NAME | SAX_VALUE,
    ['[' ... '^'] = SAX_VALUE,     ['_'] = SAX_NAME | SAX_VALUE,
    ['`'] = SAX_VALUE,             ['a' ... 'z'] = SAX_NAME | SAX_VALUE,
    ['{' ... '~'] = SAX_VALUE,
};

static const char *sax_skip(const char *p, const char *end, int kind)
{
    while (p < end && sax_bytes[(unsigned char)*p] & kind)
        p++;
    return p;
}

/* Past the attribute at P; NULL when it is not plain, or its local name is
 * TELLING. */
static const char *sax_past_plain(const char *p, const char *end, const char *telling)
{
    const char *name = p;
    p = sax_skip(p, end, SAX_NAME);
    if (p == name || end - p < 2 || p[0] != '=' || (p[1] != '"' && p[1] != '\''))
        return NULL;
    const char *colon = memrchr(name, ':', (size_t)(p - name));
    const char *local = colon ? colon + 1 : name;
    size_t length = strlen(telling);
    if (((size_t)(p - local) == length && memcmp(local, telling, length) == 0) ||
        (p - name >= 5 && memcmp(name, "xmlns", 5) == 0))
        return NULL;
    char quote = p[1];
    p += 2;
    while ((p = sax_skip(p, end, SAX_VALUE)) < end && *p != quote) {
        if (*p != '"' && *p != '\'')
            return NULL;
        p++;
    }
    return p < end ? p + 1 : NULL;
}

/* The end of the attributes at P, when nothing but a slash and the bracket are
 * behind them, and they are as plain as they come: the only fault that libxml2
 * could find with them is one that is there twice. Else NULL. */
static const char *sax_plain_end(const char *p, const char *end, const char *telling)
{
    for (int i = 0; p && i < SAX_ATTRIBUTES; i++) {
        const char *before = p;
        p = sax_skip(p, end, SAX_BLANK);
        if (p < end && *p == '>')
            return p;
        if (end - p >= 2 && p[0] == '/' && p[1] == '>')
            return p;
        if (p == before)
            return NULL;
        p = sax_past_plain(p, end, telling);
    }
    return NULL;
}

/* What stays of a document: it moves up to where gaps are. */
struct sax_rest {
    char *to;         /* behind what has moved */
    const char *from; /* what has not */
};

static void sax_keep(struct sax_rest *rest, const char *until)
{
    size_t size = (size_t)(until - rest->from);
    if (rest->to != rest->from)
        memmove(rest->to, rest->from, size);
    rest->to += size;
    rest->from = until;
}

/* Takes out what HANDLER has no use for of the tag whose name begins at P: all when
 * it is all of its element, else its attributes. Those with a namespace or with a
 * character beyond the plain stay, for libxml2 to judge. Returns its end; NULL when
 * it is not dull. */
static const char *sax_thin(struct sax_rest *rest, struct sax_handler *handler,
                            const char *p, const char *end)
{
    const char *stop = sax_skip(p, end, SAX_NAME);
    if (stop == p || !handler->is_dull(handler, p, (size_t)(stop - p)))
        return NULL;
    const char *last = sax_plain_end(stop, end, handler->telling);
    if (!last)
        return NULL;
    bool empty = *last == '/';
    sax_keep(rest, empty ? p - 1 : stop);
    rest->from = empty ? last + 2 : last;
    return last + (empty ? 2 : 1);
}

/* One pass over the markup. */
static bool sax_pass(char *p, const char *end, struct sax_rest *rest,
                     struct sax_handler *handler)
{
    bool prolog = true;
    while (p && p < end && (p = memchr(p, '<', (size_t)(end - p)))) {
        char *tag = p++;
        size_t left = (size_t)(end - p);
        if (left >= 3 && memcmp(p, "!--", 3) == 0) {
            p = sax_after(p + 3, end, "-->");
        } else if (left >= 8 && memcmp(p, "![CDATA[", 8) == 0) {
            p = sax_after(p + 8, end, "]]>");
        } else if (left >= 1 && *p == '?') {
            p = sax_after(p, end, "?>");
        } else if (left >= 8 && memcmp(p, "!DOCTYPE", 8) == 0) {
            p = prolog ? sax_doctype_end(p, end) : NULL;
            if (p)
                memset(tag, ' ', (size_t)(p - tag));
        } else {
            prolog = false;
            const char *past =
                handler->is_dull ? sax_thin(rest, handler, p, end) : NULL;
            p = past ? p + (past - p) : sax_tag_end(p, end);
        }
        if (!p)
            return false;
    }
    return true;
}

bool sax_guard(struct buffer *source, struct sax_handler *handler)
{
    struct sax_rest rest = { source->data, source->data };
    const char *end = source->data + source->size;
    bool sound = sax_pass(source->data, end, &rest, handler);
    sax_keep(&rest, end);
    source->size = (size_t)(rest.to - source->data);
    return sound;
}

bool sax_is_open(const struct buffer *source)
{
    static const char doctype[] = "<!DOCTYPE", public[] = "PUBLIC", system[] = "SYSTEM";
    if (source->size == 0)
        return false;
    char *p = source->data, *end = p + source->size;
    while (p && p < end) {
        size_t left = (size_t)(end - p);
        if (strchr(" \t\r\n", *p)) {
            p++;
        } else if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
            p = sax_after(p + 4, end, "-->");
        } else if (left >= 2 && memcmp(p, "<?", 2) == 0) {
            p = sax_after(p, end, "?>");
        } else if (left >= sizeof doctype && memcmp(p, doctype, sizeof doctype - 1) == 0) {
            const char *stop = sax_doctype_end(p, end);
            size_t size = stop ? (size_t)(stop - p) : 0;
            return size > 0 && (memmem(p, size, public, sizeof public - 1) ||
                                memmem(p, size, system, sizeof system - 1));
        } else {
            return false;
        }
    }
    return false;
}
