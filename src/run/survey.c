/* SPDX-License-Identifier: GPL-3.0-or-later */
/* survey.c - a second source of the same inputs, read as fast as it goes; its
 * items are counted and dropped. */
#include <config.h>

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "run/survey.h"

struct survey {
    const struct source_config *config;
    pthread_t thread;
    _Atomic uint64_t documents, bytes;
    atomic_bool complete, stop;
};

static void *survey_thread(void *arg)
{
    struct survey *s = arg;
    struct source *source = source_create(s->config);
    struct item item;
    struct error e;
    int rc = 0;
    while (!s->stop && (rc = source_next(source, &item, &e)) > 0) {
        s->documents++;
        s->bytes += item.bytes;
        item_clear(&item);
    }
    source_destroy(source);
    s->complete = rc == 0 && !s->stop;
    return NULL;
}

static bool survey_is_possible(const struct source_config *config)
{
    if (!source_is_repeatable(config))
        return false;
    for (size_t i = 0; i < config->list_count; i++) {
        struct stat st;
        if (stat(config->lists[i].path, &st) != 0 || !S_ISREG(st.st_mode))
            return false;
    }
    return true;
}

struct survey *survey_start(const struct source_config *config)
{
    if (!survey_is_possible(config))
        return NULL;
    struct survey *s = xcalloc(1, sizeof *s);
    s->config = config;
    if (pthread_create(&s->thread, NULL, survey_thread, s) == 0)
        return s;
    free(s);
    return NULL;
}

bool survey_read(const struct survey *s, uint64_t *documents, uint64_t *bytes)
{
    if (!s || !s->complete)
        return false;
    *documents = s->documents;
    *bytes = s->bytes;
    return true;
}

void survey_stop(struct survey *s)
{
    if (!s)
        return;
    s->stop = true;
    pthread_join(s->thread, NULL);
    free(s);
}
