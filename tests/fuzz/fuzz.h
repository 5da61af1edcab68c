/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fuzz.h - what the fuzz targets share. Each of them is one function on
 * bytes: libFuzzer drives it (scripts/fuzz), replay.c does in `make check`. */
#ifndef EXTRACT_TESTS_FUZZ_H
#define EXTRACT_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "format/format.h"

/* The target. Always returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Patterns (glob) below the source tree of what is replayed beside the
 * target's own seeds; a NULL at the end. */
extern const char *const fuzz_corpus[];

/* Ends the program, which counts as a crash, unless OK. */
#define fuzz_must(ok) fuzz_check((ok), #ok, __FILE__, __LINE__)
void fuzz_check(int ok, const char *what, const char *file, int line);

/* The promises of error.h for an error that was set. */
void fuzz_must_be_error(const struct error *e);
/* The promises of metadata.h and format.h for a document that opened. */
void fuzz_must_be_info(const struct format_info *info);

/* Takes what format.h promises for every page at its word. */
enum fuzz_text { FUZZ_UTF8, FUZZ_ANY_BYTES };

/* Opens the bytes and reads their first pages. */
void fuzz_document(const struct format *format, const uint8_t *data, size_t size,
                   const char *name, const char *password, enum fuzz_text text);

#endif
