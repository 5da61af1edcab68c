/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library.c - dlopen and dlsym of poppler-glib, by the soname that configure
 * found; symbols are looked up in its dependencies (gio, gobject) too. */
#include <config.h>

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "format/library.h"

static struct library library_table;

/* dlsym gives an object pointer; POSIX wants it to hold a function's too. */
static bool library_find(void *handle, const char *name, void *member)
{
    void *symbol = dlsym(handle, name);
    memcpy(member, &symbol, sizeof symbol);
    return symbol != NULL;
}

const struct library *library_load(const char **why)
{
    static bool loaded;
    if (loaded)
        return &library_table;
    void *handle = dlopen(POPPLER_SONAME, RTLD_LAZY | RTLD_LOCAL);
    bool good = handle != NULL;
#define LIBRARY_FIND(name) \
    good = good && library_find(handle, #name, &library_table.name);
    LIBRARY_CALLS(LIBRARY_FIND)
#undef LIBRARY_FIND
    if (!good && why)
        *why = dlerror();
    loaded = good;
    return good ? &library_table : NULL;
}
