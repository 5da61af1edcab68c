/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plain.h - an update section that gives a file's deflated streams once more,
 * inflated, for a reader that inflates slowly and again on each page.
 *
 * poppler decodes FlateDecode bit by bit, and for each page anew all fonts and
 * object streams that it uses: 45 % of its time on manuals of 930-2,415 pages
 * (14.9 s to 8.2 s of CPU when the files were inflated beforehand). A reader
 * of an updated file takes the newest objects (7.5.6), and text is the same. */
#ifndef EXTRACT_PDF_PLAIN_H
#define EXTRACT_PDF_PLAIN_H

#include <stddef.h>

#include "pdf/syntax.h"

/* Writes the section for FILE into the ROOM bytes at OUT, which will stand at
 * offset AT of the file as the reader sees it (AT is not below the file's
 * size; what is between is white space). Returns its size; 0: the file is
 * better read as it is: it is encrypted or not in order, memory is short, or
 * there is nothing to inflate.
 *
 * A stream is given again only if its dictionary, its length, its end and its
 * checksum are as they should be; all others, images and attached files are
 * left alone, and so are those that ROOM has no place for. */
size_t plain_write(struct span file, size_t at, unsigned char *out, size_t room);

#endif
