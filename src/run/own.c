/* SPDX-License-Identifier: GPL-3.0-or-later */
/* own.c - by names alone: these files are replaced all the time, and what they were
 * may be another file tomorrow. */
#include <config.h>

#include "run/own.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/alloc.h"
#include "base/replace.h"
#include "sink/beside.h"

static void own_add(struct own *o, const char *path)
{
    struct own_file *f = o->files + o->count;
    const char *name;
    if (!path || !strcmp(path, "-"))
        return;
    char *folder = beside_split(path, &name);
    if (stat(folder, &f->folder) == 0) {
        f->name = xstrdup(name);
        o->count++;
    }
    free(folder);
}

void own_init(struct own *o, const struct settings *settings, struct sink *sink)
{
    struct timespec now;
    /* The clock that files have their times of. */
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    *o = (struct own){
        .sink = sink,
        .since = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec,
    };
    own_add(o, settings->stats);
    own_add(o, settings->metrics_file);
    /* It is there, and what is written to may have another name. */
    char *timeline = settings->timeline ? realpath(settings->timeline, NULL) : NULL;
    own_add(o, timeline);
    free(timeline);
}

static bool own_has_file(const struct own *o, const char *path)
{
    const char *name;
    struct stat in;
    bool has = false;
    char *folder = beside_split(path, &name);
    for (int i = 0; i < o->count && !has; i++) {
        const struct own_file *f = o->files + i;
        has = replace_is_name(name, f->name) && stat(folder, &in) == 0 &&
              in.st_dev == f->folder.st_dev && in.st_ino == f->folder.st_ino;
    }
    free(folder);
    return has;
}

bool own_has(void *ctx, const char *path, const struct stat *st)
{
    const struct own *o = ctx;
    struct sink *sink = o->sink;
    return (sink->ops->owns && sink->ops->owns(sink, path, st)) ||
           (o->count > 0 && S_ISREG(st->st_mode) && own_has_file(o, path));
}

void own_clear(struct own *o)
{
    for (int i = 0; i < o->count; i++)
        free(o->files[i].name);
    *o = (struct own){ 0 };
}
