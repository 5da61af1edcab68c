/* SPDX-License-Identifier: GPL-3.0-or-later */
/* zipfile.c - libzip over a buffer, with an index of names of our own: libzip
 * looks for a name without regard to case by going through all of them. */
#include <config.h>

#include "format/zipfile.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

#include "base/alloc.h"
#include "format/library.h"

/* Read at once. */
#define ZIPFILE_PIECE ((size_t)64 << 10)

#define ZIPFILE_CALLS(call)              \
    call(zip_discard)                    \
    call(zip_error_code_zip)             \
    call(zip_error_fini)                 \
    call(zip_error_init)                 \
    call(zip_error_strerror)             \
    call(zip_fclose)                     \
    call(zip_file_get_error)             \
    call(zip_fopen_index_encrypted)      \
    call(zip_fread)                      \
    call(zip_get_error)                  \
    call(zip_get_name)                   \
    call(zip_get_num_entries)            \
    call(zip_libzip_version)             \
    call(zip_open_from_source)           \
    call(zip_source_buffer_create)       \
    call(zip_source_free)

LIBRARY(ZIPFILE_CALLS)

struct zipfile {
    zip_t *zip;
    char *password; /* NULL: none */
    int64_t count;
    char **names; /* NULL: each is libzip's; or those of our own, with NULL */
    struct zipfile_entry *index; /* sorted by name without case, then with */
    uint64_t inflated;
};

struct zipfile_entry {
    const char *name; /* as zipfile_name() has it */
    int64_t member;
};

static void zipfile_load(void)
{
    LIBRARY_LOAD(LIBZIP_SONAME);
}

bool zipfile_prepare(const char **why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, zipfile_load);
    *why = lib_missing;
    return lib_missing == NULL;
}

const char *zipfile_library_version(void)
{
    const char *why;
    return zipfile_prepare(&why) ? lib->zip_libzip_version() : "(missing)";
}

static int zipfile_compare_names(const char *a, const char *b)
{
    int r = strcasecmp(a, b);
    return r ? r : strcmp(a, b);
}

static int zipfile_compare(const void *a, const void *b)
{
    const struct zipfile_entry *x = a, *y = b;
    int r = zipfile_compare_names(x->name, y->name);
    return r ? r : (x->member > y->member) - (x->member < y->member);
}

static uint32_t zipfile_get32(const unsigned char *p)
{
    return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
           (uint32_t)p[3] << 24;
}

static uint64_t zipfile_get64(const unsigned char *p)
{
    return zipfile_get32(p) | (uint64_t)zipfile_get32(p + 4) << 32;
}

/* An end record is 22 bytes and a comment of at most 65,535 (APPNOTE 4.3.16);
 * ZIP64's locator of 20 bytes stands right before it. */
#define ZIPFILE_END (22 + 65535 + 20)

/* Goes through all that may be end records. *THERE: one is. False when any
 * promises too many members: libzip would make room for them. */
static bool zipfile_check_end(const unsigned char *data, size_t size,
                              bool *there)
{
    size_t start = size > ZIPFILE_END ? size - ZIPFILE_END : 0;
    const unsigned char *p = data + start, *end = data + size;
    *there = false;
    while ((p = memchr(p, 'P', (size_t)(end - p)))) {
        if (end - p >= 22 && memcmp(p, "PK\5\6", 4) == 0)
            *there = true;
        if (end - p >= 20 && memcmp(p, "PK\6\7", 4) == 0) {
            uint64_t at = zipfile_get64(p + 8);
            /* Entries in all stand at 32 of 56 bytes (APPNOTE 4.3.14). */
            if (at < size && size - at >= 56 &&
                zipfile_get64(data + at + 32) > ZIPFILE_MEMBERS)
                return false;
        }
        p++;
    }
    return true;
}

static int zipfile_limit(struct error *e)
{
    return error_set(e, ERROR_LIMIT, "the archive has more than %d members",
                     ZIPFILE_MEMBERS);
}

