/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ledger.c - 4,096 small files of 8-byte records in no order: ten million values
 * are 20 KB in each, which is read through; nothing is kept in memory, nothing
 * is ever rewritten as a whole, and a free record (0) is used again. */
#include <config.h>

#include "sink/ledger.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/limits.h"

#define LEDGER_FOLDER LEDGER_STORE "/written"
#define LEDGER_KEY_SHIFT 52 /* 12 bits, three digits */
#define LEDGER_BLOCK 4096   /* records that are read at once: 32 KiB */

/* 0, or an errno. */
static int ledger_make_folder(int directory)
{
    if (mkdirat(directory, LEDGER_STORE, 0777) != 0 && errno != EEXIST)
        return errno;
    if (mkdirat(directory, LEDGER_FOLDER, 0777) != 0 && errno != EEXIST)
        return errno;
    return 0;
}

/* The file for KEY; -1 and errno. */
static int ledger_open(int directory, uint64_t key, int flags)
{
    char name[sizeof LEDGER_FOLDER + 8];
    int attempt = 0, fd;
    snprintf(name, sizeof name, "%s/%03x", LEDGER_FOLDER,
             (unsigned)(key >> LEDGER_KEY_SHIFT));
    do
        fd = openat(directory, name, flags | O_CLOEXEC | O_NOFOLLOW, 0666);
    while (fd < 0 && limits_wait_descriptor(errno, &attempt));
    return fd;
}

/* Where VALUE stands; the end of the whole records when it does not. *FOUND
 * says which. */
static off_t ledger_find(int fd, uint64_t value, bool *found)
{
    uint64_t block[LEDGER_BLOCK], wanted = htole64(value);
    off_t at = 0;
    ssize_t n;
    *found = false;
    while ((n = pread(fd, block, sizeof block, at)) >= (ssize_t)sizeof *block) {
        size_t count = (size_t)n / sizeof *block;
        for (size_t i = 0; i < count; i++) {
            if (block[i] == wanted) {
                *found = true;
                return at + (off_t)(i * sizeof *block);
            }
        }
        at += (off_t)(count * sizeof *block);
    }
    return at;
}

/* Others wait meanwhile. File systems without locks go without. */
static void ledger_lock(int fd)
{
    struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    while (fcntl(fd, F_OFD_SETLKW, &lock) != 0 && errno == EINTR)
        continue;
}

/* 0, or an errno. */
static int ledger_write(int fd, off_t at, uint64_t value)
{
    uint64_t record = htole64(value);
    ssize_t n;
    do
        n = pwrite(fd, &record, sizeof record, at);
    while (n < 0 && errno == EINTR);
    return n == (ssize_t)sizeof record ? 0 : n < 0 ? errno : ENOSPC;
}

int ledger_add(int directory, uint64_t key, uint64_t value)
{
    int fd = ledger_open(directory, key, O_RDWR | O_CREAT);
    if (fd < 0 && errno == ENOENT) {
        int errnum = ledger_make_folder(directory);
        if (errnum)
            return errnum;
        fd = ledger_open(directory, key, O_RDWR | O_CREAT);
    }
    if (fd < 0)
        return errno;
    bool found;
    ledger_lock(fd);
    off_t at = ledger_find(fd, value, &found);
    int errnum = 0;
    if (!found) {
        off_t free = ledger_find(fd, 0, &found);
        errnum = ledger_write(fd, found ? free : at, value);
    }
    if (close(fd) != 0 && !errnum)
        errnum = errno;
    return errnum;
}

bool ledger_has(int directory, uint64_t key, uint64_t value)
{
    int fd = ledger_open(directory, key, O_RDONLY);
    if (fd < 0)
        return false;
    bool found;
    ledger_find(fd, value, &found);
    close(fd);
    return found;
}

void ledger_remove(int directory, uint64_t key, uint64_t value)
{
    int fd = ledger_open(directory, key, O_RDWR);
    if (fd < 0)
        return;
    bool found;
    ledger_lock(fd);
    off_t at = ledger_find(fd, value, &found);
    if (found)
        ledger_write(fd, at, 0);
    close(fd);
}

bool ledger_is_there(int directory)
{
    return faccessat(directory, LEDGER_FOLDER, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}
