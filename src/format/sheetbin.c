/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sheetbin.c - records with numbers and lengths of seven bits a byte, which
 * come in pieces; what is not known is passed over. */
#include <config.h>

#include "format/sheetbin.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/little.h"
#include "format/biff.h"
#include "format/codepage.h"

/* Bytes of a record that is read: strings of 32,767 characters with their
 * looks are the longest. Longer ones are passed over. */
#define RECORD ((size_t)1 << 20)

/* Columns of a sheet. */
#define COLUMNS 16384

/* Numbers of records ([MS-XLSB] 2.3). */
enum record {
    ROW = 0, CELL_RK = 2, CELL_ERROR, CELL_BOOL, CELL_REAL, CELL_STRING,
    CELL_SHARED, FORMULA_STRING, FORMULA_NUMBER, FORMULA_BOOL, FORMULA_ERROR,
    SHORT_BLANK = 12, SHORT_SHARED = 18, SHARED = 19, FORMAT = 44, LOOK = 47,
    CELL_RICH = 62, SHEET_DATA_END = 146, BOOK = 153, SHEET = 156,
    MARGINS = 479, LOOKS_BEGIN = 617, LOOKS_END = 618, AUTHOR = 632,
    COMMENT = 635, COMMENT_END = 636, COMMENT_TEXT = 637
};

struct reading {
    struct sax_handler *handler;
    struct buffer bytes; /* of a record that is not whole yet */
    size_t skip;         /* bytes to come that are passed over */
    bool in_row, in_comment;
    uint32_t column;     /* that a cell without one is in */
    /* The record at hand. */
    const unsigned char *p;
    size_t left;
    struct buffer text, more;
};

/* --- fields --- */

/* SIZE bytes of the record; NULL: there are not so many. */
static const unsigned char *take(struct reading *r, size_t size)
{
    if (size > r->left)
        return NULL;
    const unsigned char *p = r->p;
    r->p += size;
    r->left -= size;
    return p;
}

static uint32_t take_number(struct reading *r)
{
    const unsigned char *p = take(r, 4);
    return p != NULL ? little32(p) : 0;
}

/* A string into OUT, emptied; one that is cut, or not there, is "". */
static void take_string(struct reading *r, struct buffer *out)
{
    uint32_t count = take_number(r);
    buffer_clear(out);
    if (count == UINT32_MAX || count > r->left / 2)
        return;
    codepage_append_utf16(out, take(r, 2 * (size_t)count), count);
}

/* One with looks behind it, which are left. */
static void take_rich(struct reading *r, struct buffer *out)
{
    take(r, 1);
    take_string(r, out);
}

/* --- events --- */

static struct sax_attribute attribute(const char *name, const char *value)
{
    return (struct sax_attribute){.name = name, .value = value,
                                  .size = strlen(value)};
}

static void start(struct reading *r, const char *name,
                  const struct sax_attribute *attributes, size_t count)
{
    r->handler->start(r->handler, NULL, name, attributes, count);
}

static void end(struct reading *r, const char *name)
{
    r->handler->end(r->handler, name);
}

/* An element with TEXT and without attributes. */
static void element(struct reading *r, const char *name,
                    const struct buffer *text)
{
    start(r, name, NULL, 0);
    if (text->size > 0)
        r->handler->text(r->handler, text->data, text->size);
    end(r, name);
}

/* "AB", from 0. */
static void column_name(uint32_t column, char name[8])
{
    char reversed[8];
    size_t size = 0, at = 0;
    for (uint32_t n = column + 1; n > 0 && size < 4; n = (n - 1) / 26)
        reversed[size++] = (char)('A' + (n - 1) % 26);
    while (size > 0)
        name[at++] = reversed[--size];
    name[at] = '\0';
}

/* --- records --- */

static void row_end(struct reading *r)
{
    if (r->in_row)
        end(r, "row");
    r->in_row = false;
}

static void row_start(struct reading *r)
{
    char number[16];
    row_end(r);
    snprintf(number, sizeof number, "%" PRIu32, (take_number(r) & 0xfffff) + 1);
    struct sax_attribute a = attribute("r", number);
    start(r, "row", &a, 1);
    r->in_row = true;
    r->column = 0;
}

