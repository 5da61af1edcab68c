/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archive.c - archives and single compressed files, by libarchive: each regular
 * file in one is a member. Nothing is ever written: links and devices, and what
 * their names say, are left out. An archive object belongs to one document, so to
 * one thread at a time. */
#include <config.h>

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/little.h"
#include "format/archive.h"
#include "format/archivename.h"
#include "format/library.h"
#include "format/unpack.h"

/* Read at once. */
#define ARCHIVE_PIECE ((size_t)64 << 10)
/* Headers that may be unreadable before it is given up; and blocks of a tape archive,
 * of 512 bytes, that are none, until one is found again. */
#define ARCHIVE_BAD 100
#define ARCHIVE_BAD_BLOCKS (1 << 20)
/* Members whose names are looked at to tell their character set. */
#define ARCHIVE_NAMES 4096

#define ARCHIVE_CALLS(call)                    \
    call(archive_entry_filetype)               \
    call(archive_entry_hardlink)               \
    call(archive_entry_is_data_encrypted)      \
    call(archive_entry_mtime)                  \
    call(archive_entry_mtime_is_set)           \
    call(archive_entry_mtime_nsec)             \
    call(archive_entry_pathname)               \
    call(archive_entry_pathname_utf8)          \
    call(archive_entry_size)                   \
    call(archive_entry_size_is_set)            \
    call(archive_error_string)                 \
    call(archive_filter_code)                  \
    call(archive_format)                       \
    call(archive_read_add_passphrase)          \
    call(archive_read_data_block)              \
    call(archive_read_free)                    \
    call(archive_read_has_encrypted_entries)   \
    call(archive_read_new)                     \
    call(archive_read_next_header)             \
    call(archive_read_open)                    \
    call(archive_read_open_memory)             \
    call(archive_read_support_filter_bzip2)    \
    call(archive_read_support_filter_compress) \
    call(archive_read_support_filter_gzip)     \
    call(archive_read_support_filter_lz4)      \
    call(archive_read_support_filter_lzip)     \
    call(archive_read_support_filter_lzma)     \
    call(archive_read_support_filter_rpm)      \
    call(archive_read_support_filter_xz)       \
    call(archive_read_support_filter_zstd)     \
    call(archive_read_support_format_7zip)     \
    call(archive_read_support_format_ar)       \
    call(archive_read_support_format_cab)      \
    call(archive_read_support_format_cpio)     \
    call(archive_read_support_format_empty)    \
    call(archive_read_support_format_iso9660)  \
    call(archive_read_support_format_lha)      \
    call(archive_read_support_format_rar)      \
    call(archive_read_support_format_rar5)     \
    call(archive_read_support_format_raw)      \
    call(archive_read_support_format_tar)      \
    call(archive_read_support_format_xar)      \
    call(archive_read_support_format_zip)      \
    call(archive_version_string)

LIBRARY(ARCHIVE_CALLS)

/* What one document says about how to read it. */
struct format_document {
    const unsigned char *data;
    size_t size;
    char *name; /* that of a single compressed file's content */
    char *password;
    struct unpack *unpack; /* what its bytes come from; NULL: they are as they are */
    unsigned page; /* the code page of names that are not UTF-8; 0: not looked for */
};

/* Names are turned into the character set of the locale, which must not be the
 * caller's: a worker has another. */
static locale_t archive_locale;

static void archive_load(void)
{
    archive_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    LIBRARY_LOAD(ARCHIVE_SONAME);
}

static bool archive_is_loaded(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, archive_load);
    return lib_missing == NULL;
}

void archive_prepare(void)
{
    archive_is_loaded();
    unpack_prepare();
}

char *archive_library(void)
{
    /* archive_version_details() would leak each time. */
    return archive_is_loaded() ? xstrdup(lib->archive_version_string())
                               : xstrdup("libarchive (missing)");
}

/* The last component of PATH without the ending of a compressed file. */
static char *archive_inner_name(const char *path)
{
    static const char *const endings[] = {
        ".gz", ".bz2", ".xz", ".zst", ".lz4", ".lz", ".lzma", ".Z",
    };
    const char *slash = path ? strrchr(path, '/') : NULL;
    const char *base = slash ? slash + 1 : path ? path : "";
    size_t size = strlen(base);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t end = strlen(endings[i]);
        if (size > end && !strcasecmp(base + size - end, endings[i]))
            return xstrndup(base, size - end);
    }
    return xstrdup(size ? base : "data");
}

