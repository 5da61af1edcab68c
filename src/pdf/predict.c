/* SPDX-License-Identifier: GPL-3.0-or-later */
/* predict.c - rows move to the front as their tags go, so one array is enough. */
#include <config.h>

#include "pdf/predict.h"

#include <stdlib.h>
#include <string.h>

#define PREDICT_ROW_MOST ((size_t)64 << 20)

bool predict_is_sound(const struct predict *p)
{
    bool bits = p->bits == 1 || p->bits == 2 || p->bits == 4 || p->bits == 8 ||
                p->bits == 16;
    return bits && p->colors >= 1 && p->colors <= 32 && p->columns >= 1 &&
           p->columns <= PREDICT_ROW_MOST / ((size_t)p->colors * (size_t)p->bits);
}

static int predict_paeth(int left, int up, int corner)
{
    int p = left + up - corner;
    int from_left = abs(p - left), from_up = abs(p - up);
    int from_corner = abs(p - corner);
    if (from_left <= from_up && from_left <= from_corner)
        return left;
    return from_up <= from_corner ? up : corner;
}

/* What stands where there is no row above: zeros, by the tags that say the same. */
static int predict_first_row(int tag)
{
    return tag == 2 ? 0 : tag == 4 ? 1 : tag;
}

/* One row of SIZE bytes from IN to OUT, which may be the same or before it. ABOVE is the
 * row before it or NULL, STEP the bytes of a pixel. */
static void predict_row(int tag, const unsigned char *in, unsigned char *out,
                        const unsigned char *above, size_t size, size_t step)
{
    if (!above)
        tag = predict_first_row(tag);
    size_t head = size < step ? size : step;
    switch (tag) {
    case 1:
        memmove(out, in, head);
        for (size_t i = head; i < size; i++)
            out[i] = (unsigned char)(in[i] + out[i - step]);
        return;
    case 2:
        for (size_t i = 0; i < size; i++)
            out[i] = (unsigned char)(in[i] + above[i]);
        return;
    case 3:
        for (size_t i = 0; i < size; i++) {
            int left = i < step ? 0 : out[i - step], up = above ? above[i] : 0;
            out[i] = (unsigned char)(in[i] + (left + up) / 2);
        }
        return;
    case 4:
        for (size_t i = 0; i < head; i++)
            out[i] = (unsigned char)(in[i] + above[i]);
        for (size_t i = head; i < size; i++)
            out[i] = (unsigned char)(in[i] + predict_paeth(out[i - step], above[i],
                                                           above[i - step]));
        return;
    default:
        memmove(out, in, size);
    }
}

static size_t predict_png(unsigned char *data, size_t size, size_t row, size_t step)
{
    unsigned char *out = data, *above = NULL;
    const unsigned char *in = data, *end = data + size;
    while (end - in > 1) {
        int tag = *in++;
        size_t length = (size_t)(end - in) < row ? (size_t)(end - in) : row;
        predict_row(tag, in, out, above, length, step);
        above = out;
        in += length;
        out += length;
    }
    return (size_t)(out - data);
}

/* Samples of less than a byte, from the left. */
static void predict_tiff_bits(unsigned char *data, size_t samples, int colors, int bits)
{
    unsigned left[32] = { 0 }, mask = (1U << bits) - 1;
    for (size_t i = 0; i < samples; i++) {
        size_t bit = i * (size_t)bits, at = bit / 8;
        unsigned shift = 8 - (unsigned)bits - (unsigned)(bit % 8);
        unsigned *sample = left + i % (size_t)colors;
        *sample = (*sample + (data[at] >> shift)) & mask;
        data[at] = (unsigned char)((data[at] & ~(mask << shift)) | *sample << shift);
    }
}

static void predict_tiff_row(const struct predict *p, unsigned char *data, size_t size)
{
    size_t colors = (size_t)p->colors;
    if (p->bits == 8) {
        for (size_t i = colors; i < size; i++)
            data[i] = (unsigned char)(data[i] + data[i - colors]);
    } else if (p->bits == 16) {
        for (size_t i = 2 * colors; i + 1 < size; i += 2) {
            const unsigned char *left = data + i - 2 * colors;
            unsigned sum = (unsigned)(data[i] << 8 | data[i + 1]) +
                           (unsigned)(left[0] << 8 | left[1]);
            data[i] = (unsigned char)(sum >> 8);
            data[i + 1] = (unsigned char)sum;
        }
    } else {
        size_t samples = p->columns * colors, most = size * 8 / (size_t)p->bits;
        predict_tiff_bits(data, samples < most ? samples : most, p->colors, p->bits);
    }
}

size_t predict_undo(const struct predict *p, unsigned char *data, size_t size)
{
    size_t bits = (size_t)p->colors * (size_t)p->bits;
    size_t row = (p->columns * bits + 7) / 8;
    if (p->predictor >= 10)
        return predict_png(data, size, row, (bits + 7) / 8);
    if (p->predictor == 2)
        for (size_t at = 0; at < size; at += row)
            predict_tiff_row(p, data + at, size - at < row ? size - at : row);
    return size;
}
