/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdf-fields.c - poppler-glib gives the text of these annotations and their
 * rectangle, but not where its letters stand: rows and letters are spread over
 * the rectangle about as a reader would draw them, which is enough to put the
 * text in its place on the page. */
#include <config.h>

#include "format/pdf-fields.h"

#include <string.h>

#include "format/library.h"

#define FIELDS_CALLS(call)                           \
    call(poppler_annot_get_annot_type)               \
    call(poppler_annot_get_contents)                 \
    call(poppler_annot_get_flags)                    \
    call(poppler_annot_get_rectangle)                \
    call(poppler_form_field_button_get_button_type)  \
    call(poppler_form_field_button_get_state)        \
    call(poppler_form_field_choice_get_choice_type)  \
    call(poppler_form_field_choice_get_item)         \
    call(poppler_form_field_choice_get_n_items)      \
    call(poppler_form_field_choice_get_text)         \
    call(poppler_form_field_choice_is_item_selected) \
    call(poppler_form_field_get_field_type)          \
    call(poppler_form_field_text_get_text)           \
    call(poppler_form_field_text_get_text_type)      \
    call(poppler_form_field_text_is_password)        \
    call(poppler_page_free_annot_mapping)            \
    call(poppler_page_free_form_field_mapping)       \
    call(poppler_page_get_annot_mapping)             \
    call(poppler_page_get_form_field_mapping)        \
    call(poppler_page_get_size)

LIBRARY(FIELDS_CALLS)

/* Text of all fields of a page; what comes after it is left out. Thousands of
 * fields may share one long value. */
#define FIELDS_TEXT_MOST ((size_t)1 << 20)
/* Readers that choose a size themselves take 12 points at most, and none that
 * cannot be read. poppler-glib does not tell the size that is set. */
#define FIELDS_SIZE 12.0
#define FIELDS_SIZE_LEAST 4.0
/* Between lines, and for a letter on average, in sizes of the font. */
#define FIELDS_LEADING 1.15
#define FIELDS_ADVANCE 0.5

/* One of them: a rectangle on the page as it is shown, from its upper left
 * corner, and what stands in it. */
struct field {
    double x0, y0, x1, y1;
    char *text;   /* valid UTF-8; rows end with a line feed */
    bool wraps;   /* rows that are too long go on in the next one */
};

struct fields_out {
    struct boxes *boxes; /* or NULL */
    struct buffer *raw;  /* or NULL */
    size_t left;         /* of FIELDS_TEXT_MOST */
    double width, height;
};

static size_t fields_letters(const char *row, const char *end)
{
    return (size_t)g_utf8_strlen(row, end - row);
}

/* Where the row at ROW ends that holds MOST letters at most: at a line feed, or
 * after a blank, or in a word that is longer. */
static const char *fields_row_end(const char *row, size_t most)
{
    const char *blank = NULL, *p = row;
    for (size_t n = 0; *p && *p != '\n'; p = g_utf8_next_char(p), n++) {
        if (n >= most && *p != ' ')
            return blank ? blank : p;
        if (*p == ' ')
            blank = p + 1;
    }
    return p;
}

/* Letters that a row holds in FONT_SIZE. */
static size_t fields_most(const struct field *f, double font_size)
{
    double most = (f->x1 - f->x0) / (FIELDS_ADVANCE * font_size);
    return !f->wraps || most > (double)FIELDS_TEXT_MOST ? FIELDS_TEXT_MOST
           : most > 1                                   ? (size_t)most
                                                        : 1;
}

static size_t fields_count_rows(const struct field *f, size_t most)
{
    size_t rows = 0;
    for (const char *p = f->text; *p; rows++) {
        p = fields_row_end(p, most);
        p += *p == '\n';
    }
    return rows;
}

static void fields_add_end(struct boxes *boxes, double x, double y)
{
    boxes_add(boxes, (struct glyph){ (float)x, (float)y, (float)x, (float)y, 0,
                                     '\n', 0, 0, 0 });
}

/* A row of letters from the rectangle's left, closer than usual where they would
 * leave it, and the end of the row. */
