/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cellbuiltin.c - ECMA-376 part 1, 18.8.30; the same numbers as in XLS. */
#include <config.h>

#include "format/cellbuiltin.h"

#include <stddef.h>

const char *cellbuiltin_code(int id)
{
    static const char *const codes[] = {
        [0] = "General",
        [1] = "0",
        [2] = "0.00",
        [3] = "#,##0",
        [4] = "#,##0.00",
        [5] = "$#,##0;-$#,##0",
        [6] = "$#,##0;-$#,##0",
        [7] = "$#,##0.00;-$#,##0.00",
        [8] = "$#,##0.00;-$#,##0.00",
        [9] = "0%",
        [10] = "0.00%",
        [11] = "0.00E+00",
        [12] = "# ?/?",
        [13] = "# ?\?/?\?",
        [14] = "m/d/yyyy",
        [15] = "d-mmm-yy",
        [16] = "d-mmm",
        [17] = "mmm-yy",
        [18] = "h:mm AM/PM",
        [19] = "h:mm:ss AM/PM",
        [20] = "h:mm",
        [21] = "h:mm:ss",
        [22] = "m/d/yyyy h:mm",
        [37] = "#,##0;(#,##0)",
        [38] = "#,##0;(#,##0)",
        [39] = "#,##0.00;(#,##0.00)",
        [40] = "#,##0.00;(#,##0.00)",
        [41] = "#,##0;(#,##0);\"-\"",
        [42] = "$#,##0;($#,##0);$\"-\"",
        [43] = "#,##0.00;(#,##0.00);\"-\"",
        [44] = "$#,##0.00;($#,##0.00);$\"-\"",
        [45] = "mm:ss",
        [46] = "[h]:mm:ss",
        [47] = "mm:ss.0",
        [48] = "##0.0E+0",
        [49] = "@",
    };
    /* Of East Asian versions: dates, and times among them. */
    if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58))
        return id >= 32 && id <= 35 ? "h:mm" : "m/d/yyyy";
    if (id < 0 || (size_t)id >= sizeof codes / sizeof *codes)
        return NULL;
    return codes[id];
}