/* The value of a cell of KIND as XML has it, into r->text; its type. */
static const char *value_read(struct reading *r, unsigned kind)
{
    const unsigned char *p;
    buffer_clear(&r->text);
    switch (kind) {
    case CELL_RK:
        if ((p = take(r, 4)) != NULL)
            buffer_printf(&r->text, "%.15g", biff_rk(p));
        return "n";
    case CELL_REAL:
        if ((p = take(r, 8)) != NULL)
            buffer_printf(&r->text, "%.17g", little_double(p));
        return "n";
    case CELL_BOOL:
        if ((p = take(r, 1)) != NULL)
            buffer_append_char(&r->text, *p != 0 ? '1' : '0');
        return "b";
    case CELL_ERROR:
        if ((p = take(r, 1)) != NULL)
            buffer_append_string(&r->text, biff_error(*p));
        return "e";
    case CELL_SHARED:
        buffer_printf(&r->text, "%" PRIu32, take_number(r));
        return "s";
    case CELL_RICH:
        take_rich(r, &r->text);
        return "str";
    }
    take_string(r, &r->text);
    return "str";
}

/* IS_SHORT: in the column behind the last one. */
static void cell(struct reading *r, unsigned kind, bool is_short)
{
    char column[8], style[16];
    if (!is_short)
        r->column = take_number(r);
    snprintf(style, sizeof style, "%" PRIu32, take_number(r) & 0xffffff);
    if (r->column < COLUMNS && kind != SHORT_BLANK) {
        column_name(r->column, column);
        struct sax_attribute attributes[] = {
            attribute("r", column), attribute("s", style),
            attribute("t", value_read(r, kind)),
        };
        start(r, "c", attributes, 3);
        element(r, "v", &r->text);
        end(r, "c");
    }
    r->column++;
}

static void sheet(struct reading *r)
{
    take(r, 8);
    take_string(r, &r->more);
    take_string(r, &r->text);
    struct sax_attribute attributes[] = {
        attribute("id", buffer_string(&r->more)),
        attribute("name", buffer_string(&r->text)),
    };
    attributes[0].prefix = "r";
    start(r, "sheet", attributes, 2);
    end(r, "sheet");
}

static void margins(struct reading *r)
{
    static const char *const names[] = {
        "oddHeader", "oddFooter", "evenHeader",
        "evenFooter", "firstHeader", "firstFooter",
    };
    take(r, 2);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        take_string(r, &r->text);
        if (r->text.size > 0)
            element(r, names[i], &r->text);
    }
}

static void comment_end(struct reading *r)
{
    if (r->in_comment)
        end(r, "comment");
    r->in_comment = false;
}

static void comment(struct reading *r)
{
    char author[16], place[32];
    comment_end(r);
    snprintf(author, sizeof author, "%" PRIu32, take_number(r));
    uint32_t row = take_number(r);
    take_number(r);
    uint32_t column = take_number(r);
    column_name(column < COLUMNS ? column : 0, place);
    size_t size = strlen(place);
    snprintf(place + size, sizeof place - size, "%" PRIu32, (row & 0xfffff) + 1);
    struct sax_attribute attributes[] = {
        attribute("authorId", author), attribute("ref", place),
    };
    start(r, "comment", attributes, 2);
    r->in_comment = true;
}

/* An element NAME with a number of two bytes, and, for formats, a string. */
static void look(struct reading *r, const char *name, bool has_code)
{
    char id[16];
    const unsigned char *p = take(r, 2);
    snprintf(id, sizeof id, "%u", p != NULL ? little16(p) : 0);
    if (has_code)
        take_string(r, &r->text);
    struct sax_attribute attributes[] = {
        attribute("numFmtId", id), attribute("formatCode", ""),
    };
    attributes[1].value = buffer_string(&r->text);
    attributes[1].size = r->text.size;
    start(r, name, attributes, has_code ? 2 : 1);
    end(r, name);
}

static void book(struct reading *r)
{
    struct sax_attribute a =
        attribute("date1904", (take_number(r) & 1) != 0 ? "1" : "0");
    start(r, "workbookPr", &a, 1);
    end(r, "workbookPr");
}

