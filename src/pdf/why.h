/* SPDX-License-Identifier: GPL-3.0-or-later */
/* why.h - a reason to decline a page is put together. */
#ifndef EXTRACT_PDF_WHY_H
#define EXTRACT_PDF_WHY_H

#include "pdf/reader.h"

static inline struct reader_why why_of(enum reader_reason reason, const char *detail)
{
    return (struct reader_why){ reason, detail, "" };
}

/* Says which one it is: of KIND, "font" or "", the one called NAME (AT NULL, or empty: it
 * is not said), or NUMBER (0 likewise). What was said before is forgotten. */
void why_tell(struct reader_why *why, const char *kind, struct span name);
void why_tell_number(struct reader_why *why, const char *kind, uint32_t number);

#endif
