/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ready.c - the look-ahead is short (some hundred documents), so that plain
 * lists and heaps do. */
#include <config.h>

#include <stdlib.h>

#include "base/alloc.h"
#include "sched/ready.h"

void ready_init(struct ready *r, struct gate *gate)
{
    *r = (struct ready){ .gate = gate };
}

void ready_clear(struct ready *r)
{
    free(r->medium.tasks);
    free(r->heavy.tasks);
}

static void ready_append(struct ready_list *l, struct task *t)
{
    t->next = NULL;
    if (l->last)
        l->last->next = t;
    else
        l->first = t;
    l->last = t;
    l->count++;
}

static struct task *ready_take(struct ready_list *l)
{
    struct task *t = l->first;
    if (!t)
        return NULL;
    l->first = t->next;
    if (!l->first)
        l->last = NULL;
    l->count--;
    return t;
}

static bool ready_is_before(const struct task *a, const struct task *b)
{
    const struct item *x = &a->result->item, *y = &b->result->item;
    if (x->priority != y->priority)
        return x->priority < y->priority;
    return x->bytes != y->bytes ? x->bytes > y->bytes : x->ordinal < y->ordinal;
}

static void ready_heap_push(struct ready_heap *h, struct task *t)
{
    if (h->count == h->capacity) {
        h->capacity = h->capacity ? h->capacity * 2 : 64;
        h->tasks = xrealloc_array(h->tasks, (size_t)h->capacity, sizeof *h->tasks);
    }
    int i = h->count++;
    for (; i > 0 && ready_is_before(t, h->tasks[(i - 1) / 2]); i = (i - 1) / 2)
        h->tasks[i] = h->tasks[(i - 1) / 2];
    h->tasks[i] = t;
}

/* Puts T where I is free, or nearer to the bottom. */
static void ready_heap_sink(struct ready_heap *h, int i, struct task *t)
{
    for (int child; (child = 2 * i + 1) < h->count; i = child) {
        if (child + 1 < h->count &&
            ready_is_before(h->tasks[child + 1], h->tasks[child]))
            child++;
        if (!ready_is_before(h->tasks[child], t))
            break;
        h->tasks[i] = h->tasks[child];
    }
    h->tasks[i] = t;
}

/* The task at I; the last one takes its place, and finds its own from there. */
static struct task *ready_heap_take(struct ready_heap *h, int i)
{
    struct task *taken = h->tasks[i], *t = h->tasks[--h->count];
    if (i == h->count)
        return taken;
    for (; i > 0 && ready_is_before(t, h->tasks[(i - 1) / 2]); i = (i - 1) / 2)
        h->tasks[i] = h->tasks[(i - 1) / 2];
    ready_heap_sink(h, i, t);
    return taken;
}

static struct task *ready_heap_pop(struct ready_heap *h)
{
    return h->count == 0 ? NULL : ready_heap_take(h, 0);
}

int ready_waiting(const struct ready *r)
{
    int quick = 0;
    for (int i = 0; i < READY_PRIORITIES; i++)
        quick += r->quick[i].count;
    return quick + r->medium.count + r->heavy.count;
}

static enum item_priority ready_priority(const struct task *t)
{
    return t->result->item.priority;
}

/* The list whose first quick one goes first; the last one when there is none. */
static struct ready_list *ready_quick(struct ready *r)
{
    int i = 0;
    while (i < READY_PRIORITIES - 1 && r->quick[i].count == 0)
        i++;
    return r->quick + i;
}

void ready_push(struct ready *r, struct task *t)
{
    if (t->class == GATE_QUICK)
        ready_append(r->quick + (ready_priority(t) - ITEM_CRITICAL), t);
    else
        ready_heap_push(t->class == GATE_MEDIUM ? &r->medium : &r->heavy, t);
}

void ready_park(struct ready *r, struct task *t)
{
    ready_append(&r->parked, t);
}

void ready_share(struct ready *r, struct task *t)
{
    t->shared = true;
    ready_append(&r->shared, t);
}

void ready_unshare(struct ready *r, struct task *t)
{
    struct ready_list kept = { 0 };
    for (struct task *i; t->shared && (i = ready_take(&r->shared));)
        if (i != t)
            ready_append(&kept, i);
    if (t->shared)
        r->shared = kept;
    t->shared = false;
}

/* The document at work, of CLASS, whose next range is to be claimed: the one
 * that was started first, so that documents end one after the other. */
static struct task *ready_shared(const struct ready *r, enum gate_class class)
{
    for (struct task *t = r->shared.first; t; t = t->next)
        if (t->class == class && task_has_range(t))
            return t;
    return NULL;
}

static struct task *ready_parked(const struct ready *r, enum gate_class class)
{
    return r->gate->permits > 0 && r->parked.first &&
                   r->parked.first->class == class
               ? r->parked.first
               : NULL;
}

