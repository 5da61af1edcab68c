/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packed.c - libzip, libxml2, and uchardet for what is not UTF-8. */
#include <config.h>

#include "format/packed.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "format/charset.h"
#include "format/sax.h"
#include "format/zipfile.h"

void packed_prepare(void)
{
    const char *why;
    zipfile_prepare(&why);
    sax_prepare(&why);
    charset_prepare(&why);
}

char *packed_library(void)
{
    char *xml = sax_library_version();
    char *both = xasprintf("libzip %s, libxml2 %s", zipfile_library_version(), xml);
    free(xml);
    return both;
}
