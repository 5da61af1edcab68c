/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tier.h - the size tiers that documents are sorted into. */
#ifndef EXTRACT_DOCUMENT_TIER_H
#define EXTRACT_DOCUMENT_TIER_H

enum tier { TIER_TINY, TIER_SMALL, TIER_MEDIUM, TIER_LARGE, TIER_HUGE, TIERS };

/* "tiny", ... "huge". */
const char *tier_name(enum tier tier);

#endif
