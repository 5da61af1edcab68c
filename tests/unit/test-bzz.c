/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-bzz.c - what bzz of DjVuLibre packed, whole and cut. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "format/bzz.h"

static const unsigned char hello[] = {
    0xff, 0xff, 0xea, 0xfa, 0xd1, 0x15, 0x5e, 0x50, 0x2c, 0x4d, 0xbf, 0x76,
    0xfb, 0x8a, 0x4c, 0x87, 0xa3,
};

static const unsigned char many[] = {
    0xff, 0x3c, 0xae, 0xfe, 0xfe, 0xad, 0x20, 0x37, 0x26, 0x89, 0x8e, 0x61,
    0x9b, 0x07, 0x45, 0x96, 0x1a, 0xe9, 0xe5, 0x79, 0x05, 0x81, 0xb3, 0x99,
    0x4c, 0xe8, 0x3f, 0x33, 0x33, 0x80, 0xdb, 0x88, 0xc3, 0xa5, 0xd5, 0x03,
    0xc9, 0x50, 0xdb, 0xe8, 0xb9, 0x33, 0x90, 0x03, 0x81, 0x0b, 0x14, 0x50,
    0x0b, 0x93, 0x73, 0xb4, 0xc5, 0x3e, 0x89, 0x7a, 0x90, 0x28, 0x84, 0x6a,
    0x99, 0xc8, 0xb6, 0x83, 0x30, 0x80, 0xc4, 0x91,
};

#define SENTENCE "The ferry leaves at six. "

Test(bzz, unpacks)
{
    struct buffer out = { 0 };
    struct error e = { 0 };
    cr_assert_eq(bzz_unpack(hello, sizeof hello, 100, &out, &e), 0);
    cr_expect_str_eq(buffer_string(&out), "hello, hello, hello\n");
    cr_assert_eq(bzz_unpack(many, sizeof many, 1 << 20, &out, &e), 0);
    cr_assert_eq(out.size, 20 + 2000 * (sizeof SENTENCE - 1));
    for (size_t i = 20; i < out.size; i += sizeof SENTENCE - 1)
        cr_expect_eq(memcmp(out.data + i, SENTENCE, sizeof SENTENCE - 1), 0);
    buffer_free(&out);
}

Test(bzz, has_a_limit)
{
    struct buffer out = { 0 };
    struct error e = { 0 };
    cr_expect_eq(bzz_unpack(many, sizeof many, 1000, &out, &e), -1);
    cr_expect_eq(e.kind, ERROR_LIMIT);
    cr_expect_eq(out.size, 0);
    buffer_free(&out);
}

Test(bzz, cut_and_damaged)
{
    for (size_t size = 0; size < sizeof many; size++) {
        /* Copies of just that size, for sanitizers. */
        unsigned char *copy = malloc(size + 1);
        struct buffer out = { 0 };
        struct error e = { 0 };
        memcpy(copy, many, size);
        int r = bzz_unpack(copy, size, 1 << 20, &out, &e);
        cr_expect(r == 0 || e.kind != ERROR_NONE);
        buffer_clear(&out);
        memcpy(copy, many, size);
        if (size)
            copy[size / 2] ^= 0x55;
        (void)bzz_unpack(copy, size, 1 << 20, &out, &e);
        buffer_free(&out);
        free(copy);
    }
}
