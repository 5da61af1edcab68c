/* SPDX-License-Identifier: GPL-3.0-or-later */
/* changes.c - one inotify instance; a table from the numbers of its watches to paths.
 * The kernel has one watch for a directory, whatever it is called. */
#include <config.h>

#include "input/changes.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"

/* Files of a directory that is watched are neither read nor written by that, so our
 * own work on them gives none of these. */
#define CHANGES_MASK                                                              \
    (IN_CREATE | IN_MODIFY | IN_CLOSE_WRITE | IN_ATTRIB | IN_DELETE |            \
     IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)
#define CHANGES_BYTES ((size_t)64 << 10) /* of events that are read at once */

/* A watch; in a table with open addressing, number -1 where it is free. */
struct changes_folder {
    int number;
    char **names; /* of one directory: paths */
    size_t name_count;
};

struct changes {
    int fd;
    struct changes_folder *folders;
    size_t capacity, count; /* a power of two, at most half full */
    char *bytes;            /* of events, from AT to SIZE */
    size_t at, size;
    size_t untold; /* names by which the event at AT is still to be told; 0: all */
    bool (*keeps)(void *ctx, const char *first, const char *second);
    void *keeps_ctx;
    struct buffer path; /* of the event at hand */
};

struct changes *changes_create(void)
{
    struct changes *n = xcalloc(1, sizeof *n);
    n->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    n->bytes = xmalloc(CHANGES_BYTES);
    return n;
}

int changes_fd(const struct changes *n)
{
    return n->fd;
}

size_t changes_count(const struct changes *n)
{
    return n->count;
}

static size_t changes_home(const struct changes *n, int number)
{
    return (size_t)number * 0x9e3779b1u & (n->capacity - 1);
}

/* Where NUMBER stands, or would. */
static struct changes_folder *changes_slot(const struct changes *n, int number)
{
    size_t i = changes_home(n, number);
    while (n->folders[i].number >= 0 && n->folders[i].number != number)
        i = (i + 1) & (n->capacity - 1);
    return n->folders + i;
}

static void changes_grow(struct changes *n)
{
    struct changes_folder *old = n->folders;
    size_t count = n->capacity;
    n->capacity = count ? count * 2 : 64;
    n->folders = xcalloc(n->capacity, sizeof *n->folders);
    for (size_t i = 0; i < n->capacity; i++)
        n->folders[i].number = -1;
    for (size_t i = 0; i < count; i++)
        if (old[i].number >= 0)
            *changes_slot(n, old[i].number) = old[i];
    free(old);
}

void changes_set_keeps(struct changes *n,
                       bool (*keeps)(void *ctx, const char *first, const char *second),
                       void *ctx)
{
    n->keeps = keeps;
    n->keeps_ctx = ctx;
}

/* Drops a name of FOLDER, which is PATH, that leads elsewhere by now. False: each leads
 * there. */
static bool changes_drop_stale(struct changes *n, const struct changes_folder *folder,
                               const char *path)
{
    struct stat there, st;
    if (folder->name_count == 0 || stat(path, &there) != 0)
        return false;
    for (size_t i = 0; i < folder->name_count; i++) {
        if (stat(folder->names[i], &st) == 0 && st.st_ino == there.st_ino &&
            st.st_dev == there.st_dev)
            continue;
        char *stale = xstrdup(folder->names[i]);
        changes_drop(n, stale);
        free(stale);
        return true;
    }
    return false;
}

/* PATH as a name of FOLDER. 0 or EEXIST. */
static int changes_name(const struct changes *n, struct changes_folder *folder,
                        const char *path)
{
    for (size_t i = 0; i < folder->name_count; i++)
        if (strcmp(folder->names[i], path) == 0)
            return 0;
    for (size_t i = 0; n->keeps && i < folder->name_count; i++)
        if (n->keeps(n->keeps_ctx, folder->names[i], path))
            return EEXIST;
    folder->names = xrealloc_array(folder->names, folder->name_count + 1,
                                   sizeof *folder->names);
    folder->names[folder->name_count++] = xstrdup(path);
    return 0;
}

int changes_add(struct changes *n, const char *path)
{
    if (n->fd < 0)
        return EMFILE;
    int number = inotify_add_watch(n->fd, path, CHANGES_MASK);
    if (number < 0)
        return errno;
    if (2 * (n->count + 1) > n->capacity)
        changes_grow(n);
    struct changes_folder *folder = changes_slot(n, number);
    if (changes_drop_stale(n, folder, path)) /* maybe the whole watch */
        return changes_add(n, path);
    if (folder->number < 0) {
        n->count++;
        *folder = (struct changes_folder){ .number = number };
    }
    return changes_name(n, folder, path);
}

static void changes_free_names(struct changes_folder *folder)
{
    while (folder->name_count > 0)
        free(folder->names[--folder->name_count]);
    free(folder->names);
}

/* Takes FOLDER out, and moves those behind it that stood in its way. */
static void changes_forget(struct changes *n, struct changes_folder *folder)
{
    size_t hole = (size_t)(folder - n->folders), mask = n->capacity - 1;
    changes_free_names(folder);
    n->count--;
    for (size_t i = (hole + 1) & mask; n->folders[i].number >= 0; i = (i + 1) & mask) {
        size_t home = changes_home(n, n->folders[i].number);
        if (((i - home) & mask) < ((i - hole) & mask))
            continue;
        n->folders[hole] = n->folders[i];
        hole = i;
    }
    n->folders[hole] = (struct changes_folder){ .number = -1 };
}

