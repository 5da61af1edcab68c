/* SPDX-License-Identifier: GPL-3.0-or-later */
/* entities.c - by text, before any parser sees the markup: libxml2 then has no
 * entities to expand, and tag soup has them as well. */
#include <config.h>

#include "format/entities.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/utf8.h"

/* Bytes of a name; longer ones are not declared, as far as we care. */
#define ENTITIES_NAME 64

struct entity {
    const char *name; /* in the source */
    size_t name_size;
    size_t at, size; /* its value in entities.values */
    size_t order;
    bool too_long; /* the value was not kept */
};

struct entities {
    struct entity *items; /* by name, once all are there */
    size_t count;
    struct buffer values;
    size_t spent; /* of ENTITIES_TOTAL */
    struct buffer out;
    struct error *error;
};

static bool entities_is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool entities_begins(const char *p, const char *end, const char *what)
{
    size_t size = strlen(what);
    return (size_t)(end - p) >= size && memcmp(p, what, size) == 0;
}

/* Past the next MARK, or NULL. */
static const char *entities_after(const char *p, const char *end, const char *mark)
{
    size_t size = strlen(mark);
    p = memmem(p, (size_t)(end - p), mark, size);
    return p ? p + size : NULL;
}

static const char *entities_skip_space(const char *p, const char *end)
{
    while (p < end && entities_is_space(*p))
        p++;
    return p;
}

/* Past the comment or processing instruction at P; P when there is none, NULL
 * when it has no end. */
static const char *entities_aside(const char *p, const char *end)
{
    if (entities_begins(p, end, "<!--"))
        return entities_after(p + 4, end, "-->");
    if (entities_begins(p, end, "<?"))
        return entities_after(p, end, "?>");
    return p;
}

/* Past the name at P: P itself when there is none of a length to be kept. */
static const char *entities_name(const char *p, const char *end)
{
    const char *start = p;
    while (p < end && p - start < ENTITIES_NAME &&
           !entities_is_space(*p) && !strchr("<>&;%\"'#[]()/=", *p))
        p++;
    return p - start < ENTITIES_NAME ? p : start;
}

/* "#38;" or "#x26;" at P: past it and *CODE; P when it is no character. */
static const char *entities_number(const char *p, const char *end, uint32_t *code)
{
    const char *q = p + 1;
    int base = q < end && *q == 'x' ? 16 : 10;
    uint32_t value = 0;
    q += base == 16;
    for (; q < end && *q != ';'; q++) {
        const char *digits = "0123456789abcdef";
        const char *digit = *q ? strchr(digits, *q >= 'A' ? *q | 32 : *q) : NULL;
        if (!digit || digit - digits >= base || value > 0x10ffff)
            return p;
        value = value * (uint32_t)base + (uint32_t)(digit - digits);
    }
    bool good = q < end && (value >= 0x20 || value == '\t' || value == '\n') &&
                value <= 0x10ffff && (value < 0xd800 || value > 0xdfff);
    *code = value;
    return good ? q + 1 : p;
}

/* The value as it stands, but for references by number, which count as soon as
 * it is declared (XML 1.0, 4.5). */
static void entities_value(struct buffer *values, const char *p, const char *end)
{
    while (p < end) {
        uint32_t code;
        const char *next = *p == '&' && p + 1 < end && p[1] == '#'
                               ? entities_number(p + 1, end, &code)
                               : p + 1;
        if (next > p + 1)
            utf8_append(values, code);
        else
            buffer_append_char(values, *p);
        p = next;
    }
}

static bool entities_is_predefined(const char *name, size_t size)
{
    static const char *const names[] = { "lt", "gt", "amp", "apos", "quot" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == size && memcmp(names[i], name, size) == 0)
            return true;
    return false;
}

/* What stands after "<!ENTITY" at P. Anything but a name and a literal is of
 * another kind. */
static void entities_declare(struct entities *t, const char *p, const char *end)
{
    const char *name = entities_skip_space(p, end);
    const char *name_end = entities_name(name, end);
    const char *value = entities_skip_space(name_end, end);
    if (name == p || name_end == name || value == name_end || value >= end ||
        (*value != '"' && *value != '\'') || t->count == ENTITIES_MOST ||
        entities_is_predefined(name, (size_t)(name_end - name)))
        return;
    const char *close = memchr(value + 1, *value, (size_t)(end - value) - 1);
    if (!close)
        return;
    struct entity *entity = &t->items[t->count];
    *entity = (struct entity){
        .name = name,
        .name_size = (size_t)(name_end - name),
        .at = t->values.size,
        .order = t->count++,
        .too_long = close - value - 1 > ENTITIES_VALUE,
    };
    if (!entity->too_long)
        entities_value(&t->values, value + 1, close);
    entity->size = t->values.size - entity->at;
}

