/* SPDX-License-Identifier: GPL-3.0-or-later */
/* equation.h - fields of Word that have no result: EQ, whose code is what is
 * shown (ECMA-376 part 1, 17.16.5.17). Word writes Japanese readings so, where
 * it has no element for them. */
#ifndef EXTRACT_FORMAT_EQUATION_H
#define EXTRACT_FORMAT_EQUATION_H

#include <stddef.h>

#include "base/buffer.h"

/* Bytes of a code that is looked at. */
#define EQUATION_CODE 2048

/* Appends what the field of CODE, which is UTF-8, shows on one line: a fraction
 * as "1/2", a reading behind its word in parentheses. Nothing of other fields. */
void equation_text(const char *code, size_t size, struct buffer *out);

#endif
