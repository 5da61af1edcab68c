/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfword.h - the control words of RTF (Microsoft's specification, 1.9.1)
 * that matter to text. */
#ifndef EXTRACT_FORMAT_RTFWORD_H
#define EXTRACT_FORMAT_RTFWORD_H

#include <stddef.h>

enum rtf_action {
    RTF_CHARACTER, /* VALUE: its code point */
    RTF_PAR,
    RTF_LINE,
    RTF_TAB,
    RTF_CELL,      /* VALUE: 1 for a nested one */
    RTF_ROW,       /* VALUE: 1 for a nested one */
    RTF_ROW_START,
    RTF_PARD,
    RTF_PLAIN,
    RTF_IN_TABLE,
    RTF_TABLE_LEVEL,
    RTF_HIDDEN,
    RTF_DELETED,
    RTF_FONT,
    RTF_DEFAULT_FONT,
    RTF_CODE_PAGE, /* VALUE: of the document, or 0: its parameter */
    RTF_FONT_CHARSET,
    RTF_FONT_PAGE,
    RTF_UNICODE,
    RTF_FALLBACK,  /* \uc */
    RTF_BINARY,
    RTF_NUMBER,    /* of a date; VALUE: which part of it */
    /* Destinations: what the group is that they begin. */
    RTF_SKIP,
    RTF_KEEP,      /* known, so not left out for its star */
    RTF_FONTS,
    RTF_FOOTNOTE,
    RTF_COMMENT,
    RTF_HEADER,
    RTF_FOOTER,
    RTF_BOX,
    RTF_MARK,      /* of a list's item */
    RTF_VALUE,     /* of the metadata: KEY */
    RTF_DATE,      /* the same */
    RTF_COMMENTER,
    RTF_CODE,      /* of a field; only an equation's is shown */
    RTF_TWOFOLD    /* \upr: the same in ANSI, then in Unicode */
};

struct rtf_word {
    const char *name;
    enum rtf_action action;
    int value;
    const char *key;
};

/* NULL: it is not known. */
const struct rtf_word *rtf_word_find(const char *name);

#endif
