/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tnef.c - the format "tnef": what Outlook sends beside a message, winmail.dat
 * ([MS-OXTNEF]). The message it is of, if that says more than that it is one,
 * and attachments, messages among them, as documents of their own. */
#include <config.h>

#include <stdlib.h>
#include <time.h>

#include "base/alloc.h"
#include "base/little.h"
#include "format/charset.h"
#include "format/codepage.h"
#include "format/load.h"
#include "format/msgbody.h"
#include "format/oleobject.h"
#include "format/oleprops.h"
#include "format/pieces.h"
#include "format/registry.h"
#include "format/sax.h"
#include "format/tnefprops.h"

#define SIGNATURE 0x223e9f78u

/* Attachments, and recipients that are named. */
#define ATTACHMENTS 10000
#define RECIPIENTS 10000

/* A GUID stands before the bytes of an object. */
#define OBJECT_HEAD 16

/* Attributes by the lower half of their number. */
enum attribute {
    SUBJECT = 0x8004, DATE_SENT = 0x8005, DATE_RECEIVED = 0x8006, BODY = 0x800c,
    ATTACH_DATA = 0x800f, ATTACH_TITLE = 0x8010, ATTACH_BEGIN = 0x9002,
    PROPERTIES = 0x9003, RECIPIENT_TABLE = 0x9004, ATTACH_PROPERTIES = 0x9005,
    CODEPAGE = 0x9007
};

struct attachment {
    struct tnef_span data, title;
    struct tnef_props props;
};

struct format_document {
    unsigned codepage;
    struct tnef_span subject, sent, body, recipients;
    struct tnef_props props;
    struct attachment *attachments;
    size_t count;
};

static int tnef_bid(const struct peek *peek)
{
    return peek->head_size >= 6 && little32(peek->head) == SIGNATURE ? 95 : 0;
}

static void tnef_close(struct format_document *d)
{
    if (d == NULL)
        return;
    for (size_t i = 0; i < d->count; i++)
        tnef_props_clear(&d->attachments[i].props);
    free(d->attachments);
    tnef_props_clear(&d->props);
    free(d);
}

/* --- attributes --- */

static struct attachment *attachment_last(struct format_document *d)
{
    return d->count > 0 ? &d->attachments[d->count - 1] : NULL;
}

static void attachment_add(struct format_document *d)
{
    if (d->count == ATTACHMENTS)
        return;
    if ((d->count & (d->count - 1)) == 0)
        d->attachments = xrealloc_array(d->attachments,
                                        d->count > 0 ? 2 * d->count : 1,
                                        sizeof *d->attachments);
    d->attachments[d->count++] = (struct attachment){0};
}

/* False: properties in it break off. */
static bool attribute_read(struct format_document *d, unsigned id,
                           struct tnef_span value)
{
    struct attachment *last = attachment_last(d);
    switch (id) {
    case SUBJECT:
        d->subject = value;
        break;
    case DATE_SENT:
        d->sent = value;
        break;
    case DATE_RECEIVED:
        if (d->sent.size == 0)
            d->sent = value;
        break;
    case BODY:
        d->body = value;
        break;
    case RECIPIENT_TABLE:
        d->recipients = value;
        break;
    case CODEPAGE:
        if (value.size >= 4 && little32(value.p) < 65536)
            d->codepage = little32(value.p);
        break;
    case PROPERTIES:
        return tnef_props_read(&d->props, &value);
    case ATTACH_BEGIN:
        attachment_add(d);
        break;
    case ATTACH_DATA:
        if (last != NULL)
            last->data = value;
        break;
    case ATTACH_TITLE:
        if (last != NULL)
            last->title = value;
        break;
    case ATTACH_PROPERTIES:
        return last == NULL || tnef_props_read(&last->props, &value);
    }
    return true;
}

/* Each has a level, its number, a length, and a checksum behind it, which
 * programs write as they like. */
static void attributes_read(struct format_document *d, struct tnef_span s,
                            struct error *flaw)
{
    enum { HEAD = 9, CHECKSUM = 2 };
    struct tnef_span head, value;
    while (s.size > 0) {
        bool is_whole = tnef_take(&s, HEAD, 1, &head);
        size_t size = is_whole ? little32(head.p + 5) : 0;
        is_whole = is_whole && size <= s.size;
        if (size > s.size)
            size = s.size;
        tnef_take(&s, size, 1, &value);
        bool is_sound = size == 0 || attribute_read(d, little16(head.p + 1), value);
        if (!is_whole || !is_sound) {
            if (flaw->kind == ERROR_NONE)
                error_set(flaw, is_whole ? ERROR_DAMAGED : ERROR_TRUNCATED,
                          is_whole ? "properties break off" : "it breaks off");
            if (!is_whole)
                return;
        }
        if (!tnef_take(&s, CHECKSUM, 1, &head))
            return;
    }
}

