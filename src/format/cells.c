/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cells.c - a state machine on bytes: all that means something is ASCII. */
#include <config.h>

#include "format/cells.h"

#include <string.h>

/* What separates most often in the first line that has any of them, outside
 * quotes; a comma when nothing does. */
static char cells_delimiter(const char *text, size_t size)
{
    static const char candidates[] = ",;\t|";
    size_t counts[sizeof candidates - 1] = { 0 }, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < size; i++) {
        const char *found = memchr(candidates, text[i], sizeof counts / sizeof *counts);
        if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && found)
            counts[found - candidates]++;
        else if (!quoted && text[i] == '\n' &&
                 counts[0] + counts[1] + counts[2] + counts[3] > 0)
            break;
    }
    for (size_t k = 1; k < sizeof counts / sizeof *counts; k++) {
        if (counts[k] > counts[best])
            best = k;
    }
    return candidates[best];
}

/* At most a whole piece goes out at once; all cuts are between characters, as a
 * piece that comes in ends at one and is passed on at its end. */
static int cells_flush(struct cells *cells)
{
    size_t used = cells->used;
    cells->used = 0;
    return used > 0 ? cells->next->text(cells->next, cells->bytes, used) : 0;
}

/* The byte that is due for C; '\0': none. */
static char cells_byte(struct cells *cells, char c)
{
    if (cells->is_quoted && !cells->after_quote) {
        cells->after_quote = c == '"';
        return c == '"' ? '\0' : c == '\n' || c == '\t' ? ' ' : c;
    }
    if (cells->after_quote) {
        cells->after_quote = false;
        if (c == '"')
            return c;
        cells->is_quoted = false;
    }
    if (c == '\n' || c == cells->delimiter) {
        cells->in_cell = false;
        return c == '\n' ? '\n' : '\t';
    }
    if (c == '"' && !cells->in_cell) {
        cells->in_cell = cells->is_quoted = true;
        return '\0';
    }
    cells->in_cell = true;
    return c == '\t' ? ' ' : c;
}

static int cells_text(struct emit *emit, const char *text, size_t size)
{
    struct cells *cells = (struct cells *)emit;
    if (cells->delimiter == '\0')
        cells->delimiter = cells_delimiter(text, size);
    for (size_t i = 0; i < size; i++) {
        bool begins = ((unsigned char)text[i] & 0xc0) != 0x80;
        if (begins && cells->used + 5 > sizeof cells->bytes &&
            cells_flush(cells) < 0)
            return -1;
        char c = cells_byte(cells, text[i]);
        if (c != '\0')
            cells->bytes[cells->used++] = c;
    }
    return 0;
}

void cells_init(struct cells *cells, char delimiter, struct emit *next)
{
    memset(cells, 0, offsetof(struct cells, bytes));
    cells->emit.text = cells_text;
    cells->next = next;
    cells->delimiter = delimiter;
}

int cells_finish(struct cells *cells)
{
    /* A quote that is never closed has taken the last line end too. */
    if (cells->is_quoted && !cells->after_quote)
        cells->bytes[cells->used++] = '\n';
    return cells_flush(cells);
}
