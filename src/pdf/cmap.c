/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cmap.c - one pass over the PostScript of a CMap, which is not executed: what stands
 * between "begin..." and "end..." is taken. */
#include <config.h>

#include "pdf/cmap.h"

#include <stdlib.h>
#include <string.h>

/* All are looked at for each code; predefined CMaps have up to 10. */
#define CMAP_SPACES 64
/* A chain of CMaps that use another. */
#define CMAP_CHAIN 8
#define CMAP_HIGHEST 0xFFFFFF /* of ToUnicode, as poppler has it */
/* Bytes of a hexadecimal string that count. */
#define CMAP_HEX ((size_t)2 * CMAP_UNICODE)

enum token_type {
    TOKEN_END,
    TOKEN_HEX,
    TOKEN_NUMBER,
    TOKEN_NAME,
    TOKEN_WORD,
    TOKEN_OPEN, /* [ */
    TOKEN_CLOSE /* ] */
};

struct token {
    enum token_type type;
    struct span text; /* of a name or word */
    uint32_t number;  /* also of a string: its last four bytes */
    size_t size;      /* bytes of a string, all of them */
    unsigned char bytes[CMAP_HEX];
};

struct cmap_parser {
    struct cmap *c;
    struct arena *arena;
    struct span s;
    size_t space_room, range_room, pool_room;
    bool over;
    cmap_finder *find;
    void *ctx;
};

