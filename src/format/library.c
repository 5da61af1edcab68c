/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library.c - dlopen and dlsym, by the sonames that configure found; and what
 * formats call their libraries. */
#include <config.h>

#include "format/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

#include "base/alloc.h"
#include "format/format.h"

bool library_load(const char *soname, const char *const *names, size_t count,
                  void *table, const char **why)
{
    void *handle = dlopen(soname, RTLD_LAZY | RTLD_LOCAL);
    bool good = handle != NULL;
    for (size_t i = 0; good && i < count; i++) {
        /* dlsym gives an object pointer; POSIX wants it to hold a function's
         * too. */
        void *symbol = dlsym(handle, names[i]);
        memcpy((char *)table + i * sizeof symbol, &symbol, sizeof symbol);
        good = symbol != NULL;
    }
    if (!good)
        *why = xstrdup(dlerror());
    return good;
}

/* What was asked for so far, one entry for each format. */
struct library_name {
    struct library_name *next;
    const struct format *format;
    const char *name;
};

const char *format_engine(const struct format *format)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct library_name *known;
    pthread_mutex_lock(&lock);
    struct library_name *n = known;
    while (n && n->format != format)
        n = n->next;
    if (!n) {
        n = xmalloc(sizeof *n);
        *n = (struct library_name){ known, format,
                                    format->library ? format->library() : NULL };
        known = n;
    }
    pthread_mutex_unlock(&lock);
    return n->name;
}
