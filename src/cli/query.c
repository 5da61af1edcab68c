/* SPDX-License-Identifier: GPL-3.0-or-later */
/* query.c - every word becomes a string of FTS5, in which only '"' means anything. */
#include <config.h>

#include <glib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/query.h"

/* Letters of a token of FTS5's trigram tokenizer. */
#define QUERY_TRIGRAM 3

struct query_term {
    const char *text;
    size_t size;
    bool prefix;
};

static bool query_is_blank(char c)
{
    return c && strchr(" \t\n\v\f\r", c) != NULL;
}

/* Takes the next term from *TEXT; false: there is none. A quote opens a phrase where
 * a word could begin; one that is not closed goes to the end. */
static bool query_next(const char **text, struct query_term *term)
{
    const char *p = *text;
    while (query_is_blank(*p))
        p++;
    if (!*p)
        return false;
    bool quoted = *p == '"';
    p += quoted;
    term->text = p;
    while (*p && (quoted ? *p != '"' : !query_is_blank(*p)))
        p++;
    term->size = (size_t)(p - term->text);
    if (quoted) {
        p += *p == '"';
        term->prefix = *p == '*';
        p += term->prefix;
    } else {
        term->prefix = term->size > 1 && p[-1] == '*';
        term->size -= term->prefix;
    }
    *text = p;
    return true;
}

/* Whether unicode61 makes a token of C: letters, digits, and what is private. */
static bool query_is_token(gunichar c)
{
    GUnicodeType type = g_unichar_type(c);
    return g_unichar_isalnum(c) || type == G_UNICODE_LETTER_NUMBER ||
           type == G_UNICODE_OTHER_NUMBER || type == G_UNICODE_PRIVATE_USE;
}

/* Whether the index can hold TERM, which is UTF-8. */
static bool query_is_word(const char *term, size_t size)
{
    const char *end = term + size;
    for (const char *p = term; p < end; p = g_utf8_next_char(p))
        if (query_is_token(g_utf8_get_char(p)))
            return true;
    return false;
}

static void query_append(struct buffer *b, const struct buffer *term, bool prefix)
{
    buffer_append_string(b, b->size ? " AND \"" : "\"");
    for (size_t i = 0; i < term->size; i++) {
        if (term->data[i] == '"')
            buffer_append_char(b, '"');
        buffer_append_char(b, term->data[i]);
    }
    buffer_append_string(b, prefix ? "\" *" : "\"");
}

static void query_append_within(struct query *q, const struct buffer *word)
{
    if (!q->within)
        q->within = json_array();
    json_array_append_new(q->within, json_stringn(word->data, word->size));
}

/* Appends the term that WORD is of. */
static enum query_problem query_add_term(struct query *q, const struct buffer *word,
                                         bool prefix, bool trigrams)
{
    if (!word->size || (!trigrams && !query_is_word(word->data, word->size)))
        return QUERY_GOOD;
    if (++q->terms > QUERY_WORDS_MAX)
        return QUERY_TOO_MANY;
    if (trigrams && g_utf8_strlen(word->data, (gssize)word->size) < QUERY_TRIGRAM)
        query_append_within(q, word);
    else
        query_append(&q->match, word, prefix);
    return QUERY_GOOD;
}

enum query_problem query_build(struct query *q, char *const *words, size_t count,
                               bool trigrams)
{
    struct buffer text = { 0 }, word = { 0 };
    struct query_term term;
    enum query_problem problem = QUERY_GOOD;
    /* A phrase may well go over several arguments. */
    for (size_t i = 0; i < count; i++) {
        buffer_append_string(&text, i ? " " : "");
        buffer_append_string(&text, words[i]);
    }
    const char *rest = buffer_string(&text);
    while (problem == QUERY_GOOD && query_next(&rest, &term)) {
        buffer_clear(&word);
        utf8_append_sanitized(&word, term.text, term.size);
        problem = query_add_term(q, &word, term.prefix, trigrams);
    }
    buffer_free(&text);
    buffer_free(&word);
    return problem == QUERY_GOOD && q->terms == 0 ? QUERY_EMPTY : problem;
}

bool query_is_unspaced(const char *text)
{
    for (; *text; text = g_utf8_next_char(text)) {
        switch (g_unichar_get_script(g_utf8_get_char(text))) {
        case G_UNICODE_SCRIPT_HAN:
        case G_UNICODE_SCRIPT_HIRAGANA:
        case G_UNICODE_SCRIPT_KATAKANA:
        case G_UNICODE_SCRIPT_THAI:
        case G_UNICODE_SCRIPT_LAO:
        case G_UNICODE_SCRIPT_KHMER:
        case G_UNICODE_SCRIPT_MYANMAR:
            return true;
        default:
            break;
        }
    }
    return false;
}

void query_clear(struct query *q)
{
    buffer_free(&q->match);
    json_decref(q->within);
    *q = (struct query){ 0 };
}
