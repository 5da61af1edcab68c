/* SPDX-License-Identifier: GPL-3.0-or-later */
/* own.h - what a run writes beside its output: figures (--stats, --metrics-file) and
 * the timeline, with the names that they have until they are whole. No walk takes any
 * of it, nor of the output, for a document. */
#ifndef EXTRACT_RUN_OWN_H
#define EXTRACT_RUN_OWN_H

#include "cli/settings.h"
#include "sink/sink.h"

#define OWN_FILES 3

struct own {
    struct sink *sink;
    int64_t since; /* as in source.h */
    int count;
    struct own_file {
        char *name; /* without its folder */
        struct stat folder;
    } files[OWN_FILES];
};

/* Those of SETTINGS, which are there or may be made; borrows SINK. */
void own_init(struct own *o, const struct settings *settings, struct sink *sink);

/* As in source.h. CTX is a struct own. */
bool own_has(void *ctx, const char *path, const struct stat *st);

void own_clear(struct own *o);

#endif