/* --- the message --- */

/* Seconds since 1970 of when it was sent; false: it is not known. Sources are
 * properties, or a date in seven numbers of two bytes. */
static bool moment_of(const struct format_document *d, int64_t *seconds)
{
    uint64_t moment = 0;
    if (!tnef_props_number(&d->props, MSG_SUBMITTED, &moment) || moment == 0)
        tnef_props_number(&d->props, MSG_DELIVERED, &moment);
    if (moment != 0) {
        *seconds = oleprops_seconds(moment);
        return true;
    }
    if (d->sent.size < 12)
        return false;
    const unsigned char *p = d->sent.p;
    struct tm tm = {
        .tm_year = (int)little16(p) - 1900, .tm_mon = (int)little16(p + 2) - 1,
        .tm_mday = (int)little16(p + 4), .tm_hour = (int)little16(p + 6),
        .tm_min = (int)little16(p + 8), .tm_sec = (int)little16(p + 10),
    };
    *seconds = (int64_t)timegm(&tm);
    return tm.tm_year > 0;
}

static void sender_append(const struct format_document *d, struct buffer *out)
{
    static const enum msg_property addresses[] = {
        MSG_SENDER_SMTP, MSG_SENDER_ADDRESS, MSG_SENT_FOR_ADDRESS,
    };
    struct buffer name = {0}, address = {0};
    if (!tnef_props_string(&d->props, MSG_SENDER_NAME, d->codepage, &name))
        tnef_props_string(&d->props, MSG_SENT_FOR_NAME, d->codepage, &name);
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        if (tnef_props_string(&d->props, addresses[i], d->codepage, &address))
            break;
    }
    msgbody_person(out, &name, &address);
    buffer_free(&name);
    buffer_free(&address);
}

static void subject_append(const struct format_document *d, struct buffer *out)
{
    if (!tnef_props_string(&d->props, MSG_SUBJECT, d->codepage, out))
        tnef_append(d->subject, d->codepage, out);
}

enum { TO = 1, CC = 2, BCC = 3, KINDS = 4 };

/* A table of properties for each. */
static void recipients_read(const struct format_document *d,
                            struct buffer lists[KINDS])
{
    struct tnef_span s = d->recipients, head;
    uint32_t count = tnef_take(&s, 4, 4, &head) ? little32(head.p) : 0;
    for (uint32_t i = 0; i < count && i < RECIPIENTS; i++) {
        struct tnef_props p = {0};
        struct buffer who = {0}, where = {0};
        uint64_t kind = TO;
        bool is_whole = tnef_props_read(&p, &s);
        tnef_props_number(&p, MSG_RECIPIENT_TYPE, &kind);
        kind &= 0xf;
        tnef_props_string(&p, MSG_NAME, d->codepage, &who);
        if (!tnef_props_string(&p, MSG_SMTP_ADDRESS, d->codepage, &where))
            tnef_props_string(&p, MSG_ADDRESS, d->codepage, &where);
        struct buffer *list = &lists[kind >= TO && kind < KINDS ? kind : TO];
        if (list->size > 0 && who.size + where.size > 0)
            buffer_append_string(list, ", ");
        msgbody_person(list, &who, &where);
        buffer_free(&who);
        buffer_free(&where);
        tnef_props_clear(&p);
        if (!is_whole)
            break;
    }
}

static void header_append(const struct format_document *d, struct lines *l)
{
    struct buffer value = {0}, lists[KINDS] = {{0}};
    int64_t seconds;
    subject_append(d, &value);
    msgbody_field(l, "Subject:", &value);
    sender_append(d, &value);
    msgbody_field(l, "From:", &value);
    recipients_read(d, lists);
    msgbody_field(l, "To:", &lists[TO]);
    msgbody_field(l, "Cc:", &lists[CC]);
    msgbody_field(l, "Bcc:", &lists[BCC]);
    if (moment_of(d, &seconds))
        msgbody_date(&value, seconds);
    msgbody_field(l, "Date:", &value);
}

