/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-mail.c - the formats "eml", "emlx" and "mbox": text, members, what is
 * broken, and where a mailbox is cut. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "format/charset.h"
#include "format/mailscan.h"
#include "format/registry.h"

/* Members are written as "[name|bytes]", "!" before the bracket when not
 * whole. */
struct collector {
    struct emit emit;
    struct buffer text, members;
    int calls_left; /* of members' data, then refuse; -1: never */
    const char *unwanted;
};

static int take_text(struct emit *emit, const char *text, size_t size)
{
    buffer_append(&((struct collector *)emit)->text, text, size);
    return 0;
}

static int take_begin(struct emit *emit, const struct member *member)
{
    struct collector *c = (struct collector *)emit;
    if (c->unwanted && strcmp(c->unwanted, member->name) == 0)
        return 1;
    buffer_printf(&c->members, "[%s|", member->name);
    return 0;
}

static int take_data(struct emit *emit, const void *data, size_t size)
{
    struct collector *c = (struct collector *)emit;
    buffer_append(&c->members, data, size);
    return c->calls_left >= 0 && c->calls_left-- == 0 ? -1 : 0;
}

static int take_end(struct emit *emit, const struct error *e)
{
    buffer_append_string(&((struct collector *)emit)->members, e ? "!]" : "]");
    return 0;
}

struct outcome {
    struct buffer text, members;
    struct metadata metadata;
    struct error error, flaw;
    int pages, r;
};

static struct outcome read_page(const struct format *format, const char *data,
                                size_t size, int page, const char *unwanted,
                                int calls)
{
    struct format_input input = {
        .data = (const unsigned char *)data, .size = size, .name = "x",
    };
    struct format_info info = { 0 };
    struct outcome o = { 0 };
    struct collector c = {
        .emit = { .text = take_text, .member_begin = take_begin,
                  .member_data = take_data, .member_end = take_end },
        .calls_left = calls, .unwanted = unwanted,
    };
    struct format_document *d = format->open(&input, &info, &o.error);
    cr_assert_not_null(d, "%s", o.error.detail);
    o.r = format->page(d, page, &c.emit, &o.error);
    format->close(d);
    o.pages = info.pages;
    o.flaw = info.flaw;
    o.text = c.text;
    o.members = c.members;
    metadata_move(&o.metadata, &info.metadata);
    return o;
}

static void clear(struct outcome *o)
{
    buffer_free(&o->text);
    buffer_free(&o->members);
    metadata_clear(&o->metadata);
}

static void expect(const char *mail, const char *text, const char *members,
                   enum error_kind kind)
{
    struct outcome o = read_page(&format_eml, mail, strlen(mail), 1, NULL, -1);
    cr_expect_str_eq(buffer_string(&o.text), text);
    cr_expect_str_eq(buffer_string(&o.members), members);
    cr_expect_eq(o.flaw.kind, kind, "%s", o.flaw.detail);
    cr_expect_eq(o.error.kind, ERROR_NONE, "%s", o.error.detail);
    cr_expect_eq(o.r, 0);
    clear(&o);
}

#define MULTI(kind) "Content-Type: multipart/" kind "; boundary=b\n\n"

/* --- header lines --- */

Test(mail, fields_are_lines)
{
    expect("Date: Mon, 1 Jan 2024 00:00:00 +0000\n"
           "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n =?utf-8?B?IQ==?= aus\n\tUlm\n"
           "From: \"=?iso-8859-1?Q?J=F6rg?=\" <a@b>\nBcc: \nTo: c@d\nTo: e@f\n"
           "\nhello\n\n\n",
           "From: \"Jörg\" <a@b>\nTo: c@d\nTo: e@f\nSubject: Grüße! aus Ulm\n"
           "Date: Mon, 1 Jan 2024 00:00:00 +0000\n\nhello\n", "", ERROR_NONE);
    expect("Subject: caf\xe9 du matin\n\nx", "Subject: café du matin\n\nx\n", "",
           ERROR_NONE);
    expect("Subject: x =?utf-8?Q?a=0D=0AFrom:_b?=\n\nx",
           "Subject: x a  From: b\n\nx\n", "", ERROR_NONE);
}

