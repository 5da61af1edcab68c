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
#include "detect/magic.h"
#include "format/library.h"
#include "format/registry.h"

/* Read at once. */
#define ARCHIVE_PIECE ((size_t)64 << 10)
/* Headers in a row that may be unreadable before it is given up. */
#define ARCHIVE_BAD 100

/* More sure than the magic numbers that name the same types. */
#define ARCHIVE_BID (MAGIC_TEXTUAL + 5)

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
    call(archive_format)                       \
    call(archive_read_add_passphrase)          \
    call(archive_read_data_block)              \
    call(archive_read_free)                    \
    call(archive_read_has_encrypted_entries)   \
    call(archive_read_new)                     \
    call(archive_read_next_header)             \
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
    call(archive_read_support_format_iso9660)  \
    call(archive_read_support_format_rar)      \
    call(archive_read_support_format_rar5)     \
    call(archive_read_support_format_raw)      \
    call(archive_read_support_format_tar)      \
    call(archive_read_support_format_zip)      \
    call(archive_version_string)

LIBRARY(ARCHIVE_CALLS)

/* What one document says about how to read it. */
struct format_document {
    const unsigned char *data;
    size_t size;
    char *name; /* that of a single compressed file's content */
    char *password;
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

static void archive_prepare(void)
{
    archive_is_loaded();
}

static char *archive_library(void)
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
        (strstr(why, "ncrypt") || strstr(why, "assphrase")))
        kind = ERROR_ENCRYPTED;
    if (kind == ERROR_ENCRYPTED)
        return error_set(e, kind, "encrypted: %s", why ? why : "no password");
    return error_set(e, kind, "%s", why ? why : "the archive is damaged");
}

/* All that libarchive reads by itself: its other filters run programs. */
static struct archive *archive_start(const struct format_document *d, struct error *e)
{
    struct archive *a = lib->archive_read_new();
    if (!a) {
        error_set_errno(e, ERROR_MEMORY, ENOMEM, "%s", "");
        return NULL;
    }
    lib->archive_read_support_filter_bzip2(a);
    lib->archive_read_support_filter_compress(a);
    lib->archive_read_support_filter_gzip(a);
    lib->archive_read_support_filter_lz4(a);
    lib->archive_read_support_filter_lzip(a);
    lib->archive_read_support_filter_lzma(a);
    lib->archive_read_support_filter_rpm(a);
    lib->archive_read_support_filter_xz(a);
    lib->archive_read_support_filter_zstd(a);
    lib->archive_read_support_format_7zip(a);
    lib->archive_read_support_format_ar(a);
    lib->archive_read_support_format_cab(a);
    lib->archive_read_support_format_cpio(a);
    lib->archive_read_support_format_iso9660(a);
    lib->archive_read_support_format_rar(a);
    lib->archive_read_support_format_rar5(a);
    lib->archive_read_support_format_raw(a);
    lib->archive_read_support_format_tar(a);
    lib->archive_read_support_format_zip(a);
    if (d->password)
        lib->archive_read_add_passphrase(a, d->password);
    if (lib->archive_read_open_memory(a, d->data, d->size) != ARCHIVE_OK) {
        archive_fail(a, ERROR_DAMAGED, e);
        lib->archive_read_free(a);
        return NULL;
    }
    return a;
}

static void archive_close(struct format_document *d)
{
    if (!d)
        return;
    free(d->name);
    free(d->password);
    free(d);
}

