/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msg.c - the format "msg": a message of Outlook's. Its header, its body, and
 * attachments, messages among them, as documents of their own. */
#include <config.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "base/alloc.h"
#include "base/little.h"
#include "detect/magic.h"
#include "format/codepage.h"
#include "format/lines.h"
#include "format/load.h"
#include "format/lzfu.h"
#include "format/markup.h"
#include "format/msgprops.h"
#include "format/msgrtf.h"
#include "format/oleobject.h"
#include "format/oleprops.h"
#include "format/olewrite.h"
#include "format/pieces.h"
#include "format/registry.h"

/* Bytes of a body, and of an attachment. */
#define BODY_LIMIT ((size_t)64 << 20)
#define ATTACHMENT_LIMIT ((size_t)1 << 30)

struct format_document {
    struct ole *ole;
    struct msg_props props;
};

static int msg_bid(const struct peek *peek)
{
    return container_ole_bid(peek, format_msg.media_type);
}

static void msg_close(struct format_document *document)
{
    if (document == NULL)
        return;
    msg_props_clear(&document->props);
    ole_close(document->ole);
    free(document);
}

/* --- the header --- */

/* "NAME <ADDRESS>"; addresses of Exchange ("/O=...") are not shown. */
static void append_person(struct buffer *out, struct buffer *name,
                          struct buffer *address)
{
    const char *who = buffer_string(name), *where = buffer_string(address);
    bool has_address = strchr(where, '@') != NULL && strcasecmp(who, where) != 0;
    buffer_append_string(out, who);
    if (has_address)
        buffer_printf(out, *who != '\0' ? " <%s>" : "%s", where);
}

static void append_sender(struct msg_props *p, struct buffer *out)
{
    struct buffer name = {0}, address = {0};
    if (!msg_props_string(p, MSG_SENDER_NAME, &name))
        msg_props_string(p, MSG_SENT_FOR_NAME, &name);
    if (!msg_props_string(p, MSG_SENDER_SMTP, &address)
        && !msg_props_string(p, MSG_SENDER_ADDRESS, &address))
        msg_props_string(p, MSG_SENT_FOR_ADDRESS, &address);
    append_person(out, &name, &address);
    buffer_free(&name);
    buffer_free(&address);
}

enum { TO = 1, CC = 2, BCC = 3, KINDS = 4 };

static bool begins(const char *name, const char *with)
{
    return strncasecmp(name, with, strlen(with)) == 0;
}

/* The recipients, by their kinds, with commas in between. */
static void recipients_read(struct format_document *document,
                            struct buffer lists[KINDS])
{
    struct ole *ole = document->ole;
    char name[OLE_NAME];
    for (int i = ole_first(ole, OLE_ROOT); i >= 0; i = ole_next(ole, i)) {
        ole_name(ole, i, name);
        if (!ole_is_storage(ole, i) || !begins(name, "__recip_version1.0_#"))
            continue;
        struct msg_props p;
        struct buffer who = {0}, where = {0};
        uint64_t kind = TO;
        msg_props_read(&p, ole, i, MSG_TABLE_PART, document->props.codepage);
        msg_props_number(&p, MSG_RECIPIENT_TYPE, &kind);
        kind &= 0xf;
        msg_props_string(&p, MSG_NAME, &who);
        if (!msg_props_string(&p, MSG_SMTP_ADDRESS, &where))
            msg_props_string(&p, MSG_ADDRESS, &where);
        struct buffer *list = &lists[kind >= TO && kind < KINDS ? kind : TO];
        if (list->size > 0 && who.size + where.size > 0)
            buffer_append_string(list, ", ");
        append_person(list, &who, &where);
        buffer_free(&who);
        buffer_free(&where);
        msg_props_clear(&p);
    }
}

/* Seconds since 1970 of when it was sent, or came; false: it is not known. */
static bool msg_moment(const struct msg_props *p, int64_t *seconds)
{
    uint64_t moment = 0;
    if (!msg_props_number(p, MSG_SUBMITTED, &moment) || moment == 0)
        msg_props_number(p, MSG_DELIVERED, &moment);
    *seconds = oleprops_seconds(moment);
    return moment != 0;
}

