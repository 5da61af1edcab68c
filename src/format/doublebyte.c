/* SPDX-License-Identifier: GPL-3.0-or-later */
/* doublebyte.c - EUC, Shift JIS, Big5, GB 18030 and the Korean code page: their
 * standards put the more common characters of a script into blocks of their
 * own, and a list has the most common ones. */
#include <config.h>

#include "format/doublebyte.h"

#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "format/alphabets.h"

/* In hundredths of nats: the share of such characters in ordinary text over
 * how many there are. */
enum {
    COST_MOST = 460,      /* the first 40 of the list, and kana */
    COST_MORE = 640,      /* the others of it */
    COST_KATAKANA = 700,
    COST_LEVEL1 = 930,    /* the block of common ones */
    COST_SIGN = 1000,     /* digits and letters of full width, frames */
    COST_LEVEL2 = 1250,   /* the other block */
    COST_HALF = 800,      /* katakana of half width */
    COST_RARE = 1600,
    COST_BAD = 2000,      /* no character at all */
    COST_ASCII = 500,     /* a letter of ASCII among them */
};

#define MOST 40

/* --- the common characters --- */

#define COMMON_MAX 640

struct entry {
    uint16_t code;
    uint16_t cost;
};

static struct {
    struct entry entries[COMMON_MAX];
    size_t count;
} lists[8];

static int entry_compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    return (x->code > y->code) - (x->code < y->code);
}

static void list_add(size_t index, iconv_t converter, const char *characters,
                     size_t most)
{
    for (const char *p = characters; *p != '\0' && lists[index].count < COMMON_MAX;) {
        size_t length = 1;
        while (((unsigned char)p[length] & 0xc0) == 0x80)
            length++;
        char code[8], *in = (char *)p, *out = code;
        size_t room = sizeof code, left = length;
        if (iconv(converter, &in, &left, &out, &room) != (size_t)-1 &&
            out - code == 2) {
            struct entry *entry = &lists[index].entries[lists[index].count++];
            entry->code = (uint16_t)((unsigned char)code[0] << 8 |
                                     (unsigned char)code[1]);
            entry->cost = most > 0 ? COST_MOST : COST_MORE;
        }
        most -= most > 0;
        p += length;
    }
}

void doublebyte_prepare(void)
{
    for (size_t i = 0; i < commons_count && i < sizeof lists / sizeof lists[0]; i++) {
        iconv_t converter = iconv_open(commons[i].charset, "UTF-8");
        if (converter == (iconv_t)-1)
            continue;
        list_add(i, converter, commons[i].most, MOST);
        list_add(i, converter, commons[i].more, MOST / 2);
        iconv_close(converter);
        qsort(lists[i].entries, lists[i].count, sizeof(struct entry), entry_compare);
    }
}

/* --- how likely a character is --- */

/* The charsets' own order, as in `commons`. */
enum { GB18030, BIG5, EUC_TW, EUC_JP, SHIFT_JIS, UHC };

static bool within(unsigned code, unsigned first, unsigned last)
{
    return code >= first && code <= last;
}

static bool is_trail(size_t index, unsigned trail)
{
    switch (index) {
    case GB18030:
        return within(trail, 0x40, 0x7e) || within(trail, 0x80, 0xfe);
    case BIG5:
        return within(trail, 0x40, 0x7e) || within(trail, 0xa1, 0xfe);
    case SHIFT_JIS:
        return within(trail, 0x40, 0x7e) || within(trail, 0x80, 0xfc);
    case UHC:
        return within(trail, 0x41, 0x5a) || within(trail, 0x61, 0x7a) ||
               within(trail, 0x81, 0xfe);
    default:
        return within(trail, 0xa1, 0xfe);
    }
}

static bool is_lead(size_t index, unsigned lead)
{
    switch (index) {
    case SHIFT_JIS:
        return within(lead, 0x81, 0x9f) || within(lead, 0xe0, 0xfc);
    case BIG5:
    case GB18030:
    case UHC:
        return within(lead, 0x81, 0xfe);
    default:
        return within(lead, 0xa1, 0xfe);
    }
}

/* Blocks of characters of two bytes, by the first byte. */
struct block {
    unsigned char first, last;
    uint16_t cost;
};

