/* SPDX-License-Identifier: GPL-3.0-or-later */
/* format.h - what every document format gives: a bid on a peeked prefix, and
 * open, page, close. A format knows neither threads nor sinks. */
#ifndef EXTRACT_FORMAT_FORMAT_H
#define EXTRACT_FORMAT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/map.h"
#include "document/metadata.h"

/* The first and the last bytes of a file, for detection. HEAD holds the first
 * min(size, PEEK_HEAD) bytes, TAIL the last min(size, PEEK_TAIL); the two may
 * overlap. Nothing in them is to be trusted. */
struct peek {
    const unsigned char *head;
    size_t head_size;
    const unsigned char *tail;
    size_t tail_size;
    uint64_t size;    /* of the whole file */
    const char *name; /* path as given; a hint only, never decisive */
    /* A part in between that the head points to, from MIDDLE_AT on; NULL: none
     * was looked at. */
    const unsigned char *middle;
    size_t middle_size;
    uint64_t middle_at;
    /* The media type of a ZIP archive or an OLE compound file by what is in it,
     * found before the bids (container.c); NULL: it is neither. Static. */
    const char *container;
};
#define PEEK_HEAD 4096
/* A ZIP's end record is at most 65,557 bytes long (APPNOTE 4.3.16); the
 * central directory before it names the members. */
#define PEEK_TAIL 131072
#define PEEK_MIDDLE 4096
/* Where a disk image says what it is: the 17th sector of 2,048 bytes (ECMA-119 6.2.1 and 8.1). */
#define PEEK_IMAGE 32768

/* A document within a document: an attachment, a member of an archive. */
struct member {
    const char *name; /* as the container has it: bytes that need not be UTF-8
                         and may say "../"; NULL or "": it has none */
    int64_t size;     /* as the container says, a hint; -1: it does not */
    int64_t mtime_ns; /* nanoseconds since 1970; 0: not known */
};

/* Where a page's text goes. Text must be whole UTF-8 characters; what is not
 * valid is replaced on the way. May be called many times for a page, best
 * with pieces of some KiB. Returns 0, or -1: the text is not wanted any more,
 * return from page() at once with -1. */
struct emit {
    int (*text)(struct emit *emit, const char *text, size_t size);
    /* A document within this page that becomes a document of its own, named
     * OUTER!/NAME: begin, its bytes in any number of pieces, end, with E when it
     * is not whole; one at a time, text may come in between. 0; or -1: stop, as
     * for text; or from begin 1: this one is not wanted, so neither data nor end.
     * All three are NULL where no members are wanted. */
    int (*member_begin)(struct emit *emit, const struct member *member);
    int (*member_data)(struct emit *emit, const void *data, size_t size);
    int (*member_end)(struct emit *emit, const struct error *e);
    /* What the format knows of the page's text, enum layout_flags; 0 when
     * page() is called. Pages without text need not be told. */
    unsigned flags;
    /* Where the flags say that another PDF engine has read the page, why, in words of
     * ASCII: below READER_WHY bytes (pdf/reader.h), valid until the format is called
     * again. NULL: nothing; so when page() is called. */
    const char *why;
};

/* In which order the text of a page comes: the words of --layout. */
enum format_layout {
    FORMAT_READING,  /* as a person reads */
    FORMAT_RAW,      /* as the engine gives it */
    FORMAT_PHYSICAL  /* with the page's look */
};

/* How pages become text, for formats whose pages have a look. A zeroed struct
 * is how it is by default. */
struct format_options {
    enum format_layout layout;
    bool keep_hyphens;      /* --no-dehyphenate */
    bool strip_headers;     /* --strip-headers */
    const char *pdf_engine; /* --pdf-engine; NULL: any. A name in
                               engine_registry */
    bool annotations;       /* --annotations */
    bool attachments;       /* --attachments: of PDF, as members */
    bool nfc;               /* --nfc: done by lanes, for all formats */
};

