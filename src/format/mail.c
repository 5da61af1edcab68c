/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mail.c - the formats "eml" and "emlx", a message, and "mbox", a mailbox in
 * which each message is a page. */
#include <config.h>

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "format/charset.h"
#include "format/letter.h"
#include "format/mailscan.h"
#include "format/registry.h"
#include "format/sax.h"

/* Above markup and a PDF mark within. A mail's head may stand in a text about
 * mail, an envelope line or a length before it does not. */
#define BID_MESSAGE 80
#define BID_MAILBOX 95

struct format_document {
    struct slice data;       /* all of a mailbox; the one message */
    struct mailscan_box box; /* of a message: empty */
    struct error flaw;       /* of a message's parts */
};

static void mail_prepare(void)
{
    const char *why;
    mime_prepare(&why);
    sax_prepare(&why);
    charset_prepare(&why);
}

static void mail_close(struct format_document *document)
{
    if (!document)
        return;
    free(document->box.starts);
    free(document);
}

static struct format_document *mail_create(struct slice data, struct error *e)
{
    const char *why;
    if (!mime_prepare(&why)) {
        error_set(e, ERROR_UNSUPPORTED, "gmime is missing: %s", why);
        return NULL;
    }
    struct format_document *document = xcalloc(1, sizeof *document);
    document->data = data;
    return document;
}

/* Past a byte order mark and empty lines, which are no part of a message. */
static struct slice mail_trim(const unsigned char *data, size_t size)
{
    struct slice s = { (const char *)data, (const char *)data + size };
    if (size >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0)
        s.at += 3;
    while (s.at < s.end && (*s.at == '\n' || *s.at == '\r'))
        s.at++;
    return s;
}

/* --- a message --- */

static bool mail_has_extension(const char *name, const char *extension)
{
    const char *dot = name ? strrchr(name, '.') : NULL;
    return dot && strcasecmp(dot + 1, extension) == 0;
}

static int eml_bid(const struct peek *peek)
{
    struct slice head = mail_trim(peek->head, peek->head_size);
    bool named = mail_has_extension(peek->name, "eml");
    return mailscan_is_message(head.at, (size_t)(head.end - head.at),
                               peek->head_size < peek->size, named) ? BID_MESSAGE : 0;
}

/* The one message that a document is. What is wrong with its parts is known at
 * once: as the error of its only page it would make all of it fail. */
static void mail_describe(struct format_document *document,
                          struct format_info *info)
{
    info->pages = 1;
    letter_metadata(document->data, &info->metadata);
    letter_check(document->data, &document->flaw);
    if (info->flaw.kind == ERROR_NONE)
        info->flaw = document->flaw;
}

static struct format_document *eml_open(const struct format_input *input,
                                        struct format_info *info, struct error *e)
{
    struct format_document *document =
        mail_create(mail_trim(input->data, input->size), e);
    if (!document)
        return NULL;
    mail_describe(document, info);
    return document;
}

static int eml_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    struct error why = { 0 };
    (void)page;
    int r = letter_emit(document->data, false, emit, &why);
    if (why.kind == ERROR_NONE)
        return r;
    if (why.kind == document->flaw.kind)
        return 0;
    return error_set(e, why.kind, "%s", why.detail);
}

/* --- Apple's --- */

static int emlx_bid(const struct peek *peek)
{
    size_t start;
    int64_t size = mailscan_emlx((const char *)peek->head, peek->head_size, &start);
    if (size <= 0)
        return 0;
    return mailscan_is_message((const char *)peek->head + start,
                               peek->head_size - start,
                               peek->head_size < peek->size, true) ? BID_MAILBOX : 0;
}

static struct format_document *emlx_open(const struct format_input *input,
                                         struct format_info *info,
                                         struct error *e)
{
    size_t start = 0;
    int64_t size = mailscan_emlx((const char *)input->data, input->size, &start);
    size_t left = input->size - start;
    if (size < 0) {
        error_set(e, ERROR_DAMAGED, "no length at the start");
        return NULL;
    }
    if ((uint64_t)size > left)
        error_set(&info->flaw, ERROR_TRUNCATED,
                  "the message should have %" PRIi64 " bytes, but has %zu", size,
                  left);
    else
        left = (size_t)size;
    const char *at = (const char *)input->data + start;
    struct format_document *document = mail_create((struct slice){ at, at + left }, e);
    if (!document)
        return NULL;
    mail_describe(document, info);
    return document;
}

/* --- a mailbox --- */

static int mbox_bid(const struct peek *peek)
{
    struct slice head = mail_trim(peek->head, peek->head_size);
    bool named = mail_has_extension(peek->name, "mbox");
    return mailscan_is_envelope(head.at, head.end, named) ? BID_MAILBOX : 0;
}

static struct format_document *mbox_open(const struct format_input *input,
                                         struct format_info *info,
                                         struct error *e)
{
    struct format_document *document =
        mail_create(mail_trim(input->data, input->size), e);
    if (!document)
        return NULL;
    struct slice data = document->data;
    mailscan_box(data.at, (size_t)(data.end - data.at), &document->box);
    if (document->box.count == 0) {
        error_set(e, ERROR_DAMAGED, "no message");
        mail_close(document);
        return NULL;
    }
    if (document->box.is_cut)
        error_set(&info->flaw, ERROR_LIMIT, "more than %zu messages",
                  MAILSCAN_MESSAGES);
    info->pages = (int)document->box.count;
    return document;
}

static int mbox_page(struct format_document *document, int page,
                     struct emit *emit, struct error *e)
{
    const struct mailscan_box *box = &document->box;
    if (page < 1 || (size_t)page > box->count)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    struct slice message = document->data;
    if ((size_t)page < box->count)
        message.end = message.at + box->starts[page];
    message.at += box->starts[page - 1];
    message.at = mailscan_next_line(message.at, message.end);
    return letter_emit(message, true, emit, e);
}

static char *mail_library(void)
{
    char *mime = mime_library_version(), *xml = sax_library_version();
    char *both = xasprintf("%s, libxml2 %s", mime, xml);
    free(mime);
    free(xml);
    return both;
}

const struct format format_eml = {
    .name = "eml",
    .media_type = "message/rfc822",
    .extensions = "eml mht mhtml",
    .description = "Mail: a message, also as MHTML",
    .flags = FORMAT_HOLDS,
    .bid = eml_bid,
    .open = eml_open,
    .page = eml_page,
    .close = mail_close,
    .prepare = mail_prepare,
    .library = mail_library,
};

const struct format format_emlx = {
    .name = "emlx",
    .media_type = "message/x-emlx",
    .extensions = "emlx",
    .description = "Mail: a message of Apple Mail",
    .flags = FORMAT_HOLDS,
    .bid = emlx_bid,
    .open = emlx_open,
    .page = eml_page,
    .close = mail_close,
    .prepare = mail_prepare,
    .library = mail_library,
};

const struct format format_mbox = {
    .name = "mbox",
    .media_type = "application/mbox",
    .extensions = "mbox",
    .description = "Mail: a mailbox, each message a page",
    .flags = FORMAT_SPLITS | FORMAT_HOLDS,
    .bid = mbox_bid,
    .open = mbox_open,
    .page = mbox_page,
    .close = mail_close,
    .prepare = mail_prepare,
    .library = mail_library,
};