/* Past the declaration at P, up to its ">" outside of quotes; NULL: no end. */
static const char *entities_declaration_end(const char *p, const char *end)
{
    for (; p < end && *p != '>'; p++) {
        if (*p != '"' && *p != '\'')
            continue;
        p = memchr(p + 1, *p, (size_t)(end - p) - 1);
        if (!p)
            return NULL;
    }
    return p < end ? p + 1 : NULL;
}

/* The declarations from P, after the "[", to the "]"; past that, or NULL. */
static const char *entities_subset(struct entities *t, const char *p,
                                   const char *end)
{
    while (p && p < end && *p != ']') {
        const char *next = entities_aside(p, end);
        if (next != p) {
            p = next;
            continue;
        }
        if (*p != '<') {
            p++;
            continue;
        }
        next = entities_declaration_end(p, end);
        if (next && entities_begins(p, next, "<!ENTITY"))
            entities_declare(t, p + 8, next);
        p = next;
    }
    return p && p < end ? p + 1 : NULL;
}

/* The first "<!DOCTYPE" at P or after what may stand before it; or NULL. */
static const char *entities_doctype(const char *p, const char *end)
{
    for (const char *next; p; p = next) {
        p = entities_skip_space(p, end);
        if (entities_begins(p, end, "<!DOCTYPE"))
            return p;
        next = entities_aside(p, end);
        if (next == p)
            return NULL;
    }
    return NULL;
}

/* The declarations of the markup; past the document type declaration, or NULL
 * when it declares nothing. */
static const char *entities_read(struct entities *t, const char *p,
                                 const char *end)
{
    p = entities_doctype(p, end);
    if (!p)
        return NULL;
    /* Its identifiers stand in quotes. */
    for (; p < end && *p != '['; p++) {
        if (*p == '>')
            return NULL;
        if (*p != '"' && *p != '\'')
            continue;
        p = memchr(p + 1, *p, (size_t)(end - p) - 1);
        if (!p)
            return NULL;
    }
    if (p == end)
        return NULL;
    t->items = xcalloc(ENTITIES_MOST, sizeof *t->items);
    p = entities_subset(t, p + 1, end);
    p = p ? memchr(p, '>', (size_t)(end - p)) : NULL;
    return p && t->count ? p + 1 : NULL;
}

static int entities_compare_names(const char *a, size_t a_size, const char *b,
                                  size_t b_size)
{
    int order = memcmp(a, b, a_size < b_size ? a_size : b_size);
    return order ? order : (a_size > b_size) - (a_size < b_size);
}

