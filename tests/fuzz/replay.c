/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replay.c - runs a fuzz target on its seeds and the sample documents, or on
 * the files that are named, once each, as TAP. A crash ends it early. */
#include <config.h>

#include <glob.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "fuzz.h"

/* All of FILE, in memory of its exact size. */
static uint8_t *replay_read(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    uint8_t *data = NULL;
    if (fseek(file, 0, SEEK_END) == 0) {
        long end = ftell(file);
        rewind(file);
        *size = end > 0 ? (size_t)end : 0;
        data = xmalloc(*size > 0 ? *size : 1);
        if (fread(data, 1, *size, file) != *size) {
            free(data);
            data = NULL;
        }
    }
    fclose(file);
    return data;
}

/* The source tree. */
static const char *replay_top(void)
{
    const char *srcdir = getenv("srcdir");
    return srcdir ? srcdir : ".";
}

static void replay_find(glob_t *found, const char *pattern)
{
    char *full = xasprintf("%s/%s", replay_top(), pattern);
    int flags = found->gl_pathc > 0 ? GLOB_APPEND : 0;
    int rc = glob(full, flags, NULL, found);
    if (rc != 0 && rc != GLOB_NOMATCH)
        abort();
    free(full);
}

/* PATH as the log shows it: without the source tree's own. */
static const char *replay_name(const char *path)
{
    size_t top = strlen(replay_top());
    return strncmp(path, replay_top(), top) || path[top] != '/' ? path
                                                                : path + top + 1;
}

/* The seeds of a program called .../replay-NAME are in seeds/NAME. */
static void replay_seeds(glob_t *found, char *program)
{
    const char *name = strrchr(basename(program), '-');
    char pattern[256];
    snprintf(pattern, sizeof pattern, "tests/fuzz/seeds/%s/*",
             name ? name + 1 : "");
    replay_find(found, pattern);
    for (size_t i = 0; fuzz_corpus[i]; i++)
        replay_find(found, fuzz_corpus[i]);
}

int main(int argc, char **argv)
{
    glob_t found = { 0 };
    char **files = argv + 1;
    size_t count = (size_t)argc - 1;
    if (argc < 2) {
        replay_seeds(&found, argv[0]);
        files = found.gl_pathv;
        count = found.gl_pathc;
    }
    if (count == 0) {
        puts("Bail out! no seeds");
        return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("1..%zu\n", count);
    int failures = 0;
    for (size_t i = 0; i < count; i++) {
        size_t size = 0;
        uint8_t *data = replay_read(files[i], &size);
        if (data)
            LLVMFuzzerTestOneInput(data, size);
        else
            failures++;
        free(data);
        printf("%s %zu - %s\n", data ? "ok" : "not ok", i + 1,
               replay_name(files[i]));
    }
    if (argc < 2)
        globfree(&found);
    return failures > 0;
}
