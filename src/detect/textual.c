/* SPDX-License-Identifier: GPL-3.0-or-later */
/* textual.c - types that are text with a grammar. Each must show itself at
 * the very start: notes that mention tags or headers are plain text. */
#include <config.h>

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "detect/magic.h"

/* The head as ASCII: of UTF-16 and UTF-32 each unit's low byte, all else as it is,
 * a NUL at the end and none within. */
struct view {
    char text[PEEK_HEAD + 1];
};

/* Where the low byte of the first unit stands in *START, the width of a unit in
 * *STEP: by a mark, or by the NULs around the first character of all markup. */
static void view_units(const unsigned char *p, size_t size, size_t *start,
                       size_t *step)
{
    static const struct {
        const char *bytes;
        unsigned char size, start, step;
    } marks[] = {
        {"\xff\xfe\0\0", 4, 4, 4}, {"\0\0\xfe\xff", 4, 7, 4},
        {"\xff\xfe", 2, 2, 2},     {"\xfe\xff", 2, 3, 2},
        {"\xef\xbb\xbf", 3, 3, 1},  {"<\0\0\0", 4, 0, 4},
        {"\0\0\0<", 4, 3, 4},      {"<\0", 2, 0, 2},
        {"\0<", 2, 1, 2},
    };
    *start = 0;
    *step = 1;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (size >= marks[i].size && memcmp(p, marks[i].bytes, marks[i].size) == 0) {
            *start = marks[i].start;
            *step = marks[i].step;
            return;
        }
    }
}

static void view_make(struct view *view, const struct peek *peek)
{
    const unsigned char *p = peek->head;
    size_t size = peek->head_size, start, step, used = 0;
    view_units(p, size, &start, &step);
    for (size_t i = start; i < size && used < PEEK_HEAD && p[i] != 0; i += step)
        view->text[used++] = (char)p[i];
    view->text[used] = '\0';
}

static const char *skip_blanks(const char *s)
{
    return s + strspn(s, " \t\r\n\f");
}

/* Behind END, or at the end of the text. */
static const char *skip_past(const char *s, const char *end)
{
    const char *found = strstr(s, end);
    return found != NULL ? found + strlen(end) : s + strlen(s);
}

/* Blanks and comments. */
static const char *skip_comments(const char *s)
{
    for (;;) {
        s = skip_blanks(s);
        if (strncmp(s, "<!--", 4) != 0)
            return s;
        s = skip_past(s + 4, "-->");
    }
}

/* "<html" with what may follow a tag's name; any case. */
static bool is_tag(const char *s, const char *name)
{
    size_t length = strlen(name);
    return s[0] == '<' && strncasecmp(s + 1, name, length) == 0
           && strchr(" \t\r\n\f/>", s[1 + length]) != NULL;
}

static bool has_tag(const char *s, const char *name)
{
    for (; (s = strchr(s, '<')) != NULL; s++) {
        if (is_tag(s, name) && s[1 + strlen(name)] != '\0')
            return true;
    }
    return false;
}

/* A page that is said to be XML and has no root: what stands in a head comes at
 * once, and its end, or a body, follows. */
static bool is_headless(const char *root)
{
    static const char *const parts[] = {"link", "meta", "title", "script", "style",
                                        "base"};
    bool begins = false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        begins = begins || is_tag(root, parts[i]);
    return begins && (has_tag(root, "body") || has_tag(root, "/head"));
}

static bool is_html(const char *s)
{
    s = skip_comments(s);
    if (strncasecmp(s, "<!doctype", 9) == 0)
        return strncasecmp(skip_blanks(s + 9), "html", 4) == 0;
    if (is_tag(s, "html"))
        return true;
    /* Without either it takes two of the parts that only a page has. */
    return (is_tag(s, "head") || is_tag(s, "body") || is_tag(s, "meta")
            || is_tag(s, "title"))
           && has_tag(s, "head") + has_tag(s, "body") + has_tag(s, "title") >= 2;
}

/* --- XML --- */

