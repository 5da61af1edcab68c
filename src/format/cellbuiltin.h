/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cellbuiltin.h - the formats of cells that workbooks name by a number alone. */
#ifndef EXTRACT_FORMAT_CELLBUILTIN_H
#define EXTRACT_FORMAT_CELLBUILTIN_H

/* The format code ID, for cellformat_number(), as the English version shows
 * it; NULL: it is none of these. */
const char *cellbuiltin_code(int id);

#endif
