/* SPDX-License-Identifier: GPL-3.0-or-later */
/* letter.c - walks the parts of a message, chooses between alternatives, and
 * tells text from attachments. */
#include <config.h>

#include "format/letter.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "format/lettertext.h"
#include "format/mailscan.h"
#include "format/mimeparts.h"
#include "format/pieces.h"

struct letter {
    struct emit *emit;  /* NULL: only what is wrong is asked for */
    bool unquote;
    bool written;       /* there is text already */
    bool stopped;       /* EMIT said so */
    int parts;
    struct error fault; /* the first */
};

/* Where a part stands. */
struct place {
    int depth;
    bool first;   /* of its multipart, or the message itself */
    bool members; /* within an alternative that is not shown */
    bool cut;     /* the message ends within it */
    bool framed;  /* beside the page of a related that is shown */
};

static void fail(struct letter *l, enum error_kind kind, const char *what)
{
    if (l->fault.kind == ERROR_NONE)
        error_set(&l->fault, kind, "%s", what);
}

static void write_text(struct letter *l, const struct buffer *text)
{
    if (text->size == 0 || l->stopped)
        return;
    if ((l->written && l->emit->text(l->emit, "\n", 1) < 0) ||
        pieces_emit(l->emit, text->data, text->size) < 0)
        l->stopped = true;
    l->written = true;
}

/* --- members --- */

