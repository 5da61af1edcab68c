/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfname.h - what the elements of OpenDocument mean to text; of OpenOffice 1
 * too, whose names differ little. For odfbody.c. */
#ifndef EXTRACT_FORMAT_ODFNAME_H
#define EXTRACT_FORMAT_ODFNAME_H

enum odf_kind {
    ODF_PLAIN, /* what is within counts; also all that is not known */
    ODF_SKIP,
    ODF_SPAN,
    ODF_PARA,
    ODF_HEADING,
    ODF_SECTION,
    ODF_LISTS,
    ODF_ITEM,
    ODF_LIST_HEADER,
    ODF_TABLE,
    ODF_ROW,
    ODF_CELL,
    ODF_COVERED,
    ODF_SHAPES,   /* of a sheet */
    ODF_BLANKS,
    ODF_TAB,
    ODF_BREAK,
    ODF_RUBY_TEXT,
    ODF_FOOTNOTE, /* or an endnote, by its class */
    ODF_ENDNOTE,  /* OpenOffice 1 */
    ODF_COMMENT,
    ODF_AUTHOR,
    ODF_STAMP,    /* a date: a comment's or the document's */
    ODF_BOX,
    ODF_OBJECT,   /* a document within this one */
    ODF_FORMULA,
    ODF_MASTERS,
    ODF_CHART,
    ODF_ABOUT,    /* of a shape or a picture: what it is called, what it shows */
    ODF_DRAW_PAGE,
    ODF_SLIDE_NOTES,
    ODF_VARIABLE, /* a field that may not be shown */
    ODF_UNSEEN,   /* a field that may be hidden */
    ODF_UNSEEN_PARA, /* a field that may hide its paragraph */
    ODF_PRINTED,  /* a field that each printed page fills anew */
    ODF_ROOT,
    ODF_BODY,
    ODF_CONTENT,  /* what is in a text, ... */
    ODF_SHEETS,
    ODF_SLIDES,
    ODF_HEADER,
    ODF_FOOTER,
    ODF_DECLARED_FOOTER,
    ODF_META,     /* a value of the metadata */
};

/* Never fails: ODF_PLAIN. KEY: what the metadata call it, with ODF_META,
 * ODF_AUTHOR and ODF_STAMP. */
enum odf_kind odf_kind(const char *prefix, const char *name, const char **key);

#endif
