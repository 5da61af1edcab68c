/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pptmark.c - properties follow a mask of those that are there. */
#include <config.h>

#include "format/pptmark.h"

#include <stdio.h>
#include <string.h>

#include "base/little.h"
#include "format/element.h"

/* --- properties --- */

/* Takes SIZE bytes off the front of S; NULL: it has less, and then none. */
static const unsigned char *take(struct ppt_span *s, size_t size)
{
    const unsigned char *p = s->p;
    if (s->size < size) {
        s->size = 0;
        return NULL;
    }
    s->p += size;
    s->size -= size;
    return p;
}

/* A property that is there if MASK has one of BITS. */
struct property {
    uint32_t bits;
    size_t size;
};

/* Takes what MASK has of PROPERTIES; false: it breaks off. */
static bool skip(struct ppt_span *s, uint32_t mask,
                 const struct property *properties, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if ((mask & properties[i].bits) && take(s, properties[i].size) == NULL)
            return false;
    }
    return true;
}

#define SKIP(s, mask, properties)                                              \
    skip(s, mask, properties, sizeof(properties) / sizeof *(properties))

/* TextPFException. *HAS_MARK: -1: not said. */
static bool paragraph_read(struct ppt_span *s, int *has_mark)
{
    enum { TABS = 1 << 20 };
    static const struct property before_tabs[] = {
        {1 << 7, 2},  /* bulletChar */
        {1 << 4, 2},  /* bulletFontRef */
        {1 << 6, 2},  /* bulletSize */
        {1 << 5, 4},  /* bulletColor */
        {1 << 11, 2}, /* textAlignment */
        {1 << 12, 2}, /* lineSpacing */
        {1 << 13, 2}, /* spaceBefore */
        {1 << 14, 2}, /* spaceAfter */
        {1 << 8, 2},  /* leftMargin */
        {1 << 10, 2}, /* indent */
        {1 << 15, 2}, /* defaultTabSize */
    };
    static const struct property behind_tabs[] = {
        {1 << 16, 2}, /* fontAlign */
        {7 << 17, 2}, /* wrapFlags */
        {1 << 21, 2}, /* textDirection */
    };
    const unsigned char *p = take(s, 4);
    if (p == NULL)
        return false;
    uint32_t mask = little32(p);
    *has_mark = -1;
    if (mask & 15) {
        if ((p = take(s, 2)) == NULL)
            return false;
        if (mask & 1)
            *has_mark = p[0] & 1;
    }
    if (!SKIP(s, mask, before_tabs))
        return false;
    if ((mask & TABS)
        && ((p = take(s, 2)) == NULL || take(s, (size_t)little16(p) * 4) == NULL))
        return false;
    return SKIP(s, mask, behind_tabs);
}

/* TextCFException. *NUMBERING: which of the text's. */
static bool characters_read(struct ppt_span *s, unsigned *numbering)
{
    enum { STYLE = 0x3eb7, NUMBERING = 0x3c00 };
    static const struct property behind_style[] = {
        {1 << 16, 2}, /* fontRef */
        {1 << 21, 2}, /* oldEAFontRef */
        {1 << 22, 2}, /* ansiFontRef */
        {1 << 23, 2}, /* symbolFontRef */
        {1 << 17, 2}, /* fontSize */
        {1 << 18, 4}, /* color */
        {1 << 19, 2}, /* position */
    };
    const unsigned char *p = take(s, 4);
    if (p == NULL)
        return false;
    uint32_t mask = little32(p);
    *numbering = 0;
    if (mask & STYLE) {
        if ((p = take(s, 2)) == NULL)
            return false;
        if (mask & NUMBERING)
            *numbering = little16(p) >> 10 & (PPT_NUMBERINGS - 1);
    }
    return SKIP(s, mask, behind_style);
}

/* --- masters --- */

/* Records of a master that may come before its styles and between them: the
 * color schemes that it knows. */
#define MASTER_RECORDS 256

/* TextMasterStyleAtom: a level of which nothing is said is like the one before
 * it. */
static void look_take(struct ppt_look *look, unsigned kind, struct ppt_span s)
{
    enum { WITH_LEVELS = 5 }; /* kinds from here on name each */
    const unsigned char *p = take(&s, 2);
    bool *marks = look->has_mark[kind];
    unsigned count = p != NULL ? little16(p) : 0, unused;
    int last = -1;
    for (unsigned i = 0; i < PPT_LEVELS; i++) {
        int has_mark = -1;
        bool is_there =
            i < count && (kind < WITH_LEVELS || take(&s, 2) != NULL)
            && paragraph_read(&s, &has_mark) && characters_read(&s, &unused);
        if (has_mark >= 0)
            last = has_mark;
        if (last >= 0)
            marks[i] = last;
        if (!is_there)
            count = 0;
    }
}

void ppt_look_read(struct ppt_look *look, struct ppt_span master)
{
    /* Kinds of body and title, which are like that but for what they say. */
    static const unsigned char base[PPT_KINDS] = {0, 1, 2, 3, 4, 1, 0, 1, 1};
    struct ppt_record r, styles[PPT_KINDS] = {0};
    for (int i = 0; i < MASTER_RECORDS && ppt_next(&master, &r); i++) {
        if (r.type == PPT_MASTER_STYLE && r.instance < PPT_KINDS)
            styles[r.instance] = r;
    }
    *look = (struct ppt_look){0};
    for (size_t i = 0; i < PPT_LEVELS; i++)
        look->has_mark[PPT_KIND_BODY][i] = true;
    for (unsigned kind = 0; kind < PPT_KINDS; kind++) {
        if (base[kind] != kind)
            memcpy(look->has_mark[kind], look->has_mark[base[kind]],
                   sizeof look->has_mark[kind]);
        look_take(look, kind, styles[kind].body);
    }
}

