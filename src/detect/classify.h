/* SPDX-License-Identifier: GPL-3.0-or-later */
/* classify.h - bytes and pages to a tier. */
#ifndef EXTRACT_DETECT_CLASSIFY_H
#define EXTRACT_DETECT_CLASSIFY_H

#include <stdint.h>

#include "base/error.h"
#include "document/tier.h"

/* bytes[t] and pages[t]: a document belongs above tier t when it has at least
 * that many. Both columns rise (or stay equal) from tiny to large. */
struct tier_limits {
    uint64_t bytes[TIER_HUGE];
    int pages[TIER_HUGE];
};

/* 1 MiB/10, 10 MiB/50, 50 MiB/200, 200 MiB/1000 (the write-ups that the tiers
 * come from use these byte limits; pages follow from about 50 KiB a page). */
extern const struct tier_limits tier_limits_default;

/* The higher of the two columns counts. PAGES 0: not known yet. */
enum tier classify(const struct tier_limits *limits, uint64_t bytes, int pages);

/* --tiers: "tiny=1M/10,small=10M/50,medium=50M/200,large=200M/1000"; tiers
 * left out keep what LIMITS holds; either side of the slash may be empty.
 * Returns 0, or -1 and E. */
int classify_parse(const char *text, struct tier_limits *limits, struct error *e);

#endif
