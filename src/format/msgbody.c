/* SPDX-License-Identifier: GPL-3.0-or-later */
/* msgbody.c - fields, and bodies in plain text, HTML and RTF. */
#include <config.h>

#include "format/msgbody.h"

#include <string.h>
#include <strings.h>
#include <time.h>

#include "document/metadata.h"
#include "format/codepage.h"
#include "format/lzfu.h"
#include "format/markup.h"
#include "format/msgrtf.h"
#include "format/rtfread.h"

void msgbody_person(struct buffer *out, struct buffer *name,
                    struct buffer *address)
{
    const char *who = buffer_string(name), *where = buffer_string(address);
    bool has_address = strchr(where, '@') != NULL && strcasecmp(who, where) != 0;
    buffer_append_string(out, who);
    if (has_address)
        buffer_printf(out, *who != '\0' ? " <%s>" : "%s", where);
}

void msgbody_date(struct buffer *out, int64_t seconds)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t moment = (time_t)seconds;
    struct tm tm;
    if (gmtime_r(&moment, &tm) == NULL || tm.tm_year < 0 || tm.tm_year > 8099)
        return;
    buffer_printf(out, "%.3s, %d %.3s %d %02d:%02d:%02d +0000",
                  days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
                  tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void msgbody_field(struct lines *l, const char *name, struct buffer *value)
{
    if (value->size > 0) {
        lines_next(l);
        lines_word(l, name, false);
        lines_fold(l, " ", 1);
        lines_fold(l, value->data, value->size);
    }
    buffer_free(value);
}

void msgbody_html(struct buffer *html, unsigned page, struct buffer *out,
                  struct error *e)
{
    struct buffer source = {0};
    if (page != 0)
        codepage_append(&source, page, (const unsigned char *)html->data,
                        html->size);
    else
        buffer_move(&source, html);
    if (source.size > 0)
        markup_render(&source, out, e->kind == ERROR_NONE ? e : NULL);
    buffer_free(&source);
}

void msgbody_rtf(const struct buffer *packed, struct buffer *out,
                 struct error *e)
{
    struct buffer rtf = {0}, text = {0};
    struct metadata ignored = {0};
    struct error why = {0};
    if (packed->size > 0)
        lzfu_expand((const unsigned char *)packed->data, packed->size,
                    MSGBODY_LIMIT, &rtf, e->kind == ERROR_NONE ? e : NULL);
    if (rtf.size > 0) {
        switch (msgrtf_unwrap(rtf.data, rtf.size, &text)) {
        case MSGRTF_HTML:
            markup_render(&text, out, e->kind == ERROR_NONE ? e : NULL);
            break;
        case MSGRTF_TEXT:
            buffer_move(out, &text);
            break;
        case MSGRTF_NONE:
            if (rtf_read(rtf.data, rtf.size, out, &ignored, &why) < 0
                && e->kind == ERROR_NONE)
                *e = why;
            break;
        }
    }
    metadata_clear(&ignored);
    buffer_free(&rtf);
    buffer_free(&text);
}

void msgbody_lines(struct lines *l, const struct buffer *body)
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
