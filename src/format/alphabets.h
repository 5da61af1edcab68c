/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alphabets.h - which letters a language uses, and how often: what tells its
 * texts in one charset from the same bytes in another. */
#ifndef EXTRACT_FORMAT_ALPHABETS_H
#define EXTRACT_FORMAT_ALPHABETS_H

#include <stddef.h>

struct alphabet {
    const char *charsets; /* the customary ones, names of iconv's, the likeliest
                             first; blanks between them */
    const char *letters;  /* small ones in UTF-8, the most frequent first */
    int rarity;           /* how much less there is of it: 0 to 4 */
};

extern const struct alphabet alphabets[];
extern const size_t alphabets_count;

/* Characters of two bytes that make up about half of a text. */
struct common {
    const char *charset;
    const char *most, *more; /* UTF-8; one that a charset lacks is passed over */
    int rarity;              /* as above */
};

extern const struct common commons[];
extern const size_t commons_count;

#endif
