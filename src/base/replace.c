/* SPDX-License-Identifier: GPL-3.0-or-later */
/* replace.c - not by mkstemp, whose files are for their owner alone: to undo that one
 * has to ask for the umask by setting it, and other threads make files too. */
#include <config.h>

#include "base/replace.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"

/* Names that may be taken before it is given up. */
#define REPLACE_ATTEMPTS 100
#define REPLACE_DIGITS 6 /* behind the name and a dot */

static int replace_fail(const char *path, int errnum, struct error *e)
{
    return error_set_errno(e, ERROR_OUTPUT, errnum, "cannot write %s", path);
}

/* The folder that PATH's file is made in; to be freed. */
static char *replace_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == path ? xstrdup("/")
           : slash       ? xstrndup(path, (size_t)(slash - path))
                         : xstrdup(".");
}

int replace_check(const char *path, struct error *e)
{
    struct stat st;
    int errnum = *path ? 0 : ENOENT;
    if (!errnum && stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
        if (S_ISDIR(st.st_mode))
            return replace_fail(path, EISDIR, e);
        return error_set(e, ERROR_OUTPUT, "cannot write %s: not a regular file", path);
    }
    char *folder = replace_folder(path);
    if (!errnum && access(folder, W_OK | X_OK) != 0)
        errnum = errno;
    free(folder);
    return errnum ? replace_fail(path, errnum, e) : 0;
}

bool replace_is_name(const char *name, const char *file)
{
    size_t size = strlen(file);
    if (strncmp(name, file, size) != 0)
        return false;
    name += size;
    return !*name || (*name == '.' && strlen(name + 1) == REPLACE_DIGITS &&
                      strspn(name + 1, "0123456789abcdef") == REPLACE_DIGITS);
}

/* A new file beside PATH, with its name in R; or -1 and errno. */
static int replace_open(struct replace *r)
{
    for (int i = 0; i < REPLACE_ATTEMPTS; i++) {
        unsigned number = 0;
        (void)!getrandom(&number, sizeof number, GRND_NONBLOCK);
        r->temporary = xasprintf("%s.%0*x", r->path, REPLACE_DIGITS, (number + (unsigned)i) & 0xffffff);
        int fd = open(r->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST)
            return fd;
        free(r->temporary);
        r->temporary = NULL;
    }
    return -1;
}

int replace_begin(struct replace *r, const char *path, struct error *e)
{
    *r = (struct replace){ .path = path };
    int fd = replace_open(r);
    r->file = fd < 0 ? NULL : fdopen(fd, "w");
    int errnum = errno;
    if (r->file)
        return 0;
    if (fd >= 0) {
        close(fd);
        unlink(r->temporary);
    }
    free(r->temporary);
    return replace_fail(path, errnum, e);
}

int replace_end(struct replace *r, bool good, struct error *e)
{
    int rc = good ? 0 : -1;
    if (fclose(r->file) != 0 && rc == 0)
        rc = replace_fail(r->path, errno, e);
    if (rc == 0 && rename(r->temporary, r->path) != 0)
        rc = replace_fail(r->path, errno, e);
    if (rc != 0)
        unlink(r->temporary);
    free(r->temporary);
    return rc;
}

int replace_file(const char *path, const char *data, size_t size, struct error *e)
{
    struct replace r;
    if (replace_begin(&r, path, e) != 0)
        return -1;
    bool good = fwrite(data, 1, size, r.file) == size;
    if (!good)
        replace_fail(path, errno, e);
    return replace_end(&r, good, e);
}
