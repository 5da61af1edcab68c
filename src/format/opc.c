/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opc.c - content types, relationships and properties of a package. Damaged
 * ones give what can be read of them: a document with a bad link still has
 * its text. */
#include <config.h>

#include "format/opc.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "format/coreprops.h"
#include "format/ocf.h"
#include "format/sheetbin.h"

/* Default content types; a package has a dozen. They are searched one by one. */
#define OPC_DEFAULTS 256

/* --- attributes --- */

const struct sax_attribute *opc_attribute(const struct sax_attribute *attributes,
                                          size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(attributes[i].name, name) == 0)
            return &attributes[i];
    }
    return NULL;
}

const struct sax_attribute *opc_prefixed(const struct sax_attribute *attributes,
                                         size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (attributes[i].prefix && strcmp(attributes[i].name, name) == 0)
            return &attributes[i];
    }
    return NULL;
}

bool opc_is(const struct sax_attribute *a, const char *value)
{
    return a && a->size == strlen(value) && memcmp(a->value, value, a->size) == 0;
}

int opc_int(const struct sax_attribute *a, int otherwise)
{
    char text[16];
    if (!a || a->size == 0 || a->size >= sizeof text)
        return otherwise;
    memcpy(text, a->value, a->size);
    text[a->size] = '\0';
    char *end;
    long value = strtol(text, &end, 10);
    if (end == text)
        return otherwise;
    return value > INT_MAX ? INT_MAX : value < INT_MIN ? INT_MIN : (int)value;
}

bool opc_is_on(const struct sax_attribute *a)
{
    return !a || !(opc_is(a, "0") || opc_is(a, "false") || opc_is(a, "off"));
}

/* --- parsing --- */

int opc_parse(const struct opc *opc, int64_t member,
              struct sax_handler *handler, struct error *e)
{
    const char *why;
    if (member < 0)
        return error_set(e, ERROR_DAMAGED, "a part is not in the archive");
    if (sheetbin_is(opc_type(opc, member)))
        return sheetbin_parse(opc->zip, member, OPC_PART, handler, e);
    const char *name = zipfile_name(opc->zip, member);
    struct sax_stream *stream =
        sax_prepare(&why) ? sax_stream_create(handler) : NULL;
    if (!stream)
        return error_set(e, ERROR_MEMORY, "%s: no parser for it", name);
    struct error fault = { 0 };
    int r = zipfile_stream(opc->zip, member, OPC_PART, sax_stream_feed, stream,
                           &fault);
    int form = sax_stream_finish(stream);
    if (r < 0)
        return error_set(e, fault.kind, "%s: %s", name, fault.detail);
    if (form < 0)
        return error_set(e, ERROR_DAMAGED, "%s: not well-formed XML", name);
    return 0;
}

int opc_too_long(const struct opc *opc, int64_t member, struct error *e)
{
    return error_set(e, ERROR_LIMIT, "%s: more than %u MiB of text",
                     zipfile_name(opc->zip, member),
                     (unsigned)(OPC_TEXT >> 20));
}

/* --- content types --- */

struct opc_types {
    struct sax_handler handler;
    struct opc *opc;
};

static void types_start(struct sax_handler *handler, const char *prefix,
                        const char *name,
                        const struct sax_attribute *attributes, size_t count)
{
    struct opc *opc = ((struct opc_types *)handler)->opc;
    const struct sax_attribute *type =
        sax_find(attributes, count, "ContentType");
    (void)prefix;
    if (!type)
        return;
    if (strcmp(name, "Default") == 0) {
        const struct sax_attribute *a =
            sax_find(attributes, count, "Extension");
        if (!a || opc->default_count >= OPC_DEFAULTS)
            return;
        opc->defaults[opc->default_count++] = (struct opc_default){
            xstrndup(a->value, a->size), xstrndup(type->value, type->size)
        };
    } else if (strcmp(name, "Override") == 0) {
        const struct sax_attribute *a = sax_find(attributes, count, "PartName");
        int64_t member =
            a ? ocf_find(opc->zip, NULL, a->value, a->size) : -1;
        if (member >= 0 && !opc->types[member])
            opc->types[member] = xstrndup(type->value, type->size);
    }
}

void opc_open(struct opc *opc, struct zipfile *zip)
{
    *opc = (struct opc){ .zip = zip };
    opc->types =
        xcalloc((size_t)zipfile_count(zip) + 1, sizeof *opc->types);
    opc->defaults = xcalloc(OPC_DEFAULTS, sizeof *opc->defaults);
    struct opc_types types = {
        .handler = { .start = types_start, .end = sax_no_end, .text = sax_no_text },
        .opc = opc,
    };
    int64_t member = zipfile_find(zip, "[Content_Types].xml");
    if (member >= 0)
        opc_parse(opc, member, &types.handler, NULL);
}

