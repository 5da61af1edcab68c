/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfflow.h - paragraphs and tables of RTF as events of HTML for prose.c, each into
 * the target that is at hand. */
#ifndef EXTRACT_FORMAT_RTFFLOW_H
#define EXTRACT_FORMAT_RTFFLOW_H

#include "format/rtfstate.h"

/* An element of HTML. */
void rtf_open(struct rtf *r, const char *name);
void rtf_close(struct rtf *r, const char *name);

/* Start: with the mark of a list that waits, unless one is open. */
void rtf_paragraph_start(struct rtf *r);
void rtf_paragraph_end(struct rtf *r);

/* Text of a paragraph, which begins if need be. Valid UTF-8. */
void rtf_say(struct rtf *r, const char *text, size_t size);

/* Opens or closes tables until LEVEL of them are around. */
void rtf_tables(struct rtf *r, int level);

/* The end of a cell, and of a row, of the table at LEVEL, from 1 to RTF_TABLES. */
void rtf_cell(struct rtf *r, int level);
void rtf_row(struct rtf *r, int level);

#endif
