/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msgrtf.c - words of RTF, as far as a wrapping uses them. */
#include <config.h>

#include "format/msgrtf.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "format/codepage.h"

/* Groups within groups; deeper ones are as the one around them. */
#define DEPTH 128

/* Letters of a word; longer ones are none that counts here. */
#define WORD 32

struct state {
    bool is_skipped; /* a font table, a style sheet, ... */
    bool is_rtf;     /* stands in for HTML that is there too */
    bool is_tag;     /* HTML as it was */
    unsigned behind; /* characters that stand in for one of Unicode */
};

struct unwrapping {
    const char *p, *end;
    struct buffer *out;
    struct buffer raw; /* bytes of the code page */
    unsigned codepage;
    enum msgrtf kind;
    struct state states[DEPTH];
    int depth;
    unsigned skip;     /* of the characters that come */
    uint32_t high;     /* surrogate that waits for its other half */
};

static struct state *state(struct unwrapping *u)
{
    return &u->states[u->depth < DEPTH ? u->depth : DEPTH - 1];
}

static bool is_shown(struct unwrapping *u)
{
    const struct state *s = state(u);
    return !s->is_skipped && (s->is_tag || !s->is_rtf);
}

static void flush(struct unwrapping *u)
{
    codepage_append(u->out, u->codepage, (const unsigned char *)u->raw.data,
                    u->raw.size);
    buffer_clear(&u->raw);
}

static void put_byte(struct unwrapping *u, unsigned char byte)
{
    if (u->skip > 0)
        u->skip--;
    else if (is_shown(u))
        buffer_append_char(&u->raw, (char)byte);
}

static void put_code(struct unwrapping *u, uint32_t c)
{
    u->skip = state(u)->behind;
    if (!is_shown(u))
        return;
    flush(u);
    if (c >= 0xd800 && c < 0xdc00) {
        u->high = c;
        return;
    }
    if (c >= 0xdc00 && c < 0xe000 && u->high != 0)
        c = 0x10000 + ((u->high - 0xd800) << 10) + (c - 0xdc00);
    u->high = 0;
    utf8_append(u->out, c);
}

static void put_character(struct unwrapping *u, uint32_t c)
{
    if (!is_shown(u))
        return;
    flush(u);
    utf8_append(u->out, c);
}

static bool is_destination(const char *word)
{
    static const char *const words[] = {
        "fonttbl", "colortbl", "stylesheet", "info", "pict", "header",
        "footer", "generator", "listtable", "listoverridetable", "object",
        "themedata", "datastore", "xmlnstbl", "rsidtbl", "fldinst",
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(word, words[i]) == 0)
            return true;
    }
    return false;
}

static void word_apply(struct unwrapping *u, const char *word, bool has_number,
                       long number)
{
    static const struct {
        const char *word;
        uint32_t c;
    } characters[] = {
        {"par", '\n'},        {"line", '\n'},      {"tab", '\t'},
        {"lquote", 0x2018},   {"rquote", 0x2019},  {"ldblquote", 0x201c},
        {"rdblquote", 0x201d}, {"bullet", 0x2022}, {"endash", 0x2013},
        {"emdash", 0x2014},
    };
    struct state *s = state(u);
    if (strcmp(word, "u") == 0)
        put_code(u, (uint32_t)number & 0xffff);
    else if (strcmp(word, "uc") == 0)
        s->behind = number >= 0 && number < 16 ? (unsigned)number : 1;
    else if (strcmp(word, "ansicpg") == 0)
        u->codepage = (unsigned)number & 0xffff;
    else if (strcmp(word, "fromhtml") == 0)
        u->kind = MSGRTF_HTML;
    else if (strcmp(word, "fromtext") == 0)
        u->kind = MSGRTF_TEXT;
    else if (strcmp(word, "htmlrtf") == 0)
        s->is_rtf = !has_number || number != 0;
    else if (strcmp(word, "htmltag") == 0)
        s->is_tag = true, s->is_skipped = false;
    else if (is_destination(word))
        s->is_skipped = true;
    for (size_t i = 0; i < sizeof characters / sizeof characters[0]; i++) {
        if (strcmp(word, characters[i].word) == 0)
            put_character(u, characters[i].c);
    }
}

/* A word of letters at u->p, with its number and the blank that ends it. */
static void word_read(struct unwrapping *u)
{
    char word[WORD + 1];
    size_t size = 0;
    long number = 0;
    bool has_number = false, is_negative = false;
    for (; u->p < u->end && isalpha((unsigned char)*u->p); u->p++) {
        if (size < WORD)
            word[size++] = *u->p;
    }
    word[size] = '\0';
    if (u->end - u->p >= 2 && *u->p == '-' && isdigit((unsigned char)u->p[1])) {
        is_negative = true;
        u->p++;
    }
    for (; u->p < u->end && isdigit((unsigned char)*u->p); u->p++) {
        has_number = true;
        if (number < 100000000)
            number = 10 * number + (*u->p - '0');
    }
    if (u->p < u->end && *u->p == ' ')
        u->p++;
    word_apply(u, word, has_number, is_negative ? -number : number);
}

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0'
           : isxdigit((unsigned char)c) ? (c | 32) - 'a' + 10 : -1;
}

/* What a backslash begins. */
static void escape(struct unwrapping *u)
{
    if (u->p == u->end)
        return;
    char c = *u->p;
    if (isalpha((unsigned char)c)) {
        word_read(u);
        return;
    }
    u->p++;
    if (c == '\'' && u->end - u->p >= 2) {
        int high = hex(u->p[0]), low = hex(u->p[1]);
        u->p += 2;
        if (high >= 0 && low >= 0)
            put_byte(u, (unsigned char)(16 * high + low));
    } else if (c == '*') {
        /* Taken back by the one destination that is known. */
        state(u)->is_skipped = true;
    } else if (c == '~') {
        put_character(u, 0xa0);
    } else if (c == '_') {
        put_character(u, 0x2011);
    } else if (c == '\r' || c == '\n') {
        put_character(u, '\n');
    } else if (c != '-') {
        put_byte(u, (unsigned char)c);
    }
}

enum msgrtf msgrtf_unwrap(const char *rtf, size_t size, struct buffer *out)
{
    struct unwrapping u = {.p = rtf, .end = rtf + size, .out = out,
                           .codepage = CODEPAGE_WINDOWS};
    size_t before = out->size;
    u.states[0].behind = 1;
    while (u.p < u.end) {
        char c = *u.p++;
        if (c == '{') {
            struct state inner = *state(&u);
            u.depth++;
            *state(&u) = inner;
        } else if (c == '}') {
            if (u.depth > 0)
                u.depth--;
        } else if (c == '\\') {
            escape(&u);
        } else if (c != '\r' && c != '\n' && c != '\0') {
            put_byte(&u, (unsigned char)c);
        }
    }
    flush(&u);
    buffer_free(&u.raw);
    if (u.kind == MSGRTF_NONE)
        out->size = before;
    return u.kind;
}
