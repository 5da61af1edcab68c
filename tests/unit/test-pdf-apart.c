/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-pdf-apart.c - letters that are set apart: words of them, and what only looks so. */
#include <config.h>

#include <criterion/criterion.h>
#include <string.h>

#include "format/pdf-apart.h"

#define SIZE 10.0f
#define MOST 512
/* In sizes: a blank, and what letters have between them that are read as one word. */
#define BLANK 0.28f
#define WORD 0.1f

struct line {
    struct glyph glyphs[MOST];
    size_t count;
    float x, y;
};

/* Adds TEXT with GAP behind each letter: blanks are drawn, those written "_" are not;
 * "\n" ends a line. */
static void add(struct line *l, const char *text, float gap)
{
    for (; *text && l->count < MOST; text++) {
        float width = (0.4f + 0.05f * (float)(*text % 5)) * SIZE;
        if (*text == '\n')
            l->x = 0, l->y += 1.2f * SIZE;
        if (*text == '\n')
            continue;
        if (*text == '_' || *text == ' ')
            width = BLANK * SIZE;
        if (*text != '_')
            l->glyphs[l->count++] = (struct glyph){ l->x, l->y, l->x + width, l->y + SIZE,
                                                    SIZE, (unsigned char)*text, 0, 0, 0 };
        l->x += width + gap * SIZE;
    }
}

/* What of L is read: a blank where letters are farther apart than those of a word, unless
 * they are joined. */
static const char *read_line(const struct line *l)
{
    static char text[2 * MOST];
    struct apart apart = { 0 };
    size_t size = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct glyph *g = l->glyphs + i;
        text[size++] = (char)g->code;
        if (i + 1 < l->count && g[1].y0 != g->y0)
            text[size++] = '\n';
        else if (i + 1 < l->count && g[1].x0 - g->x1 > WORD * SIZE &&
                 !apart_joins(&apart, l->glyphs, l->count, i) && g->code != ' ' &&
                 g[1].code != ' ')
            text[size++] = ' ';
    }
    text[size] = '\0';
    return text;
}

static void check(const char *text, float gap, const char *expected)
{
    struct line l = { 0 };
    add(&l, text, gap);
    cr_expect_str_eq(read_line(&l), expected, "%s by %g", text, (double)gap);
}

Test(pdf_apart, long_words_show_the_gap_of_short_ones)
{
    for (float gap = 0.11f; gap < 0.42f; gap += 0.05f) {
        check("Letter spaced text here", gap, "Letter spaced text here");
        check("Letter_spaced_text_here", gap, "Letter spaced text here");
        check("An idea of Part IV: 1984", gap, "An idea of Part IV: 1984");
        check("The best of all\nis in the end", gap, "The best of all\nis in the end");
    }
}

Test(pdf_apart, blanks_show_words_that_all_are_short)
{
    check("THE END OF ALL", 0.18f, "THE END OF ALL");
    check("A NOTE ON THE TEXT", 0.18f, "A NOTE ON THE TEXT");
    check("ON\nTHE WAR IN ALL", 0.18f, "ON\nTHE WAR IN ALL");
}

/* A pair that is nearer than the others is of the word, too. */
Test(pdf_apart, kerned_letters_are_joined)
{
    struct line l = { 0 };
    add(&l, "A S", 0.2f);
    add(&l, "T", 0.12f);
    add(&l, "ATEMENT TO ALL", 0.2f);
    cr_expect_str_eq(read_line(&l), "A STATEMENT TO ALL");
}

/* As where words are spread to fill columns. */
Test(pdf_apart, words_have_gaps_of_their_own)
{
    struct line l = { 0 };
    add(&l, "document", 0.06f), l.x += SIZE;
    add(&l, "article", 0.18f), l.x += SIZE;
    add(&l, "filling", 0.33f), l.x += SIZE;
    add(&l, "of", 0.09f);
    cr_expect_str_eq(read_line(&l), "document article filling of");
}

Test(pdf_apart, single_letters_are_no_word)
{
    check("O N E", 0.2f, "O N E");
    check("a_b_d", 0.05f, "a b d");
    check("1_9_8_4_6", 0.05f, "1 9 8 4 6");
    check("a_b_c_d_e_f_g", 0.05f, "a b c d e f g");
    check("m_m_m_m_m_m", 0.0f, "m m m m m m");
    check("x_t\ny_f\nz_k\nq_r", 0.05f, "x t\ny f\nz k\nq r");
}

/* As the document says that they are no words. */
Test(pdf_apart, tracked_letters_are_a_word)
{
    static const char *const words[] = { "OF", "WAR", "MENU" };
    for (int i = 0; i < 3; i++) {
        check(words[i], 0.2f, i == 0 ? "O F" : i == 1 ? "W A R" : "M E N U");
        struct line l = { 0 };
        add(&l, words[i], 0.2f);
        for (size_t k = 1; k < l.count; k++)
            l.glyphs[k].marks = GLYPH_TRACKED;
        cr_expect_str_eq(read_line(&l), words[i]);
    }
}

/* What stands between words by the blanks that are between them. */
Test(pdf_apart, letters_among_words_are_words)
{
    check("the_points_P_B_Q_D_R_F_are", 0.0f, "the points P B Q D R F are");
    check("pairs_of_C_T_A_N_A_X", 0.0f, "pairs of C T A N A X");
}

/* Takes time in proportion to what it reads. */
Test(pdf_apart, is_bounded, .timeout = 20)
{
    enum { many = 400000 };
    struct glyph *glyphs = calloc(many, sizeof *glyphs);
    cr_assert_not_null(glyphs);
    for (size_t i = 0; i < many; i++) {
        float x = (float)i * 4, gap = i < 8 ? 1 : 3;
        glyphs[i] = (struct glyph){ x, 0, x + 4 - gap, SIZE, SIZE,
                                    i < 8 ? (uint32_t)"squarely"[i] : 'a', 0, 0, 0 };
    }
    struct apart apart = { 0 };
    size_t joined = 0;
    for (size_t i = 0; i + 1 < many; i++)
        joined += apart_joins(&apart, glyphs, many, i);
    cr_expect_geq(joined, 7);
    free(glyphs);
}
