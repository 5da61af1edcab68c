/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bzz.c - decoder after the "Lizardtech DjVu Reference" (DjVu 3, appendices 3
 * and 4); the table of states is the one that every DjVu coder has. */
#include <config.h>

#include "format/bzz.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"

/* A block's largest size in bytes. */
#define BZZ_BLOCK (4096 * 1024)

/* How many of the nearest bytes have their frequency counted. */
#define BZZ_COUNTED 4

/* Contexts for the first questions, by how near the byte before was. */
#define BZZ_NEAR 3

/* Bytes of 1 that may be read behind the end of the data. */
#define BZZ_BEYOND 25

/* A state of the adaptive coder: the probability of the less likely bit, from
 * which interval on the more likely one moves it up, and where to. */
static const struct {
    uint16_t p, m;
    uint8_t up, down;
} states[256] = {
    {0x8000, 0x0000, 84, 145}, {0x8000, 0x0000, 3, 4}, {0x8000, 0x0000, 4, 3},
    {0x6bbd, 0x10a5, 5, 1}, {0x6bbd, 0x10a5, 6, 2}, {0x5d45, 0x1f28, 7, 3},
    {0x5d45, 0x1f28, 8, 4}, {0x51b9, 0x2bd3, 9, 5}, {0x51b9, 0x2bd3, 10, 6},
    {0x4813, 0x36e3, 11, 7}, {0x4813, 0x36e3, 12, 8}, {0x3fd5, 0x408c, 13, 9},
    {0x3fd5, 0x408c, 14, 10}, {0x38b1, 0x48fd, 15, 11},
    {0x38b1, 0x48fd, 16, 12}, {0x3275, 0x505d, 17, 13},
    {0x3275, 0x505d, 18, 14}, {0x2cfd, 0x56d0, 19, 15},
    {0x2cfd, 0x56d0, 20, 16}, {0x2825, 0x5c71, 21, 17},
    {0x2825, 0x5c71, 22, 18}, {0x23ab, 0x615b, 23, 19},
    {0x23ab, 0x615b, 24, 20}, {0x1f87, 0x65a5, 25, 21},
    {0x1f87, 0x65a5, 26, 22}, {0x1bbb, 0x6962, 27, 23},
    {0x1bbb, 0x6962, 28, 24}, {0x1845, 0x6ca2, 29, 25},
    {0x1845, 0x6ca2, 30, 26}, {0x1523, 0x6f74, 31, 27},
    {0x1523, 0x6f74, 32, 28}, {0x1253, 0x71e6, 33, 29},
    {0x1253, 0x71e6, 34, 30}, {0x0fcf, 0x7404, 35, 31},
    {0x0fcf, 0x7404, 36, 32}, {0x0d95, 0x75d6, 37, 33},
    {0x0d95, 0x75d6, 38, 34}, {0x0b9d, 0x7768, 39, 35},
    {0x0b9d, 0x7768, 40, 36}, {0x09e3, 0x78c2, 41, 37},
    {0x09e3, 0x78c2, 42, 38}, {0x0861, 0x79ea, 43, 39},
    {0x0861, 0x79ea, 44, 40}, {0x0711, 0x7ae7, 45, 41},
    {0x0711, 0x7ae7, 46, 42}, {0x05f1, 0x7bbe, 47, 43},
    {0x05f1, 0x7bbe, 48, 44}, {0x04f9, 0x7c75, 49, 45},
    {0x04f9, 0x7c75, 50, 46}, {0x0425, 0x7d0f, 51, 47},
    {0x0425, 0x7d0f, 52, 48}, {0x0371, 0x7d91, 53, 49},
    {0x0371, 0x7d91, 54, 50}, {0x02d9, 0x7dfe, 55, 51},
    {0x02d9, 0x7dfe, 56, 52}, {0x0259, 0x7e5a, 57, 53},
    {0x0259, 0x7e5a, 58, 54}, {0x01ed, 0x7ea6, 59, 55},
    {0x01ed, 0x7ea6, 60, 56}, {0x0193, 0x7ee6, 61, 57},
    {0x0193, 0x7ee6, 62, 58}, {0x0149, 0x7f1a, 63, 59},
    {0x0149, 0x7f1a, 64, 60}, {0x010b, 0x7f45, 65, 61},
    {0x010b, 0x7f45, 66, 62}, {0x00d5, 0x7f6b, 67, 63},
    {0x00d5, 0x7f6b, 68, 64}, {0x00a5, 0x7f8d, 69, 65},
    {0x00a5, 0x7f8d, 70, 66}, {0x007b, 0x7faa, 71, 67},
    {0x007b, 0x7faa, 72, 68}, {0x0057, 0x7fc3, 73, 69},
    {0x0057, 0x7fc3, 74, 70}, {0x003b, 0x7fd7, 75, 71},
    {0x003b, 0x7fd7, 76, 72}, {0x0023, 0x7fe7, 77, 73},
    {0x0023, 0x7fe7, 78, 74}, {0x0013, 0x7ff2, 79, 75},
    {0x0013, 0x7ff2, 80, 76}, {0x0007, 0x7ffa, 81, 77},
    {0x0007, 0x7ffa, 82, 78}, {0x0001, 0x7fff, 81, 79},
    {0x0001, 0x7fff, 82, 80}, {0x5695, 0x0000, 9, 85},
    {0x24ee, 0x0000, 86, 226}, {0x8000, 0x0000, 5, 6},
    {0x0d30, 0x0000, 88, 176}, {0x481a, 0x0000, 89, 143},
    {0x0481, 0x0000, 90, 138}, {0x3579, 0x0000, 91, 141},
    {0x017a, 0x0000, 92, 112}, {0x24ef, 0x0000, 93, 135},
    {0x007b, 0x0000, 94, 104}, {0x1978, 0x0000, 95, 133},
    {0x0028, 0x0000, 96, 100}, {0x10ca, 0x0000, 97, 129},
    {0x000d, 0x0000, 82, 98}, {0x0b5d, 0x0000, 99, 127},
    {0x0034, 0x0000, 76, 72}, {0x078a, 0x0000, 101, 125},
    {0x00a0, 0x0000, 70, 102}, {0x050f, 0x0000, 103, 123},
    {0x0117, 0x0000, 66, 60}, {0x0358, 0x0000, 105, 121},
    {0x01ea, 0x0000, 106, 110}, {0x0234, 0x0000, 107, 119},
    {0x0144, 0x0000, 66, 108}, {0x0173, 0x0000, 109, 117},
    {0x0234, 0x0000, 60, 54}, {0x00f5, 0x0000, 111, 115},
    {0x0353, 0x0000, 56, 48}, {0x00a1, 0x0000, 69, 113},
    {0x05c5, 0x0000, 114, 134}, {0x011a, 0x0000, 65, 59},
    {0x03cf, 0x0000, 116, 132}, {0x01aa, 0x0000, 61, 55},
    {0x0285, 0x0000, 118, 130}, {0x0286, 0x0000, 57, 51},
    {0x01ab, 0x0000, 120, 128}, {0x03d3, 0x0000, 53, 47},
    {0x011a, 0x0000, 122, 126}, {0x05c5, 0x0000, 49, 41},
    {0x00ba, 0x0000, 124, 62}, {0x08ad, 0x0000, 43, 37},
    {0x007a, 0x0000, 72, 66}, {0x0ccc, 0x0000, 39, 31},
    {0x01eb, 0x0000, 60, 54}, {0x1302, 0x0000, 33, 25},
    {0x02e6, 0x0000, 56, 50}, {0x1b81, 0x0000, 29, 131},
    {0x045e, 0x0000, 52, 46}, {0x24ef, 0x0000, 23, 17},
    {0x0690, 0x0000, 48, 40}, {0x2865, 0x0000, 23, 15},
    {0x09de, 0x0000, 42, 136}, {0x3987, 0x0000, 137, 7},
    {0x0dc8, 0x0000, 38, 32}, {0x2c99, 0x0000, 21, 139},
    {0x10ca, 0x0000, 140, 172}, {0x3b5f, 0x0000, 15, 9},
    {0x0b5d, 0x0000, 142, 170}, {0x5695, 0x0000, 9, 85},
    {0x078a, 0x0000, 144, 168}, {0x8000, 0x0000, 141, 248},
    {0x050f, 0x0000, 146, 166}, {0x24ee, 0x0000, 147, 247},
    {0x0358, 0x0000, 148, 164}, {0x0d30, 0x0000, 149, 197},
    {0x0234, 0x0000, 150, 162}, {0x0481, 0x0000, 151, 95},
    {0x0173, 0x0000, 152, 160}, {0x017a, 0x0000, 153, 173},
    {0x00f5, 0x0000, 154, 158}, {0x007b, 0x0000, 155, 165},
    {0x00a1, 0x0000, 70, 156}, {0x0028, 0x0000, 157, 161},
    {0x011a, 0x0000, 66, 60}, {0x000d, 0x0000, 81, 159},
    {0x01aa, 0x0000, 62, 56}, {0x0034, 0x0000, 75, 71},
    {0x0286, 0x0000, 58, 52}, {0x00a0, 0x0000, 69, 163},
    {0x03d3, 0x0000, 54, 48}, {0x0117, 0x0000, 65, 59},
    {0x05c5, 0x0000, 50, 42}, {0x01ea, 0x0000, 167, 171},
    {0x08ad, 0x0000, 44, 38}, {0x0144, 0x0000, 65, 169},
    {0x0ccc, 0x0000, 40, 32}, {0x0234, 0x0000, 59, 53},
    {0x1302, 0x0000, 34, 26}, {0x0353, 0x0000, 55, 47},
    {0x1b81, 0x0000, 30, 174}, {0x05c5, 0x0000, 175, 193},
    {0x24ef, 0x0000, 24, 18}, {0x03cf, 0x0000, 177, 191},
    {0x2b74, 0x0000, 178, 222}, {0x0285, 0x0000, 179, 189},
    {0x201d, 0x0000, 180, 218}, {0x01ab, 0x0000, 181, 187},
    {0x1715, 0x0000, 182, 216}, {0x011a, 0x0000, 183, 185},
    {0x0fb7, 0x0000, 184, 214}, {0x00ba, 0x0000, 69, 61},
    {0x0a67, 0x0000, 186, 212}, {0x01eb, 0x0000, 59, 53},
    {0x06e7, 0x0000, 188, 210}, {0x02e6, 0x0000, 55, 49},
    {0x0496, 0x0000, 190, 208}, {0x045e, 0x0000, 51, 45},
    {0x030d, 0x0000, 192, 206}, {0x0690, 0x0000, 47, 39},
    {0x0206, 0x0000, 194, 204}, {0x09de, 0x0000, 41, 195},
    {0x0155, 0x0000, 196, 202}, {0x0dc8, 0x0000, 37, 31},
    {0x00e1, 0x0000, 198, 200}, {0x2b74, 0x0000, 199, 243},
    {0x0094, 0x0000, 72, 64}, {0x201d, 0x0000, 201, 239},
    {0x0188, 0x0000, 62, 56}, {0x1715, 0x0000, 203, 237},
    {0x0252, 0x0000, 58, 52}, {0x0fb7, 0x0000, 205, 235},
    {0x0383, 0x0000, 54, 48}, {0x0a67, 0x0000, 207, 233},
    {0x0547, 0x0000, 50, 44}, {0x06e7, 0x0000, 209, 231},
    {0x07e2, 0x0000, 46, 38}, {0x0496, 0x0000, 211, 229},
    {0x0bc0, 0x0000, 40, 34}, {0x030d, 0x0000, 213, 227},
    {0x1178, 0x0000, 36, 28}, {0x0206, 0x0000, 215, 225},
    {0x19da, 0x0000, 30, 22}, {0x0155, 0x0000, 217, 223},
    {0x24ef, 0x0000, 26, 16}, {0x00e1, 0x0000, 219, 221},
    {0x320e, 0x0000, 20, 220}, {0x0094, 0x0000, 71, 63},
    {0x432a, 0x0000, 14, 8}, {0x0188, 0x0000, 61, 55},
    {0x447d, 0x0000, 14, 224}, {0x0252, 0x0000, 57, 51},
    {0x5ece, 0x0000, 8, 2}, {0x0383, 0x0000, 53, 47},
    {0x8000, 0x0000, 228, 87}, {0x0547, 0x0000, 49, 43},
    {0x481a, 0x0000, 230, 246}, {0x07e2, 0x0000, 45, 37},
    {0x3579, 0x0000, 232, 244}, {0x0bc0, 0x0000, 39, 33},
    {0x24ef, 0x0000, 234, 238}, {0x1178, 0x0000, 35, 27},
    {0x1978, 0x0000, 138, 236}, {0x19da, 0x0000, 29, 21},
    {0x2865, 0x0000, 24, 16}, {0x24ef, 0x0000, 25, 15},
    {0x3987, 0x0000, 240, 8}, {0x320e, 0x0000, 19, 241},
    {0x2c99, 0x0000, 22, 242}, {0x432a, 0x0000, 13, 7},
    {0x3b5f, 0x0000, 16, 10}, {0x447d, 0x0000, 13, 245},
    {0x5695, 0x0000, 10, 2}, {0x5ece, 0x0000, 7, 1}, {0x8000, 0x0000, 244, 83},
    {0x8000, 0x0000, 249, 250}, {0x5695, 0x0000, 10, 2},
    {0x481a, 0x0000, 89, 143}, {0x481a, 0x0000, 230, 246},
};

