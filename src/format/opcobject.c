/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opcobject.c - the members in folders named "embeddings", where all that write
 * packages put them: to find them by the relations of each part would cost as
 * much as the text does. */
#include <config.h>

#include "format/opcobject.h"

#include <string.h>
#include <strings.h>

#include "format/oleobject.h"

static const char *name_of(const struct opc *opc, int64_t member)
{
    static const char folder[] = "embeddings";
    const char *path = zipfile_name(opc->zip, member);
    const char *slash = strrchr(path, '/');
    size_t size = sizeof folder - 1;
    if (slash == NULL || slash[1] == '\0' || (size_t)(slash - path) < size
        || strncasecmp(slash - size, folder, size) != 0
        || ((size_t)(slash - path) > size && slash[-(ptrdiff_t)size - 1] != '/'))
        return NULL;
    return slash + 1;
}

/* A whole file, which need not be held in memory. */
static int piece_send(void *context, const char *data, size_t size)
{
    struct emit *emit = context;
    return emit->member_data(emit, data, size) < 0;
}

static int file_send(const struct opc *opc, int64_t member, const char *name,
                     struct emit *emit)
{
    struct member as = {.name = name, .size = -1};
    struct error why = {0};
    int r = emit->member_begin(emit, &as);
    if (r != 0)
        return r < 0 ? -1 : 0;
    r = zipfile_stream(opc->zip, member, OLEOBJECT_LIMIT, piece_send, emit, &why);
    if (r > 0)
        return -1;
    return emit->member_end(emit, r < 0 ? &why : NULL);
}

/* A file whose name ends with ".bin" is an object's. */
static int object_send(const struct opc *opc, int64_t member, const char *name,
                       struct emit *emit)
{
    struct buffer bytes = {0};
    struct error why = {0};
    int r = zipfile_read(opc->zip, member, OLEOBJECT_LIMIT, &bytes, &why);
    r = oleobject_send_file(emit, name, &bytes, r < 0 ? &why : NULL);
    buffer_free(&bytes);
    return r;
}

int opcobject_send_all(const struct opc *opc, struct emit *emit)
{
    int left = OLEOBJECT_COUNT;
    if (emit->member_begin == NULL)
        return 0;
    for (int64_t i = 0; i < zipfile_count(opc->zip) && left > 0; i++) {
        const char *name = name_of(opc, i);
        const char *dot = name != NULL ? strrchr(name, '.') : NULL;
        if (name == NULL)
            continue;
        bool is_object = dot != NULL && strcasecmp(dot, ".bin") == 0;
        if ((is_object ? object_send : file_send)(opc, i, name, emit) < 0)
            return -1;
        left--;
    }
    return 0;
}