void opc_close(struct opc *opc)
{
    if (!opc->zip)
        return;
    for (int64_t i = 0; i < zipfile_count(opc->zip); i++)
        free(opc->types[i]);
    for (size_t i = 0; i < opc->default_count; i++) {
        free(opc->defaults[i].extension);
        free(opc->defaults[i].type);
    }
    free(opc->types);
    free(opc->defaults);
    zipfile_close(opc->zip);
}

const char *opc_type(const struct opc *opc, int64_t member)
{
    if (member < 0)
        return "";
    if (opc->types[member])
        return opc->types[member];
    const char *dot = strrchr(zipfile_name(opc->zip, member), '.');
    for (size_t i = 0; dot && i < opc->default_count; i++) {
        if (strcasecmp(opc->defaults[i].extension, dot + 1) == 0)
            return opc->defaults[i].type;
    }
    return "";
}

/* --- relationships --- */

struct opc_reading {
    struct sax_handler handler;
    const struct opc *opc;
    const char *base; /* the name of the part they are of; NULL: the package */
    struct opc_relations *out;
    size_t capacity;
};

static void relations_start(struct sax_handler *handler, const char *prefix,
                            const char *name,
                            const struct sax_attribute *attributes,
                            size_t count)
{
    struct opc_reading *r = (struct opc_reading *)handler;
    const struct sax_attribute *id = sax_find(attributes, count, "Id");
    const struct sax_attribute *type = sax_find(attributes, count, "Type");
    const struct sax_attribute *target = sax_find(attributes, count, "Target");
    (void)prefix;
    if (strcmp(name, "Relationship") != 0 || !id || !type || !target)
        return;
    struct opc_relations *out = r->out;
    if (out->count == r->capacity) {
        r->capacity = r->capacity ? 2 * r->capacity : 16;
        out->items =
            xrealloc_array(out->items, r->capacity, sizeof *out->items);
    }
    const char *slash = memrchr(type->value, '/', type->size);
    const char *last = slash ? slash + 1 : type->value;
    bool outside =
        opc_is(sax_find(attributes, count, "TargetMode"), "External");
    out->items[out->count++] = (struct opc_relation){
        .id = xstrndup(id->value, id->size),
        .type = xstrndup(last, (size_t)(type->value + type->size - last)),
        .member = outside ? -1 : ocf_find(r->opc->zip, r->base, target->value,
                                          target->size),
    };
}

static int relations_compare(const void *a, const void *b)
{
    return strcmp(((const struct opc_relation *)a)->id,
                  ((const struct opc_relation *)b)->id);
}

void opc_relations_read(const struct opc *opc, int64_t member,
                        struct opc_relations *r)
{
    const char *base = member < 0 ? NULL : zipfile_name(opc->zip, member);
    const char *slash = base ? strrchr(base, '/') : NULL;
    int folder = slash ? (int)(slash + 1 - base) : 0;
    *r = (struct opc_relations){ 0 };
    char *path = xasprintf("%.*s_rels/%s.rels", folder, base ? base : "",
                           base ? base + folder : "");
    int64_t from = zipfile_find(opc->zip, path);
    free(path);
    struct opc_reading reading = {
        .handler = { .start = relations_start, .end = sax_no_end, .text = sax_no_text },
        .opc = opc,
        .base = base,
        .out = r,
    };
    if (from >= 0)
        opc_parse(opc, from, &reading.handler, NULL);
    if (r->count > 0)
        qsort(r->items, r->count, sizeof *r->items, relations_compare);
}

void opc_relations_clear(struct opc_relations *r)
{
    for (size_t i = 0; i < r->count; i++) {
        free(r->items[i].id);
        free(r->items[i].type);
    }
    free(r->items);
    *r = (struct opc_relations){ 0 };
}

const struct opc_relation *opc_by_id(const struct opc_relations *r,
                                     const char *id, size_t size)
{
    size_t low = 0, high = r->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *other = r->items[middle].id;
        int order = strncmp(other, id, size);
        if (order == 0)
            order = other[size] != '\0';
        if (order == 0)
            return &r->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

int64_t opc_by_type(const struct opc_relations *r, const char *type)
{
    for (size_t i = 0; i < r->count; i++) {
        if (r->items[i].member >= 0 && strcmp(r->items[i].type, type) == 0)
            return r->items[i].member;
    }
    return -1;
}

/* --- properties --- */

void opc_metadata(const struct opc *opc, struct metadata *m)
{
    static const char *const types[] = { "core-properties",
                                         "extended-properties",
                                         "extendedProperties" };
    struct coreprops p;
    struct opc_relations r;
    coreprops_init(&p, m);
    opc_relations_read(opc, -1, &r);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        int64_t member = opc_by_type(&r, types[i]);
        if (member >= 0)
            opc_parse(opc, member, &p.handler, NULL);
    }
    opc_relations_clear(&r);
    coreprops_clear(&p);
}