static const char *extension(const struct mime_part *part)
{
    static const char *const types[][3] = {
        { "text", "plain", ".txt" },     { "text", "html", ".html" },
        { "text", "calendar", ".ics" },  { "text", "csv", ".csv" },
        { "text", "vcard", ".vcf" },     { "text", "x-vcard", ".vcf" },
        { "text", "xml", ".xml" },       { "application", "pdf", ".pdf" },
        { "application", "zip", ".zip" }, { "application", "msword", ".doc" },
        { "application", "rtf", ".rtf" }, { "application", "ms-tnef", ".dat" },
        { "message", NULL, ".eml" },     { "image", "jpeg", ".jpg" },
        { "image", "png", ".png" },      { "image", "gif", ".gif" },
        { "image", "tiff", ".tif" },     { "application", "pkcs7-mime", ".p7m" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (mime_is_type(part, types[i][0], types[i][1]))
            return types[i][2];
    }
    return "";
}

static int give_data(void *ctx, const char *data, size_t size)
{
    struct emit *emit = ctx;
    return emit->member_data(emit, data, size);
}

/* A part, or uuencoded LINES in it. */
static void give_member(struct letter *l, const struct mime_part *part,
                        const char *name, const struct slice *lines, bool cut)
{
    char own[64];
    struct error e = { 0 };
    struct emit *emit = l->emit;
    if (!emit || !emit->member_begin || l->stopped)
        return;
    if (!*name) {
        snprintf(own, sizeof own, "part-%d%s", l->parts, extension(part));
        name = own;
    }
    struct member member = { .name = name, .size = -1 };
    int r = emit->member_begin(emit, &member);
    if (r == 1)
        return;
    if (r == 0)
        r = lines ? mime_decode_uu(*lines, give_data, emit)
                  : mime_decode_body(part, give_data, emit);
    if (cut)
        error_set(&e, ERROR_TRUNCATED, "the message ends within it");
    if (r < 0 || emit->member_end(emit, cut ? &e : NULL) < 0)
        l->stopped = true;
}

/* --- text --- */

struct content {
    struct buffer raw;
    bool too_long;
};

static int keep_content(void *ctx, const char *data, size_t size)
{
    struct content *c = ctx;
    c->too_long = c->raw.size + size > LETTER_TEXT;
    if (c->too_long)
        return -1;
    buffer_append(&c->raw, data, size);
    return 0;
}

/* Gives uuencoded files as members and takes them out of RAW. */
static void take_files(struct letter *l, struct buffer *raw)
{
    static const struct mime_part no_part;
    struct buffer rest = { 0 };
    struct lettertext_file file;
    size_t at = 0;
    while (lettertext_find_file(raw, at, &file)) {
        struct buffer name = { 0 };
        mime_decode_text(file.name, &name);
        give_member(l, &no_part, buffer_string(&name), &file.lines, false);
        buffer_free(&name);
        buffer_append(&rest, raw->data + at, (size_t)(file.all.at - raw->data) - at);
        at = (size_t)(file.all.end - raw->data);
    }
    if (at == 0)
        return;
    buffer_append(&rest, raw->data + at, raw->size - at);
    buffer_free(raw);
    buffer_move(raw, &rest);
}

static void show_text(struct letter *l, const struct mime_part *part)
{
    struct content content = { 0 };
    struct buffer text = { 0 };
    struct error e = { 0 };
    if (!l->emit)
        return;
    mime_decode_body(part, keep_content, &content);
    if (content.too_long)
        fail(l, ERROR_LIMIT, "a text of the message is too long");
    if (l->unquote && part->encoding == MIME_PLAIN)
        lettertext_unquote(&content.raw);
    if (mime_is_type(part, "text", "html")) {
        if (lettertext_html(part, &content.raw, &text, &e) < 0)
            fail(l, e.kind, e.detail);
    } else {
        take_files(l, &content.raw);
        lettertext_plain(part, &content.raw, &text);
    }
    write_text(l, &text);
    buffer_free(&text);
    buffer_free(&content.raw);
}

/* Reports of mail systems, and headers that they send back. */
static bool is_report(const struct mime_part *part)
{
    return mime_is_type(part, "message", "delivery-status") ||
           mime_is_type(part, "message", "global-delivery-status") ||
           mime_is_type(part, "message", "disposition-notification") ||
           mime_is_type(part, "message", "feedback-report") ||
           mime_is_type(part, "message", "partial") ||
           mime_is_type(part, "text", "rfc822-headers");
}

static bool is_signature(const struct mime_part *part)
{
    return mime_is_type(part, "application", "pgp-signature") ||
           mime_is_type(part, "application", "pkcs7-signature") ||
           mime_is_type(part, "application", "x-pkcs7-signature");
}

/* Encrypted by S/MIME; what is only signed or compressed is a file. */
static bool is_enveloped(const struct mime_part *part)
{
    return (mime_is_type(part, "application", "pkcs7-mime") ||
            mime_is_type(part, "application", "x-pkcs7-mime")) &&
           strncmp(part->smime_type, "signed", 6) != 0 &&
           strncmp(part->smime_type, "certs", 5) != 0 &&
           strncmp(part->smime_type, "compressed", 10) != 0;
}

/* Whether PART is for reading in the message, rather than a file with it. */
static bool is_read(const struct mime_part *part, const struct place *place)
{
    if (is_report(part))
        return true;
    if (strcmp(part->type, "text") != 0)
        return false;
    if (place->depth == 0)
        return true;
    bool known = mime_is_type(part, "text", "plain") ||
                 mime_is_type(part, "text", "html") ||
                 mime_is_type(part, "text", "enriched") ||
                 mime_is_type(part, "text", "richtext");
    if (part->is_attachment || !known)
        return false;
    return !part->name[0] || part->is_inline || place->first;
}

/* --- parts --- */

static void walk(struct letter *l, struct slice bytes, bool in_digest,
                 struct place place);

static bool has_text(const struct mime_part *part)
{
    const char *p = part->body.at;
    while (p < part->body.end && (*p == '\0' || strchr(" \t\r\n", *p)))
        p++;
    return p < part->body.end;
}

static int rank(const struct mime_part *part)
{
    if (part->is_attachment || !has_text(part))
        return 0;
    if (mime_is_type(part, "text", "plain"))
        return 4;
    if (mime_is_type(part, "text", "html") || mime_is_type(part, "multipart", NULL))
        return 3;
    return mime_is_type(part, "text", "enriched") ||
           mime_is_type(part, "text", "richtext") ? 2 : 0;
}

/* The number of the part to show, from 0; -1: none. */
static int choose(const struct mime_part *multipart)
{
    struct mimeparts parts;
    struct mime_part part;
    struct slice bytes;
    int best = -1, highest = 0;
    mimeparts_open(multipart, &parts, NULL);
    for (int i = 0; i < LETTER_PARTS && mimeparts_next(&parts, &bytes); i++) {
        mime_read_part(bytes, false, &part);
        int r = rank(&part);
        if (r > highest || (r == highest && r == 3)) {
            highest = r;
            best = i;
        }
    }
    return best;
}

/* Bytes of a multipart as they are: it has no parts. */
static void show_as_plain(struct letter *l, const struct mime_part *multipart,
                          struct slice bytes)
{
    struct mime_part text = *multipart;
    strcpy(text.type, "text");
    strcpy(text.subtype, "plain");
    text.body = bytes;
    show_text(l, &text);
}

static void show_unparted(struct letter *l, const struct mime_part *multipart)
{
    fail(l, ERROR_LIMIT, "parts of the message are nested too deep");
    show_as_plain(l, multipart, multipart->body);
}

static void walk_parts(struct letter *l, const struct mime_part *multipart,
                       struct place outer)
{
    struct mimeparts parts;
    struct slice bytes, preamble;
    bool alternative = strcmp(multipart->subtype, "alternative") == 0;
    bool related = strcmp(multipart->subtype, "related") == 0;
    bool digest = strcmp(multipart->subtype, "digest") == 0;
    int chosen = alternative ? choose(multipart) : -1, i = 0;
    mimeparts_open(multipart, &parts, &preamble);
    for (; !l->stopped && mimeparts_next(&parts, &bytes); i++) {
        bool last = !parts.closed && parts.rest.at == parts.rest.end;
        struct place place = {
            .depth = outer.depth + 1,
            .first = i == 0 || i == chosen,
            .members = outer.members || (alternative && i != chosen) ||
                       (related && i > 0),
            .cut = last && (outer.depth == 0 || outer.cut),
            .framed = related && i > 0 && !outer.members,
        };
        walk(l, bytes, digest, place);
    }
    if (i == 0 && !outer.members)
        show_as_plain(l, multipart, preamble);
    if (!parts.closed && outer.depth == 0)
        fail(l, ERROR_TRUNCATED, "the message ends within its parts");
}

/* In an alternative that is not shown, or beside a page that uses it: text
 * without a name is another form of what is shown. */
static bool is_spare(const struct mime_part *part, const struct place *place)
{
    return place->members && strcmp(part->type, "text") == 0 &&
           !part->is_attachment && !part->name[0] &&
           strcmp(part->subtype, "calendar") != 0;
}

/* What a frame of the page shows that it stands beside. */
static bool is_page(const struct mime_part *part)
{
    return mime_is_type(part, "text", "html") && !part->is_attachment && !part->name[0];
}

static void walk(struct letter *l, struct slice bytes, bool in_digest,
                 struct place place)
{
    struct mime_part part;
    if (++l->parts > LETTER_PARTS) {
        fail(l, ERROR_LIMIT, "the message has too many parts");
        return;
    }
    mime_read_part(bytes, in_digest, &part);
    if (mime_is_type(&part, "multipart", "encrypted")) {
        fail(l, ERROR_ENCRYPTED, "the message is encrypted (OpenPGP)");
    } else if (mime_is_type(&part, "multipart", NULL)) {
        if (place.depth < LETTER_DEPTH)
            walk_parts(l, &part, place);
        else
            show_unparted(l, &part);
    } else if (is_enveloped(&part)) {
        fail(l, ERROR_ENCRYPTED, "the message is encrypted (S/MIME)");
    } else if (place.framed && is_page(&part)) {
        show_text(l, &part);
    } else if (is_signature(&part) || is_spare(&part, &place) ||
               mime_is_type(&part, "message", "external-body")) {
        return;
    } else if (is_read(&part, &place) && !place.members) {
        show_text(l, &part);
    } else if (part.name[0] || has_text(&part)) {
        give_member(l, &part, part.name, NULL, place.cut);
    }
}

/* --- the message --- */

static void show_fields(struct letter *l, struct slice head)
{
    static const char *const names[] = {
        "From", "To", "Cc", "Bcc", "Subject", "Date",
    };
    struct buffer lines = { 0 };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct mime_field field;
        for (struct slice rest = head; mime_next_field(&rest, &field);) {
            if (!mime_is_named(&field, names[i]))
                continue;
            size_t start = lines.size;
            buffer_printf(&lines, "%s: ", names[i]);
            size_t before = lines.size;
            mime_decode_text(field.value, &lines);
            if (lines.size == before)
                lines.size = start;
            else
                buffer_append_char(&lines, '\n');
        }
    }
    write_text(l, &lines);
    buffer_free(&lines);
}

