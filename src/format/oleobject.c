/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oleobject.c - objects as Word, Excel and Outlook keep them: a stream with a
 * whole file, or the streams of a compound file of its own. */
#include <config.h>

#include "format/oleobject.h"

#include <string.h>
#include <strings.h>

#include "base/little.h"
#include "format/codepage.h"
#include "format/olewrite.h"

/* Bytes of a member that are handed on at once. */
#define PIECE ((size_t)64 << 10)

/* The stream of a package. */
#define NATIVE "\1Ole10Native"

/* --- packages --- */

/* Takes a string that ends with a NUL off the front of P; NULL: it has no end. */
static const char *take_string(const unsigned char **p, const unsigned char *end)
{
    const unsigned char *start = *p;
    const unsigned char *nul = memchr(start, '\0', (size_t)(end - start));
    if (nul == NULL)
        return NULL;
    *p = nul + 1;
    return (const char *)start;
}

enum { FILE_WITHIN = 2 };

/* The stream of a package ([MS-OLEDS] 2.3.6): a size and two bytes, a label,
 * a path, four bytes, another path with its size before it, then the file. */
static int package_read(const struct buffer *stream, struct buffer *bytes,
                        struct buffer *name, struct error *e)
{
    const unsigned char *p = (const unsigned char *)stream->data;
    const unsigned char *end = p + stream->size;
    const char *label = NULL;
    /* Other programs than the packager keep data of their own there. */
    if (stream->size > 6 && little16(p + 4) != FILE_WITHIN)
        return 0;
    if (stream->size > 6) {
        p += 6;
        label = take_string(&p, end);
    }
    if (label == NULL || take_string(&p, end) == NULL || end - p < 8
        || little32(p + 4) > (size_t)(end - p) - 8)
        return error_set(e, ERROR_DAMAGED, "the package cannot be read");
    p += 8 + little32(p + 4);
    if (end - p < 4)
        return error_set(e, ERROR_TRUNCATED, "the package has no file");
    size_t size = little32(p);
    p += 4;
    bool is_cut = size > (size_t)(end - p);
    codepage_append(name, CODEPAGE_WINDOWS, (const unsigned char *)label,
                    strlen(label));
    buffer_append(bytes, p, is_cut ? (size_t)(end - p) : size);
    return is_cut ? error_set(e, ERROR_TRUNCATED, "the package's file is cut") : 1;
}

/* --- any object --- */

/* The stream of STORAGE that is a whole file; or -1. */
static int whole_of(const struct ole *o, int storage)
{
    static const char *const names[] = {
        "Package", "CONTENTS", "EmbeddedOdf", "package_stream",
    };
    int found = -1;
    for (size_t i = 0; found < 0 && i < sizeof names / sizeof names[0]; i++)
        found = ole_find(o, storage, names[i]);
    return found;
}

/* The document that STORAGE is the root of, by its main stream. */
static const char *extension_of(const struct ole *o, int storage)
{
    static const char *const streams[][2] = {
        {"WordDocument", ".doc"}, {"Workbook", ".xls"}, {"Book", ".xls"},
        {"PowerPoint Document", ".ppt"}, {"VisioDocument", ".vsd"},
        {"__properties_version1.0", ".msg"},
    };
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        if (ole_find(o, storage, streams[i][0]) >= 0)
            return streams[i][1];
    }
    return NULL;
}

int oleobject_read(struct ole *o, int storage, struct buffer *bytes,
                   struct buffer *name, struct error *e)
{
    char own[OLE_NAME];
    int native = ole_find(o, storage, NATIVE);
    int whole = whole_of(o, storage);
    ole_name(o, storage, own);
    if (native >= 0) {
        struct buffer stream = {0};
        int r = ole_read(o, native, OLEOBJECT_LIMIT, &stream, e);
        if (r == 0)
            r = package_read(&stream, bytes, name, e);
        buffer_free(&stream);
        return r;
    }
    const char *extension = extension_of(o, storage);
    if (extension == NULL && whole < 0)
        return 0;
    buffer_append_string(name, own);
    if (extension != NULL)
        buffer_append_string(name, extension);
    int r = extension != NULL ? olewrite(o, storage, NULL, 0, 0, bytes, e)
                              : ole_read(o, whole, OLEOBJECT_LIMIT, bytes, e);
    return r < 0 ? -1 : 1;
}

int oleobject_send(struct emit *emit, const char *name,
                   const struct buffer *bytes, const struct error *why)
{
    struct member member = {.name = name, .size = (int64_t)bytes->size};
    int r = emit->member_begin(emit, &member);
    if (r != 0)
        return r < 0 ? -1 : 0;
    for (size_t at = 0; at < bytes->size; at += PIECE) {
        size_t left = bytes->size - at;
        if (emit->member_data(emit, bytes->data + at,
                              left < PIECE ? left : PIECE) < 0)
            return -1;
    }
    return emit->member_end(emit, why);
}

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), end = strlen(ending);
    return size >= end && strcasecmp(name + size - end, ending) == 0;
}

int oleobject_send_file(struct emit *emit, const char *name,
                        const struct buffer *file, const struct error *why)
{
    struct error e = {0};
    struct buffer bytes = {0}, own = {0}, as = {0};
    struct ole *o = ole_open((const unsigned char *)file->data, file->size, &e);
    if (o == NULL)
        return oleobject_send(emit, name, file, why);
    const char *extension = extension_of(o, OLE_ROOT);
    buffer_append(&as, name, ends_with(name, ".bin") ? strlen(name) - 4
                                                     : strlen(name));
    int r;
    if (extension != NULL) {
        if (!ends_with(name, extension))
            buffer_append_string(&as, extension);
        r = oleobject_send(emit, buffer_string(&as), file, why);
    } else {
        r = oleobject_read(o, OLE_ROOT, &bytes, &own, &e);
        if (ole_find(o, OLE_ROOT, NATIVE) < 0)
            buffer_clear(&own); /* the root's name says nothing */
        if (r != 0)
            r = oleobject_send(emit, buffer_string(own.size > 0 ? &own : &as),
                               &bytes, why != NULL ? why : r < 0 ? &e : NULL);
    }
    ole_close(o);
    buffer_free(&bytes);
    buffer_free(&own);
    buffer_free(&as);
    return r;
}

int oleobject_send_all(struct ole *o, int parent, const char *prefix,
                       struct emit *emit)
{
    int left = OLEOBJECT_COUNT, sent = 0;
    if (emit->member_begin == NULL)
        return 0;
    for (int i = ole_first(o, parent); i >= 0 && left > 0 && sent == 0;
         i = ole_next(o, i)) {
        char own[OLE_NAME];
        ole_name(o, i, own);
        if (!ole_is_storage(o, i)
            || strncasecmp(own, prefix, strlen(prefix)) != 0)
            continue;
        struct buffer bytes = {0}, name = {0};
        struct error why = {0};
        int r = oleobject_read(o, i, &bytes, &name, &why);
        if (r != 0)
            sent = oleobject_send(emit, name.size > 0 ? buffer_string(&name) : own,
                                  &bytes, r < 0 ? &why : NULL);
        buffer_free(&bytes);
        buffer_free(&name);
        left--;
    }
    return sent;
}
