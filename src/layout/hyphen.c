/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hyphen.c - the page's words as a table of hashes, made when the first hyphen
 * asks for it. A collision may cost a hyphen, no more. */
#include <config.h>

#include <glib.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "layout/character.h"
#include "layout/hyphen.h"

/* The table is at most half full; words that find no place near theirs are
 * forgotten, so that no page can make it slow. */
#define HYPHEN_PROBES 16
/* Shorter parts are words by chance: "in-form", "to-get". */
#define HYPHEN_PART 4

struct hyphens {
    const struct words *words;
    uint64_t *table; /* 0: free */
    size_t mask;
};

#define HYPHEN_SEED 0xcbf29ce484222325u /* FNV-1a */

static uint64_t hyphen_hash(uint64_t hash, uint32_t code)
{
    uint32_t lower = code >= 128 ? g_unichar_tolower(code)
                                 : code | (uint32_t)(code - 'A' < 26) << 5;
    return (hash ^ lower) * 0x100000001b3u;
}

static bool hyphen_is_letter(unsigned class)
{
    return (class & CHARACTER_LETTER) != 0;
}

static size_t hyphen_slot(uint64_t hash)
{
    return (size_t)(hash ^ hash >> 29);
}

static void hyphens_add(struct hyphens *h, uint64_t hash)
{
    for (size_t i = 0; i < HYPHEN_PROBES; i++) {
        uint64_t *slot = h->table + ((hyphen_slot(hash) + i) & h->mask);
        if (*slot == 0 || *slot == hash) {
            *slot = hash;
            return;
        }
    }
}

static bool hyphens_have(const struct hyphens *h, uint64_t hash)
{
    for (size_t i = 0; i < HYPHEN_PROBES; i++) {
        uint64_t slot = h->table[(hyphen_slot(hash) + i) & h->mask];
        if (slot == hash)
            return true;
        if (slot == 0)
            return false;
    }
    return false;
}

/* Adds the letters of WORD with their hyphens, if these are within it, as one,
 * without the signs around them. */
static void hyphens_add_word(struct hyphens *h, const struct word *word)
{
    const struct glyph *g = h->words->glyphs + word->first;
    uint64_t hash = HYPHEN_SEED;
    bool any = false;
    if (word->letters == word->count) {
        for (uint32_t i = 0; i < word->count; i++)
            hash = hyphen_hash(hash, g[i].code);
        hyphens_add(h, hash);
        return;
    }
    if (word->letters == 0)
        return;
    for (uint32_t i = 0; i < word->count; i++) {
        bool inner = g[i].class & CHARACTER_HYPHEN && any && i + 1 < word->count &&
                     hyphen_is_letter(g[i + 1].class);
        if (hyphen_is_letter(g[i].class) || inner) {
            hash = hyphen_hash(hash, inner ? '-' : g[i].code);
            any = true;
        } else if (any) {
            /* What a line's end cuts off is no word. */
            if (!(g[i].class & CHARACTER_HYPHEN))
                hyphens_add(h, hash);
            hash = HYPHEN_SEED;
            any = false;
        }
    }
    if (any)
        hyphens_add(h, hash);
}

struct hyphens *hyphens_create(const struct words *w)
{
    struct hyphens *h = xmalloc(sizeof *h);
    *h = (struct hyphens){ .words = w };
    return h;
}

static void hyphens_fill(struct hyphens *h)
{
    size_t size = 64;
    while (size < 2 * h->words->count)
        size *= 2;
    h->mask = size - 1;
    h->table = xcalloc(size, sizeof *h->table);
    for (size_t i = 0; i < h->words->count; i++)
        hyphens_add_word(h, h->words->all + i);
}

void hyphens_destroy(struct hyphens *h)
{
    if (h)
        free(h->table);
    free(h);
}

bool hyphen_divides(const struct words *w, const struct word *a, const struct word *b)
{
    const struct glyph *end = w->glyphs + a->first + a->count;
    const struct glyph *start = w->glyphs + b->first;
    return a->count > 1 && end[-1].class & CHARACTER_HYPHEN &&
           hyphen_is_letter(end[-2].class) &&
           start->class & (CHARACTER_LOWER | CHARACTER_UPPER | CHARACTER_DIGIT);
}

