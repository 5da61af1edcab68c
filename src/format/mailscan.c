/* SPDX-License-Identifier: GPL-3.0-or-later */
/* mailscan.c - header lines, envelope lines, and what is typical of them. */
#include <config.h>

#include "format/mailscan.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/alloc.h"

const char *mailscan_next_line(const char *p, const char *end)
{
    const char *newline = memchr(p, '\n', (size_t)(end - p));
    return newline ? newline + 1 : end;
}

size_t mailscan_name(const char *p, const char *end)
{
    size_t left = (size_t)(end - p), n = 0;
    while (n < left && n < MAILSCAN_NAME && p[n] > ' ' && p[n] < 0x7f &&
           p[n] != ':')
        n++;
    size_t name = n;
    while (n < left && n < MAILSCAN_NAME && (p[n] == ' ' || p[n] == '\t'))
        n++;
    return name > 0 && n < left && p[n] == ':' ? n + 1 : 0;
}

static bool is_empty_line(const char *p, const char *end)
{
    return p < end && (*p == '\n' || (*p == '\r' && end - p > 1 && p[1] == '\n'));
}

static bool starts(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(end - p) >= n && strncasecmp(p, word, n) == 0;
}

/* --- a message --- */

enum {
    FROM = 1, DATE = 2, SUBJECT = 4, TO = 8, /* people write these too */
    /* These are for mail systems to write. */
    RECEIVED = 16, PATH = 32, ID = 64, MIME = 128, TYPE = 256, AGENT = 512,
    SIGNED = 1024, NEWS = 2048
};

static unsigned header_kind(const char *p, const char *end)
{
    static const struct {
        const char *name;
        unsigned kind;
    } headers[] = {
        { "From:", FROM },             { "Sender:", FROM },
        { "Date:", DATE },             { "Subject:", SUBJECT },
        { "To:", TO },                 { "Cc:", TO },
        { "Received:", RECEIVED },     { "X-Received:", RECEIVED },
        { "Return-Path:", PATH },      { "Delivered-To:", PATH },
        { "X-Original-To:", PATH },    { "Message-ID:", ID },
        { "References:", ID },         { "In-Reply-To:", ID },
        { "MIME-Version:", MIME },     { "Content-Type:", TYPE },
        { "Content-Transfer-Encoding:", TYPE },
        { "X-Mailer:", AGENT },        { "User-Agent:", AGENT },
        { "X-Mozilla-Status:", AGENT }, { "X-UIDL:", AGENT },
        { "DKIM-Signature:", SIGNED }, { "ARC-Seal:", SIGNED },
        { "Received-SPF:", SIGNED },   { "Authentication-Results:", SIGNED },
        { "Newsgroups:", NEWS },       { "Xref:", NEWS },
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        if (starts(p, end, headers[i].name))
            return headers[i].kind;
    }
    return 0;
}

static int count(unsigned kinds)
{
    return __builtin_popcount(kinds);
}

/* What the header lines had, and how the block of them ended. */
struct findings {
    unsigned kinds;
    bool sender; /* one with an address */
    bool empty;  /* by an empty line */
    bool cut;    /* by the end of what is known of the file */
};

static struct findings look(const char *p, const char *end, bool is_cut)
{
    struct findings f = { 0 };
    bool first = true;
    while (p < end && !is_empty_line(p, end)) {
        const char *next = mailscan_next_line(p, end);
        bool whole = next[-1] == '\n';
        bool folded = !first && (*p == ' ' || *p == '\t');
        if (!folded && mailscan_name(p, end) == 0) {
            f.cut = is_cut && !whole;
            return f;
        }
        unsigned kind = folded ? 0 : header_kind(p, end);
        f.kinds |= kind;
        f.sender |= kind == FROM && memchr(p, '@', (size_t)(next - p));
        first = false;
        p = next;
    }
    f.empty = p < end;
    f.cut = !f.empty && is_cut;
    return f;
}

bool mailscan_is_message(const char *p, size_t size, bool is_cut, bool likely)
{
    struct findings f = look(p, p + size, is_cut);
    int people = count(f.kinds & (FROM | DATE | SUBJECT | TO));
    int systems = count(f.kinds) - people;
    if (likely && f.kinds)
        return people + systems >= 2;
    /* Long traces push the sender out of sight. */
    if (f.cut && systems >= 2)
        return true;
    /* A line that is no header, and no empty one before it: of broken mail, or
     * of a note. */
    if (!f.empty && !f.cut)
        return systems >= 2 && people >= 2 && f.sender;
    return (systems >= 1 && (people >= 2 || f.sender)) ||
           (people == 4 && f.sender) || (systems >= 3 && people >= 1) ||
           (~f.kinds & (MIME | TYPE)) == 0;
}

