/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetmargin.h - the codes in headers and footers of sheets, which all of
 * Excel's formats write alike ([MS-XLS] 2.4.136, ECMA-376 part 1, 18.3.1.39). */
#ifndef EXTRACT_FORMAT_SHEETMARGIN_H
#define EXTRACT_FORMAT_SHEETMARGIN_H

/* The end of the code that begins at P, behind its '&'; P < END. What it ends
 * is UTF-8, of which no character is divided. */
const char *sheetmargin_code(const char *p, const char *end);

#endif
