/* SPDX-License-Identifier: GPL-3.0-or-later */
/* item.c - lets go of what an item owns. */
#include <config.h>

#include "document/item.h"

#include <stdlib.h>

void item_clear(struct item *item)
{
    free(item->path);
    *item = (struct item){0};
}