/* The one of CLASS that would go first, by its priority; NULL: there is none. */
static const struct task *ready_first(struct ready *r, enum gate_class class)
{
    const struct task *firsts[] = {
        ready_parked(r, class),
        class == GATE_QUICK ? ready_quick(r)->first : NULL,
        class == GATE_MEDIUM && r->medium.count ? r->medium.tasks[0] : NULL,
        class == GATE_HEAVY && r->heavy.count ? r->heavy.tasks[0] : NULL,
        class == GATE_HEAVY ? ready_shared(r, class) : NULL,
    };
    const struct task *first = NULL;
    for (size_t i = 0; i < sizeof firsts / sizeof *firsts; i++)
        if (firsts[i] && (!first || ready_priority(firsts[i]) < ready_priority(first)))
            first = firsts[i];
    return first;
}

/* Lower priorities have a chance where the gate lets none of the higher ones in. */
static enum gate_class ready_choose(struct ready *r)
{
    const struct task *firsts[GATE_CLASSES];
    enum gate_class class = GATE_CLASSES;
    for (int c = 0; c < GATE_CLASSES; c++)
        firsts[c] = ready_first(r, (enum gate_class)c);
    for (int p = ITEM_CRITICAL; p <= ITEM_BATCH && class == GATE_CLASSES; p++) {
        bool startable[GATE_CLASSES];
        for (int c = 0; c < GATE_CLASSES; c++)
            startable[c] = firsts[c] && (int)ready_priority(firsts[c]) <= p;
        class = gate_choose(r->gate, startable);
    }
    return class;
}

static struct task *ready_helpable(const struct ready *r)
{
    struct task *t = ready_shared(r, GATE_MEDIUM);
    return t ? t : ready_shared(r, GATE_QUICK);
}

/* A lane stays with the document that it has open: another one would walk the
 * page tree again (0.2-0.45 s on manuals of 1,300-2,400 pages). So a new
 * document is taken before a lane joins a sibling's. */
static struct task *ready_pick_heavy(struct ready *r, uint64_t own)
{
    for (struct task *t = r->shared.first; t; t = t->next)
        if (t->document.id == own && t->class == GATE_HEAVY && task_has_range(t))
            return t;
    struct task *t = ready_heap_pop(&r->heavy);
    return t ? t : ready_shared(r, GATE_HEAVY);
}

struct task *ready_pick(struct ready *r, uint64_t own, enum gate_class *class)
{
    *class = ready_choose(r);
    if (*class == GATE_CLASSES) {
        struct task *t = ready_helpable(r);
        if (t)
            *class = t->class;
        return t;
    }
    struct task *t = ready_parked(r, *class);
    if (t) {
        t->has_permit = gate_try_permit(r->gate);
        return ready_take(&r->parked);
    }
    switch (*class) {
    case GATE_QUICK:
        return ready_take(ready_quick(r));
    case GATE_MEDIUM:
        return ready_heap_pop(&r->medium);
    default:
        return ready_pick_heavy(r, own);
    }
}

static struct task *ready_list_within(struct ready_list *l, const struct nest *nest)
{
    for (struct task **link = &l->first, *before = NULL; *link;
         before = *link, link = &before->next) {
        struct task *t = *link;
        if (t->within != nest)
            continue;
        *link = t->next;
        if (l->last == t)
            l->last = before;
        l->count--;
        return t;
    }
    return NULL;
}

static struct task *ready_heap_within(struct ready_heap *h, const struct nest *nest)
{
    for (int i = 0; i < h->count; i++)
        if (h->tasks[i]->within == nest)
            return ready_heap_take(h, i);
    return NULL;
}

static struct task *ready_shared_within(const struct ready *r, const struct nest *nest)
{
    for (struct task *t = r->shared.first; t; t = t->next)
        if (t->within == nest && task_has_range(t))
            return t;
    return NULL;
}

struct task *ready_pick_within(struct ready *r, const struct nest *nest,
                               enum gate_class *class)
{
    struct task *t = NULL;
    for (int i = 0; i < READY_PRIORITIES && !t; i++)
        t = ready_list_within(r->quick + i, nest);
    if (!t)
        t = ready_heap_within(&r->medium, nest);
    if (!t)
        t = ready_heap_within(&r->heavy, nest);
    if (!t)
        t = ready_shared_within(r, nest);
    if (!t && (t = ready_list_within(&r->parked, nest))) {
        r->gate->permits--;
        t->has_permit = true;
    }
    if (t)
        *class = t->class;
    return t;
}

bool ready_is_startable(struct ready *r)
{
    return ready_choose(r) != GATE_CLASSES || ready_helpable(r);
}

struct task *ready_drain(struct ready *r)
{
    struct task *t = ready_take(ready_quick(r));
    if (!t)
        t = ready_heap_pop(&r->medium);
    if (!t)
        t = ready_heap_pop(&r->heavy);
    if (!t)
        t = ready_take(&r->parked);
    return t;
}
