/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetbin.h - parts of a binary workbook ([MS-XLSB]) as the events that the
 * same parts in XML would send, as far as text comes of them. */
#ifndef EXTRACT_FORMAT_SHEETBIN_H
#define EXTRACT_FORMAT_SHEETBIN_H

#include <stdbool.h>
#include <stdint.h>

#include "format/sax.h"
#include "format/zipfile.h"

/* Whether a part of that content type is binary. */
bool sheetbin_is(const char *type);

/* Sends MEMBER, LIMIT bytes of it at most, to HANDLER. Returns 0; or -1 and E
 * when it cannot be read as a whole: what came before has been sent. */
int sheetbin_parse(struct zipfile *zip, int64_t member, size_t limit,
                   struct sax_handler *handler, struct error *e);

#endif