struct coder {
    const unsigned char *next, *end;
    uint32_t a, code, fence, ahead;
    unsigned bits; /* of AHEAD that are still to come */
    int beyond;
    bool is_over;
};

static void refill(struct coder *z)
{
    while (z->bits <= 24) {
        unsigned byte = 0xff;
        if (z->next < z->end)
            byte = *z->next++;
        else if (--z->beyond < 1)
            z->is_over = true;
        z->ahead = z->ahead << 8 | byte;
        z->bits += 8;
    }
}

static void settle(struct coder *z, unsigned shift)
{
    z->bits -= shift;
    z->a = z->a << shift & 0xffff;
    z->code = (z->code << shift & 0xffff) |
              (z->ahead >> z->bits & ((1u << shift) - 1));
    if (z->bits < 16)
        refill(z);
    z->fence = z->code >= 0x8000 ? 0x7fff : z->code;
}

/* Takes the less likely bit: the interval is what lies above LIMIT. */
static void take_less_likely(struct coder *z, uint32_t limit)
{
    limit = 0x10000 - limit;
    z->a += limit;
    z->code += limit;
    unsigned shift = 0;
    while (shift < 16 && (z->a << shift & 0x8000))
        shift++;
    settle(z, shift);
}

static unsigned decode(struct coder *z, uint8_t *state)
{
    unsigned bit = *state & 1;
    uint32_t limit = z->a + states[*state].p;
    if (limit <= z->fence) {
        z->a = limit;
        return bit;
    }
    uint32_t most = 0x6000 + ((limit + z->a) >> 2);
    if (limit > most)
        limit = most;
    if (limit > z->code) {
        take_less_likely(z, limit);
        *state = states[*state].down;
        return bit ^ 1;
    }
    if (z->a >= states[*state].m)
        *state = states[*state].up;
    z->a = limit;
    settle(z, 1);
    return bit;
}