static int hex_digit(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool is_delimiter(unsigned char c)
{
    return syntax_is_space(c) || memchr("()<>[]{}/%", c, 10) != NULL;
}

static void token_hex(struct span *s, struct token *t)
{
    unsigned digits = 0, byte = 0;
    t->type = TOKEN_HEX;
    t->number = 0;
    t->size = 0;
    for (; s->at < s->end && *s->at != '>'; s->at++) {
        int digit = hex_digit(*s->at);
        if (digit < 0)
            continue;
        byte = byte << 4 | (unsigned)digit;
        if (++digits % 2)
            continue;
        if (t->size < CMAP_HEX)
            t->bytes[t->size] = (unsigned char)byte;
        t->size++;
        t->number = t->number << 8 | (byte & 255);
    }
    if (digits % 2) { /* "<5>" is 5 in the CMaps that have it, not 50 */
        if (t->size < CMAP_HEX)
            t->bytes[t->size] = byte & 15;
        t->size++;
        t->number = t->number << 8 | (byte & 15);
    }
    if (s->at < s->end)
        s->at++;
}

static void token_string(struct span *s) /* behind its "(" */
{
    for (int depth = 1; s->at < s->end && depth > 0; s->at++) {
        if (*s->at == '\\' && s->end - s->at > 1)
            s->at++;
        else if (*s->at == '(')
            depth++;
        else if (*s->at == ')')
            depth--;
    }
}

static void token_word(struct span *s, struct token *t)
{
    t->text.at = s->at;
    while (s->at < s->end && !is_delimiter(*s->at))
        s->at++;
    t->text.end = s->at;
    t->type = TOKEN_NUMBER;
    t->number = 0;
    for (const unsigned char *p = t->text.at; p < s->at; p++) {
        if (*p < '0' || *p > '9')
            t->type = TOKEN_WORD;
        t->number = t->number * 10 + (*p - '0');
    }
}

static void token_read(struct span *s, struct token *t)
{
    for (;;) {
        syntax_skip_space(s);
        if (s->at == s->end) {
            t->type = TOKEN_END;
            return;
        }
        unsigned char c = *s->at;
        if (!is_delimiter(c)) {
            token_word(s, t);
            return;
        }
        s->at++;
        if (c == '(') {
            token_string(s);
        } else if (c == '/') {
            token_word(s, t);
            t->type = TOKEN_NAME;
            return;
        } else if (c == '[' || c == ']') {
            t->type = c == '[' ? TOKEN_OPEN : TOKEN_CLOSE;
            return;
        } else if (c == '<') {
            if (s->at < s->end && *s->at == '<') {
                s->at++;
                continue;
            }
            token_hex(s, t);
            return;
        }
    }
}

static bool token_is(const struct token *t, const char *word)
{
    return t->type == TOKEN_WORD && syntax_is(t->text, word);
}

/* Room for one more of SIZE bytes in ITEMS, which has COUNT. */
static void *grow(struct cmap_parser *p, void *items, size_t count, size_t *room,
                  size_t more, size_t size)
{
    if (count + more <= *room)
        return items;
    size_t wanted = (count + more) * 2 > 16 ? (count + more) * 2 : 16;
    void *larger = arena_alloc_array(p->arena, wanted, size);
    if (!larger) {
        p->over = true;
        return NULL;
    }
    if (count)
        memcpy(larger, items, count * size);
    *room = wanted;
    return larger;
}

static void cmap_add_space(struct cmap_parser *p, const struct token *low,
                           const struct token *high)
{
    struct cmap *c = p->c;
    if (low->size != high->size || low->size < 1 || low->size > 4 ||
        c->space_count == CMAP_SPACES)
        return;
    void *spaces = grow(p, c->spaces, c->space_count, &p->space_room, 1,
                        sizeof *c->spaces);
    if (!spaces)
        return;
    c->spaces = spaces;
    c->spaces[c->space_count++] =
        (struct cmap_space){ low->number, high->number, (uint32_t)low->size };
}

static void cmap_add_range(struct cmap_parser *p, uint32_t low, uint32_t high,
                           size_t size, uint32_t value)
{
    struct cmap *c = p->c;
    if (low > high || size > 4)
        return;
    void *ranges = grow(p, c->ranges, c->range_count, &p->range_room, 1,
                        sizeof *c->ranges);
    if (!ranges)
        return;
    c->ranges = ranges;
    c->ranges[c->range_count++] =
        (struct cmap_range){ low, high, value, (uint32_t)size };
}

/* UTF-16 of a token into UNICODE, with U+FFFD for what is none. */
static size_t token_unicode(const struct token *t, uint32_t unicode[CMAP_UNICODE])
{
    size_t count = 0, size = t->size < CMAP_HEX ? t->size : CMAP_HEX;
    if (size == 1) {
        unicode[0] = t->bytes[0];
        return 1;
    }
    for (size_t i = 0; i + 1 < size; i += 2) {
        uint32_t unit = (uint32_t)t->bytes[i] << 8 | t->bytes[i + 1];
        if (unit >= 0xD800 && unit < 0xDC00 && i + 3 < size &&
            (t->bytes[i + 2] & 0xFC) == 0xDC) {
            uint32_t low = (uint32_t)t->bytes[i + 2] << 8 | t->bytes[i + 3];
            unit = 0x10000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
            i += 2;
        } else if (unit >= 0xD800 && unit < 0xE000) {
            unit = 0xFFFD;
        }
        unicode[count++] = unit;
    }
    return count;
}

static void cmap_add_unicode(struct cmap_parser *p, uint32_t low, uint32_t high,
                             const struct token *t)
{
    uint32_t unicode[CMAP_UNICODE];
    size_t count = token_unicode(t, unicode);
    struct cmap *c = p->c;
    if (low > CMAP_HIGHEST || count == 0)
        return;
    if (high > CMAP_HIGHEST)
        high = CMAP_HIGHEST;
    c->cut |= t->size > CMAP_HEX;
    if (count == 1) {
        cmap_add_range(p, low, high, 0, unicode[0]);
        return;
    }
    uint32_t *pool = grow(p, c->pool, c->pool_count, &p->pool_room, count + 1,
                          sizeof *pool);
    if (!pool)
        return;
    c->pool = pool;
    cmap_add_range(p, low, high, 0, CMAP_POOL | (uint32_t)c->pool_count);
    pool[c->pool_count++] = (uint32_t)count;
    memcpy(pool + c->pool_count, unicode, count * sizeof *unicode);
    c->pool_count += count;
}

/* The array of a bfrange: a string for each code. */
static void cmap_add_array(struct cmap_parser *p, uint32_t low, uint32_t high)
{
    struct token t;
    for (;;) {
        token_read(&p->s, &t);
        if (t.type == TOKEN_CLOSE || t.type == TOKEN_END || t.type == TOKEN_WORD)
            return;
        if (t.type == TOKEN_HEX && low <= high)
            cmap_add_unicode(p, low, low, &t);
        if (low == UINT32_MAX)
            return;
        low++;
    }
}

enum section { SECTION_SPACE, SECTION_CID, SECTION_UNICODE };

/* What stands between begin... and end...: two columns, or with a RANGE three. */
static void cmap_section(struct cmap_parser *p, enum section section, bool range)
{
    struct token low, high, value;
    while (!p->over) {
        token_read(&p->s, &low);
        if (low.type == TOKEN_END || low.type == TOKEN_WORD)
            return;
        if (low.type != TOKEN_HEX)
            continue;
        high = low;
        if (range)
            token_read(&p->s, &high);
        if (high.type != TOKEN_HEX)
            return;
        if (section == SECTION_SPACE) {
            cmap_add_space(p, &low, &high);
            continue;
        }
        token_read(&p->s, &value);
        if (value.type == TOKEN_OPEN && section == SECTION_UNICODE)
            cmap_add_array(p, low.number, high.number);
        else if (value.type == TOKEN_HEX && section == SECTION_UNICODE)
            cmap_add_unicode(p, low.number, high.number, &value);
        else if (value.type == TOKEN_NUMBER && section == SECTION_CID &&
                 value.number < CMAP_POOL) /* it would be taken for an index */
            cmap_add_range(p, low.number, high.number, low.size, value.number);
        else if (value.type == TOKEN_WORD || value.type == TOKEN_END)
            return;
    }
}

static bool cmap_begin(struct cmap_parser *p, const struct token *t)
{
    if (token_is(t, "begincodespacerange"))
        cmap_section(p, SECTION_SPACE, true);
    else if (token_is(t, "begincidrange"))
        cmap_section(p, SECTION_CID, true);
    else if (token_is(t, "begincidchar"))
        cmap_section(p, SECTION_CID, false);
    else if (token_is(t, "beginbfrange"))
        cmap_section(p, SECTION_UNICODE, true);
    else if (token_is(t, "beginbfchar"))
        cmap_section(p, SECTION_UNICODE, false);
    else
        return false;
    return true;
}

static void cmap_use(struct cmap_parser *p, struct span name)
{
    const struct cmap *base = p->find ? p->find(p->ctx, name) : NULL;
    if (!base) {
        p->c->doubtful = true;
        return;
    }
    int chain = 0;
    for (const struct cmap *c = base; c; c = c->base)
        if (++chain == CMAP_CHAIN)
            return;
    p->c->base = base;
    p->c->vertical = base->vertical;
}

/* A range's place among those of equal size and low is told by its place in memory: the
 * sort is made stable by it. */
static int range_compare(const void *a, const void *b)
{
    const struct cmap_range *x = a, *y = b;
    if (x->size != y->size)
        return x->size < y->size ? -1 : 1;
    return x->low < y->low ? -1 : x->low > y->low;
}

static bool ranges_are_sorted(const struct cmap *c)
{
    for (size_t i = 1; i < c->range_count; i++)
        if (range_compare(c->ranges + i - 1, c->ranges + i) > 0)
            return false;
    return true;
}

/* A merge sort: stable, and of the same cost for any input. */
static void ranges_sort(struct cmap_range *from, struct cmap_range *to, size_t count)
{
    struct cmap_range *start = from;
    for (size_t run = 1; run < count; run *= 2) {
        for (size_t i = 0; i < count; i += 2 * run) {
            size_t middle = i + run < count ? i + run : count;
            size_t end = i + 2 * run < count ? i + 2 * run : count;
            for (size_t l = i, r = middle, k = i; k < end; k++) {
                bool left = l < middle &&
                            (r == end || range_compare(from + l, from + r) <= 0);
                to[k] = left ? from[l++] : from[r++];
            }
        }
        struct cmap_range *swap = from;
        from = to;
        to = swap;
    }
    if (from != start)
        memcpy(start, from, count * sizeof *from);
}

struct cmap *cmap_parse(struct span text, struct arena *arena, cmap_finder *find,
                        void *ctx)
{
    struct cmap *c = arena_alloc(arena, sizeof *c);
    struct cmap_parser p = { c, arena, text, 0, 0, 0, false, find, ctx };
    if (!c)
        return NULL;
    struct token t, before = { TOKEN_END, { NULL, NULL }, 0, 0, { 0 } };
    for (;;) {
        token_read(&p.s, &t);
        if (t.type == TOKEN_END || p.over)
            break;
        if (t.type == TOKEN_WORD && !cmap_begin(&p, &t) && token_is(&t, "usecmap") &&
            before.type == TOKEN_NAME)
            cmap_use(&p, before.text);
        if (t.type == TOKEN_NUMBER && before.type == TOKEN_NAME &&
            syntax_is(before.text, "WMode"))
            c->vertical = t.number == 1;
        before = t;
    }
    if (p.over)
        return NULL;
    if (!ranges_are_sorted(c)) {
        struct cmap_range *other = calloc(c->range_count, sizeof *other);
        if (!other)
            return NULL;
        ranges_sort(c->ranges, other, c->range_count);
        free(other);
    }
    return c;
}
