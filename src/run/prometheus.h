/* SPDX-License-Identifier: GPL-3.0-or-later */
/* prometheus.h - the figures of a run in Prometheus' text format, version 0.0.4
 * (prometheus.io, "Exposition formats"). */
#ifndef EXTRACT_RUN_PROMETHEUS_H
#define EXTRACT_RUN_PROMETHEUS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "run/metrics.h"

#define PROMETHEUS_MEDIA_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* Appends all families of S. RUNNING: the run has not ended. */
void prometheus_append(struct buffer *b, const struct metrics_snapshot *s, bool running);

/* Appends TEXT as it stands between the quotes of a label's value. */
void prometheus_append_label(struct buffer *b, const char *text);

#endif