struct format_input {
    const unsigned char *data; /* all bytes; valid until close */
    size_t size;
    /* Valid until open returns. */
    const char *name;     /* path, for hints and messages */
    const char *password; /* NULL: none given */
    const struct format_options *options; /* NULL: as by default */
    /* Opened before by another handle, which told: metadata that costs time may
     * be left out. */
    bool again;
    /* The map that DATA is of, which open may extend; NULL: of none. */
    struct map *map;
};

struct format_info {
    int pages; /* at least 1 for a document that opened */
    struct metadata metadata;
    const char *engine; /* set by lanes: format_engine, where it was opened; static */
    /* A document that opened but is not whole (truncated, repaired,
     * mislabelled): it will be partial at best. kind ERROR_NONE: all well. */
    struct error flaw;
};

struct format_document; /* each format's own */

enum format_flags {
    /* Pages are independent and page K costs about the same wherever it
     * stands: ranges of one document may run at once, a handle for each lane. */
    FORMAT_SPLITS = 1,
    /* Open documents hold many descriptors or much memory: a permit is needed
     * (--epub-jobs). */
    FORMAT_NEEDS_PERMIT = 2,
    /* A page may hold form feeds of its own: a text is as it is. */
    FORMAT_KEEPS_MARKS = 4,
    /* Nothing but members: one page, which never has text, and no page mark. */
    FORMAT_ARCHIVE = 8,
    /* Documents of it may have members; where these are wanted it does not split, so
     * that they come in order. Those of other formats that split have none but with
     * --attachments. A run that goes on after one that was stopped reads them again,
     * since members of theirs may be missing. */
    FORMAT_HOLDS = 16
};

/* The highest bid, which no other format can beat. */
#define FORMAT_CERTAIN 100

struct format {
    const char *name;        /* "pdf": for --type and --list-types */
    const char *media_type;  /* "application/pdf" */
    const char *extensions;  /* "pdf" or "txt text log", for --list-types */
    const char *description; /* "Portable Document Format" */
    unsigned flags;

    /* How sure this format is that the peeked bytes are its own: 0 not at
     * all, FORMAT_CERTAIN at most. Any thread; must not allocate. */
    int (*bid)(const struct peek *peek);

    /* Opens a document. Returns NULL and fills E when it cannot; else fills
     * INFO (zeroed by the caller, who clears its metadata). One document
     * belongs to one thread at a time; different documents may be open in
     * different threads at once, also of the same file. */
    struct format_document *(*open)(const struct format_input *input,
                                    struct format_info *info, struct error *e);

    /* Emits the text of PAGE (from 1). Returns 0, or -1 with E: the page's
     * text is missing or not complete. A page without text emits nothing and
     * returns 0. Text ends with a newline when there is any; its form feeds
     * become newlines on the way, but for FORMAT_KEEPS_MARKS. What a page holds
     * depends on the document and its options alone, never on the pages that
     * were asked for before. */
    int (*page)(struct format_document *document, int page, struct emit *emit,
                struct error *e);

    void (*close)(struct format_document *document); /* takes NULL */

    /* Loads the libraries that open and page need, and warms up global state
     * that they create lazily without a lock. Open does it too: this is for who
     * cannot load anything later, in a sandbox. Any thread, any number of
     * times. NULL: it needs none; formats with the same one need the same. */
    void (*prepare)(void);

    /* These libraries and their versions, "poppler 22.12.0, ...", for
     * --version; to be freed. NULL: there is nothing to say. */
    char *(*library)(void);
};

/* The formats of this build, a NULL at the end, in the order of --list-types. */
extern const struct format *const format_registry[];

/* By name; NULL when there is none. */
const struct format *format_find(const char *name);

/* What its `library` says, asked for once: stays for ever. NULL: nothing. Any
 * thread. */
const char *format_engine(const struct format *format);

/* Prepares FORMAT; NULL: all of them. */
void format_prepare(const struct format *format);

#endif
