/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine.c - the PDF engines of this build. One that is added is added here, in
 * engine.h, in src/local.mk and to the words of --pdf-engine. */
#include <config.h>

#include "format/engine.h"

#include <string.h>

const struct engine *const engine_registry[] = { &engine_native, &engine_poppler, NULL };
_Static_assert(sizeof engine_registry / sizeof *engine_registry <= ENGINES_MOST + 1,
               "documents keep a place for each engine");

const struct engine *engine_find(const char *name)
{
    for (size_t i = 0; engine_registry[i]; i++)
        if (!strcmp(engine_registry[i]->name, name))
            return engine_registry[i];
    return NULL;
}
