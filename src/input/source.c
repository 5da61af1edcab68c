/* SPDX-License-Identifier: GPL-3.0-or-later */
/* source.c - the arguments, then the lists in their order, each name handed
 * to the walk. One list is open at a time. */
#include <config.h>

#include "input/source.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "input/filter.h"
#include "input/list.h"
#include "input/walk.h"

struct source {
    struct source_config config;
    struct filter filter;
    struct walk *walk;
    struct list *list; /* the one being read, or NULL */
    size_t next_path, next_list;
    uint64_t next_ordinal;
    bool ended; /* by the wake descriptor */
};

struct source *source_create(const struct source_config *config)
{
    struct source *source = xcalloc(1, sizeof *source);
    source->config = *config;
    source->filter = (struct filter){
        .includes = config->includes,
        .include_count = config->include_count,
        .excludes = config->excludes,
        .exclude_count = config->exclude_count,
        .owns = config->owns,
        .owns_ctx = config->owns_ctx,
        .owns_since = config->owns_since,
    };
    source->walk = walk_create(&source->filter, config->retries);
    return source;
}

void source_destroy(struct source *source)
{
    if (source == NULL)
        return;
    list_close(source->list);
    walk_destroy(source->walk);
    free(source);
}

bool source_is_repeatable(const struct source_config *config)
{
    for (size_t i = 0; i < config->list_count; i++) {
        const char *path = config->lists[i].path;
        struct stat st;
        /* A pipe by name, <(find ...) say, is gone when it was read once. */
        if (strcmp(path, "-") == 0 || stat(path, &st) < 0
            || !S_ISREG(st.st_mode))
            return false;
    }
    return true;
}

/* Makes LIST the one with the next entry. 1; 0 when all are read; -1 and E. */
static int open_list(struct source *source, struct error *e)
{
    if (source->list != NULL)
        return 1;
    if (source->next_list == source->config.list_count)
        return 0;
    const struct source_list *next = &source->config.lists[source->next_list++];
    source->list = list_open(next->path, next->separator,
                             source->config.wake_fd, e);
    return source->list != NULL ? 1 : -1;
}

/* Starts the walk at the next entry of the lists, or fills ITEM for one that
 * is not a name (then *IS_ITEM). 1; 0 at the end; -1 and E. */
static int next_entry(struct source *source, struct item *item, bool *is_item,
                      struct error *e)
{
    for (;;) {
        int r = open_list(source, e);
        if (r <= 0)
            return r;
        struct list_entry entry = {0};
        r = list_next(source->list, &entry, e);
        if (r < 0)
            return -1;
        if (r > 0) {
            *is_item = entry.error.kind != ERROR_NONE;
            if (*is_item)
                *item = (struct item){.path = xstrdup(entry.name),
                                      .named = true,
                                      .error = entry.error};
            else
                walk_start(source->walk, entry.name);
            return 1;
        }
        source->ended = list_was_woken(source->list);
        list_close(source->list);
        source->list = NULL;
        if (source->ended)
            return 0;
    }
}

int source_next(struct source *source, struct item *item, struct error *e)
{
    if (source->config.watch)
        return watch_next(source->config.watch, item);
    bool found = false;
    while (!found && !source->ended) {
        if (walk_next(source->walk, item) > 0) {
            found = true;
        } else if (source->next_path < source->config.path_count) {
            walk_start(source->walk,
                       source->config.paths[source->next_path++]);
        } else {
            int r = next_entry(source, item, &found, e);
            if (r <= 0)
                return r;
        }
    }
    if (!found)
        return 0;
    item->ordinal = item->origin = source->next_ordinal++;
    return 1;
}
