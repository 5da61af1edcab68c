/* SPDX-License-Identifier: GPL-3.0-or-later */
/* paragraph.c - by more white than usual, another size of the font, or the
 * indent of a first line. */
#include <config.h>

#include <math.h>

#include "layout/least.h"
#include "layout/paragraph.h"

/* Too few lines to tell what is usual are set as far apart as the closest, within
 * what is usual in print. */
#define PARAGRAPH_LINES 4
#define PARAGRAPH_PITCH_LEAST 1.25f
#define PARAGRAPH_PITCH_MOST 2.0f
/* Half of a line more is a blank line in print; lines with scripts and tall
 * symbols are set apart by less. */
#define PARAGRAPH_WHITE 1.35f
/* ... but where all lines around stand evenly, the least space between paragraphs
 * that is seen will do: a quarter of a size. Even lines differ by less than these. */
#define PARAGRAPH_SKIP 0.25f
#define PARAGRAPH_EVEN 0.05f
#define PARAGRAPH_TALL 0.1f
/* Sizes of headings and notes differ by a step of type at least: 10 on 12. */
#define PARAGRAPH_SIZE 1.15f
/* First lines are indented by one to four sizes; what is more is centred. */
#define PARAGRAPH_INDENT 0.8f
#define PARAGRAPH_INDENT_MAX 4.5f
/* Full lines of a ragged text end within so many sizes of its edge. */
#define PARAGRAPH_RAGGED 3.0f
/* Where no word of this width, in sizes, fits, a line may be full. */
#define PARAGRAPH_WORD 8.0f
/* The longest of so many lines on either side shows the edge. */
#define PARAGRAPH_AROUND 4
/* Left edges are the same when they differ by less, in sizes. */
#define PARAGRAPH_SAME 0.3f

float paragraph_pitch(const struct line *lines, size_t count, struct key *scratch)
{
    if (count < 2)
        return 1;
    for (size_t i = 0; i + 1 < count; i++)
        scratch[i] = (struct key){ lines[i + 1].base - lines[i].base, 0 };
    keys_sort(scratch, count - 1, scratch + count - 1);
    if (count < PARAGRAPH_LINES)
        return most(PARAGRAPH_PITCH_LEAST * lines[0].size,
                    least(PARAGRAPH_PITCH_MOST * lines[0].size, scratch[0].value));
    return most(scratch[(count - 1) / 2].value, 1);
}

/* Whether lines AT - 1 and AT are a heading of their own, whose second line hangs
 * from its number: they are larger than what is above and below. */
static bool paragraph_is_heading(const struct line *lines, size_t at)
{
    float size = least(lines[at].size, lines[at - 1].size) / PARAGRAPH_SIZE;
    return size > lines[at + 1].size && (at == 1 || size > lines[at - 2].size);
}

/* Whether line AT is the second and last of an item that hangs from its number or
 * bullet: its first line is full, and goes not on from a full one at the same
 * margin. */
static bool paragraph_hangs(const struct line *lines, size_t at)
{
    const struct line *l = lines + at;
    float near = PARAGRAPH_RAGGED * l->size;
    float right = most(l[-1].x1, l[1].x1);
    if (right - l[-1].x1 > near || right - l->x1 <= near)
        return false;
    return at < 2 || right - l[-2].x1 > near ||
           fabsf(l[-2].x0 - l[-1].x0) > PARAGRAPH_SAME * l->size;
}

/* Whether line AT of COUNT ends where the first word of the next one would not have
 * fitted, or near the edge that the lines around it have. */
static bool paragraph_is_full(const struct line *lines, size_t count, size_t at)
{
    const struct line *l = lines + at;
    size_t from = at > PARAGRAPH_AROUND ? at - PARAGRAPH_AROUND : 0;
    size_t to = count - at > PARAGRAPH_AROUND ? at + PARAGRAPH_AROUND : count;
    float right = l->x1, room = PARAGRAPH_RAGGED;
    for (size_t i = from; i < to; i++)
        right = most(right, lines[i].x1);
    if (at + 1 < count)
        room = most(room, least(PARAGRAPH_WORD, lines[at + 1].start / l->size));
    return right - l->x1 <= room * l->size;
}

