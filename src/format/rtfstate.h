/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfstate.h - what the parts that read RTF share: rtfread.c (bytes and control
 * words), rtfgroup.c (groups and what they are for), rtfflow.c (lines and tables). */
#ifndef EXTRACT_FORMAT_RTFSTATE_H
#define EXTRACT_FORMAT_RTFSTATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "document/metadata.h"
#include "format/rtffont.h"
#include "format/targets.h"

/* Groups within each other whose state is kept; Word nests some 20 deep. */
#define RTF_GROUPS 512

/* Tables within each other. */
#define RTF_TABLES 6

enum rtf_kind { RTF_IS_TEXT, RTF_IS_FONTS, RTF_IS_MARK, RTF_IS_VALUE, RTF_IS_DATE,
                RTF_IS_COMMENTER, RTF_IS_EQUATION };

struct rtf_group {
    enum rtf_kind kind;
    bool skip, hidden, deleted, intbl;
    bool begins;     /* no word yet: this one says what the group is */
    bool starred;
    int twofold;     /* 1: the next group within is left out */
    int fallback;    /* characters that stand in for a \u */
    int level;       /* of tables */
    int64_t font;
    const char *key; /* of the metadata */
    /* that begin here, so end with the group: */
    bool owns;       /* a target */
    bool captures;   /* a value */
    enum slot slot;
};

/* What is open in a target. */
struct rtf_flow {
    bool paragraph, in_row;
    const char *element;
    int tables;
    bool rows[RTF_TABLES], cells[RTF_TABLES];
};

struct rtf {
    const char *p, *end;
    struct rtf_group groups[RTF_GROUPS];
    size_t depth; /* of groups; what is past RTF_GROUPS is only counted */
    struct rtf_flow flows[TARGETS_DEPTH];
    struct targets targets;
    struct rtf_pages pages;
    unsigned page; /* the document's code page */
    int64_t font, defined; /* the default one; the one that \fonttbl is at */
    int pass;              /* characters of a fallback that are still to come */
    uint32_t high;         /* a surrogate that waits for its second half */
    struct buffer bytes;   /* text in the code page at hand */
    struct buffer decoded, value, mark;
    char *commenter;
    int notes[2];
    int date[6];
    struct metadata *metadata;
};

static inline struct rtf_group *rtf_group(struct rtf *r)
{
    size_t i = r->depth < RTF_GROUPS ? r->depth : RTF_GROUPS - 1;
    return &r->groups[i];
}

static inline struct rtf_flow *rtf_flow(struct rtf *r)
{
    return &r->flows[r->targets.count - 1];
}

/* rtfread.c: gives the bytes that were read, in the code page at hand. */
void rtf_flush(struct rtf *r);

#endif