static int archive_fail(struct archive *a, enum error_kind kind, struct error *e)
{
    const char *why = lib->archive_error_string(a);
    if (lib->archive_read_has_encrypted_entries(a) == 1 && why &&
        (strstr(why, "rypt") || strstr(why, "assphrase")))
        kind = ERROR_ENCRYPTED;
    if (kind == ERROR_ENCRYPTED)
        return error_set(e, kind, "encrypted: %s", why ? why : "no password");
    return error_set(e, kind, "%s", why ? why : "the archive is damaged");
}

/* All that libarchive reads by itself: its other filters run programs. */
static void archive_support_filters(struct archive *a)
{
    lib->archive_read_support_filter_bzip2(a);
    lib->archive_read_support_filter_compress(a);
    lib->archive_read_support_filter_gzip(a);
    lib->archive_read_support_filter_lz4(a);
    lib->archive_read_support_filter_lzip(a);
    lib->archive_read_support_filter_lzma(a);
    lib->archive_read_support_filter_rpm(a);
    lib->archive_read_support_filter_xz(a);
    lib->archive_read_support_filter_zstd(a);
}

static void archive_support_formats(struct archive *a)
{
    lib->archive_read_support_format_7zip(a);
    lib->archive_read_support_format_ar(a);
    lib->archive_read_support_format_cab(a);
    lib->archive_read_support_format_cpio(a);
    lib->archive_read_support_format_iso9660(a);
    lib->archive_read_support_format_lha(a);
    lib->archive_read_support_format_rar(a);
    lib->archive_read_support_format_rar5(a);
    lib->archive_read_support_format_tar(a);
    lib->archive_read_support_format_xar(a);
    lib->archive_read_support_format_zip(a);
}

/* What a compressed file may be but one member, which may well be an archive, or a
 * document that is one: those that are made to be compressed as a whole. */
static void archive_support_packed(struct archive *a)
{
    lib->archive_read_support_format_cpio(a);
    lib->archive_read_support_format_empty(a);
    lib->archive_read_support_format_raw(a);
    lib->archive_read_support_format_tar(a);
}

static la_ssize_t archive_unpack(struct archive *a, void *ctx, const void **piece)
{
    (void)a;
    return (la_ssize_t)unpack_read(ctx, piece);
}

static struct archive *archive_start(const struct format_document *d, struct error *e)
{
    struct archive *a = lib->archive_read_new();
    if (!a) {
        error_set_errno(e, ERROR_MEMORY, ENOMEM, "%s", "");
        return NULL;
    }
    if (archive_is_packed(d->data, d->size))
        archive_support_packed(a);
    else
        archive_support_formats(a);
    if (!d->unpack)
        archive_support_filters(a);
    if (d->password)
        lib->archive_read_add_passphrase(a, d->password);
    int rc = d->unpack
                 ? lib->archive_read_open(a, d->unpack, NULL, archive_unpack, NULL)
                 : lib->archive_read_open_memory(a, d->data, d->size);
    if (rc != ARCHIVE_OK) {
        archive_fail(a, ERROR_DAMAGED, e);
        lib->archive_read_free(a);
        return NULL;
    }
    return a;
}

/* Whether the bytes of D end too early, with the reason in E. */
static bool archive_is_cut(const struct format_document *d, struct error *e)
{
    return d->unpack && unpack_is_flawed(d->unpack, e);
}

/* What libarchive cannot decrypt it would give as it is. */
static bool archive_is_locked(struct archive *a, struct archive_entry *entry)
{
    return lib->archive_entry_is_data_encrypted(entry) &&
           (lib->archive_format(a) & ARCHIVE_FORMAT_BASE_MASK) != ARCHIVE_FORMAT_ZIP;
}

void archive_close(struct format_document *d)
{
    if (!d)
        return;
    free(d->name);
    free(d->password);
    free(d);
}

struct format_document *archive_open(const struct format_input *input,
                                     struct format_info *info, struct error *e)
{
    if (!archive_is_loaded()) {
        error_set(e, ERROR_UNSUPPORTED, "libarchive is missing: %s", lib_missing);
        return NULL;
    }
    struct format_document *d = xcalloc(1, sizeof *d);
    d->data = input->data;
    d->size = input->size;
    d->name = archive_inner_name(input->name);
    d->password = input->password ? xstrdup(input->password) : NULL;
    info->pages = 1;
    return d;
}

