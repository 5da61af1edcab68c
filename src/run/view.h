/* SPDX-License-Identifier: GPL-3.0-or-later */
/* view.h - all there is to see of a run at a moment: what it counts, with what its
 * parts say when they are asked. */
#ifndef EXTRACT_RUN_VIEW_H
#define EXTRACT_RUN_VIEW_H

#include <jansson.h>

#include "lane/worker.h"
#include "run/metrics.h"
#include "sched/sched.h"
#include "sink/writer.h"

struct view; /* opaque */

/* Borrows both. Never NULL. */
struct view *view_create(struct metrics *metrics, struct worker_pool *pool);

/* From now on these are asked, too, until view_forget. */
void view_watch(struct view *v, struct sched *sched, struct writer *writer);

/* Any thread. */
void view_read(struct view *v, struct metrics_snapshot *s);

/* The same, and keeps it for the trail: to be called each two seconds. */
void view_look(struct view *v, struct metrics_snapshot *s);

/* What trail_json gives. Any thread. */
json_t *view_trail(struct view *v);

/* The run is over: waits for who is reading, and lets both go. What WRITER has done
 * stays known. */
void view_forget(struct view *v);

void view_destroy(struct view *v); /* takes NULL */

#endif
