/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fontmake.c - a file of one font, and what its strings show. */
#include <config.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "fontmake.h"

static char file[FILE_MOST];
struct objects *objects;
struct fonts *fonts;

const struct font *make(const char *font, const char *more)
{
    int size = snprintf(file, sizeof file,
                        "%%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
                        "2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj\n"
                        "5 0 obj <</Type/Font %s>> endobj\n%s\n"
                        "trailer <</Root 1 0 R/Size 20>>\n%%%%EOF\n",
                        font, more);
    cr_assert(size > 0 && size < FILE_MOST);
    struct span bytes = { (unsigned char *)file, (unsigned char *)file + size };
    cr_assert_eq(objects_open(bytes, NULL, &objects), OBJECTS_OPEN);
    fonts = fonts_create(objects);
    const struct value reference = { .type = VALUE_REFERENCE, .reference = { 5, 0 } };
    const struct font *f = fonts_get(fonts, &reference, objects_get(objects, 5));
    cr_assert_not_null(f);
    cr_assert_eq(fonts_get(fonts, &reference, objects_get(objects, 5)), f);
    return f;
}

const char *stream(int number, const char *dictionary, const char *text)
{
    static char object[FILE_MOST];
    snprintf(object, sizeof object, "%d 0 obj <<%s/Length %zu>> stream\n%s\nendstream endobj",
             number, dictionary, strlen(text), text);
    return object;
}

void done(void)
{
    fonts_destroy(fonts);
    objects_close(objects);
}

const char *shown(const struct font *f, const char *string, size_t size)
{
    static char text[1024];
    size_t used = 0;
    struct font_glyph g;
    struct span s = { (const unsigned char *)string, (const unsigned char *)string + size };
    text[0] = '\0';
    while (used < sizeof text - 200 && font_next(f, &s, &g)) {
        if (g.count == 0)
            used += (size_t)sprintf(text + used, g.unmapped ? "?" : ".");
        for (int i = 0; i < g.count; i++)
            used += (size_t)sprintf(text + used, g.unicode[i] < 128 ? "%c" : "<%X>",
                                    g.unicode[i]);
    }
    return text;
}

double width(const struct font *f, const char *string)
{
    struct font_glyph g;
    struct span s = { (const unsigned char *)string,
                      (const unsigned char *)string + strlen(string) };
    cr_assert(font_next(f, &s, &g));
    return g.width;
}