/* --- envelope lines --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "12:34" somewhere in the line, and four digits of a year. */
static bool has_date(const char *p, const char *end)
{
    bool time = false, year = false;
    int digits = 0;
    for (; p < end && *p != '\n'; p++) {
        if (is_digit(*p)) {
            digits++;
            year |= digits == 4 && (end - p < 2 || !is_digit(p[1]));
            continue;
        }
        time |= *p == ':' && digits > 0 && digits <= 2 && end - p > 2 &&
                is_digit(p[1]) && is_digit(p[2]);
        digits = 0;
    }
    return time && year;
}

bool mailscan_is_envelope(const char *p, const char *end, bool alone)
{
    if (end - p < 5 || memcmp(p, "From ", 5) != 0)
        return false;
    const char *next = mailscan_next_line(p, end);
    /* No address is longer than 320 bytes. */
    if (next - p > 512 || !has_date(p, next))
        return false;
    /* ">From someone" follows where mail was passed on by UUCP. */
    return mailscan_name(next, end) > 0 || starts(next, end, ">From ") ||
           (alone && is_empty_line(next, end));
}

int64_t mailscan_emlx(const char *data, size_t size, size_t *start)
{
    const char *p = data, *end = data + size;
    int64_t number = 0;
    while (p < end && is_digit(*p) && p - data < 12)
        number = number * 10 + (*p++ - '0');
    if (p == data)
        return -1;
    while (p < end && (*p == ' ' || *p == '\t' || *p == '\r'))
        p++;
    if (p == end || *p != '\n')
        return -1;
    *start = (size_t)(p + 1 - data);
    return number;
}

/* --- a mailbox --- */

static void add(struct mailscan_box *box, size_t *room, uint64_t start)
{
    if (box->count == *room) {
        *room = *room ? *room * 2 : 64;
        box->starts = xrealloc_array(box->starts, *room, sizeof *box->starts);
    }
    box->starts[box->count++] = start;
}

/* The number after the name; -1: there is none. */
static int64_t length_value(const char *p, const char *end)
{
    int64_t number = 0;
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    const char *first = p;
    while (p < end && is_digit(*p) && p - first < 18)
        number = number * 10 + (*p++ - '0');
    return p > first ? number : -1;
}

/* Where the message ends whose body begins at BODY, if LENGTH is right; else
 * NULL. */
static const char *end_by_length(const char *body, const char *end,
                                 int64_t length, bool alone)
{
    if (length < 0 || length > end - body)
        return NULL;
    const char *p = body + length;
    while (p < end && (*p == '\n' || *p == '\r'))
        p++;
    return p == end || mailscan_is_envelope(p, end, alone) ? p : NULL;
}

/* Past the headers of the message at P; *LENGTH as they say. */
static const char *skip_head(const char *p, const char *end, int64_t *length)
{
    static const char name[] = "Content-Length:";
    *length = -1;
    while (p < end && !is_empty_line(p, end)) {
        if (starts(p, end, name))
            *length = length_value(p + sizeof name - 1, end);
        p = mailscan_next_line(p, end);
    }
    return p < end ? mailscan_next_line(p, end) : end;
}

/* The next envelope line after an empty line, or END. P is at a line, behind
 * an empty one. */
static const char *find_envelope(const char *p, const char *end, bool alone)
{
    while (p < end && !mailscan_is_envelope(p, end, alone)) {
        const char *found = memmem(p, (size_t)(end - p), "\nFrom ", 6);
        while (found && found > p && found[-1] != '\n' &&
               !(found[-1] == '\r' && found - p > 1 && found[-2] == '\n'))
            found = memmem(found + 1, (size_t)(end - found - 1), "\nFrom ", 6);
        if (!found)
            return end;
        p = found + 1;
    }
    return p;
}

void mailscan_box(const char *data, size_t size, struct mailscan_box *box)
{
    const char *p = data, *end = data + size;
    size_t room = 0;
    bool alone = !mailscan_is_envelope(p, end, false); /* so others may be */
    *box = (struct mailscan_box){ 0 };
    while (p < end) {
        if (box->count == MAILSCAN_MESSAGES) {
            box->is_cut = true;
            return;
        }
        add(box, &room, (uint64_t)(p - data));
        int64_t length;
        const char *body = skip_head(mailscan_next_line(p, end), end, &length);
        p = end_by_length(body, end, length, alone);
        if (!p)
            p = find_envelope(body, end, alone);
    }
}