/* A bit that no context tells anything of. */
static unsigned decode_plain(struct coder *z)
{
    uint32_t limit = 0x8000 + (z->a >> 1);
    if (limit > z->code) {
        take_less_likely(z, limit);
        return 1;
    }
    z->a = limit;
    settle(z, 1);
    return 0;
}

static unsigned decode_number(struct coder *z, uint8_t *contexts, unsigned bits)
{
    unsigned n = 1;
    while (n < 1u << bits)
        n = n << 1 | decode(z, contexts + n - 1);
    return n - (1u << bits);
}

/* How near to the front the next byte stands; 256: here was the end. */
static unsigned decode_rank(struct coder *z, uint8_t *contexts, unsigned last)
{
    unsigned near = last < BZZ_NEAR ? last : BZZ_NEAR - 1;
    if (decode(z, contexts + near))
        return 0;
    contexts += BZZ_NEAR;
    if (decode(z, contexts + near))
        return 1;
    contexts += BZZ_NEAR;
    for (unsigned bits = 1; bits <= 7; bits++) {
        if (decode(z, contexts))
            return (1u << bits) + decode_number(z, contexts + 1, bits);
        contexts += 1u << bits;
    }
    return 256;
}

struct front {
    uint8_t order[256];
    uint32_t counts[BZZ_COUNTED], step;
    unsigned shift;
};