/* Up to the first element: instructions, comments, a doctype. */
static const char *skip_prolog(const char *s)
{
    for (;;) {
        s = skip_comments(s);
        if (s[0] == '<' && s[1] == '?') {
            s = skip_past(s, "?>");
        } else if (strncasecmp(s, "<!doctype", 9) == 0) {
            size_t size = strcspn(s, "[>");
            s += size;
            s = *s == '[' ? skip_past(skip_past(s, "]"), ">")
                          : skip_past(s, ">");
        } else {
            return s;
        }
    }
}

static const char *root_type(const char *root)
{
    static const struct {
        const char *name, *media_type;
    } roots[] = {
        {"svg", "image/svg+xml"},
        {"html", "application/xhtml+xml"},
        {"FictionBook", "application/x-fictionbook+xml"},
        {"rss", "application/rss+xml"},
        {"feed", "application/atom+xml"},
        {"opml", "text/x-opml"},
        {"plist", "application/x-plist+xml"},
        {"wordDocument", "application/vnd.ms-wordml"},
    };
    /* Ordinary words, unless their namespace stands with them. */
    static const struct {
        const char *name, *space, *media_type;
    } spaces[] = {
        {"RDF", "//purl.org/rss/1.0", "application/rss+xml"},
        {"Workbook", "urn:schemas-microsoft-com:office:spreadsheet",
         "application/vnd.ms-spreadsheetml"},
        {"package", "schemas.microsoft.com/office/2006/xmlPackage",
         "application/vnd.ms-wordml"},
    };
    const char *name = *root == '<' ? root + 1 : root;
    size_t size = strcspn(name, " \t\r\n/>");
    const char *colon = memchr(name, ':', size);
    if (colon != NULL) {
        size -= (size_t)(colon + 1 - name);
        name = colon + 1;
    }
    for (size_t i = 0; i < sizeof spaces / sizeof spaces[0]; i++) {
        if (strlen(spaces[i].name) == size
            && memcmp(name, spaces[i].name, size) == 0
            && memmem(name, strcspn(name, ">"), spaces[i].space,
                      strlen(spaces[i].space)) != NULL)
            return spaces[i].media_type;
    }
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++) {
        if (strlen(roots[i].name) == size
            && memcmp(name, roots[i].name, size) == 0)
            return roots[i].media_type;
    }
    return NULL;
}

/* Whether an element is there, or what is before it goes on beyond the view. Else it
 * is what other documents take in: declarations, text. */
static bool may_be_root(const char *root)
{
    return *root == '\0' || (*root == '<' && root[1] != '!');
}

static const char *xml_type(const char *s)
{
    s = skip_blanks(s);
    bool is_declared = strncmp(s, "<?xml", 5) == 0 && s[5] != '\0'
                       && strchr(" \t\r\n", s[5]) != NULL;
    const char *root = skip_prolog(s);
    const char *type = root_type(root);
    if (!is_declared)
        return is_tag(skip_comments(s), "svg")
                       || (strncasecmp(skip_comments(s), "<!doctype svg", 13)
                           == 0)
                   ? "image/svg+xml"
               : is_tag(skip_comments(s), "opml") ? "text/x-opml"
                                                  : NULL;
    if (type != NULL)
        return type;
    if (is_headless(root))
        return "text/html";
    if (!may_be_root(root))
        return NULL;
    /* The names of DocBook's roots are ordinary words; its doctype or its
     * namespace is not. */
    if (strstr(s, "//DTD DocBook") != NULL
        || strstr(root, "http://docbook.org/ns/docbook") != NULL)
        return "application/docbook+xml";
    return "application/xml";
}

const char *textual_type(const struct peek *peek)
{
    if (peek->head_size == 0)
        return NULL;
    struct view view;
    view_make(&view, peek);
    const char *s = view.text;
    if (strncmp(s, "{\\rtf", 5) == 0)
        return "application/rtf";
    /* A job for a printer may bring another language than PostScript. */
    if (strncmp(s, "%!PS", 4) == 0
        || (strncmp(s, "\x1b%-12345X", 9) == 0 && strstr(s, "%PDF-") == NULL))
        return "application/postscript";
    const char *type = *skip_blanks(s) == '<' ? xml_type(s) : NULL;
    if (type == NULL && *skip_blanks(s) == '<' && is_html(s))
        type = "text/html";
    return type;
}

bool textual_has_root(const struct peek *peek)
{
    struct view view;
    view_make(&view, peek);
    return may_be_root(skip_prolog(view.text));
}