static int zipfile_open_error(zip_error_t *error, struct error *e)
{
    if (lib->zip_error_code_zip(error) == ZIP_ER_MEMORY)
        return error_set(e, ERROR_MEMORY, "out of memory");
    return error_set(e, ERROR_DAMAGED,
                     "the archive's list of members is damaged (%s)",
                     lib->zip_error_strerror(error));
}

/* Archives of old versions of .NET have backslashes, which no name may have
 * (APPNOTE 4.4.17.1). */
static void zipfile_make_names(struct zipfile *z)
{
    for (int64_t i = 0; i < z->count; i++) {
        const char *name =
            lib->zip_get_name(z->zip, (zip_uint64_t)i, ZIP_FL_ENC_GUESS);
        if (!name || !strchr(name, '\\'))
            continue;
        if (!z->names)
            z->names = xcalloc((size_t)z->count, sizeof *z->names);
        z->names[i] = xstrdup(name);
        for (char *p = z->names[i]; (p = strchr(p, '\\')) != NULL;)
            *p = '/';
    }
}

static void zipfile_make_index(struct zipfile *z)
{
    zipfile_make_names(z);
    z->index = xcalloc((size_t)z->count + 1, sizeof *z->index);
    for (int64_t i = 0; i < z->count; i++)
        z->index[i] = (struct zipfile_entry){ zipfile_name(z, i), i };
    qsort(z->index, (size_t)z->count, sizeof *z->index, zipfile_compare);
}

struct zipfile *zipfile_open(const unsigned char *data, size_t size,
                             const char *password, struct error *e)
{
    struct zipfile *z = NULL;
    zip_t *zip = NULL;
    zip_error_t error;
    bool has_end;
    const char *why;
    if (!zipfile_prepare(&why)) {
        error_set(e, ERROR_UNSUPPORTED, "libzip is missing: %s", why);
        return NULL;
    }
    lib->zip_error_init(&error);
    if (!zipfile_check_end(data, size, &has_end)) {
        zipfile_limit(e);
        goto done;
    }
    if (!has_end) { /* libzip would take no bytes at all for an archive */
        error_set(e, ERROR_TRUNCATED,
                  "the end of the archive with its list of members is missing");
        goto done;
    }
    zip_source_t *source = lib->zip_source_buffer_create(data, size, 0, &error);
    if (source)
        zip = lib->zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!zip) {
        lib->zip_source_free(source);
        zipfile_open_error(&error, e);
        goto done;
    }
    z = xcalloc(1, sizeof *z);
    z->zip = zip;
    z->password = password ? xstrdup(password) : NULL;
    z->count = lib->zip_get_num_entries(zip, 0);
    /* A plain end record counts modulo 65,536; libzip reads on. */
    if (z->count > ZIPFILE_MEMBERS) {
        zipfile_limit(e);
        zipfile_close(z);
        z = NULL;
        goto done;
    }
    zipfile_make_index(z);
done:
    lib->zip_error_fini(&error);
    return z;
}

int64_t zipfile_count(const struct zipfile *z)
{
    return z->count;
}

const char *zipfile_name(const struct zipfile *z, int64_t member)
{
    if (z->names && z->names[member])
        return z->names[member];
    const char *name =
        lib->zip_get_name(z->zip, (zip_uint64_t)member, ZIP_FL_ENC_GUESS);
    return name ? name : "";
}

