/* SPDX-License-Identifier: GPL-3.0-or-later */
/* element.c - the table of elements, and the attributes that matter to how
 * text looks. */
#include <config.h>

#include "format/element.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Sorted by name. */
static const struct element elements[] = {
    { "address", ELEMENT_BLOCK, 2 },
    { "annotation", ELEMENT_SKIP, 0 },
    { "annotation-xml", ELEMENT_SKIP, 0 },
    { "applet", ELEMENT_SKIP, 0 },
    { "article", ELEMENT_BLOCK, 2 },
    { "aside", ELEMENT_BLOCK, 2 },
    { "audio", ELEMENT_SKIP, 0 },
    { "blockquote", ELEMENT_BLOCK, 2 },
    { "body", ELEMENT_BLOCK, 1 },
    { "br", ELEMENT_BR, 0 },
    { "button", ELEMENT_BLOCK, 1 },
    { "canvas", ELEMENT_SKIP, 0 },
    { "caption", ELEMENT_BLOCK, 1 },
    { "case", ELEMENT_CASE, 0 },
    { "center", ELEMENT_BLOCK, 2 },
    { "datalist", ELEMENT_SKIP, 0 },
    { "dd", ELEMENT_DEFINITION, 0 },
    { "defs", ELEMENT_UNSHOWN, 0 },
    { "desc", ELEMENT_UNSHOWN, 0 },
    { "details", ELEMENT_BLOCK, 2 },
    { "dir", ELEMENT_LIST, 0 },
    { "div", ELEMENT_BLOCK, 1 },
    { "dl", ELEMENT_TERMS, 2 },
    { "dt", ELEMENT_TERM, 0 },
    { "fieldset", ELEMENT_BLOCK, 2 },
    { "figcaption", ELEMENT_BLOCK, 1 },
    { "figure", ELEMENT_BLOCK, 2 },
    { "footer", ELEMENT_BLOCK, 2 },
    { "form", ELEMENT_BLOCK, 2 },
    { "h1", ELEMENT_BLOCK, 2 },
    { "h2", ELEMENT_BLOCK, 2 },
    { "h3", ELEMENT_BLOCK, 2 },
    { "h4", ELEMENT_BLOCK, 2 },
    { "h5", ELEMENT_BLOCK, 2 },
    { "h6", ELEMENT_BLOCK, 2 },
    { "head", ELEMENT_SKIP, 0 },
    { "header", ELEMENT_BLOCK, 2 },
    { "hgroup", ELEMENT_BLOCK, 2 },
    { "hr", ELEMENT_BLOCK, 2 },
    { "iframe", ELEMENT_FRAME, 0 },
    { "img", ELEMENT_IMAGE, 0 },
    { "legend", ELEMENT_BLOCK, 1 },
    { "li", ELEMENT_ITEM, 0 },
    { "listing", ELEMENT_PRE, 2 },
    { "main", ELEMENT_BLOCK, 2 },
    { "math", ELEMENT_MATH, 0 },
    { "menu", ELEMENT_LIST, 0 },
    { "metadata", ELEMENT_UNSHOWN, 0 },
    { "nav", ELEMENT_ASIDE, 2 },
    { "noembed", ELEMENT_SKIP, 0 },
    { "noframes", ELEMENT_SKIP, 0 },
    { "noscript", ELEMENT_BLOCK, 1 },
    { "object", ELEMENT_OBJECT, 0 },
    { "ol", ELEMENT_ORDERED, 0 },
    { "optgroup", ELEMENT_BLOCK, 1 },
    { "option", ELEMENT_BLOCK, 1 },
    { "p", ELEMENT_BLOCK, 2 },
    { "pre", ELEMENT_PRE, 2 },
    { "q", ELEMENT_QUOTE, 0 },
    { "rp", ELEMENT_SKIP, 0 },
    { "rt", ELEMENT_READING, 0 },
    { "script", ELEMENT_SKIP, 0 },
    { "section", ELEMENT_BLOCK, 2 },
    { "select", ELEMENT_ASIDE, 1 },
    { "style", ELEMENT_SKIP, 0 },
    { "summary", ELEMENT_BLOCK, 1 },
    { "svg", ELEMENT_SVG, 1 },
    { "symbol", ELEMENT_UNSHOWN, 0 },
    { "table", ELEMENT_TABLE, 0 },
    { "td", ELEMENT_CELL, 0 },
    { "template", ELEMENT_SKIP, 0 },
    { "text", ELEMENT_BLOCK, 1 },
    { "th", ELEMENT_CELL, 0 },
    { "textarea", ELEMENT_BLOCK, 1 },
    { "title", ELEMENT_TITLE, 2 },
    { "tr", ELEMENT_ROW, 0 },
    { "tspan", ELEMENT_SPAN, 0 },
    { "ul", ELEMENT_LIST, 0 },
    { "video", ELEMENT_SKIP, 0 },
};

static int element_compare(const void *key, const void *element)
{
    return strcmp(key, ((const struct element *)element)->name);
}

