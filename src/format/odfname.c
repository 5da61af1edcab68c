/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfname.c - a table of names. Their prefixes are those that the standard
 * uses, as all programs write them. */
#include <config.h>

#include "format/odfname.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct odf_name {
    const char *name;
    enum odf_kind kind;
    const char *key;
};

/* In the order of strcmp. */
static const struct odf_name names[] = {
    { "chart:chart", ODF_CHART, NULL },
    { "dc:creator", ODF_AUTHOR, "author" },
    { "dc:date", ODF_STAMP, "modified" },
    { "dc:language", ODF_META, "language" },
    { "dc:subject", ODF_META, "subject" },
    { "dc:title", ODF_META, "title" },
    { "draw:caption", ODF_BOX, NULL },
    { "draw:circle", ODF_BOX, NULL },
    { "draw:connector", ODF_BOX, NULL },
    { "draw:custom-shape", ODF_BOX, NULL },
    { "draw:ellipse", ODF_BOX, NULL },
    { "draw:frame", ODF_BOX, NULL },
    { "draw:image", ODF_BOX, NULL },
    { "draw:line", ODF_BOX, NULL },
    { "draw:measure", ODF_BOX, NULL },
    { "draw:object", ODF_OBJECT, NULL },
    { "draw:object-ole", ODF_SKIP, NULL },
    { "draw:page", ODF_DRAW_PAGE, NULL },
    { "draw:path", ODF_BOX, NULL },
    { "draw:polygon", ODF_BOX, NULL },
    { "draw:polyline", ODF_BOX, NULL },
    { "draw:rect", ODF_BOX, NULL },
    { "draw:regular-polygon", ODF_BOX, NULL },
    { "draw:text-box", ODF_BOX, NULL },
    { "math:math", ODF_FORMULA, NULL },
    { "meta:creation-date", ODF_META, "created" },
    { "meta:generator", ODF_META, "creator" },
    { "meta:initial-creator", ODF_META, "author" },
    { "meta:keyword", ODF_META, "keywords" },
    { "office:annotation", ODF_COMMENT, NULL },
    { "office:binary-data", ODF_SKIP, NULL },
    { "office:body", ODF_BODY, NULL },
    { "office:chart", ODF_CONTENT, NULL },
    { "office:document", ODF_ROOT, NULL },
    { "office:document-content", ODF_ROOT, NULL },
    { "office:drawing", ODF_SLIDES, NULL },
    { "office:forms", ODF_SKIP, NULL },
    { "office:master-styles", ODF_MASTERS, NULL },
    { "office:presentation", ODF_SLIDES, NULL },
    { "office:scripts", ODF_SKIP, NULL },
    { "office:spreadsheet", ODF_SHEETS, NULL },
    { "office:text", ODF_CONTENT, NULL },
    { "officeooo:annotation", ODF_COMMENT, NULL }, /* LibreOffice, on slides */
    { "presentation:footer-decl", ODF_DECLARED_FOOTER, NULL },
    { "presentation:notes", ODF_SLIDE_NOTES, NULL },
    { "style:footer", ODF_FOOTER, NULL },
    { "style:footer-first", ODF_FOOTER, NULL },
    { "style:footer-left", ODF_FOOTER, NULL },
    { "style:header", ODF_HEADER, NULL },
    { "style:header-first", ODF_HEADER, NULL },
    { "style:header-left", ODF_HEADER, NULL },
    { "svg:desc", ODF_ABOUT, NULL },
    { "svg:title", ODF_ABOUT, NULL },
    { "table:content-validations", ODF_SKIP, NULL },
    { "table:covered-table-cell", ODF_COVERED, NULL },
    { "table:shapes", ODF_SHAPES, NULL },
    { "table:sub-table", ODF_TABLE, NULL },
    { "table:table", ODF_TABLE, NULL },
    { "table:table-cell", ODF_CELL, NULL },
    { "table:table-row", ODF_ROW, NULL },
    { "table:tracked-changes", ODF_SKIP, NULL },
    { "text:alphabetical-index-source", ODF_SKIP, NULL },
    { "text:bibliography-source", ODF_SKIP, NULL },
    { "text:conditional-text", ODF_SPAN, NULL },
    { "text:date", ODF_PRINTED, NULL },
    { "text:endnote", ODF_ENDNOTE, NULL },
    { "text:endnote-citation", ODF_SKIP, NULL },
    { "text:expression", ODF_VARIABLE, NULL },
    { "text:file-name", ODF_PRINTED, NULL },
    { "text:footnote", ODF_FOOTNOTE, NULL },
    { "text:footnote-citation", ODF_SKIP, NULL },
    { "text:h", ODF_HEADING, NULL },
    { "text:hidden-paragraph", ODF_UNSEEN_PARA, NULL },
    { "text:hidden-text", ODF_UNSEEN, NULL },
    { "text:illustration-index-source", ODF_SKIP, NULL },
    { "text:line-break", ODF_BREAK, NULL },
    { "text:list", ODF_LISTS, NULL },
    { "text:list-header", ODF_LIST_HEADER, NULL },
    { "text:list-item", ODF_ITEM, NULL },
    { "text:note", ODF_FOOTNOTE, NULL },
    { "text:note-citation", ODF_SKIP, NULL },
    { "text:number", ODF_SKIP, NULL },
    { "text:object-index-source", ODF_SKIP, NULL },
    { "text:ordered-list", ODF_LISTS, NULL },
    { "text:p", ODF_PARA, NULL },
    { "text:page-count", ODF_PRINTED, NULL },
    { "text:page-number", ODF_PRINTED, NULL },
    { "text:ruby-text", ODF_RUBY_TEXT, NULL },
    { "text:s", ODF_BLANKS, NULL },
    { "text:script", ODF_SKIP, NULL },
    { "text:section", ODF_SECTION, NULL },
    { "text:sheet-name", ODF_PRINTED, NULL },
    { "text:span", ODF_SPAN, NULL },
    { "text:tab", ODF_TAB, NULL },
    { "text:tab-stop", ODF_TAB, NULL },
    { "text:table-index-source", ODF_SKIP, NULL },
    { "text:table-of-content-source", ODF_SKIP, NULL },
    { "text:time", ODF_PRINTED, NULL },
    { "text:title", ODF_PRINTED, NULL },
    { "text:tracked-changes", ODF_SKIP, NULL },
    { "text:unordered-list", ODF_LISTS, NULL },
    { "text:user-index-source", ODF_SKIP, NULL },
    { "text:variable-set", ODF_VARIABLE, NULL },
};

static int odf_name_compare(const void *a, const void *b)
{
    return strcmp(a, ((const struct odf_name *)b)->name);
}

enum odf_kind odf_kind(const char *prefix, const char *name, const char **key)
{
    char whole[48];
    *key = NULL;
    if (!prefix && strcmp(name, "math") == 0)
        return ODF_FORMULA;
    if (!prefix || (size_t)snprintf(whole, sizeof whole, "%s:%s", prefix, name) >=
                       sizeof whole)
        return ODF_PLAIN;
    const struct odf_name *found =
        bsearch(whole, names, sizeof names / sizeof *names, sizeof *names,
                odf_name_compare);
    if (!found)
        return ODF_PLAIN;
    *key = found->key;
    return found->kind;
}
