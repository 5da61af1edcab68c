/* SPDX-License-Identifier: GPL-3.0-or-later */
/* celldate.c - days since 1900 or 1904 as dates and times. 1900 has a 29th of
 * February there, as it had in Lotus 1-2-3. */
#include <config.h>

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "format/cellcode.h"

/* The last day of the year 9999, with the days from 1900. */
#define DATE_LAST 2958465

struct moment {
    int year, month, day, weekday; /* weekday 0: Sunday */
    int hour, minute, second, milli;
    double days; /* for elapsed time */
};

/* By the algorithm of H. Hinnant, "days from civil" and back. */
static void date_civil(int64_t days, struct moment *m)
{
    days += 719468; /* from 1970-01-01 to 0000-03-01 */
    int64_t era = days / 146097, of_era = days % 146097;
    int64_t year =
        (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    m->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    m->month = (int)(month < 10 ? month + 3 : month - 9);
    m->year = (int)(year + era * 400 + (m->month <= 2));
}

static void date_split(int64_t day, struct moment *m)
{
    m->weekday = (int)((day + 6) % 7);
    if (day == 60 || day == 0) {
        m->year = 1900;
        m->month = day ? 2 : 1;
        m->day = day ? 29 : 0;
        return;
    }
    date_civil(day - 25569 + (day < 60), m);
}

/* Seconds are rounded unless their fractions are shown. */
static bool date_moment(double value, bool epoch_1904, bool fractions,
                        struct moment *m)
{
    m->days = value;
    if (epoch_1904)
        value += 1462;
    if (!(value >= 0) || value >= DATE_LAST + 1)
        return false;
    int64_t millis = llround((value - floor(value)) * 86400000);
    if (!fractions)
        millis = (millis + 500) / 1000 * 1000;
    date_split((int64_t)floor(value) + millis / 86400000, m);
    millis %= 86400000;
    m->hour = (int)(millis / 3600000);
    m->minute = (int)(millis / 60000 % 60);
    m->second = (int)(millis / 1000 % 60);
    m->milli = (int)(millis % 1000);
    return true;
}

/* The nearest token before or after I that counts time; 0: none. */
static char date_neighbour(const struct cellcode *c, size_t i, int step)
{
    for (size_t k = i + (size_t)step; k < c->count; k += (size_t)step) {
        const struct cellcode_token *t = &c->tokens[k];
        if (t->kind == CELLCODE_DATE || t->kind == CELLCODE_ELAPSED)
            return (char)(*t->text | 32);
    }
    return '\0';
}

static void date_number(struct buffer *out, size_t digits, int value)
{
    buffer_printf(out, digits >= 2 ? "%02d" : "%d", value);
}

static void date_month(const struct moment *m, size_t size, struct buffer *out)
{
    static const char *const names[] = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December",
    };
    const char *name = names[m->month - 1];
    if (size <= 2)
        date_number(out, size, m->month);
    else
        buffer_append(out, name, size == 3   ? 3
                                 : size == 5 ? 1
                                             : strlen(name));
}

static void date_day(const struct moment *m, size_t size, struct buffer *out)
{
    static const char *const names[] = {
        "Sunday",   "Monday", "Tuesday",  "Wednesday",
        "Thursday", "Friday", "Saturday",
    };
    const char *name = names[m->weekday];
    if (size <= 2)
        date_number(out, size, m->day);
    else
        buffer_append(out, name, size == 3 ? 3 : strlen(name));
}

static void date_token(const struct cellcode *c, size_t i,
                       const struct moment *m, struct buffer *out)
{
    size_t size = c->tokens[i].size;
    int hour = m->hour;
    switch (c->tokens[i].text[0] | 32) {
    case 'y':
        buffer_printf(out, size <= 2 ? "%02d" : "%04d",
                      size <= 2 ? m->year % 100 : m->year);
        break;
    case 'e':
        buffer_printf(out, "%d", m->year);
        break;
    case 'm':
        if (size <= 2 && (date_neighbour(c, i, -1) == 'h' ||
                          date_neighbour(c, i, 1) == 's'))
            date_number(out, size, m->minute);
        else
            date_month(m, size, out);
        break;
    case 'd':
        date_day(m, size, out);
        break;
    case 'h':
        if (c->has_noon)
            hour = hour % 12 ? hour % 12 : 12;
        date_number(out, size, hour);
        break;
    case 's':
        date_number(out, size, m->second);
        break;
    default: /* eras */
        break;
    }
}

static void date_elapsed(const struct cellcode_token *t, double days,
                         struct buffer *out)
{
    double seconds = floor(fabs(days) * 86400 + 0.5);
    char unit = (char)(*t->text | 32);
    double value = unit == 'h'   ? floor(seconds / 3600)
                   : unit == 'm' ? floor(seconds / 60)
                                 : seconds;
    if (days < 0)
        buffer_append_char(out, '-');
    buffer_printf(out, "%0*.0f", t->size < 20 ? (int)t->size : 20, value);
}

/* ".000" behind seconds: how many zeros stand behind the point at I. */
static size_t date_fraction(const struct cellcode *c, size_t i)
{
    size_t n = 0;
    if (c->tokens[i].kind != CELLCODE_POINT)
        return 0;
    while (i + 1 + n < c->count && c->tokens[i + 1 + n].kind == CELLCODE_DIGIT)
        n++;
    return n;
}

bool celldate_append(const struct cellcode *c, double value, bool epoch_1904,
                     struct buffer *out)
{
    struct moment m = { 0 };
    bool fractions = false;
    for (size_t i = 0; i < c->count; i++)
        fractions |= date_fraction(c, i) > 0;
    if (!date_moment(value, epoch_1904, fractions, &m))
        return false;
    for (size_t i = 0; i < c->count; i++) {
        const struct cellcode_token *t = &c->tokens[i];
        size_t digits = date_fraction(c, i);
        if (t->kind == CELLCODE_DATE) {
            date_token(c, i, &m, out);
        } else if (t->kind == CELLCODE_ELAPSED) {
            date_elapsed(t, m.days, out);
        } else if (t->kind == CELLCODE_NOON) {
            buffer_append(out, m.hour < 12 ? "AM" : "PM", t->size == 3 ? 1 : 2);
        } else if (digits > 0) {
            char text[8];
            snprintf(text, sizeof text, "%03d", m.milli);
            buffer_append_char(out, '.');
            buffer_append(out, text, digits < 3 ? digits : 3);
            i += digits;
        } else if (t->kind != CELLCODE_TEXT && t->kind != CELLCODE_GENERAL) {
            buffer_append(out, t->text, t->size);
        }
    }
    return true;
}
