/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rtfgroup.h - groups of RTF: where what is within them belongs. */
#ifndef EXTRACT_FORMAT_RTFGROUP_H
#define EXTRACT_FORMAT_RTFGROUP_H

#include "format/rtfstate.h"
#include "format/rtfword.h"

/* True: WORD was a destination. */
bool rtf_destination(struct rtf *r, struct rtf_group *g,
                     const struct rtf_word *word);

void rtf_group_start(struct rtf *r);
void rtf_group_end(struct rtf *r);

#endif
