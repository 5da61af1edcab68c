/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetmargin.c - a code is a letter, or that and what belongs to it. */
#include <config.h>

#include "format/sheetmargin.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "format/sheetbook.h"

/* What programs write about page numbers: "Page &P of &N". */
static const char *const counting[] = {
    "page", "pg", "p", "of", "seite", "von", "s", "pagina", "p\u00e1gina",
    "p\u00e0gina", "pag", "p\u00e1g", "di", "de", "van", "sur", "sida", "side", "av",
    "af", "sivu", "strana", "strona", "z",
    "\u0441\u0442\u0440", "\u0421\u0442\u0440",
    "\u0441\u0442\u0440\u0430\u043d\u0438\u0446\u0430",
    "\u0421\u0442\u0440\u0430\u043d\u0438\u0446\u0430", "\u0438\u0437",
    "\u9875", "\u7b2c", "\u5171", "\u30da\u30fc\u30b8",
};

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || ((unsigned char)c & 0x80) != 0;
}

/* Nothing but words of that kind and signs. */
static bool counts_pages(const char *p, const char *end)
{
    while (p < end) {
        const char *word = p;
        while (p < end && is_word(*p))
            p++;
        size_t size = (size_t)(p - word);
        bool known = size == 0;
        for (size_t i = 0; !known && i < sizeof counting / sizeof *counting; i++)
            known = strlen(counting[i]) == size &&
                    strncasecmp(counting[i], word, size) == 0;
        if (!known)
            return false;
        p += size == 0;
    }
    return true;
}

/* Takes a part that is finished back when all it does is number the pages. */
static void end_part(struct buffer *out, size_t start, bool numbers)
{
    if (numbers && out->size > start &&
        counts_pages(out->data + start, out->data + out->size))
        out->size = start;
}

/* The end of the code that begins at P, behind its '&'; P < END. What it ends
 * is UTF-8, of which no character is divided. */
static const char *sheetmargin_code(const char *p, const char *end)
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

void sheetmargin_append(struct buffer *out, const char *p, size_t size)
{
    const char *end = p + size;
    size_t start = out->size, part = start;
    bool numbers = false;
    while (p < end) {
        const char *mark = memchr(p, '&', (size_t)(end - p));
        sheetbook_append(out, p, (size_t)((mark ? mark : end) - p));
        if (!mark || ++mark == end)
            break;
        if (*mark == '&') {
            buffer_append_char(out, '&');
        } else if (*mark == 'P' || *mark == 'N') {
            numbers = true;
        } else if (strchr("LCR", *mark)) {
            end_part(out, part, numbers);
            numbers = false;
            if (out->size > start)
                buffer_append_char(out, '\t');
            part = out->size;
        }
        p = sheetmargin_code(mark, end);
    }
    end_part(out, part, numbers);
    while (out->size > start && strchr(" \t", out->data[out->size - 1]))
        out->size--;
    if (out->size > start)
        buffer_append_char(out, '\n');
}
