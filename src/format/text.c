/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text.c - plain text and Markdown: one page, as it is, in UTF-8 and with
 * Unix line ends. */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "format/charset.h"
#include "format/load.h"
#include "format/registry.h"
#include "format/text.h"

struct format_document {
    const unsigned char *data; /* behind the byte order mark */
    size_t size;
    struct charset charset;
};

/* --- bids --- */

/* With NULs in it both ends of the file have to be text, or the last one zeros. */
static bool text_is_holed(const struct peek *peek)
{
    size_t last = peek->tail_size < PEEK_HEAD ? peek->tail_size : PEEK_HEAD;
    if (!charset_is_holed(peek->head, peek->head_size))
        return false;
    const unsigned char *p = peek->tail + peek->tail_size - last;
    const unsigned char *end = p + last;
    while (p < end && (*p == 0 || (*p & 0xc0) == 0x80))
        p++;
    size_t left = (size_t)(end - p);
    return left == 0 || charset_is_holed(p, left) || charset_is_plausible(p, left, false);
}

int text_bid(const struct peek *peek)
{
    if (peek->head_size == 0)
        return 0;
    if (charset_is_plausible(peek->head, peek->head_size,
                             peek->head_size < peek->size))
        return BID_TEXT;
    return text_is_holed(peek) ? BID_HOLED : 0;
}

bool text_is_named(const char *name, const char *extensions)
{
    const char *slash = name != NULL ? strrchr(name, '/') : NULL;
    const char *base = slash != NULL ? slash + 1 : name;
    const char *dot = base != NULL ? strrchr(base, '.') : NULL;
    if (dot == NULL)
        return false;
    size_t size = strlen(dot + 1);
    while (*extensions != '\0') {
        size_t length = strcspn(extensions, " ");
        if (length == size && strncasecmp(extensions, dot + 1, size) == 0)
            return true;
        extensions += length;
        extensions += strspn(extensions, " ");
    }
    return false;
}

int text_bid_named(const struct peek *peek, const char *extensions)
{
    return text_is_named(peek->name, extensions) && text_bid(peek) == BID_TEXT
               ? BID_TEXT_KIND
               : 0;
}

static int markdown_bid(const struct peek *peek)
{
    return text_bid_named(peek, "md markdown");
}

/* --- the document --- */

struct format_document *text_open(const struct format_input *input,
                                  struct format_info *info, struct error *e)
{
    const char *why;
    if (!charset_prepare(&why)) {
        error_set(e, ERROR_UNSUPPORTED, "uchardet is missing: %s", why);
        return NULL;
    }
    struct format_document *document = xcalloc(1, sizeof *document);
    charset_detect(input->data, input->size, &document->charset);
    document->data = input->data + document->charset.mark;
    document->size = input->size - document->charset.mark;
    info->pages = 1;
    metadata_add(&info->metadata, "charset", document->charset.name);
    return document;
}

void text_close(struct format_document *document)
{
    free(document);
}

/* Stands between the conversion and the page's emit: line ends, NULs. */
struct cleaner {
    struct emit emit; /* first, so that it can be cast back */
    struct emit *next;
    char last;        /* byte passed on; NUL: none yet */
    bool after_cr;    /* which has become a newline already */
    char bytes[CHARSET_PIECE];
};

static int cleaner_pass(struct cleaner *cleaner, const char *text, size_t size)
{
    if (size == 0)
        return 0;
    cleaner->last = text[size - 1];
    return cleaner->next->text(cleaner->next, text, size);
}

static int cleaner_text(struct emit *emit, const char *text, size_t size)
{
    struct cleaner *cleaner = (struct cleaner *)emit;
    if (!cleaner->after_cr && memchr(text, '\r', size) == NULL
        && memchr(text, '\0', size) == NULL)
        return cleaner_pass(cleaner, text, size);
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (c == '\0' || (c == '\n' && cleaner->after_cr)) {
            cleaner->after_cr = false;
            continue;
        }
        cleaner->after_cr = c == '\r';
        cleaner->bytes[kept++] = c == '\r' ? '\n' : c;
    }
    return cleaner_pass(cleaner, cleaner->bytes, kept);
}

int text_page(struct format_document *document, int page, struct emit *emit,
              struct error *e)
{
    (void)page;
    struct cleaner cleaner = {.emit = { .text = cleaner_text }, .next = emit};
    uint64_t bad;
    if (charset_convert(document->data, document->size, document->charset.name,
                        &cleaner.emit, &bad) < 0)
        return -1;
    if (cleaner.last != '\0' && cleaner.last != '\n'
        && cleaner_pass(&cleaner, "\n", 1) < 0)
        return -1;
    if (bad > document->size / 100)
        return error_set(e, ERROR_DAMAGED, "%" PRIu64 " bytes are not valid %s",
                         bad, document->charset.name);
    return 0;
}

const struct format format_text = {
    .name = "text",
    .media_type = "text/plain",
    .extensions = "txt text log",
    .description = "Plain text in any charset",
    .flags = FORMAT_KEEPS_MARKS,
    .bid = text_bid,
    .open = text_open,
    .page = text_page,
    .close = text_close,
    .prepare = load_text,
};

const struct format format_markdown = {
    .name = "markdown",
    .media_type = "text/markdown",
    .extensions = "md markdown",
    .description = "Markdown, as plain text",
    .flags = FORMAT_KEEPS_MARKS,
    .bid = markdown_bid,
    .open = text_open,
    .page = text_page,
    .close = text_close,
    .prepare = load_text,
};