static void record(struct reading *r, unsigned id)
{
    if ((id >= CELL_RK && id <= FORMULA_ERROR) || id == CELL_RICH) {
        static const unsigned char formulas[] = {
            CELL_STRING, CELL_REAL, CELL_BOOL, CELL_ERROR,
        };
        bool is_formula = id >= FORMULA_STRING && id <= FORMULA_ERROR;
        cell(r, is_formula ? formulas[id - FORMULA_STRING] : id, false);
        return;
    }
    if (id >= SHORT_BLANK && id <= SHORT_SHARED) {
        cell(r, id == SHORT_BLANK ? id : id - SHORT_BLANK + 1, true);
        return;
    }
    switch (id) {
    case ROW:
        row_start(r);
        break;
    case SHARED:
        take_rich(r, &r->text);
        start(r, "si", NULL, 0);
        element(r, "t", &r->text);
        end(r, "si");
        break;
    case FORMAT:
        look(r, "numFmt", true);
        break;
    case LOOK:
        take(r, 2);
        look(r, "xf", false);
        break;
    case LOOKS_BEGIN:
        start(r, "cellXfs", NULL, 0);
        break;
    case LOOKS_END:
        end(r, "cellXfs");
        break;
    case SHEET_DATA_END:
        row_end(r);
        break;
    case BOOK:
        book(r);
        break;
    case SHEET:
        sheet(r);
        break;
    case MARGINS:
        margins(r);
        break;
    case AUTHOR:
        take_string(r, &r->text);
        element(r, "author", &r->text);
        break;
    case COMMENT:
        comment(r);
        break;
    case COMMENT_TEXT:
        take_rich(r, &r->text);
        if (r->in_comment)
            element(r, "t", &r->text);
        break;
    case COMMENT_END:
        comment_end(r);
        break;
    }
}

/* --- the stream --- */

/* A number of COUNT bytes at most at P, seven bits of it in each. Bytes that
 * it takes; 0: they are not all there. */
static size_t varying(const unsigned char *p, size_t size, size_t count,
                      uint32_t *number)
{
    *number = 0;
    for (size_t i = 0; i < count && i < size; i++) {
        *number |= (uint32_t)(p[i] & 0x7f) << (7 * i);
        if ((p[i] & 0x80) == 0 || i + 1 == count)
            return i + 1;
    }
    return 0;
}

/* Reads the record that P begins with. Bytes that it takes; 0: it is not all
 * there. Sets r->skip for one that is too long. */
static size_t record_read(struct reading *r, const unsigned char *p, size_t size)
{
    uint32_t id, length;
    size_t head = varying(p, size, 2, &id);
    size_t more = head > 0 ? varying(p + head, size - head, 4, &length) : 0;
    if (more == 0)
        return 0;
    head += more;
    if (length > RECORD) {
        r->skip = length;
        return head;
    }
    if (length > size - head)
        return 0;
    r->p = p + head;
    r->left = length;
    record(r, id);
    return head + length;
}

static int piece_read(void *context, const char *data, size_t size)
{
    struct reading *r = context;
    if (r->skip >= size) {
        r->skip -= size;
        return 0;
    }
    buffer_append(&r->bytes, data + r->skip, size - r->skip);
    r->skip = 0;
    size_t at = 0, took;
    while ((took = record_read(r, (const unsigned char *)r->bytes.data + at,
                               r->bytes.size - at)) > 0) {
        at += took;
        if (r->skip > 0) {
            size_t here = r->bytes.size - at;
            here = here < r->skip ? here : r->skip;
            at += here;
            r->skip -= here;
        }
    }
    memmove(r->bytes.data, r->bytes.data + at, r->bytes.size - at);
    r->bytes.size -= at;
    return 0;
}

bool sheetbin_is(const char *type)
{
    static const char begin[] = "application/vnd.ms-excel.", xml[] = "xml";
    size_t size = strlen(type);
    return strncmp(type, begin, sizeof begin - 1) == 0
           && strcmp(type + size - (sizeof xml - 1), xml) != 0;
}

int sheetbin_parse(struct zipfile *zip, int64_t member, size_t limit,
                   struct sax_handler *handler, struct error *e)
{
    struct reading r = {.handler = handler};
    struct error fault = {0};
    const char *name = zipfile_name(zip, member);
    int status = zipfile_stream(zip, member, limit, piece_read, &r, &fault);
    bool is_whole = r.bytes.size == 0 && r.skip == 0;
    row_end(&r);
    comment_end(&r);
    buffer_free(&r.bytes);
    buffer_free(&r.text);
    buffer_free(&r.more);
    if (status < 0)
        return error_set(e, fault.kind, "%s: %s", name, fault.detail);
    if (!is_whole)
        return error_set(e, ERROR_TRUNCATED, "%s: breaks off in a record", name);
    return 0;
}
