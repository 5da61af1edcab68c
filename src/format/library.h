/* SPDX-License-Identifier: GPL-3.0-or-later */
/* library.h - the libraries that parse are loaded when a document needs them.
 * Poppler-glib brings 40 others along (cairo, X11, NSS, ...), libzip a whole
 * libcrypto, libxml2 ICU: together three quarters of what a start of the
 * program would cost. The parent of worker processes needs none of them. */
#ifndef EXTRACT_FORMAT_LIBRARY_H
#define EXTRACT_FORMAT_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

/* A file that uses a library lists the calls that it makes, as
 *     #define ZIP_CALLS(call) call(zip_fread) call(zip_fclose)
 *     LIBRARY(ZIP_CALLS)
 * loads it once with LIBRARY_LOAD, and calls lib->zip_fread. LIB_MISSING says
 * why it could not be loaded; NULL: it was. */
#define LIBRARY(calls)                                              \
    static const char *const lib_names[] = { calls(LIBRARY_NAME) }; \
    static struct {                                                 \
        calls(LIBRARY_MEMBER)                                       \
    } lib_table, *const lib = &lib_table;                           \
    static const char *lib_missing;
#define LIBRARY_MEMBER(name) __typeof__(&name) name;
#define LIBRARY_NAME(name) #name,
#define LIBRARY_LOAD(soname)                                              \
    library_load((soname), lib_names, sizeof lib_names / sizeof *lib_names, \
                 &lib_table, &lib_missing)

/* Loads SONAME and fills the COUNT pointers at TABLE with what NAMES says;
 * symbols are looked up in its own dependencies too. False, and *WHY, a string
 * that stays, when it is not there. */
bool library_load(const char *soname, const char *const *names, size_t count,
                  void *table, const char **why);

#endif
