/* SPDX-License-Identifier: GPL-3.0-or-later */
/* archivekinds.c - how the kinds of archives and compressed files are told, and
 * their names. */
#include <config.h>

#include <string.h>

#include "base/little.h"
#include "detect/magic.h"
#include "format/archive.h"
#include "format/registry.h"
#include "format/unpack.h"

/* More sure than the magic numbers that name the same types. */
#define ARCHIVE_BID (MAGIC_TEXTUAL + 5)

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

/* The sizes of levels 0 and 1 have the sum of the header before its method. */
static bool archive_is_lha(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 24 || p[2] != '-' || p[3] != 'l' || p[6] != '-' ||
        (p[4] != 'h' && p[4] != 'z') || !strchr("01234567ds", p[5]) || !p[5] ||
        p[20] > 2)
        return false;
    size_t end = (size_t)p[0] + 2;
    if (p[20] == 2 || end > peek->head_size)
        return p[20] == 2;
    unsigned sum = 0;
    for (size_t i = 2; i < end; i++)
        sum += p[i];
    return (sum & 0xff) == p[1];
}

static bool archive_is_packed_by(const struct peek *peek, const char *name)
{
    const char *is = unpack_name(peek->head, peek->head_size, peek->size);
    return is && !strcmp(is, name);
}

#define ARCHIVE_BID_FUNCTION(id, condition)                \
    static int archive_bid_##id(const struct peek *peek)   \
    {                                                      \
        return (condition) ? ARCHIVE_BID : 0;              \
    }

/* A program, or a script, with a ZIP archive behind it that it unpacks: by an end
 * record (APPNOTE 4.3.16) that ends the file, and what it points to. */
static bool archive_is_program_with_zip(const struct peek *peek)
{
    if (!BEGINS(0, "MZ") && !BEGINS(0, "\x7f" "ELF") && !BEGINS(0, "#!"))
        return false;
    const unsigned char *tail = peek->tail;
    for (size_t at = peek->tail_size < 22 ? 0 : peek->tail_size - 21; at-- > 0;) {
        if (memcmp(tail + at, "PK\5\6", 4) != 0)
            continue;
        size_t directory = little32(tail + at + 12);
        return at + 22 + little16(tail + at + 20) == peek->tail_size &&
               little16(tail + at + 10) > 0 &&
               (directory > at || !memcmp(tail + at - directory, "PK\1\2", 4));
    }
    return false;
}

static int archive_bid_zip(const struct peek *peek)
{
    if (!peek->container && archive_is_program_with_zip(peek))
        return ARCHIVE_BID;
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
ARCHIVE_BID_FUNCTION(gzip, archive_is_packed_by(peek, "gzip"))
ARCHIVE_BID_FUNCTION(bzip2, archive_is_packed_by(peek, "bzip2"))
ARCHIVE_BID_FUNCTION(xz, archive_is_packed_by(peek, "xz"))
ARCHIVE_BID_FUNCTION(zstd, archive_is_packed_by(peek, "zstd"))
ARCHIVE_BID_FUNCTION(lz4, archive_is_packed_by(peek, "lz4"))
ARCHIVE_BID_FUNCTION(lzip, archive_is_packed_by(peek, "lzip"))
ARCHIVE_BID_FUNCTION(compress, BEGINS(0, "\x1f\x9d"))
ARCHIVE_BID_FUNCTION(lzma, archive_is_packed_by(peek, "lzma"))
ARCHIVE_BID_FUNCTION(lha, archive_is_lha(peek))
ARCHIVE_BID_FUNCTION(xar, BEGINS(0, "xar!\0\x1c\0\1"))

bool archive_is_packed(const unsigned char *data, size_t size)
{
    struct peek peek = { .head = data, .head_size = size, .size = size };
    return unpack_name(data, size, size) || archive_bid_compress(&peek);
}

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
ARCHIVE_FORMAT(lha, "lha", "application/x-lzh-compressed", "lha lzh", "LHA archive")
ARCHIVE_FORMAT(xar, "xar", "application/x-xar", "xar pkg", "xar archive")
ARCHIVE_FORMAT(gzip, "gzip", "application/gzip", "gz tgz", "gzip-compressed file")
ARCHIVE_FORMAT(bzip2, "bzip2", "application/x-bzip2", "bz2 tbz2",
               "bzip2-compressed file")
ARCHIVE_FORMAT(xz, "xz", "application/x-xz", "xz txz", "xz-compressed file")
ARCHIVE_FORMAT(zstd, "zstd", "application/zstd", "zst tzst", "Zstandard-compressed file")
ARCHIVE_FORMAT(lz4, "lz4", "application/x-lz4", "lz4", "LZ4-compressed file")
ARCHIVE_FORMAT(lzip, "lzip", "application/x-lzip", "lz", "lzip-compressed file")
ARCHIVE_FORMAT(compress, "compress", "application/x-compress", "Z",
               "compress-compressed file")
ARCHIVE_FORMAT(lzma, "lzma", "application/x-lzma", "lzma", "LZMA-compressed file")
