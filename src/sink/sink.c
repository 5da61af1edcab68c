/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sink.c - what all sinks share. */
#include <config.h>

#include "sink/sink.h"

void sink_init(struct sink *sink, const struct sink_ops *ops,
               struct sink_report *report)
{
    sink->ops = ops;
    sink->report = report;
    sink->horizon = UINT64_MAX;
    sink->broken = UINT64_MAX;
}

void sink_lose(struct sink *sink, struct result *result, const struct error *why)
{
    if (result->status <= STATUS_PARTIAL || result->error.kind == ERROR_INTERRUPTED) {
        result->error = *why;
        result->status = STATUS_FAILED;
    }
    result->lost = true;
    sink->report->finished(sink->report, result);
}

void sink_destroy(struct sink *sink)
{
    if (sink)
        sink->ops->destroy(sink);
}
