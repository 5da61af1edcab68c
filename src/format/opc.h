/* SPDX-License-Identifier: GPL-3.0-or-later */
/* opc.h - the Open Packaging Conventions (ECMA-376 part 2): a ZIP archive whose
 * parts point to each other by relationships. What a part is, its content type
 * says; names say nothing. */
#ifndef EXTRACT_FORMAT_OPC_H
#define EXTRACT_FORMAT_OPC_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "document/metadata.h"
#include "format/sax.h"
#include "format/zipfile.h"

/* Bytes of one part, inflated: parts are streamed, so only the time bounds
 * them. The largest real ones are sheets of some 200 MB. */
#define OPC_PART ((size_t)1 << 30)

/* Bytes of text of one part that is held in memory: a story, a slide, all the
 * strings of a workbook. */
#define OPC_TEXT ((size_t)256 << 20)

struct opc {
    struct zipfile *zip;
    char **types; /* of each member, or NULL; see opc_type() */
    struct opc_default {
        char *extension, *type;
    } *defaults;
    size_t default_count;
};

/* Takes ZIP, in all cases. Content types that cannot be read are none. */
void opc_open(struct opc *opc, struct zipfile *zip);
void opc_close(struct opc *opc);

/* The content type of MEMBER, or "". Stays OPC's. */
const char *opc_type(const struct opc *opc, int64_t member);

struct opc_relation {
    char *id;
    char *type;     /* the last step of its URI, which is the same for the
                       transitional and the strict namespaces: "slide" */
    int64_t member; /* -1: outside the package, or not there */
};

/* Sorted by id. A zeroed struct has none. */
struct opc_relations {
    struct opc_relation *items;
    size_t count;
};

/* Those of MEMBER; -1: of the package. None when they cannot be read. */
void opc_relations_read(const struct opc *opc, int64_t member,
                        struct opc_relations *r);
void opc_relations_clear(struct opc_relations *r);

/* The relation named by a value in a part, or NULL. */
const struct opc_relation *opc_by_id(const struct opc_relations *r,
                                     const char *id, size_t size);

/* The first member by a relation of TYPE, in the order of ids; or -1. */
int64_t opc_by_type(const struct opc_relations *r, const char *type);

/* Sends the events of MEMBER, an XML part or one of a binary workbook that
 * stands for it (sheetbin.h), to HANDLER. Returns 0; or -1 and E
 * when it is missing, not well-formed or cut: what came before has been sent. */
int opc_parse(const struct opc *opc, int64_t member,
              struct sax_handler *handler, struct error *e);

/* The error of a part with more text than OPC_TEXT. Returns -1. */
int opc_too_long(const struct opc *opc, int64_t member, struct error *e);

/* What docProps/core.xml and app.xml say. */
void opc_metadata(const struct opc *opc, struct metadata *m);

/* The value of an attribute by its local name, whatever its prefix; NULL: none.
 * PREFIXED: only one that has a prefix (r:id beside id). */
const struct sax_attribute *opc_attribute(const struct sax_attribute *attributes,
                                          size_t count, const char *name);
const struct sax_attribute *opc_prefixed(const struct sax_attribute *attributes,
                                         size_t count, const char *name);

/* Whether A is there and has that value. */
bool opc_is(const struct sax_attribute *a, const char *value);

/* A as a number, cut to the range of an int; OTHERWISE when it is none. */
int opc_int(const struct sax_attribute *a, int otherwise);

/* An attribute that turns something on, with or without a value (ST_OnOff). */
bool opc_is_on(const struct sax_attribute *a);

#endif
