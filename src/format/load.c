/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.c - see load.h. */
#include <config.h>

#include "format/load.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "format/charset.h"
#include "format/sax.h"
#include "format/zipfile.h"

void load_text(void)
{
    const char *why;
    charset_prepare(&why);
}

void load_markup(void)
{
    const char *why;
    sax_prepare(&why);
    load_text();
}

void load_packed(void)
{
    const char *why;
    zipfile_prepare(&why);
    load_markup();
}

char *load_packed_library(void)
{
    char *xml = sax_library_version();
    char *both = xasprintf("libzip %s, libxml2 %s", zipfile_library_version(), xml);
    free(xml);
    return both;
}
