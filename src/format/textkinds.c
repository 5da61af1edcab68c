/* SPDX-License-Identifier: GPL-3.0-or-later */
/* textkinds.c - plain text with a grammar: tables come as rows of cells,
 * subtitles as what is said, JSON and LaTeX as they are. */
#include <config.h>

#include <string.h>

#include "detect/magic.h"
#include "format/cells.h"
#include "format/load.h"
#include "format/registry.h"
#include "format/subtitles.h"
#include "format/text.h"

/* --- bids --- */

/* The head of a text behind its UTF-8 mark and blanks, as a string. */
struct head {
    char text[PEEK_HEAD + 1];
    const char *start;
};

static void head_make(struct head *head, const struct peek *peek)
{
    size_t size = peek->head_size < PEEK_HEAD ? peek->head_size : PEEK_HEAD;
    memcpy(head->text, peek->head, size);
    head->text[size] = '\0';
    head->start = head->text;
    if (strncmp(head->start, "\xef\xbb\xbf", 3) == 0)
        head->start += 3;
    head->start += strspn(head->start, " \t\r\n");
}

static int csv_bid(const struct peek *peek)
{
    return text_bid_named(peek, "csv");
}

static int tsv_bid(const struct peek *peek)
{
    return text_bid_named(peek, "tsv tab");
}

static int vtt_bid(const struct peek *peek)
{
    struct head head;
    head_make(&head, peek);
    return strncmp(head.start, "WEBVTT", 6) == 0 &&
                   strchr(" \t\r\n", head.start[6]) != NULL
               ? MAGIC_TEXTUAL + 5
               : text_bid_named(peek, "vtt");
}

/* A number on a line of its own, and times on the next. */
static int srt_bid(const struct peek *peek)
{
    struct head head;
    head_make(&head, peek);
    const char *s = head.start + strspn(head.start, "0123456789");
    if (s > head.start) {
        s += strspn(s, " \t");
        if (*s == '\r' || *s == '\n') {
            s += strspn(s, "\r\n");
            if (subtitles_is_timing(s, strcspn(s, "\r\n")))
                return MAGIC_TEXTUAL + 5;
        }
    }
    return text_bid_named(peek, "srt");
}

/* Lists begin as wiki links and other texts do: they need the name. */
static int json_bid(const struct peek *peek)
{
    struct head head;
    head_make(&head, peek);
    const char *s = head.start;
    if (*s != '{' && *s != '[')
        return 0;
    const char *next = s + 1 + strspn(s + 1, " \t\r\n");
    if (text_bid(peek) == 0)
        return 0;
    if ((*s == '{' && *next == '"') ||
        text_is_named(peek->name, "json geojson ipynb"))
        return MAGIC_TEXTUAL + 5;
    return 0;
}

static int latex_bid(const struct peek *peek)
{
    static const char *const marks[] = { "\\documentclass", "\\documentstyle" };
    struct head head;
    head_make(&head, peek);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *found = strstr(head.start, marks[i]);
        if (found && (found == head.start || found[-1] == '\n') &&
            text_bid(peek) > 0)
            return MAGIC_TEXTUAL + 5;
    }
    return text_bid_named(peek, "tex latex ltx");
}

/* --- pages --- */

static int cells_page(struct format_document *document, char delimiter,
                      struct emit *emit, struct error *e)
{
    struct cells cells;
    cells_init(&cells, delimiter, emit);
    int r = text_page(document, 1, &cells.emit, e);
    return cells_finish(&cells) < 0 ? -1 : r;
}

static int csv_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    (void)page;
    return cells_page(document, '\0', emit, e);
}

static int tsv_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    (void)page;
    return cells_page(document, '\t', emit, e);
}

static int subtitles_page(struct format_document *document, bool is_vtt,
                          struct emit *emit, struct error *e)
{
    struct subtitles subtitles;
    subtitles_init(&subtitles, is_vtt, emit);
    int r = text_page(document, 1, &subtitles.emit, e);
    return subtitles_finish(&subtitles) < 0 ? -1 : r;
}

static int srt_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    (void)page;
    return subtitles_page(document, false, emit, e);
}

static int vtt_page(struct format_document *document, int page,
                    struct emit *emit, struct error *e)
{
    (void)page;
    return subtitles_page(document, true, emit, e);
}

#define TEXT_FORMAT(id, type, names, what, give)          \
    const struct format format_##id = {                   \
        .name = #id,                                      \
        .media_type = type,                               \
        .extensions = names,                              \
        .description = what,                              \
        .flags = FORMAT_KEEPS_MARKS,                      \
        .bid = id##_bid,                                  \
        .open = text_open,                                \
        .page = give,                                     \
        .close = text_close,                              \
        .prepare = load_text,                             \
    };

TEXT_FORMAT(csv, "text/csv", "csv", "Tables in plain text", csv_page)
TEXT_FORMAT(tsv, "text/tab-separated-values", "tsv tab",
            "Tables in plain text, by tabs", tsv_page)
TEXT_FORMAT(srt, "application/x-subrip", "srt", "SubRip subtitles", srt_page)
TEXT_FORMAT(vtt, "text/vtt", "vtt", "WebVTT subtitles", vtt_page)
TEXT_FORMAT(json, "application/json", "json geojson ipynb",
            "JSON, as plain text", text_page)
TEXT_FORMAT(latex, "text/x-tex", "tex latex ltx", "LaTeX, as plain text",
            text_page)