static void fields_add_row(struct boxes *boxes, const struct field *f,
                           const char *row, const char *end, double y0, double y1)
{
    size_t letters = fields_letters(row, end);
    double size = y1 - y0, advance = FIELDS_ADVANCE * size, x = f->x0;
    if ((double)letters * advance > f->x1 - f->x0)
        advance = (f->x1 - f->x0) / (double)letters;
    for (; row < end; row = g_utf8_next_char(row), x += advance)
        boxes_add(boxes, (struct glyph){ (float)x, (float)y0,
                                         (float)(x + advance), (float)y1,
                                         (float)size, g_utf8_get_char(row), 0,
                                         0, 0 });
    fields_add_end(boxes, x, y1);
}

/* The largest size in which the rows have room; in the least one they come
 * closer, so that all of the text stands within the rectangle. */
static void fields_add_boxes(struct boxes *boxes, const struct field *f)
{
    double height = f->y1 - f->y0, size = MIN(FIELDS_SIZE, height);
    size_t rows = fields_count_rows(f, fields_most(f, size));
    while (size > FIELDS_SIZE_LEAST && (double)rows * size * FIELDS_LEADING > height &&
           rows > 1) {
        size = MAX(size - 1, FIELDS_SIZE_LEAST);
        rows = fields_count_rows(f, fields_most(f, size));
    }
    if (!rows)
        return;
    double pitch = MIN(size * FIELDS_LEADING, height / (double)rows);
    size = MIN(size, pitch);
    /* A single row stands in the middle, others begin at the top. */
    double y = f->y0 + (rows == 1 ? (height - size) / 2 : 0);
    size_t most = fields_most(f, size);
    fields_add_end(boxes, f->x0, y); /* of what came before */
    for (const char *p = f->text; *p; y += pitch) {
        const char *end = fields_row_end(p, most);
        fields_add_row(boxes, f, p, end, y, y + size);
        p = end + (*end == '\n');
    }
}

/* In a text line feeds alone end lines. */
static void fields_clean(char *text)
{
    char *to = text;
    for (const char *p = text; *p; p++) {
        if (*p == '\r')
            *to++ = '\n', p += p[1] == '\n';
        else
            *to++ = *p == '\t' || *p == '\f' || *p == '\v' ? ' ' : *p;
    }
    *to = '\0';
}

static void fields_put(struct fields_out *out, struct field *f)
{
    size_t size = f->text ? strlen(f->text) : 0;
    if (!size || size > out->left || !g_utf8_validate(f->text, -1, NULL))
        return;
    /* As for the page's text, what is outside of it is not shown. */
    f->x0 = MAX(f->x0, 0);
    f->y0 = MAX(f->y0, 0);
    f->x1 = MIN(f->x1, out->width);
    f->y1 = MIN(f->y1, out->height);
    if (!(f->x1 > f->x0 && f->y1 > f->y0))
        return;
    out->left -= size;
    fields_clean(f->text);
    if (out->boxes)
        fields_add_boxes(out->boxes, f);
    if (out->raw) {
        buffer_append_string(out->raw, f->text);
        buffer_append_char(out->raw, '\n');
    }
}

/* The chosen item of a closed list; of an open one those that have room. */
static char *fields_choice(PopplerFormField *field, double height)
{
    bool closed = lib->poppler_form_field_choice_get_choice_type(field) ==
                  POPPLER_FORM_CHOICE_COMBO;
    char *own = closed ? lib->poppler_form_field_choice_get_text(field) : NULL;
    if (own && *own)
        return own;
    g_free(own);
    GString *text = g_string_new(NULL);
    int items = lib->poppler_form_field_choice_get_n_items(field);
    double room = MAX(height / (FIELDS_SIZE * FIELDS_LEADING), 1);
    for (int i = 0; i < items && (closed || i < room); i++) {
        if (closed && !lib->poppler_form_field_choice_is_item_selected(field, i))
            continue;
        char *item = lib->poppler_form_field_choice_get_item(field, i);
        g_string_append_printf(text, "%s%s", text->len ? "\n" : "", item ? item : "");
        g_free(item);
        if (text->len > FIELDS_TEXT_MOST)
            break;
    }
    return g_string_free(text, FALSE);
}

/* The marks that readers draw into a box or a circle that is on: its style is
 * not told, and these are the usual ones. NULL: off, or no such button. */