/* Moves the byte at RANK to where its frequency puts it. */
static uint8_t move_to_front(struct front *f, unsigned rank)
{
    uint8_t byte = f->order[rank];
    f->step += f->step >> f->shift;
    if (f->step > 0x10000000) {
        f->step >>= 24;
        for (int i = 0; i < BZZ_COUNTED; i++)
            f->counts[i] >>= 24;
    }
    uint32_t count = f->step;
    if (rank < BZZ_COUNTED)
        count += f->counts[rank];
    unsigned k = rank;
    for (; k >= BZZ_COUNTED; k--)
        f->order[k] = f->order[k - 1];
    for (; k > 0 && count >= f->counts[k - 1]; k--) {
        f->order[k] = f->order[k - 1];
        f->counts[k] = f->counts[k - 1];
    }
    f->order[k] = byte;
    f->counts[k] = count;
    return byte;
}

/* Undoes the sorting of DATA, whose end stands at MARK. False: there is no such
 * text. */
static bool unsort(uint8_t *data, uint32_t size, uint32_t mark)
{
    uint32_t starts[256] = { 0 }, place = 0, total = 1;
    uint32_t *nth = malloc(size * sizeof *nth); /* size is at most BZZ_BLOCK */
    if (!nth)
        return false;
    nth[mark] = 0;
    for (uint32_t i = 0; i < size; i++)
        if (i != mark)
            nth[i] = (uint32_t)data[i] << 24 | starts[data[i]]++;
    for (int c = 0; c < 256; c++) {
        uint32_t count = starts[c];
        starts[c] = total;
        total += count;
    }
    for (uint32_t last = size - 1; last > 0;) {
        uint32_t n = nth[place];
        data[--last] = (uint8_t)(n >> 24);
        place = starts[n >> 24] + (n & 0xffffff);
        if (place >= size)
            break;
    }
    free(nth);
    return place == mark;
}

