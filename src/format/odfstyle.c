/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfstyle.c - styles in a balanced tree by family and name: both come from
 * the document, so neither a list nor a hash would do. */
#include <config.h>

#include "format/odfstyle.h"

#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "format/element.h"

/* Longest name of a style that is kept. */
#define ODF_NAME 256

const struct sax_attribute *odf_find(const struct sax_attribute *attributes,
                                     size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(attributes[i].name, name) == 0)
            return &attributes[i];
    }
    return NULL;
}

bool odf_is(const struct sax_attribute *a, const char *value)
{
    return a && a->size == strlen(value) &&
           memcmp(a->value, value, a->size) == 0;
}

int64_t odf_integer(const struct sax_attribute *a, int64_t low, int64_t high,
                    int64_t fallback)
{
    int64_t value;
    if (!a)
        return fallback;
    struct sax_attribute plain = *a;
    plain.prefix = NULL;
    if (!element_integer(&plain, 1, plain.name, &value))
        return fallback;
    return value < low ? low : value > high ? high : value;
}

static int odf_compare(const void *a, const void *b)
{
    return strcmp(((const struct odf_style *)a)->key,
                  ((const struct odf_style *)b)->key);
}

static bool odf_key(char *key, enum odf_family family,
                    const struct sax_attribute *name)
{
    if (!name || name->size == 0 || name->size >= ODF_NAME)
        return false;
    snprintf(key, ODF_NAME + 1, "%c%.*s", (char)family, (int)name->size,
             name->value);
    return true;
}

struct odf_style *odf_styles_find(const struct odf_styles *s,
                                  enum odf_family family,
                                  const struct sax_attribute *name)
{
    char key[ODF_NAME + 1];
    if (!odf_key(key, family, name))
        return NULL;
    struct odf_style sought = { .key = key };
    struct odf_style **found = tfind(&sought, &s->tree, odf_compare);
    return found ? *found : NULL;
}

/* The style of that name, a new one when there is none; or NULL. */
static struct odf_style *odf_styles_add(struct odf_styles *s,
                                        enum odf_family family,
                                        const struct sax_attribute *name)
{
    char key[ODF_NAME + 1];
    struct odf_style *style = odf_styles_find(s, family, name);
    if (style || s->count == ODF_STYLES || !odf_key(key, family, name))
        return style;
    style = xcalloc(1, sizeof *style);
    style->key = xstrdup(key);
    tsearch(style, &s->tree, odf_compare);
    s->count++;
    return style;
}

static void odf_style_define(struct odf_styles *s,
                             const struct sax_attribute *attributes,
                             size_t count)
{
    const struct sax_attribute *which = odf_find(attributes, count, "family");
    enum odf_family family = odf_is(which, "text") ? ODF_TEXT : ODF_PARAGRAPH;
    s->list = NULL;
    s->level = NULL;
    s->style = NULL;
    if (family != ODF_TEXT && !odf_is(which, "paragraph"))
        return;
    s->style = odf_styles_add(s, family, odf_find(attributes, count, "name"));
    const struct odf_style *parent = odf_styles_find(
        s, family, odf_find(attributes, count, "parent-style-name"));
    if (s->style)
        s->style->hidden = parent && parent->hidden;
}

static void odf_list_define(struct odf_styles *s,
                            const struct sax_attribute *attributes,
                            size_t count)
{
    s->level = NULL;
    s->list = NULL;
    s->style = odf_styles_add(s, ODF_LIST, odf_find(attributes, count, "name"));
    if (!s->style)
        return;
    if (!s->style->list)
        s->style->list = xcalloc(1, sizeof *s->style->list);
    s->list = s->style->list;
}

/* As much of a prefix or suffix as there is room for. */
static void odf_affix(char *to, size_t size, const struct sax_attribute *a)
{
    size_t n = a ? a->size : 0, tail;
    if (n >= size) {
        n = size - 1;
        if (utf8_ends_inside(a->value, n, &tail))
            n -= tail;
    }
    if (n > 0)
        memcpy(to, a->value, n);
    to[n] = '\0';
}