static int entities_compare(const void *x, const void *y)
{
    const struct entity *a = x, *b = y;
    int order = entities_compare_names(a->name, a->name_size, b->name,
                                       b->name_size);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

/* The first of that name, or NULL. */
static const struct entity *entities_find(const struct entities *t,
                                          const char *name, size_t size)
{
    size_t low = 0, high = t->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct entity *entity = &t->items[middle];
        if (entities_compare_names(entity->name, entity->name_size, name, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const struct entity *entity = &t->items[low];
    return low < t->count && entity->name_size == size &&
                   memcmp(entity->name, name, size) == 0
               ? entity
               : NULL;
}

/* The entity that "&" at P refers to, past which *NEXT is; or NULL. */
static const struct entity *entities_reference(const struct entities *t,
                                               const char *p, const char *end,
                                               const char **next)
{
    const char *name_end = entities_name(p + 1, end);
    if (name_end == p + 1 || name_end == end || *name_end != ';')
        return NULL;
    *next = name_end + 1;
    return entities_find(t, p + 1, (size_t)(name_end - p) - 1);
}

/* TEXT of an entity; QUOTE is what the attribute around it is quoted by, which
 * an entity cannot end, or '\0'. */
static void entities_put(struct entities *t, const char *p, const char *end,
                         char quote)
{
    t->spent += (size_t)(end - p);
    if (!quote) {
        buffer_append(&t->out, p, (size_t)(end - p));
        return;
    }
    for (; p < end; p++) {
        if (*p == quote)
            buffer_append_string(&t->out, quote == '"' ? "&#34;" : "&#39;");
        else if (*p == '<')
            buffer_append_string(&t->out, "&lt;");
        else
            buffer_append_char(&t->out, *p);
    }
}

static int entities_text(struct entities *t, const char *p, const char *end,
                         char quote, int depth);

static int entities_put_entity(struct entities *t, const struct entity *entity,
                               char quote, int depth)
{
    if (depth == ENTITIES_DEPTH)
        return error_set(t->error, ERROR_LIMIT,
                         "entities within each other, more than %d deep",
                         ENTITIES_DEPTH);
    if (entity->too_long)
        return error_set(t->error, ERROR_LIMIT,
                         "an entity of more than %d bytes", ENTITIES_VALUE);
    t->spent += ENTITIES_COST;
    const char *value = buffer_string(&t->values) + entity->at;
    if (entities_text(t, value, value + entity->size, quote, depth + 1) != 0)
        return -1;
    if (t->spent > ENTITIES_TOTAL)
        return error_set(t->error, ERROR_LIMIT,
                         "entities of more than %zu bytes together",
                         ENTITIES_TOTAL);
    return 0;
}

/* Text without tags in it, its references replaced. DEPTH: entities that it
 * stands in. */
static int entities_text(struct entities *t, const char *p, const char *end,
                         char quote, int depth)
{
    while (p < end) {
        const char *next, *amp = memchr(p, '&', (size_t)(end - p));
        const char *stop = amp ? amp : end;
        if (depth)
            entities_put(t, p, stop, quote);
        else
            buffer_append(&t->out, p, (size_t)(stop - p));
        if (!amp)
            break;
        const struct entity *entity = entities_reference(t, amp, end, &next);
        if (entity) {
            if (entities_put_entity(t, entity, quote, depth) != 0)
                return -1;
            p = next;
        } else {
            buffer_append_char(&t->out, '&');
            p = amp + 1;
        }
    }
    return 0;
}

/* The tag at P, with the references in its attributes; past it in *NEXT. A
 * quote without its other half spoils all that follows: NULL. */
static int entities_tag(struct entities *t, const char *p, const char *end,
                        const char **next)
{
    const char *from = p++;
    *next = NULL;
    while (p < end && *p != '>' && *p != '<') {
        char quote = *p++;
        if (quote != '"' && quote != '\'')
            continue;
        const char *close = memchr(p, quote, (size_t)(end - p));
        if (!close)
            return 0;
        buffer_append(&t->out, from, (size_t)(p - from));
        if (entities_text(t, p, close, quote, 0) != 0)
            return -1;
        from = close;
        p = close + 1;
    }
    buffer_append(&t->out, from, (size_t)(p - from));
    *next = p;
    return 0;
}

/* The markup after the document type declaration. */
static int entities_body(struct entities *t, const char *p, const char *end)
{
    while (p < end) {
        const char *tag = memchr(p, '<', (size_t)(end - p));
        const char *next = tag;
        if (entities_text(t, p, tag ? tag : end, '\0', 0) != 0)
            return -1;
        if (!tag)
            return 0;
        if (entities_begins(tag, end, "<![CDATA["))
            next = entities_after(tag, end, "]]>");
        else
            next = entities_aside(tag, end);
        if (next == tag) {
            if (entities_tag(t, tag, end, &next) != 0)
                return -1;
        } else if (next) {
            buffer_append(&t->out, tag, (size_t)(next - tag));
        }
        if (!next) {
            /* No end of it is to come, so that all else is its inside. */
            buffer_append(&t->out, tag, (size_t)(end - tag));
            return 0;
        }
        p = next;
    }
    return 0;
}

int entities_expand(struct buffer *source, struct error *e)
{
    if (source->size == 0)
        return 0;
    const char *start = source->data, *end = start + source->size;
    struct entities t = { .error = e };
    int rc = 0;
    const char *body = entities_read(&t, start, end);
    if (body) {
        qsort(t.items, t.count, sizeof *t.items, entities_compare);
        buffer_append(&t.out, start, (size_t)(body - start));
        rc = entities_body(&t, body, end);
        if (rc == 0) {
            buffer_free(source);
            buffer_move(source, &t.out);
        }
    }
    buffer_free(&t.out);
    buffer_free(&t.values);
    free(t.items);
    return rc;
}
