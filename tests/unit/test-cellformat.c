/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test-cellformat.c - numbers and dates as the cells of a sheet show them. */
#include <config.h>

#include <criterion/criterion.h>
#include <math.h>

#include "format/cellformat.h"

struct shown {
    double value;
    const char *code, *text;
};

static void expect_shown(const struct shown *s, size_t count, bool epoch_1904)
{
    struct buffer out = { 0 };
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&out);
        cellformat_number(s[i].value, s[i].code, epoch_1904, &out);
        cr_expect_str_eq(buffer_string(&out), s[i].text, "%.17g as \"%s\": \"%s\""
                         ", not \"%s\"", s[i].value, s[i].code,
                         buffer_string(&out), s[i].text);
    }
    buffer_free(&out);
}

#define EXPECT(shown) expect_shown(shown, sizeof shown / sizeof *shown, false)

Test(cellformat, general)
{
    static const struct shown shown[] = {
        { 0, "General", "0" },
        { -0.0, "General", "0" },
        { 42, "General", "42" },
        { -1.5, "General", "-1.5" },
        { 0.1 + 0.2, "General", "0.3" },
        { 1.0 / 3, "General", "0.3333333333" },
        { 123456789012, "General", "123456789012" },
        { 1e20, "General", "1E+20" },
        { 1.5e-12, "General", "1.5E-12" },
        { 5, "General\" apples\"", "5 apples" },
    };
    EXPECT(shown);
}

Test(cellformat, numbers)
{
    static const struct shown shown[] = {
        { 1234.5, "0", "1235" },
        { 1234.5, "0.00", "1234.50" },
        { 1.005, "0.00", "1.01" },
        { 0.5, "#.##", ".5" },
        { 1234567, "#,##0", "1,234,567" },
        { 12, "#,##0", "12" },
        { 999.995, "#,##0.00", "1,000.00" },
        { 1234567, "#,##0,", "1,235" },
        { 1234567, "0.0,,", "1.2" },
        { 0.125, "0%", "13%" },
        { 0.125, "0.0%", "12.5%" },
        { 12345, "0.00E+00", "1.23E+04" },
        { 0.00012, "0.0E+00", "1.2E-04" },
        { 12345, "##0.0E+0", "12.3E+3" },
        { 99999, "0.0E+00", "1.0E+05" },
        { 5551234, "###\\-####", "555-1234" },
        { 123456789, "000\\-00\\-0000", "123-45-6789" },
        { 7, "0000", "0007" },
        { -5, "0", "-5" },
        { -5, "0;(0)", "(5)" },
        { 0, "0;(0);\"-\"", "-" },
        { -5, "[Red]-0", "--5" },
        { 5, "[$\xe2\x82\xac-407] 0.00", "\xe2\x82\xac 5.00" },
        { 5, "$#,##0.00", "$5.00" },
        { 150, "[<100]\"low\";[>=100]\"high\"", "high" },
        { 50, "[<100]\"low\";[>=100]\"high\"", "low" },
        { 5, ";;;", "" },
        { 5, "0\" kg\"", "5 kg" },
        { 5, "0_)", "5 " },
        { 5, "*-0", "5" },
    };
    EXPECT(shown);
}

Test(cellformat, fractions)
{
    static const struct shown shown[] = {
        { 0.75, "# ?/?", "3/4" },
        { 2.5, "# ?/?", "2 1/2" },
        { 3, "# ?/?", "3" },
        { 0.99999, "# ?/?", "1" },
        { 0.3125, "# ?\?/?\?", "5/16" },
        { 0.4, "# ?/8", "3/8" },
        { 1.5, "?/?", "3/2" },
    };
    EXPECT(shown);
}

Test(cellformat, dates)
{
    static const struct shown shown[] = {
        { 45352, "yyyy\\-mm\\-dd", "2024-03-01" },
        { 45352, "m/d/yyyy", "3/1/2024" },
        { 45352, "d-mmm-yy", "1-Mar-24" },
        { 45352, "dddd, mmmm d", "Friday, March 1" },
        { 45352.75, "m/d/yyyy h:mm", "3/1/2024 18:00" },
        { 45352.75, "h:mm AM/PM", "6:00 PM" },
        { 0.5, "h:mm:ss", "12:00:00" },
        { 0.999999999, "h:mm:ss", "0:00:00" },
        { 1.25, "[h]:mm", "30:00" },
        { 0.0001, "mm:ss.0", "00:08.6" },
        { 59, "yyyy-mm-dd", "1900-02-28" },
        { 60, "yyyy-mm-dd", "1900-02-29" },
        { 61, "yyyy-mm-dd", "1900-03-01" },
        { 1, "yyyy-mm-dd", "1900-01-01" },
        { 2958465, "yyyy-mm-dd", "9999-12-31" },
        { 2958466, "yyyy-mm-dd", "2958466" },
        { -1, "yyyy-mm-dd", "-1" },
        { 45352, "[$-409]d\\ mmm\\ yyyy;@", "1 Mar 2024" },
    };
    static const struct shown since_1904[] = {
        { 0, "yyyy-mm-dd", "1904-01-01" },
        { 43890, "yyyy-mm-dd", "2024-03-01" },
    };
    EXPECT(shown);
    expect_shown(since_1904, 2, true);
}

/* None may read or write where it must not, whatever comes out. */
Test(cellformat, odd_codes)
{
    static const char *const codes[] = {
        "[", "\"", "\\", "_", "*", "[h", "[$", "[$-", "[<", "[<]", "E+", "e-0",
        "/", "0/", "?/0", "#/99999999999", "0.0.0.0", "%%%%%%%%%%%%", ",,,,", "0,,,,,",
        ".", ".0", "@@", "AM/PM", "mmmmmmmm", "ssss.0000000", "0E+00E+00",
        "0.0000000000000000000000000000000000000000", "[hhhhhhhhhhhhhhhhhhhhhhhhhh]",
        ";", ";;", ";;;;;;", "[>1][<2]0", "\xff\xc3", "General General",
    };
    static const double values[] = { 0, 1, -1, 0.5, 1e300, -1e300, 1e-300,
                                     4e-324, 123456789.987654321 };
    struct buffer out = { 0 };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            buffer_clear(&out);
            cellformat_number(values[k], codes[i], k % 2, &out);
            cr_expect_lt(out.size, 2000, "%g as %s", values[k], codes[i]);
        }
    }
    cellformat_number(NAN, "0.00", false, &out);
    cellformat_number(INFINITY, "yyyy", false, &out);
    buffer_free(&out);
}
