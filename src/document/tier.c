/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tier.c - the tiers' names. */
#include <config.h>

#include "document/tier.h"

const char *tier_name(enum tier tier)
{
    static const char *const names[TIERS] = {
        [TIER_TINY] = "tiny",   [TIER_SMALL] = "small", [TIER_MEDIUM] = "medium",
        [TIER_LARGE] = "large", [TIER_HUGE] = "huge",
    };

    return names[tier];
}
