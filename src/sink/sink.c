/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sink.c - what all sinks share. */
#include <config.h>

#include "sink/sink.h"

void sink_destroy(struct sink *sink)
{
    if (sink)
        sink->ops->destroy(sink);
}