static const struct block blocks[][6] = {
    [GB18030] = {{0xa1, 0xa3, COST_SIGN}, {0xb0, 0xd7, COST_LEVEL1},
                 {0xd8, 0xf7, COST_LEVEL2}},
    [BIG5] = {{0xa1, 0xa3, COST_SIGN}, {0xa4, 0xc6, COST_LEVEL1},
              {0xc9, 0xf9, COST_LEVEL2}},
    [EUC_TW] = {{0xa1, 0xa3, COST_SIGN}, {0xc4, 0xfd, COST_LEVEL1}},
    [EUC_JP] = {{0xa1, 0xa3, COST_SIGN}, {0xa4, 0xa4, COST_MOST},
                {0xa5, 0xa5, COST_KATAKANA}, {0xb0, 0xcf, COST_LEVEL1},
                {0xd0, 0xf4, COST_LEVEL2}},
    [SHIFT_JIS] = {{0x81, 0x81, COST_SIGN}, {0x88, 0x97, COST_LEVEL1},
                   {0x98, 0x9f, COST_LEVEL2}, {0xe0, 0xea, COST_LEVEL2}},
    [UHC] = {{0xa1, 0xa3, COST_SIGN}, {0xb0, 0xc8, COST_LEVEL1},
             {0x81, 0xa0, COST_LEVEL2}, {0xca, 0xfd, COST_LEVEL2}},
};

static long pair_cost(size_t index, unsigned lead, unsigned trail)
{
    struct entry key = {.code = (uint16_t)(lead << 8 | trail)};
    const struct entry *entry = bsearch(&key, lists[index].entries, lists[index].count,
                                        sizeof key, entry_compare);
    if (entry != NULL)
        return entry->cost;
    if (index == SHIFT_JIS && within(key.code, 0x829f, 0x82f1))
        return COST_MOST;
    if (index == SHIFT_JIS && within(key.code, 0x8340, 0x8396))
        return COST_KATAKANA;
    /* Only GBK's and the code page's own characters end below. */
    if ((index == GB18030 || index == UHC) && trail < 0xa1)
        return index == UHC && lead > 0xc6 ? COST_RARE : COST_LEVEL2 + 100;
    for (const struct block *b = blocks[index]; b < blocks[index] + 6 && b->cost; b++) {
        if (lead >= b->first && lead <= b->last)
            return b->cost;
    }
    return COST_RARE;
}

/* How long a character of another length than two is; 0: it is none. */
static size_t other_length(size_t index, const unsigned char *data, size_t size)
{
    if (index == SHIFT_JIS)
        return within(*data, 0xa1, 0xdf);
    if (index == EUC_JP && *data == 0x8e)
        return size > 1 && within(data[1], 0xa1, 0xdf) ? 2 : 0;
    if (index == EUC_JP && *data == 0x8f)
        return size > 2 && data[1] >= 0xa1 && data[2] >= 0xa1 ? 3 : 0;
    if (index == EUC_TW && *data == 0x8e)
        return size > 3 && within(data[1], 0xa1, 0xb0) && data[2] >= 0xa1 &&
                       data[3] >= 0xa1
                   ? 4
                   : 0;
    if (index == GB18030 && size > 3 && within(*data, 0x81, 0xfe) &&
        within(data[1], '0', '9') && within(data[2], 0x81, 0xfe) &&
        within(data[3], '0', '9'))
        return 4;
    return 0;
}

long doublebyte_cost(size_t index, const unsigned char *data, const bool *in_word,
                     size_t size)
{
    long cost = 0;
    for (size_t i = 0; i < size;) {
        if (data[i] < 0x80) {
            cost += in_word[i] ? COST_ASCII : 0;
            i++;
            continue;
        }
        size_t length = other_length(index, data + i, size - i);
        if (length > 0) {
            cost += length > 2 ? COST_RARE : COST_HALF;
            i += length;
        } else if (is_lead(index, data[i]) && i + 1 == size) {
            cost += COST_LEVEL1;
            i++;
        } else if (is_lead(index, data[i]) && is_trail(index, data[i + 1])) {
            cost += pair_cost(index, data[i], data[i + 1]);
            i += 2;
        } else {
            cost += COST_BAD;
            i++;
        }
    }
    return cost;
}