static struct format_document *archive_open(const struct format_input *input,
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
 * those back that stand before an error. 0; -1: no more is wanted, or A cannot be read
 * any further, which is in E then. */
static int archive_emit_data(struct archive *a, struct archive_entry *entry,
                             struct emit *emit, struct error *e)
{
    const void *block;
    size_t size;
    int64_t offset, at = 0;
    int got;
    while ((got = lib->archive_read_data_block(a, &block, &size, &offset)) >=
               ARCHIVE_WARN ||
           got == ARCHIVE_RETRY) {
        if (got == ARCHIVE_EOF)
            return emit->member_end(emit, NULL);
        if (got == ARCHIVE_RETRY)
            continue;
        if (archive_emit_hole(emit, at, offset) != 0 ||
            (size > 0 && emit->member_data(emit, block, size) != 0))
            return -1;
        at = offset + (int64_t)size;
    }
    struct error why = { 0 };
    archive_fail(a, lib->archive_entry_is_data_encrypted(entry) ? ERROR_ENCRYPTED
                                                               : ERROR_DAMAGED, &why);
    if (emit->member_end(emit, &why) != 0)
        return -1;
    if (got == ARCHIVE_FATAL)
        *e = why;
    return got == ARCHIVE_FATAL ? -1 : 0;
}

/* Whether ENTRY is a file of its own: not a directory, a device, or a link. */
static bool archive_is_file(struct archive_entry *entry)
{
    bool linked = lib->archive_entry_hardlink(entry) != NULL &&
                  lib->archive_entry_size(entry) == 0;
    return lib->archive_entry_filetype(entry) == AE_IFREG && !linked;
}

static int archive_emit_entry(const struct format_document *d, struct archive *a,
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
    int rc = emit->member_begin(emit, &m);
    return rc == 0 ? archive_emit_data(a, entry, emit, e) : rc < 0 ? -1 : 0;
}

/* All members. 0, or -1 with E: none or some are missing. */
static int archive_walk(const struct format_document *d, struct archive *a,
                        struct emit *emit, struct error *e)
{
    struct archive_entry *entry;
    int bad = 0, rc;
    while ((rc = lib->archive_read_next_header(a, &entry)) != ARCHIVE_EOF) {
        if (rc == ARCHIVE_FATAL || (rc < ARCHIVE_WARN && ++bad > ARCHIVE_BAD))
            return archive_fail(a, ERROR_DAMAGED, e);
        if (rc < ARCHIVE_WARN)
            continue;
        if (archive_is_file(entry) && archive_emit_entry(d, a, entry, emit, e) != 0)
            return -1;
    }
    return bad > 0 ? error_set(e, ERROR_DAMAGED, "some of its members are unreadable")
                   : 0;
}

static int archive_page(struct format_document *d, int page, struct emit *emit,
                        struct error *e)
{
    (void)page;
    if (!emit->member_begin)
        return error_set(e, ERROR_UNSUPPORTED, "its members are not extracted here");
    locale_t former = archive_locale ? uselocale(archive_locale) : (locale_t)0;
    struct archive *a = archive_start(d, e);
    int rc = a ? archive_walk(d, a, emit, e) : -1;
    if (a)
        lib->archive_read_free(a);
    if (former)
        uselocale(former);
    return rc;
}

static bool archive_begins(const struct peek *peek, size_t at, const char *mark,
                           size_t size)
{
    return peek->head_size >= at + size && !memcmp(peek->head + at, mark, size);
}
#define BEGINS(at, mark) archive_begins(peek, at, mark, sizeof mark - 1)

static int archive_bid_zip_type(const struct peek *peek, const char *type)
{
    return peek->container && !strcmp(peek->container, type) ? ARCHIVE_BID : 0;
}

/* The sum of a header's bytes, its own field taken as blanks (POSIX pax, ustar).
 * Archives of the seventh edition have no mark but that. */
static bool archive_is_tar(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 512 || p[0] == '\0')
        return false;
    unsigned sum = 0, said = 0;
    for (int i = 0; i < 512; i++)
        sum += i >= 148 && i < 156 ? ' ' : p[i];
    int at = 148;
    while (at < 154 && p[at] == ' ')
        at++;
    for (; at < 156 && p[at] >= '0' && p[at] <= '7'; at++)
        said = said * 8 + (unsigned)(p[at] - '0');
    return said == sum;
}

