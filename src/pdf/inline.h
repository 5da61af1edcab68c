/* SPDX-License-Identifier: GPL-3.0-or-later */
/* inline.h - images within a content stream (8.9.7): where they end, which only their
 * own bytes tell. */
#ifndef EXTRACT_PDF_INLINE_H
#define EXTRACT_PDF_INLINE_H

#include <stdbool.h>

#include "pdf/syntax.h"

/* S is behind "BI", and moves behind "EI". False: that is not to be found, and S is at
 * its end; or there is no "ID", and S has not moved. */
bool inline_skip(struct span *s);

#endif