/* Plain text, else HTML, else RTF. */
static void body_read(const struct format_document *d, struct buffer *out,
                      struct error *e)
{
    struct buffer bytes = {0};
    uint64_t page = 0;
    if (!tnef_props_string(&d->props, MSG_BODY, d->codepage, out))
        tnef_append(d->body, d->codepage, out);
    const struct tnef_prop *html = tnef_props_find(&d->props, MSG_HTML);
    if (out->size == 0 && html != NULL && html->value.size <= MSGBODY_LIMIT) {
        if (html->type == TNEF_BINARY) {
            buffer_append(&bytes, html->value.p, html->value.size);
            tnef_props_number(&d->props, MSG_INTERNET_PAGE, &page);
        } else {
            tnef_props_string(&d->props, MSG_HTML, d->codepage, &bytes);
        }
        msgbody_html(&bytes, (unsigned)page, out, e);
        buffer_clear(&bytes);
    }
    const struct tnef_prop *rtf = tnef_props_find(&d->props, MSG_RTF);
    if (out->size == 0 && rtf != NULL && rtf->value.size <= MSGBODY_LIMIT) {
        buffer_append(&bytes, rtf->value.p, rtf->value.size);
        msgbody_rtf(&bytes, out, e);
    }
    buffer_free(&bytes);
}

/* --- attachments --- */

static int attachment_send(const struct format_document *d,
                           const struct attachment *a, struct emit *emit)
{
    struct tnef_span data = a->data;
    struct buffer name = {0}, bytes = {0};
    const struct tnef_prop *prop = tnef_props_find(&a->props, MSG_DATA);
    bool is_object = prop != NULL && prop->type == TNEF_OBJECT;
    if (prop != NULL && prop->value.size > 0) {
        data = prop->value;
        if (is_object && data.size >= OBJECT_HEAD) {
            data.p += OBJECT_HEAD;
            data.size -= OBJECT_HEAD;
        }
    }
    if (!tnef_props_string(&a->props, MSG_FILE, d->codepage, &name)
        && !tnef_props_string(&a->props, MSG_FILE_SHORT, d->codepage, &name))
        tnef_append(a->title, d->codepage, &name);
    if (name.size == 0)
        tnef_props_string(&a->props, MSG_NAME, d->codepage, &name);
    int r = 0;
    if (data.size > 0) {
        buffer_append(&bytes, data.p, data.size);
        r = is_object
            ? oleobject_send_file(emit, buffer_string(&name), &bytes, NULL)
            : oleobject_send(emit, buffer_string(&name), &bytes, NULL);
    }
    buffer_free(&name);
    buffer_free(&bytes);
    return r;
}

/* --- the document --- */

static struct format_document *tnef_open(const struct format_input *input,
                                         struct format_info *info,
                                         struct error *e)
{
    enum { HEAD = 6 }; /* the signature, and a number without a meaning */
    struct tnef_span s = {input->data, input->size}, head;
    struct buffer value = {0};
    int64_t seconds;
    if (!tnef_take(&s, HEAD, 1, &head) || little32(head.p) != SIGNATURE) {
        error_set(e, ERROR_DAMAGED, "not what Outlook sends beside messages");
        return NULL;
    }
    struct format_document *d = xcalloc(1, sizeof *d);
    d->codepage = CODEPAGE_WINDOWS;
    attributes_read(d, s, &info->flaw);
    subject_append(d, &value);
    metadata_add(&info->metadata, "title", buffer_string(&value));
    buffer_clear(&value);
    sender_append(d, &value);
    metadata_add(&info->metadata, "author", buffer_string(&value));
    if (moment_of(d, &seconds))
        metadata_add_time(&info->metadata, "created", seconds);
    buffer_free(&value);
    info->pages = 1;
    return d;
}

static int tnef_page(struct format_document *d, int page, struct emit *emit,
                     struct error *e)
{
    if (page != 1)
        return error_set(e, ERROR_NO_PAGES, "there is no page %d", page);
    struct buffer text = {0}, body = {0};
    struct lines lines = {.out = &text};
    struct error why = {0};
    header_append(d, &lines);
    lines_ask(&lines, 2);
    body_read(d, &body, &why);
    msgbody_lines(&lines, &body);
    lines_trim(&lines, 0);
    if (text.size > 0)
        buffer_append_char(&text, '\n');
    int r = pieces_emit(emit, text.data, text.size);
    buffer_free(&text);
    buffer_free(&body);
    for (size_t i = 0; i < d->count && r == 0 && emit->member_begin != NULL; i++)
        r = attachment_send(d, &d->attachments[i], emit);
    if (r == 0 && why.kind != ERROR_NONE) {
        *e = why;
        r = -1;
    }
    return r;
}

const struct format format_tnef = {
    .name = "tnef",
    .media_type = "application/vnd.ms-tnef",
    .extensions = "tnef dat",
    .description = "Outlook's winmail.dat",
    .flags = FORMAT_HOLDS,
    .bid = tnef_bid,
    .open = tnef_open,
    .page = tnef_page,
    .close = tnef_close,
    .prepare = load_markup,
};
