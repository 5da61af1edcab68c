/* SPDX-License-Identifier: GPL-3.0-or-later */
/* souprules.c - a bounded stack of open elements, and which of them a tag
 * ends without saying so (HTML, section 13.1.2.4, "optional tags"). */
#include <config.h>

#include "format/souprules.h"

#include <stdlib.h>
#include <string.h>

/* The start of an element sets off a rule: it ends the innermost element that
 * the rule ends, unless a wall stands in between. */
enum {
    SOUP_LI = 1,
    SOUP_DT = 2,
    SOUP_CELLS = 4,
    SOUP_ROW = 8,
    SOUP_BODY = 16,
    SOUP_CAPTION = 32,
    SOUP_OPTION = 64,
    SOUP_RUBY = 128,
    SOUP_P = 256
};

/* Sorted by name: starts, ends, walls, flags. */
static const struct soup_rule soup_rules[] = {
    { "address", SOUP_P, 0, 0, 0 },
    { "area", 0, 0, 0, SOUP_VOID },
    { "article", SOUP_P, 0, 0, 0 },
    { "aside", SOUP_P, 0, 0, 0 },
    { "base", 0, 0, 0, SOUP_VOID | SOUP_META },
    { "basefont", 0, 0, 0, SOUP_VOID },
    { "blockquote", SOUP_P, 0, 0, 0 },
    { "br", 0, 0, 0, SOUP_VOID },
    { "button", 0, 0, SOUP_P, 0 },
    { "caption", 0, SOUP_CAPTION, SOUP_P, SOUP_TABLE },
    { "center", SOUP_P, 0, 0, 0 },
    { "col", 0, 0, 0, SOUP_VOID },
    { "datalist", 0, 0, SOUP_OPTION, 0 },
    { "dd", SOUP_DT | SOUP_P, SOUP_DT, 0, 0 },
    { "details", SOUP_P, 0, 0, 0 },
    { "dir", SOUP_P, 0, SOUP_LI, 0 },
    { "div", SOUP_P, 0, 0, 0 },
    { "dl", SOUP_P, 0, SOUP_DT, 0 },
    { "dt", SOUP_DT | SOUP_P, SOUP_DT, 0, 0 },
    { "embed", 0, 0, 0, SOUP_VOID },
    { "fieldset", SOUP_P, 0, 0, 0 },
    { "figcaption", SOUP_P, 0, 0, 0 },
    { "figure", SOUP_P, 0, 0, 0 },
    { "footer", SOUP_P, 0, 0, 0 },
    { "form", SOUP_P, 0, 0, 0 },
    { "frame", 0, 0, 0, SOUP_VOID },
    { "h1", SOUP_P, 0, 0, 0 },
    { "h2", SOUP_P, 0, 0, 0 },
    { "h3", SOUP_P, 0, 0, 0 },
    { "h4", SOUP_P, 0, 0, 0 },
    { "h5", SOUP_P, 0, 0, 0 },
    { "h6", SOUP_P, 0, 0, 0 },
    { "head", 0, 0, 0, SOUP_HEAD },
    { "header", SOUP_P, 0, 0, 0 },
    { "hgroup", SOUP_P, 0, 0, 0 },
    { "hr", SOUP_P, 0, 0, SOUP_VOID },
    { "iframe", 0, 0, 0, SOUP_RAW },
    { "img", 0, 0, 0, SOUP_VOID },
    { "input", 0, 0, 0, SOUP_VOID },
    { "keygen", 0, 0, 0, SOUP_VOID },
    { "li", SOUP_LI | SOUP_P, SOUP_LI, 0, 0 },
    { "link", 0, 0, 0, SOUP_VOID | SOUP_META },
    { "main", SOUP_P, 0, 0, 0 },
    { "menu", SOUP_P, 0, SOUP_LI, 0 },
    { "meta", 0, 0, 0, SOUP_VOID | SOUP_META },
    { "nav", SOUP_P, 0, 0, 0 },
    { "noembed", 0, 0, 0, SOUP_RAW },
    { "noframes", 0, 0, 0, SOUP_RAW },
    { "noscript", 0, 0, 0, SOUP_META },
    { "object", 0, 0, SOUP_P, 0 },
    { "ol", SOUP_P, 0, SOUP_LI, 0 },
    { "optgroup", SOUP_OPTION, 0, 0, 0 },
    { "option", SOUP_OPTION, SOUP_OPTION, 0, 0 },
    { "p", SOUP_P, SOUP_P, 0, 0 },
    { "param", 0, 0, 0, SOUP_VOID },
    { "pre", SOUP_P, 0, 0, 0 },
    { "rb", SOUP_RUBY, SOUP_RUBY, 0, 0 },
    { "rp", SOUP_RUBY, SOUP_RUBY, 0, 0 },
    { "rt", SOUP_RUBY, SOUP_RUBY, 0, 0 },
    { "ruby", 0, 0, SOUP_RUBY, 0 },
    { "script", 0, 0, 0, SOUP_RAW | SOUP_META },
    { "section", SOUP_P, 0, 0, 0 },
    { "select", 0, 0, SOUP_OPTION, 0 },
    { "source", 0, 0, 0, SOUP_VOID },
    { "style", 0, 0, 0, SOUP_RAW | SOUP_META },
    { "table", SOUP_P, 0,
      SOUP_CELLS | SOUP_ROW | SOUP_BODY | SOUP_CAPTION | SOUP_P,
      SOUP_TABLE },
    { "tbody", SOUP_BODY | SOUP_CAPTION, SOUP_BODY, 0, SOUP_TABLE },
    { "td", SOUP_CELLS | SOUP_CAPTION, SOUP_CELLS, SOUP_LI | SOUP_DT | SOUP_P,
      SOUP_TABLE | SOUP_CELL },
    { "template", 0, 0, 0, SOUP_META },
    { "textarea", 0, 0, 0, SOUP_RAW },
    { "tfoot", SOUP_BODY | SOUP_CAPTION, SOUP_BODY, 0, SOUP_TABLE },
    { "th", SOUP_CELLS | SOUP_CAPTION, SOUP_CELLS, SOUP_LI | SOUP_DT | SOUP_P,
      SOUP_TABLE | SOUP_CELL },
    { "thead", SOUP_BODY | SOUP_CAPTION, SOUP_BODY, 0, SOUP_TABLE },
    { "title", 0, 0, 0, SOUP_RAW | SOUP_META },
    { "tr", SOUP_ROW | SOUP_CAPTION, SOUP_ROW, SOUP_CELLS, SOUP_TABLE },
    { "track", 0, 0, 0, SOUP_VOID },
    { "ul", SOUP_P, 0, SOUP_LI, 0 },
    { "wbr", 0, 0, 0, SOUP_VOID },
    { "xmp", 0, 0, 0, SOUP_RAW },
};

