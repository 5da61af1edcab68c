/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pending.c - a table by path, with a list of those that wait in the order in which
 * they came; those at work are found by ordinal as well. */
#include <config.h>

#include "input/pending.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fingerprints.h"

#define PENDING_CHAINS 4096 /* a power of two */

struct pending_entry {
    struct pending_entry *by_path, *by_ordinal; /* next in its chain */
    struct pending_entry *previous, *next;      /* of those that wait */
    char *path;
    bool waits, fresh;
    enum pending_change change;
    enum item_priority priority;
    double first, due;
    uint64_t ordinal; /* of what is at work, */
    unsigned at_work; /* with its members; 0: nothing */
};

struct pending {
    struct pending_config config;
    struct pending_entry *paths[PENDING_CHAINS], *ordinals[PENDING_CHAINS];
    struct pending_entry *first, *last;
    struct pending_counts counts;
    double next; /* nothing is due before */
};

struct pending *pending_create(const struct pending_config *config)
{
    struct pending *p = xcalloc(1, sizeof *p);
    p->config = *config;
    p->next = HUGE_VAL;
    return p;
}

static size_t pending_hash(const char *path)
{
    return fingerprints_hash('p', path, strlen(path)) & (PENDING_CHAINS - 1);
}

static struct pending_entry *pending_find(const struct pending *p, const char *path)
{
    struct pending_entry *i = p->paths[pending_hash(path)];
    while (i && strcmp(i->path, path) != 0)
        i = i->by_path;
    return i;
}

static struct pending_entry *pending_get(struct pending *p, const char *path)
{
    struct pending_entry *entry = pending_find(p, path);
    if (entry)
        return entry;
    struct pending_entry **chain = p->paths + pending_hash(path);
    entry = xcalloc(1, sizeof *entry);
    entry->path = xstrdup(path);
    entry->by_path = *chain;
    *chain = entry;
    return entry;
}

/* Gives ENTRY up when it is neither of the two. */
static void pending_drop_idle(struct pending *p, struct pending_entry *entry)
{
    if (entry->waits || entry->at_work)
        return;
    struct pending_entry **at = p->paths + pending_hash(entry->path);
    while (*at != entry)
        at = &(*at)->by_path;
    *at = entry->by_path;
    free(entry->path);
    free(entry);
}

static bool pending_is_whole(enum pending_change change)
{
    return change >= PENDING_TOUCHED;
}

static void pending_wait(struct pending *p, struct pending_entry *entry)
{
    entry->waits = true;
    entry->next = NULL;
    entry->previous = p->last;
    if (p->last)
        p->last->next = entry;
    else
        p->first = entry;
    p->last = entry;
    p->counts.waiting++;
    p->counts.whole += pending_is_whole(entry->change);
    p->counts.found += entry->change == PENDING_FOUND;
}

static void pending_leave(struct pending *p, struct pending_entry *entry)
{
    if (entry->previous)
        entry->previous->next = entry->next;
    else
        p->first = entry->next;
    if (entry->next)
        entry->next->previous = entry->previous;
    else
        p->last = entry->previous;
    entry->waits = false;
    p->counts.waiting--;
    p->counts.whole -= pending_is_whole(entry->change);
    p->counts.found -= entry->change == PENDING_FOUND;
}

/* When ENTRY is due that has just changed. */
static double pending_due(const struct pending *p, const struct pending_entry *entry,
                          double now)
{
    double quiet = p->config.debounce;
    if (entry->change == PENDING_FOUND)
        return now + PENDING_STABLE;
    if (!pending_is_whole(entry->change))
        return now + (quiet > PENDING_STABLE ? quiet : PENDING_STABLE);
    double latest = entry->first + PENDING_PATIENCE * quiet;
    return now + quiet < latest ? now + quiet : latest;
}

void pending_flush(struct pending *p, double now)
{
    for (struct pending_entry *i = p->first; i; i = i->next)
        if (pending_is_whole(i->change) && i->due > now)
            i->due = now;
    if (p->counts.whole > 0 && p->next > now)
        p->next = now;
}

enum pending_noted pending_note(struct pending *p, const char *path,
                                enum pending_change change,
                                enum item_priority priority, double now)
{
    struct pending_entry *entry = pending_find(p, path);
    bool waited = entry && entry->waits;
    if (!waited && !(entry && entry->at_work) && p->counts.waiting >= PENDING_MOST)
        return PENDING_FULL;
    if (!entry)
        entry = pending_get(p, path);
    bool fresh = change != PENDING_FOUND && change != PENDING_TOUCHED;
    if (waited) {
        /* Other rights, or another look, make no file whole, and none new. */
        if (!fresh && entry->change != PENDING_DOUBTED &&
            (entry->fresh || !pending_is_whole(entry->change)))
            change = entry->change;
        pending_leave(p, entry);
    } else {
        entry->first = now;
        entry->fresh = false;
    }
    entry->fresh |= fresh;
    entry->change = change;
    entry->priority = priority;
    pending_wait(p, entry);
    entry->due = pending_due(p, entry, now);
    if (!entry->at_work && entry->due < p->next)
        p->next = entry->due;
    if (p->counts.whole >= (size_t)p->config.batch)
        pending_flush(p, now);
    return waited ? PENDING_MERGED : PENDING_NEW;
}