/* Takes the names at PATH and below out of FOLDER. Whether there are none left. */
static bool changes_unname(struct changes_folder *folder, const char *path)
{
    size_t size = strlen(path), kept = 0;
    for (size_t i = 0; i < folder->name_count; i++) {
        char *name = folder->names[i];
        if (strncmp(name, path, size) == 0 && (name[size] == '/' || !name[size]))
            free(name);
        else
            folder->names[kept++] = name;
    }
    folder->name_count = kept;
    return kept == 0;
}

void changes_drop(struct changes *n, const char *path)
{
    for (size_t i = 0; i < n->capacity;) {
        struct changes_folder *folder = n->folders + i;
        if (folder->number < 0 || !changes_unname(folder, path)) {
            i++;
            continue;
        }
        inotify_rm_watch(n->fd, folder->number);
        changes_forget(n, folder); /* which may put another one here */
    }
}

/* FOLDER, a path, and NAME in it as one path, as a walk has it. */
static const char *changes_path(struct changes *n, const char *folder, const char *name)
{
    size_t size = strlen(folder);
    buffer_clear(&n->path);
    buffer_append(&n->path, folder, size);
    if (size > 0 && folder[size - 1] != '/')
        buffer_append_char(&n->path, '/');
    buffer_append_string(&n->path, name);
    return buffer_string(&n->path);
}

/* What MASK, of something in a directory, says. False: nothing of interest. */
static bool changes_translate(uint32_t mask, enum changes_kind *kind)
{
    bool folder = mask & IN_ISDIR;
    if (mask & (IN_DELETE | IN_MOVED_FROM))
        /* One that was removed was empty, and its own end tells of it. */
        *kind = folder ? CHANGES_FOLDER_GONE : CHANGES_GONE;
    else if (folder)
        *kind = CHANGES_FOLDER;
    else if (mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
        *kind = CHANGES_WRITTEN;
    else if (mask & (IN_CREATE | IN_MODIFY))
        *kind = CHANGES_WRITING;
    else if (mask & IN_ATTRIB)
        *kind = CHANGES_TOUCHED;
    else
        return false;
    return !(folder && mask & IN_DELETE);
}

/* Whether E, of the directory with the name FOLDER, tells anything. */
static bool changes_read(struct changes *n, const struct inotify_event *e,
                        const char *folder, struct changes_event *event)
{
    if (e->len == 0) {
        /* Of itself; a move of one below another is told of by that one as well. */
        if (!(e->mask & (IN_IGNORED | IN_UNMOUNT | IN_MOVE_SELF)))
            return false;
        buffer_clear(&n->path);
        buffer_append_string(&n->path, folder);
        *event = (struct changes_event){ CHANGES_CUT, buffer_string(&n->path) };
        return true;
    }
    if (!changes_translate(e->mask, &event->kind))
        return false;
    event->path = changes_path(n, folder, e->name);
    if (event->kind == CHANGES_FOLDER_GONE)
        changes_drop(n, event->path);
    return true;
}

/* E as an event by the next name of its directory, from the last to the first: some of
 * them may be dropped meanwhile. False: there is none, or it tells nothing. */
static bool changes_tell(struct changes *n, const struct inotify_event *e,
                         struct changes_event *event)
{
    struct changes_folder *folder = n->capacity ? changes_slot(n, e->wd) : NULL;
    if (!folder || folder->number < 0) {
        n->untold = 0;
        return false;
    }
    if (n->untold == 0 || n->untold > folder->name_count)
        n->untold = folder->name_count;
    n->untold--;
    bool told = changes_read(n, e, folder->names[n->untold], event);
    if (n->untold == 0 && e->mask & IN_IGNORED)
        changes_forget(n, folder);
    return told;
}

bool changes_next(struct changes *n, struct changes_event *event)
{
    for (;;) {
        if (n->at == n->size) {
            ssize_t got = n->fd < 0 ? -1 : read(n->fd, n->bytes, CHANGES_BYTES);
            n->at = 0;
            n->size = got > 0 ? (size_t)got : 0;
            if (got <= 0)
                return false;
        }
        struct inotify_event e;
        const char *at = n->bytes + n->at;
        memcpy(&e, at, sizeof e);
        if (e.mask & IN_Q_OVERFLOW) {
            n->at += sizeof e + e.len;
            *event = (struct changes_event){ CHANGES_LOST, NULL };
            return true;
        }
        /* The buffer comes from malloc, and the kernel keeps names to its alignment. */
        bool told = changes_tell(n, (const struct inotify_event *)(const void *)at, event);
        if (n->untold == 0)
            n->at += sizeof e + e.len;
        if (told)
            return true;
    }
}

void changes_destroy(struct changes *n)
{
    if (!n)
        return;
    if (n->fd >= 0)
        close(n->fd);
    for (size_t i = 0; i < n->capacity; i++)
        if (n->folders[i].number >= 0)
            changes_free_names(n->folders + i);
    free(n->folders);
    free(n->bytes);
    buffer_free(&n->path);
    free(n);
}
