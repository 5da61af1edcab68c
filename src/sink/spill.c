/* SPDX-License-Identifier: GPL-3.0-or-later */
/* spill.c - memory first; then one file, whose blocks are given back piece by
 * piece (punched out) and as a whole when the last piece is gone. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/temporary.h"
#include "sink/spill.h"

/* Small pieces are joined up to this size, so that a page does not cost an
 * allocation and a system call each. */
#define SPILL_PIECE ((size_t)64 << 10)

struct spill_piece {
    struct spill_piece *next;
    off_t offset; /* in the file, when in_file */
    size_t size, capacity;
    int in_file;
    char bytes[];
};

struct spill {
    size_t limit, used; /* bytes of pieces in memory */
    int fd;             /* -1: not made yet */
    off_t end;
    size_t live; /* bytes in the file that are still wanted */
};

struct spill *spill_create(size_t limit)
{
    struct spill *s = xcalloc(1, sizeof *s);
    s->limit = limit;
    s->fd = -1;
    return s;
}

static int spill_write(struct spill *s, const char *data, size_t size,
                       struct error *e)
{
    if (s->fd < 0 && (s->fd = temporary_open(ERROR_OUTPUT, e)) < 0)
        return -1;
    for (size_t done = 0; done < size;) {
        ssize_t n = pwrite(s->fd, data + done, size - done,
                           s->end + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return error_set_errno(e, ERROR_OUTPUT, errno,
                                   "cannot write to the temporary file");
        done += (size_t)n;
    }
    return 0;
}

static struct spill_piece *spill_append(struct spill_queue *q, size_t capacity)
{
    struct spill_piece *p = xmalloc(sizeof *p + capacity);
    *p = (struct spill_piece){ .capacity = capacity };
    if (q->last)
        q->last->next = p;
    else
        q->first = p;
    q->last = p;
    return p;
}

static int spill_store_file(struct spill *s, struct spill_queue *q,
                            const char *data, size_t size, struct error *e)
{
    if (spill_write(s, data, size, e) != 0)
        return -1;
    struct spill_piece *p = q->last;
    if (!p || !p->in_file || p->offset + (off_t)p->size != s->end) {
        p = spill_append(q, 0);
        p->in_file = 1;
        p->offset = s->end;
    }
    p->size += size;
    s->end += (off_t)size;
    s->live += size;
    return 0;
}

int spill_store(struct spill *s, struct spill_queue *q, const char *data,
                size_t size, struct error *e)
{
    struct spill_piece *p = q->last;
    if (p && !p->in_file && p->capacity - p->size >= size) {
        memcpy(p->bytes + p->size, data, size);
        p->size += size;
        return 0;
    }
    if (size > s->limit || s->used > s->limit - size)
        return spill_store_file(s, q, data, size, e);
    /* The first piece is exact: most documents are one piece. */
    size_t capacity = size;
    if (p && size < SPILL_PIECE && s->limit - s->used >= SPILL_PIECE)
        capacity = SPILL_PIECE;
    s->used += capacity;
    p = spill_append(q, capacity);
    memcpy(p->bytes, data, size);
    p->size = size;
    return 0;
}

static struct spill_piece *spill_pop(struct spill *s, struct spill_queue *q)
{
    struct spill_piece *p = q->first;
    q->first = p->next;
    if (!q->first)
        q->last = NULL;
    if (!p->in_file) {
        s->used -= p->capacity;
        return p;
    }
    s->live -= p->size;
    /* Where neither works the file only grows; the bytes are right. */
    if (s->live == 0 && ftruncate(s->fd, 0) == 0)
        s->end = 0;
    else
        (void)!fallocate(s->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                         p->offset, (off_t)p->size);
    return p;
}

static int spill_read_out(struct spill *s, const struct spill_piece *p,
                          int (*out)(void *, const char *, size_t, struct error *),
                          void *ctx, struct error *e)
{
    char *block = xmalloc(SPILL_PIECE);
    int rc = 0;
    for (size_t done = 0; rc == 0 && done < p->size;) {
        size_t want = p->size - done < SPILL_PIECE ? p->size - done : SPILL_PIECE;
        ssize_t n = pread(s->fd, block, want, p->offset + (off_t)done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            rc = error_set_errno(e, ERROR_OUTPUT, n ? errno : EIO,
                                 "cannot read the temporary file");
            break;
        }
        rc = out(ctx, block, (size_t)n, e);
        done += (size_t)n;
    }
    free(block);
    return rc;
}

int spill_replay(struct spill *s, struct spill_queue *q,
                 int (*out)(void *ctx, const char *data, size_t size,
                            struct error *e),
                 void *ctx, struct error *e)
{
    int rc = 0;
    while (rc == 0 && q->first) {
        struct spill_piece *p = q->first;
        rc = p->in_file ? spill_read_out(s, p, out, ctx, e)
                        : out(ctx, p->bytes, p->size, e);
        free(spill_pop(s, q));
    }
    return rc;
}

void spill_drop(struct spill *s, struct spill_queue *q)
{
    while (q->first)
        free(spill_pop(s, q));
}

void spill_destroy(struct spill *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
    free(s);
}
