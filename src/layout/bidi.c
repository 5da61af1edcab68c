/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bidi.c - the Unicode bidirectional algorithm backwards: from where letters
 * stand to the order in which they are read. Right-to-left lines are turned as
 * a whole, and what runs from left to right in them is turned back. */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "layout/bidi.h"
#include "layout/character.h"
#include "layout/keys.h"

/* A letter with the marks on it, or a space. */
struct bidi_cluster {
    uint32_t first, count; /* glyphs; no COUNT: a space */
    int8_t direction;      /* 1: right to left, -1: left to right, 0: either */
};

/* In widths of a letter: nearer to its side a mark may be the next one's. */
#define BIDI_EDGE 0.1f
/* Marks that one letter has: so far its letter is looked for. */
#define BIDI_MARKS 8

struct bidi_line {
    struct bidi_cluster *all; /* from left to right */
    size_t count;
    struct bidi_cluster *word; /* scratch: the clusters of one word */
    struct key *keys;          /* scratch: twice as many */
};

bool bidi_has_rtl(const struct words *w, const uint32_t *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct word *word = w->all + words[i];
        for (uint32_t k = 0; k < word->count; k++)
            if (w->glyphs[word->first + k].class & CHARACTER_RTL)
                return true;
    }
    return false;
}

static int8_t bidi_direction(unsigned class)
{
    if (class & CHARACTER_RTL)
        return 1;
    return class & (CHARACTER_LETTER | CHARACTER_DIGIT) ? -1 : 0;
}

/* Whether mark I of WORD belongs to the letter behind it, as its place says, or where that
 * says nothing the order of the letters: lines that are given from left to right have
 * marks first. */
static bool bidi_belongs_behind(const struct words *w, const struct word *word, uint32_t i)
{
    const struct glyph *all = w->glyphs + word->first;
    uint32_t before = i, behind = i;
    while (before > 0 && i - before < BIDI_MARKS && all[before].class & CHARACTER_MARK)
        before--;
    while (behind < word->count && behind - i < BIDI_MARKS &&
           all[behind].class & CHARACTER_MARK)
        behind++;
    if (behind == word->count || all[behind].class & CHARACTER_MARK ||
        !(all[behind].class & CHARACTER_RTL))
        return false;
    const struct glyph *b = all + before, *a = all + behind;
    if (b->class & CHARACTER_MARK)
        return true;
    float x = (all[i].x0 + all[i].x1) / 2, edge = BIDI_EDGE * (b->x1 - b->x0);
    if (x > b->x0 + edge && x < b->x1 - edge)
        return false;
    return a->x0 > b->x0;
}

/* Adds the clusters of WORD from left to right. */
static void bidi_add_word(struct bidi_line *l, const struct words *w,
                          const struct word *word)
{
    size_t count = 0;
    uint32_t first = 0; /* of what is in no cluster */
    for (uint32_t i = 0; i < word->count; i++) {
        const struct glyph *g = w->glyphs + word->first + i;
        bool mark = g->class & CHARACTER_MARK;
        if (mark && bidi_belongs_behind(w, word, i))
            continue;
        if (mark && count > 0 && first == i) {
            l->word[count - 1].count++;
            first = i + 1;
            continue;
        }
        l->word[count] = (struct bidi_cluster){ word->first + first, i - first + 1,
                                                bidi_direction(g->class) };
        first = i + 1;
        l->keys[count] = (struct key){ (g->x0 + g->x1) / 2, (uint32_t)count };
        count++;
    }
    keys_sort(l->keys, count, l->keys + count);
    for (size_t i = 0; i < count; i++)
        l->all[l->count++] = l->word[l->keys[i].index];
}

static void bidi_reverse(struct bidi_cluster *from, struct bidi_cluster *to)
{
    while (from < to) {
        struct bidi_cluster swap = *from;
        *from++ = *--to;
        *to = swap;
    }
}

/* Whether the line as a whole runs from right to left, by its letters: a date says
 * nothing. */
static bool bidi_runs_left(const struct bidi_line *l, const struct words *w)
{
    size_t left = 0, right = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct bidi_cluster *c = l->all + i;
        left += c->direction > 0;
        right += c->direction < 0 && w->glyphs[c->first].class & CHARACTER_LETTER;
    }
    return left >= right;
}

/* Reverses each stretch of DIRECTION, what is neutral between two of its letters
 * included. */
static void bidi_turn_runs(struct bidi_line *l, int8_t direction)
{
    for (size_t i = 0; i < l->count;) {
        if (l->all[i].direction != direction) {
            i++;
            continue;
        }
        size_t end = i + 1;
        for (size_t k = end; k < l->count && l->all[k].direction != -direction; k++)
            if (l->all[k].direction == direction)
                end = k + 1;
        bidi_reverse(l->all + i, l->all + end);
        i = end;
    }
}

static void bidi_write(struct buffer *out, const struct words *w,
                       const struct bidi_line *l, bool mirrored)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct bidi_cluster *c = l->all + i;
        if (c->count == 0)
            buffer_append_char(out, ' ');
        /* Marks that come first stand in reverse. */
        bool reverse = c->count > 1 && w->glyphs[c->first].class & CHARACTER_MARK;
        for (uint32_t k = 0; k < c->count; k++) {
            uint32_t at = reverse ? c->count - 1 - k : k;
            uint32_t code = w->glyphs[c->first + at].code;
            char bytes[CHARACTER_BYTES];
            if (mirrored && c->direction == 0)
                code = character_mirror(code);
            buffer_append(out, bytes, character_write(code, bytes));
        }
    }
}

/* Whether there is a space between word LEFT and word RIGHT of a line. */
static bool bidi_are_apart(const struct words *w, uint32_t left, uint32_t right)
{
    const struct word *a = w->all + left, *b = w->all + right;
    /* Where text runs to the left the engine has the left one second. */
    return words_are_apart(a, b, right == left + 1) ||
           (left == right + 1 && a->spaced && b->x0 > a->x1);
}

void bidi_append(struct buffer *out, const struct words *w, const uint32_t *words,
                 size_t count)
{
    size_t glyphs = 0;
    for (size_t i = 0; i < count; i++)
        glyphs += w->all[words[i]].count;
    struct bidi_line l = {
        .all = xmalloc((glyphs + count + 1) * sizeof *l.all),
        .word = xmalloc((glyphs + 1) * sizeof *l.word),
        .keys = xmalloc((2 * glyphs + 1) * sizeof *l.keys),
    };
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && bidi_are_apart(w, words[i - 1], words[i]))
            l.all[l.count++] = (struct bidi_cluster){ 0, 0, 0 };
        bidi_add_word(&l, w, w->all + words[i]);
    }
    bool left = bidi_runs_left(&l, w);
    if (left) {
        bidi_reverse(l.all, l.all + l.count);
        bidi_turn_runs(&l, -1);
    } else {
        bidi_turn_runs(&l, 1);
    }
    bidi_write(out, w, &l, left);
    free(l.all);
    free(l.word);
    free(l.keys);
}
