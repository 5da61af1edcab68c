/* SPDX-License-Identifier: GPL-3.0-or-later */
/* wordmark.c - the numbers of the levels of a list, and a mark by its pattern. */
#include <config.h>

#include "format/wordmark.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "format/element.h"

void word_count_begin(struct word_count *c)
{
    memset(c, 0, sizeof *c);
    for (int i = 0; i < WORD_LEVELS; i++)
        c->levels[i] = WORD_LEVEL_BEGIN;
}

void word_change_begin(struct word_change *c)
{
    memset(c, 0, sizeof *c);
    for (int i = 0; i < WORD_LEVELS; i++)
        c->start[i] = -1;
}

struct word_level *word_change_level(struct word_change *c, int level)
{
    if (!c->own[level])
        c->own[level] = xcalloc(1, sizeof *c->own[level]);
    *c->own[level] = WORD_LEVEL_BEGIN;
    return c->own[level];
}

void word_change_end(struct word_change *c)
{
    for (int i = 0; i < WORD_LEVELS; i++)
        free(c->own[i]);
}

/* Puts the levels of CHANGE in, and by a second call out again. */
static void exchange(struct word_count *c, struct word_change *change)
{
    for (int i = 0; i < WORD_LEVELS; i++) {
        if (!change->own[i])
            continue;
        struct word_level level = c->levels[i];
        c->levels[i] = *change->own[i];
        *change->own[i] = level;
    }
}

static void count_item(struct word_count *c, struct word_change *change, int level)
{
    const int *start = change->start;
    for (int i = 0; i < WORD_LEVELS && !change->used; i++) {
        if (start[i] >= 0)
            c->begun[i] = false;
    }
    change->used = true;
    for (int i = 0; i <= level; i++) {
        if (!c->begun[i])
            c->value[i] = start[i] >= 0 ? start[i] : c->levels[i].start;
        else if (i == level && c->value[i] < INT_MAX)
            c->value[i]++;
        c->begun[i] = true;
    }
    for (int i = level + 1; i < WORD_LEVELS; i++) {
        if (c->levels[i].restart < 0 || level < c->levels[i].restart)
            c->begun[i] = false;
    }
}

static void write_mark(const struct word_count *c, int level,
                       char mark[LINES_MARKER])
{
    const struct word_level *own = &c->levels[level];
    size_t size = 0;
    if (own->kind == '-') {
        strcpy(mark, "- ");
        return;
    }
    for (const char *p = own->pattern; *p && size < LINES_MARKER - 2; p++) {
        int place = *p == '%' && p[1] >= '1' && p[1] <= '9' ? p[1] - '1' : -1;
        if (place < 0) {
            mark[size++] = *p;
            continue;
        }
        p++;
        char text[ELEMENT_NUMBER] = "";
        char kind = own->legal ? '1' : c->levels[place].kind;
        bool zero = kind == '0' && c->value[place] < 10;
        if (kind && kind != '-')
            element_number(c->value[place], kind == '0' ? '1' : kind, text);
        int n = snprintf(mark + size, LINES_MARKER - 1 - size, "%s%s",
                         zero ? "0" : "", text);
        size_t left = LINES_MARKER - 2 - size;
        size += (size_t)n < left ? (size_t)n : left;
    }
    if (size > 0)
        mark[size++] = ' ';
    mark[size] = '\0';
}

void word_count_item(struct word_count *c, struct word_change *change, int level,
                     char mark[LINES_MARKER])
{
    exchange(c, change);
    count_item(c, change, level);
    write_mark(c, level, mark);
    exchange(c, change);
}