/* --- texts --- */

/* Goes to the next run, of paragraphs or of characters; false: there is none. */
static bool runs_next(struct ppt_runs *runs, bool is_of_paragraphs)
{
    const unsigned char *p = take(&runs->span, is_of_paragraphs ? 6 : 4);
    if (p == NULL)
        return false;
    runs->end += little32(p);
    if (!is_of_paragraphs)
        return characters_read(&runs->span, &runs->numbering);
    runs->level = little16(p + 4);
    if (runs->level >= PPT_LEVELS)
        runs->level = PPT_LEVELS - 1;
    return paragraph_read(&runs->span, &runs->has_mark);
}

/* Goes to the run that has character AT. */
static void runs_seek(struct ppt_runs *runs, size_t at, bool is_of_paragraphs)
{
    while (runs->end <= at) {
        if (runs_next(runs, is_of_paragraphs))
            continue;
        /* What no run is for is as its master has it. */
        *runs = (struct ppt_runs){.end = SIZE_MAX, .has_mark = -1};
    }
}

/* StyleTextProp9Atom */
static void numberings_read(struct ppt_marks *m, struct ppt_span s)
{
    enum { HAS_NUMBER = 1 << 25, SCHEME = 1 << 24, PERIOD = 3 };
    static const struct property picture[] = {{1 << 23, 2}};
    static const struct property characters[] = {{1 << 20, 4}};
    static const struct property language[] = {
        {1 << 0, 2}, {1 << 1, 2}, {1 << 2, 2}, {1 << 6, 2}, {1 << 5, 4},
    };
    const unsigned char *p;
    for (size_t i = 0; i < PPT_NUMBERINGS && (p = take(&s, 4)) != NULL; i++) {
        uint32_t mask = little32(p);
        bool is_there = false;
        m->numberings[i].scheme = PERIOD;
        m->numberings[i].start = 1;
        if (!SKIP(&s, mask, picture))
            return;
        if (mask & HAS_NUMBER) {
            if ((p = take(&s, 2)) == NULL)
                return;
            is_there = little16(p) != 0;
        }
        if (mask & SCHEME) {
            if ((p = take(&s, 4)) == NULL)
                return;
            m->numberings[i].scheme = little16(p);
            m->numberings[i].start = little16(p + 2);
        }
        m->numberings[i].is_there = is_there;
        if ((p = take(&s, 4)) == NULL || !SKIP(&s, little32(p), characters)
            || (p = take(&s, 4)) == NULL || !SKIP(&s, little32(p), language))
            return;
    }
}

void ppt_marks_begin(struct ppt_marks *m, const struct ppt_look *look,
                     unsigned kind, struct ppt_span style,
                     struct ppt_span numberings, size_t count)
{
    *m = (struct ppt_marks){.look = look, .kind = kind,
                            .paragraphs = {.span = style}};
    if (kind >= PPT_KINDS)
        m->kind = PPT_KIND_OTHER;
    if (numberings.size == 0)
        return;
    numberings_read(m, numberings);
    /* Runs of characters follow those of paragraphs, which are for the text's
     * end, too. */
    struct ppt_runs runs = m->paragraphs;
    while (runs.end <= count && runs_next(&runs, true))
        ;
    m->characters.span = runs.span;
}

/* TextAutoNumberSchemeEnum; other scripts' are decimal. */
static void number_write(int64_t number, unsigned scheme, char mark[LINES_MARKER])
{
    static const char *const schemes[] = {
        "a.", "A.", "1)", "1.", "(i)", "i)", "i.", "I.",
        "(a)", "a)", "(A)", "A)", "(1)", "1", "(I)", "I)",
    };
    const char *form = scheme < sizeof schemes / sizeof *schemes ? schemes[scheme]
                                                                 : "1.";
    char text[ELEMENT_NUMBER];
    bool is_between = form[0] == '(';
    form += is_between;
    element_number(number, form[0], text);
    snprintf(mark, LINES_MARKER, "%s%s%s ", is_between ? "(" : "", text, form + 1);
}

void ppt_marks_next(struct ppt_marks *m, size_t at, char mark[LINES_MARKER],
                    int *level)
{
    runs_seek(&m->paragraphs, at, true);
    runs_seek(&m->characters, at, false);
    int deep = m->paragraphs.level, has_mark = m->paragraphs.has_mark;
    if (has_mark < 0)
        has_mark = m->look->has_mark[m->kind][deep];
    unsigned i = m->characters.numbering;
    mark[0] = '\0';
    *level = deep;
    if (!has_mark) {
        memset(m->numbers, 0, sizeof m->numbers);
    } else if (m->numberings[i].is_there) {
        for (int k = deep + 1; k < PPT_LEVELS; k++)
            m->numbers[k] = 0;
        number_write((int64_t)m->numberings[i].start + m->numbers[deep]++,
                     m->numberings[i].scheme, mark);
    } else {
        strcpy(mark, "- ");
    }
}
