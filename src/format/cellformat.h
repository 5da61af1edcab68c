/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cellformat.h - numbers as the cells of a sheet show them, by format codes
 * (ECMA-376 part 1, 18.8.31), in the English version: "1,234.50", "12.5%",
 * "3/1/2024". Plain functions, any thread. */
#ifndef EXTRACT_FORMAT_CELLFORMAT_H
#define EXTRACT_FORMAT_CELLFORMAT_H

#include <stdbool.h>

#include "base/buffer.h"

/* Appends VALUE as CODE has it. EPOCH_1904: days are counted from 1904, else
 * from 1900. What is left blank for alignment becomes single blanks, which may
 * stand at the ends. A code that is not understood gives the number. */
void cellformat_number(double value, const char *code, bool epoch_1904,
                       struct buffer *out);

#endif