/* The zeros that a sparse file has from AT to END. */
static int archive_emit_hole(struct emit *emit, int64_t at, int64_t end)
{
    static const char none[ARCHIVE_PIECE];
    int rc = 0;
    while (rc == 0 && at < end) {
        size_t n = end - at < (int64_t)sizeof none ? (size_t)(end - at) : sizeof none;
        rc = emit->member_data(emit, none, n);
        at += (int64_t)n;
    }
    return rc;
}

/* The bytes of the member that is open, block by block: archive_read_data would keep
 * those back that stand before an error. A warning comes with bytes: a checksum or a
 * size that is wrong. 0; -1: no more is wanted, or A cannot be read any further, which
 * is in E then. */
static int archive_emit_data(const struct format_document *d, struct archive *a,
                             struct archive_entry *entry, struct emit *emit,
                             struct error *e)
{
    const void *block;
    size_t size;
    int64_t offset, at = 0;
    int got;
    struct error why = { 0 };
    if (archive_is_locked(a, entry)) {
        error_set(&why, ERROR_ENCRYPTED, "encrypted, in a way that cannot be read");
        return emit->member_end(emit, &why);
    }
    while ((got = lib->archive_read_data_block(a, &block, &size, &offset)) >=
               ARCHIVE_WARN ||
           got == ARCHIVE_RETRY) {
        if (got == ARCHIVE_EOF)
            break;
        if (got == ARCHIVE_RETRY)
            continue;
        if (got == ARCHIVE_WARN && why.kind == ERROR_NONE)
            archive_fail(a, ERROR_DAMAGED, &why);
        if (archive_emit_hole(emit, at, offset) != 0 ||
            (size > 0 && emit->member_data(emit, block, size) != 0))
            return -1;
        at = offset + (int64_t)size;
    }
    /* A single file ends where its bytes do. */
    bool cut = lib->archive_format(a) == ARCHIVE_FORMAT_RAW && archive_is_cut(d, &why);
    if (got == ARCHIVE_EOF && !cut)
        return emit->member_end(emit, why.kind == ERROR_NONE ? NULL : &why);
    if (!cut)
        archive_fail(a, lib->archive_entry_is_data_encrypted(entry) ? ERROR_ENCRYPTED
                                                                   : ERROR_DAMAGED,
                     &why);
    if (emit->member_end(emit, &why) != 0)
        return -1;
    if (got == ARCHIVE_FATAL)
        *e = why;
    return got == ARCHIVE_FATAL ? -1 : 0;
}

/* Whether ENTRY is a file of its own: not a directory, a device, or a link. Some
 * archives do not say what it is. */
static bool archive_is_file(struct archive_entry *entry)
{
    bool linked = lib->archive_entry_hardlink(entry) != NULL &&
                  lib->archive_entry_size(entry) == 0;
    unsigned type = lib->archive_entry_filetype(entry);
    return (type == AE_IFREG || type == 0) && !linked;
}

/* The bytes of names that are not UTF-8, one a line. */
static void archive_gather_names(const struct format_document *d, struct buffer *names)
{
    struct error ignored = { 0 };
    struct archive_entry *entry;
    struct archive *a = archive_start(d, &ignored);
    for (int i = 0; a && i < ARCHIVE_NAMES; i++) {
        if (lib->archive_read_next_header(a, &entry) != ARCHIVE_OK)
            break;
        const char *name = lib->archive_entry_pathname(entry);
        if (name && archivename_is_foreign(name)) {
            buffer_append(names, name, strlen(name));
            buffer_append_char(names, '\n');
        }
    }
    if (a)
        lib->archive_read_free(a);
}

/* NAME in UTF-8, to be freed. What it is in shows from all names of the archive, if
 * these are to be had without all that is between them. */
static char *archive_decode_name(struct format_document *d, struct archive *a,
                                 const char *name)
{
    bool packed = d->unpack || lib->archive_filter_code(a, 0) != ARCHIVE_FILTER_NONE;
    struct buffer names = { 0 };
    unsigned page = d->page;
    if (!page) {
        if (!packed)
            archive_gather_names(d, &names);
        if (!names.size)
            buffer_append(&names, name, strlen(name));
        page = archivename_page((const unsigned char *)names.data, names.size);
        buffer_free(&names);
        if (!packed)
            d->page = page;
    }
    return archivename_convert(name, page);
}