/* Whether one of COUNT glyphs is a hyphen between two letters. */
static bool hyphens_within(const struct glyph *g, uint32_t count)
{
    for (uint32_t i = 1; i + 1 < count; i++)
        if (g[i].class & CHARACTER_HYPHEN && hyphen_is_letter(g[i - 1].class) &&
            hyphen_is_letter(g[i + 1].class))
            return true;
    return false;
}

/* Conjunctions behind a hyphen that stands for the rest of another word: "short-
 * and long-term". */
static const char *const hyphen_conjunctions[] = { "and", "or",  "to", "und", "oder",
                                                   "bzw", "sowie", "et", "ou", "y" };

static bool hyphen_is_conjunction(const struct glyph *g, uint32_t count)
{
    size_t words = sizeof hyphen_conjunctions / sizeof *hyphen_conjunctions;
    for (size_t i = 0; i < words; i++) {
        const char *word = hyphen_conjunctions[i];
        uint32_t at = 0;
        while (at < count && word[at] && g[at].code == (unsigned char)word[at])
            at++;
        if (!word[at] && (at == count || (at + 1 == count && g[at].code == '.')))
            return true;
    }
    return false;
}

/* Whether the word is an address or an option, whose hyphens are its own. */
static bool hyphen_is_code(const struct glyph *g, uint32_t count)
{
    /* TeX makes a dash of the two hyphens of an option. */
    if (g[0].class & CHARACTER_HYPHEN || g[0].code == 0x2013 || g[0].code == '/' ||
        g[0].code == '\\')
        return true;
    for (uint32_t i = 0; i + 1 < count; i++)
        if (g[i].code == '@' || g[i].code == '_' ||
            (g[i].code == '/' && g[i + 1].code == '/') ||
            (i + 3 < count && g[i].code == 'w' && g[i + 1].code == 'w' &&
             g[i + 2].code == 'w' && g[i + 3].code == '.'))
            return true;
    return false;
}

enum hyphen_fate hyphen_fate(struct hyphens *h, const struct word *a,
                             const struct word *b)
{
    const struct glyph *g = h->words->glyphs + a->first;
    const struct glyph *next = h->words->glyphs + b->first;
    if (!(next->class & CHARACTER_LOWER) || hyphen_is_code(g, a->count))
        return HYPHEN_STAYS;
    if (!h->table)
        hyphens_fill(h);
    uint32_t end = a->count - 1, start = end, after = 0;
    while (start > 0 && (hyphen_is_letter(g[start - 1].class) ||
                         g[start - 1].class & CHARACTER_HYPHEN))
        start--;
    uint64_t part = HYPHEN_SEED;
    for (uint32_t i = start; i < end; i++)
        part = hyphen_hash(part, g[i].class & CHARACTER_HYPHEN ? '-' : g[i].code);
    uint64_t with = hyphen_hash(part, '-'), without = part, rest = HYPHEN_SEED;
    for (; after < b->count; after++) {
        uint32_t code = next[after].code;
        if (!hyphen_is_letter(next[after].class))
            break;
        with = hyphen_hash(with, code);
        without = hyphen_hash(without, code);
        rest = hyphen_hash(rest, code);
    }
    if (hyphens_have(h, with))
        return HYPHEN_STAYS;
    if (hyphens_have(h, without))
        return HYPHEN_GOES;
    if (hyphen_is_conjunction(next, b->count))
        return HYPHEN_PARTS;
    /* No word is divided behind its first letter. */
    if (end - start == 1)
        return HYPHEN_STAYS;
    /* Words with hyphens are divided at one of these. */
    if (hyphens_within(g + start, end - start) ||
        hyphens_within(next, b->count))
        return HYPHEN_STAYS;
    return end - start >= HYPHEN_PART && after >= HYPHEN_PART &&
                   hyphens_have(h, part) && hyphens_have(h, rest)
               ? HYPHEN_STAYS
               : HYPHEN_GOES;
}
