/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tree.c - a file for each document below one directory, which gets its name
 * when it is whole. */
#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buffer.h"
#include "base/diag.h"
#include "base/fingerprints.h"
#include "base/limits.h"
#include "sink/draft.h"
#include "sink/hidden.h"
#include "sink/marks.h"
#include "sink/naming.h"
#include "sink/sink.h"

/* Text up to this size is kept until its document ends, and then written with
 * one call: most documents are smaller. */
#define TREE_BUFFER ((size_t)1 << 20)
#define TREE_SUFFIX ".txt"

/* The names of members of a document, which may come again with other members. */
struct tree_members {
    uint64_t outer; /* the document's ordinal */
    struct naming *naming;
    struct tree_members *next;
};

struct tree {
    struct sink sink;
    char *directory;
    int fd;
    struct marks *marks;
    pthread_mutex_t lock;        /* of naming, members and inputs */
    struct naming *naming;
    struct tree_members *members; /* of documents at work, where names last */
    struct fingerprints *inputs; /* files that are outputs of a former run */
    struct draft_desk desk; /* with a draft for each document in flight */
};

/* An errno of our own use, which nothing that is done here gives: what stands
 * in the way is an input of this run. */
#define TREE_IS_INPUT ETXTBSY
/* Another one: the directory itself was removed. */
#define TREE_IS_GONE EIDRM

/* Errors that will hit every document. */
static bool tree_is_fatal(int errnum)
{
    return errnum == ENOSPC || errnum == EDQUOT || errnum == EIO ||
           errnum == EROFS || errnum == ESTALE || errnum == TREE_IS_GONE;
}

/* ERRNUM, but when the directory has no name any more, in which nothing can be made. */
static int tree_judge(const struct tree *t, int errnum)
{
    struct stat st;
    bool gone = errnum == ENOENT && fstat(t->fd, &st) == 0 && st.st_nlink == 0;
    return gone ? TREE_IS_GONE : errnum;
}

static int tree_error(struct tree *t, const struct result *r, int errnum,
                      struct error *e)
{
    if (errnum == TREE_IS_GONE)
        return error_set(e, ERROR_OUTPUT, "the output directory %s was removed",
                         t->directory);
    if (errnum == EEXIST || errnum == TREE_IS_INPUT)
        return error_set(e, ERROR_OUTPUT,
                         errnum == EEXIST
                             ? "%s/%s is there, and is no text of a former run; "
                               "it stays as it is"
                             : "%s/%s is an input of this run; it stays as it is",
                         t->directory, r->output);
    return error_set_errno(e, ERROR_OUTPUT, errnum, "cannot write %s/%s",
                           t->directory, r->output);
}

/* What a file is, by any name. */
static uint64_t tree_identity(uint64_t device, uint64_t inode)
{
    uint64_t both[] = { device, inode };
    return fingerprints_hash('i', both, sizeof both);
}

static bool tree_is_input(struct tree *t, const struct stat *st)
{
    pthread_mutex_lock(&t->lock);
    bool is = fingerprints_has(t->inputs, tree_identity(st->st_dev, st->st_ino));
    pthread_mutex_unlock(&t->lock);
    return is;
}

/* Whether what stands at NAME, of which ST becomes the state, may be replaced
 * or removed: nothing but a text that this program has written. 0, or an
 * errno. */
static int tree_may_replace(struct tree *t, const char *name, struct stat *st)
{
    int attempt = 0, fd;
    do
        fd = openat(t->fd, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
                                     O_CLOEXEC);
    while (fd < 0 && limits_wait_descriptor(errno, &attempt));
    if (fd < 0) /* ELOOP: a link; ENXIO: a socket; EACCES: not ours to read */
        return errno == ELOOP || errno == ENXIO || errno == EACCES ? EEXIST : errno;
    int errnum = 0;
    if (fstat(fd, st) != 0)
        errnum = errno;
    else if (S_ISDIR(st->st_mode))
        errnum = EISDIR;
    else if (!S_ISREG(st->st_mode) || !marks_has(t->marks, fd, name, st))
        errnum = EEXIST;
    else if (tree_is_input(t, st))
        errnum = TREE_IS_INPUT;
    close(fd);
    return errnum;
}

/* Puts the whole file of R in its place. 0, or an errno. */
static int tree_publish(struct tree *t, struct draft *d, struct result *r)
{
    const char *name = r->output;
    struct stat former, now;
    /* Before it has its name: a file that is not known again stays for ever. */
    int errnum = marks_put(t->marks, d->fd, name, &now);
    if (errnum)
        return errnum;
    r->output_bytes = (uint64_t)now.st_size;
    r->output_mtime_ns = item_mtime(&now);
    errnum = draft_publish_new(&t->desk, d, name);
    if (errnum == EEXIST) {
        errnum = tree_may_replace(t, name, &former);
        if (!errnum)
            errnum = draft_replace(&t->desk, d, name);
        if (!errnum)
            marks_forget(t->marks, name, &former, &now);
    }
    return errnum;
}

