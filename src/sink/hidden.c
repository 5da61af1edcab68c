/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hidden.c - without a lock: the signal thread reads what the writer puts. */
#include <config.h>

#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

#include "base/signals.h"
#include "sink/hidden.h"

#define HIDDEN_NAMES 64
static _Atomic(char *) hidden_names[HIDDEN_NAMES];
static _Atomic int hidden_directory = -1;

static void hidden_cleanup(void)
{
    for (int i = 0; i < HIDDEN_NAMES; i++) {
        char *name = atomic_load(&hidden_names[i]);
        if (name)
            unlinkat(atomic_load(&hidden_directory), name, 0);
    }
}

static void hidden_swap(char *from, char *to)
{
    for (int i = 0; i < HIDDEN_NAMES; i++) {
        char *expected = from;
        if (atomic_compare_exchange_strong(&hidden_names[i], &expected, to))
            return;
    }
}

void hidden_begin(int directory)
{
    atomic_store(&hidden_directory, directory);
    signals_set_cleanup(hidden_cleanup);
}

void hidden_add(char *name)
{
    hidden_swap(NULL, name);
}

void hidden_remove(char *name)
{
    hidden_swap(name, NULL);
}
