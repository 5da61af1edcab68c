/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c - a word that a line's end divides is completed in the line in which it
 * begins; the rest of the next line stays a line. */
#include <config.h>

#include "layout/bidi.h"
#include "layout/character.h"
#include "layout/least.h"
#include "layout/text.h"

/* Words that go on in another column are set in the same size but for rounding. */
#define TEXT_SIZE 1.05f

static const struct glyph *text_end_glyph(const struct text *t, const struct word *w)
{
    return t->words->glyphs + w->first + w->count - 1;
}

/* As many letters as nearly all words have, and no more than one takes room for. */
#define TEXT_AT_ONCE 8

/* How a line goes on in the next one. */
enum text_join { TEXT_APART, TEXT_DIVIDED, TEXT_KEPT, TEXT_SOLID };

static enum text_join text_joins(const struct text *t, const struct word *next,
                                 float size, enum text_break parted)
{
    static const enum text_join fates[] = {
        [HYPHEN_GOES] = TEXT_DIVIDED, [HYPHEN_STAYS] = TEXT_KEPT, [HYPHEN_PARTS] = TEXT_APART,
    };
    const struct glyph *end = text_end_glyph(t, t->last);
    const struct glyph *start = t->words->glyphs + next->first;
    bool same = most(size, t->size) <= TEXT_SIZE * least(size, t->size);
    if (parted == TEXT_PARAGRAPH || parted == TEXT_CELL || !same)
        return TEXT_APART;
    if (end->class & CHARACTER_SOFT)
        return TEXT_DIVIDED;
    if (t->dehyphenate && hyphen_divides(t->words, t->last, next) &&
        !(parted == TEXT_BLOCK && start->class & CHARACTER_DIGIT)) /* a page's number */
        return fates[hyphen_fate(t->hyphens, t->last, next)];
    /* Chinese and Japanese have no space where a line ends. */
    if (parted <= TEXT_LINE && end->class & start->class & CHARACTER_SOLID)
        return TEXT_SOLID;
    return TEXT_APART;
}

/* Writes W to TO, which has room for CHARACTER_BYTES a glyph; returns where it ends. As
 * many letters as most words have are written whether the word has them or not, which is
 * less work than to find out how many it has. */
static inline char *text_write(const struct text *t, const struct word *w, char *to)
{
    const struct glyph *g = t->words->glyphs + w->first;
    if (w->ascii && w->count <= TEXT_AT_ONCE && w->first + TEXT_AT_ONCE <= t->words->glyphs_count) {
        for (uint32_t i = 0; i < TEXT_AT_ONCE; i++)
            to[i] = (char)g[i].code;
        return to + w->count;
    }
    for (uint32_t i = 0; i < w->count; i++) {
        if (g[i].code < 128)
            *to++ = (char)g[i].code;
        else if (!(g[i].class & CHARACTER_SOFT))
            to += character_write(g[i].code, to);
    }
    return to;
}

void text_add_word(struct text *t, const struct word *w)
{
    buffer_reserve(t->out, w->count * CHARACTER_BYTES);
    char *end = text_write(t, w, t->out->data + t->out->size);
    t->out->size = (size_t)(end - t->out->data);
}

/* MOVED: the first word completes the line before, and this line begins with the
 * next one. */
static void text_add_words(struct text *t, const uint32_t *words, size_t count,
                           bool moved)
{
    const struct word *all = t->words->all;
    size_t room = count;
    for (size_t i = 0; i < count; i++)
        room += all[words[i]].count * CHARACTER_BYTES;
    buffer_reserve(t->out, room);
    char *to = text_write(t, all + words[0], t->out->data + t->out->size);
    for (size_t i = 1; i < count; i++) {
        const struct word *w = all + words[i], *last = all + words[i - 1];
        if (words_are_apart(last, w, w == last + 1)) {
            *to++ = moved ? '\n' : ' ';
            moved = false;
        }
        to = text_write(t, w, to);
    }
    t->out->size = (size_t)(to - t->out->data);
}

static const char *const text_breaks[] = {
    [TEXT_SPACE] = " ", [TEXT_CELL] = "\t", [TEXT_LINE] = "\n", [TEXT_PARAGRAPH] = "\n\n",
    [TEXT_BLOCK] = "\n\n",
};

/* Takes back the hyphen that the text ends with; soft ones are not in it. */
static void text_drop_hyphen(struct text *t)
{
    const struct glyph *hyphen = text_end_glyph(t, t->last);
    char bytes[CHARACTER_BYTES];
    if (!(hyphen->class & CHARACTER_SOFT))
        t->out->size -= character_write(hyphen->code, bytes);
}

void text_add_line(struct text *t, const uint32_t *words, size_t count, float size,
                   enum text_break parted)
{
    const struct word *first = t->words->all + words[0];
    bool rtl = t->rtl && bidi_has_rtl(t->words, words, count);
    enum text_join join = TEXT_APART;
    if (t->last && t->plain && !rtl)
        join = text_joins(t, first, size, parted);
    if (join == TEXT_DIVIDED)
        text_drop_hyphen(t);
    else if (join == TEXT_APART && t->last)
        buffer_append_string(t->out, text_breaks[parted]);
    bool moved = parted > TEXT_CELL && (join == TEXT_DIVIDED || join == TEXT_KEPT);
    if (rtl)
        bidi_append(t->out, t->words, words, count);
    else
        text_add_words(t, words, count, moved);
    t->last = t->words->all + words[count - 1];
    t->size = size;
    t->plain = !rtl;
}

void text_end(struct text *t)
{
    if (t->last)
        buffer_append_char(t->out, '\n');
    t->last = NULL;
}
