/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-charsets.c - texts of 47 languages, cut to lengths as files
 * have them, in each charset that was customary for them: how many come back. */
#include <config.h>

#include <criterion/criterion.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/utf8.h"
#include "format/charset.h"

/* What is asked of texts of each length, in thousandths. */
static struct length {
    size_t characters, step, starts;
    unsigned floor;
    size_t right, all;
} lengths[] = {
    {.characters = 40, .step = 45, .starts = 8, .floor = 985},
    {.characters = 120, .step = 60, .starts = 6, .floor = 1000},
    {.characters = 400, .step = 100, .starts = 4, .floor = 1000},
    {.characters = 2000, .step = 150, .starts = 2, .floor = 1000},
};

struct collector {
    struct emit emit;
    struct buffer text;
};

static int collect(struct emit *emit, const char *text, size_t size)
{
    struct collector *c = (struct collector *)emit;
    buffer_append(&c->text, text, size);
    return 0;
}

/* --- text --- */

static size_t character_size(const char *p)
{
    size_t size = 1;
    while (((unsigned char)p[size] & 0xc0) == 0x80)
        size++;
    return size;
}

/* COUNT characters of TEXT, which is read as a ring, from the word on that
 * begins at its character START or behind it. */
static void cut(const char *text, size_t start, size_t count, struct buffer *to)
{
    const char *p = text;
    for (size_t i = 0; i < start; i++) {
        p += character_size(p);
        p = *p != '\0' ? p : text;
    }
    const char *blank = strchr(p, ' ');
    if (start > 0 && blank != NULL && blank - p < 30)
        p = blank + 1;
    buffer_clear(to);
    while (count-- > 0) {
        if (*p == '\0') {
            buffer_append_char(to, '\n');
            p = text;
            continue;
        }
        buffer_append(to, p, character_size(p));
        p += character_size(p);
    }
}

/* What was typed for characters that a charset did not have. */
static const char *substitute(const char *character)
{
    static const char *const pairs[][2] = {
        {"„", "\""}, {"“", "\""}, {"”", "\""}, {"’", "'"}, {"–", "-"},
        {"€", "EUR"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        if (strncmp(character, pairs[i][0], strlen(pairs[i][0])) == 0)
            return pairs[i][1];
    }
    cr_expect_fail("%s", character);
    return "";
}

static bool convert(iconv_t converter, const char *text, size_t size,
                    struct buffer *to)
{
    char *in = (char *)text;
    size_t room = size * 4 + 32;
    buffer_clear(to);
    buffer_reserve(to, room);
    char *out = to->data;
    bool done = iconv(converter, &in, &size, &out, &room) != (size_t)-1 &&
                iconv(converter, NULL, NULL, &out, &room) != (size_t)-1;
    if (!done) {
        cr_assert_eq(errno, EILSEQ);
        iconv(converter, NULL, NULL, NULL, NULL);
    }
    to->size = (size_t)(out - to->data);
    return done;
}

/* TEXT in CHARSET; what that lacks is substituted in TEXT too. */
static void encode(const char *charset, struct buffer *text, struct buffer *to)
{
    iconv_t converter = iconv_open(charset, "UTF-8");
    cr_assert_neq(converter, (iconv_t)-1, "%s", charset);
    struct buffer plain = {0};
    for (const char *p = buffer_string(text); *p != '\0'; p += character_size(p)) {
        if (convert(converter, p, character_size(p), to))
            buffer_append(&plain, p, character_size(p));
        else
            buffer_append_string(&plain, substitute(p));
    }
    buffer_free(text);
    *text = plain;
    buffer_string(text);
    cr_assert(convert(converter, text->data, text->size, to));
    iconv_close(converter);
}

/* Writes the letters with comma that ISO-8859-16 has as those with cedilla,
 * whose bytes are the same in ISO-8859-2 and windows-1250. */
static const char *folded(struct buffer *text)
{
    buffer_string(text);
    for (char *p = text->data; *p != '\0'; p++) {
        if (p[0] == '\xc8' && (unsigned char)(p[1] - '\x98') < 4) {
            p[1] = (char)(p[1] < '\x9a' ? p[1] + 6 : p[1] + 8);
            p[0] = '\xc5';
        }
    }
    return text->data;
}

/* --- the table --- */

static bool report;

static void try(const char *language, const char *charset, const char *text,
                struct length *length, bool marked)
{
    struct buffer truth = {0}, bytes = {0};
    for (size_t i = 0; i < length->starts; i++) {
        cut(text, i * length->step, length->characters, &truth);
        encode(charset, &truth, &bytes);
        if (strcmp(charset, "UTF-8") != 0 && bytes.size == truth.size &&
            memcmp(bytes.data, truth.data, bytes.size) == 0)
            continue; /* ASCII */
        if (marked) {
            struct buffer mark = {0};
            buffer_append_string(&mark, "\xef\xbb\xbf");
            buffer_append(&mark, truth.data, truth.size);
            encode(charset, &mark, &bytes);
            buffer_free(&mark);
        }
        const unsigned char *data = (const unsigned char *)bytes.data;
        struct collector collector = {.emit = { .text = collect }};
        struct charset c;
        uint64_t bad;
        charset_detect(data, bytes.size, &c);
        charset_convert(data + c.mark, bytes.size - c.mark, c.name,
                        &collector.emit, &bad);
        bool plausible = charset_is_plausible(data, bytes.size, false);
        bool right = plausible && strcmp(folded(&collector.text), folded(&truth)) == 0;
        length->all++;
        length->right += right;
        if (!right && report)
            fprintf(stderr, "%s %s %zu: %s%s: %.60s\n", language, charset,
                    length->characters, c.name, plausible ? "" : ", not text",
                    collector.text.data);
        buffer_free(&collector.text);
    }
    buffer_free(&truth);
    buffer_free(&bytes);
}

static void try_lengths(const char *language, const char *charset, const char *text,
                        bool marked)
{
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++)
        try(language, charset, text, &lengths[i], marked);
}

static void try_language(char *names, const char *text)
{
    static const char *const unicode[] = {"UTF-8", "UTF-16LE", "UTF-16BE",
                                          "UTF-32LE", "UTF-32BE"};
    char *rest, *language = strtok_r(names, " ", &rest);
    for (char *name; (name = strtok_r(NULL, " ", &rest)) != NULL;)
        try_lengths(language, name, text, false);
    for (size_t i = 0; i < sizeof unicode / sizeof unicode[0]; i++) {
        try_lengths(language, unicode[i], text, false);
        try_lengths(language, unicode[i], text, true);
    }
}

Test(charsets, come_back)
{
    const char *srcdir = getenv("srcdir");
    char *path = xasprintf("%s/tests/unit/charsets.txt", srcdir != NULL ? srcdir : ".");
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    report = getenv("CHARSETS_REPORT") != NULL;
    char *names = NULL, *text = NULL, *blank = NULL;
    size_t room[3] = {0};
    while (getline(&names, &room[0], file) > 0 && getline(&text, &room[1], file) > 0) {
        names[strcspn(names, "\n")] = text[strcspn(text, "\n")] = '\0';
        try_language(names, text);
        if (getline(&blank, &room[2], file) < 0)
            break;
    }
    fclose(file);
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        struct length *l = &lengths[i];
        if (report)
            fprintf(stderr, "%zu characters: %zu of %zu\n", l->characters, l->right,
                    l->all);
        cr_expect_gt(l->all, 500);
        cr_expect_geq(l->right * 1000, l->all * l->floor, "%zu characters: %zu of %zu",
                      l->characters, l->right, l->all);
    }
    free(names);
    free(text);
    free(blank);
    free(path);
}
