/* SPDX-License-Identifier: GPL-3.0-or-later */
/* webhead.h - what the head of an HTML page says of the page. */
#ifndef EXTRACT_FORMAT_WEBHEAD_H
#define EXTRACT_FORMAT_WEBHEAD_H

#include <stddef.h>

#include "document/metadata.h"

/* Adds to M what the title, the language and the meta elements before the body
 * of SOURCE (valid UTF-8) say. */
void webhead_read(const char *source, size_t size, struct metadata *m);

#endif
