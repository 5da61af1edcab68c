/* SPDX-License-Identifier: GPL-3.0-or-later */
/* compound.c - tells apart what comes in an OLE compound file ([MS-CFB]), by
 * the streams at its root, as far as the peeked bytes name them. */
#include <config.h>

#include <string.h>

#include "base/little.h"
#include "detect/magic.h"

#define ENTRY 128

/* Entries of the directory that are looked at. */
#define ENTRIES 512

/* Links of the tree of names that wait to be followed. */
#define WAITING 64

#define CERTAIN 95

static const char unknown[] = "application/x-ole-storage";

/* A name that ends with "*" stands for all that begin so. */
static const struct {
    const char *stream, *media_type;
} streams[] = {
    /* It has a "Workbook" too, which is none of Excel's. */
    {"WksSSWorkBook", "application/vnd.ms-works"},
    {"WordDocument", "application/msword"},
    {"PowerPoint Document", "application/vnd.ms-powerpoint"},
    {"Workbook", "application/vnd.ms-excel"},
    {"Book", "application/vnd.ms-excel"},
    {"VisioDocument", "application/vnd.visio"},
    {"PP40", "application/x-powerpoint95"},
    {"MatOST", "application/vnd.ms-works"},
    {"WksSSWorkBook", "application/vnd.ms-works"},
    {"PerfectOffice_MAIN", "application/vnd.wordperfect"},
    {"NativeContent_MAIN", "application/x-quattro-pro"},
    {"Quill", "application/x-mspublisher"},
    {"StarWriterDocument", "application/vnd.stardivision.writer"},
    {"StarCalcDocument", "application/vnd.stardivision.calc"},
    {"StarDrawDocument3", "application/vnd.stardivision.draw"},
    {"EncryptedPackage", "application/x-encrypted-ooxml"},
    {"EncryptionInfo", "application/x-encrypted-ooxml"},
    {"__properties_version1.0", "application/vnd.ms-outlook"},
    {"__substg1.0_*", "application/vnd.ms-outlook"},
    {"Quill", "application/x-mspublisher"},
    {"MatOST", "application/vnd.ms-works"},
    {"StarWriterDocument", "application/vnd.stardivision.writer"},
    {"StarCalcDocument", "application/vnd.stardivision.calc"},
    {"StarDrawDocument*", "application/vnd.stardivision.draw"},
    {"StarImpressDocument", "application/vnd.stardivision.impress"},
    {"StarMathDocument", "application/vnd.stardivision.math"},
    {"NativeContent_MAIN", "application/x-quattro-pro"},
    {"PerfectOffice_MAIN", "application/vnd.wordperfect"},
    {"\005HwpSummaryInformation", "application/x-hwp-v5"},
    {"Props9", "application/vnd.ms-project"},
    {"Props12", "application/vnd.ms-project"},
    {"Props14", "application/vnd.ms-project"},
    {"   114", "application/vnd.ms-project"},
    {"SwDocContentMgr", "application/sldworks"},
    {"SwDocMgrTempStorage", "application/sldworks"},
    {"RSeDb", "application/x-inventor"},
    {"Equation Native", "application/x-mathtype"},
};

/* What the root's class, the first bytes of its CLSID, says. */
static const struct {
    const char *id, *media_type;
} classes[] = {
    {"\x06\x09\x02\0\0\0\0\0\xc0", "application/msword"},
    {"\0\x09\x02\0\0\0\0\0\xc0", "application/msword"},
    {"\x20\x08\x02\0\0\0\0\0\xc0", "application/vnd.ms-excel"},
    {"\x10\x08\x02\0\0\0\0\0\xc0", "application/vnd.ms-excel"},
    {"\x10\x8d\x81\x64\x9b\x4f\xcf\x11\x86", "application/vnd.ms-powerpoint"},
    {"\x84\x10\x0c\0\0\0\0\0\xc0", "application/x-ms-installer"},
    {"\x0b\x0d\x02\0\0\0\0\0\xc0", "application/vnd.ms-outlook"},
};

/* The first sector is most often the document's own stream. */
static const struct {
    const char *mark;
    size_t size;
    const char *media_type;
} starts[] = {
    {"\xec\xa5", 2, "application/msword"},
    {"\x09\x08\x10\0\0\x06\x05\0", 8, "application/vnd.ms-excel"},
    {"\x09\x08\x08\0\0\x05\x05\0", 8, "application/vnd.ms-excel"},
    {"\x0f\0\xe8\x03", 4, "application/vnd.ms-powerpoint"},
};

/* SIZE bytes from OFFSET on, when one of the peeked parts has them. */
static const unsigned char *bytes_at(const struct peek *peek, uint64_t offset,
                                     size_t size)
{
    const struct {
        const unsigned char *p;
        uint64_t at;
        size_t size;
    } parts[] = {
        {peek->head, 0, peek->head_size},
        {peek->tail, peek->size - peek->tail_size, peek->tail_size},
        {peek->middle, peek->middle_at, peek->middle_size},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].p != NULL && offset >= parts[i].at
            && offset - parts[i].at < parts[i].size
            && size <= parts[i].size - (size_t)(offset - parts[i].at))
            return parts[i].p + (offset - parts[i].at);
    }
    return NULL;
}

