/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pace.c - half of what is left at most, so that the last page of a request is not
 * overslept when pages get faster. */
#include <config.h>

#include "lane/pace.h"

/* Longest rest, in seconds: what a lane may lose when the rest of its pages comes at
 * once. */
#define PACE_LONGEST 2e-3
/* Bytes that may gather: a socket holds some 200 KiB with what goes with them, and a
 * worker must not wait for room. */
#define PACE_BYTES ((size_t)48 << 10)
/* Fewer are not worth a rest. */
#define PACE_LEAST 2

void pace_begin(struct pace *p, double now)
{
    *p = (struct pace){ .since = now };
}

void pace_add(struct pace *p, size_t bytes)
{
    p->pages++;
    p->bytes += bytes;
}

double pace_rest(struct pace *p, int left, double now)
{
    int pages = p->pages, most = left / 2;
    double each = pages > 0 ? (now - p->since) / pages : 0;
    size_t bytes = pages > 0 ? p->bytes / (size_t)pages + 1 : 1;
    pace_begin(p, now);
    if (pages == 0 || each <= 0)
        return 0;
    if ((size_t)most > PACE_BYTES / bytes)
        most = (int)(PACE_BYTES / bytes);
    if (most * each > PACE_LONGEST)
        most = (int)(PACE_LONGEST / each);
    return most >= PACE_LEAST ? most * each : 0;
}
