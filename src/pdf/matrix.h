/* SPDX-License-Identifier: GPL-3.0-or-later */
/* matrix.h - transformations of the plane: (x, y) becomes (ax + cy + e, bx + dy + f)
 * (8.3.3). */
#ifndef EXTRACT_PDF_MATRIX_H
#define EXTRACT_PDF_MATRIX_H

struct matrix {
    double a, b, c, d, e, f;
};

static const struct matrix matrix_one = { 1, 0, 0, 1, 0, 0 };

/* M, and then N. */
static inline struct matrix matrix_then(struct matrix m, struct matrix n)
{
    return (struct matrix){
        m.a * n.a + m.b * n.c,       m.a * n.b + m.b * n.d,
        m.c * n.a + m.d * n.c,       m.c * n.b + m.d * n.d,
        m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f,
    };
}

#endif
