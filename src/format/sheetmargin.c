/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetmargin.c - a code is a letter, or that and what belongs to it. */
#include <config.h>

#include "format/sheetmargin.h"

#include <ctype.h>
#include <string.h>

const char *sheetmargin_code(const char *p, const char *end)
{
    if (*p == '"') { /* a font */
        const char *quote = memchr(p + 1, '"', (size_t)(end - p - 1));
        return quote != NULL ? quote + 1 : end;
    }
    if (*p == 'K') { /* a colour: six digits, with a sign among them */
        for (int i = 0; i < 7 && p < end && ((unsigned char)*p & 0x80) == 0; i++)
            p++;
        return p;
    }
    if (isdigit((unsigned char)*p)) {
        while (p < end && isdigit((unsigned char)*p))
            p++;
        return p;
    }
    /* A character, which may have several bytes. */
    for (p++; p < end && ((unsigned char)*p & 0xc0) == 0x80;)
        p++;
    return p;
}
