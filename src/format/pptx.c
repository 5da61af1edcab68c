/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pptx.c - PowerPoint presentations, their macro, template and show kinds: a
 * slide is a page, with its notes and comments behind its text. A hidden slide
 * is one too: it is part of the document, and the numbers of the others stay
 * what the program shows. What layouts and masters put on slides comes once, with
 * the first slide that has it; what stands on printed notes and handouts, with the
 * first of all. */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/drawml.h"
#include "format/ooxml.h"
#include "format/opcobject.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/remarks.h"

#define PPTX_SLIDES 100000

/* A layout and its master, or -1: those that no slide before has. */
struct pptx_ground {
    int64_t layout, master;
};

struct format_document {
    struct opc opc;
    struct opc_relations relations; /* of the presentation */
    int64_t *slides; /* members; -1: missing */
    size_t count, capacity;
    struct pptx_ground *grounds; /* of each slide; NULL: not yet read */
    bool has_authors; /* those below have been read */
    struct remarks_authors authors;
};

static void pptx_close(struct format_document *d)
{
    if (!d)
        return;
    remarks_authors_clear(&d->authors);
    free(d->slides);
    free(d->grounds);
    opc_relations_clear(&d->relations);
    opc_close(&d->opc);
    free(d);
}

/* --- the presentation --- */

struct show {
    struct sax_handler handler;
    struct format_document *document;
};

static void show_start(struct sax_handler *handler, const char *prefix,
                       const char *name,
                       const struct sax_attribute *attributes, size_t count)
{
    struct format_document *d = ((struct show *)handler)->document;
    (void)prefix;
    const struct sax_attribute *id = opc_prefixed(attributes, count, "id");
    if (strcmp(name, "sldId") != 0 || !id || d->count >= PPTX_SLIDES)
        return;
    if (d->count == d->capacity) {
        d->capacity = d->capacity ? 2 * d->capacity : 32;
        d->slides = xrealloc_array(d->slides, d->capacity, sizeof *d->slides);
    }
    const struct opc_relation *r = opc_by_id(&d->relations, id->value, id->size);
    d->slides[d->count++] = r ? r->member : -1;
}

static struct format_document *pptx_open(const struct format_input *input,
                                         struct format_info *info,
                                         struct error *e)
{
    struct format_document *d = xcalloc(1, sizeof *d);
    int64_t main;
    if (ooxml_open(input, &d->opc, &main, &d->relations, info, e) < 0) {
        free(d);
        return NULL;
    }
    struct show show = {
        .handler = { .start = show_start, .end = sax_no_end, .text = sax_no_text },
        .document = d,
    };
    struct error why = { 0 };
    if (opc_parse(&d->opc, main, &show.handler, &why) < 0) {
        if (d->count == 0) {
            *e = why;
            pptx_close(d);
            return NULL;
        }
        info->flaw = why;
    }
    info->pages = d->count > 0 ? (int)d->count : 1;
    return d;
}

static void pptx_read_authors(struct format_document *d)
{
    if (d->has_authors)
        return;
    d->has_authors = true;
    remarks_read_authors(&d->authors, &d->opc,
                         opc_by_type(&d->relations, "commentAuthors"));
    remarks_read_authors(&d->authors, &d->opc,
                         opc_by_type(&d->relations, "authors"));
}

/* --- slides --- */

static void pptx_read_ground(struct format_document *d, size_t slide,
                             bool *seen)
{
    struct opc_relations relations;
    struct pptx_ground *ground = &d->grounds[slide];
    opc_relations_read(&d->opc, d->slides[slide], &relations);
    int64_t layout = opc_by_type(&relations, "slideLayout");
    opc_relations_clear(&relations);
    if (layout < 0 || seen[layout])
        return;
    seen[layout] = true;
    ground->layout = layout;
    opc_relations_read(&d->opc, layout, &relations);
    int64_t master = opc_by_type(&relations, "slideMaster");
    opc_relations_clear(&relations);
    if (master < 0 || seen[master])
        return;
    seen[master] = true;
    ground->master = master;
}

static void pptx_read_grounds(struct format_document *d)
{
    if (d->grounds)
        return;
    bool *seen = xcalloc((size_t)zipfile_count(d->opc.zip), sizeof *seen);
    d->grounds = xcalloc(d->count, sizeof *d->grounds);
    for (size_t i = 0; i < d->count; i++) {
        d->grounds[i] = (struct pptx_ground){ -1, -1 };
        if (d->slides[i] >= 0)
            pptx_read_ground(d, i, seen);
    }
    free(seen);
}

/* A master that is damaged costs no slide. */
static void pptx_ground(struct format_document *d, int64_t member,
                        struct buffer *out)
{
    struct buffer block = { 0 };
    if (member >= 0)
        drawml_read(&d->opc, member, DRAWML_MASTER, &block, NULL);
    ooxml_append(out, &block);
    buffer_free(&block);
}