static bool paragraph_is_apart(const struct line *l, float pitch)
{
    return l->base - l[-1].base > PARAGRAPH_WHITE * most(pitch, most(l->size, l[-1].size));
}

/* Whether line AT, which is indented, is prose behind the end of a paragraph, and
 * not an item or the rest of one. LAST: nothing goes on from it. */
static bool paragraph_is_prose(const struct line *lines, size_t count, size_t at,
                               bool last)
{
    const struct line *l = lines + at;
    if (l->row || l[-1].row)
        return false;
    bool full = paragraph_is_full(lines, count, at);
    bool follows = paragraph_is_full(lines, count, at - 1);
    bool before = at >= 2 && !l[-2].row && paragraph_is_full(lines, count, at - 2);
    /* After a paragraph of some lines even a short one is one. */
    if (before && l[-1].stop && fabsf(l[-2].x0 - l[-1].x0) <= PARAGRAPH_SAME * l->size)
        return true;
    /* What is short ends a paragraph, unless it is a term or the like. */
    bool ended = !follows && (l[-1].stop || before);
    if (last)
        return full || ended;
    return full && (follows || ended || paragraph_is_full(lines, count, at + 1));
}

static bool paragraph_is_indented(const struct line *lines, size_t count, size_t at,
                                  float pitch)
{
    const struct line *l = lines + at;
    float near = PARAGRAPH_SAME * l->size, indent = l->x0 - lines[at - 1].x0;
    if (indent < PARAGRAPH_INDENT * l->size || indent > PARAGRAPH_INDENT_MAX * l->size)
        return false;
    bool last = at + 1 == count || paragraph_is_apart(l + 1, pitch);
    if (!paragraph_is_prose(lines, count, at, last))
        return false;
    /* The line above and the one below share the margin; with none below, the
     * two above do. */
    if (at + 1 < count)
        return fabsf(lines[at + 1].x0 - lines[at - 1].x0) <= near &&
               !paragraph_is_heading(lines, at) && !paragraph_hangs(lines, at);
    return at >= 2 && fabsf(lines[at - 2].x0 - lines[at - 1].x0) <= near;
}

/* How far line AT stands from the one before. */
static float paragraph_step(const struct line *lines, size_t at)
{
    return lines[at].base - lines[at - 1].base;
}

static bool paragraph_is_step(const struct line *lines, size_t count, size_t at,
                              float step)
{
    return at > 0 && at < count && fabsf(paragraph_step(lines, at) - step) <=
                                       PARAGRAPH_EVEN * lines[at].size;
}

/* Whether line AT stands a little farther from the one before, and those around it
 * evenly. Scripts and formulas make lines taller. */
static bool paragraph_is_skip(const struct line *lines, size_t count, size_t at,
                              float pitch)
{
    const struct line *l = lines + at;
    if (at < 2 || at + 1 >= count || l->row || l[-1].row)
        return false;
    float step = paragraph_step(lines, at), tall = PARAGRAPH_TALL * l->size;
    if (step < pitch + PARAGRAPH_SKIP * l->size ||
        !paragraph_is_step(lines, count, at - 1, pitch) ||
        !paragraph_is_step(lines, count, at + 1, pitch))
        return false;
    if (!paragraph_is_step(lines, count, at - 2, pitch) &&
        !paragraph_is_step(lines, count, at - 2, step) &&
        !paragraph_is_step(lines, count, at + 2, pitch))
        return false;
    return l[-1].y1 - l[-1].base <= l[-2].y1 - l[-2].base + tall &&
           l->base - l->y0 <= l[1].base - l[1].y0 + tall;
}

bool paragraph_begins(const struct line *lines, size_t count, size_t at, float pitch)
{
    const struct line *l = lines + at, *last = l - 1;
    float size = most(l->size, last->size);
    if (paragraph_is_apart(l, pitch))
        return true;
    if (size > PARAGRAPH_SIZE * least(l->size, last->size))
        return true;
    return paragraph_is_skip(lines, count, at, pitch) ||
           paragraph_is_indented(lines, count, at, pitch);
}
