/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz-naming.c - the bytes are paths, a NUL after each: what they are called
 * in an output tree, never outside of it and never the same for two. */
#include <config.h>

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "sink/naming.h"
#include "fuzz.h"

/* Every pair is compared. */
#define NAMES 200

const char *const fuzz_corpus[] = { NULL };

/* Relative, without empty components, "." and "..", none of them too long. */
static void naming_must_be_inside(const char *name)
{
    for (;;) {
        size_t length = strcspn(name, "/");
        fuzz_must(length > 0);
        fuzz_must(!(length == 1 && name[0] == '.'));
        fuzz_must(!(length == 2 && name[0] == '.' && name[1] == '.'));
        if (name[length] == '\0') {
            fuzz_must(length <= 255);
            return;
        }
        name += length + 1;
    }
}

/* Whether one is the other, or a folder above it. */
static bool naming_clash(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > m)
        return naming_clash(b, a);
    return !strncmp(a, b, n) && (b[n] == '\0' || b[n] == '/');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct naming *naming = naming_create();
    char *names[NAMES];
    int count = 0;
    for (size_t at = 0; at < size && count < NAMES;) {
        char *path = xstrndup((const char *)data + at, size - at);
        at += strlen(path) + 1;
        bool renamed = false;
        char *name = naming_assign(naming, path, ".txt", &renamed);
        naming_must_be_inside(name);
        for (int i = 0; i < count; i++)
            fuzz_must(!naming_clash(names[i], name));
        names[count++] = name;
        free(path);
    }
    while (count > 0)
        free(names[--count]);
    naming_destroy(naming);
    return 0;
}
