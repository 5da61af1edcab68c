/* SPDX-License-Identifier: GPL-3.0-or-later */
/* draft.c - an unnamed file gets its name by a link from /proc/self/fd. */
#include <config.h>

#include "sink/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"
#include "sink/hidden.h"

/* A hidden name, around a number; it has the process. */
#define DRAFT_HIDDEN ".extract-%ld-"
#define DRAFT_SUFFIX ".tmp"

void draft_desk_init(struct draft_desk *desk, int directory)
{
    *desk = (struct draft_desk){
        .directory = directory,
        .unnamed = access("/proc/self/fd", X_OK) == 0,
    };
}

void draft_desk_clear(struct draft_desk *desk)
{
    while (desk->drafts)
        draft_destroy(desk, desk->drafts);
}

struct draft *draft_create(struct draft_desk *desk)
{
    struct draft *d = xcalloc(1, sizeof *d);
    d->fd = -1;
    d->next = desk->drafts;
    if (desk->drafts)
        desk->drafts->previous = d;
    desk->drafts = d;
    return d;
}

/* Makes the folders above NAME. 0, or an errno. */
static int draft_make_folders(struct draft_desk *desk, const char *name)
{
    char *folder = xstrdup(name);
    int rc = 0;
    for (char *p = strchr(folder, '/'); p && rc == 0; p = strchr(p + 1, '/')) {
        *p = '\0';
        if (mkdirat(desk->directory, folder, 0777) != 0 && errno != EEXIST)
            rc = errno;
        *p = '/';
    }
    free(folder);
    return rc;
}

/* NAME's folder followed by LAST. */
static char *draft_beside(const char *name, const char *last)
{
    const char *slash = strrchr(name, '/');
    return slash ? xasprintf("%.*s/%s", (int)(slash - name), name, last)
                 : xstrdup(last);
}

static char *draft_hidden_name(struct draft_desk *desk, const char *name)
{
    char last[64];
    snprintf(last, sizeof last, DRAFT_HIDDEN "%lu" DRAFT_SUFFIX, (long)getpid(),
             ++desk->serial);
    return draft_beside(name, last);
}

bool draft_is_name(const char *path)
{
    char start[64];
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    size_t size = strlen(name), suffix = strlen(DRAFT_SUFFIX);
    snprintf(start, sizeof start, DRAFT_HIDDEN, (long)getpid());
    return !strncmp(name, start, strlen(start)) && size > suffix &&
           !strcmp(name + size - suffix, DRAFT_SUFFIX);
}

static void draft_forget_hidden(struct draft *d)
{
    hidden_remove(d->hidden);
    free(d->hidden);
    d->hidden = NULL;
}

/* 0, or an errno. */
static int draft_open_once(struct draft_desk *desk, struct draft *d,
                           const char *name)
{
    if (desk->unnamed) {
        char *folder = draft_beside(name, ".");
        d->fd = openat(desk->directory, folder, O_TMPFILE | O_WRONLY | O_CLOEXEC,
                       0666);
        int errnum = errno;
        free(folder);
        if (d->fd >= 0)
            return 0;
        if (errnum != EOPNOTSUPP && errnum != EISDIR && errnum != EINVAL)
            return errnum;
        desk->unnamed = false;
    }
    d->hidden = draft_hidden_name(desk, name);
    hidden_add(d->hidden);
    d->fd = openat(desk->directory, d->hidden,
                   O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (d->fd >= 0)
        return 0;
    int errnum = errno;
    draft_forget_hidden(d);
    return errnum;
}

static int draft_open(struct draft_desk *desk, struct draft *d,
                      const char *name)
{
    int attempt = 0, errnum;
    do {
        errnum = draft_open_once(desk, d, name);
        if (errnum == ENOENT) {
            errnum = draft_make_folders(desk, name);
            if (!errnum)
                errnum = draft_open_once(desk, d, name);
        }
    } while (errnum && limits_wait_descriptor(errnum, &attempt));
    return errnum;
}

int draft_write(struct draft_desk *desk, struct draft *d,
                const char *name)
{
    int errnum = d->fd < 0 ? draft_open(desk, d, name) : 0;
    const char *p = d->buffer.data;
    size_t left = d->buffer.size;
    while (!errnum && left) {
        ssize_t n = write(d->fd, p, left);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            errnum = errno;
        p += n;
        left -= (size_t)n;
    }
    buffer_clear(&d->buffer);
    return errnum;
}

/* Gives an unnamed file the name TO. 0, or an errno. */
static int draft_link(struct draft_desk *desk, int fd, const char *to)
{
    char self[64];
    snprintf(self, sizeof self, "/proc/self/fd/%d", fd);
    return linkat(AT_FDCWD, self, desk->directory, to, AT_SYMLINK_FOLLOW) != 0
               ? errno
               : 0;
}

/* Closes the file, whose name is hidden: network file systems tell of a full
 * disk only now. 0, or an errno. */
static int draft_close(struct draft *d)
{
    int fd = d->fd;
    d->fd = -1;
    return close(fd) == 0 ? 0 : errno;
}

/* From its hidden name to NAME, whatever is there. 0, or an errno. */
static int draft_rename(struct draft_desk *desk, struct draft *d, const char *name)
{
    if (renameat(desk->directory, d->hidden, desk->directory, name) != 0)
        return errno;
    draft_forget_hidden(d);
    return 0;
}

int draft_publish_new(struct draft_desk *desk, struct draft *d,
                      const char *name)
{
    if (!d->hidden) {
        int rc = draft_link(desk, d->fd, name);
        /* Its folder looked empty meanwhile, and was removed. */
        if (rc == ENOENT && !(rc = draft_make_folders(desk, name)))
            rc = draft_link(desk, d->fd, name);
        return rc;
    }
    int errnum = draft_close(d);
    if (errnum)
        return errnum;
    int to = desk->directory;
    if (renameat2(to, d->hidden, to, name, RENAME_NOREPLACE) != 0) {
        if (errno != EINVAL && errno != ENOSYS)
            return errno;
        /* A file system that cannot do both in one. */
        struct stat st;
        if (fstatat(to, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
            return EEXIST;
        return draft_rename(desk, d, name);
    }
    draft_forget_hidden(d);
    return 0;
}

int draft_replace(struct draft_desk *desk, struct draft *d,
                  const char *name)
{
    if (!d->hidden) {
        d->hidden = draft_hidden_name(desk, name);
        hidden_add(d->hidden);
        int errnum = draft_link(desk, d->fd, d->hidden);
        if (errnum)
            return errnum;
    }
    return draft_rename(desk, d, name);
}

void draft_destroy(struct draft_desk *desk, struct draft *d)
{
    if (d->previous)
        d->previous->next = d->next;
    else
        desk->drafts = d->next;
    if (d->next)
        d->next->previous = d->previous;
    if (d->fd >= 0)
        close(d->fd);
    if (d->hidden) {
        unlinkat(desk->directory, d->hidden, 0);
        draft_forget_hidden(d);
    }
    buffer_free(&d->buffer);
    free(d);
}
