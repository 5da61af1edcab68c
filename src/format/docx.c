/* SPDX-License-Identifier: GPL-3.0-or-later */
/* docx.c - Word documents, their macro and template kinds: one page, as they
 * hold no pages. First the headers, each once, then the body, the notes in the
 * order of their references, the comments, the footers, and what the document
 * keeps to be put in (building blocks, prompts of content controls). */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "format/markup.h"
#include "format/ooxml.h"
#include "format/opcobject.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/wordml.h"

/* Documents within documents (w:altChunk), and the bytes of one. */
#define DOCX_CHUNKS 2
#define DOCX_CHUNK ((size_t)64 << 20)

/* The text is made when the document is opened: only then can it be said to be
 * in part what it should be, when a story is damaged. */
struct format_document {
    struct opc opc;
    struct buffer text;
    struct error fault; /* why there is no text at all */
};

static void docx_close(struct format_document *document)
{
    if (!document)
        return;
    buffer_free(&document->text);
    opc_close(&document->opc);
    free(document);
}

/* --- documents within --- */

static void docx_nested(const struct buffer *source, int *depth,
                        struct buffer *out);

static void docx_chunk(struct wordml *w, int64_t member, struct buffer *out)
{
    int *depth = w->context;
    const char *type = opc_type(w->opc, member);
    struct buffer source = { 0 };
    if (zipfile_read(w->opc->zip, member, DOCX_CHUNK, &source, NULL) < 0) {
        /* What is lost is not of this document's making. */
    } else if (strcmp(type, "text/html") == 0 ||
               strcmp(type, "application/xhtml+xml") == 0) {
        markup_render(&source, out, NULL);
    } else if (strcmp(type, "text/plain") == 0) {
        if (markup_decode(&source))
            buffer_move(out, &source);
    } else if (strstr(type, "wordprocessingml") && *depth < DOCX_CHUNKS) {
        docx_nested(&source, depth, out);
    }
    buffer_free(&source);
}

static int docx_story(const struct opc *opc, int64_t main,
                      const struct opc_relations *relations, int *depth,
                      struct wordml *w, struct buffer *body, struct error *e)
{
    *w = (struct wordml){ .opc = opc, .chunk = docx_chunk, .context = depth };
    w->lists = word_lists_read(opc, opc_by_type(relations, "styles"),
                               opc_by_type(relations, "numbering"));
    return wordml_story(w, main, body, NULL, e);
}

/* The body of a part that is as a document, with styles of its own. */
static int docx_body(const struct opc *opc, int64_t main, int *depth,
                     struct buffer *out, struct error *e)
{
    struct opc_relations relations;
    struct wordml w;
    opc_relations_read(opc, main, &relations);
    int r = docx_story(opc, main, &relations, depth, &w, out, e);
    opc_relations_clear(&relations);
    word_lists_destroy(w.lists);
    wordml_clear(&w);
    return r;
}

/* The body of a document within the one at hand. */
static void docx_nested(const struct buffer *source, int *depth,
                        struct buffer *out)
{
    struct zipfile *zip = zipfile_open((const unsigned char *)source->data,
                                       source->size, NULL, NULL);
    if (!zip)
        return;
    struct opc opc;
    opc_open(&opc, zip);
    int64_t main = ooxml_main(&opc);
    if (main >= 0) {
        ++*depth;
        docx_body(&opc, main, depth, out, NULL);
        --*depth;
    }
    opc_close(&opc);
}

/* --- what stands around the body --- */

static void docx_margins(struct wordml *w, enum wordml_margin kind,
                         struct buffer *out, struct error *first)
{
    const struct wordml_parts *parts = &w->found.margins[kind];
    struct buffer text = { 0 };
    for (size_t i = 0; i < parts->count; i++) {
        struct error e = { 0 };
        ooxml_fault(first, wordml_story(w, parts->members[i], &text, NULL, &e),
                    &e);
        ooxml_append(out, &text);
    }
    buffer_free(&text);
}

static void docx_note(const struct buffer *text, const struct wordml_note *n,
                      const char *mark, struct buffer *out)
{
    size_t start = n->start, end = n->end;
    while (start < end && text->data[start] == '\n')
        start++;
    while (end > start && text->data[end - 1] == '\n')
        end--;
    if (start == end)
        return;
    buffer_append_string(out, mark);
    buffer_append(out, text->data + start, end - start);
    buffer_append_char(out, '\n');
}

static int notes_compare(const void *a, const void *b)
{
    int x = ((const struct wordml_note *)a)->id;
    int y = ((const struct wordml_note *)b)->id;
    return (x > y) - (x < y);
}

