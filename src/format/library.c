/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library.c - dlopen and dlsym, by the sonames that configure found. */
#include <config.h>

#include "format/library.h"

#include <dlfcn.h>
#include <string.h>

#include "base/alloc.h"

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