/* A block of SIZE bytes behind the end of OUT, which has room for it. */
static int unpack_block(struct coder *z, uint8_t *contexts, uint32_t size,
                        struct buffer *out, struct error *e)
{
    struct front front = { .step = 4 };
    uint8_t *data = (uint8_t *)out->data + out->size;
    uint32_t mark = 0;
    unsigned rank = 3;
    for (int i = 0; i < 256; i++)
        front.order[i] = (uint8_t)i;
    if (decode_plain(z))
        front.shift = 1 + decode_plain(z);
    for (uint32_t i = 0; i < size; i++) {
        rank = decode_rank(z, contexts, rank);
        if (z->is_over)
            return error_set(e, ERROR_TRUNCATED, "the compressed data are cut");
        if (rank == 256) {
            data[i] = 0;
            mark = i;
        } else {
            data[i] = move_to_front(&front, rank);
        }
    }
    if (mark < 1 || !unsort(data, size, mark))
        return error_set(e, ERROR_DAMAGED, "the compressed data are damaged");
    out->size += size - 1;
    return 0;
}

static void coder_start(struct coder *z, const unsigned char *data, size_t size)
{
    *z = (struct coder){ .next = data, .end = data + size, .beyond = BZZ_BEYOND };
    for (int i = 0; i < 2; i++)
        z->code = z->code << 8 | (z->next < z->end ? *z->next++ : 0xffu);
    refill(z);
    z->fence = z->code >= 0x8000 ? 0x7fff : z->code;
}

int bzz_unpack(const unsigned char *data, size_t size, size_t limit,
               struct buffer *out, struct error *e)
{
    struct coder coder;
    uint8_t contexts[300] = { 0 };
    size_t start = out->size;
    coder_start(&coder, data, size);
    for (;;) {
        uint32_t block = 1;
        while (block < 1u << 24)
            block = block << 1 | decode_plain(&coder);
        block -= 1u << 24;
        if (coder.is_over)
            return error_set(e, ERROR_TRUNCATED, "the compressed data are cut");
        if (block == 0)
            return 0;
        if (block > BZZ_BLOCK)
            return error_set(e, ERROR_DAMAGED, "the compressed data are damaged");
        if (block > limit - (out->size - start))
            return error_set(e, ERROR_LIMIT, "larger than %zu MiB", limit >> 20);
        buffer_reserve(out, block);
        if (unpack_block(&coder, contexts, block, out, e) < 0)
            return -1;
    }
}
