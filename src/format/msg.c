/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msg.c - the format "msg": a message of Outlook's. Its header, its body, and
 * attachments, messages among them, as documents of their own. */
#include <config.h>

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"
#include "detect/magic.h"
#include "format/codepage.h"
#include "format/load.h"
#include "format/msgbody.h"
#include "format/msgprops.h"
#include "format/oleobject.h"
#include "format/oleprops.h"
#include "format/olewrite.h"
#include "format/pieces.h"
#include "format/registry.h"

/* Bytes of an attachment. */
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

static void append_sender(struct msg_props *p, struct buffer *out)
{
    struct buffer name = {0}, address = {0};
    if (!msg_props_string(p, MSG_SENDER_NAME, &name))
        msg_props_string(p, MSG_SENT_FOR_NAME, &name);
    if (!msg_props_string(p, MSG_SENDER_SMTP, &address)
        && !msg_props_string(p, MSG_SENDER_ADDRESS, &address))
        msg_props_string(p, MSG_SENT_FOR_ADDRESS, &address);
    msgbody_person(out, &name, &address);
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
        msgbody_person(list, &who, &where);
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

static void append_header(struct format_document *document, struct lines *l)
{
    struct msg_props *p = &document->props;
    struct buffer value = {0}, lists[KINDS] = {{0}};
    msg_props_string(p, MSG_SUBJECT, &value);
    msgbody_field(l, "Subject:", &value);
    append_sender(p, &value);
    msgbody_field(l, "From:", &value);
    recipients_read(document, lists);
    /* Names alone, when there are no recipients to be found. */
    if (lists[TO].size + lists[CC].size + lists[BCC].size == 0) {
        msg_props_string(p, MSG_DISPLAY_TO, &lists[TO]);
        msg_props_string(p, MSG_DISPLAY_CC, &lists[CC]);
        msg_props_string(p, MSG_DISPLAY_BCC, &lists[BCC]);
    }
    msgbody_field(l, "To:", &lists[TO]);
    msgbody_field(l, "Cc:", &lists[CC]);
    msgbody_field(l, "Bcc:", &lists[BCC]);
    int64_t seconds;
    if (msg_moment(p, &seconds))
        msgbody_date(&value, seconds);
    msgbody_field(l, "Date:", &value);
}

/* --- the body --- */

/* HTML in the code page of the message, as lines. */
static bool html_read(struct msg_props *p, struct buffer *out, struct error *e)
{
    struct buffer source = {0};
    uint64_t page = 0;
    int stream = msg_props_binary(p, MSG_HTML);
    if (stream >= 0) {
        ole_read(p->ole, stream, MSGBODY_LIMIT, &source, e);
        msg_props_number(p, MSG_INTERNET_PAGE, &page);
    } else {
        msg_props_string(p, MSG_HTML, &source);
    }
    msgbody_html(&source, (uint32_t)page, out, e);
    buffer_free(&source);
    return out->size > 0;
}

static void rtf_read_body(struct msg_props *p, struct buffer *out,
                          struct error *e)
{
    struct buffer packed = {0};
    int stream = msg_props_binary(p, MSG_RTF);
    if (stream >= 0)
        ole_read(p->ole, stream, MSGBODY_LIMIT, &packed, e);
    msgbody_rtf(&packed, out, e);
    buffer_free(&packed);
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
        rtf_read_body(&document->props, &body, &why);
    if (why.kind == ERROR_NONE)
        why = document->props.fault;
    msgbody_lines(&lines, &body);
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
