/* SPDX-License-Identifier: GPL-3.0-or-later */
/* journal.c - a file for each document: frames with a checksum, the first of which
 * says what document it is of. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "store/journal.h"

/* A frame holds about a MiB of text, or a page (LANE_PAGE_TEXT_MAX). */
#define JOURNAL_FRAME_MAX ((uint32_t)64 << 20)
#define JOURNAL_KEY 0x7fff /* the kind of the first frame */

struct journal_head {
    uint32_t kind, size, checksum;
};

struct journal {
    int fd;
    off_t read; /* where the next frame begins */
    off_t kept; /* where what is good ends; the next one is saved there */
    bool broken;
    struct buffer frame;
};

/* What tells documents and their states apart. */
static void journal_key(struct buffer *b, const struct journals *j,
                        const struct result *r)
{
    buffer_append(b, r->item.path, strlen(r->item.path) + 1);
    buffer_printf(b, "%s\n%llu\n%lld\n%s\n%s", r->output ? r->output : "",
                  (unsigned long long)r->item.bytes, (long long)r->item.mtime_ns,
                  j->options, r->engine ? r->engine : "");
}

/* One name for one path and output. */
static char *journal_name(const struct journals *j, const struct result *r)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_checksum_update(sum, (const guchar *)r->item.path, (gssize)strlen(r->item.path) + 1);
    if (r->output)
        g_checksum_update(sum, (const guchar *)r->output, (gssize)strlen(r->output));
    char *name = xasprintf("%s/%.32s", j->folder, g_checksum_get_string(sum));
    g_checksum_free(sum);
    return name;
}

void journals_remove(const struct journals *j, const struct result *r)
{
    char *name = journal_name(j, r);
    unlink(name);
    free(name);
}

static bool journal_pread(int fd, void *data, size_t size, off_t at)
{
    for (char *p = data; size;) {
        ssize_t n = pread(fd, p, size, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static bool journal_pwrite(int fd, const char *data, size_t size, off_t at)
{
    while (size) {
        ssize_t n = pwrite(fd, data, size, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        data += n;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static uint32_t journal_sum(const char *data, size_t size)
{
    return libdeflate_crc32(0, data, size);
}

int journal_read(struct journal *j, const char **data, size_t *size)
{
    struct journal_head head;
    if (!journal_pread(j->fd, &head, sizeof head, j->read) ||
        head.size > JOURNAL_FRAME_MAX || head.kind == 0 || head.kind > JOURNAL_KEY)
        return 0;
    buffer_clear(&j->frame);
    buffer_reserve(&j->frame, head.size + 1);
    if (!journal_pread(j->fd, j->frame.data, head.size, j->read + (off_t)sizeof head) ||
        journal_sum(j->frame.data, head.size) != head.checksum)
        return 0;
    j->read += (off_t)(sizeof head + head.size);
    *data = j->frame.data;
    *size = head.size;
    return (int)head.kind;
}

void journal_keep(struct journal *j)
{
    j->kept = j->read;
}

void journal_save(struct journal *j, int kind, const char *data, size_t size)
{
    if (j->broken || size > JOURNAL_FRAME_MAX)
        j->broken = true;
    if (j->broken)
        return;
    struct journal_head head = { (uint32_t)kind, (uint32_t)size, journal_sum(data, size) };
    j->broken = !journal_pwrite(j->fd, (const char *)&head, sizeof head, j->kept) ||
                !journal_pwrite(j->fd, data, size, j->kept + (off_t)sizeof head);
    if (!j->broken)
        j->kept += (off_t)(sizeof head + size);
    else
        (void)!ftruncate(j->fd, j->kept);
}

/* Whether the file begins with KEY. */
static bool journal_is_of(struct journal *j, const struct buffer *key)
{
    const char *data;
    size_t size;
    return journal_read(j, &data, &size) == JOURNAL_KEY && size == key->size &&
           memcmp(data, key->data, size) == 0;
}

struct journal *journal_open(const struct journals *js, struct result *r)
{
    char *name = journal_name(js, r);
    /* For its owner alone: documents may be so. */
    int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    int fd = open(name, flags, 0600);
    if (fd < 0 && errno == ENOENT && mkdir(js->folder, 0700) == 0)
        fd = open(name, flags, 0600);
    if (fd < 0) {
        free(name);
        return NULL;
    }
    struct journal *j = xcalloc(1, sizeof *j);
    struct buffer key = { 0 };
    j->fd = fd;
    r->unfinished = name;
    journal_key(&key, js, r);
    if (js->reads && journal_is_of(j, &key)) {
        j->kept = j->read;
    } else {
        (void)!ftruncate(fd, 0);
        j->kept = 0;
        journal_save(j, JOURNAL_KEY, key.data, key.size);
        j->read = j->kept;
    }
    buffer_free(&key);
    return j;
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    close(j->fd);
    buffer_free(&j->frame);
    free(j);
}
