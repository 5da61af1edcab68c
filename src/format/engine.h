/* SPDX-License-Identifier: GPL-3.0-or-later */
/* engine.h - what reads a PDF file: the boxes of its glyphs, page by page. An
 * engine may decline a document or a page, which then goes to the next one in
 * engine_registry; the last one declines nothing. */
#ifndef EXTRACT_FORMAT_ENGINE_H
#define EXTRACT_FORMAT_ENGINE_H

#include "base/buffer.h"
#include "base/error.h"
#include "format/format.h"
#include "layout/layout.h"
#include "pdf/reader.h"

struct engine_document; /* each engine's own */

/* A page's glyphs, for the layout. The arrays belong to the engine, until the
 * next call for the same document. */
struct engine_page {
    struct layout_page layout;
    const char *raw; /* its text in the engine's own order; NULL: none, or not
                        asked for */
    size_t raw_size;
    /* What is damaged so that the text is not all, or not right, whoever reads it: a
     * constant; NULL: nothing. Also of pages that are declined. */
    const char *flaw;
    bool unmeant; /* of a declined page: most of its glyphs have no meaning that it knows */
};

enum engine_answer {
    ENGINE_DONE,
    ENGINE_DECLINED, /* not for this engine; E says why */
    ENGINE_FAILED    /* broken for any engine; E says why */
};

struct engine {
    const char *name; /* "poppler": for --pdf-engine and statistics */

    /* Opens a document and fills INFO (as format.h has it), and WHY when it is
     * declined. */
    enum engine_answer (*open)(const struct format_input *input,
                               struct engine_document **document,
                               struct format_info *info, struct reader_why *why,
                               struct error *e);

    /* The glyphs of page NUMBER (from 1); RAW: its text in the engine's order,
     * instead of them. The same page gives the same whatever was asked for
     * before. WHY as above. Of a page that is declined there may be what this
     * engine has of it. */
    enum engine_answer (*page)(struct engine_document *document, int number,
                               bool raw, struct engine_page *page,
                               struct reader_why *why, struct error *e);

    /* What goes with page NUMBER: appends the contents of its annotations to TEXT;
     * hands on its attachments, and with page 1 those of the document. Attachments: 0,
     * or -1: EMIT said stop. NULL: this engine knows none. */
    void (*annotations)(struct engine_document *document, int number,
                        struct buffer *text);
    int (*attachments)(struct engine_document *document, int number, struct emit *emit);

    void (*close)(struct engine_document *document); /* takes NULL */

    /* As those of struct format; NULL: it needs no library. */
    void (*prepare)(void);
    char *(*library)(void);
};

extern const struct engine engine_native, engine_poppler;

/* In the order in which they are asked; a NULL at the end. */
extern const struct engine *const engine_registry[];
#define ENGINES_MOST 4

/* By name; NULL when there is none. */
const struct engine *engine_find(const char *name);

#endif