static int archive_emit_entry(struct format_document *d, struct archive *a,
                              struct archive_entry *entry, struct emit *emit,
                              struct error *e)
{
    bool single = lib->archive_format(a) == ARCHIVE_FORMAT_RAW;
    const char *name = single ? d->name : lib->archive_entry_pathname(entry);
    if (!name)
        name = lib->archive_entry_pathname_utf8(entry);
    struct member m = { .name = name, .size = -1 };
    if (lib->archive_entry_size_is_set(entry) && lib->archive_entry_size(entry) >= 0)
        m.size = lib->archive_entry_size(entry);
    /* The years up to 2262, which fit. */
    int64_t seconds = lib->archive_entry_mtime(entry);
    if (!single && lib->archive_entry_mtime_is_set(entry) && seconds > 0 &&
        seconds < INT64_MAX / 1000000000)
        m.mtime_ns = seconds * 1000000000 + lib->archive_entry_mtime_nsec(entry);
    char *decoded = name && archivename_is_foreign(name)
                        ? archive_decode_name(d, a, name)
                        : NULL;
    if (decoded)
        m.name = decoded;
    int rc = emit->member_begin(emit, &m);
    free(decoded);
    return rc == 0 ? archive_emit_data(d, a, entry, emit, e) : rc < 0 ? -1 : 0;
}

/* What of a RAR archive is in another file shows in its headers alone: bit 0 of the
 * flags of the main one. */
static bool archive_is_volume(const unsigned char *p, size_t size)
{
    if (size < 20 || memcmp(p, "Rar!\x1a\7", 6) != 0)
        return false;
    if (p[6] == 0)
        return little16(p + 10) & 1;
    /* Behind a checksum: size, type and flags, all of one byte here, an area's size
     * when bit 0 of them says so, and flags of the archive. */
    size_t at = 8 + 4 + 3 + (p[14] & 1);
    return p[13] == 1 && p[at] & 1;
}

/* Whether more headers are wanted after one that came to RC. */
static int archive_pass_bad(struct archive *a, int rc, int *bad, struct error *e)
{
    int most = rc == ARCHIVE_RETRY ? ARCHIVE_BAD_BLOCKS : ARCHIVE_BAD;
    return rc == ARCHIVE_FATAL || ++*bad > most ? archive_fail(a, ERROR_DAMAGED, e) : 0;
}

/* What is compressed is nothing: a file without a byte. */
static int archive_emit_empty(const struct format_document *d, struct emit *emit)
{
    int rc = emit->member_begin(emit, &(struct member){ .name = d->name });
    return rc == 0 ? emit->member_end(emit, NULL) : rc < 0 ? -1 : 0;
}

/* All members. 0, or -1 with E: none or some are missing. */
static int archive_walk(struct format_document *d, struct archive *a,
                        struct emit *emit, struct error *e)
{
    struct archive_entry *entry;
    int bad = 0, rc;
    while ((rc = lib->archive_read_next_header(a, &entry)) != ARCHIVE_EOF) {
        if (rc < ARCHIVE_WARN || rc == ARCHIVE_RETRY) {
            if (archive_pass_bad(a, rc, &bad, e) != 0)
                return -1;
        } else if (archive_is_file(entry) &&
                   archive_emit_entry(d, a, entry, emit, e) != 0) {
            return -1;
        }
    }
    if (archive_is_cut(d, e))
        return -1;
    if (lib->archive_format(a) == ARCHIVE_FORMAT_EMPTY)
        return archive_emit_empty(d, emit);
    if (archive_is_volume(d->data, d->size))
        return error_set(e, ERROR_DAMAGED,
                         "a part of an archive: what is in other parts is missing");
    return bad > 0 ? error_set(e, ERROR_DAMAGED, "some of its members are unreadable")
                   : 0;
}

int archive_page(struct format_document *d, int page, struct emit *emit,
                 struct error *e)
{
    (void)page;
    if (!emit->member_begin)
        return error_set(e, ERROR_UNSUPPORTED, "its members are not extracted here");
    locale_t former = archive_locale ? uselocale(archive_locale) : (locale_t)0;
    d->unpack = unpack_create(d->data, d->size);
    struct archive *a = archive_start(d, e);
    int rc = a ? archive_walk(d, a, emit, e) : -1;
    if (a)
        lib->archive_read_free(a);
    unpack_destroy(d->unpack);
    d->unpack = NULL;
    if (former)
        uselocale(former);
    return rc;
}
