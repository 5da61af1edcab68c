/* SPDX-License-Identifier: GPL-3.0-or-later */
/* codepage.h - strings of Windows' files, by the number of their code page, to
 * UTF-8. Any thread. */
#ifndef EXTRACT_FORMAT_CODEPAGE_H
#define EXTRACT_FORMAT_CODEPAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

enum { CODEPAGE_UTF16 = 1200, CODEPAGE_WINDOWS = 1252, CODEPAGE_UTF8 = 65001 };

/* Appends DATA, SIZE bytes in code page PAGE (as Windows numbers them; one
 * that is not known is taken for 1252). What is not valid becomes U+FFFD. */
void codepage_append(struct buffer *out, unsigned page,
                     const unsigned char *data, size_t size);

/* The character that BYTE is in code page 1252. */
uint32_t codepage_windows(unsigned char byte);

/* Appends COUNT units of UTF-16, the low byte first; pairs of surrogates that
 * are not whole become U+FFFD. */
void codepage_append_utf16(struct buffer *out, const unsigned char *data,
                           size_t count);

/* The code page of a Windows language (LCID), 1252 when it is not known. */
unsigned codepage_of_language(unsigned language);

#endif