/* Removes the text of a former run. */
static void tree_remove(struct tree *t, const char *name)
{
    struct stat former;
    if (tree_may_replace(t, name, &former) == 0 && unlinkat(t->fd, name, 0) == 0)
        marks_forget(t->marks, name, &former, NULL);
}

/* Whether NAME leads out of the directory. */
static bool tree_leads_out(const char *name)
{
    if (name[0] == '/')
        return true;
    for (const char *p = name; p; p = strchr(p, '/')) {
        p += *p == '/';
        if (!strncmp(p, "..", 2) && (p[2] == '/' || !p[2]))
            return true;
    }
    return false;
}

/* The folders above NAME that are empty now, but for the directory itself. */
static void tree_remove_folders(struct tree *t, const char *name)
{
    char *folder = xstrdup(name);
    bool removed = true;
    for (char *slash; removed && (slash = strrchr(folder, '/'));) {
        *slash = '\0';
        removed = unlinkat(t->fd, folder, AT_REMOVEDIR) == 0;
    }
    free(folder);
}

int sink_tree_remove(void *tree, const char *name, struct error *e)
{
    struct tree *t = tree;
    struct stat former;
    int errnum = tree_leads_out(name) ? EPERM : tree_may_replace(t, name, &former);
    if (errnum == ENOENT || errnum == ENOTDIR)
        return 0;
    if (!errnum && unlinkat(t->fd, name, 0) != 0)
        errnum = errno;
    if (!errnum) {
        marks_forget(t->marks, name, &former, NULL);
        tree_remove_folders(t, name);
    }
    if (errnum == EEXIST)
        return error_set(e, ERROR_OUTPUT, "%s/%s was changed since, or is no text of ours",
                         t->directory, name);
    return errnum ? error_set_errno(e, ERROR_OUTPUT, errnum, "cannot remove %s/%s",
                                    t->directory, name)
                  : 0;
}

struct naming *sink_tree_naming(struct sink *tree)
{
    return ((struct tree *)tree)->naming;
}

static void tree_admit(struct sink *sink, struct result *r)
{
    struct tree *t = (struct tree *)sink;
    const struct item *item = &r->item;
    /* Nothing else that is an input can be taken for ours: walks leave our own
     * outputs out. */
    if (item->named && item->error.kind == ERROR_NONE &&
        marks_has_path(t->marks, item->path, item->bytes, item->mtime_ns)) {
        pthread_mutex_lock(&t->lock);
        fingerprints_add(t->inputs, tree_identity(item->device, item->inode));
        pthread_mutex_unlock(&t->lock);
    }
    if (item->error.kind == ERROR_GONE)
        return;
    pthread_mutex_lock(&t->lock);
    r->output = naming_assign(t->naming, r->item.path, TREE_SUFFIX, &r->renamed);
    pthread_mutex_unlock(&t->lock);
    if (r->renamed)
        diag_warning(r->item.path, "its output name is taken; it goes to %s/%s",
                     t->directory, r->output);
}

/* What names members of the document OUTER. Under the lock. */
static struct naming *tree_naming_of(struct tree *t, uint64_t outer)
{
    struct tree_members *m = t->members;
    if (!naming_is_lasting(t->naming))
        return t->naming;
    while (m && m->outer != outer)
        m = m->next;
    if (!m) {
        m = xmalloc(sizeof *m);
        *m = (struct tree_members){ outer, naming_create(), t->members };
        t->members = m;
    }
    return m->naming;
}

/* All members of the document OUTER have their names. */
static void tree_drop_naming_of(struct tree *t, uint64_t outer)
{
    pthread_mutex_lock(&t->lock);
    for (struct tree_members **at = &t->members, *m; (m = *at); at = &m->next) {
        if (m->outer != outer)
            continue;
        *at = m->next;
        naming_destroy(m->naming);
        free(m);
        break;
    }
    pthread_mutex_unlock(&t->lock);
}

/* A path below the directory that is longer than this is not one that every
 * system takes. */
#define TREE_NAME_MAX 3000

/* Below a folder that is named as its container's file would be, with "!": no
 * folder of inputs has such a name. */
static void tree_admit_member(struct sink *sink, struct result *r,
                              const struct result *outer)
{
    struct tree *t = (struct tree *)sink;
    const char *inner = r->item.path + strlen(outer->item.path) + 1;
    size_t stem = strlen(outer->output) - strlen(TREE_SUFFIX);
    char *path = stem + strlen(inner) < TREE_NAME_MAX
                     ? xasprintf("%.*s!%s", (int)stem, outer->output, inner)
                     : xasprintf("%016llx!%s",
                                 (unsigned long long)fingerprints_hash(
                                     'p', outer->item.path, strlen(outer->item.path)),
                                 strlen(inner) < TREE_NAME_MAX ? inner : "/long");
    /* Which is not kept as such: it follows from the container alone. */
    bool renamed;
    pthread_mutex_lock(&t->lock);
    r->output = naming_assign_member(tree_naming_of(t, outer->item.ordinal), path,
                                     TREE_SUFFIX, &renamed);
    pthread_mutex_unlock(&t->lock);
    free(path);
    if (renamed)
        diag_warning(r->item.path, "its output name is taken; it goes to %s/%s",
                     t->directory, r->output);
}

