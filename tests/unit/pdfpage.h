/* SPDX-License-Identifier: GPL-3.0-or-later */
/* pdfpage.h - a PDF file of one page that a test puts together, and what is read on it. */
#ifndef EXTRACT_TESTS_PDFPAGE_H
#define EXTRACT_TESTS_PDFPAGE_H

#include "pdf/reader.h"

/* Of the last page. */
extern struct reader *reader;
extern struct reader_page page;
extern struct reader_why why;

#define FONT "/Resources<</Font<</F 5 0 R>>>>"

/* A file of one page: CATALOG and KEYS are added to these, CONTENT is the page's; object
 * 5 is Helvetica, MORE are objects from 6 on, a NULL at the end; a stream begins with
 * its keys, and a bar. Returns how it was opened. */
enum reader_end open_page(const char *catalog, const char *keys, const char *content,
                          const char *const *more);

/* Opens and reads it. */
enum reader_end read_page(const char *keys, const char *content, const char *const *more);

/* The characters of the page, without those that are blank. */
const char *text(void);
/* Of a page that must not be declined. */
const char *text_of(const char *keys, const char *content);

/* Glyph I of it begins at X, and Y is as high as it is. */
void expect_at(size_t i, float x, float y);

#endif
