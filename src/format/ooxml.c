/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ooxml.c - opening a package; and the format of those that cannot be opened
 * without their password: an OLE compound file around the encrypted archive
 * ([MS-OFFCRYPTO] 2.3). */
#include <config.h>

#include "format/ooxml.h"

#include <string.h>

#include "base/buffer.h"
#include "format/registry.h"

#define OOXML_ENCRYPTED "application/x-encrypted-ooxml"

int ooxml_bid(const struct peek *peek, const char *media_type)
{
    return peek->container && strcmp(peek->container, media_type) == 0 ? 95 : 0;
}

int64_t ooxml_main(const struct opc *opc)
{
    static const char end[] = ".main+xml", binary[] = ".macroEnabled.main";
    struct opc_relations relations;
    opc_relations_read(opc, -1, &relations);
    int64_t main = opc_by_type(&relations, "officeDocument");
    opc_relations_clear(&relations);
    for (int64_t i = 0; main < 0 && i < zipfile_count(opc->zip); i++) {
        const char *type = opc_type(opc, i);
        size_t size = strlen(type);
        if ((size >= sizeof end &&
             strcmp(type + size - (sizeof end - 1), end) == 0) ||
            (size >= sizeof binary &&
             strcmp(type + size - (sizeof binary - 1), binary) == 0))
            main = i;
    }
    return main;
}

int ooxml_open(const struct format_input *input, struct opc *opc,
               int64_t *main, struct opc_relations *relations,
               struct format_info *info, struct error *e)
{
    if (!sax_require(e))
        return -1;
    struct zipfile *zip =
        zipfile_open(input->data, input->size, input->password, e);
    if (!zip)
        return -1;
    opc_open(opc, zip);
    *main = ooxml_main(opc);
    if (*main < 0) {
        opc_close(opc);
        return error_set(e, ERROR_DAMAGED, "the package has no main part");
    }
    opc_relations_read(opc, *main, relations);
    opc_metadata(opc, &info->metadata);
    return 0;
}

void ooxml_fault(struct error *first, int r, const struct error *e)
{
    if (r < 0 && first->kind == ERROR_NONE)
        *first = *e;
}

void ooxml_append(struct buffer *out, struct buffer *block)
{
    if (out->size > 0 && block->size > 0)
        buffer_append_char(out, '\n');
    buffer_append(out, block->data, block->size);
    buffer_clear(block);
}

static int encrypted_bid(const struct peek *peek)
{
    return ooxml_bid(peek, OOXML_ENCRYPTED);
}

static struct format_document *encrypted_open(const struct format_input *input,
                                              struct format_info *info,
                                              struct error *e)
{
    (void)input;
    (void)info;
    error_set(e, ERROR_ENCRYPTED, "encrypted as a whole, with a password");
    return NULL;
}

static int encrypted_page(struct format_document *document, int page,
                          struct emit *emit, struct error *e)
{
    (void)document;
    (void)emit;
    return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
}

static void encrypted_close(struct format_document *document)
{
    (void)document; /* none was opened */
}

const struct format format_encrypted = {
    .name = "encrypted",
    .media_type = OOXML_ENCRYPTED,
    .extensions = "docx pptx xlsx",
    .description = "Office Open XML with a password",
    .bid = encrypted_bid,
    .open = encrypted_open,
    .page = encrypted_page,
    .close = encrypted_close,
};
