/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordname.c - a sorted table. */
#include <config.h>

#include "format/wordname.h"

#include <stdlib.h>
#include <string.h>

struct entry {
    const char *name;
    enum word_name what;
};

/* In the order of strcmp. */
static const struct entry entries[] = {
    { "AlternateContent", WORD_ALTERNATE },
    { "Choice", WORD_BRANCH },
    { "Fallback", WORD_BRANCH },
    { "altChunk", WORD_CHUNK },
    { "br", WORD_BREAK },
    { "chart", WORD_CHART },
    { "comment", WORD_NOTE },
    { "cr", WORD_BREAK },
    { "del", WORD_DELETED },
    { "delInstrText", WORD_SKIP },
    { "delText", WORD_SKIP },
    { "den", WORD_DENOMINATOR },
    { "endnote", WORD_NOTE },
    { "endnoteReference", WORD_ENDNOTE_REFERENCE },
    { "fldChar", WORD_FIELD },
    { "footerReference", WORD_FOOTER },
    { "footnote", WORD_NOTE },
    { "footnoteReference", WORD_FOOTNOTE_REFERENCE },
    { "headerReference", WORD_HEADER },
    { "ilvl", WORD_LEVEL },
    { "instrText", WORD_CODE },
    { "moveFrom", WORD_SKIP },
    { "noBreakHyphen", WORD_HYPHEN },
    { "numId", WORD_NUMBER },
    { "outlineLvl", WORD_OUTLINE },
    { "p", WORD_PARAGRAPH },
    { "pPr", WORD_PARAGRAPH_LOOK },
    { "pPrChange", WORD_SKIP },
    { "pStyle", WORD_PARAGRAPH_STYLE },
    { "ptab", WORD_TAB },
    { "r", WORD_RUN },
    { "rFonts", WORD_FONTS },
    { "rPrChange", WORD_SKIP },
    { "rStyle", WORD_RUN_STYLE },
    { "relIds", WORD_DIAGRAM },
    { "rt", WORD_READING },
    { "ruby", WORD_RUBY },
    { "sectPrChange", WORD_SKIP },
    { "sym", WORD_SYMBOL },
    { "t", WORD_TEXT },
    { "tab", WORD_TAB },
    { "tbl", WORD_TABLE },
    { "tc", WORD_CELL },
    { "textpath", WORD_WORDART },
    { "tr", WORD_ROW },
    { "txBody", WORD_BOX },
    { "txbxContent", WORD_BOX },
    { "vanish", WORD_VANISH },
};

static int entry_compare(const void *key, const void *entry)
{
    return strcmp(key, ((const struct entry *)entry)->name);
}

enum word_name word_name(const char *name)
{
    const struct entry *e =
        bsearch(name, entries, sizeof entries / sizeof *entries,
                sizeof *entries, entry_compare);
    return e ? e->what : WORD_OTHER;
}
