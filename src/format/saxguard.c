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

bool sax_guard(struct buffer *source)
{
    char *p = source->data;
    const char *end = p + source->size;
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
            p = sax_tag_end(p, end);
        }
        if (!p)
            return false;
    }
    return true;
}
