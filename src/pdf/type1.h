/* SPDX-License-Identifier: GPL-3.0-or-later */
/* type1.h - the encoding in the clear text of a Type 1 font program. */
#ifndef EXTRACT_PDF_TYPE1_H
#define EXTRACT_PDF_TYPE1_H

#include <stdbool.h>

#include "pdf/syntax.h"

enum type1_encoding {
    TYPE1_NONE, /* none is found */
    TYPE1_STANDARD,
    TYPE1_OWN
};

/* NAMES[code] are parts of FILE; AT NULL: none. Only of TYPE1_OWN. */
enum type1_encoding type1_encoding(struct span file, struct span names[256]);

#endif
