/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-notes.c - by poppler-glib, which gives both in the order of the file. */
#include <config.h>

#include "format/pdf-notes.h"

#include <string.h>

#include "base/utf8.h"
#include "format/library.h"

#define NOTES_CALLS(call)                              \
    call(g_object_unref)                               \
    call(g_type_check_instance_is_a)                   \
    call(poppler_annot_file_attachment_get_attachment) \
    call(poppler_annot_get_annot_type)                 \
    call(poppler_annot_get_contents)                   \
    call(poppler_annot_get_flags)                      \
    call(poppler_annot_markup_get_label)               \
    call(poppler_annot_markup_get_type)                \
    call(poppler_attachment_get_mtime)                 \
    call(poppler_attachment_get_name)                  \
    call(poppler_attachment_get_size)                  \
    call(poppler_attachment_save_to_callback)          \
    call(poppler_document_get_attachments)             \
    call(poppler_document_has_attachments)             \
    call(poppler_page_free_annot_mapping)              \
    call(poppler_page_get_annot_mapping)

LIBRARY(NOTES_CALLS)

/* Text of all notes of a page; what comes after it is left out. */
#define NOTES_TEXT_MOST ((size_t)1 << 20)

/* --- annotations --- */

static bool notes_is_note(PopplerAnnot *annot)
{
    switch (lib->poppler_annot_get_annot_type(annot)) {
    case POPPLER_ANNOT_UNKNOWN:
    case POPPLER_ANNOT_LINK:
    case POPPLER_ANNOT_FREE_TEXT:
    case POPPLER_ANNOT_WIDGET:
    case POPPLER_ANNOT_POPUP:
        return false;
    default:
        return !(lib->poppler_annot_get_flags(annot) &
                 (POPPLER_ANNOT_FLAG_HIDDEN | POPPLER_ANNOT_FLAG_NO_VIEW));
    }
}

/* Who wrote it; NULL: it does not say. To be freed. */
static char *notes_author(PopplerAnnot *annot)
{
    GTypeInstance *instance = (GTypeInstance *)annot;
    return lib->g_type_check_instance_is_a(instance, lib->poppler_annot_markup_get_type())
               ? lib->poppler_annot_markup_get_label((PopplerAnnotMarkup *)annot)
               : NULL;
}

/* Appends RAW with Unix line ends and no white space at its ends. */
static void notes_append(struct buffer *text, const char *raw)
{
    struct buffer clean = { 0 };
    utf8_append_sanitized(&clean, raw, strlen(raw));
    char *line = g_strdup(buffer_string(&clean));
    char *to = line;
    for (const char *p = line; *p; p++) {
        if (*p == '\r')
            *to++ = '\n', p += p[1] == '\n';
        else if (*p >= ' ' || *p == '\n' || *p == '\t' || (*p & 0x80))
            *to++ = *p;
    }
    *to = '\0';
    buffer_append_string(text, g_strstrip(line));
    g_free(line);
    buffer_free(&clean);
}

static void notes_add(struct buffer *text, PopplerAnnot *annot)
{
    char *contents = lib->poppler_annot_get_contents(annot);
    if (contents && *g_strstrip(contents)) {
        char *author = notes_author(annot);
        if (author && *g_strstrip(author)) {
            notes_append(text, author);
            buffer_append_string(text, ": ");
        }
        notes_append(text, contents);
        buffer_append_char(text, '\n');
        g_free(author);
    }
    g_free(contents);
}

void notes_read(PopplerPage *page, struct buffer *text)
{
    GList *annots = lib->poppler_page_get_annot_mapping(page);
    size_t start = text->size;
    for (GList *l = annots; l && text->size - start < NOTES_TEXT_MOST; l = l->next) {
        const PopplerAnnotMapping *m = l->data;
        if (notes_is_note(m->annot))
            notes_add(text, m->annot);
    }
    if (annots)
        lib->poppler_page_free_annot_mapping(annots);
}

/* --- attachments --- */

struct notes_save {
    struct emit *emit;
    bool stopped;
};

static gboolean notes_save(const gchar *data, gsize size, gpointer user, GError **error)
{
    struct notes_save *save = user;
    if (save->emit->member_data(save->emit, data, size) == 0)
        return TRUE;
    save->stopped = true;
    g_set_error_literal(error, g_quark_from_static_string("extract"), 1, "stop");
    return FALSE;
}

static int64_t notes_mtime(PopplerAttachment *attachment)
{
    GDateTime *time = lib->poppler_attachment_get_mtime(attachment);
    return time ? g_date_time_to_unix(time) * 1000000000 : 0;
}

static int notes_emit(PopplerAttachment *attachment, struct emit *emit)
{
    gsize size = lib->poppler_attachment_get_size(attachment);
    struct member member = {
        .name = lib->poppler_attachment_get_name(attachment),
        .size = size && size <= G_MAXINT64 ? (int64_t)size : -1,
        .mtime_ns = notes_mtime(attachment),
    };
    struct notes_save save = { emit, false };
    struct error e = { 0 };
    GError *gerror = NULL;
    int rc = emit->member_begin(emit, &member);
    if (rc != 0)
        return rc < 0 ? -1 : 0;
    bool whole = lib->poppler_attachment_save_to_callback(attachment, notes_save, &save,
                                                          &gerror);
    if (save.stopped)
        rc = -1;
    else if (!whole)
        error_set(&e, ERROR_DAMAGED, "the attachment is damaged: %s",
                  gerror ? gerror->message : "it cannot be read");
    g_clear_error(&gerror);
    return rc < 0 ? rc : emit->member_end(emit, whole ? NULL : &e);
}

int notes_attachments(PopplerDocument *document, struct emit *emit)
{
    int rc = 0;
    if (!lib->poppler_document_has_attachments(document))
        return 0;
    GList *all = lib->poppler_document_get_attachments(document);
    for (GList *l = all; l; l = l->next) {
        if (rc == 0)
            rc = notes_emit(l->data, emit);
        lib->g_object_unref(l->data);
    }
    g_list_free(all);
    return rc;
}

int notes_page_attachments(PopplerPage *page, struct emit *emit)
{
    int rc = 0;
    GList *annots = lib->poppler_page_get_annot_mapping(page);
    for (GList *l = annots; l && rc == 0; l = l->next) {
        const PopplerAnnotMapping *m = l->data;
        if (lib->poppler_annot_get_annot_type(m->annot) != POPPLER_ANNOT_FILE_ATTACHMENT)
            continue;
        PopplerAttachment *attachment = lib->poppler_annot_file_attachment_get_attachment(
            (PopplerAnnotFileAttachment *)m->annot);
        if (!attachment)
            continue;
        rc = notes_emit(attachment, emit);
        lib->g_object_unref(attachment);
    }
    if (annots)
        lib->poppler_page_free_annot_mapping(annots);
    return rc;
}

bool notes_prepare(void)
{
    return LIBRARY_LOAD(POPPLER_SONAME);
}

const char *notes_missing(void)
{
    return lib_missing;
}