/* Those that the text refers to: others are not shown. */
static void docx_notes(struct wordml *w, int64_t member,
                       enum wordml_series series, struct buffer *out,
                       struct error *first)
{
    /* A note may refer to notes: what is found while they are read comes
     * after the loop's end. */
    const struct wordml_references *r = &w->found.references[series];
    size_t count = r->count;
    struct wordml_notes notes = { 0 };
    struct buffer text = { 0 }, lines = { 0 };
    struct error e = { 0 };
    if (count == 0 || member < 0)
        return;
    ooxml_fault(first, wordml_story(w, member, &text, &notes, &e), &e);
    if (notes.count > 0)
        qsort(notes.items, notes.count, sizeof *notes.items, notes_compare);
    for (size_t i = 0; i < count && notes.count > 0; i++) {
        const struct wordml_note key = { .id = r->ids[i] };
        struct wordml_note *n = bsearch(&key, notes.items, notes.count,
                                        sizeof key, notes_compare);
        char mark[24];
        snprintf(mark, sizeof mark, "[%zu] ", i + 1);
        if (n)
            docx_note(&text, n, mark, &lines);
        if (n)
            n->end = n->start; /* once, however often it is referred to */
    }
    ooxml_append(out, &lines);
    wordml_notes_clear(&notes);
    buffer_free(&text);
    buffer_free(&lines);
}

static void docx_comments(struct wordml *w, int64_t member, struct buffer *out,
                          struct error *first)
{
    struct wordml_notes notes = { 0 };
    struct buffer text = { 0 }, lines = { 0 }, mark = { 0 };
    struct error e = { 0 };
    if (member < 0)
        return;
    ooxml_fault(first, wordml_story(w, member, &text, &notes, &e), &e);
    for (size_t i = 0; i < notes.count; i++) {
        const char *author = notes.items[i].author;
        buffer_clear(&mark);
        buffer_printf(&mark, author && *author ? "Comment by %s: " : "Comment: ",
                      author);
        docx_note(&text, &notes.items[i], buffer_string(&mark), &lines);
    }
    ooxml_append(out, &lines);
    wordml_notes_clear(&notes);
    buffer_free(&text);
    buffer_free(&lines);
    buffer_free(&mark);
}

/* --- the document --- */

static void docx_read(const struct opc *opc, int64_t main,
                      const struct opc_relations *relations,
                      struct buffer *out, struct error *first)
{
    struct wordml w;
    struct buffer body = { 0 };
    struct error e = { 0 };
    int depth = 0;
    ooxml_fault(first, docx_story(opc, main, relations, &depth, &w, &body, &e),
                &e);
    docx_margins(&w, WORDML_HEADER, out, first);
    ooxml_append(out, &body);
    docx_notes(&w, opc_by_type(relations, "footnotes"), WORDML_FOOTNOTE, out,
               first);
    docx_notes(&w, opc_by_type(relations, "endnotes"), WORDML_ENDNOTE, out,
               first);
    docx_comments(&w, opc_by_type(relations, "comments"), out, first);
    docx_margins(&w, WORDML_FOOTER, out, first);
    word_lists_destroy(w.lists);
    wordml_clear(&w);
    int64_t blocks = opc_by_type(relations, "glossaryDocument");
    if (blocks >= 0) {
        buffer_clear(&body);
        ooxml_fault(first, docx_body(opc, blocks, &depth, &body, &e), &e);
        ooxml_append(out, &body);
    }
    buffer_free(&body);
}

static struct format_document *docx_open(const struct format_input *input,
                                         struct format_info *info,
                                         struct error *e)
{
    int64_t main;
    struct opc_relations relations;
    struct format_document *d = xcalloc(1, sizeof *d);
    if (ooxml_open(input, &d->opc, &main, &relations, info, e) < 0) {
        free(d);
        return NULL;
    }
    docx_read(&d->opc, main, &relations, &d->text, &d->fault);
    opc_relations_clear(&relations);
    if (d->text.size > 0)
        info->flaw = d->fault;
    info->pages = 1;
    return d;
}

static int docx_page(struct format_document *d, int page, struct emit *emit,
                     struct error *e)
{
    if (page != 1)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    if (d->text.size == 0 && d->fault.kind != ERROR_NONE) {
        *e = d->fault;
        return -1;
    }
    int r = pieces_emit(emit, d->text.data, d->text.size);
    return r < 0 ? r : opcobject_send_all(&d->opc, emit);
}

#define DOCX_TYPE "application/vnd.openxmlformats-officedocument.wordprocessingml."

OOXML_KIND(docx, DOCX_TYPE "document", "docx", "Word documents", FORMAT_HOLDS,
           docx)
OOXML_KIND(docm, "application/vnd.ms-word.document.macroEnabled.12", "docm",
           "Word documents with macros", FORMAT_HOLDS, docx)
OOXML_KIND(dotx, DOCX_TYPE "template", "dotx", "Word templates", FORMAT_HOLDS,
           docx)
OOXML_KIND(dotm, "application/vnd.ms-word.template.macroEnabled.12", "dotm",
           "Word templates with macros", FORMAT_HOLDS, docx)
