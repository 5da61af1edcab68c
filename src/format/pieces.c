/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pieces.c - cuts where a character begins. */
#include <config.h>

#include "format/pieces.h"

#define PIECES_SIZE ((size_t)16 << 10)

int pieces_emit(struct emit *emit, const char *text, size_t size)
{
    while (size > 0) {
        size_t n = size;
        if (n > PIECES_SIZE) {
            n = PIECES_SIZE;
            while (n > PIECES_SIZE - 4 && (text[n] & 0xc0) == 0x80)
                n--;
        }
        if (emit->text(emit, text, n) < 0)
            return -1;
        text += n;
        size -= n;
    }
    return 0;
}