static void odf_level_define(struct odf_styles *s, bool numbered,
                             const struct sax_attribute *attributes,
                             size_t count)
{
    int64_t number =
        odf_integer(odf_find(attributes, count, "level"), 1, ODF_LEVELS, 1);
    struct odf_level *level = s->level = &s->list->levels[number - 1];
    memset(level, 0, sizeof *level);
    s->list->last[number - 1] = 0;
    level->start =
        odf_integer(odf_find(attributes, count, "start-value"), 0, INT32_MAX, 1);
    level->shown = (int)odf_integer(odf_find(attributes, count, "display-levels"),
                                    1, number, 1);
    const struct sax_attribute *type = odf_find(attributes, count, "num-format");
    if (!numbered)
        level->type = '-';
    else if (type && type->size > 0)
        level->type = strchr("1aAiI", type->value[0]) && type->size == 1
                          ? type->value[0] : '1';
    odf_affix(level->prefix, sizeof level->prefix,
              odf_find(attributes, count, "num-prefix"));
    odf_affix(level->suffix, sizeof level->suffix,
              odf_find(attributes, count, "num-suffix"));
}

void odf_styles_start(struct odf_styles *s, const char *prefix, const char *name,
                      const struct sax_attribute *attributes, size_t count)
{
    if (!prefix)
        return;
    if (strcmp(prefix, "style") == 0 && strcmp(name, "style") == 0) {
        odf_style_define(s, attributes, count);
    } else if (strcmp(prefix, "style") == 0 &&
               (strcmp(name, "text-properties") == 0 ||
                strcmp(name, "properties") == 0)) {
        const struct sax_attribute *shown = odf_find(attributes, count, "display");
        if (s->style && !s->list && shown)
            s->style->hidden = odf_is(shown, "none");
    } else if (strcmp(prefix, "text") != 0) {
        return;
    } else if (strcmp(name, "list-style") == 0) {
        odf_list_define(s, attributes, count);
    } else if (strcmp(name, "outline-style") == 0) {
        s->style = NULL;
        s->list = &s->outline;
    } else if (s->list && (strcmp(name, "list-level-style-number") == 0 ||
                           strcmp(name, "outline-level-style") == 0)) {
        odf_level_define(s, true, attributes, count);
    } else if (s->list && (strcmp(name, "list-level-style-bullet") == 0 ||
                           strcmp(name, "list-level-style-image") == 0)) {
        odf_level_define(s, false, attributes, count);
    }
}

static bool odf_ends(const char *name, size_t size, const char *with)
{
    size_t length = strlen(with);
    return size >= length && memcmp(name + size - length, with, length) == 0;
}

/* Most of what there is of styles is about looks. */
bool odf_styles_are_dull(bool items, const char *name, size_t size)
{
    if (size > 6 && memcmp(name, "style:", 6) == 0)
        return odf_ends(name, size, "properties") ||
               odf_ends(name, size, ":font-face") || odf_ends(name, size, ":tab-stop");
    return !items && size > 22 && memcmp(name, "text:list-level-style-", 22) == 0;
}

void odf_list_mark(struct odf_list *l, int level, int64_t start, char *text,
                   size_t size)
{
    const struct odf_level *shape = &l->levels[level];
    *text = '\0';
    l->last[level] = start >= 0 ? start
                     : l->last[level] > 0 ? l->last[level] + 1 : shape->start;
    for (int i = level + 1; i < ODF_LEVELS; i++)
        l->last[i] = 0;
    if (shape->type == '-')
        snprintf(text, size, "- ");
    if (shape->type == '-' || shape->type == '\0')
        return;
    size_t used = (size_t)snprintf(text, size, "%s", shape->prefix);
    bool first = true;
    for (int i = level + 1 - shape->shown; i <= level; i++) {
        const struct odf_level *at = &l->levels[i];
        char number[ELEMENT_NUMBER];
        if (at->type == '-' || at->type == '\0')
            continue;
        element_number(l->last[i] > 0 ? l->last[i] : at->start, at->type, number);
        if (used < size)
            used += (size_t)snprintf(text + used, size - used, "%s%s",
                                     first ? "" : ".", number);
        first = false;
    }
    if (used < size)
        snprintf(text + used, size - used, "%s ", shape->suffix);
}

static void odf_style_free(void *item)
{
    struct odf_style *style = item;
    free(style->list);
    free(style->key);
    free(style);
}

void odf_styles_clear(struct odf_styles *s)
{
    tdestroy(s->tree, odf_style_free);
    memset(s, 0, sizeof *s);
}