/* The first place in the index that does not come before NAME. */
static int64_t zipfile_place(const struct zipfile *z, const char *name,
                             int (*compare)(const char *, const char *))
{
    int64_t low = 0, high = z->count;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (compare(z->index[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int64_t zipfile_find(const struct zipfile *z, const char *name)
{
    int64_t i = zipfile_place(z, name, zipfile_compare_names);
    if (i < z->count && strcmp(z->index[i].name, name) == 0)
        return z->index[i].member;
    i = zipfile_place(z, name, strcasecmp);
    if (i < z->count && strcasecmp(z->index[i].name, name) == 0)
        return z->index[i].member;
    return -1;
}

static int zipfile_error(zip_error_t *error, struct error *e)
{
    switch (lib->zip_error_code_zip(error)) {
    case ZIP_ER_NOPASSWD:
        return error_set(e, ERROR_ENCRYPTED, "encrypted; needs a password");
    case ZIP_ER_WRONGPASSWD:
        return error_set(e, ERROR_ENCRYPTED, "the password is wrong");
    case ZIP_ER_ENCRNOTSUPP:
        return error_set(e, ERROR_ENCRYPTED,
                         "encrypted by a method that is not known");
    case ZIP_ER_COMPNOTSUPP:
        return error_set(e, ERROR_UNSUPPORTED,
                         "compressed by a method that is not known");
    case ZIP_ER_CRC:
        return error_set(e, ERROR_DAMAGED, "the checksum is wrong");
    case ZIP_ER_INCONS:
        return error_set(e, ERROR_DAMAGED, "the archive's headers disagree");
    case ZIP_ER_EOF:
        return error_set(e, ERROR_DAMAGED, "its end is missing");
    case ZIP_ER_MEMORY:
        return error_set(e, ERROR_MEMORY, "out of memory");
    default:
        return error_set(e, ERROR_DAMAGED, "the compressed data are damaged");
    }
}

/* Reads until the end of the data, whatever size the headers promise. */
static int zipfile_pass(struct zipfile *z, zip_file_t *file, size_t limit,
                        zipfile_piece *piece, void *context, struct error *e)
{
    char data[ZIPFILE_PIECE];
    size_t passed = 0;
    for (;;) {
        zip_int64_t n = lib->zip_fread(file, data, sizeof data);
        if (n < 0)
            return zipfile_error(lib->zip_file_get_error(file), e);
        if (n == 0)
            return 0;
        z->inflated += (uint64_t)n;
        size_t size = (size_t)n < limit - passed ? (size_t)n : limit - passed;
        if (piece(context, data, size) != 0)
            return 1;
        passed += size;
        if (size < (size_t)n)
            return error_set(e, ERROR_LIMIT, "larger than %zu MiB",
                             limit >> 20);
        if (z->inflated > ZIPFILE_TOTAL)
            return error_set(e, ERROR_LIMIT,
                             "the archive inflates to more than %u MiB",
                             (unsigned)(ZIPFILE_TOTAL >> 20));
    }
}

int zipfile_stream(struct zipfile *z, int64_t member, size_t limit,
                   zipfile_piece *piece, void *context, struct error *e)
{
    if (member < 0 || member >= z->count)
        return error_set(e, ERROR_DAMAGED, "not in the archive");
    zip_file_t *file = lib->zip_fopen_index_encrypted(
        z->zip, (zip_uint64_t)member, ZIP_FL_UNCHANGED, z->password);
    if (!file)
        return zipfile_error(lib->zip_get_error(z->zip), e);
    int r = zipfile_pass(z, file, limit, piece, context, e);
    lib->zip_fclose(file);
    return r;
}

static int zipfile_append(void *context, const char *data, size_t size)
{
    buffer_append(context, data, size);
    return 0;
}

int zipfile_read(struct zipfile *z, int64_t member, size_t limit,
                 struct buffer *out, struct error *e)
{
    return zipfile_stream(z, member, limit, zipfile_append, out, e);
}

void zipfile_close(struct zipfile *z)
{
    if (!z)
        return;
    for (int64_t i = 0; z->names && i < z->count; i++)
        free(z->names[i]);
    free(z->names);
    free(z->index);
    lib->zip_discard(z->zip);
    if (z->password)
        explicit_bzero(z->password, strlen(z->password));
    free(z->password);
    free(z);
}
