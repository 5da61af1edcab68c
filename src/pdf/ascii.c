/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ascii.c - byte by byte: they are rare. */
#include <config.h>

#include "pdf/ascii.h"

#include <string.h>

static int ascii_hex(unsigned char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

enum stream_end ascii_decode_hex(struct span in, unsigned char *out, size_t most,
                                 size_t *size)
{
    int high = -1;
    *size = 0;
    for (; in.at < in.end && *in.at != '>'; in.at++) {
        int digit = ascii_hex(*in.at);
        if (digit < 0)
            continue;
        if (high < 0) {
            high = digit;
            continue;
        }
        if (*size == most)
            return STREAM_OVER;
        out[(*size)++] = (unsigned char)(high << 4 | digit);
        high = -1;
    }
    if (high < 0)
        return STREAM_WHOLE;
    if (*size == most)
        return STREAM_OVER;
    out[(*size)++] = (unsigned char)(high << 4);
    return STREAM_WHOLE;
}

/* The COUNT - 1 bytes (1 to 4) that COUNT digits are. */
static bool ascii_put_group(const unsigned char *digits, int count, unsigned char *out,
                            size_t most, size_t *size)
{
    uint32_t word = 0;
    for (int i = 0; i < 5; i++)
        word = word * 85 + (i < count ? digits[i] : 84);
    for (int i = 0; i < count - 1; i++) {
        if (*size == most)
            return false;
        out[(*size)++] = (unsigned char)(word >> (24 - 8 * i));
    }
    return true;
}

enum stream_end ascii_decode_85(struct span in, unsigned char *out, size_t most,
                                size_t *size)
{
    unsigned char digits[5] = { 0 };
    int count = 0;
    bool room = true;
    *size = 0;
    for (; room && in.at < in.end && *in.at != '~'; in.at++) {
        if (*in.at == 'z' && count == 0) {
            memset(digits, 0, sizeof digits);
            count = 5;
        } else if (*in.at >= '!' && *in.at <= 'u') {
            digits[count++] = (unsigned char)(*in.at - '!');
        }
        if (count == 5) {
            room = ascii_put_group(digits, count, out, most, size);
            count = 0;
        }
    }
    if (room && count > 1)
        room = ascii_put_group(digits, count, out, most, size);
    return room ? STREAM_WHOLE : STREAM_OVER;
}

enum stream_end ascii_decode_runs(struct span in, unsigned char *out, size_t most,
                                  size_t *size)
{
    *size = 0;
    while (in.at < in.end && *in.at != 128) {
        unsigned length = *in.at++;
        bool repeat = length > 128;
        size_t run = repeat ? 257 - length : length + 1;
        size_t left = (size_t)(in.end - in.at);
        if (left < (repeat ? 1 : run)) {
            if (repeat)
                return STREAM_CUT;
            run = left;
        }
        if (run > most - *size)
            return STREAM_OVER;
        if (repeat)
            memset(out + *size, *in.at, run);
        else
            memcpy(out + *size, in.at, run);
        in.at += repeat ? 1 : run;
        *size += run;
    }
    return STREAM_WHOLE;
}