/* What is no text, but says where some goes: "<header>", as LibreOffice has it. */
static void pptx_drop_stands(struct buffer *lines)
{
    size_t kept = 0;
    for (size_t at = 0; at < lines->size;) {
        const char *line = lines->data + at;
        const char *newline = memchr(line, '\n', lines->size - at);
        size_t size = newline ? (size_t)(newline - line) : lines->size - at;
        size_t whole = size + (newline != NULL);
        if (size < 2 || line[0] != '<' || line[size - 1] != '>') {
            memmove(lines->data + kept, line, whole);
            kept += whole;
        }
        at += whole;
    }
    lines->size = kept;
}

static void pptx_printed(struct format_document *d, struct buffer *out)
{
    static const char *const masters[] = { "notesMaster", "handoutMaster" };
    struct buffer block = { 0 };
    for (size_t i = 0; i < sizeof masters / sizeof *masters; i++) {
        int64_t member = opc_by_type(&d->relations, masters[i]);
        if (member < 0)
            continue;
        drawml_read(&d->opc, member, DRAWML_PRINT_MASTER, &block, NULL);
        pptx_drop_stands(&block);
        ooxml_append(out, &block);
    }
    buffer_free(&block);
}

static void pptx_slide(struct format_document *d, size_t index,
                       struct buffer *out, struct error *first)
{
    struct opc_relations relations;
    struct buffer block = { 0 };
    struct error e = { 0 };
    int64_t slide = d->slides[index];
    ooxml_fault(first, drawml_read(&d->opc, slide, DRAWML_SLIDE, out, &e), &e);
    pptx_read_grounds(d);
    pptx_ground(d, d->grounds[index].layout, out);
    pptx_ground(d, d->grounds[index].master, out);
    opc_relations_read(&d->opc, slide, &relations);
    int64_t notes = opc_by_type(&relations, "notesSlide");
    if (notes >= 0) {
        ooxml_fault(first,
                    drawml_read(&d->opc, notes, DRAWML_NOTES, &block, &e), &e);
        ooxml_append(out, &block);
    }
    int64_t comments = opc_by_type(&relations, "comments");
    if (comments >= 0) {
        pptx_read_authors(d);
        ooxml_fault(first, remarks_read(&d->authors, &d->opc, comments, &block,
                                        &e), &e);
        ooxml_append(out, &block);
    }
    if (index == 0)
        pptx_printed(d, out);
    opc_relations_clear(&relations);
    buffer_free(&block);
}

static int pptx_page(struct format_document *d, int page, struct emit *emit,
                     struct error *e)
{
    if (page == 1 && d->count == 0)
        return opcobject_send_all(&d->opc, emit);
    if (page < 1 || (size_t)page > d->count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    if (d->slides[page - 1] < 0)
        return error_set(e, ERROR_DAMAGED, "the slide is not in the archive");
    struct buffer out = { 0 };
    struct error first = { 0 };
    pptx_slide(d, (size_t)page - 1, &out, &first);
    int r = pieces_emit(emit, out.data, out.size);
    buffer_free(&out);
    /* Which slide an object is on is not in its name: the first has them. */
    if (r == 0 && page == 1)
        r = opcobject_send_all(&d->opc, emit);
    if (r == 0 && first.kind != ERROR_NONE) {
        *e = first;
        r = -1;
    }
    return r;
}

#define PPTX_TYPE "application/vnd.openxmlformats-officedocument.presentationml."
#define PPTX_FLAGS (FORMAT_SPLITS | FORMAT_HOLDS)
#define PPTX_MACRO "application/vnd.ms-powerpoint."

OOXML_KIND(pptx, PPTX_TYPE "presentation", "pptx", "PowerPoint presentations",
           PPTX_FLAGS, pptx)
OOXML_KIND(pptm, PPTX_MACRO "presentation.macroEnabled.12", "pptm",
           "PowerPoint presentations with macros", PPTX_FLAGS, pptx)
OOXML_KIND(potx, PPTX_TYPE "template", "potx", "PowerPoint templates",
           PPTX_FLAGS, pptx)
OOXML_KIND(potm, PPTX_MACRO "template.macroEnabled.12", "potm",
           "PowerPoint templates with macros", PPTX_FLAGS, pptx)
OOXML_KIND(ppsx, PPTX_TYPE "slideshow", "ppsx", "PowerPoint shows",
           PPTX_FLAGS, pptx)
OOXML_KIND(ppsm, PPTX_MACRO "slideshow.macroEnabled.12", "ppsm",
           "PowerPoint shows with macros", PPTX_FLAGS, pptx)
