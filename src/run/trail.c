/* SPDX-License-Identifier: GPL-3.0-or-later */
/* trail.c - a ring. */
#include <config.h>

#include "run/trail.h"

static const struct trail_point *trail_at(const struct trail *t, int i)
{
    return &t->points[(t->first + i) % TRAIL_POINTS];
}

void trail_add(struct trail *t, const struct metrics_snapshot *s)
{
    int at = (t->first + t->count) % TRAIL_POINTS;
    if (t->count == TRAIL_POINTS)
        t->first = (t->first + 1) % TRAIL_POINTS;
    else
        t->count++;
    t->points[at] = (struct trail_point){
        .wall_seconds = s->wall_seconds,
        .pages = s->pages_live,
        .failed = s->all.documents[STATUS_FAILED],
        .pages_per_minute = s->pages_per_minute,
        .active = s->lanes_active,
        .wanted = s->lanes_wanted,
        .queue = s->waiting + s->parked,
    };
}

double trail_rate(const struct trail *t, double wall_seconds, uint64_t pages)
{
    struct trail_point from = { 0 };
    for (int i = t->count; i-- > 0;) {
        const struct trail_point *p = trail_at(t, i);
        if (p->wall_seconds <= wall_seconds - TRAIL_RATE_SECONDS) {
            from = *p;
            break;
        }
    }
    double seconds = wall_seconds - from.wall_seconds;
    return seconds > 0 && pages > from.pages ? (double)(pages - from.pages) / seconds * 60
                                             : 0;
}

json_t *trail_json(const struct trail *t)
{
    json_t *seconds = json_array(), *rates = json_array(), *failed = json_array(),
           *active = json_array(), *wanted = json_array(), *queue = json_array();
    for (int i = 0; i < t->count; i++) {
        const struct trail_point *p = trail_at(t, i);
        json_array_append_new(seconds, json_real(p->wall_seconds));
        json_array_append_new(rates, json_real(p->pages_per_minute));
        json_array_append_new(failed, json_integer((json_int_t)p->failed));
        json_array_append_new(active, json_integer(p->active));
        json_array_append_new(wanted, json_integer(p->wanted));
        json_array_append_new(queue, json_integer(p->queue));
    }
    return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "wall_seconds", seconds,
                     "pages_per_minute", rates, "failed", failed, "lanes_active", active,
                     "lanes_limit", wanted, "queue", queue);
}
