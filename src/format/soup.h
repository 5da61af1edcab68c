/* SPDX-License-Identifier: GPL-3.0-or-later */
/* soup.h - markup that is no well-formed XML, as the events of sax.h. */
#ifndef EXTRACT_FORMAT_SOUP_H
#define EXTRACT_FORMAT_SOUP_H

#include <stdbool.h>
#include <stddef.h>

#include "format/sax.h"

/* Tokenizes SOURCE (valid UTF-8) and always gets to its end, in linear time
 * and in memory that does not grow with it. HTML: names are made lower case,
 * and HTML's rules for void elements, left-out end tags and scripts hold.
 * Otherwise it is XML with faults: each tag counts as it stands. */
void soup_parse(const char *source, size_t size, bool html,
                struct sax_handler *handler);

#endif
