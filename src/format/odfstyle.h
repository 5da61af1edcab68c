/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfstyle.h - what of an OpenDocument file's styles decides over its text:
 * what is hidden, and how the items of lists and headings are marked. */
#ifndef EXTRACT_FORMAT_ODFSTYLE_H
#define EXTRACT_FORMAT_ODFSTYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "format/sax.h"

/* Levels of a list (ODF 1.2, 16.30: "1 to 10"). */
#define ODF_LEVELS 10

struct odf_level {
    char type;     /* '1' 'a' 'A' 'i' 'I'; '-': a bullet; '\0': no mark */
    int64_t start; /* number of the first item */
    int shown;     /* how many levels the number has: 2 for "1.3" */
    char prefix[12], suffix[12];
};

struct odf_list {
    struct odf_level levels[ODF_LEVELS];
    int64_t last[ODF_LEVELS]; /* the numbers given last */
};

/* Families: their names hold for each alone. */
enum odf_family { ODF_PARAGRAPH = 'p', ODF_TEXT = 't', ODF_LIST = 'l' };

struct odf_style {
    char *key;
    bool hidden;
    struct odf_list *list; /* of ODF_LIST */
};

/* Styles that are kept; the text of others is shown, their lists have
 * bullets. */
#define ODF_STYLES 65536

/* A zeroed struct is empty. */
struct odf_styles {
    void *tree;
    size_t count;
    struct odf_list outline; /* numbers of headings */
    struct odf_style *style; /* the one whose definition is being read */
    struct odf_list *list;   /* the same; or the outline; or NULL */
    struct odf_level *level;
};

/* An element within the definitions of styles begins. */
void odf_styles_start(struct odf_styles *s, const char *prefix, const char *name,
                      const struct sax_attribute *attributes, size_t count);

/* Whether an element says nothing of any style, as in struct sax_handler, where
 * "display" is what tells. ITEMS: there are
 * some, of lists. */
bool odf_styles_are_dull(bool items, const char *name, size_t size);

/* The style that NAME (NULL: none) names; NULL when there is none. */
struct odf_style *odf_styles_find(const struct odf_styles *s,
                                  enum odf_family family,
                                  const struct sax_attribute *name);

/* Counts on at LEVEL (from 0) and writes the mark and a blank to TEXT; "" when
 * there is none. START: the number, unless -1. */
void odf_list_mark(struct odf_list *l, int level, int64_t start, char *text,
                   size_t size);

/* The attribute with any prefix. ODF has no two of one name in an element that
 * matter here. */
const struct sax_attribute *odf_find(const struct sax_attribute *attributes,
                                     size_t count, const char *name);
bool odf_is(const struct sax_attribute *a, const char *value);

/* The integer of an attribute, within LOW and HIGH; else FALLBACK. */
int64_t odf_integer(const struct sax_attribute *a, int64_t low, int64_t high,
                    int64_t fallback);

void odf_styles_clear(struct odf_styles *s);

#endif