static int soup_compare(const void *key, const void *rule)
{
    return strcmp(key, ((const struct soup_rule *)rule)->name);
}

const struct soup_rule *soup_rule_of(const char *name)
{
    static const struct soup_rule none;
    const struct soup_rule *rule =
        bsearch(name, soup_rules, sizeof soup_rules / sizeof *soup_rules,
                sizeof *soup_rules, soup_compare);
    return rule ? rule : &none;
}

static uint32_t soup_hash(const char *name)
{
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash;
}

static void soup_stack_pop_to(struct soup_stack *stack, size_t depth)
{
    while (stack->depth > depth) {
        stack->depth--;
        stack->handler->end(stack->handler,
                            stack->elements[stack->depth].name);
    }
}

void soup_stack_imply(struct soup_stack *stack, const struct soup_rule *rule)
{
    if (stack->depth > 0 && !(rule->flags & SOUP_META) &&
        stack->elements[stack->depth - 1].rule->flags & SOUP_HEAD)
        soup_stack_pop_to(stack, stack->depth - 1);
    unsigned rules = rule->starts;
    for (size_t i = stack->depth; rules && i-- > 0;) {
        const struct soup_rule *open = stack->elements[i].rule;
        if (open->ends & rules)
            soup_stack_pop_to(stack, i);
        rules &= ~(open->ends | open->walls);
    }
}

void soup_stack_text(struct soup_stack *stack, const char *text, size_t size)
{
    if (stack->depth == 0 ||
        !(stack->elements[stack->depth - 1].rule->flags & SOUP_HEAD))
        return;
    for (size_t i = 0; i < size; i++) {
        if (!memchr(" \t\r\n\f", text[i], 5)) {
            soup_stack_pop_to(stack, stack->depth - 1);
            return;
        }
    }
}

void soup_stack_open(struct soup_stack *stack, const struct soup_rule *rule,
                     const char *prefix, const char *name,
                     const struct sax_attribute *attributes, size_t count)
{
    stack->handler->start(stack->handler, prefix, name, attributes, count);
    stack->last_dropped = stack->depth == SAX_DEPTH - 1;
    if (stack->last_dropped) {
        stack->handler->end(stack->handler, name);
        stack->dropped++;
        return;
    }
    struct soup_element *element = &stack->elements[stack->depth++];
    element->rule = rule;
    element->hash = soup_hash(name);
    /* soup_name() made it shorter than SOUP_NAME. */
    memcpy(element->name, name, strlen(name) + 1);
}

void soup_stack_pop(struct soup_stack *stack)
{
    if (stack->last_dropped)
        stack->dropped--;
    else
        soup_stack_pop_to(stack, stack->depth - 1);
    stack->last_dropped = false;
}

void soup_stack_close(struct soup_stack *stack, const char *name)
{
    if (stack->dropped > 0) {
        /* Lines break after an element as well as before it. */
        stack->handler->start(stack->handler, NULL, name, NULL, 0);
        stack->handler->end(stack->handler, name);
        stack->dropped--;
        return;
    }
    uint32_t hash = soup_hash(name);
    bool table = soup_rule_of(name)->flags & SOUP_TABLE;
    for (size_t i = stack->depth; i-- > 0;) {
        const struct soup_element *open = &stack->elements[i];
        if (open->hash == hash && strcmp(open->name, name) == 0) {
            soup_stack_pop_to(stack, i);
            return;
        }
        if (stack->html && !table && open->rule->flags & SOUP_CELL)
            return;
    }
}

void soup_stack_finish(struct soup_stack *stack)
{
    soup_stack_pop_to(stack, 0);
}