/* As mail has it (RFC 5322). */
static void append_date(const struct msg_props *p, struct buffer *out)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t seconds;
    if (!msg_moment(p, &seconds))
        return;
    time_t moment = (time_t)seconds;
    struct tm tm;
    if (gmtime_r(&moment, &tm) == NULL || tm.tm_year < 0 || tm.tm_year > 8099)
        return;
    buffer_printf(out, "%.3s, %d %.3s %d %02d:%02d:%02d +0000",
                  days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
                  tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

/* A line of the header; empties VALUE. */
static void append_field(struct lines *l, const char *name, struct buffer *value)
{
    if (value->size > 0) {
        lines_next(l);
        lines_word(l, name, false);
        lines_fold(l, " ", 1);
        lines_fold(l, value->data, value->size);
    }
    buffer_free(value);
}

static void append_header(struct format_document *document, struct lines *l)
{
    struct msg_props *p = &document->props;
    struct buffer value = {0}, lists[KINDS] = {{0}};
    msg_props_string(p, MSG_SUBJECT, &value);
    append_field(l, "Subject:", &value);
    append_sender(p, &value);
    append_field(l, "From:", &value);
    recipients_read(document, lists);
    /* Names alone, when there are no recipients to be found. */
    if (lists[TO].size + lists[CC].size + lists[BCC].size == 0) {
        msg_props_string(p, MSG_DISPLAY_TO, &lists[TO]);
        msg_props_string(p, MSG_DISPLAY_CC, &lists[CC]);
        msg_props_string(p, MSG_DISPLAY_BCC, &lists[BCC]);
    }
    append_field(l, "To:", &lists[TO]);
    append_field(l, "Cc:", &lists[CC]);
    append_field(l, "Bcc:", &lists[BCC]);
    append_date(p, &value);
    append_field(l, "Date:", &value);
}

/* --- the body --- */

/* HTML in the code page of the message, as lines. */
static bool html_read(struct msg_props *p, struct buffer *out, struct error *e)
{
    struct buffer bytes = {0}, source = {0};
    uint64_t page = 0;
    int stream = msg_props_binary(p, MSG_HTML);
    if (stream >= 0) {
        ole_read(p->ole, stream, BODY_LIMIT, &bytes, e);
        msg_props_number(p, MSG_INTERNET_PAGE, &page);
        if (page != 0)
            codepage_append(&source, (uint32_t)page,
                            (const unsigned char *)bytes.data, bytes.size);
        else
            buffer_move(&source, &bytes);
    } else {
        msg_props_string(p, MSG_HTML, &source);
    }
    if (source.size > 0)
        markup_render(&source, out, e->kind == ERROR_NONE ? e : NULL);
    buffer_free(&bytes);
    buffer_free(&source);
    return out->size > 0;
}

static void rtf_read(struct msg_props *p, struct buffer *out, struct error *e)
{
    struct buffer packed = {0}, rtf = {0}, text = {0};
    int stream = msg_props_binary(p, MSG_RTF);
    if (stream >= 0) {
        ole_read(p->ole, stream, BODY_LIMIT, &packed, e);
        lzfu_expand((const unsigned char *)packed.data, packed.size, BODY_LIMIT,
                    &rtf, e->kind == ERROR_NONE ? e : NULL);
    }
    if (rtf.size == 0)
        ;
    else if (msgrtf_unwrap(rtf.data, rtf.size, &text))
        markup_render(&text, out, e->kind == ERROR_NONE ? e : NULL);
    else
        buffer_move(out, &text);
    buffer_free(&packed);
    buffer_free(&rtf);
    buffer_free(&text);
}

/* Line ends as ours are; blank ones at the end are cut by the caller. */
static void append_body(struct lines *l, const struct buffer *body)
{
    const char *p = body->data, *end = body->size > 0 ? p + body->size : p;
    while (p < end) {
        const char *line = memchr(p, '\n', (size_t)(end - p));
        size_t size = (size_t)((line != NULL ? line : end) - p);
        lines_keep(l, p, size > 0 && p[size - 1] == '\r' ? size - 1 : size);
        if (line == NULL)
            break;
        lines_break(l);
        p = line + 1;
    }
}

/* --- attachments --- */

/* The name of the file, or of the message that is attached. */
static void attachment_name(struct msg_props *p, bool is_message,
                            struct buffer *name)
{
    if (!msg_props_string(p, MSG_FILE, name)
        && !msg_props_string(p, MSG_FILE_SHORT, name))
        msg_props_string(p, MSG_NAME, name);
    if (is_message && name->size > 0
        && (name->size < 4
            || strncasecmp(name->data + name->size - 4, ".msg", 4) != 0))
        buffer_append_string(name, ".msg");
}

/* The bytes of the attachment in P, also of one that is embedded. */
static int attachment_read(struct msg_props *p, struct buffer *bytes,
                           bool *is_message, struct error *e)
{
    int storage = msg_props_storage(p, MSG_DATA);
    if (storage < 0)
        return ole_read(p->ole, msg_props_binary(p, MSG_DATA), ATTACHMENT_LIMIT,
                        bytes, e);
    *is_message = ole_find(p->ole, storage, MSG_TABLE_NAME) >= 0;
    if (!*is_message) {
        struct buffer name = {0};
        int r = oleobject_read(p->ole, storage, bytes, &name, e);
        buffer_free(&name);
        return r == 0 ? error_set(e, ERROR_MISSING, "of no known kind") : r;
    }
    /* Its table has a longer head when it is a file. */
    return olewrite(p->ole, storage, MSG_TABLE_NAME, MSG_TABLE_EMBEDDED,
                    MSG_TABLE_MESSAGE - MSG_TABLE_EMBEDDED, bytes, e);
}

static int attachment_emit(struct format_document *document, int storage,
                           struct emit *emit)
{
    struct msg_props p;
    struct buffer bytes = {0}, name = {0};
    struct error why = {0};
    bool is_message = false;
    int sent = 0;
    msg_props_read(&p, document->ole, storage, MSG_TABLE_PART,
                   document->props.codepage);
    int r = attachment_read(&p, &bytes, &is_message, &why);
    attachment_name(&p, is_message, &name);
    if (r >= 0 || why.kind != ERROR_MISSING)
        sent = oleobject_send(emit, buffer_string(&name), &bytes,
                              r < 0 ? &why : NULL);
    buffer_free(&bytes);
    buffer_free(&name);
    msg_props_clear(&p);
    return sent;
}

static int attachments_emit(struct format_document *document, struct emit *emit)
{
    struct ole *ole = document->ole;
    char name[OLE_NAME];
    if (emit->member_begin == NULL)
        return 0;
    for (int i = ole_first(ole, OLE_ROOT); i >= 0; i = ole_next(ole, i)) {
        ole_name(ole, i, name);
        if (ole_is_storage(ole, i) && begins(name, "__attach_version1.0_#")
            && attachment_emit(document, i, emit) < 0)
            return -1;
    }
    return 0;
}

/* --- the document --- */

static void msg_metadata(struct format_document *document, struct metadata *m)
{
    struct msg_props *p = &document->props;
    struct buffer value = {0};
    int64_t seconds;
    uint64_t moment = 0;
    msg_props_string(p, MSG_SUBJECT, &value);
    metadata_add(m, "title", buffer_string(&value));
    buffer_clear(&value);
    append_sender(p, &value);
    metadata_add(m, "author", buffer_string(&value));
    if (msg_moment(p, &seconds))
        metadata_add_time(m, "created", seconds);
    if (msg_props_number(p, MSG_MODIFIED, &moment) && moment != 0)
        metadata_add_time(m, "modified", oleprops_seconds(moment));
    buffer_free(&value);
}

static struct format_document *msg_open(const struct format_input *input,
                                        struct format_info *info,
                                        struct error *e)
{
    struct ole *ole = ole_open(input->data, input->size, e);
    if (ole == NULL)
        return NULL;
    struct format_document *document = xcalloc(1, sizeof *document);
    uint64_t page = 0;
    document->ole = ole;
    msg_props_read(&document->props, ole, OLE_ROOT, MSG_TABLE_MESSAGE, 0);
    if (!msg_props_number(&document->props, MSG_PAGE, &page))
        msg_props_number(&document->props, MSG_INTERNET_PAGE, &page);
    document->props.codepage = page != 0 ? (uint32_t)page : CODEPAGE_WINDOWS;
    msg_metadata(document, &info->metadata);
    info->pages = 1;
    ole_flaw(ole, &info->flaw);
    return document;
}

static int msg_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    if (page != 1)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    struct buffer text = {0}, body = {0};
    struct lines lines = {.out = &text};
    struct error why = {0};
    append_header(document, &lines);
    lines_ask(&lines, 2);
    if (!msg_props_string(&document->props, MSG_BODY, &body)
        && !html_read(&document->props, &body, &why))
        rtf_read(&document->props, &body, &why);
    if (why.kind == ERROR_NONE)
        why = document->props.fault;
    append_body(&lines, &body);
    lines_trim(&lines, 0);
    if (text.size > 0)
        buffer_append_char(&text, '\n');
    int r = pieces_emit(emit, text.data, text.size);
    buffer_free(&text);
    buffer_free(&body);
    if (r == 0)
        r = attachments_emit(document, emit);
    if (r == 0 && why.kind != ERROR_NONE) {
        *e = why;
        r = -1;
    }
    return r;
}

const struct format format_msg = {
    .name = "msg",
    .media_type = "application/vnd.ms-outlook",
    .extensions = "msg oft",
    .description = "Outlook messages",
    .flags = FORMAT_HOLDS,
    .bid = msg_bid,
    .open = msg_open,
    .page = msg_page,
    .close = msg_close,
    .prepare = load_markup,
};
