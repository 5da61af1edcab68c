/* SPDX-License-Identifier: GPL-3.0-or-later */
/* lane.h - who executes a request: open a document, extract pages, close.
 * A lane runs one request at a time for one thread. Two kinds stand behind
 * this interface: in this process (local.c), and a sandboxed worker process
 * (worker.h). */
#ifndef EXTRACT_LANE_LANE_H
#define EXTRACT_LANE_LANE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "format/format.h"
#include "lane/budget.h"

/* A document as lanes see it. Borrowed; stays as it is from the first
 * lane_open to the last lane_close of that document. */
struct lane_document {
    uint64_t id; /* unique within the run */
    int fd;      /* open for reading */
    uint64_t bytes;
    const char *path;
    const struct format *format;
    const char *password; /* NULL: none */
    const struct format_options *options; /* NULL: as by default */
    struct budget *budget; /* what it may cost; shared by the lanes. NULL: no
                              bound, and lanes in this process know none */
    bool members;          /* those within it are wanted, by lane_output */
};

/* Where pages go, called within lane_pages, in the order of the request. */
struct lane_output {
    /* A piece of PAGE's text: valid UTF-8. Returns 0, or -1: stop. */
    int (*text)(struct lane_output *out, int page, const char *text, size_t size);
    /* PAGE is complete; E is NULL, or says why its text is missing or cut. */
    int (*page_done)(struct lane_output *out, int page, const struct error *e);
    /* Documents within the page, as in struct emit: the name is not NULL and has
     * at most LANE_NAME_MAX bytes. A page may end, or be given up by a page_done
     * with an error, while a member is open: it is not whole then. Unused unless
     * the document says `members`: then its pages are to be asked for in order,
     * and by one lane, whatever its format's flags are. What these calls take of the
     * time is not the document's. A page that had a member is not tried again. */
    int (*member_begin)(struct lane_output *out, int page, const struct member *member);
    int (*member_data)(struct lane_output *out, const void *data, size_t size);
    int (*member_end)(struct lane_output *out, const struct error *e);
    bool died; /* during page_done: a worker died of PAGE */
    unsigned flags; /* during page_done, without E: what there is to say of the
                       page's text, enum layout_flags; and WHY, as struct emit has both */
    const char *why;
};

/* Longest text of one page, in bytes, for formats that split: ranges wait in
 * memory for their turn. A dense page has 10 KB; this is a thousand of them.
 * What is longer is cut, and the page has an ERROR_LIMIT. */
#define LANE_PAGE_TEXT_MAX (16 << 20)

/* Bytes of a member's name; longer ones are cut. */
#define LANE_NAME_MAX 65535

struct lane;

struct lane_ops {
    int (*open)(struct lane *lane, const struct lane_document *document,
                struct format_info *info, struct error *e);
    int (*pages)(struct lane *lane, const struct lane_document *document,
                 const int *pages, int count, struct lane_output *out,
                 struct error *e);
    void (*close)(struct lane *lane, uint64_t id);
    void (*rest)(struct lane *lane);        /* may be NULL */
    uint64_t (*memory)(struct lane *lane);  /* may be NULL */
    void (*destroy)(struct lane *lane);
};

struct lane {
    const struct lane_ops *ops;
};

/* A lane in this process. Never NULL. */
struct lane *lane_create_local(void);

/* Opens DOCUMENT (again, when the lane had let it go) and fills INFO (zeroed;
 * the caller clears its metadata). The lane may keep the handle until
 * lane_close, or let it go to make room. 0, or -1 and E: the document cannot
 * be opened. */
int lane_open(struct lane *lane, const struct lane_document *document,
              struct format_info *info, struct error *e);

/* Extracts the COUNT pages listed in PAGES, opening the document when this
 * lane has no handle for it. 0 when every page has had its page_done; -1 and
 * E when the document could not be opened here, or OUT said stop: pages
 * without a page_done were not done. */
int lane_pages(struct lane *lane, const struct lane_document *document,
               const int *pages, int count, struct lane_output *out,
               struct error *e);

/* No more requests for document ID in this lane; unknown ids are ignored. */
void lane_close(struct lane *lane, uint64_t id);

/* The lane is not needed for a while, and has no document open: it gives back what it
 * can, as the memory of its worker. */
void lane_rest(struct lane *lane);

/* Bytes of memory that the lane alone has now; 0: it cannot tell. */
uint64_t lane_memory(struct lane *lane);

void lane_destroy(struct lane *lane); /* takes NULL */

#endif
