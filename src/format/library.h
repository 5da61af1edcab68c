/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library.h - poppler-glib, loaded when it is needed. It brings 40 libraries
 * along (cairo, X11, NSS, ...), whose loading takes 9 of the 11 ms that the
 * program needs to start; the parent of worker processes never needs it. */
#ifndef EXTRACT_FORMAT_LIBRARY_H
#define EXTRACT_FORMAT_LIBRARY_H

#include <gio/gio.h>
#include <poppler.h>

/* The calls that we make, each under its own name. */
#define LIBRARY_CALLS(call)                    \
    call(g_memory_input_stream_new_from_bytes) \
    call(g_object_unref)                       \
    call(poppler_document_get_author)          \
    call(poppler_document_get_creation_date)   \
    call(poppler_document_get_creator)         \
    call(poppler_document_get_keywords)        \
    call(poppler_document_get_modification_date) \
    call(poppler_document_get_n_pages)         \
    call(poppler_document_get_page)            \
    call(poppler_document_get_pdf_version_string) \
    call(poppler_document_get_producer)        \
    call(poppler_document_get_subject)         \
    call(poppler_document_get_title)           \
    call(poppler_document_new_from_bytes)      \
    call(poppler_document_new_from_stream)     \
    call(poppler_error_quark)                  \
    call(poppler_get_version)                  \
    call(poppler_page_get_selected_text)       \
    call(poppler_page_get_size)               

struct library {
#define LIBRARY_MEMBER(name) __typeof__(&name) name;
    LIBRARY_CALLS(LIBRARY_MEMBER)
#undef LIBRARY_MEMBER
};

/* Loads it on the first call, which must not race with another; NULL when it
 * is not there (and *WHY, unless NULL, says so). */
const struct library *library_load(const char **why);

#endif
