/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lane.c - the calls of lane.h, handed on to the kind of lane. */
#include <config.h>

#include "lane/lane.h"

int lane_open(struct lane *lane, const struct lane_document *document,
              struct format_info *info, struct error *e)
{
    return lane->ops->open(lane, document, info, e);
}

int lane_pages(struct lane *lane, const struct lane_document *document,
               const int *pages, int count, struct lane_output *out,
               struct error *e)
{
    return lane->ops->pages(lane, document, pages, count, out, e);
}

void lane_close(struct lane *lane, uint64_t id)
{
    lane->ops->close(lane, id);
}

void lane_rest(struct lane *lane)
{
    if (lane->ops->rest)
        lane->ops->rest(lane);
}

uint64_t lane_memory(struct lane *lane)
{
    return lane->ops->memory ? lane->ops->memory(lane) : 0;
}

void lane_destroy(struct lane *lane)
{
    if (lane)
        lane->ops->destroy(lane);
}
