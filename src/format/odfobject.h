/* SPDX-License-Identifier: GPL-3.0-or-later */
/* odfobject.h - documents within OpenDocument archives (ODF 1.2, part 1, 10.4.6):
 * charts, formulas, sheets, texts, each a directory "Object 1" of its own. */
#ifndef EXTRACT_FORMAT_ODFOBJECT_H
#define EXTRACT_FORMAT_ODFOBJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "format/zipfile.h"

/* That are read of one document, and bytes of one. */
#define ODF_OBJECTS 256
#define ODF_OBJECT_SIZE ((size_t)8 << 20)

struct odf_objects {
    struct zipfile *zip;
    size_t count; /* so far */
};

/* Appends the lines of the object that HREF points to: all its pages, but not
 * objects within it. Nothing when it is missing or no XML. Returns whether it is
 * a formula. */
bool odf_object_read(struct odf_objects *objects, const char *href, size_t size,
                     struct buffer *out);

#endif
