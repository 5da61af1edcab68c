/* SPDX-License-Identifier: GPL-3.0-or-later */
/* equation.c - switches, each with arguments that may have switches again. */
#include <config.h>

#include "format/equation.h"

#include <stdbool.h>
#include <string.h>

/* Switches within each other. */
#define DEPTH 16

struct equation {
    const char *p, *end;
    int depth;
};

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static void skip_blanks(struct equation *q)
{
    while (q->p < q->end && *q->p == ' ')
        q->p++;
}

static bool is_at(const struct equation *q, char c)
{
    return q->p < q->end && *q->p == c;
}

/* "\* hps11" or "\* "Font:MS Mincho"": how the field looks. */
static void skip_look(struct equation *q)
{
    q->p += 2;
    skip_blanks(q);
    char stop = ' ';
    if (is_at(q, '"')) {
        stop = '"';
        q->p++;
    }
    while (q->p < q->end && *q->p != stop && (stop == '"' || *q->p != '\\'))
        q->p++;
    q->p += q->p < q->end && *q->p == stop;
}

/* Takes "\up 10" and the like; what it is called: its first letter. RAISED: it
 * puts its argument above others. */
static char take_switch(struct equation *q, bool *raised)
{
    const char *name = ++q->p;
    while (q->p < q->end && is_letter(*q->p))
        q->p++;
    size_t size = (size_t)(q->p - name);
    *raised |= size == 2 && memcmp(name, "up", 2) == 0;
    if (size == 2 && name[1] == 'c' && is_at(q, '\\')) /* a bracket: "\lc\{" */
        q->p += q->end - q->p > 1 ? 2 : 1;
    skip_blanks(q);
    while (q->p < q->end && (*q->p == '-' || (*q->p >= '0' && *q->p <= '9')))
        q->p++;
    skip_blanks(q);
    return (char)(*name | 32);
}

static bool sequence(struct equation *q, bool is_argument, struct buffer *out);

/* What stands between two arguments of the switch. */
static const char *between(char kind)
{
    return kind == 'o' ? "" : kind == 'f' ? "/" : kind == 'l' ? "," : " ";
}

static void arguments(struct equation *q, char kind, struct buffer *out)
{
    struct buffer one = {0}, reading = {0};
    bool first = true;
    do {
        q->p++; /* the parenthesis or what parts arguments */
        buffer_clear(&one);
        bool raised = sequence(q, true, &one);
        if (one.size == 0)
            continue;
        if (kind == 'o' && raised) {
            buffer_append(&reading, one.data, one.size);
            continue;
        }
        if (!first)
            buffer_append_string(out, between(kind));
        first = false;
        buffer_append(out, one.data, one.size);
    } while (is_at(q, ',') || is_at(q, ';'));
    q->p += q->p < q->end;
    if (reading.size > 0) {
        buffer_append_char(out, '(');
        buffer_append(out, reading.data, reading.size);
        buffer_append_char(out, ')');
    }
    buffer_free(&one);
    buffer_free(&reading);
}

static bool element(struct equation *q, struct buffer *out)
{
    bool raised = false;
    char kind = take_switch(q, &raised);
    while (q->end - q->p > 1 && *q->p == '\\' && is_letter(q->p[1]))
        take_switch(q, &raised);
    if (is_at(q, '(') && q->depth < DEPTH) {
        q->depth++;
        arguments(q, kind, out);
        q->depth--;
    }
    return raised;
}

/* To the end of the argument, or of all. True: something in it is raised. */
static bool sequence(struct equation *q, bool is_argument, struct buffer *out)
{
    bool raised = false;
    while (q->p < q->end) {
        char c = *q->p;
        if (is_argument && (c == ',' || c == ';' || c == ')'))
            break;
        if (c == '\\' && q->end - q->p > 1 && q->p[1] == '*') {
            skip_look(q);
        } else if (c == '\\' && q->end - q->p > 1 && is_letter(q->p[1])) {
            raised |= element(q, out);
        } else {
            q->p += c == '\\'; /* so the next one means itself */
            if (q->p < q->end)
                buffer_append_char(out, *q->p++);
        }
    }
    return raised;
}

void equation_text(const char *code, size_t size, struct buffer *out)
{
    struct equation q = {code, code + size, 0};
    struct buffer text = {0};
    skip_blanks(&q);
    if (size > EQUATION_CODE || q.end - q.p < 3 || (q.p[0] | 32) != 'e'
        || (q.p[1] | 32) != 'q' || is_letter(q.p[2]))
        return;
    q.p += 2;
    sequence(&q, false, &text);
    size_t start = 0;
    while (start < text.size && text.data[start] == ' ')
        start++;
    while (text.size > start && text.data[text.size - 1] == ' ')
        text.size--;
    buffer_append(out, text.data + start, text.size - start);
    buffer_free(&text);
}