Test(mail, metadata)
{
    static const char mail[] =
        "From: A <a@b>\nSubject: =?utf-8?Q?S=C3=A4?=\nX-Mailer: M 1\n"
        "Date: Mon, 1 Jan 2024 12:00:00 +0100\nMessage-ID: <i@b>\n"
        "Keywords: k, l\nContent-Language: de\n\nx\n";
    struct outcome o =
        read_page(&format_eml, mail, sizeof mail - 1, 1, NULL, -1);
    cr_expect_str_eq(metadata_get(&o.metadata, "title"), "Sä");
    cr_expect_str_eq(metadata_get(&o.metadata, "author"), "A <a@b>");
    cr_expect_str_eq(metadata_get(&o.metadata, "creator"), "M 1");
    cr_expect_str_eq(metadata_get(&o.metadata, "created"), "2024-01-01T11:00:00Z");
    cr_expect_str_eq(metadata_get(&o.metadata, "identifier"), "<i@b>");
    cr_expect_str_eq(metadata_get(&o.metadata, "keywords"), "k, l");
    cr_expect_str_eq(metadata_get(&o.metadata, "language"), "de");
    clear(&o);
}

/* --- text --- */

Test(mail, charsets)
{
    expect("Content-Type: text/plain; charset=koi8-r\n\n\xf0\xf2\xe9\n",
           "ПРИ\n", "", ERROR_NONE);
    expect("Content-Type: text/plain; charset=us-ascii\n\ncaf\xc3\xa9\n",
           "café\n", "", ERROR_NONE);
    expect("Content-Type: text/plain; charset=utf-8\n\nun caf\xe9 noir\n",
           "un café noir\n", "", ERROR_NONE);
    expect("Content-Type: text/plain; charset=iso-8859-1\n\n\x93x\x94\n",
           "“x”\n", "", ERROR_NONE);
    expect("Content-Type: text/plain; charset=utf-7\n\nHi +AOk-\n", "Hi é\n", "",
           ERROR_NONE);
    expect("Content-Type: text/plain; charset=x-nothing\n\nun caf\xe9 noir\n",
           "un café noir\n", "", ERROR_NONE);
    expect("Content-Type: text/html; charset=koi8-r\n\n"
           "<meta charset=latin1><p>\xf0\xf2\xe9</p>\n", "ПРИ\n", "", ERROR_NONE);
}

Test(mail, encodings)
{
    expect("Content-Transfer-Encoding: Quoted-Printable\n\na=20=\nb =C3=A9=\r\n!\r\n",
           "a b é!\n", "", ERROR_NONE);
    expect("Content-Transfer-Encoding: base64\n\naGVs\nbG8=\n", "hello\n", "",
           ERROR_NONE);
    expect("Content-Transfer-Encoding: base64\n\naGVsbG", "hel\n", "", ERROR_NONE);
    expect("X: y\n\na\nbegin 644 f.txt\n#0V%T\n`\nend\nb\n", "a\nb\n",
           "[f.txt|Cat]", ERROR_NONE);
    expect("Content-Type: image/png; name=f\nContent-Transfer-Encoding: x-uuencode\n"
           "\nbegin 644 f\n#0V%T\n`\nend\n", "", "[f|Cat]", ERROR_NONE);
    expect("X: y\n\nbegin 644 years ago\nit was so\n",
           "begin 644 years ago\nit was so\n", "", ERROR_NONE);
}