static char *fields_mark(PopplerFormField *field)
{
    PopplerFormButtonType type = lib->poppler_form_field_button_get_button_type(field);
    if (type == POPPLER_FORM_BUTTON_PUSH ||
        !lib->poppler_form_field_button_get_state(field))
        return NULL;
    return g_strdup(type == POPPLER_FORM_BUTTON_RADIO ? "\u25cf" : "\u2714");
}

static void fields_take_value(PopplerFormField *field, struct field *f)
{
    switch (lib->poppler_form_field_get_field_type(field)) {
    case POPPLER_FORM_FIELD_TEXT:
        if (lib->poppler_form_field_text_is_password(field))
            return;
        f->text = lib->poppler_form_field_text_get_text(field);
        f->wraps = lib->poppler_form_field_text_get_text_type(field) ==
                   POPPLER_FORM_TEXT_MULTILINE;
        break;
    case POPPLER_FORM_FIELD_CHOICE:
        f->text = fields_choice(field, f->y1 - f->y0);
        break;
    case POPPLER_FORM_FIELD_BUTTON: /* captions are not told */
        f->text = fields_mark(field);
        break;
    default:
        break;
    }
}

static bool fields_is_hidden(PopplerAnnot *annot)
{
    return lib->poppler_annot_get_flags(annot) &
           (POPPLER_ANNOT_FLAG_HIDDEN | POPPLER_ANNOT_FLAG_NO_VIEW);
}

/* Poppler lists the widgets among a page's annotations in their order, and its
 * form fields in the reverse one; of the latter it gives neither flags nor the
 * place on a page that is turned. So *FIELDS moves on to the one that ANNOT is,
 * which has the same rectangle. NULL: none. */
static PopplerFormField *fields_match(PopplerAnnot *annot, GList **fields)
{
    PopplerRectangle r;
    lib->poppler_annot_get_rectangle(annot, &r);
    for (GList *l = *fields; l; l = l->next) {
        const PopplerFormFieldMapping *m = l->data;
        if (m->area.x1 == r.x1 && m->area.y1 == r.y1 && m->area.x2 == r.x2 &&
            m->area.y2 == r.y2) {
            *fields = l->next;
            return m->field;
        }
    }
    return NULL;
}

static void fields_read_annot(struct fields_out *out, const PopplerAnnotMapping *m,
                              bool widget, GList **fields)
{
    struct field f = { m->area.x1, out->height - m->area.y2, m->area.x2,
                       out->height - m->area.y1, NULL, true };
    PopplerFormField *field = widget ? fields_match(m->annot, fields) : NULL;
    if (fields_is_hidden(m->annot))
        return;
    if (field)
        fields_take_value(field, &f);
    else if (!widget)
        f.text = lib->poppler_annot_get_contents(m->annot);
    fields_put(out, &f);
    g_free(f.text);
}

void fields_read(PopplerPage *page, struct boxes *boxes, struct buffer *raw)
{
    struct fields_out out = { boxes, raw, FIELDS_TEXT_MOST, 0, 0 };
    GList *annots = lib->poppler_page_get_annot_mapping(page);
    GList *fields = NULL, *next = NULL;
    bool asked = false;
    if (annots)
        lib->poppler_page_get_size(page, &out.width, &out.height);
    for (GList *l = annots; l; l = l->next) {
        const PopplerAnnotMapping *m = l->data;
        PopplerAnnotType type = lib->poppler_annot_get_annot_type(m->annot);
        bool widget = type == POPPLER_ANNOT_WIDGET;
        if (widget && !asked)
            next = fields =
                g_list_reverse(lib->poppler_page_get_form_field_mapping(page));
        asked |= widget;
        if (widget || type == POPPLER_ANNOT_FREE_TEXT)
            fields_read_annot(&out, m, widget, &next);
    }
    if (fields)
        lib->poppler_page_free_form_field_mapping(fields);
    if (annots)
        lib->poppler_page_free_annot_mapping(annots);
}

bool fields_prepare(void)
{
    return LIBRARY_LOAD(POPPLER_SONAME);
}

const char *fields_missing(void)
{
    return lib_missing;
}
