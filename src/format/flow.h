/* SPDX-License-Identifier: GPL-3.0-or-later */
/* flow.h - paragraphs and tables of office documents to lines. A paragraph is
 * a line, an empty one a blank line; headings and tables have blank lines on
 * either side; within a table's row, paragraphs are folded to blanks. */
#ifndef EXTRACT_FORMAT_FLOW_H
#define EXTRACT_FORMAT_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "format/lines.h"
#include "format/rows.h"

/* Tables within tables; in deeper ones cells are paragraphs. */
#define FLOW_TABLES 16

/* A zeroed struct with an empty lines.out is at the start of a text. */
struct flow {
    struct lines lines;
    bool tab; /* due before the next text of the line */
    int depth;
    struct rows tables[FLOW_TABLES];
};

void flow_paragraph_start(struct flow *f, bool heading);

/* MARK, which may be "": before the paragraph's text; LEVEL: of indentation. */
void flow_mark(struct flow *f, const char *mark, int level);
void flow_text(struct flow *f, const char *text, size_t size);
void flow_tab(struct flow *f);
void flow_break(struct flow *f);
void flow_paragraph_end(struct flow *f, bool heading);

void flow_table_start(struct flow *f);
void flow_row_start(struct flow *f);
void flow_row_end(struct flow *f);
void flow_cell_start(struct flow *f);
void flow_cell_end(struct flow *f);
void flow_table_end(struct flow *f);

/* TEXT, lines that are finished, as a block of its own, with blank lines on
 * either side when APART; nothing when it is empty. */
void flow_block(struct flow *f, const struct buffer *text, bool apart);

/* After the last call: ends the text with one newline when there is any. */
void flow_finish(struct flow *f);

#endif