Test(mail, flowed)
{
    expect("Content-Type: text/plain; format=flowed\n\nThis is \r\nlong.\r\n"
           "> a \r\n> b\r\n>> c\r\n From x\r\nd \r\n-- \r\nme\r\n",
           "This is long.\n> a b\n>> c\nFrom x\nd \n-- \nme\n", "", ERROR_NONE);
    expect("Content-Type: text/plain; format=flowed; delsp=yes\n\na \nb\n", "ab\n",
           "", ERROR_NONE);
}

/* --- parts --- */

Test(mail, alternatives)
{
    expect(MULTI("alternative") "--b\n\nplain\n--b\nContent-Type: text/html\n\n"
           "<p>html\n--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n--b--\n",
           "plain\n", "[part-4.ics|BEGIN:VCALENDAR]", ERROR_NONE);
    expect(MULTI("alternative") "--b\n\n \n--b\nContent-Type: text/html\n\n"
           "<p>html\n--b--\n", "html\n", "", ERROR_NONE);
    /* What is attached to an alternative that is not shown is not lost. */
    expect(MULTI("alternative") "--b\n\nplain\n--b\n"
           "Content-Type: multipart/mixed; boundary=c\n\n--c\n"
           "Content-Type: text/html\n\nhtml\n--c\n"
           "Content-Type: application/pdf; name=\"a.pdf\"\n\n%PDF\n--c--\n--b--\n",
           "plain\n", "[a.pdf|%PDF]", ERROR_NONE);
}

Test(mail, related)
{
    expect(MULTI("related") "--b\nContent-Type: text/html\n\n<p>page\n--b\n"
           "Content-Type: text/css\n\np {}\n--b\nContent-Type: image/png\n\nPNG\n"
           "--b--\n", "page\n", "[part-4.png|PNG]", ERROR_NONE);
}

Test(mail, mixed_in_order)
{
    expect("Subject: s\n" MULTI("mixed") "preamble\n--b\n\none\n--b\n"
           "Content-Disposition: attachment;\n filename*0*=utf-8''%C3%BC;"
           " filename*1*=.txt\n\ntwo\n"
           "--b \nContent-Disposition: inline; filename=x\n\nthree\n--b-no\n--b\n"
           "Content-Type: message/rfc822\n\nSubject: i\n\nin\n--b--\nepilogue\n",
           "Subject: s\n\none\n\nthree\n--b-no\n",
           "[ü.txt|two][part-5.eml|Subject: i\n\nin]", ERROR_NONE);
}

Test(mail, reports_and_signatures)
{
    expect(MULTI("report") "--b\n\nsorry\n--b\nContent-Type: "
           "message/delivery-status\n\nAction: failed\n--b\n"
           "Content-Type: text/rfc822-headers\n\nSubject: x\n--b--\n",
           "sorry\n\nAction: failed\n\nSubject: x\n", "", ERROR_NONE);
    expect(MULTI("signed") "--b\n\nmine\n--b\nContent-Type: "
           "application/pgp-signature; name=signature.asc\n\nx\n--b--\n",
           "mine\n", "", ERROR_NONE);
}

Test(mail, digest)
{
    expect(MULTI("digest") "--b\n\nSubject: a\n\nx\n--b--\n", "",
           "[part-2.eml|Subject: a\n\nx]", ERROR_NONE);
}

Test(mail, encrypted)
{
    expect("Subject: s\n" MULTI("encrypted") "--b\n\nx\n--b--\n", "Subject: s\n", "",
           ERROR_ENCRYPTED);
    expect("Subject: s\nContent-Type: application/pkcs7-mime; name=smime.p7m\n\nx\n",
           "Subject: s\n", "", ERROR_ENCRYPTED);
    expect("Content-Type: application/pkcs7-mime; smime-type=signed-data; "
           "name=smime.p7m\n\nx\n", "", "[smime.p7m|x\n]", ERROR_NONE);
}

