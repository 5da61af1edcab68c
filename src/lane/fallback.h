/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fallback.h - one lane in this process that all process lanes share when no
 * worker can be started. Any thread; one request at a time, others wait. */
#ifndef EXTRACT_LANE_FALLBACK_H
#define EXTRACT_LANE_FALLBACK_H

#include "lane/lane.h"

struct fallback; /* opaque */

/* Never NULL. Makes no lane yet. */
struct fallback *fallback_create(void);

/* As lane_open and lane_pages. The first of these calls says aloud what WHY
 * (for fallback_open: E) holds and that the run goes on without isolation. */
int fallback_open(struct fallback *f, const struct lane_document *document,
                  struct format_info *info, struct error *e);
int fallback_pages(struct fallback *f, const struct lane_document *document,
                   const int *pages, int count, struct lane_output *out,
                   const struct error *why, struct error *e);
void fallback_close(struct fallback *f, uint64_t id);

void fallback_destroy(struct fallback *f); /* takes NULL */

#endif
