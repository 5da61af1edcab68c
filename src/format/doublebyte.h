/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doublebyte.h - how unlikely bytes are as a text in one of the charsets of
 * eastern Asia. For judge.c. */
#ifndef EXTRACT_FORMAT_DOUBLEBYTE_H
#define EXTRACT_FORMAT_DOUBLEBYTE_H

#include <stdbool.h>
#include <stddef.h>

/* Once, before the others: asks iconv for the codes of the common characters. */
void doublebyte_prepare(void);

/* The cost of DATA, in hundredths of nats, as a text in the charset at INDEX of
 * `commons`; in_word[i]: byte i is part of a word with bytes beyond ASCII. */
long doublebyte_cost(size_t index, const unsigned char *data, const bool *in_word,
                     size_t size);

#endif
