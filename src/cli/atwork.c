/* SPDX-License-Identifier: GPL-3.0-or-later */
/* atwork.c - see atwork.h. */
#include <config.h>

#include "cli/atwork.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "cli/command.h"
#include "cli/table.h"
#include "document/record.h"
#include "store/lock.h"

/* The figures of a run with every type there is have some 30 KB. */
#define ATWORK_BYTES ((size_t)1 << 20)
#define ATWORK_SECONDS 2
/* To the top left, and nothing below. */
#define ATWORK_CLEAR "\033[H\033[J"

long atwork_process(const char *path)
{
    char *lock = xasprintf("%s-lock", path);
    long pid = lock_owner(lock);
    free(lock);
    return pid;
}

/* All of FD, which is closed; false: it is no regular file of a size that one may
 * have. */
static bool atwork_load(int fd, struct buffer *b)
{
    struct stat st;
    bool good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
                (uint64_t)st.st_size <= ATWORK_BYTES;
    if (good) {
        buffer_reserve(b, (size_t)st.st_size);
        ssize_t size = read(fd, b->data, (size_t)st.st_size);
        b->size = size > 0 ? (size_t)size : 0;
    }
    close(fd);
    return good && b->size > 0;
}

json_t *atwork_read(const char *path, long pid)
{
    char *name = xasprintf("%s-state", path);
    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct buffer b = { 0 };
    json_t *state = NULL;
    free(name);
    if (fd >= 0 && atwork_load(fd, &b))
        state = json_loadb(b.data, b.size, 0, NULL);
    buffer_free(&b);
    if (json_is_object(state) && json_integer_value(json_object_get(state, "pid")) == pid)
        return state;
    json_decref(state);
    return NULL;
}

static void atwork_append(struct buffer *b, const char *path, long pid, bool json)
{
    json_t *state = atwork_read(path, pid);
    if (!state)
        return;
    if (json) {
        record_dump(b, json_incref(state), JSON_COMPACT);
        buffer_append_char(b, '\n');
    } else {
        if (isatty(STDOUT_FILENO))
            buffer_append_string(b, ATWORK_CLEAR);
        table_append_running(b, state);
        if (!isatty(STDOUT_FILENO))
            buffer_append_char(b, '\n');
    }
    json_decref(state);
}

int atwork_follow(const char *path, bool json)
{
    long pid;
    int rc = 0;
    while (rc == 0 && (pid = atwork_process(path)) > 0) {
        struct buffer b = { 0 };
        atwork_append(&b, path, pid, json);
        rc = command_print(&b);
        buffer_free(&b);
        nanosleep(&(struct timespec){ .tv_sec = ATWORK_SECONDS }, NULL);
    }
    return rc;
}