Test(mail, members_refused)
{
    static const char mail[] = MULTI("mixed")
        "--b\nContent-Type: image/png; name=a\n\nA\n--b\n"
        "Content-Type: image/png; name=b\n\nB\n--b\n\ntext\n--b--\n";
    struct outcome o = read_page(&format_eml, mail, sizeof mail - 1, 1, "a", -1);
    cr_expect_eq(o.r, 0);
    cr_expect_str_eq(buffer_string(&o.members), "[b|B]");
    cr_expect_str_eq(buffer_string(&o.text), "text\n");
    clear(&o);
    o = read_page(&format_eml, mail, sizeof mail - 1, 1, NULL, 0);
    cr_expect_eq(o.r, -1);
    cr_expect_str_eq(buffer_string(&o.members), "[a|A");
    cr_expect_eq(o.text.size, 0);
    clear(&o);
}

/* --- damage --- */

Test(mail, broken)
{
    expect("Subject: s\nthis is no field\nnor this\n",
           "Subject: s\n\nthis is no field\nnor this\n", "", ERROR_NONE);
    expect("Subject: s\nbad line\nTo: t\n\nx\n", "To: t\nSubject: s\n\nx\n", "",
           ERROR_NONE);
    expect(MULTI("mixed") "--b\n\none\n--b\nContent-Type: image/png; name=a\n"
           "Content-Transfer-Encoding: base64\n\nQUJD\nRA",
           "one\n", "[a|ABC!]", ERROR_TRUNCATED);
    expect(MULTI("mixed") "nothing but\ntext\n", "nothing but\ntext\n", "",
           ERROR_TRUNCATED);
    expect("Content-Type: multipart/mixed\n\n--q\nX: y\n\none\n--q\n\ntwo\n--q--\n",
           "one\n\ntwo\n", "", ERROR_NONE);
    expect(MULTI("mixed") "--b--\n", "", "", ERROR_NONE);
    expect("Subject: s\n\n\xef\xbb\xbf", "Subject: s\n", "", ERROR_NONE);
    expect("Content-Type: text/html; charset=utf-8\n\n\xef\xbb\xbf", "", "",
           ERROR_NONE);
    expect("Subject: s", "Subject: s\n", "", ERROR_NONE);
    expect("\xef\xbb\xbf\r\n\nSubject: s\n\nx\n", "Subject: s\n\nx\n", "",
           ERROR_NONE);
}

Test(mail, nul_bytes)
{
    static const char mail[] = "Subject: a\0b\n\nc\0d\n";
    struct outcome o = read_page(&format_eml, mail, sizeof mail - 1, 1, NULL, -1);
    cr_expect_str_eq(buffer_string(&o.text), "Subject: ab\n\ncd\n");
    clear(&o);
}

Test(mail, nested_deep)
{
    struct buffer mail = { 0 };
    for (int i = 0; i < 1000; i++)
        buffer_printf(&mail, "Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n",
                      i, i);
    buffer_append_string(&mail, "\nhello\n");
    struct outcome o = read_page(&format_eml, mail.data, mail.size, 1, NULL, -1);
    cr_expect_eq(o.r, 0);
    cr_expect_eq(o.flaw.kind, ERROR_LIMIT);
    cr_expect_not_null(strstr(buffer_string(&o.text), "\nhello\n"));
    clear(&o);
    buffer_free(&mail);
}

/* gmime's parser recurses on each group of an address list. */
Test(mail, addresses_without_end)
{
    struct buffer mail = { 0 };
    buffer_append_string(&mail, "Cc: ");
    for (int i = 0; i < 300000; i++)
        buffer_append_string(&mail, "g:");
    buffer_append_string(&mail, "\n\nx\n");
    struct outcome o = read_page(&format_eml, mail.data, mail.size, 1, NULL, -1);
    cr_expect_eq(o.r, 0);
    clear(&o);
    buffer_free(&mail);
}

/* --- mailboxes --- */

#define ENVELOPE "From a@b Mon Jan  1 00:00:00 2024\n"

