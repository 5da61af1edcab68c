/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordname.h - the elements that WordprocessingML's text depends on. */
#ifndef EXTRACT_FORMAT_WORDNAME_H
#define EXTRACT_FORMAT_WORDNAME_H

enum word_name {
    WORD_OTHER,
    WORD_ALTERNATE, /* mc:AlternateContent */
    WORD_BOX,       /* w:txbxContent, a:txBody */
    WORD_BRANCH,    /* mc:Choice, mc:Fallback */
    WORD_BREAK,
    WORD_CELL,
    WORD_CHART,
    WORD_CHUNK, /* w:altChunk */
    WORD_DELETED,
    WORD_DENOMINATOR,
    WORD_DIAGRAM, /* dgm:relIds */
    WORD_ENDNOTE_REFERENCE,
    WORD_FIELD, /* w:fldChar */
    WORD_FONTS,
    WORD_FOOTER,
    WORD_FOOTNOTE_REFERENCE,
    WORD_HEADER,
    WORD_HYPHEN, /* that does not break */
    WORD_LEVEL,
    WORD_NOTE, /* w:footnote, w:endnote, w:comment */
    WORD_NUMBER,
    WORD_OUTLINE,
    WORD_PARAGRAPH,
    WORD_PARAGRAPH_LOOK,
    WORD_PARAGRAPH_STYLE,
    WORD_READING, /* w:rt */
    WORD_ROW,
    WORD_RUBY,
    WORD_RUN,
    WORD_RUN_STYLE,
    WORD_CODE, /* of a field */
    WORD_SKIP, /* nothing within is text, or true any more */
    WORD_SYMBOL,
    WORD_TAB,
    WORD_TABLE,
    WORD_TEXT,
    WORD_VANISH,
    WORD_WORDART /* v:textpath */
};

/* By local name, whatever the namespace: those that are used together share no
 * name with another meaning. */
enum word_name word_name(const char *name);

#endif
