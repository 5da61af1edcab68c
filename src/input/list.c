/* SPDX-License-Identifier: GPL-3.0-or-later */
/* list.c - reads only when poll says so: a list may be a pipe that is silent
 * for hours, and a signal must still end the run. */
#include <config.h>

#include "input/list.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/limits.h"

/* The longest name and its separator. */
#define CAPACITY (LIST_NAME_MAX + 1)

/* What is shown of a name that is too long. */
#define SHOWN_BYTES 80

struct list {
    char *path;
    int fd;
    int wake_fd;
    char separator;
    bool ended;
    bool woken;
    bool skipping;       /* within a name that is too long */
    bool skipped_nul;    /* and a NUL stood in it */
    size_t start;        /* of the bytes not given out yet */
    size_t end;
    size_t searched;     /* no separator between start and here */
    char shown[SHOWN_BYTES + sizeof "..."];
    char buffer[CAPACITY + 1]; /* room for the NUL of a last name */
};

struct list *list_open(const char *path, char separator, int wake_fd,
                       struct error *e)
{
    int fd = STDIN_FILENO;
    if (strcmp(path, "-") != 0) {
        /* Without O_NONBLOCK open() waits for a FIFO's writer, where no
         * signal would reach us. */
        int attempt = 0;
        do
            fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
        while (fd < 0 && limits_wait_descriptor(errno, &attempt));
        if (fd < 0) {
            error_set_errno(e, ERROR_IO, errno, "cannot open the list '%s'",
                            path);
            return NULL;
        }
    }
    struct list *list = xcalloc(1, sizeof *list);
    list->path = xstrdup(path);
    list->fd = fd;
    list->wake_fd = wake_fd;
    list->separator = separator;
    return list;
}

bool list_was_woken(const struct list *list)
{
    return list->woken;
}

void list_close(struct list *list)
{
    if (list == NULL)
        return;
    if (list->fd != STDIN_FILENO)
        close(list->fd);
    free(list->path);
    free(list);
}

/* Waits for bytes and appends them; sets ended or woken instead. */
static int fill(struct list *list, struct error *e)
{
    for (;;) {
        struct pollfd fds[] = {
            {.fd = list->fd, .events = POLLIN},
            {.fd = list->wake_fd, .events = POLLIN},
        };
        if (poll(fds, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            break;
        }
        if (fds[1].revents != 0) {
            list->woken = list->ended = true;
            return 0;
        }
        if (fds[0].revents == 0)
            continue;
        ssize_t got = read(list->fd, list->buffer + list->end,
                           CAPACITY - list->end);
        if (got >= 0) {
            list->end += (size_t)got;
            list->ended = got == 0;
            return 0;
        }
        if (errno != EINTR && errno != EAGAIN)
            break;
    }
    return error_set_errno(e, ERROR_IO, errno, "cannot read the list '%s'",
                           list->path);
}

static bool has_stray_nul(const struct list *list, const char *data, size_t size)
{
    return list->separator != '\0' && memchr(data, '\0', size) != NULL;
}

/* Drops the buffer, which is all within one name that is too long. */
static void skip(struct list *list)
{
    if (!list->skipping) {
        memcpy(list->shown, list->buffer, SHOWN_BYTES);
        memcpy(list->shown + SHOWN_BYTES, "...", sizeof "...");
        list->skipping = true;
        list->skipped_nul = false;
    }
    list->skipped_nul |= has_stray_nul(list, list->buffer, list->end);
    list->end = list->searched = 0;
}

static void entry_error_nul(struct list_entry *entry)
{
    if (*entry->name == '\0')
        entry->name = "?";
    error_set(&entry->error, ERROR_MISSING,
              "a NUL byte in a list of lines (is it for --files0-from?)");
}

/* The bytes from start to STOP are one entry; false when it is empty. */
static bool take(struct list *list, size_t stop, struct list_entry *entry)
{
    char *name = list->buffer + list->start;
    size_t size = stop - list->start;
    name[size] = '\0';
    list->start = list->searched = stop < list->end ? stop + 1 : stop;
    error_clear(&entry->error);
    if (list->skipping) {
        list->skipping = false;
        entry->name = list->shown;
        if (list->skipped_nul || has_stray_nul(list, name, size))
            entry_error_nul(entry);
        else
            error_set(&entry->error, ERROR_LIMIT,
                      "a name in the list is longer than %d bytes",
                      LIST_NAME_MAX);
        return true;
    }
    if (size == 0)
        return false;
    entry->name = name;
    if (strlen(name) < size)
        entry_error_nul(entry);
    return true;
}

int list_next(struct list *list, struct list_entry *entry, struct error *e)
{
    for (;;) {
        char *found = memchr(list->buffer + list->searched, list->separator,
                             list->end - list->searched);
        if (found != NULL) {
            if (take(list, (size_t)(found - list->buffer), entry))
                return 1;
            continue;
        }
        list->searched = list->end;
        if (list->woken)
            return 0;
        if (list->ended)
            return (list->skipping || list->start < list->end)
                   && take(list, list->end, entry);
        if (list->start > 0) {
            memmove(list->buffer, list->buffer + list->start,
                    list->end - list->start);
            list->end -= list->start;
            list->searched = list->end;
            list->start = 0;
        }
        if (list->skipping || list->end == CAPACITY)
            skip(list);
        if (fill(list, e) < 0)
            return -1;
    }
}
