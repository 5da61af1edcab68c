/* SPDX-License-Identifier: GPL-3.0-or-later */
/* levenshtein.c - edit distance of pairs of texts: levenshtein A B [C D]...
 * Prints for each pair the distance and both lengths, in characters of UTF-8
 * (a byte that is none counts as one character of its own).
 *
 * The bit-parallel algorithm of Myers (JACM 46, 1999) in Hyyrö's form for whole
 * strings: 64 rows of the matrix a step. Two texts of 100,000 characters are 160
 * million steps. */
#include <config.h>

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { CODES = 0x110000 + 256, WORD = 64 };

struct text {
    uint32_t *codes;
    size_t length;
};

/* A column of the matrix, as differences to the row above. */
struct block {
    uint64_t up, down;
};

/* Anywhere above Unicode, so that it equals nothing but itself. */
static uint32_t text_stray(unsigned char byte)
{
    return 0x110000 + byte;
}

static size_t text_decode(const unsigned char *at, size_t left, uint32_t *code)
{
    size_t more = *at < 0x80 ? 0 : *at < 0xC2 ? 4 : *at < 0xE0 ? 1 :
                  *at < 0xF0 ? 2 : *at < 0xF5 ? 3 : 4;
    *code = text_stray(*at);
    if (more == 4 || more >= left)
        return 1;
    uint32_t value = more == 0 ? *at : *at & (0x3FU >> more);
    for (size_t i = 1; i <= more; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (at[i] & 0x3F);
    }
    if (value >= 0x110000)
        return 1;
    *code = value;
    return more + 1;
}

static struct text text_read(const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in || fseek(in, 0, SEEK_END))
        err(2, "%s", path);
    long size = ftell(in);
    rewind(in);
    unsigned char *bytes = malloc((size_t)size + 1);
    uint32_t *codes = calloc((size_t)size + 1, sizeof *codes);
    if (!bytes || !codes || fread(bytes, 1, (size_t)size, in) != (size_t)size)
        err(2, "%s", path);
    fclose(in);

    struct text text = {.codes = codes};
    for (size_t at = 0; at < (size_t)size;)
        at += text_decode(bytes + at, (size_t)size - at, &codes[text.length++]);
    free(bytes);
    return text;
}

/* For each code in PATTERN a row of bits, one for each place where it stands.
 * Row 0, of codes that do not occur, is empty. */
static uint64_t *places(const struct text *pattern, size_t blocks, uint32_t *row_of)
{
    uint32_t rows = 1;
    for (size_t i = 0; i < pattern->length; i++)
        if (row_of[pattern->codes[i]] == 0)
            row_of[pattern->codes[i]] = rows++;
    uint64_t *bits = calloc(rows * blocks + 1, sizeof *bits);
    if (!bits)
        err(2, NULL);
    for (size_t i = 0; i < pattern->length; i++)
        bits[row_of[pattern->codes[i]] * blocks + i / WORD] |=
            UINT64_C(1) << i % WORD;
    return bits;
}

/* One column of one block. CARRY is the difference that comes in above, and
 * becomes the one in the row of LAST. */
static void step(struct block *block, uint64_t equal, uint64_t last, int *carry)
{
    uint64_t across = equal | block->down;
    equal |= *carry < 0;
    uint64_t along = (((equal & block->up) + block->up) ^ block->up) | equal;
    uint64_t more = block->down | ~(along | block->up);
    uint64_t less = block->up & along;
    int out = (more & last) != 0 ? 1 : (less & last) != 0 ? -1 : 0;
    more = more << 1 | (*carry > 0);
    less = less << 1 | (*carry < 0);
    block->up = less | ~(across | more);
    block->down = more & across;
    *carry = out;
}

static size_t distance(const struct text *pattern, const struct text *text)
{
    if (pattern->length == 0)
        return text->length;
    size_t blocks = (pattern->length + WORD - 1) / WORD;
    uint64_t last = UINT64_C(1) << (pattern->length - 1) % WORD;
    uint32_t *row_of = calloc(CODES, sizeof *row_of);
    struct block *column = calloc(blocks, sizeof *column);
    if (!row_of || !column)
        err(2, NULL);
    uint64_t *bits = places(pattern, blocks, row_of);
    for (size_t b = 0; b < blocks; b++)
        column[b].up = UINT64_MAX;

    size_t result = pattern->length;
    for (size_t i = 0; i < text->length; i++) {
        const uint64_t *equal = bits + row_of[text->codes[i]] * blocks;
        int carry = 1;
        for (size_t b = 0; b < blocks - 1; b++)
            step(&column[b], equal[b], UINT64_C(1) << (WORD - 1), &carry);
        step(&column[blocks - 1], equal[blocks - 1], last, &carry);
        result += (size_t)carry;
    }
    free(bits);
    free(column);
    free(row_of);
    return result;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc % 2 == 0)
        errx(2, "usage: levenshtein A B [C D]...");
    for (int i = 1; i < argc; i += 2) {
        struct text a = text_read(argv[i]), b = text_read(argv[i + 1]);
        printf("%zu %zu %zu\n", distance(&a, &b), a.length, b.length);
        free(a.codes);
        free(b.codes);
    }
    return 0;
}