const struct element *element_find(const char *name)
{
    static const struct element unknown = { "", ELEMENT_INLINE, 0 };
    const struct element *found =
        bsearch(name, elements, sizeof elements / sizeof *elements,
                sizeof *elements, element_compare);
    return found ? found : &unknown;
}

static bool element_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Past PROPERTY and its colon when the declaration from P to STOP is of it, else
 * NULL. */
static const char *element_value(const char *p, const char *stop, const char *property)
{
    size_t n = strlen(property);
    if ((size_t)(stop - p) <= n || strncasecmp(p, property, n) != 0)
        return NULL;
    p += n;
    while (p < stop && (element_is_space(*p) || *p == ':'))
        p++;
    return p;
}

/* Whether a declaration of the style takes the element from sight. */
static bool element_style_hides(const char *p, size_t size)
{
    static const struct {
        const char *property, *value;
    } hiding[] = {{ "display", "none" }, { "visibility", "hidden" },
                  { "visibility", "collapse" }};
    const char *end = p + size;
    while (p < end) {
        const char *stop = memchr(p, ';', (size_t)(end - p));
        if (!stop)
            stop = end;
        while (p < stop && element_is_space(*p))
            p++;
        for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++) {
            const char *value = element_value(p, stop, hiding[i].property);
            size_t n = strlen(hiding[i].value);
            if (value && (size_t)(stop - value) >= n &&
                strncasecmp(value, hiding[i].value, n) == 0)
                return true;
        }
        p = stop + (stop < end);
    }
    return false;
}

bool element_is_hidden(const struct sax_attribute *attributes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct sax_attribute *a = &attributes[i];
        if (a->prefix)
            continue;
        if (strcmp(a->name, "hidden") == 0 ||
            (strcmp(a->name, "style") == 0 &&
             element_style_hides(a->value, a->size)))
            return true;
    }
    return false;
}

bool element_is_foreign(const struct sax_attribute *attributes, size_t count)
{
    static const char *const known[] = { "application/xhtml+xml",
                                         "application/x-shockwave-flash" };
    static const char family[] = "application/";
    const struct sax_attribute *type = sax_find(attributes, count, "type");
    if (!type || type->size < sizeof family ||
        strncasecmp(type->value, family, sizeof family - 1) != 0)
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (type->size == strlen(known[i]) &&
            strncasecmp(type->value, known[i], type->size) == 0)
            return false;
    }
    return true;
}

bool element_integer(const struct sax_attribute *attributes, size_t count,
                     const char *name, int64_t *value)
{
    const struct sax_attribute *a = sax_find(attributes, count, name);
    char copy[32], *stop;
    if (!a)
        return false;
    size_t size = a->size < sizeof copy ? a->size : sizeof copy - 1;
    memcpy(copy, a->value, size);
    copy[size] = '\0';
    /* What does not fit comes as the largest that does. */
    long long number = strtoll(copy, &stop, 10);
    if (stop == copy || number > ELEMENT_INTEGER_MOST ||
        number < -ELEMENT_INTEGER_MOST)
        return false;
    *value = number;
    return true;
}

static void element_roman(int64_t number, bool upper, char text[ELEMENT_NUMBER])
{
    static const struct {
        int value;
        const char *lower, *upper;
    } digits[] = {
        { 1000, "m", "M" }, { 900, "cm", "CM" }, { 500, "d", "D" },
        { 400, "cd", "CD" }, { 100, "c", "C" },  { 90, "xc", "XC" },
        { 50, "l", "L" },   { 40, "xl", "XL" },  { 10, "x", "X" },
        { 9, "ix", "IX" },  { 5, "v", "V" },     { 4, "iv", "IV" },
        { 1, "i", "I" },
    };
    text[0] = '\0'; /* the longest, mmmdccclxxxviii, has 15 letters */
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
        for (; number >= digits[i].value; number -= digits[i].value)
            strcat(text, upper ? digits[i].upper : digits[i].lower);
    }
}

static void element_letters(int64_t number, char first, char text[ELEMENT_NUMBER])
{
    char reversed[ELEMENT_NUMBER];
    size_t n = 0;
    for (; number > 0; number = (number - 1) / 26)
        reversed[n++] = (char)(first + (number - 1) % 26);
    for (size_t i = 0; i < n; i++)
        text[i] = reversed[n - 1 - i];
    text[n] = '\0';
}

/* "11th", but "21st". */
static const char *element_suffix(int64_t number)
{
    static const char *const suffixes[] = { "th", "st", "nd", "rd" };
    int64_t last = number % 10;
    return number / 10 % 10 == 1 || last > 3 ? "th" : suffixes[last];
}

void element_number(int64_t number, char type, char text[ELEMENT_NUMBER])
{
    if ((type == 'i' || type == 'I') && number > 0 && number < 4000)
        element_roman(number, type == 'I', text);
    else if ((type == 'a' || type == 'A') && number > 0)
        element_letters(number, type, text);
    else if (type == 'o' && number >= 0)
        snprintf(text, ELEMENT_NUMBER, "%" PRId64 "%s", number,
                 element_suffix(number));
    else
        snprintf(text, ELEMENT_NUMBER, "%" PRId64, number);
}