static bool archive_is_new_cpio(const struct peek *peek)
{
    if (!BEGINS(0, "070701") && !BEGINS(0, "070702") && !BEGINS(0, "070707"))
        return false;
    /* Digits all the way, which no text has. */
    size_t size = BEGINS(0, "070707") ? 76 : 110;
    if (peek->head_size < size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (!strchr("0123456789abcdefABCDEF", peek->head[i]) || !peek->head[i])
            return false;
    return true;
}

static bool archive_is_iso(const struct peek *peek)
{
    static const char mark[] = "\1CD001";
    size_t size = sizeof mark - 1;
    uint64_t tail_at = peek->size - peek->tail_size;
    if (tail_at <= PEEK_IMAGE && peek->size >= PEEK_IMAGE + size)
        return !memcmp(peek->tail + (PEEK_IMAGE - tail_at), mark, size);
    return peek->middle && peek->middle_at == PEEK_IMAGE && peek->middle_size >= size &&
           !memcmp(peek->middle, mark, size);
}

#define ARCHIVE_BID_FUNCTION(id, condition)                \
    static int archive_bid_##id(const struct peek *peek)   \
    {                                                      \
        return (condition) ? ARCHIVE_BID : 0;              \
    }

static int archive_bid_zip(const struct peek *peek)
{
    return archive_bid_zip_type(peek, "application/zip");
}

static int archive_bid_jar(const struct peek *peek)
{
    return archive_bid_zip_type(peek, "application/java-archive");
}

static int archive_bid_apk(const struct peek *peek)
{
    return archive_bid_zip_type(peek, "application/vnd.android.package-archive");
}

ARCHIVE_BID_FUNCTION(tar, archive_is_tar(peek))
ARCHIVE_BID_FUNCTION(7z, BEGINS(0, "7z\xbc\xaf\x27\x1c"))
ARCHIVE_BID_FUNCTION(rar, BEGINS(0, "Rar!\x1a\7"))
ARCHIVE_BID_FUNCTION(cpio, archive_is_new_cpio(peek) || BEGINS(0, "\xc7\x71"))
ARCHIVE_BID_FUNCTION(iso, archive_is_iso(peek))
ARCHIVE_BID_FUNCTION(deb, BEGINS(0, "!<arch>\n") && BEGINS(8, "debian-binary"))
ARCHIVE_BID_FUNCTION(ar, BEGINS(0, "!<arch>\n") && !BEGINS(8, "debian-binary"))
ARCHIVE_BID_FUNCTION(cab, BEGINS(0, "MSCF\0\0\0\0"))
ARCHIVE_BID_FUNCTION(rpm, BEGINS(0, "\xed\xab\xee\xdb"))
ARCHIVE_BID_FUNCTION(gzip, BEGINS(0, "\x1f\x8b\x08"))
ARCHIVE_BID_FUNCTION(bzip2, BEGINS(0, "BZh") && BEGINS(4, "1AY&SY"))
ARCHIVE_BID_FUNCTION(xz, BEGINS(0, "\xfd" "7zXZ\0"))
ARCHIVE_BID_FUNCTION(zstd, BEGINS(0, "\x28\xb5\x2f\xfd"))
ARCHIVE_BID_FUNCTION(lz4, BEGINS(0, "\x04\x22\x4d\x18"))
ARCHIVE_BID_FUNCTION(lzip, BEGINS(0, "LZIP\1"))
ARCHIVE_BID_FUNCTION(compress, BEGINS(0, "\x1f\x9d"))

#define ARCHIVE_FORMAT(id, word, type, endings, words) \
    const struct format format_##id = {                \
        .name = word,                                  \
        .media_type = type,                            \
        .extensions = endings,                         \
        .description = words,                          \
        .flags = FORMAT_ARCHIVE | FORMAT_HOLDS,        \
        .bid = archive_bid_##id,                       \
        .open = archive_open,                          \
        .page = archive_page,                          \
        .close = archive_close,                        \
        .prepare = archive_prepare,                    \
        .library = archive_library,                    \
    };

ARCHIVE_FORMAT(zip, "zip", "application/zip", "zip", "ZIP archive")
ARCHIVE_FORMAT(jar, "jar", "application/java-archive", "jar war ear", "Java archive")
ARCHIVE_FORMAT(apk, "apk", "application/vnd.android.package-archive", "apk",
               "Android package")
ARCHIVE_FORMAT(tar, "tar", "application/x-tar", "tar", "tape archive")
ARCHIVE_FORMAT(7z, "7z", "application/x-7z-compressed", "7z", "7-Zip archive")
ARCHIVE_FORMAT(rar, "rar", "application/vnd.rar", "rar", "RAR archive")
ARCHIVE_FORMAT(cpio, "cpio", "application/x-cpio", "cpio", "cpio archive")
ARCHIVE_FORMAT(iso, "iso", "application/x-iso9660-image", "iso", "ISO 9660 disk image")
ARCHIVE_FORMAT(ar, "ar", "application/x-archive", "a ar", "Unix archive")
ARCHIVE_FORMAT(deb, "deb", "application/vnd.debian.binary-package", "deb udeb",
               "Debian package")
ARCHIVE_FORMAT(cab, "cab", "application/vnd.ms-cab-compressed", "cab", "Cabinet file")
ARCHIVE_FORMAT(rpm, "rpm", "application/x-rpm", "rpm", "RPM package")
ARCHIVE_FORMAT(gzip, "gzip", "application/gzip", "gz tgz", "gzip-compressed file")
ARCHIVE_FORMAT(bzip2, "bzip2", "application/x-bzip2", "bz2 tbz2",
               "bzip2-compressed file")
ARCHIVE_FORMAT(xz, "xz", "application/x-xz", "xz txz", "xz-compressed file")
ARCHIVE_FORMAT(zstd, "zstd", "application/zstd", "zst tzst", "Zstandard-compressed file")
ARCHIVE_FORMAT(lz4, "lz4", "application/x-lz4", "lz4", "LZ4-compressed file")
ARCHIVE_FORMAT(lzip, "lzip", "application/x-lzip", "lz", "lzip-compressed file")
ARCHIVE_FORMAT(compress, "compress", "application/x-compress", "Z",
               "compress-compressed file")