static bool is_compound(const unsigned char *head, size_t size)
{
    return size >= 512 && memcmp(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0
           && (little16(head + 30) == 9 || little16(head + 30) == 12);
}

uint64_t container_ole_directory(const unsigned char *head, size_t size)
{
    if (!is_compound(head, size))
        return 0;
    return ((uint64_t)little32(head + 48) + 1) << little16(head + 30);
}

/* The sector behind SECTOR in its chain; the next of the file, which it most
 * often is, when the table of chains is out of sight. */
static uint32_t sector_next(const struct peek *peek, uint32_t sector)
{
    unsigned shift = little16(peek->head + 30);
    uint32_t table = sector >> (shift - 2);
    if (table >= 109)
        return sector + 1;
    uint64_t at = ((uint64_t)little32(peek->head + 76 + 4 * table) + 1) << shift;
    at += 4 * (uint64_t)(sector & ((1u << (shift - 2)) - 1));
    const unsigned char *p = bytes_at(peek, at, 4);
    return p != NULL ? little32(p) : sector + 1;
}

static const unsigned char *entry_at(const struct peek *peek, uint32_t index)
{
    unsigned shift = little16(peek->head + 30);
    uint32_t sector = little32(peek->head + 48);
    uint32_t per_sector = (1u << shift) / ENTRY;
    if (index >= ENTRIES)
        return NULL;
    for (uint32_t i = 0; i < index / per_sector; i++)
        sector = sector_next(peek, sector);
    uint64_t at = ((uint64_t)sector + 1) << shift;
    return bytes_at(peek, at + ENTRY * (index % per_sector), ENTRY);
}

static unsigned lower(unsigned c)
{
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* ENTRY's name, UTF-16 in its first 64 bytes, is that of stream I, in letters
 * of any case ([MS-CFB] 2.6.4). */
static bool entry_is(const unsigned char *entry, size_t i)
{
    const char *name = streams[i].stream;
    for (size_t at = 0; at < 31; at++) {
        if (name[at] == '*')
            return true;
        if (lower(little16(entry + 2 * at)) != lower((unsigned char)name[at]))
            return false;
        if (name[at] == '\0')
            return true;
    }
    return false;
}

/* The number of what ENTRY is in `streams`, or BEST when that comes first. */
static size_t entry_best(const unsigned char *entry, size_t best)
{
    for (size_t i = 0; i < best; i++) {
        if (entry_is(entry, i))
            return i;
    }
    return best;
}

/* The best among the root's own children: what is embedded in a document is
 * in the same directory. *CUT: not all of them are in sight. */
static size_t best_child(const struct peek *peek, bool *cut)
{
    size_t best = sizeof streams / sizeof streams[0];
    uint32_t waiting[WAITING], count = 0;
    const unsigned char *entry = entry_at(peek, 0);
    *cut = entry == NULL || little32(entry + 76) == 0;
    if (*cut)
        return best;
    waiting[count++] = little32(entry + 76);
    for (int steps = 0; count > 0 && steps < ENTRIES; steps++) {
        uint32_t index = waiting[--count];
        if (index == UINT32_MAX)
            continue;
        entry = entry_at(peek, index);
        if (entry == NULL) {
            *cut = true;
            continue;
        }
        best = entry_best(entry, best);
        for (size_t at = 68; at <= 72 && count < WAITING; at += 4)
            waiting[count++] = little32(entry + at);
    }
    return best;
}

static size_t best_of_all(const struct peek *peek)
{
    size_t best = sizeof streams / sizeof streams[0];
    const unsigned char *entry;
    for (uint32_t i = 0; (entry = entry_at(peek, i)) != NULL; i++)
        best = entry_best(entry, best);
    return best;
}

const char *container_ole_type(const struct peek *peek)
{
    const size_t none = sizeof streams / sizeof streams[0];
    bool cut;
    if (!is_compound(peek->head, peek->head_size))
        return unknown;
    size_t best = best_child(peek, &cut);
    if (best < none)
        return streams[best].media_type;
    const unsigned char *root = entry_at(peek, 0);
    for (size_t i = 0; root != NULL && i < sizeof classes / sizeof classes[0]; i++) {
        if (memcmp(root + 80, classes[i].id, 9) == 0)
            return classes[i].media_type;
    }
    if (!cut)
        return unknown;
    best = best_of_all(peek);
    if (best < none)
        return streams[best].media_type;
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        const unsigned char *start =
            bytes_at(peek, (uint64_t)1 << little16(peek->head + 30), 8);
        if (start != NULL && memcmp(start, starts[i].mark, starts[i].size) == 0)
            return starts[i].media_type;
    }
    return unknown;
}

int container_ole_bid(const struct peek *peek, const char *media_type)
{
    const char *type = peek->container;
    if (!is_compound(peek->head, peek->head_size))
        return 0;
    if (type == NULL)
        type = container_ole_type(peek);
    return strcmp(type, media_type) == 0 ? CERTAIN : 0;
}
