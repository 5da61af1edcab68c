/* SPDX-License-Identifier: GPL-3.0-or-later */
/* magic.c - a table of signatures. The first that fits wins, so the special
 * ones of a family stand before the general. */
#include <config.h>

#include "detect/magic.h"

#include <string.h>

struct signature {
    const char *media_type;
    unsigned at; /* offset of the first mark */
    unsigned char size;
    const char *mark;
    /* A second mark that must fit too; size 0: none. */
    unsigned char second_size;
    unsigned second_at;
    const char *second;
};

/* Sizes follow from the literals, which may hold NULs. */
#define AT(offset, literal, type) \
    {.media_type = type, .at = offset, .mark = literal, .size = sizeof(literal) - 1}
#define BOTH(offset, literal, offset2, literal2, type) \
    {.media_type = type, .at = offset, .mark = literal, \
     .size = sizeof(literal) - 1, .second_at = offset2, .second = literal2, \
     .second_size = sizeof(literal2) - 1}

static const struct signature signatures[] = {
    /* images */
    AT(0, "\x89PNG\r\n\x1a\n", "image/png"),
    AT(0, "\xff\xd8\xff", "image/jpeg"),
    AT(0, "GIF87a", "image/gif"),
    AT(0, "GIF89a", "image/gif"),
    BOTH(0, "RIFF", 8, "WEBP", "image/webp"),
    AT(0, "II*\0", "image/tiff"),
    AT(0, "MM\0*", "image/tiff"),
    AT(0, "II+\0", "image/tiff"),
    AT(0, "MM\0+", "image/tiff"),
    BOTH(0, "BM", 6, "\0\0\0\0", "image/bmp"),
    BOTH(0, "\0\0\1\0", 9, "\0", "image/vnd.microsoft.icon"),
    AT(0, "8BPS", "image/vnd.adobe.photoshop"),
    AT(0, "AT&TFORM", "image/vnd.djvu"),
    AT(0, "\0\0\0\x0cjP  \r\n", "image/jp2"),
    AT(0, "\xff\x4f\xff\x51", "image/j2c"),
    AT(0, "\0\0\0\x0cJXL \r\n", "image/jxl"),
    AT(0, "gimp xcf ", "image/x-xcf"),
    AT(4, "ftypheic", "image/heif"),
    AT(4, "ftypheix", "image/heif"),
    AT(4, "ftypmif1", "image/heif"),
    AT(4, "ftypavif", "image/avif"),
    /* sound and video */
    AT(4, "ftypM4A", "audio/mp4"),
    AT(4, "ftypqt  ", "video/quicktime"),
    AT(4, "ftyp", "video/mp4"),
    AT(4, "moov", "video/quicktime"),
    AT(0, "OggS", "audio/ogg"),
    AT(0, "fLaC", "audio/flac"),
    BOTH(0, "RIFF", 8, "WAVE", "audio/x-wav"),
    BOTH(0, "RIFF", 8, "AVI ", "video/x-msvideo"),
    BOTH(0, "FORM", 8, "AIFF", "audio/x-aiff"),
    AT(0, "ID3", "audio/mpeg"),
    AT(0, "MThd\0\0\0\6", "audio/midi"),
    AT(0, "\x1a\x45\xdf\xa3", "video/x-matroska"),
    AT(0, "\0\0\1\xba", "video/mpeg"),
    AT(0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    AT(0, "FLV\1", "video/x-flv"),
    /* programs */
    AT(0, "\x7f" "ELF", "application/x-elf"),
    AT(0, "\xfe\xed\xfa\xce", "application/x-mach-binary"),
    AT(0, "\xfe\xed\xfa\xcf", "application/x-mach-binary"),
    AT(0, "\xce\xfa\xed\xfe", "application/x-mach-binary"),
    AT(0, "\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    /* A count of architectures stands where Java has its version. */
    BOTH(0, "\xca\xfe\xba\xbe", 4, "\0\0\0\1", "application/x-mach-binary"),
    BOTH(0, "\xca\xfe\xba\xbe", 4, "\0\0\0\2", "application/x-mach-binary"),
    BOTH(0, "\xca\xfe\xba\xbe", 4, "\0\0\0\3", "application/x-mach-binary"),
    AT(0, "\xca\xfe\xba\xbe", "application/java-vm"),
    AT(0, "\0asm\1\0\0\0", "application/wasm"),
    AT(0, "dex\n0", "application/x-dex"),
    AT(0, "MZ", "application/vnd.microsoft.portable-executable"),
    AT(0, "BC\xc0\xde", "application/x-llvm"),
    /* documents */
    AT(60, "BOOKMOBI", "application/x-mobipocket-ebook"),
    AT(60, "TEXtREAd", "application/x-palmdoc"),
    AT(0, "ITSF\3\0\0\0", "application/vnd.ms-htmlhelp"),
    AT(0, "\xff\x57\x50\x43", "application/vnd.wordperfect"),
    AT(0, "\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "application/onenote"),
    AT(0, "\xc5\xd0\xd3\xc6", "image/x-eps"),
    AT(0, "!BDN", "application/vnd.ms-outlook-pst"),
    AT(0, "\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    /* data */
    AT(0, "SQLite format 3\0", "application/vnd.sqlite3"),
    AT(4, "Standard Jet DB", "application/vnd.ms-access"),
    AT(4, "Standard ACE DB", "application/vnd.ms-access"),
    AT(0, "\x89HDF\r\n\x1a\n", "application/x-hdf5"),
    AT(0, "PAR1", "application/vnd.apache.parquet"),
    AT(128, "DICM", "application/dicom"),
    /* archives */
    AT(0, "\x1f\x8b\x08", "application/gzip"),
    AT(0, "\x1f\x9d", "application/x-compress"),
    BOTH(0, "BZh", 4, "1AY&SY", "application/x-bzip2"),
    AT(0, "\xfd" "7zXZ\0", "application/x-xz"),
    AT(0, "\x28\xb5\x2f\xfd", "application/zstd"),
    AT(0, "\x04\x22\x4d\x18", "application/x-lz4"),
    AT(0, "LZIP\1", "application/x-lzip"),
    AT(0, "7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    AT(0, "Rar!\x1a\7", "application/vnd.rar"),
    AT(257, "ustar", "application/x-tar"),
    AT(0, "070701", "application/x-cpio"),
    AT(0, "070702", "application/x-cpio"),
    AT(0, "070707", "application/x-cpio"),
    AT(0, "\xc7\x71", "application/x-cpio"),
    BOTH(0, "!<arch>\n", 8, "debian-binary",
         "application/vnd.debian.binary-package"),
    AT(0, "!<arch>\n", "application/x-archive"),
    AT(0, "\xed\xab\xee\xdb", "application/x-rpm"),
    AT(0, "MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    /* fonts */
    AT(0, "OTTO\0", "font/otf"),
    AT(0, "wOFF", "font/woff"),
    AT(0, "wOF2", "font/woff2"),
    AT(0, "ttcf\0", "font/collection"),
    BOTH(0, "\0\1\0\0", 4, "\0", "font/ttf"),
    BOTH(0, "true", 4, "\0", "font/ttf"),
};

static bool has_mark(const struct peek *peek, unsigned at, const char *mark,
                     size_t size)
{
    return at + size <= peek->head_size
           && memcmp(peek->head + at, mark, size) == 0;
}

/* An MPEG audio frame without a tag before it: layer III, and neither a bit
 * rate nor a sample rate that does not exist. */
static bool is_mpeg_audio(const struct peek *peek)
{
    const unsigned char *p = peek->head;
    if (peek->head_size < 4 || p[0] != 0xff)
        return false;
    unsigned rate = p[2] >> 4;
    return ((p[1] & 0xfe) == 0xfa || (p[1] & 0xfe) == 0xf2) && rate != 0
           && rate != 15 && (p[2] & 0x0c) != 0x0c;
}

static const char *binary_type(const struct peek *peek)
{
    if (peek->container != NULL)
        return peek->container;
    for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
        const struct signature *s = &signatures[i];
        if (has_mark(peek, s->at, s->mark, s->size)
            && (s->second_size == 0
                || has_mark(peek, s->second_at, s->second, s->second_size)))
            return s->media_type;
    }
    return is_mpeg_audio(peek) ? "audio/mpeg" : NULL;
}

struct magic magic_find(const struct peek *peek)
{
    const char *type = textual_type(peek);
    if (type != NULL)
        return (struct magic){type, MAGIC_TEXTUAL};
    type = binary_type(peek);
    return (struct magic){type, type != NULL ? MAGIC_BINARY : 0};
}
