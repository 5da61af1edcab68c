/* SPDX-License-Identifier: GPL-3.0-or-later */
/* recorded.h - a sink whose results are kept in a manifest, once their output is
 * final. */
#ifndef EXTRACT_SINK_RECORDED_H
#define EXTRACT_SINK_RECORDED_H

#include "sink/sink.h"
#include "store/forget.h"
#include "store/manifest.h"

/* Passes everything on to INNER, which becomes its own, and what INNER reports to
 * its report so far. What is put is committed when nothing is waiting, and by
 * manifest_commit_due. What is gone is taken out by FORGET; NULL: it stays. MANIFEST and
 * FORGET are borrowed. */
struct sink *sink_create_recorded(struct sink *inner, struct manifest *manifest,
                                  struct forget *forget);

#endif