int letter_emit(struct slice message, bool unquote, struct emit *emit,
                struct error *e)
{
    struct letter l = { .emit = emit, .unquote = unquote };
    struct mime_part part;
    mime_read_part(message, false, &part);
    show_fields(&l, part.head);
    walk(&l, message, false, (struct place){ .first = true });
    if (l.stopped)
        return -1;
    if (l.fault.kind != ERROR_NONE)
        return error_set(e, l.fault.kind, "%s", l.fault.detail);
    return 0;
}

void letter_check(struct slice message, struct error *e)
{
    struct letter l = { 0 };
    walk(&l, message, false, (struct place){ .first = true });
    *e = l.fault;
}

void letter_metadata(struct slice message, struct metadata *m)
{
    static const struct {
        const char *name, *key;
    } fields[] = {
        { "Subject", "title" },     { "From", "author" },
        { "Keywords", "keywords" }, { "Message-ID", "identifier" },
        { "X-Mailer", "creator" },  { "User-Agent", "creator" },
        { "Content-Language", "language" },
    };
    struct mime_part part;
    struct mime_field field;
    struct buffer value = { 0 };
    int64_t seconds;
    mime_read_part(message, false, &part);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        buffer_clear(&value);
        if (mime_find_field(part.head, fields[i].name, &field)) {
            mime_decode_text(field.value, &value);
            metadata_add(m, fields[i].key, buffer_string(&value));
        }
    }
    if (mime_find_field(part.head, "Date", &field) &&
        mime_decode_date(field.value, &seconds))
        metadata_add_time(m, "created", seconds);
    if (mime_is_type(&part, "multipart", "encrypted") || is_enveloped(&part))
        metadata_add(m, "encrypted", "yes");
    buffer_free(&value);
}
