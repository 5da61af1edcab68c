/* SPDX-License-Identifier: GPL-3.0-or-later */
/* load.h - what several formats load, as `prepare` and `library` of struct format. A
 * worker goes by these functions to tell which formats it can read: those that need the
 * same have the same one. What is missing is said when it is needed. */
#ifndef EXTRACT_FORMAT_LOAD_H
#define EXTRACT_FORMAT_LOAD_H

void load_text(void);   /* uchardet, for text that is not UTF-8 */
void load_markup(void); /* that, and libxml2 */
void load_packed(void); /* that, and libzip: XML in a ZIP archive */

char *load_packed_library(void); /* to be freed */

#endif
