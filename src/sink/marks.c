/* SPDX-License-Identifier: GPL-3.0-or-later */
/* marks.c - a copy of an output that keeps its times is an output still; one
 * that was edited is not. */
#include <config.h>

#include "sink/marks.h"

#include <errno.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/fingerprints.h"
#include "document/item.h"
#include "sink/ledger.h"

#define MARKS_ATTRIBUTE "user.extract.written"
#define MARKS_TEXT 64 /* of a mark: two numbers of 20 digits at most */

struct marks {
    int fd;
    char *real; /* the directory without links, no slash at the end */
    dev_t device;
    ino_t inode;
    /* The ledger was there at the start, or has been written to since: a look
     * at each file would cost more than all else here. */
    atomic_bool has_ledger;
};

/* Returns its length. */
static size_t marks_text(char text[MARKS_TEXT], uint64_t size, int64_t mtime_ns)
{
    return (size_t)snprintf(text, MARKS_TEXT, "%" PRIu64 " %" PRId64, size,
                            mtime_ns);
}

/* What stands in the ledger for a mark of NAME. *KEY is NAME's. */
static uint64_t marks_value(const char *name, const char *text, uint64_t *key)
{
    struct buffer b = { 0 };
    size_t size = strlen(name);
    buffer_append(&b, name, size + 1);
    buffer_append_string(&b, text);
    *key = fingerprints_hash('k', name, size);
    uint64_t value = fingerprints_hash('v', b.data, b.size);
    buffer_free(&b);
    return value ? value : 1;
}

static bool marks_in_ledger(struct marks *m, const char *name, const char *text)
{
    uint64_t key, value = marks_value(name, text, &key);
    return ledger_has(m->fd, key, value);
}

struct marks *marks_create(const char *directory, int fd)
{
    struct marks *m = xcalloc(1, sizeof *m);
    struct stat st;
    m->fd = fd;
    m->real = realpath(directory, NULL);
    if (m->real && strcmp(m->real, "/") == 0)
        m->real[0] = '\0';
    m->has_ledger = ledger_is_there(fd);
    if (fstat(fd, &st) == 0) {
        m->device = st.st_dev;
        m->inode = st.st_ino;
    }
    return m;
}

int marks_put(struct marks *m, int fd, const char *name, struct stat *st)
{
    char text[MARKS_TEXT];
    if (fstat(fd, st) != 0)
        return errno;
    size_t size = marks_text(text, (uint64_t)st->st_size, item_mtime(st));
    if (fsetxattr(fd, MARKS_ATTRIBUTE, text, size, 0) == 0)
        return 0;
    uint64_t key, value = marks_value(name, text, &key);
    m->has_ledger = true;
    return ledger_add(m->fd, key, value);
}

bool marks_has(struct marks *m, int fd, const char *name, const struct stat *st)
{
    char text[MARKS_TEXT], got[MARKS_TEXT];
    size_t size = marks_text(text, (uint64_t)st->st_size, item_mtime(st));
    ssize_t n = fgetxattr(fd, MARKS_ATTRIBUTE, got, sizeof got);
    if (n == (ssize_t)size && memcmp(got, text, size) == 0)
        return true;
    return marks_in_ledger(m, name, text);
}

void marks_forget(struct marks *m, const char *name, const struct stat *former,
                  const struct stat *now)
{
    char text[MARKS_TEXT];
    if (!m->has_ledger)
        return;
    /* Within a tick of the file system's clock both have the same mark. */
    if (now && now->st_size == former->st_size &&
        item_mtime(now) == item_mtime(former))
        return;
    marks_text(text, (uint64_t)former->st_size, item_mtime(former));
    uint64_t key, value = marks_value(name, text, &key);
    ledger_remove(m->fd, key, value);
}

/* The part of REAL, a path without links, below the directory; or NULL. */
static const char *marks_below(const struct marks *m, const char *real)
{
    size_t size = m->real ? strlen(m->real) : 0;
    if (!m->real || !real || strncmp(real, m->real, size) != 0 || real[size] != '/')
        return NULL;
    return real + size + 1;
}

bool marks_has_path(struct marks *m, const char *path, uint64_t size,
                    int64_t mtime_ns)
{
    char text[MARKS_TEXT], got[MARKS_TEXT];
    size_t length = marks_text(text, size, mtime_ns);
    ssize_t n = getxattr(path, MARKS_ATTRIBUTE, got, sizeof got);
    bool marked = n == (ssize_t)length && memcmp(got, text, length) == 0;
    /* Most paths are no output of anybody, and that is all it takes. */
    if (!marked && !m->has_ledger)
        return false;
    char *real = realpath(path, NULL);
    const char *name = marks_below(m, real);
    bool ours = name && (marked || marks_in_ledger(m, name, text));
    free(real);
    return ours;
}

bool marks_is_store(const struct marks *m, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (strcmp(slash ? slash + 1 : path, LEDGER_STORE) != 0)
        return false;
    struct stat st;
    char *parent = slash ? xstrndup(path, (size_t)(slash - path) + 1) : xstrdup(".");
    bool is_store = stat(parent, &st) == 0 && st.st_dev == m->device &&
                    st.st_ino == m->inode;
    free(parent);
    return is_store;
}

void marks_destroy(struct marks *m)
{
    if (!m)
        return;
    free(m->real);
    free(m);
}
