/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archive.h - what the kinds of archives have in common: as in format.h. */
#ifndef EXTRACT_FORMAT_ARCHIVE_H
#define EXTRACT_FORMAT_ARCHIVE_H

#include "format/format.h"

struct format_document *archive_open(const struct format_input *input,
                                     struct format_info *info, struct error *e);
int archive_page(struct format_document *d, int page, struct emit *emit,
                 struct error *e);
void archive_close(struct format_document *d);
void archive_prepare(void);
char *archive_library(void);

/* Whether DATA, the start of a file, is that of a single compressed one. */
bool archive_is_packed(const unsigned char *data, size_t size);

#endif
