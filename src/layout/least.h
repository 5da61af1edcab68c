/* SPDX-License-Identifier: GPL-3.0-or-later */
/* least.h - fminf and fmaxf without a call, for numbers that are no NaN. */
#ifndef EXTRACT_LAYOUT_LEAST_H
#define EXTRACT_LAYOUT_LEAST_H

static inline float least(float a, float b)
{
    return a < b ? a : b;
}

static inline float most(float a, float b)
{
    return a > b ? a : b;
}

#endif
