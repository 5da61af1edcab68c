/* SPDX-License-Identifier: GPL-3.0-or-later */
/* packed.h - what formats of XML in a ZIP archive load, as `prepare` and `library` of
 * struct format. The same for all, so that a worker of one reads the others. */
#ifndef EXTRACT_FORMAT_PACKED_H
#define EXTRACT_FORMAT_PACKED_H

/* What is missing is said when it is needed. */
void packed_prepare(void);

char *packed_library(void); /* to be freed */

#endif