static void expect_page(const char *mailbox, int pages, int page, const char *text)
{
    struct outcome o =
        read_page(&format_mbox, mailbox, strlen(mailbox), page, NULL, -1);
    cr_expect_eq(o.pages, pages, "%d pages of %s", o.pages, mailbox);
    cr_expect_str_eq(buffer_string(&o.text), text);
    clear(&o);
}

Test(mbox, messages_are_pages)
{
    static const char mailbox[] = ENVELOPE
        "Subject: a\n\none\n>From x\n>>From y\nFrom here on\n\nFrom now 12:30 2024\nz\n\n"
        ENVELOPE "Subject: b\r\n\r\ntwo\r\n\r\n" ENVELOPE "Subject: c\n\n";
    expect_page(mailbox, 3, 1, "Subject: a\n\none\nFrom x\n>From y\nFrom here on\n\n"
                               "From now 12:30 2024\nz\n");
    expect_page(mailbox, 3, 2, "Subject: b\n\ntwo\n");
    expect_page(mailbox, 3, 3, "Subject: c\n");
}

/* Only where the first message is one, too. */
Test(mbox, messages_without_headers)
{
    static const char mailbox[] = ENVELOPE "\none\n\n" ENVELOPE "\ntwo\n\n"
        ENVELOPE "Subject: c\n\nthree";
    expect_page(mailbox, 3, 1, "one\n");
    expect_page(mailbox, 3, 2, "two\n");
    expect_page(mailbox, 3, 3, "Subject: c\n\nthree\n");
    expect_page(ENVELOPE "Subject: a\n\none\n\n" ENVELOPE "\ntwo", 1, 1,
                "Subject: a\n\none\n\nFrom a@b Mon Jan  1 00:00:00 2024\n\ntwo\n");
}

Test(mbox, content_length)
{
    expect_page(ENVELOPE "Content-Length: 45\n\n1\n\n" ENVELOPE "X: y\n123\n\n" ENVELOPE
                "Subject: b\n\n", 2, 2, "Subject: b\n");
    expect_page(ENVELOPE "Content-Length: 7000\n\n1\n\n" ENVELOPE "Subject: b\n\n", 2,
                2, "Subject: b\n");
}

Test(mbox, error_of_a_page)
{
    static const char mailbox[] = ENVELOPE "Subject: a\n" MULTI("mixed")
        "--b\n\none\n\n" ENVELOPE "Subject: b\n\ntwo\n";
    struct outcome o =
        read_page(&format_mbox, mailbox, sizeof mailbox - 1, 1, NULL, -1);
    cr_expect_eq(o.r, -1);
    cr_expect_eq(o.error.kind, ERROR_TRUNCATED);
    cr_expect_str_eq(buffer_string(&o.text), "Subject: a\n\none\n");
    clear(&o);
    expect_page(mailbox, 2, 2, "Subject: b\n\ntwo\n");
}

Test(mbox, no_such_page)
{
    static const char mailbox[] = ENVELOPE "X: y\n\n";
    struct outcome o =
        read_page(&format_mbox, mailbox, sizeof mailbox - 1, 2, NULL, -1);
    cr_expect_eq(o.error.kind, ERROR_NO_PAGES);
    clear(&o);
}

Test(emlx, length_then_message)
{
    static const char good[] = "14  \nSubject: s\n\nx\n<?xml version='1.0'?>\n";
    static const char cut[] = "99\nSubject: s\n\nx\n";
    struct outcome o =
        read_page(&format_emlx, good, sizeof good - 1, 1, NULL, -1);
    cr_expect_str_eq(buffer_string(&o.text), "Subject: s\n\nx\n");
    cr_expect_eq(o.flaw.kind, ERROR_NONE);
    clear(&o);
    o = read_page(&format_emlx, cut, sizeof cut - 1, 1, NULL, -1);
    cr_expect_str_eq(buffer_string(&o.text), "Subject: s\n\nx\n");
    cr_expect_eq(o.flaw.kind, ERROR_TRUNCATED);
    clear(&o);
}