bool pending_forget(struct pending *p, const char *path)
{
    struct pending_entry *entry = pending_find(p, path);
    if (!entry || !entry->waits)
        return false;
    pending_leave(p, entry);
    pending_drop_idle(p, entry);
    return true;
}

void pending_gone_below(struct pending *p, const char *path, double now)
{
    size_t size = strlen(path);
    for (size_t i = 0; i < PENDING_CHAINS; i++)
        for (struct pending_entry *e = p->paths[i]; e; e = e->by_path)
            if (strncmp(e->path, path, size) == 0 && e->path[size] == '/')
                pending_note(p, e->path, PENDING_GONE, e->priority, now);
}

bool pending_take(struct pending *p, double now, struct pending_due *due)
{
    struct pending_entry *best = NULL;
    double next = HUGE_VAL;
    if (now < p->next)
        return false;
    for (struct pending_entry *i = p->first; i; i = i->next) {
        if (i->at_work)
            continue;
        if (i->due < next)
            next = i->due;
        if (i->due <= now && (!best || i->priority < best->priority))
            best = i;
    }
    p->next = next;
    if (!best)
        return false;
    *due = (struct pending_due){ xstrdup(best->path), best->change, best->fresh,
                                 best->priority };
    pending_leave(p, best);
    pending_drop_idle(p, best);
    return true;
}

void pending_doubt(struct pending *p, double now)
{
    for (size_t i = 0; i < PENDING_CHAINS; i++) {
        for (struct pending_entry *e = p->ordinals[i]; e; e = e->by_ordinal) {
            if (e->waits)
                continue;
            e->fresh = false;
            e->change = PENDING_DOUBTED;
            e->first = e->due = now;
            pending_wait(p, e);
        }
    }
}

/* Puts ENTRY where it is found by its ordinal. */
static struct pending_entry **pending_chain(struct pending *p, uint64_t ordinal)
{
    return p->ordinals + (ordinal & (PENDING_CHAINS - 1));
}

static struct pending_entry *pending_at_work(struct pending *p, uint64_t ordinal)
{
    struct pending_entry *i = *pending_chain(p, ordinal);
    while (i && i->ordinal != ordinal)
        i = i->by_ordinal;
    return i;
}

bool pending_begin(struct pending *p, const char *path, uint64_t ordinal, bool fresh,
                   enum item_priority priority, double now)
{
    struct pending_entry *entry = pending_get(p, path);
    if (entry->at_work) {
        pending_note(p, path, fresh ? PENDING_WRITTEN : PENDING_TOUCHED, priority, now);
        return false;
    }
    struct pending_entry **chain = pending_chain(p, ordinal);
    entry->ordinal = ordinal;
    entry->priority = priority;
    entry->at_work = 1;
    entry->by_ordinal = *chain;
    *chain = entry;
    p->counts.at_work++;
    return true;
}

void pending_join(struct pending *p, uint64_t ordinal)
{
    struct pending_entry *entry = pending_at_work(p, ordinal);
    if (entry)
        entry->at_work++;
}

bool pending_land(struct pending *p, uint64_t ordinal, double now)
{
    struct pending_entry *entry = pending_at_work(p, ordinal);
    if (!entry || --entry->at_work > 0)
        return false;
    struct pending_entry **at = pending_chain(p, ordinal);
    while (*at != entry)
        at = &(*at)->by_ordinal;
    *at = entry->by_ordinal;
    p->counts.at_work--;
    if (entry->waits && entry->due < p->next)
        p->next = entry->due > now ? entry->due : now;
    pending_drop_idle(p, entry);
    return true;
}

bool pending_has(const struct pending *p, const char *path)
{
    const struct pending_entry *entry = pending_find(p, path);
    return entry && entry->waits && entry->change != PENDING_DOUBTED;
}

double pending_next(const struct pending *p)
{
    return p->next;
}

void pending_count(const struct pending *p, struct pending_counts *counts)
{
    *counts = p->counts;
}

void pending_destroy(struct pending *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < PENDING_CHAINS; i++) {
        for (struct pending_entry *e = p->paths[i], *next; e; e = next) {
            next = e->by_path;
            free(e->path);
            free(e);
        }
    }
    free(p);
}