static int tree_text(struct sink *sink, struct result *r, int page,
                     const char *text, size_t size, bool end_of_page,
                     struct error *e)
{
    struct tree *t = (struct tree *)sink;
    (void)page;
    if (r->output_error)
        return 0;
    if (!r->sink_data)
        r->sink_data = draft_create(&t->desk);
    struct draft *d = r->sink_data;
    buffer_append(&d->buffer, text, size);
    if (end_of_page)
        buffer_append_char(&d->buffer, '\f');
    if (d->buffer.size < TREE_BUFFER)
        return 0;
    r->output_error = tree_judge(t, draft_write(&t->desk, d, r->output));
    return tree_is_fatal(r->output_error) ? tree_error(t, r, r->output_error, e)
                                          : 0;
}

static int tree_end(struct sink *sink, struct result *r, struct error *e)
{
    struct tree *t = (struct tree *)sink;
    struct draft *d = r->sink_data;
    if (r->members)
        tree_drop_naming_of(t, r->item.ordinal);
    /* Half a document of a run that was stopped at once is none. */
    if (d && r->status <= STATUS_PARTIAL && r->error.kind != ERROR_INTERRUPTED) {
        if (!r->output_error)
            r->output_error = draft_write(&t->desk, d, r->output);
        if (!r->output_error)
            r->output_error = tree_publish(t, d, r);
        r->output_error = tree_judge(t, r->output_error);
        if (r->output_error) {
            r->status = STATUS_FAILED;
            tree_error(t, r, r->output_error, &r->error);
        }
    }
    /* The text of a former run would pass for this one's. */
    else if (r->status == STATUS_FAILED && r->error.kind != ERROR_INTERRUPTED)
        tree_remove(t, r->output);
    if (d)
        draft_destroy(&t->desk, d);
    r->written = d && r->status <= STATUS_PARTIAL;
    r->sink_data = NULL;
    if (tree_is_fatal(r->output_error)) {
        *e = r->error;
        sink_lose(sink, r, e);
        return -1;
    }
    t->sink.report->finished(t->sink.report, r);
    return 0;
}

static bool tree_owns(struct sink *sink, const char *path, const struct stat *st)
{
    struct tree *t = (struct tree *)sink;
    if (S_ISDIR(st->st_mode))
        return marks_is_store(t->marks, path);
    return S_ISREG(st->st_mode) &&
           (draft_is_name(path) ||
            marks_has_path(t->marks, path, (uint64_t)st->st_size, item_mtime(st)));
}

static void tree_destroy(struct sink *sink)
{
    struct tree *t = (struct tree *)sink;
    draft_desk_clear(&t->desk);
    while (t->members)
        tree_drop_naming_of(t, t->members->outer);
    naming_destroy(t->naming);
    marks_destroy(t->marks);
    fingerprints_destroy(t->inputs);
    pthread_mutex_destroy(&t->lock);
    close(t->fd);
    free(t->directory);
    free(t);
}

static const struct sink_ops tree_ops = {
    .admit = tree_admit,
    .admit_member = tree_admit_member,
    .text = tree_text,
    .end = tree_end,
    .owns = tree_owns,
    .destroy = tree_destroy,
};

/* Makes DIRECTORY and what is above it. */
static int tree_make_directory(const char *directory, struct error *e)
{
    char *path = xstrdup(directory);
    int rc = 0;
    for (char *p = path + strspn(path, "/"); rc == 0 && p; ) {
        p = strchr(p, '/');
        if (p)
            *p = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            rc = error_set_errno(e, ERROR_OUTPUT, errno, "cannot make %s", path);
        if (p)
            *p++ = '/';
    }
    free(path);
    return rc;
}

struct sink *sink_create_tree(const char *directory, struct sink_report *report,
                              struct error *e)
{
    if (tree_make_directory(directory, e) != 0)
        return NULL;
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0 || faccessat(fd, ".", W_OK | X_OK, AT_EACCESS) != 0) {
        error_set_errno(e, ERROR_OUTPUT, errno, "cannot write to %s", directory);
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    struct tree *t = xcalloc(1, sizeof *t);
    sink_init(&t->sink, &tree_ops, report);
    t->directory = xstrdup(directory);
    t->fd = fd;
    t->naming = naming_create();
    t->marks = marks_create(directory, fd);
    t->inputs = fingerprints_create();
    pthread_mutex_init(&t->lock, NULL);
    draft_desk_init(&t->desk, fd);
    hidden_begin(fd);
    return &t->sink;
}
