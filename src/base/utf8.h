/* SPDX-License-Identifier: GPL-3.0-or-later */
/* utf8.h - UTF-8 as RFC 3629 has it: no surrogates, nothing past U+10FFFF,
 * no overlong forms. */
#ifndef EXTRACT_BASE_UTF8_H
#define EXTRACT_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* How many bytes of DATA, from the start, are whole valid characters. Equal
 * to SIZE when all of it is valid. */
size_t utf8_valid_prefix(const char *data, size_t size);

/* True when DATA ends within a character that more bytes could complete;
 * *TAIL is then how many bytes of it are there (1 to 3). */
bool utf8_ends_inside(const char *data, size_t size, size_t *tail);

/* Appends DATA to B, each maximal invalid sequence as one U+FFFD (Unicode
 * 15, section 3.9, "substitution of maximal subparts"). Returns how many
 * were replaced. */
size_t utf8_append_sanitized(struct buffer *b, const char *data, size_t size);

/* Appends the code point C; U+FFFD for one that is not a scalar value. */
void utf8_append(struct buffer *b, uint32_t c);

#endif
